"""The application as a player meets it: keys, mouse, sizes, names, colours, saving, leaving."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static
from tui_fake import until

from game.advice import matters
from game.advice.matters import Matter
from game.campaign import Campaign
from game.files.settings import read_settings
from game.tui.app import Intent, RealpolitikApp
from game.tui.lesson.lesson import Lesson
from game.tui.map_view import MapView
from game.tui.panels.key_bar import KeyBar
from game.tui.panels.matters_panel import MatterLink
from game.tui.panels.orders_panel import Orders
from game.tui.panels.states_panel import States
from game.tui.screens import matter_dialog, turn_actions
from game.tui.widgets.fields import Field
from game.words.claims import CLAIMS
from game.world.orders import Aid, Budget, Offer, Order, Posture, Sound, Terms
from tests.test_tui_text import HOSTILE
from tests.tui_maps import small_map

SIZES = [(120, 40), (80, 24), (200, 60), (60, 18), (20, 5), (2, 2)]


def _campaign(tmp_path: Path, **names: str) -> Campaign:
    campaign = Campaign.new(small_map(**names), player="ALF", seed=1)
    campaign.save(tmp_path / "small.json")
    return campaign


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@asynccontextmanager
async def _opened(
    tmp_path: Path, size: tuple[int, int] = (120, 40), **names: str
) -> AsyncIterator[tuple[RealpolitikApp, Pilot[None], Any]]:
    """The app with a campaign open, its first snapshot on the screen."""
    _campaign(tmp_path, **names)
    app = RealpolitikApp(Intent("resume", save=tmp_path / "small.json", saves=tmp_path))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: type(app.screen).__name__ == "Briefing")
        await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
        yield app, pilot, app.screen


def _name(app: RealpolitikApp) -> str:
    return type(app.screen).__name__


# starting


async def test_the_title_offers_a_new_campaign_where_nothing_can_be_continued(
    tmp_path: Path,
) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        listed = app.screen.query_one("#title-list", OptionList)
        assert listed.highlighted is not None
        assert listed.get_option_at_index(listed.highlighted).id == "new"
        await pilot.press("q")
    assert app.return_code == 0


async def test_the_title_continues_the_last_campaign(tmp_path: Path) -> None:
    _campaign(tmp_path)
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: _name(app) == "Briefing")
        assert app.screen_stack[-2].campaign.player == "ALF"  # type: ignore[attr-defined]


async def test_enter_all_the_way_through_begins_a_first_game(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: _name(app) == "NewCampaignScreen")
        await until(pilot, lambda: app.screen._prospect is not None)  # type: ignore[attr-defined]
        for _ in range(4):
            await pilot.press("enter")
            await pilot.pause(0.1)
        await until(pilot, lambda: _name(app) == "Briefing")
        campaign = app.screen_stack[-2].campaign  # type: ignore[attr-defined]
        assert campaign.setup.map.id == "five-crowns"
        assert campaign.player == next(iter(campaign.setup.map.states))
        assert [path.name for path in tmp_path.glob("*.json")] == ["five-crowns Aldmoor.json"]


async def test_a_map_that_cannot_be_played_says_why_in_place(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": 1}')
    app = RealpolitikApp(Intent("play", map=str(broken), saves=tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "broken.json" in str(
            app.screen.query_one("#words", Static).render()
        ))  # fmt: skip
        await pilot.press("enter")
        assert _name(app) == "NewCampaignScreen"


async def test_a_random_map_can_be_drawn_and_played(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent("play", map="random:7:6:3", saves=tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: _name(app) == "NewCampaignScreen")
        screen: Any = app.screen
        await until(pilot, lambda: screen._prospect is not None)
        offered = [option.id for option in screen.query_one("#list").options]
        assert offered[0] == "random:7:6:3"
        await pilot.press("r")
        await until(pilot, lambda: screen._map not in offered and screen._prospect is not None)
        again = [option.id for option in screen.query_one("#list").options]
        assert again[0] == "random:7:6:3", "what was named stays on the list"
        assert screen._map == again[-1] != offered[-1]
        for _ in range(4):
            await pilot.press("enter")
            await pilot.pause(0.1)
        await until(pilot, lambda: _name(app) == "Briefing")
        campaign = app.screen_stack[-2].campaign  # type: ignore[attr-defined]
        assert campaign.setup.map.id == again[-1].replace(":", "-")


async def test_a_damaged_save_is_a_sentence_on_the_title(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    app = RealpolitikApp(Intent("resume", save=tmp_path / "bad.json", saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(app._notifications))
        assert _name(app) == "TitleScreen"
        assert all(not note.markup for note in app._notifications)


async def test_settings_are_seen_at_once_and_kept(tmp_path: Path) -> None:
    app = RealpolitikApp(Intent(saves=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.theme
        app.screen.action_pick("settings")  # type: ignore[attr-defined]
        await until(pilot, lambda: _name(app) == "SettingsScreen")
        await pilot.press("enter", "down", "enter", "down", "enter")
        assert app.theme != before
        chosen = app.theme
        await pilot.press("escape")
    kept = read_settings()
    assert (kept.theme, kept.difficulty, kept.teaching) == (chosen, "hard", True)
    again = RealpolitikApp(Intent(saves=tmp_path))
    async with again.run_test(size=(80, 24)):
        assert again.theme == chosen


# sizes, names, colours


@pytest.mark.parametrize("size", SIZES)
async def test_it_works_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with _opened(tmp_path, size) as (app, pilot, screen):
        for key in ("v", "v", "5", "6", "7", "8", "9", "plus", "down", "minus", "question_mark"):
            await pilot.press(key)
        assert _name(app) == "HelpScreen"
        await pilot.press("escape")
        tiny = size[0] < 60 or size[1] < 18
        assert screen.has_class("-tiny") == tiny
        assert screen.query_one("#too-small").display == tiny


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_names_are_shown_as_text_everywhere(tmp_path: Path, name: str) -> None:
    names = dict.fromkeys(("ALF", "BRA", "CHA", "pa", "pb", "title", "briefing", "leader"), name)
    async with _opened(tmp_path, **names) as (app, pilot, screen):
        for key in ("v", "right", "right", "v", "v", "v", "s", "l", "p", "f"):
            await pilot.press(key)
        await pilot.click("#states", offset=(5, 2))
        await pilot.press("question_mark", "escape", "1")
        await pilot.pause(0.1)
        assert app.is_running
        if _name(app) != "CampaignScreen":
            await pilot.press("escape")
        texts = [str(option.prompt) for option in screen.query_one(States).options]
        assert any(name[:10] in text for text in texts)


async def test_without_colour_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with _opened(tmp_path) as (_, pilot, screen):
        view = screen.query_one(MapView)
        for _ in range(5):
            await pilot.press("v")
            text = "".join(view.render_line(y).text for y in range(view.size.height))
            assert "▀" not in text
            assert text.strip()


@pytest.mark.parametrize("theme", ["chancery-light", "chancery-safe"])
async def test_the_map_follows_the_theme(tmp_path: Path, theme: str) -> None:
    async with _opened(tmp_path) as (app, pilot, screen):
        view = screen.query_one(MapView)
        before = list(view.canvas.table)
        app.theme = theme
        await pilot.pause()
        assert view.canvas.table != before


# ordering


async def test_orders_are_listed_ranked_removed_undone_and_kept(tmp_path: Path) -> None:
    async with _opened(tmp_path) as (_, pilot, screen):
        first = Offer("CHA", Terms(("nonaggression",)))
        second = Offer("DEL", Terms(("nonaggression",)))
        for order in (first, second):
            screen.give(order)
        screen.query_one(Orders).focus()
        assert screen.campaign.pending == (first, second)
        await pilot.press("down", "right_square_bracket")
        assert screen.campaign.pending == (second, first)
        await pilot.press("delete")
        assert screen.campaign.pending == (second,)
        await pilot.press("u")
        assert screen.campaign.pending == (second, first)
        await pilot.press("U")
        assert screen.campaign.pending == (second,)
        await pilot.press("u", "u")
        assert screen.campaign.pending == (first, second)
        await asyncio.sleep(0.6)
        await until(
            pilot, lambda: Campaign.load(tmp_path / "small.json").pending == (first, second)
        )


async def test_what_the_rules_forbid_is_said_and_not_ordered(tmp_path: Path) -> None:
    async with _opened(tmp_path) as (app, pilot, screen):
        screen.give(Aid("CHA", 10**12))
        screen.give(Budget(army=100))
        await pilot.pause()
        assert screen.campaign.pending == (Budget(army=100),)
        assert len(app._notifications) == 1


PACT = Terms(("nonaggression",))
CHANGES: dict[str, tuple[tuple[Order, ...], tuple[Any, ...], str, int, tuple[Order, ...]]] = {
    "treaty_desk": (
        (Offer("CHA", PACT), Sound("BRA")),
        ("CHA", PACT),
        "burden",
        300,
        (Offer("CHA", replace(PACT, burden=300)), Sound("BRA")),
    ),
    "aid": ((Aid("CHA", 1000), Sound("BRA")), ("CHA",), "amount", 2000,
            (Aid("CHA", 2000), Sound("BRA"))),
    "budget": ((Posture(3), Sound("BRA"), Budget(army=200)), (), "posture", 2,
               (Budget(army=200), Sound("BRA"))),
}  # fmt: skip
"""By dialog: the orders pending, its arguments, a field and its new value, the orders then."""


@pytest.mark.parametrize("dialog", CHANGES)
async def test_one_undo_puts_back_the_orders_that_a_dialog_changed(
    tmp_path: Path, dialog: str
) -> None:
    former, arguments, field, value, changed = CHANGES[dialog]
    async with _opened(tmp_path) as (app, pilot, screen):
        for order in former:
            screen.campaign.order(order)
        screen._open(dialog, *arguments)
        await until(pilot, lambda: _name(app) != "CampaignScreen")
        await pilot.pause()
        app.screen.query_one(f"#{field}", Field).value = value
        await pilot.pause()
        await pilot.press("s")
        await until(pilot, lambda: _name(app) == "CampaignScreen")
        assert screen.campaign.pending == changed, "it keeps its rank"
        await pilot.press("u")
        assert screen.campaign.pending == former
        await pilot.press("U")
        assert screen.campaign.pending == changed


async def test_a_matter_gives_its_order_by_two_keys(tmp_path: Path) -> None:
    async with _opened(tmp_path) as (app, pilot, screen):
        offer = Offer("CHA", Terms(("nonaggression",)))
        matter = Matter("Cha waits", "opening", "CHA", offer, ("far", "near"))
        screen.show(replace(screen.snapshot, matters=(matter,)))
        await pilot.press("1")
        await until(pilot, lambda: _name(app) == "MatterDialog")
        await pilot.press("enter")
        await until(pilot, lambda: _name(app) == "CampaignScreen")
        assert screen.campaign.pending == (offer,)
        link = screen.query(MatterLink).first()
        await until(pilot, lambda: "✓" in str(link.render()))
        await pilot.press("1")
        await until(pilot, lambda: _name(app) == "MatterDialog")
        words = " ".join(str(static.render()) for static in app.screen.query(Static))
        assert "hold an offer to Cha already" in words
        await pilot.press("escape", "u")
        await until(pilot, lambda: "✓" not in str(link.render()))


def test_every_kind_of_matter_names_claims_of_the_ledger_and_a_road() -> None:
    kinds = set(re.findall(r'counsel\.matter\([^"]*?(?:f"[^"]*", )?"([a-z]+)"', _advice()))
    assert {"readings", "talks", "war", "sounding"} <= kinds
    for kind in kinds:
        assert set(matter_dialog.CLAIMS[kind]) <= set(CLAIMS)
        assert matter_dialog.ROADS[kind]


def _advice() -> str:
    folder = Path(matters.__file__).parent
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))


async def test_help_on_a_matter_names_the_claim(tmp_path: Path) -> None:
    async with _opened(tmp_path) as (app, pilot, screen):
        matter = Matter("Whom to fear?", "readings", "CHA", None, ("far", "near"))
        screen.show(replace(screen.snapshot, matters=(matter,)))
        await pilot.press("1", "question_mark")
        await until(pilot, lambda: _name(app) == "HelpScreen")
        words = " ".join(str(static.render()) for static in app.screen.query(Static))
        assert "W1" in words
        assert "T1" in words


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_every_matter_is_two_keys_from_its_order(tmp_path: Path, number: int) -> None:
    """A matter's key, then Enter: the order that meets it is given, or the dialog for it opens."""
    async with _opened(tmp_path) as (app, pilot, screen):
        matter = screen.snapshot.matters[number - 1]
        await pilot.press(str(number))
        await until(pilot, lambda: _name(app) == "MatterDialog")
        await pilot.press("enter")
        if matter.order is None:
            await until(pilot, lambda: _name(app) in ("TreatyDialog", "BudgetDialog"))
        else:
            await until(pilot, lambda: screen.campaign.pending == (matter.order,))


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("o", "TreatyDialog"),
        ("a", "AidDialog"),
        ("i", "InfluenceDialog"),
        ("d", "DemandDialog"),
        ("b", "BudgetDialog"),
        ("w", "WarRoom"),
        ("t", "TreatiesScreen"),
        ("n", "NotebookScreen"),
        ("enter", "DossierScreen"),
        ("question_mark", "HelpScreen"),
    ],
)
async def test_every_key_opens_its_screen(tmp_path: Path, key: str, wanted: str) -> None:
    async with _opened(tmp_path) as (app, pilot, _):
        await pilot.press("right", "right", key)
        await until(pilot, lambda: _name(app) == wanted)
        await pilot.press("escape")
        await until(pilot, lambda: _name(app) == "CampaignScreen")


async def test_the_foot_of_the_screen_can_be_clicked(tmp_path: Path) -> None:
    async with _opened(tmp_path) as (app, pilot, screen):
        bar = screen.query_one(KeyBar)
        row = next(iter(bar._rows(bar.size.width)))
        column = next(column for column, action in row if action.label == "Budget")
        await pilot.click(KeyBar, offset=(column + 1, 0))
        await until(pilot, lambda: _name(app) == "BudgetDialog")


async def test_the_map_and_the_table_go_together(tmp_path: Path) -> None:
    async with _opened(tmp_path) as (_, pilot, screen):
        states = screen.query_one(States)
        states.focus()
        await pilot.press("down", "down")
        assert screen.query_one(MapView).state == states.state_of(
            states.get_option_at_index(states.highlighted or 0).id
        )


# time


async def _play_on(app: RealpolitikApp, pilot: Pilot[None], screen: Any, turn: int) -> None:
    """Answer whatever comes with its default until a turn begins or the end is reached."""
    for _ in range(300):
        await pilot.pause(0.03)
        if screen.busy:
            continue
        name = _name(app)
        if name == "CampaignScreen":
            if screen.snapshot.turn >= turn or screen.campaign.over:
                return
        elif name == "DebriefScreen":
            return
        elif name == "AnswersScreen":
            questions = screen.campaign.questions()
            app.screen.dismiss({question.id: question.options[-1] for question in questions})
        elif name == "ReportScreen":
            await pilot.press("escape")
        else:
            await pilot.press("escape")
    raise AssertionError(f"the turn did not end; the screen is {app.screen}")


async def test_a_campaign_is_played_to_its_end_and_its_debrief(tmp_path: Path) -> None:
    async with _opened(tmp_path) as (app, pilot, screen):
        for turn in range(2, 6):
            await pilot.press("space")
            await pilot.pause(0.1)
            await _play_on(app, pilot, screen, turn)
        await until(pilot, lambda: _name(app) == "DebriefScreen")
        assert screen.campaign.over
        assert Campaign.load(tmp_path / "small.json").over


async def test_the_screen_answers_while_the_turn_is_played(tmp_path: Path) -> None:
    async with _opened(tmp_path) as (app, pilot, screen):
        held = asyncio.Event()
        release = screen.driver.end_turn

        async def slow() -> Any:
            await held.wait()
            return await release()

        screen.driver.end_turn = slow
        await pilot.press("space")
        await until(pilot, lambda: screen.busy)
        await until(pilot, lambda: screen.query_one("#progress").display)
        before = screen.query_one(MapView).cursor
        await pilot.press("right", "v", "o")
        assert screen.query_one(MapView).cursor != before
        assert _name(app) == "CampaignScreen"
        held.set()
        await _play_on(app, pilot, screen, 2)


async def test_leaving_saves_the_orders_and_comes_back_on_the_same_turn(tmp_path: Path) -> None:
    offer = Offer("CHA", Terms(("nonaggression",)))
    async with _opened(tmp_path) as (app, pilot, screen):
        screen.give(offer)
        await pilot.press("q")
        await until(pilot, lambda: _name(app) == "ChoiceBox")
        await pilot.press("right", "enter")
        await until(pilot, lambda: _name(app) == "TitleScreen")
        assert Campaign.load(tmp_path / "small.json").pending == (offer,)
        await pilot.press("enter")
        await until(pilot, lambda: _name(app) == "CampaignScreen")
        await until(pilot, lambda: app.screen.snapshot is not None)  # type: ignore[attr-defined]
        assert app.screen.campaign.pending == (offer,)  # type: ignore[attr-defined]


async def test_a_save_that_cannot_be_written_does_not_lose_the_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from game.files.file_problems import CannotWrite

    def full(*_: Any) -> None:
        raise CannotWrite("The disk is full.")

    async with _opened(tmp_path) as (app, pilot, screen):
        monkeypatch.setattr(Campaign, "save", full)
        await pilot.press("space")
        await pilot.pause(0.1)
        await _play_on(app, pilot, screen, 2)
        assert screen.campaign.turn == 2
        assert any("disk is full" in note.message for note in app._notifications)


async def test_a_click_on_a_heading_sorts_the_states(tmp_path: Path) -> None:
    async with _opened(tmp_path) as (_, pilot, campaign_screen):
        table = campaign_screen.query_one(States)
        assert table.sort == "power"
        await pilot.click(States, offset=(4, 1))
        assert table.sort == "name"
        await pilot.click(States, offset=(28, 1))
        assert table.sort == "threat"


async def test_an_empty_notebook_is_asked_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _opened(tmp_path) as (app, pilot, campaign_screen):
        ask = campaign_screen._ask_for_the_notebook
        await ask()
        assert app.screen is campaign_screen
        monkeypatch.setattr(turn_actions, "REMINDED_FROM", 1)
        campaign_screen.lesson = Lesson(campaign_screen.campaign)  # It teaches the notebook itself.
        await ask()
        assert app.screen is campaign_screen
        campaign_screen.lesson = None
        app.run_worker(ask())
        await until(pilot, lambda: _name(app) == "ChoiceBox")
        await pilot.press("enter")
        await until(pilot, lambda: _name(app) == "NotebookScreen")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is campaign_screen)
        await ask()
        assert app.screen is campaign_screen
