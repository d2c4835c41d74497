"""The chronicle in play, and going on from an earlier turn as a new campaign."""

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static
from tui_fake import Host, text_of, until

from game import Campaign, load_map
from game.campaign import Refused
from game.tui.app import Intent, RealpolitikApp
from game.tui.screens.chronicle_screen import ChronicleScreen, sparkline
from game.tui.widgets.fields import Field
from game.world.questions import SILENCE

SIZES = [(120, 40), (80, 24), (60, 18)]


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def _played(turns: int) -> Campaign:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=2)
    _play(campaign, turns)
    return campaign


def _play(campaign: Campaign, turns: int) -> None:
    for turn in range(turns):
        campaign.notebook.write("VOR", turn / 10)
        campaign.submit()
        while campaign.questions():
            campaign.answer({one.id: SILENCE[one.kind] for one in campaign.questions()})


def _text(screen: Any, id: str) -> str:
    return str(screen.query_one(f"#{id}", Static).visual)


@pytest.mark.parametrize("size", SIZES)
async def test_every_tab_shows_the_turns_so_far(size: Any) -> None:
    campaign = _played(4)
    shown = ChronicleScreen(campaign)
    app = Host(shown)
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.1)
        for key in "1234":
            await pilot.press(key)
            await pilot.pause(0.1)
            assert "Aldmoor" in text_of(app) or key == "1"
        assert campaign.atlas.date(4) in _text(shown, "events-text")
        assert "\\" in _text(shown, "pacts-text")
        await pilot.press("escape")
        await until(pilot, lambda: app.done)
    assert app.result is None


async def test_what_happened_is_narrowed_by_state_kind_and_turn() -> None:
    campaign = _played(4)
    shown = ChronicleScreen(campaign)
    app = Host(shown)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.1)
        every = _text(shown, "events-text")
        shown.query_one("#of-state", Field).value = "VOR"
        await pilot.pause(0.1)
        some = _text(shown, "events-text")
        assert 0 < len(some) < len(every)
        shown.query_one("#of-turn", Field).value = 2
        await pilot.pause(0.1)
        assert campaign.atlas.date(3) not in _text(shown, "events-text")


def test_the_course_hides_what_the_player_could_not_see() -> None:
    campaign = _played(6)
    course = campaign.adviser.seen_course()
    assert len(course.treaties) == 7
    for turn, treaties in enumerate(course.treaties, start=1):
        assert all(treaty.seen_by("ALD") for treaty in treaties), turn
    power = course.series["power"]
    for moment in range(7):
        assert sum(row[moment] or 0.0 for row in power.values()) == pytest.approx(1.0, abs=0.02)


def test_a_branch_stands_where_the_campaign_stood_and_leaves_it_alone(tmp_path: Path) -> None:
    campaign = _played(5)
    digest, before = campaign.digest, campaign.history.turns[2].start
    branch = campaign.branch(3)
    assert branch.turn == 3
    assert branch.history.world is before
    assert branch.notebook.now == {"VOR": 0.1}
    assert max(branch.notebook.pages) == 2
    assert branch.pending == ()
    branch.save(tmp_path / "branch.json")
    again = Campaign.load(tmp_path / "branch.json")
    assert again.digest == branch.digest
    _play(branch, 3)
    assert branch.history.digest == campaign.history.digest
    assert campaign.digest == digest
    with pytest.raises(Refused):
        campaign.branch(9)


async def test_going_on_from_a_turn_opens_a_campaign_of_its_own(tmp_path: Path) -> None:
    _played(3).save(tmp_path / "one.json")
    app = RealpolitikApp(Intent("resume", save=tmp_path / "one.json", saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
        first = app.screen
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, ChronicleScreen))
        await pilot.press("right", "right")
        await pilot.press("w")
        await until(pilot, lambda: type(app.screen).__name__ == "ConfirmScreen")
        await pilot.press("y")
        await until(
            pilot,
            lambda: type(app.screen).__name__ == "CampaignScreen" and app.screen is not first,
        )
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
        opened: Any = app.screen
        assert opened.campaign.turn == 2
    assert len(list(tmp_path.glob("*.json"))) == 2
    assert len(Campaign.load(tmp_path / "one.json").history.turns) == 3


def test_a_spark_line_leaves_gaps_and_reaches_the_top_once() -> None:
    assert sparkline([0.0, None, 0.5, 1.0], 1.0) == "▁ ▄█"
