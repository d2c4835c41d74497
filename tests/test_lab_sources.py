"""Kept results are old as soon as any module changes that measuring a run imports."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT

from game.lab.results_cache import fingerprint
from game.lab.sources import PACKAGE, sources

START = "game.lab.run_measures"
LOADED = """
import json, sys
from pathlib import Path
from game.lab.run_measures import measure_chunk
from game.lab.runs import Run
from game.world.map_document import from_data
doc = from_data(json.loads(Path("maps/five-crowns.json").read_text("utf-8")))
for player, seat in (("", ""), ("planner-true", "TAR"), ("random", "TAR")):
    measure_chunk(doc, [Run("five-crowns", "mixed", 1, 2, player, seat)], named=True)
print(json.dumps([name for name in sys.modules if name.split(".")[0] == "game"]))
"""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package's sources."""
    package = tmp_path_factory.mktemp("copy") / "game"
    return Path(shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__")))


def test_every_module_that_measuring_runs_is_a_source_of_the_results() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stdout))
    assert {
        "game.lab.scorecard.ledger",
        "game.words.verdict_sentences",
        "game.words.grammar",
    } <= loaded
    assert loaded <= set(sources(START))


@pytest.mark.parametrize(
    "name",
    [
        "game",
        "game.words.verdict_sentences",
        "game.words.grammar",
        "game.dice",
        "game.lab.scorecard.row",
    ],
)
def test_a_change_of_one_module_makes_the_results_old(name: str, copied: Path) -> None:
    before = fingerprint({}, True, copied)
    assert before == fingerprint({}, True)
    file = sources(START, copied)[name]
    text = file.read_bytes()
    file.write_bytes(text + b"\n")
    changed = fingerprint({}, True, copied)
    file.write_bytes(text)
    assert changed != before
    assert fingerprint({}, True, copied) == before


def test_a_change_of_what_only_shows_results_leaves_them_as_they_are() -> None:
    shown = ("tui", "cli", "lab.command", "lab.report_page", "lab.lab_report", "lab.text_tables")
    names = sources(START)
    assert not [name for name in names if name.removeprefix("game.").startswith(shown)]


def written(folder: Path, **files: str) -> Path:
    """A package `small` with files of some content, by their path with "__" for a slash."""
    for name, content in {"small__init": "", **files}.items():
        *folders, file = name.split("__")
        place = folder.joinpath(*folders)
        place.mkdir(parents=True, exist_ok=True)
        (place / ("__init__.py" if file == "init" else f"{file}.py")).write_text(content)
    return folder / "small"


def test_imports_are_followed_wherever_they_stand(tmp_path: Path) -> None:
    package = written(
        tmp_path,
        small__a="import json\nfrom small import b\ndef later():\n    import small.c.d\n",
        small__b="try:\n    from .e import thing\nexcept ImportError:\n    from . import f\n",
        small__c__init="from small.g import thing\n",
        small__c__d="from ..h import thing\n",
        small__e="import small.a\nthing = 1\n",
        small__f="",
        small__g="thing = 1\n",
        small__h="thing = 1\n",
        small__i="",
    )
    names = [f"small.{name}" for name in ("a", "b", "c", "c.d", "e", "f", "g", "h")]
    assert list(sources("small.a", package)) == ["small", *names]


def test_an_import_for_type_checking_alone_is_no_source(tmp_path: Path) -> None:
    package = written(
        tmp_path,
        small__a="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import small.b\n"
        "else:\n    import small.c\n",
        small__b="",
        small__c="",
    )
    assert list(sources("small.a", package)) == ["small", "small.a", "small.c"]


def test_a_module_that_is_not_there_has_no_sources(tmp_path: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"no module small\.z"):
        sources("small.z", written(tmp_path))
