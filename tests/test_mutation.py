"""Small faults made on purpose in the engine and the theory are caught by their quick tests.

    python -m pytest -m mutation --mutants 150 [--mutants-seed 1] [-n 1]

makes that many mutants, half of them in `game/engine` and half in `game/theory`, the same for the
same seed, each in a copy of the project, and runs the test files that fit it. A mutant that all of
them pass is a failed test, named after what was changed: write an assertion that catches it, or
enter it under EQUIVALENT with the reason why it changes nothing. The golden campaigns are not among
the tests: their digests would catch nearly everything and say nothing of the rule. A few seconds
a mutant; needs a system that can fork.
"""

import ast
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutation import ROOT, Mutant, mutants, mutated, sample

SECONDS = 180
"""How long the tests of one mutant may take; one that runs on for longer is caught."""

ENGINE = ("accession", "crises", "figures", "home", "settling", "talks", "wars")
"""The files of tests of the engine, `test_engine_...`."""
FIRST = {
    "game/engine/phases/battles.py": "wars",
    "game/engine/phases/calls.py": "wars",
    "game/engine/phases/crises.py": "crises",
    "game/engine/phases/state_budgets.py": "home",
    "game/engine/phases/influence.py": "home",
    "game/engine/phases/peace.py": "wars",
    "game/engine/phases/talks.py": "talks",
    "game/engine/phases/treaty_changes.py": "settling",
    "game/engine/phases/wars.py": "wars",
}
"""By module, the file of tests that is the likeliest to catch its mutants."""
THEORY = (
    "tests/test_expected_coalitions.py",
    "tests/test_theory_figures.py",
    "tests/test_theory_identities.py",
    "tests/test_ledger_shared.py",
    "tests/test_ledger_walt.py",
    "tests/test_ledger_waltz.py",
    "tests/test_words_doctrine.py",
    "tests/test_advice_offers.py",
)
ENGINE_LAST = (
    "tests/test_world_sight.py",
    "tests/test_engine_properties.py::test_shipped_maps_stay_whole_under_random_orders",
)

EQUIVALENT = {
    ("networks[pair] = networks.get(pair, 0) // 3", "0 -> 1"): "a third of 1 is none too",
}
"""What can be changed and changes nothing: the line and the change, and the reason."""


def fitting_tests(path: str) -> list[str]:
    """The files of tests that are run on a mutant of a module, the likeliest to catch it first."""
    if not path.startswith("game/engine/"):
        return list(THEORY)
    names = sorted(ENGINE, key=lambda name: name != FIRST.get(path))
    return [*(f"tests/test_engine_{name}.py" for name in names), *ENGINE_LAST]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "mutant" in metafunc.fixturenames:
        count, seed = (metafunc.config.getoption(name) for name in ("mutants", "mutants_seed"))
        chosen = sample(count, seed) if count else []
        metafunc.parametrize("mutant", chosen, ids=lambda mutant: mutant.name)


class Copy:
    """The project copied, to be broken on purpose, and a process that runs its tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("game", "tests", "maps"):
            leave = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=leave)
        shutil.copy(ROOT / "pyproject.toml", folder)
        self._runner = subprocess.Popen(
            [sys.executable, "-m", "tests.mutation"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        self._runner.communicate()

    def is_caught(self, path: str, source: str) -> bool:
        """Whether a test fails, or runs on for too long, where a module has another source."""
        file = self.folder / path
        compiled = Path(importlib.util.cache_from_source(str(file)))
        before = file.read_text("utf-8")
        file.write_text(source, "utf-8")
        compiled.unlink(missing_ok=True)
        try:
            return self._status(fitting_tests(path)) != 0
        finally:
            file.write_text(before, "utf-8")
            compiled.unlink(missing_ok=True)

    def _status(self, files: list[str]) -> int:
        assert self._runner.stdin is not None
        assert self._runner.stdout is not None
        self._runner.stdin.write(json.dumps(files) + "\n")
        self._runner.stdin.flush()
        child = int(self._runner.stdout.readline().split()[1])
        limit = threading.Timer(SECONDS, os.kill, (child, signal.SIGKILL))
        limit.start()
        try:
            return int(self._runner.stdout.readline().split()[1])
        finally:
            limit.cancel()


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    made = Copy(tmp_path_factory.mktemp("mutation"))
    yield made
    made.close()


@pytest.mark.mutation
def test_a_small_fault_in_a_rule_is_caught(mutant: Mutant, copy: Copy) -> None:
    if (mutant.text, mutant.what) in EQUIVALENT:
        pytest.skip(EQUIVALENT[mutant.text, mutant.what])
    assert copy.is_caught(mutant.path, mutated(mutant)), f"no test catches {mutant.name}"


@pytest.mark.mutation
@pytest.mark.parametrize("path", ["game/engine/turn.py", "game/theory/lens.py"])
def test_without_a_fault_nothing_is_caught(copy: Copy, path: str) -> None:
    """The run itself: the tests pass on the copy as it is."""
    assert not copy.is_caught(path, (ROOT / path).read_text("utf-8"))


# how mutants are made


@pytest.mark.parametrize(
    "path", ["game/engine/phases/reputation.py", "game/theory/families/expected_coalitions.py"]
)
def test_every_mutant_is_another_program(path: str) -> None:
    plain = ast.unparse(ast.parse((ROOT / path).read_text("utf-8")))
    every = mutants(path)
    assert len(every) > 15
    sources = {mutated(mutant) for mutant in every}
    assert plain not in sources
    assert len(sources) == len(every)
    for source in sources:
        ast.parse(source)


def test_a_sample_is_half_of_the_engine_and_half_of_the_theory_and_the_same_for_a_seed() -> None:
    chosen = sample(40, 7)
    assert chosen == sample(40, 7) != sample(40, 8)
    folders = [mutant.path.split("/")[1] for mutant in chosen]
    assert folders == ["engine"] * 20 + ["theory"] * 20
