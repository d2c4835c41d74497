"""Small faults made in the rules on purpose: where they can be made, and the source with one made.

A mutant is a module with one small change: another comparison, sum, constant or condition, a
statement left out, a function that returns at once.
"""

import ast
import importlib
import json
import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("game/engine", "game/theory")

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
}
NOT_RUN = ("decorator_list", "annotation", "returns", "args")
"""Fields of a function that hold no part of its rule (`args` of a call do)."""
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}

Change = Callable[[], None]
"""Makes one change in the tree that it was found in."""


@dataclass(frozen=True)
class Mutant:
    """One small change in one module."""

    path: str
    number: int
    """Which of the module's changes, in the order of the source."""
    line: int
    what: str
    """The source before and after, in words of Python."""
    text: str
    """The line of source that it changes."""

    @property
    def name(self) -> str:
        return f"{self.path}:{self.line} {self.what}"


def _replacements(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """What can stand in the place of an expression or statement: (shown before, put instead)."""
    other = deepcopy(node)
    match node, other:
        case ast.Compare(), ast.Compare():
            for place, operator in enumerate(node.ops):
                changed = deepcopy(node)
                changed.ops[place] = COMPARISONS[type(operator)]()
                yield node, changed
        case ast.BinOp(), ast.BinOp() if type(node.op) in ARITHMETIC:
            other.op = ARITHMETIC[type(node.op)]()
            yield node, other
        case ast.BoolOp(), ast.BoolOp():
            other.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield node, other
        case ast.UnaryOp(op=ast.Not() | ast.USub()), _:
            yield node, node.operand
        case ast.Constant(value=bool(value)), ast.Constant():
            other.value = not value
            yield node, other
        case ast.Constant(value=int(value) | float(value)), ast.Constant():
            other.value = value + 1
            yield node, other
        case ast.Call(func=ast.Name(id=name)), ast.Call() if name in CALLS:
            other.func = ast.Name(CALLS[name], ast.Load())
            yield node, other
        case ast.Expr(value=ast.Call()), _:
            yield node, ast.Pass()
        case ast.AugAssign(), ast.AugAssign() if type(node.op) in ARITHMETIC:
            other.op = ARITHMETIC[type(node.op)]()
            yield node, other
        case ast.Continue(), _:
            yield node, ast.Pass()


def _in_functions(tree: ast.Module) -> Iterator[tuple[ast.AST, str, int | None]]:
    """Every place of a function's body where a node stands: (its parent, its field, its index)."""
    left: list[ast.AST] = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    seen: set[int] = set()
    while left:
        parent = left.pop(0)
        if id(parent) in seen or isinstance(parent, ast.Assert | ast.Raise):
            continue
        seen.add(id(parent))
        for name, value in ast.iter_fields(parent):
            if name in NOT_RUN and not isinstance(parent, ast.Call):
                continue
            if isinstance(value, ast.AST):
                yield parent, name, None
                left.append(value)
            elif isinstance(value, list):
                for place, one in enumerate(value):
                    if isinstance(one, ast.AST):
                        yield parent, name, place
                        left.append(one)


def changes(tree: ast.Module) -> Iterator[tuple[int, str, Change]]:
    """Every change that can be made in a module: its line, what it is, and how it is made."""
    for parent, name, place in list(_in_functions(tree)):
        value = getattr(parent, name)
        node = value if place is None else value[place]
        for before, after in _replacements(node):

            def change(
                parent: ast.AST = parent,
                name: str = name,
                place: int | None = place,
                after: ast.AST = after,
            ) -> None:
                if place is None:
                    setattr(parent, name, after)
                else:
                    getattr(parent, name)[place] = after

            shown = f"{ast.unparse(before)} -> {ast.unparse(after)}"
            yield getattr(node, "lineno", 0), " ".join(shown.split()), change
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.unparse(node.returns or node) == "None":

            def leave(node: ast.FunctionDef = node) -> None:
                node.body.insert(0, ast.Return(None))

            yield node.lineno, f"{node.name} returns at once", leave


@cache
def mutants(path: str) -> Sequence[Mutant]:
    """Every mutant of a module."""
    source = (ROOT / path).read_text("utf-8")
    lines = source.splitlines()
    return [
        Mutant(path, number, line, what, lines[line - 1].strip())
        for number, (line, what, _) in enumerate(changes(ast.parse(source)))
    ]


def mutated(mutant: Mutant) -> str:
    """The source of a mutant."""
    tree = ast.parse((ROOT / mutant.path).read_text("utf-8"))
    for number, (_, _, change) in enumerate(list(changes(tree))):
        if number == mutant.number:
            change()
    return ast.unparse(ast.fix_missing_locations(tree))


def sample(count: int, seed: int) -> list[Mutant]:
    """So many mutants of the engine and the theory, half of each, the same for a seed."""
    lot = random.Random(seed)
    chosen: list[Mutant] = []
    for folder in FOLDERS:
        paths = sorted((ROOT / folder).rglob("*.py"))
        every = [one for path in paths for one in mutants(path.relative_to(ROOT).as_posix())]
        chosen += lot.sample(every, min(len(every), count // len(FOLDERS)))
    return chosen


QUICK = ("-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts=")
MARKS = "not acceptance and not bench and not mutation"
LIBRARIES = ("numpy", "pydantic", "hypothesis", "pytest", "pytest_asyncio", "textual", "syrupy")
"""What tests need beside the game, and takes longer to load than most of them take to run."""


def run_tests_when_asked() -> None:
    """Run test files as often as a line of their names, as JSON, comes in; answer by exit status.

    Each time in a process of its own, forked from this one, which has the libraries loaded and
    nothing of the game.
    """
    import pytest

    for library in LIBRARIES:
        importlib.import_module(library)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            os._exit(int(pytest.main([*QUICK, "-m", MARKS, *json.loads(line)])))
        print(f"started {child}", flush=True)
        print(f"ended {os.waitpid(child, 0)[1]}", flush=True)


if __name__ == "__main__":
    run_tests_when_asked()
