"""Turns as a person plays them on the screen: the mouse alone, letters, the notebook's prompt."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from game import Campaign, load_map
from game.tui.app import Intent, RealpolitikApp
from game.tui.panels.dispatches_panel import Dispatches
from game.tui.screens.turn_actions import REMINDED_FROM
from game.words.letters import letter
from tests.test_tui_app import until


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def _played(turns: int, answers: tuple[str, ...] = ("decline", "none", "hold")) -> Campaign:
    """The first map after some turns without orders."""
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=1)
    while len(campaign.history.turns) < turns:
        campaign.submit()
        while asked := campaign.questions():
            campaign.answer({one.id: _first(answers, one.options) for one in asked})
    return campaign


def _first(wanted: tuple[str, ...], options: tuple[str, ...]) -> str:
    return next((one for one in wanted if one in options), options[0])


@asynccontextmanager
async def _resumed(
    campaign: Campaign, folder: Path, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[RealpolitikApp, Pilot[None], Any]]:
    campaign.save(folder / "kept.json")
    app = RealpolitikApp(Intent("resume", save=folder / "kept.json", saves=folder))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None
                    or _name(app) == "Briefing")  # fmt: skip
        if _name(app) == "Briefing":
            await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
        yield app, pilot, app.screen


def _name(app: RealpolitikApp) -> str:
    return type(app.screen).__name__


async def _end_turn(app: RealpolitikApp, pilot: Pilot[None]) -> None:
    """Space, silence to whatever is asked, and on to the report."""
    await pilot.press("space")
    seen = ("AnswersScreen", "ReportScreen", "CrisisScreen", "DebriefScreen")
    await until(pilot, lambda: _name(app) in seen)
    while _name(app) in ("AnswersScreen", "CrisisScreen"):
        if _name(app) == "CrisisScreen":
            await pilot.press("enter")
        else:
            await pilot.press("escape")
            await pilot.pause(0.05)
            if _name(app) == "ConfirmScreen":
                await pilot.press("y")
        await pilot.pause(0.1)
        await until(pilot, lambda: _name(app) in seen)


@pytest.mark.parametrize("written", [False, True])
async def test_an_empty_notebook_is_asked_for_after_the_first_turns(
    tmp_path: Path, written: bool
) -> None:
    """After two turns the notebook asks, but not one who has written in it."""
    campaign = _played(REMINDED_FROM - 2)
    if written:
        campaign.notebook.write("KHA", 0.8)
    async with _resumed(campaign, tmp_path) as (app, pilot, screen):
        await _end_turn(app, pilot)
        assert screen.campaign.turn == REMINDED_FROM
        await pilot.press("enter")
        if written:
            await until(pilot, lambda: _name(app) == "CampaignScreen")
            return
        await until(pilot, lambda: _name(app) == "ChoiceBox")
        words = " ".join(str(static.render()) for static in app.screen.query(Static))
        assert "notebook is empty" in words
        await pilot.press("enter")
        await until(pilot, lambda: _name(app) == "NotebookScreen")
        await pilot.press("escape")
        await until(pilot, lambda: _name(app) == "CampaignScreen")


async def test_a_dispatch_that_brought_a_letter_opens_it(tmp_path: Path) -> None:
    campaign = _played(1, ("accept", "none", "hold"))
    brought = [one for one in campaign.report() if letter(one, campaign.atlas, "ALD")]
    assert brought, "the first turn's offers come with letters"
    async with _resumed(campaign, tmp_path) as (app, pilot, screen):
        panel = screen.query_one(Dispatches)
        texts = [str(option.prompt) for option in panel.options]
        place = next(at for at, text in enumerate(texts) if text.endswith("✉"))
        panel.focus()
        panel.highlighted = place
        await pilot.press("enter")
        await until(pilot, lambda: _name(app) == "ReportScreen")
        shown = app.screen.query_one("#letter", Static)
        marked = app.screen.query_one("#happened", OptionList)
        assert "Aldmoor" in str(shown.render())
        line = str(marked.get_option_at_index(marked.highlighted or 0).prompt)
        assert line[2:] == texts[place][2:].removesuffix(" ✉")


async def test_a_turn_is_played_with_the_mouse_alone(tmp_path: Path) -> None:
    async with _resumed(_played(0), tmp_path) as (app, pilot, screen):
        await pilot.click("MatterLink")
        await until(pilot, lambda: _name(app) == "MatterDialog")
        await pilot.click("#order")
        await until(pilot, lambda: len(screen.campaign.pending) == 1)
        assert await _click_key(pilot, screen, "End turn")
        await until(pilot, lambda: _name(app) in ("AnswersScreen", "ReportScreen"))
        for _ in range(40):
            await pilot.pause(0.1)
            match _name(app):
                case "AnswersScreen":
                    left = len(app.screen._questions) - len(app.screen._answers)  # type: ignore[attr-defined]
                    await pilot.click(*((("#options", (4, 1))) if left else ("#send", (2, 0))))
                case "CrisisScreen":
                    await pilot.click("#choose")
                case "ReportScreen":
                    await pilot.click("#back")
                    break
        await until(pilot, lambda: _name(app) == "CampaignScreen")
        assert screen.campaign.turn == 2
        assert app.screen.query_one(Dispatches).option_count > 1


async def _click_key(pilot: Pilot[None], screen: Any, label: str) -> bool:
    """Click an action in the bar of keys, where its label stands."""
    bar = screen.query_one("KeyBar")
    for y in range(bar.size.height):
        text = "".join(segment.text for segment in bar.render_line(y))
        if label in text:
            await pilot.click("KeyBar", offset=(text.index(label) + 1, y))
            return True
    return False
