"""The ledger against the code: a claim without a rule, or without a test, is unfinished work."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STATECRAFT = (
    "S2", "S5", "S6", "S7", "S8", "S9", "S11",
    "W8", "W9", "W10", "W11", "W12",
    "T4", "T5", "T6", "T10", "T11", "T14",
)  # fmt: skip
"""The claims about treaties, wars and influence, each carried by a rule."""
TESTS_ALONE = ("S14",)
"""Claims that no rule carries: that there is none is what is tested."""


def described(folder: Path) -> list[tuple[str, str]]:
    """Every function, class and module of a folder: (name, docstring)."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)):
                name = "" if isinstance(node, ast.Module) else node.name
                found.append((name, " ".join((ast.get_docstring(node) or "").split())))
    return found


@cache
def rules() -> list[tuple[str, str]]:
    return described(ROOT / "game")


@cache
def tried() -> list[tuple[str, str]]:
    return [(name, text) for name, text in described(ROOT / "tests") if name.startswith("test_")]


@pytest.mark.parametrize("claim", STATECRAFT)
def test_a_rule_names_the_claim_it_carries_with_its_page(claim: str) -> None:
    named = re.compile(rf"THEORY ([SWTH]\d+, )*{claim}(, [SWTH]\d+)*, p\. \d")
    assert [name for name, text in rules() if name and named.search(text)]


@pytest.mark.parametrize("claim", [*STATECRAFT, *TESTS_ALONE])
def test_a_test_is_named_after_the_claim_and_says_it(claim: str) -> None:
    named = [text for name, text in tried() if name.startswith(f"test_{claim}_")]
    assert any(len(text) > 40 for text in named)
