"""What keys do once a campaign is over, on the title, and with text that was selected."""

from pathlib import Path
from typing import Any

import pytest
from tui_fake import text_of, until

from game.campaign import Campaign
from game.tui.app import Intent, RealpolitikApp
from game.world.questions import SILENCE
from tests.tui_maps import small_map


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def _step(campaign: Campaign) -> None:
    campaign.submit()
    while campaign.questions():
        campaign.answer({one.id: SILENCE[one.kind] for one in campaign.questions()})


def _name(app: Any) -> str:
    return type(app.screen).__name__


async def test_after_the_last_turn_space_opens_the_debrief_and_orders_say_why_not(
    tmp_path: Path,
) -> None:
    campaign = Campaign.new(small_map(), player="ALF", seed=1, turns=2)
    while not campaign.over:
        _step(campaign)
    campaign.save(tmp_path / "small.json")
    app = RealpolitikApp(Intent("resume", save=tmp_path / "small.json", saves=tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: _name(app) == "DebriefScreen")
        await until(pilot, lambda: app.screen.counts_now)  # type: ignore[attr-defined]
        await pilot.press("escape")
        await until(pilot, lambda: _name(app) == "CampaignScreen")
        await pilot.press("b")
        await until(pilot, lambda: bool(app._notifications))
        assert "The campaign is over" in next(iter(app._notifications)).message
        await pilot.press("space")
        await until(pilot, lambda: _name(app) == "DebriefScreen")
        await until(pilot, lambda: app.screen.counts_now)  # type: ignore[attr-defined]
        await pilot.press("escape")
        await until(pilot, lambda: _name(app) == "CampaignScreen")
        await pilot.press("escape")
        await until(pilot, lambda: _name(app) == "ChoiceBox")
        assert "Play on" not in text_of(app)


async def test_a_campaign_left_within_its_first_turn_opens_without_the_briefing(
    tmp_path: Path,
) -> None:
    for seed in range(40):
        campaign = Campaign.new(small_map(), player="ALF", seed=seed)
        campaign.submit()
        if campaign.questions():
            break
    assert campaign.questions(), "no seed brings a question in the first turn"
    campaign.save(tmp_path / "small.json")
    app = RealpolitikApp(Intent("resume", save=tmp_path / "small.json", saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: _name(app) in ("AnswersScreen", "CrisisScreen"))
        assert "Briefing" not in [type(one).__name__ for one in app.screen_stack]


async def test_escape_on_the_title_asks_and_enter_stays(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "continue" not in text_of(app).splitlines()[-1]
        await pilot.press("c")
        await until(pilot, lambda: bool(app._notifications))
        await pilot.press("escape")
        await until(pilot, lambda: _name(app) == "ChoiceBox")
        await pilot.press("enter")
        await until(pilot, lambda: _name(app) == "TitleScreen")
        assert not app._exit


async def test_ctrl_c_copies_what_is_selected_and_leaves_where_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(app.screen, "get_selected_text", lambda: "They fear the strongest")
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.clipboard == "They fear the strongest"
        assert not app._exit
        monkeypatch.setattr(app.screen, "get_selected_text", lambda: None)
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app._exit


async def test_ctrl_c_does_not_end_a_game_in_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(RealpolitikApp, "is_web", True)
        await pilot.press("ctrl+c")
        await until(pilot, lambda: bool(app._notifications))
        assert not app._exit
