"""`lab --history`: how campaigns order what followed, and files that cannot be used."""

import json
from pathlib import Path

import numpy as np
import pytest
from command import Commands
from hypothesis import given
from hypothesis import strategies as st

from game.lab.outcomes import COLUMNS, auc

HEAD = ",".join(COLUMNS)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_the_ordering_is_the_share_of_pairs_of_which_the_right_one_is_ahead(
    rows: list[tuple[int, bool]],
) -> None:
    yes = [score for score, happened in rows if happened]
    no = [score for score, happened in rows if not happened]
    found = auc(np.array([float(score) for score, _ in rows]), np.array([it for _, it in rows]))
    if not yes or not no:
        assert np.isnan(found)
        return
    ahead = sum(1.0 if one > other else 0.5 * (one == other) for one in yes for other in no)
    assert found == pytest.approx(ahead / (len(yes) * len(no)))


def rows_of(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "outcomes.csv"
    path.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return path


def test_the_report_scores_pacts_and_sides(run: Commands, tmp_path: Path) -> None:
    path = rows_of(
        tmp_path, "ALD,OMB,0,1,1,0", "ALD,VOR,0,0,0,1", "SAR,KHA,0,0,1,0", "OMB,VOR,1,0,0,1"
    )
    small = ("--runs", "2", "--turns", "4", "--jobs", "1")
    done = run("lab", "five-crowns", "--history", path, *small, "--json")
    report = json.loads(done.out)
    assert (report["map"], report["runs"], report["turns"], report["pairs"]) == (
        "five-crowns",
        2,
        4,
        4,
    )
    pacts, sides = report["orderings"]
    assert (pacts["happened"], pacts["not"]) == (1, 2)
    assert (sides["happened"], sides["not"]) == (2, 2)
    for one in (pacts, sides):
        assert 0 <= one["low"] <= one["auc"] <= one["high"] <= 1
    assert run("lab", "five-crowns", "--history", path, *small, "--json").out == done.out
    page = tmp_path / "history.html"
    assert run("lab", "five-crowns", "--history", path, *small, "-o", page).status == 0
    assert "new defence pacts" in page.read_text("utf-8")
    shown = run("lab", "five-crowns", "--history", path, *small).out
    assert "new defence pacts" in shown
    assert report["warning"] == "Only 2 campaigns: too few for an interval to trust."
    assert report["warning"] in shown


@pytest.mark.parametrize(
    ("rows", "head", "words"),
    [
        ((), HEAD, "no rows"),
        (("ALD,OMB,0,1,1,0",), "a,b", "no column 'bound_before'"),
        (("ALD,XXX,0,1,1,0",), HEAD, 'no state "XXX"'),
        (("ALD,ALD,0,1,1,0",), HEAD, "paired with itself"),
        (("ALD,OMB,0,2,1,0",), HEAD, 'new_defence_pact is "2"; it must be 0 or 1'),
        (("ALD,OMB,0,1,1,0", "OMB,ALD,0,1,1,0"), HEAD, "names ALD and OMB twice"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(
    run: Commands, tmp_path: Path, rows: tuple[str, ...], head: str, words: str
) -> None:
    path = rows_of(tmp_path, *rows, head=head)
    run("lab", "five-crowns", "--history", path).refused(1, words)


def test_what_does_not_go_with_history_is_refused(run: Commands, tmp_path: Path) -> None:
    path = rows_of(tmp_path, "ALD,OMB,0,1,1,0")
    run("lab", "five-crowns", "europe-1909", "--history", path).refused(2, "name one")
    run("lab", "five-crowns", "--history", path, "--as", "ALD").refused(2, "--as does not go")
    run("lab", "five-crowns", "--history", tmp_path / "none.csv").refused(1, "cannot be read")
