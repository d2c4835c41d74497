"""CONTRIBUTING.md: what it names exists, what it counts is so, every engine revision has a row."""

import ast
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from command import ROOT

from game.history import ENGINE_REVISION

GUIDE = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
NEW = "NAME"
"""Stands for a file that is not there yet."""


def named(text: str) -> list[tuple[str, str]]:
    """Every file that a text names between backticks, with the name in it or nothing."""
    path = r"`((?:game|tests|maps|\.ci|\.github)/[\w./-]*|\w+\.(?:md|toml))(?:::([\w.]+))?`"
    return re.findall(path, text)


@cache
def defined(path: Path) -> frozenset[str]:
    """The functions, classes, constants and members that a module defines."""
    return frozenset(_names(ast.parse(path.read_text("utf-8")).body))


def _names(body: list[ast.stmt], within: str = "") -> Iterator[str]:
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield within + node.name
            if isinstance(node, ast.ClassDef):
                yield from _names(node.body, f"{within}{node.name}.")
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                yield from (within + name.id for name in names if isinstance(name, ast.Name))


def missing(text: str, root: Path = ROOT) -> list[str]:
    """What a text names that is not there."""
    lost = []
    for path, name in named(text):
        place = root / path
        if NEW in path:
            place = place.parent
        if not place.exists():
            lost.append(path)
        elif name and name not in defined(place):
            lost.append(f"{path}::{name}")
    return lost


def sections() -> list[tuple[str, int, str]]:
    """The parts on how to add something: (what, how many files it promises, its text)."""
    found = re.findall(
        r"^### ([^\n]+): (\d+) files?\n(.*?)(?=^##)", GUIDE, re.MULTILINE | re.DOTALL
    )
    return [(what, int(count), text) for what, count, text in found]


def test_every_file_and_name_in_it_exists() -> None:
    assert len(named(GUIDE)) > 100
    assert missing(GUIDE) == []


def test_a_name_or_a_file_that_is_gone_is_seen(tmp_path: Path) -> None:
    (tmp_path / "game").mkdir()
    shutil.copy(ROOT / "game" / "dice.py", tmp_path / "game")
    text = "`game/dice.py::draw` `game/dice.py::coin` `game/play.py`"
    assert missing(text, tmp_path) == ["game/dice.py::coin", "game/play.py"]


def test_the_guide_covers_what_people_add() -> None:
    assert {what for what, _, _ in sections()} >= {
        "A doctrine", "A kind of order", "A phase", "A rule with a number",
        "A rule that forbids an order", "A screen", "A ledger row",
    }  # fmt: skip


@pytest.mark.parametrize(("what", "count", "text"), sections(), ids=[row[0] for row in sections()])
def test_as_many_files_are_named_as_are_promised(what: str, count: int, text: str) -> None:
    steps = re.findall(r"^(\d+)\. `([^`:]+)", text, re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, count + 1))
    assert len({path for _, path in steps}) == count


def test_every_engine_revision_has_a_row_that_says_what_it_changed() -> None:
    part = GUIDE[GUIDE.index("### Engine revisions") :]
    rows = re.findall(r"^\| (\d+) \| (\d{4}-\d\d-\d\d) \| (.{10,}) \|$", part, re.MULTILINE)
    assert [int(number) for number, _, _ in rows] == list(range(1, ENGINE_REVISION + 1))
    dates = [date for _, date, _ in rows]
    assert dates == sorted(dates)


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "game" / "py.typed").is_file()
