"""`lab --worth`: values shown beside acts, held against what came of them."""

from pathlib import Path

import pytest

from game import load_map, play
from game.campaign.opening import opening
from game.lab import shown_worth
from game.lab.shown_worth import Tried, Weighed, weighed_positions, worth_report
from game.world.orders import Posture
from tests.command import Commands

FIVE = load_map("five-crowns")


def weighed(*acts: tuple[float, float]) -> Weighed:
    return Weighed("five-crowns", "orders", tuple(Tried(*act) for act in acts))


@pytest.mark.parametrize(
    ("acts", "as_well"),
    [
        ([(0.1, 0.02), (-0.1, 0.5)], True),
        ([(0.1, -0.02), (0.05, 0.5)], False),
        ([(0.1, 0.0)], True),
        ([(-0.1, -0.5)], True),
    ],
)
def test_the_best_valued_act_is_held_against_standing_aside(
    acts: list[tuple[float, float]], as_well: bool
) -> None:
    assert weighed(*acts).as_well is as_well


def test_signs_are_counted_where_an_act_is_valued_and_had_an_effect() -> None:
    acts = [(0.1, 0.2), (0.1, -0.2), (-0.1, -0.2), (-0.1, 0.0), (0.001, 0.2)]
    row = shown_worth._row("five-crowns", "orders", [weighed(*acts)])
    assert (row["acts"], row["sign"]) == (3, pytest.approx(2 / 3, abs=1e-4))
    assert shown_worth._row("five-crowns", "orders", [])["sign"] is None


def test_all_acts_of_a_position_are_played_on_with_the_same_dice() -> None:
    position = shown_worth._handed(opening(FIVE, player=None, seed=3, turns=4), "ALD")
    aside = shown_worth._insecurities(position)
    assert aside == shown_worth._insecurities(position)
    assert len(set(aside)) > 1
    raised = Posture(position.world.state("ALD").posture + 1)
    assert shown_worth._insecurities(position, orders=(raised,)) != aside


def test_an_answer_is_played_on_from_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown_worth, "TURNS_ON", 1)
    found = None
    for seed in range(1, 9):
        position = shown_worth._handed(opening(FIVE, player=None, seed=seed, turns=4), "ALD")
        asked = play.begin(position, {"ALD": ()})
        offers = [one for one in asked.waiting if one.kind == "offer"]
        if offers:
            accepted = shown_worth._insecurities(asked, answers={offers[0].id: "accept"})
            found = accepted != shown_worth._insecurities(asked)
            break
    assert found


def test_positions_are_recorded_and_the_report_counts_them() -> None:
    found = weighed_positions(FIVE, 3, 2)
    assert {one.kind for one in found} <= {"orders", "answers"}
    assert sum(one.kind == "orders" for one in found) == 2
    for one in found:
        assert [act.shown for act in one.acts] == sorted(
            (act.shown for act in one.acts), reverse=True
        )
    report = worth_report([FIVE], runs=1, turns=2, seed=3, jobs=1)
    assert report["rows"][-1]["positions"] == len(found)
    assert report["rows"][0]["as_well"] == sum(
        one.as_well for one in found if one.kind == "orders"
    ) / sum(one.kind == "orders" for one in found)


def test_the_command_shows_it_in_every_form(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    commands = Commands(capsys)
    lab = ("lab", "five-crowns", "--worth", "--runs", 1, "--turns", 1, "--jobs", 1)
    told = commands(*lab, "--json")
    assert told.json["rows"][-1]["map"] == "all"
    assert "sign right" in commands(*lab).out
    page = tmp_path / "worth.html"
    assert commands(*lab, "-o", page).status == 0
    assert "<table" in page.read_text()
    commands(*lab, "--player", "pass").refused(2, "--worth", "--player")
