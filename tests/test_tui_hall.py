"""The list of saves with what each came to, and the hall of fame."""

from pathlib import Path
from typing import Any

import pytest
from tui_fake import SIZES, Host, text_of, until

from game import Campaign, load_map
from game.campaign.save_results import save_result
from game.tui.screens.hall_screen import HallScreen
from game.tui.screens.saves_screen import SavesScreen


def _saved(folder: Path, name: str, *, turns: int, played: int, **chosen: Any) -> Campaign:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", turns=turns, **chosen)
    for _ in range(played):
        campaign.submit()
        while waiting := campaign.questions():
            campaign.answer({one.id: one.options[0] for one in waiting})
    campaign.save(folder / f"{name}.json")
    return campaign


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _saved(tmp_path, "under way", turns=8, played=1, seed=3)
    _saved(tmp_path, "first", turns=2, played=2, seed=3)
    _saved(tmp_path, "second", turns=2, played=2, seed=8)
    _saved(tmp_path, "easy", turns=2, played=2, seed=3, difficulty="easy")
    return tmp_path


def test_a_result_is_the_score_of_its_campaign(folder: Path) -> None:
    campaign = Campaign.load(folder / "first.json")
    result = save_result(folder / "first.json")
    assert result is not None
    assert result.score == pytest.approx(campaign.debriefing.score().total)
    under_way = Campaign.load(folder / "under way.json")
    result = save_result(folder / "under way.json")
    assert result is not None
    assert not result.over
    assert result.score == pytest.approx(under_way.debriefing.score(insight=False).total)
    (folder / "damaged.json").write_text("{")
    assert save_result(folder / "damaged.json") is None


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_numbers_the_saves_and_shows_score_aim_and_size(
    folder: Path, size: tuple[int, int]
) -> None:
    screen = SavesScreen(folder)
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: len(screen._results) == 4)
        await pilot.pause(0.1)
        shown = text_of(app)
        for number in range(1, 5):
            assert f" {number} ■" in shown or f" {number} ▶" in shown
        assert shown.count("kB") == 4
        names = [entry.name for entry in screen._entries]
        await pilot.press(str(names.index("under way") + 1))
        await until(pilot, lambda: "so far" in text_of(app))
        assert "No chain around the moor" in text_of(app)


async def test_the_hall_of_fame_ranks_finished_campaigns_of_one_kind(folder: Path) -> None:
    screen = SavesScreen(folder)
    app = Host(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.screen, HallScreen))
        await until(pilot, lambda: text_of(app).count("reached") == 3)
        shown = text_of(app)
        assert shown.index("easy") < shown.index("normal")
        ranked = [save_result(folder / f"{one}.json") for one in ("first", "second")]
        best = max(one.score or 0.0 for one in ranked if one is not None)
        assert f"1. {best:5.1f}" in shown[shown.index("normal") :]


async def test_a_hall_without_a_finished_campaign_says_so(tmp_path: Path) -> None:
    app = Host(HallScreen(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "No campaign has been played to its end" in text_of(app))
