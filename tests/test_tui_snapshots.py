"""Twelve screens at both sizes, as text: `pytest --snapshot-update` writes them anew after looking.

In the light theme and without colours each says the same as in the dark one, and all of it can be
read: no letter is fainter beside its background than the bound.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from tui_fake import SIZES, FakeCampaign, Host, settle, some_events, text_of, until, with_crisis

from game.tui.app import Intent, RealpolitikApp
from game.tui.screens.answers_screen import AnswersScreen
from game.tui.screens.budget_dialog import BudgetDialog
from game.tui.screens.crisis_screen import CrisisScreen
from game.tui.screens.debrief_screen import DebriefScreen
from game.tui.screens.dossier_screen import DossierScreen
from game.tui.screens.notebook_screen import NotebookScreen
from game.tui.screens.report_screen import ReportScreen
from game.tui.screens.treaty_dialog import TreatyDialog
from game.tui.themes import DARK, LIGHT
from game.world.questions import CrisisQuestion
from tests.pictures import RGB, Run, runs
from tests.test_tui_screens_answers import AID, OFFER, campaign_of

FAINTEST = 2.4
"""The least contrast of a letter and its background, as WCAG counts it: 1 is none, 21 the most."""
DECORATION = frozenset("│─╭╮╰╯━╸╺┃▁▂▃▄▅▆▇█▀▊▌▎▍▔▕░▒▓·•●○◂▸▾╞├═▢")
"""Signs that draw frames, bars and the map, and say nothing alone."""


class TextSnapshots(SingleFileSnapshotExtension):
    """One text file for each picture."""

    _write_mode = WriteMode.TEXT
    _file_extension = "txt"


@pytest.fixture
def shown(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextSnapshots)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    # The screen of a new campaign draws the number of a random map.
    monkeypatch.setattr("secrets.randbelow", lambda below: below // 2)


def _of_a_campaign(make: Callable[[Any], Any], **chosen: Any) -> Callable[[Path], Any]:
    """A screen of a campaign that stands still."""
    return lambda _: Host(make(FakeCampaign(happened=some_events(), **chosen)))


def _crisis(campaign: Any) -> CrisisScreen:
    campaign.world = with_crisis(campaign.world)
    return CrisisScreen(campaign, CrisisQuestion("c", "GMY", "FRN", 9, 1))


def _game(folder: Path) -> RealpolitikApp:
    return RealpolitikApp(Intent(saves=folder))


def _begun(folder: Path) -> RealpolitikApp:
    return RealpolitikApp(Intent("play", "five-crowns", "ALD", seed=3, saves=folder))


async def _as_it_is(app: Any, pilot: Any) -> None:
    await settle(app, pilot)
    await pilot.pause(0.1)


async def _the_map(app: Any, pilot: Any) -> None:
    await until(pilot, lambda: type(app.screen).__name__ == "Briefing")
    await pilot.press("enter")
    await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
    await _as_it_is(app, pilot)


def _pressing(*keys: str) -> Callable[[Any, Any], Awaitable[None]]:
    async def press(app: Any, pilot: Any) -> None:
        await _as_it_is(app, pilot)
        await pilot.press(*keys)
        await _as_it_is(app, pilot)

    return press


SCREENS: dict[str, tuple[Callable[[Path], Any], Callable[[Any, Any], Awaitable[None]]]] = {
    "title": (_game, _as_it_is),
    "help": (_game, _pressing("question_mark")),
    "new campaign": (_game, _pressing("n")),
    "campaign": (_begun, _the_map),
    "dossier": (_of_a_campaign(lambda one: DossierScreen(one, "FRN")), _as_it_is),
    "treaty desk": (_of_a_campaign(lambda one: TreatyDialog(one, "ITA")), _as_it_is),
    "budget": (_of_a_campaign(BudgetDialog), _as_it_is),
    "answers": (lambda _: Host(AnswersScreen(campaign_of(), (OFFER, AID))), _as_it_is),
    "crisis": (_of_a_campaign(_crisis), _as_it_is),
    "report": (_of_a_campaign(lambda one: ReportScreen(one, 3)), _as_it_is),
    "notebook": (_of_a_campaign(NotebookScreen), _as_it_is),
    "debrief": (_of_a_campaign(DebriefScreen, over=True), _as_it_is),
}


async def _seen(
    name: str, folder: Path, size: tuple[int, int], theme: str
) -> tuple[str, list[Run]]:
    """The text of a screen, and how it is drawn."""
    make, prepare = SCREENS[name]
    app = make(folder)
    async with app.run_test(size=size) as pilot:
        await prepare(app, pilot)
        app.theme = theme
        await pilot.pause(0.1)
        drawn = [run for run in runs(app) if _counts(app, run)]
        text = text_of(app).replace(str(folder), "FOLDER")
    return "\n".join(row.rstrip() for row in text.splitlines()) + "\n", drawn


def _counts(app: Any, run: Run) -> bool:
    """Whether a run is on the screen on top, not seen through it, and can be acted on."""
    widget, _ = app.screen.get_widget_at(run.column, run.row)
    return widget is not app.screen and not widget.is_disabled


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_looks_as_it_did_in_dark_light_and_without_colours(
    name: str, size: tuple[int, int], shown: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dark, drawn = await _seen(name, tmp_path / "dark", size, DARK.name)
    assert dark == shown
    _can_be_read(drawn)
    light, drawn = await _seen(name, tmp_path / "light", size, LIGHT.name)
    assert light == dark
    _can_be_read(drawn)
    monkeypatch.setenv("NO_COLOR", "1")
    plain, _ = await _seen(name, tmp_path / "plain", size, DARK.name)
    assert plain == dark


def _can_be_read(drawn: list[Run]) -> None:
    faint = {
        (run.text.strip(), round(_contrast(run.ink, run.paper), 1))
        for run in drawn
        if set(run.text.strip()) - DECORATION and _contrast(run.ink, run.paper) < FAINTEST
    }
    assert not faint


def _contrast(one: RGB, other: RGB) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: RGB) -> float:
    parts = [part / 255 for part in colour]
    r, g, b = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
