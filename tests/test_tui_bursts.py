"""Keys that come all at once: none of them does more than the first of its kind would."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.css.query import NoMatches
from textual.widgets import Button, OptionList
from tui_fake import Host, text_of, until

from game.campaign import Campaign
from game.tui.app import Intent, RealpolitikApp
from game.tui.screens.answers_screen import AnswersScreen
from game.tui.screens.confirm_box import ConfirmScreen
from game.tui.screens.crisis_screen import CrisisScreen
from tests.test_tui_screens_answers import AID, CRISIS, OFFER, PLEDGE, campaign_of
from tests.tui_fake import FakeCampaign
from tests.tui_maps import small_map

CHARACTERS = {"enter": "\r", "escape": None, "space": " "}


def burst(app: Any, *keys: str) -> None:
    """Put keys into the application's queue at once, as a terminal hands over what was pasted."""
    for key in keys:
        character = CHARACTERS.get(key, key if len(key) == 1 else None)
        app.post_message(events.Key(key, character))


async def drawn(app: Any, pilot: Any) -> None:
    """Wait until keys count on the screen that is on top."""
    await until(pilot, lambda: app.screen.counts_now)
    await pilot.pause()


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


async def _campaign_screen(app: RealpolitikApp, pilot: Any) -> Any:
    await until(pilot, lambda: type(app.screen).__name__ == "Briefing")
    await pilot.press("enter")
    await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
    await pilot.pause()
    return app.screen


def _app(tmp_path: Path) -> RealpolitikApp:
    Campaign.new(small_map(), player="ALF", seed=1).save(tmp_path / "small.json")
    return RealpolitikApp(Intent("resume", save=tmp_path / "small.json", saves=tmp_path))


@pytest.mark.parametrize(
    "keys",
    [
        ("o", "s", "s", "s"),
        ("o", *["enter"] * 4),
        ("o", *["escape"] * 5),
        ("t", *["escape"] * 5),
        ("n", *["escape"] * 5),
        ("b", "right", "s", "s", "s", "s"),
        ("question_mark", *["escape"] * 3),
        ("space", "space", "space", "space"),
        ("r", "r", "r", "escape", "escape"),
        ("enter", *["escape"] * 4),
        ("1", "enter", "enter", "enter"),
    ],
    ids=" ".join,
)
async def test_a_burst_on_the_campaign_leaves_the_campaign_open(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    app = _app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        opened = await _campaign_screen(app, pilot)
        burst(app, *keys)
        for _ in range(10):
            await pilot.pause(0.05)
        assert app.is_running
        assert opened in app.screen_stack
        assert len(opened.campaign.history.turns) <= 1


async def test_two_spaces_at_once_play_one_turn(tmp_path: Path) -> None:
    app = _app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        opened = await _campaign_screen(app, pilot)
        burst(app, "space", "space")
        await until(pilot, lambda: type(app.screen).__name__ in ("ReportScreen", "AnswersScreen"))
        assert len(opened.campaign.history.turns) <= 1


async def test_a_burst_of_enter_answers_one_question(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        answers = AnswersScreen(campaign_of(), (OFFER, AID))
        app.push_screen(answers)
        await until(pilot, lambda: app.screen is answers)
        await drawn(app, pilot)
        burst(app, "enter", "enter", "enter")
        await pilot.pause(0.2)
        assert app.screen is answers
        assert list(answers._answers) == ["o"]


async def test_two_enters_on_the_ladder_leave_what_is_below(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        below = AnswersScreen(campaign_of(), (CRISIS, OFFER))
        app.push_screen(below)
        await until(pilot, lambda: isinstance(app.screen, CrisisScreen))
        await drawn(app, pilot)
        burst(app, "enter", "enter")
        await pilot.pause(0.2)
        assert app.screen is below
        assert below._answers == {"c": "hold"}


async def test_a_screen_that_is_not_on_top_is_not_dismissed() -> None:
    app = Host(CrisisScreen(campaign_of(), CRISIS))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown: Any = app.screen
        shown.dismiss("hold")
        shown.dismiss("climb")
        await pilot.pause()
        assert app.result == "hold"
        assert app.is_running


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 18)])
@pytest.mark.parametrize("question", [CRISIS, PLEDGE], ids=["crisis", "pledge"])
async def test_the_choice_of_a_crisis_is_in_sight(size: Any, question: Any) -> None:
    shown = CrisisScreen(campaign_of(), question)
    app = Host(shown)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.1)
        options = shown.query_one("#options", OptionList)
        assert shown.region.contains_region(options.region)
        assert options.size.height >= len(question.options)
        for button in shown.query(Button):
            assert shown.region.contains_region(button.region)
        before = options.highlighted
        await pilot.press(*["up"] * 6)
        assert options.highlighted == 0
        await pilot.press(*["down"] * 9)
        assert options.highlighted == len(question.options) - 1 != before


async def test_climbing_is_confirmed_and_can_be_thought_over() -> None:
    shown = CrisisScreen(campaign_of(), CRISIS)
    app = Host(shown)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
        await pilot.press("down", "enter")
        await pilot.pause(0.1)
        assert isinstance(app.screen, ConfirmScreen)
        assert "odds for" in text_of(app)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert app.screen is shown
        await pilot.press("enter")
        await pilot.pause(0.1)
        await pilot.press("y")
        await pilot.pause(0.1)
    assert app.result == "climb"


async def test_what_a_bystander_did_is_whole_in_a_narrow_window() -> None:
    campaign: Any = campaign_of()
    (crisis,) = campaign.world.crises
    found = campaign.crisis_bystanders(crisis.by, crisis.of)
    pledged = replace(crisis, pledges=((found[0].state, crisis.of), (found[1].state, crisis.by)))
    shown = CrisisScreen(FakeCampaign(world=replace(campaign.world, crises=(pledged,))), CRISIS)
    app = Host(shown)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
        await pilot.press(*["pagedown"] * 3)
        await pilot.pause(0.1)
        assert "did: by us" in text_of(app)


@pytest.mark.parametrize("keys", [(), ("space",), ("escape", "space")])
async def test_a_screen_that_is_left_before_it_is_composed_is_left_in_peace(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        below = app.screen
        opened = AnswersScreen(campaign_of(), (OFFER, AID))
        app.push_screen(opened)
        assert not opened.is_mounted
        burst(app, *keys)
        opened.dismiss(None)
        await until(pilot, lambda: app.screen is below)
        await pilot.pause(0.1)
        assert app._exception is None
        assert app.is_running


async def test_the_program_is_left_while_a_screen_opens(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.push_screen(AnswersScreen(campaign_of(), (OFFER, AID)))
        app.exit()
        app._handle_exception(NoMatches("No nodes match '#asked'"))
    assert app._exception is None


async def test_the_key_that_leaves_the_program_never_comes_too_early(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        opened = AnswersScreen(campaign_of(), (OFFER, AID))
        app.push_screen(opened)
        assert not opened.counts_now
        burst(app, "escape", "ctrl+c")
        await until(pilot, lambda: app._exit)
        assert app.return_code in (None, 0)
