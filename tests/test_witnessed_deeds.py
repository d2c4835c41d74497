"""The deeds that a player witnessed: how they lean, in which words, and the notebook's list."""

from functools import cache
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Button

from game import Campaign, load_map, play
from game.advice.shown_habits import Answered
from game.advice.visible_history import visible_history
from game.advice.witnessed_deeds import (
    LEANINGS,
    WitnessedDeed,
    answer_leaning,
    leaning,
    pips,
    witnessed_deeds,
)
from game.inference.acts import Act, acts
from game.lab.players.planner import Planner
from game.tui.screens.notebook_lines import entries_of
from game.tui.screens.notebook_screen import DeedList, NotebookRow, NotebookScreen
from game.words.deed_readings import Place, stands_against
from game.words.grammar import Speech
from game.world.legality import legal
from game.world.orders import Assess
from tests.tui_fake import SIZES, Host, settle, text_of
from tests.worlds import tiny_world

ME, RIVALS = "ALD", ("OMB", "VOR", "SAR", "KHA")
OPEN = ("BBB", "CCC", "DDD")


def act(by_power: list[float], by_threat: list[float], **changes: Any) -> Act:
    """An offer of AAA against BBB, of three that could be named."""
    parts: dict[str, Any] = {
        "turn": 5, "state": "AAA", "kind": "offers", "chosen": "BBB", "open": OPEN,
        "opposed": True, "beside": "CCC", "own": True, "kept": False, "before": 0,
        "danger": {"BOP": np.array(by_power), "BOT": np.array(by_threat)}, "figures": {},
        "feared": {"BOP": "BBB", "BOT": "CCC"}, "deed": None,
    }  # fmt: skip
    return Act(**(parts | changes))


dangers = st.lists(st.floats(0, 5), min_size=3, max_size=3)


def test_a_deed_leans_to_the_reading_by_which_its_adversary_is_the_more_dangerous() -> None:
    assert pips(leaning(act([3, 1, 1], [1, 3, 1]))) == 3
    assert pips(leaning(act([1, 3, 1], [3, 1, 1]))) == -3
    assert pips(leaning(act([2, 2, 2], [1, 1, 1]))) == 0
    # One reading sees no danger in anybody: it says no more than that others are as likely.
    assert pips(leaning(act([0, 0, 0], [5, 0, 0]))) == -2
    assert pips(leaning(act([0, 0, 0], [1, 1, 1]))) == 0


def test_a_choice_between_states_that_are_hardly_to_be_feared_says_nothing() -> None:
    """A great power that takes a side between two small ones has shown no fear of either."""
    two = {"open": ("BBB", "CCC"), "kind": "pledges"}
    assert pips(leaning(act([0, 0], [0.001, 0.01], **two))) == 0
    assert pips(leaning(act([0.001, 0.01], [0.005, 0.0], **two))) == 0
    # The same choice between two that are dangerous says much.
    assert pips(leaning(act([0, 0], [0.1, 1], **two))) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "declines"},
        {"kind": "leaves"},
        {"kind": "honours"},
        {"opposed": False},
        {"kept": True},
        {"before": 4},
    ],
)
def test_refusals_help_and_what_is_only_kept_up_say_nothing(changes: dict[str, Any]) -> None:
    assert leaning(act([3, 1, 1], [1, 3, 1])) > LEANINGS[2]
    assert leaning(act([3, 1, 1], [1, 3, 1], **changes)) == 0


@given(dangers, dangers)
def test_the_readings_changed_about_turn_the_leaning_round(
    by_power: list[float], by_threat: list[float]
) -> None:
    one, other = leaning(act(by_power, by_threat)), leaning(act(by_threat, by_power))
    assert one == pytest.approx(-other)
    assert pips(one) == -pips(other)
    assert abs(one) <= log((1 - 0.2) / (0.2 / 3) + 1) + 1e-9


def test_pips_count_the_steps() -> None:
    assert [pips(log(ratio)) for ratio in (1.2, 1.3, 2.1, 3.1)] == [0, 1, 2, 3]
    assert [pips(-log(ratio)) for ratio in (1.2, 1.3, 2.1, 3.1)] == [0, -1, -2, -3]


@pytest.mark.parametrize(
    ("by_power", "by_threat", "leans", "said"),
    [
        (Place(1, "BBB"), Place(3, "CCC"), 3,
         "by power Bbb is 1st to fear of the 4 it could choose; by threat 3rd, behind Ccc"),
        (Place(0, ""), Place(2, "AAA"), -1,
         "by power Bbb is not to fear; by threat 2nd to fear of the 4 it could choose, behind us"),
        (Place(1, "BBB"), Place(1, "BBB"), 1,
         "by power and by threat Bbb is 1st to fear of the 4 it could choose, "
         "and more so by power"),
        (Place(1, "BBB"), Place(1, "BBB"), 0,
         "by power and by threat Bbb is 1st to fear of the 4 it could choose"),
    ],
)  # fmt: skip
def test_the_reason_says_whom_it_would_fear_under_each_reading(
    by_power: Place, by_threat: Place, leans: int, said: str
) -> None:
    speech = Speech(tiny_world().atlas, we="AAA")
    names = {name: speech.atlas.name(name) for name in ("BBB", "CCC")}
    wanted = said.replace("Bbb", names["BBB"]).replace("Ccc", names["CCC"])
    assert stands_against(speech, "BBB", 4, by_power, by_threat, leans) == wanted
    assert "nobody" not in wanted


# of a campaign


@cache
def played(turns: int = 6) -> Campaign:
    campaign = Campaign.new(load_map("five-crowns"), player=ME, seed=5)
    for _ in range(turns):
        campaign.submit()
        while asked := campaign.questions():
            campaign.answer(play.silence(asked))
    return campaign


@pytest.mark.parametrize(
    ("signed", "by_power", "by_threat", "leans"),
    [
        (True, 0.9, 0.05, 3),
        (False, 0.9, 0.05, -3),
        (True, 0.05, 0.9, -3),
        (False, 0.6, 0.4, -1),
        (True, 0.5, 0.5, 0),
        (False, 0.0, 0.0, 0),
        (True, 0.0, 1.0, -3),
    ],
)
def test_an_answer_to_ones_own_offer_leans_to_the_reading_that_expected_it(
    signed: bool, by_power: float, by_threat: float, leans: int
) -> None:
    assert pips(answer_leaning(Answered(1, "q", signed, by_power, by_threat))) == leans


def test_answers_to_ones_own_offers_are_held_against_their_forecasts() -> None:
    """Each such deed leans as its answer does and tells both forecasts; others are as before."""
    campaign, told = Campaign.new(load_map("five-crowns"), player=ME, seed=21), 0
    planner = Planner(dict.fromkeys(RIVALS, 0.5))
    for _ in range(6):
        campaign.submit(legal(campaign.sight.world, ME, planner.orders(campaign)))
        while asked := campaign.questions():
            campaign.answer(play.silence(asked))
    answers = campaign.adviser._answers_read.answers
    assert {one.turn for one in answers} > {1}
    without = witnessed_deeds(campaign.history, ME, RIVALS)
    for state in RIVALS:
        deeds = campaign.adviser.witnessed_deeds(state)
        for deed, plain in zip(deeds, without[state], strict=True):
            if "likely by power" in deed.reason:
                told += 1
                leanings = {pips(answer_leaning(one)) for one in answers if one.turn == deed.turn}
                assert deed.leans in leanings - {0}
                assert deed.words == plain.words
            elif "same choice" not in deed.reason + plain.reason:
                assert deed == plain
    assert told > 1


def test_each_act_stands_once_in_the_list_newest_first() -> None:
    found = witnessed_deeds(played().history, ME, RIVALS)
    seen = visible_history(played().history, ME)
    for state in RIVALS:
        turns = [deed.turn for deed in found[state]]
        assert turns == sorted(turns, reverse=True)
        done = {
            (one.turn, id(one.deed), one.question.id if one.question else "")
            for one in acts(seen, [state])
        }
        assert len(found[state]) <= len(done)
        assert all(-3 <= deed.leans <= 3 and deed.reason.endswith(".") for deed in found[state])
        assert all("pays" not in deed.words for deed in found[state])
    leaning_ones = [deed for deeds in found.values() for deed in deeds if deed.leans]
    assert leaning_ones
    assert any(deed.leans == 0 for deeds in found.values() for deed in deeds)


def test_one_choice_of_a_turn_leans_once() -> None:
    """Who offers four states a pact against the same fifth has chosen one adversary, not four."""
    seen, repeated = visible_history(played().history, ME), 0
    for state, deeds in witnessed_deeds(played().history, ME, RIVALS).items():
        against = [(one.turn, one.chosen) for one in acts(seen, [state]) if leaning(one)]
        for turn in {deed.turn for deed in deeds}:
            leans = [deed for deed in deeds if deed.turn == turn and deed.leans]
            chosen = [whom for at, whom in against if at == turn]
            assert len(leans) <= len(set(chosen))
            repeated += len(chosen) - len(set(chosen))
    assert repeated


def test_the_deeds_lean_to_what_the_envelopes_hold() -> None:
    """Over some campaigns, of the deeds that lean at all far more lean rightly."""
    right = wrong = 0
    for seed in range(12):
        campaign = Campaign.new(load_map("five-crowns"), player=ME, seed=seed, turns=5)
        while not campaign.over:
            campaign.submit()
            while asked := campaign.questions():
                campaign.answer(play.silence(asked))
        for state, deeds in witnessed_deeds(campaign.history, ME, RIVALS).items():
            power = campaign._position.envelope[state].doctrine == "BOP"
            for deed in deeds:
                right += deed.leans != 0 and (deed.leans > 0) is power
                wrong += deed.leans != 0 and (deed.leans > 0) is not power
    assert right + wrong > 20
    assert right > 2 * wrong


def test_silent_deeds_are_counted_and_what_was_pinned_always_stands() -> None:
    deeds = [
        WitnessedDeed("VOR", 3, "414", "It armed.", 0, "It names no adversary."),
        WitnessedDeed("VOR", 2, "413", "It threatened.", -2, "By threat."),
        WitnessedDeed("VOR", 2, "413", "It gave.", 0, "Money."),
    ]
    atlas = played().atlas
    pins = [(3, "It armed."), (1, "A line of the report.")]
    shown, hidden = entries_of(deeds, pins, atlas, silent=False)
    assert [one.words for one in shown] == ["It armed.", "It threatened.", "A line of the report."]
    assert [one.pinned for one in shown] == [True, False, True]
    assert hidden == 1
    every, none = entries_of(deeds, pins, atlas, silent=True)
    assert (len(every), none) == (4, 0)


# on the screen


def begun(**how: Any) -> Campaign:
    campaign = Campaign.new(load_map("five-crowns"), player=ME, seed=5, **how)
    for _ in range(3):
        campaign.submit()
        while asked := campaign.questions():
            campaign.answer(play.silence(asked))
    return campaign


@pytest.mark.parametrize("size", SIZES)
async def test_the_notebook_lists_deeds_and_writes_nothing_by_itself(size: Any) -> None:
    campaign = begun()
    screen = NotebookScreen(campaign)
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        for _ in range(2):
            row = app.focused
            assert isinstance(row, NotebookRow)
            assert f"{screen.name_of(row.state)} would fear" in text_of(app)
            deeds = campaign.adviser.witnessed_deeds(row.state)
            assert deeds
            assert deeds[0].words[:20] in text_of(app)
            await pilot.press("t")
            await settle(app, pilot)
            shown, telling = text_of(app), [deed for deed in deeds if deed.leans]
            assert ("without pips" in shown) is (len(telling) < len(deeds))
            if telling:
                assert telling[0].words[:20] in shown
            await pilot.press("t")
            await pilot.press("down")
            await settle(app, pilot)
        assert campaign.notebook.now == {}
        assert "All that we saw says" not in text_of(app)
        for button in screen.query(Button):
            assert screen.region.contains_region(button.region)


@pytest.mark.parametrize("how", [{"difficulty": "easy"}, {"teaching": True}])
async def test_deeds_are_added_up_on_easy_difficulty_and_in_teaching_mode(
    how: dict[str, Any],
) -> None:
    app = Host(NotebookScreen(begun(**how)))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        assert "All that we saw says" in text_of(app)


async def test_a_deed_is_pinned_once_by_keys_and_kept(tmp_path: Path) -> None:
    campaign = begun()
    screen = NotebookScreen(campaign)
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        state = screen._last
        await pilot.press("p")
        assert not campaign.notebook.pins
        await pilot.press("d", "p", "p")
        await pilot.pause()
        assert isinstance(app.focused, DeedList)
        newest = campaign.adviser.witnessed_deeds(state)[0]
        assert campaign.notebook.pinned(state) == [(newest.turn, newest.words)]
        assert "◆" in text_of(app)
        await pilot.press("up")
        await pilot.pause()
        assert isinstance(app.focused, NotebookRow)
        assert app.focused.state == state
    again = Campaign.load(campaign.save(tmp_path / "mine.json"))
    assert again.notebook.pinned(state) == campaign.notebook.pinned(state)


async def test_an_assessment_is_ordered_from_the_notebook_once() -> None:
    campaign = begun()
    screen = NotebookScreen(campaign)
    app = Host(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        state = screen._last
        await pilot.press("a")
        await settle(app, pilot)
        assert campaign.pending == (Assess(state),)
        assert "one is ordered" in text_of(app)
        await pilot.press("a")
        await settle(app, pilot)
        assert campaign.pending == (Assess(state),)
    campaign.submit()
    while asked := campaign.questions():
        campaign.answer(play.silence(asked))
    app = Host(NotebookScreen(campaign))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        assert "Assessed: 415" in text_of(app)
