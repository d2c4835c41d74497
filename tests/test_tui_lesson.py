"""The lesson: a stranger who does what it says, and nothing else, comes to its end."""

from pathlib import Path
from typing import Any

import pytest
from tui_fake import SIZES, settle, text_of, until

from game import Campaign, load_map
from game.tui.app import Intent, RealpolitikApp
from game.tui.lesson import steps
from game.tui.lesson.lesson import DIFFICULTY, DOCTRINES, SEED, TURNS, Lesson, is_lesson
from game.tui.map_view import MapView
from game.tui.screens.campaign_screen import CampaignScreen
from game.tui.screens.debrief_screen import DebriefScreen
from game.tui.screens.title_screen import FIRST_MAP, FIRST_STATE
from game.world.orders import Offer


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def _campaign_screen(app: Any) -> CampaignScreen:
    return next(one for one in app.screen_stack if isinstance(one, CampaignScreen))


async def _begun(app: Any, pilot: Any) -> CampaignScreen:
    """The lesson from the title screen, its briefing read."""
    await settle(app, pilot)
    await pilot.press("down", "enter")
    await until(pilot, lambda: type(app.screen).__name__ == "Briefing")
    assert "lesson" in text_of(app)
    await pilot.press("enter")
    screen = _campaign_screen(app)
    await until(pilot, lambda: app.screen is screen and screen.snapshot is not None)
    return screen


async def _on_state(screen: CampaignScreen, pilot: Any, state: str) -> None:
    screen.query_one(MapView).select(state)
    await pilot.pause(0.05)


async def _answer_all(app: Any, pilot: Any, screen: CampaignScreen, turn: int) -> None:
    """Decline and hold whatever is asked, until the turn is over and its report read."""
    for _ in range(200):
        top = app.screen
        name = type(top).__name__
        if name == "CrisisScreen" or (turn == 1 and name == "AnswersScreen"):
            await until(pilot, lambda top=top: app.screen is not top or _says(top))
        if app.screen is not top:
            continue
        if name == "AnswersScreen":
            await until(pilot, lambda top=top: top.is_mounted)
            top.dismiss({one.id: _quiet(one.options) for one in top._questions})
        elif name == "CrisisScreen":
            await pilot.press("escape")
        elif name == "ReportScreen":
            await pilot.press("space")
        elif name == "ChoiceBox":
            await pilot.press("escape")
        elif name == "DebriefScreen" or (app.screen is screen and not screen._in_turn):
            assert len(screen.campaign.history.turns) == turn
            return
        await pilot.pause(0.1)
    raise AssertionError(f"turn {turn} was not over: {app.screen}")


def _says(screen: Any) -> bool:
    return bool(screen.query_one(".lesson-line").display)


def _quiet(options: tuple[str, ...]) -> str:
    return next((one for one in ("decline", "none", "hold") if one in options), options[0])


async def _do(app: Any, pilot: Any, screen: CampaignScreen) -> None:
    """What the present step asks for."""
    assert screen.lesson is not None
    step = screen.lesson.step
    assert step is not None
    me = screen.campaign.player
    if step.id == "readings":
        await pilot.press("v", "v", "v")
    elif step.id == "dossier":
        await _on_state(screen, pilot, steps.first_by(screen.lesson, "BOT"))
        await pilot.press("enter")
        assert "four factors" in " ".join(text_of(app).replace("│", "").split())
        await pilot.press("escape")
    elif step.id == "refused":
        offer = steps.hopeless_offer(screen.lesson)
        assert offer is not None
        assert screen.campaign.atlas.name(offer.terms.against or "") in step.task(screen.lesson)
        screen.give(offer)
    elif step.id == "why":
        wanted = steps.refused_by(screen.lesson)
        assert wanted, "the offer that the lesson suggested was not refused"
        await _on_state(screen, pilot, wanted)
        await pilot.press("enter", "escape")
    elif step.id == "listen":
        await _on_state(screen, pilot, "OMB")
        await pilot.press("i")
        await until(pilot, lambda: type(app.screen).__name__ == "InfluenceDialog")
        await pilot.press("s")
    elif step.id == "notebook":
        screen.campaign.notebook.write("VOR", 0.7)
        await pilot.press("n")
        await until(pilot, lambda: type(app.screen).__name__ == "NotebookScreen")
        await pilot.press("escape")
    elif step.id == "good":
        offer = screen.campaign.adviser.best_offer()
        assert isinstance(offer, Offer)
        screen.give(offer)
        assert me != offer.to
    else:
        key = {"budget": "b", "chronicle": "c"}[step.id]
        await pilot.press(key)
        await until(pilot, lambda: app.screen is not screen)
        assert app.screen.query_one(".lesson-line").display
        await pilot.press("escape")
    await until(pilot, lambda: app.screen is screen)
    await pilot.pause(0.05)


@pytest.mark.parametrize("size", SIZES)
async def test_who_does_what_the_lesson_says_comes_to_the_envelopes(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=size) as pilot:
        screen = await _begun(app, pilot)
        lesson = screen.lesson
        assert lesson is not None
        done = []
        for turn in range(1, TURNS + 1):
            while (step := lesson.step) is not None and not step.by_ending_the_turn:
                assert step.turn == turn
                assert step.title in text_of(app)
                await _do(app, pilot, screen)
                assert lesson.step is not step, f"{step.id} is not done"
                done.append(step.id)
            await pilot.press("space")
            await until(pilot, lambda: screen._in_turn)
            await _answer_all(app, pilot, screen, turn)
        assert done == [one.id for one in steps.STEPS[:-1] if not one.by_ending_the_turn]
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        assert "Waltz" in text_of(app)


async def test_a_turn_is_held_until_its_step_is_done_or_skipped(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _begun(app, pilot)
        await pilot.press("space")
        await settle(app, pilot)
        assert screen.campaign.history.turns == ()
        assert app.screen is screen
        await pilot.press("x")
        await until(pilot, lambda: type(app.screen).__name__ == "ChoiceBox")
        await pilot.press("right", "right", "enter")
        await until(pilot, lambda: app.screen is screen)
        assert not screen.query_one("#lesson").display
        await pilot.press("space")
        await until(pilot, lambda: type(app.screen).__name__ == "AnswersScreen")
        assert not app.screen.query_one(".lesson-line").display


async def test_a_lesson_that_was_left_goes_on_in_its_turn(tmp_path: Path) -> None:
    campaign = Campaign.new(
        load_map(FIRST_MAP), player=FIRST_STATE, seed=SEED,
        difficulty=DIFFICULTY, turns=TURNS, doctrines=DOCTRINES,
    )  # fmt: skip
    for _ in range(3):
        campaign.submit()
        while waiting := campaign.questions():
            campaign.answer({one.id: _quiet(one.options) for one in waiting})
    campaign.save(tmp_path / "lesson Aldmoor.json")
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        assert "left at turn 4" in text_of(app)
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: type(app.screen).__name__ == "ChoiceBox")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CampaignScreen))
        screen = _campaign_screen(app)
        await until(pilot, lambda: screen.snapshot is not None)
        assert screen.lesson is not None
        assert screen.lesson.step is not None
        assert screen.lesson.step.id == "notebook"


def test_only_the_lesson_is_one() -> None:
    doc = load_map(FIRST_MAP)
    as_always = Campaign.new(doc, player=FIRST_STATE, seed=SEED)
    assert not is_lesson(as_always.setup)
    assert is_lesson(Campaign.new(doc, player=FIRST_STATE, seed=1, turns=TURNS).setup)


def test_every_turn_of_the_lesson_teaches_one_thing_and_the_notebook_comes_in_time() -> None:
    turns = [one.turn for one in steps.STEPS]
    assert turns == sorted(turns)
    assert set(turns) == set(range(1, TURNS + 2))
    assert next(one.turn for one in steps.STEPS if one.id == "notebook") <= TURNS // 2


def test_the_lesson_says_nothing_that_is_cut_short() -> None:
    """Each text fits into the lines that a card gives it in a narrow window."""
    lesson = Lesson(Campaign.new(load_map(FIRST_MAP), player=FIRST_STATE, seed=1, turns=TURNS))
    for step in steps.STEPS:
        for said in (step.says, step.task, *step.inside.values()):
            assert len(said(lesson)) <= 4 * 68
    assert len(steps.CRISIS) <= 4 * 68
