"""`lab --deduction`: when what a player could see settles what the great powers fear."""

import json

import pytest

from game import load_map
from game.campaign.opening import opening
from game.lab.deduction import CERTAIN, Known, Watch, _first, _row, watched
from game.world.legality import envoys
from tests.command import Commands

MAP = "five-crowns"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


def known(turn: int | None, wrong: int | None = None) -> Known:
    return Known(MAP, "ALD", 1, False, "VOR", "BOP", 12, turn, wrong)


def test_a_rival_is_known_by_the_first_turn_that_is_certain_and_right() -> None:
    by_turn = {1: 0.5, 2: 0.05, 4: CERTAIN, 5: 0.6, 6: 0.95}
    assert _first(by_turn, True) == 4
    assert _first(by_turn, False) == 2
    assert _first({1: 0.5}, True) is None


def test_who_is_never_known_counts_as_known_after_the_last_turn() -> None:
    row = _row(MAP, False, [known(1), known(6), known(None), known(None, 3), known(None)])
    assert row["median"] is None
    assert row["low"] == 6
    assert (row["early"], row["by_half"], row["never"], row["wrong"]) == (0.2, 0.4, 0.6, 0.2)
    assert _row(MAP, False, [known(3), known(5), known(8)])["median"] == 5


@pytest.mark.parametrize("listening", [False, True])
def test_a_watched_campaign_gives_each_other_great_power_once(listening: bool) -> None:
    found = watched(Watch(load_map(MAP), "ALD", 3, 4, listening))
    start = opening(load_map(MAP), player="ALD", seed=3).world
    poles = {one.id for one in start.states if one.great} - {"ALD"}
    assert {one.state for one in found} <= poles
    assert found
    for one in found:
        assert one.turns == 4
        assert one.known is None or 1 <= one.known <= 4
    assert envoys(start, "ALD") > 0
    assert found == watched(Watch(load_map(MAP), "ALD", 3, 4, listening))


def test_the_command_reports_maps_with_and_without_listening(run: Commands) -> None:
    small = ("--runs", 1, "--turns", 3, "--as", "ALD", "--jobs", 1)
    report = json.loads(run("lab", MAP, "--deduction", *small, "--json").out)
    assert [(row["map"], row["listening"]) for row in report["rows"]] == [
        (MAP, False),
        (MAP, True),
    ]
    assert "When the great powers are known" in run("lab", MAP, "--deduction", *small).out
    run("lab", MAP, "--deduction", "--player", "pass").refused(2, "--player does not go")
    run("lab", MAP, "--deduction", "--as", "ZZZ").refused(2, "ZZZ")
