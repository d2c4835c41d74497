"""The debrief's screens: seven tabs by key and mouse, maps, runs, files."""

import asyncio
import json
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button, ContentSwitcher
from tui_fake import (
    HOSTILE,
    SIZES,
    FakeCampaign,
    Host,
    settle,
    text_of,
    until,
    world_of,
)

from game import Campaign, load_map
from game.campaign.saving import Parts
from game.debrief import output_formats as packets
from game.debrief import rerun as reruns
from game.debrief.report import NOT_FITTED
from game.debrief.report_types import Exponent
from game.inference import exponents as fitting
from game.inference.exponents import Fit, Interval
from game.tui.app import Intent, RealpolitikApp
from game.tui.debrief.exponents_tab import HIGH, LOW, Exponents, axis, whisker
from game.tui.debrief.timeline_tab import Timeline
from game.tui.debrief.what_if_tab import WhatIf
from game.tui.map_view import MapView
from game.tui.screens.debrief_screen import TABS, DebriefScreen, TabLabel
from game.tui.screens.turn_map_screen import TurnMap
from game.tui.widgets.fields import ChoiceField, SliderField
from game.world.questions import SILENCE


@cache
def played() -> Campaign:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=6, turns=6)
    while not campaign.over:
        offer = campaign.adviser.best_offer()
        if offer is not None and campaign.refusal(offer) is None:
            campaign.order(offer)
        campaign.notebook.write("VOR", 0.8)
        campaign.submit()
        while asked := campaign.questions():
            campaign.answer({one.id: SILENCE[one.kind] for one in asked})
    return campaign


WORDS = {
    "verdicts": "its conduct resembled",
    "exponents": "factor of danger",
    "timeline": "shares of the world's capability",
    "alliances": "bound to fight together",
    "you": "imputed beliefs",
    "whatif": "Run the campaign again",
    "method": "From conduct alone, and blind",
}


@pytest.mark.parametrize("size", SIZES)
async def test_every_tab_opens_by_key_and_by_mouse_and_fits(size: Any) -> None:
    screen = DebriefScreen(played())
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        for label in screen.query(TabLabel):
            assert screen.region.contains_region(label.region), label.tab
        for place, (tab, _, _) in enumerate(TABS, start=1):
            await pilot.press(str(place))
            await settle(app, pilot)
            assert screen.query_one(ContentSwitcher).current == tab
            assert WORDS[tab] in text_of(app), tab
            shown = [button for button in screen.query("#buttons Button") if button.display]
            assert shown
            assert all(screen.region.contains_region(button.region) for button in shown)
        for label in reversed(screen.query(TabLabel)):
            await pilot.click(label)
            await settle(app, pilot)
            assert WORDS[label.tab] in text_of(app)
        await pilot.press("right_square_bracket")
        assert screen.tab == "exponents"
        await pilot.press("left_square_bracket", "left_square_bracket")
        assert screen.tab == "method"


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_are_text_on_every_tab(size: Any) -> None:
    campaign: Any = FakeCampaign(world=world_of(hostile=True), over=True)
    app = Host(DebriefScreen(campaign))
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        seen = ""
        for place in ("1", "2", "3", "4", "5", "7"):
            await pilot.press(place, "right")
            await pilot.pause()
            seen += text_of(app)
            assert app.is_running
        assert seen.count(HOSTILE[0][:12]) >= 3


@pytest.mark.parametrize("size", SIZES)
async def test_an_envelope_that_is_opened_is_seen_at_once(size: Any) -> None:
    screen = DebriefScreen(played())
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        assert "A sealed envelope" in text_of(app)
        await pilot.press("e")
        await settle(app, pilot)
        shown = text_of(app)
        assert "A sealed envelope" not in shown
        assert "The envelope of" in shown


async def test_only_a_state_with_an_envelope_is_compared_with_one() -> None:
    app = Host(DebriefScreen(played()))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        await pilot.press("a")
        await settle(app, pilot)
        rows = {
            name: row
            for row in text_of(app).splitlines()
            for name in ("You  ", "Saravel  ")
            if name in row[:24]
        }
        assert "=" in rows["Saravel  "][:34]
        assert not set("=≠") & set(rows["You  "][:34])


async def test_a_treaty_is_dated_by_the_turn_in_which_it_was_signed() -> None:
    campaign = played()
    course = campaign.debriefing.report(quick=True).course
    first = next(one for one in course.treaties if one.since == 2 and one.until is None)
    screen = DebriefScreen(campaign)
    app = Host(screen)
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(app, pilot)
        await pilot.press("4", "right")
        await settle(app, pilot)
        rows = [row for row in text_of(app).splitlines() if "since" in row]
        assert first
        assert any(row.rstrip("│ ").endswith(f"since {course.dates[0]}") for row in rows)
        assert any("since before" in row for row in rows)
        assert not any(f"since {course.dates[1]}" in row for row in rows)


async def test_one_that_is_not_there_yet_is_not_said_to_be_gone() -> None:
    screen = DebriefScreen(played())
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        assert screen._report is not None
        course = screen._report.course
        power = {**course.power, "LYS": (None, None, 0.03, 0.03, None, None, None)}
        made = replace(screen._report, course=replace(course, power=power))
        await pilot.press("3")
        screen.query_one(Timeline).fill(made)
        await settle(app, pilot)
        assert "not yet" in text_of(app)
        assert "gone" not in text_of(app)
        await pilot.press("end")
        await settle(app, pilot)
        assert "gone" in text_of(app)


async def test_a_state_that_did_not_live_is_given_no_points_for_security() -> None:
    campaign: Any = FakeCampaign(over=True)
    dead = replace(campaign.world.state(campaign.player), alive=False)
    states = tuple(dead if one.id == dead.id else one for one in campaign.world.states)
    campaign.world = replace(campaign.world, states=states)
    app = Host(DebriefScreen(campaign))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        shown = text_of(app)
        assert "your state did not live to the end" in shown
        assert "of 25" not in shown


async def test_the_player_s_own_exponents_stand_on_its_tab() -> None:
    screen = DebriefScreen(played())
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        campaign: Any = played()
        interval = Interval(0.5, 0.1, None)
        names = ("power", "proximity", "offense", "intentions")
        campaign.debriefing.analysis.fits["ALD"] = Fit("ALD", dict.fromkeys(names, interval), 30)
        screen.on_exponents_fitted(Exponents.Fitted(["ALD"]))
        await pilot.press("5")
        await settle(app, pilot)
        assert "power 0.50 (0.10 to ∞)" in " ".join(text_of(app).split())
        campaign.debriefing.analysis.fits.clear()


async def test_a_diagnostic_turn_opens_its_map_and_the_turns_beside_it() -> None:
    campaign = played()
    screen = DebriefScreen(campaign)
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        await pilot.press("tab", "down", "enter")
        await pilot.pause()
        opened = app.screen
        assert isinstance(opened, TurnMap)
        turn = opened.turn
        world = campaign.history.turns[turn - 1].start
        canvas = opened.query_one(MapView).canvas
        assert canvas is not None
        assert canvas.snapshot.world is world
        assert campaign.atlas.date(turn) in text_of(app)
        assert "◆" in text_of(app)
        for key, wanted in (("full_stop", turn + 1), ("comma", turn), ("comma", turn - 1)):
            await pilot.press(key)
            await pilot.pause()
            assert opened.turn == max(1, min(6, wanted))
        await pilot.click("#after")
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(app.screen, TurnMap)


async def test_the_network_and_the_timeline_follow_their_turn() -> None:
    campaign: Any = FakeCampaign(over=True)
    screen = DebriefScreen(campaign)
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        await pilot.press("4")
        await pilot.pause()
        assert "×" not in text_of(app).replace("× at war", "")
        assert "neutrality pact" not in text_of(app)
        await pilot.press("right", "right")
        await pilot.pause()
        assert "×" in text_of(app).replace("× at war", "")
        assert "France and Russia: secret neutrality pact" in text_of(app)
        await pilot.press("3")
        await pilot.pause()
        assert "Germany went to war" not in text_of(app)
        await pilot.press("right")
        await pilot.pause()
        assert "Germany went to war with France" in text_of(app)
        assert "March went from France to Germany" in text_of(app)


async def test_a_campaign_that_nobody_played_opens_at_its_debrief(tmp_path: Path) -> None:
    campaign = Campaign.new(load_map("five-crowns"), seed=11, turns=3)
    while not campaign.over:
        campaign.submit()
    save = campaign.save(tmp_path / "ai.json")
    app = RealpolitikApp(Intent(kind="resume", save=save, saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        await settle(app, pilot)
        for key in "1234567":
            await pilot.press(key)
            await settle(app, pilot)
            if key == "5":
                assert "Nobody played this campaign" in text_of(app)
        await pilot.press("1", "a", "m")
        await pilot.pause()
        assert app.is_running


# what if


async def _at_the_runs(app: Any, pilot: Any, screen: DebriefScreen) -> WhatIf:
    await settle(app, pilot)
    await pilot.press("6")
    await settle(app, pilot)
    pane = screen.query_one(WhatIf)
    pane.query_one("#who", ChoiceField).value = "SAR"
    await settle(app, pilot)
    pane.query_one("#times", SliderField).value = 1
    return pane


async def test_a_turn_is_read_under_another_doctrine_and_the_campaign_run_again() -> None:
    screen = DebriefScreen(played())
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        pane = await _at_the_runs(app, pilot, screen)
        shown = text_of(app)
        assert "would most likely have" in shown
        assert "W" in shown
        assert pane.query_one("#run", Button).display
        await pilot.press("r")
        await until(pilot, lambda: bool(screen._report and screen._report.reruns))
        await settle(app, pilot)
        assert not pane.running
        shown = text_of(app)
        assert "The campaign again, Saravel following" in shown
        assert "Your seat, Aldmoor," in shown


async def test_runs_can_be_cancelled_and_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = DebriefScreen(played())
    app = Host(screen)
    told: list[int] = []

    def slow(*given: Any, on_progress: Any, **named: Any) -> Any:
        for done in range(1, 200):
            told.append(done)
            on_progress(done, 200)
            __import__("time").sleep(0.01)
        raise AssertionError("it was not stopped")

    monkeypatch.setattr(reruns, "rerun", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        pane = await _at_the_runs(app, pilot, screen)
        await pilot.click("#run")
        await until(pilot, lambda: len(told) > 3)
        assert "of 200 turns" in text_of(app)
        assert pane.query_one("#stop", Button).display
        assert not pane.query_one("#run", Button).display
        await pilot.press("c")
        await settle(app, pilot)
        assert len(told) < 199
        assert not pane.running
        assert "Stopped" in text_of(app)
        assert screen._report is not None
        assert screen._report.reruns == ()


async def test_leaving_ends_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = DebriefScreen(played())
    app = Host(screen)
    ended = asyncio.Event()

    def slow(*given: Any, on_progress: Any, **named: Any) -> Any:
        try:
            for done in range(1, 1000):
                on_progress(done, 1000)
                __import__("time").sleep(0.01)
        finally:
            ended.set()
        raise AssertionError("it was not stopped")

    monkeypatch.setattr(reruns, "rerun", slow)
    async with app.run_test(size=(120, 40)) as pilot:
        pane = await _at_the_runs(app, pilot, screen)
        await pilot.press("r")
        await until(pilot, lambda: pane.running)
        await pilot.press("escape")
        await until(pilot, ended.is_set)
        await settle(app, pilot)
        assert app.is_running


# the fit


def fit_of(state: str) -> Fit:
    row = Interval(1.1, 0.4, None)
    names = ("power", "proximity", "offense", "intentions")
    return Fit(state, dict.fromkeys(names, row), 30)


async def test_exponents_are_fitted_when_asked_and_can_be_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    campaign = Campaign(Parts(played()._position))
    begun, stopped = threading.Event(), threading.Event()

    def fits(history: Any, states: list[str], told: Any) -> dict[str, Fit]:
        told(1, 3)
        begun.set()
        stopped.wait(20)
        told(3, 3)
        return {state: fit_of(state) for state in states}

    monkeypatch.setattr(fitting, "fits", fits)
    screen = DebriefScreen(campaign)
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        await pilot.press("2")
        await pilot.pause()
        assert "Not fitted yet" in text_of(app)
        await pilot.press("f")
        await until(pilot, begun.is_set)
        assert "33%" in text_of(app)
        await pilot.press("c")
        await pilot.pause()
        stopped.set()
        await settle(app, pilot)
        assert not campaign.debriefing.analysis.fits
        assert "nothing was fitted" in text_of(app)
        await pilot.click("#fit")
        await settle(app, pilot)
        assert "1.10 (0.40 to ∞)" in text_of(app)
        assert len(campaign.debriefing.analysis.fits) == len(played().history.start.states)
        assert not screen.query_one("#fit", Button).display
    told = campaign.debrief()
    assert told["states"]["SAR"]["exponents"]["power"] == {
        "estimate": 1.1, "low": 0.4, "high": None
    }  # fmt: skip
    for form in ("md", "html"):
        assert "1.10 (0.40 to ∞)" in packets.written(campaign.debriefing.report(), form)


# files


@pytest.mark.parametrize(
    ("key", "ending"), [("M", "md"), ("H", "html"), ("J", "json"), ("P", "zip")]
)
async def test_an_export_key_writes_its_file_beside_the_saves(
    tmp_path: Path, key: str, ending: str
) -> None:
    campaign = played()
    campaign.save(tmp_path / "mine.json")
    app = Host(DebriefScreen(campaign))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        await pilot.press(key)
        await settle(app, pilot)
        target = tmp_path / "debriefs" / f"mine.{ending}"
        assert target.stat().st_size > 1000
        if ending == "json":
            assert json.loads(target.read_text("utf-8"))["states"] == campaign.debrief()["states"]
        assert [path.name for path in (tmp_path / "debriefs").iterdir()] == [target.name]


async def test_a_file_is_chosen_by_mouse_too_and_a_failing_write_is_told(tmp_path: Path) -> None:
    campaign = played()
    campaign.save(tmp_path / "mine.json")
    (tmp_path / "debriefs").write_text("in the way")
    debrief = DebriefScreen(campaign)
    app = Host(debrief)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: debrief._report is not None)
        await pilot.press("x")
        await until(pilot, lambda: any(one.region.width for one in app.screen.query("#html")))
        await pilot.click("#html")
        told = lambda: [str(one.message) for one in app._notifications]  # noqa: E731
        await until(pilot, lambda: any("could not be written" in words for words in told()))
        assert (tmp_path / "debriefs").read_text() == "in the way"


# the axis of the exponents


def test_a_whisker_lies_where_its_figures_are() -> None:
    width = 41
    row = Exponent(1.0, 0.0, 2.0)
    drawn = whisker(row, width)
    assert len(drawn) == width
    scale = (width - 1) / (HIGH - LOW)
    assert drawn.index("●") == round((1.0 - LOW) * scale)
    assert drawn.index("├") == round((0.0 - LOW) * scale)
    assert drawn.index("┤") == round((2.0 - LOW) * scale)
    assert axis(width).index("0") == drawn.index("├")
    open_ended = whisker(Exponent(2.9, None, None), width)
    assert (open_ended[0], open_ended[-1]) == ("◂", "▸")
    assert whisker(NOT_FITTED, width).strip() == ""
