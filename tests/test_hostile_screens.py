"""Every screen of the game over maps in which each name and id is a stranger's string."""

import importlib
import pkgutil
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hostile_maps import PROVINCES, STATES, as_bytes, as_id, hostile_map, map_data, strings
from test_saves_hostile import populations
from textual.screen import Screen
from tui_fake import settle, text_of, until

import game.tui
from game import Campaign
from game.advice.matters import Matter
from game.files import user_maps
from game.tui.app import Intent, RealpolitikApp
from game.tui.map_editor.editor_cards import (
    NameCard,
    ProvinceCard,
    StateCard,
    TreatiesCard,
    TreatyCard,
)
from game.tui.screen_registry import SCREENS, screen
from game.tui.screens.confirm_box import ConfirmScreen
from game.tui.screens.crisis_screen import CrisisScreen
from game.tui.screens.war_dialogs import DeclareDialog, FrontsDialog, PeaceDialog
from game.tui.widgets.fields import PickList
from game.world.clean_text import clean_text
from game.world.orders import Aid, DeclareWar, PeaceTerms, Terms
from game.world.questions import (
    AidQuestion,
    AssuranceQuestion,
    CrisisQuestion,
    OfferQuestion,
    PeaceQuestion,
    PledgeQuestion,
)

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of what may not reach a terminal as a name."""


def played(texts: Sequence[str], *, to_the_end: bool) -> Campaign:
    """A campaign at war on the map of some texts: one turn of it, or all."""
    me, rival, _ = (as_id(texts, number) for number in STATES)
    campaign = Campaign.new(hostile_map(texts), player=me, seed=3)
    campaign.submit([DeclareWar(rival)])
    while asked := campaign.questions():
        campaign.answer({one.id: one.options[-1] for one in asked})
    while to_the_end and not campaign.over:
        campaign.submit()
        while asked := campaign.questions():
            campaign.answer({one.id: one.options[-1] for one in asked})
    campaign.notebook.write(rival, 0.7)
    campaign.notebook.pin(rival, 1, f"Pin {texts[0]}")
    return campaign


def questions(campaign: Campaign, texts: Sequence[str]) -> list[Any]:
    """Questions of several kinds that open the list of answers."""
    me, rival, other = (as_id(texts, number) for number in STATES)
    asked: list[Any] = [
        OfferQuestion("o", me, other, Terms(("defense", "consultation"), rival, 6)),
        AidQuestion("a", me, other, 50_000),
        AssuranceQuestion("s", me, other, 9, rival),
    ]
    wars = campaign.world.wars
    return asked + [PeaceQuestion("p", me, rival, war.id, PeaceTerms()) for war in wars]


def makers(
    campaign: Campaign, ended: Campaign, texts: Sequence[str], folder: Path
) -> list[Callable[[], Screen[Any]]]:
    """What makes each screen of the registry, and those that only other screens open."""
    me, rival, other = (as_id(texts, number) for number in STATES)
    text, land, doc = " ".join(texts), as_id(texts, PROVINCES[0]), hostile_map(texts)
    crisis = CrisisQuestion("c", me, rival, 9, 1)
    pledge = PledgeQuestion("p", me, rival, other, 11, ("none", rival, other))
    asked = questions(campaign, texts)
    found = [*campaign.adviser.matters(), Matter(text, "talks", rival, Aid(rival, 1), (text, text))]
    state = [
        screen_with(name, campaign, rival)
        for name in ("treaty_desk", "aid", "influence", "demand", "war", "guarantee", "treaties",
                     "dossier", "invite")
    ]  # fmt: skip
    return [
        *state,
        *(screen_with(name, campaign) for name in ("budget", "briefing", "chronicle", "notebook",
                                                   "report")),
        *(screen_with("answers", campaign, (one,)) for one in asked),
        *(screen_with("matter", campaign, one) for one in found),
        screen_with("ask", f"Of {text}?", [("yes", text), ("no", "No")]),
        screen_with("help", text, text),
        screen_with("debrief", ended),
        screen_with("turn_map", ended, 2, text),
        screen_with("hall", folder),
        screen_with("saves"),
        screen_with("saves", finished=True),
        screen_with("maps"),
        screen_with("new_campaign", Intent(map=str(folder / "hostile.json"))),
        screen_with("map_editor", folder / "hostile.json"),
        lambda: ProvinceCard(doc, land, refuse),
        lambda: StateCard(doc, rival, refuse),
        lambda: NameCard(text, refuse, [(rival, campaign.atlas.name(rival))], rival),
        lambda: TreatyCard(doc, rival, refuse),
        lambda: TreatiesCard(doc),
        *(screen_with(name) for name in ("keys", "laboratory", "settings", "title")),
        lambda: CrisisScreen(campaign, crisis),
        lambda: CrisisScreen(campaign, pledge),
        lambda: DeclareDialog(campaign, other),
        lambda: FrontsDialog(campaign),
        lambda: PeaceDialog(campaign, rival),
        lambda: ConfirmScreen(text, text),
        lambda: PickList(text, [text, campaign.atlas.name(rival)], 0),
    ]  # fmt: skip


def refuse(*_: object) -> None:
    """What a form of the editor does with what is entered: nothing."""


def screen_with(name: str, *given: Any, **options: Any) -> Callable[[], Screen[Any]]:
    """What makes a screen of the registry with these arguments."""
    return lambda: screen(name, *given, **options)


def every_screen() -> set[type[Screen[Any]]]:
    """All classes of screens of the game that are no base of others."""
    for module in pkgutil.walk_packages(game.tui.__path__, "game.tui."):
        importlib.import_module(module.name)
    every = {one for one in below(Screen) if one.__module__.startswith("game.tui.")}
    return {one for one in every if not every & below(one)}


def below(one: type[Screen[Any]]) -> set[type[Screen[Any]]]:
    """All classes that derive from a class."""
    own = set(one.__subclasses__())
    return own.union(*map(below, own))


def check_shown(app: RealpolitikApp) -> str:
    """What is on the screen: no control reaches the terminal, and no name has become a link."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            assert not {unicodedata.category(letter) for letter in segment.text} & UNSEEN
            links = segment.style.meta if segment.style is not None else {}
            assert "quit" not in str(links.get("@click", ""))
    return text_of(app)


@populations(3, 200)
async def test_hostile_names_and_ids_break_no_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cases: int
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    texts = strings(cases)
    for number in range(0, cases, 3):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.setenv(user_maps.VARIABLE, str(folder))
        try:
            await show_every_screen(texts[number : number + 3], folder)
        except BaseException as error:
            raise AssertionError(f"case {number}: {texts[number : number + 3]!r}") from error


async def show_every_screen(texts: Sequence[str], folder: Path) -> None:
    """Open each screen of the game, one after another, and look at what the terminal is sent."""
    (folder / "hostile.json").write_bytes(as_bytes(map_data(texts)))
    campaign, ended = played(texts, to_the_end=False), played(texts, to_the_end=True)
    campaign.save(folder / "going.json")
    ended.save(folder / "ended.json")
    seen: set[type] = set()
    shown = ""
    app = RealpolitikApp(Intent("resume", save=folder / "going.json", saves=folder))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
        seen.add(type(app.screen))
        shown += check_shown(app)
        for make in makers(campaign, ended, texts, folder):
            opened = make()
            await app.push_screen(opened)
            await settle(app, pilot)
            seen.add(type(opened))
            shown += check_shown(app)
            while app.screen is not opened:
                await app.pop_screen()
            await app.pop_screen()
        assert app.is_running
    assert app._exception is None
    assert every_screen() <= seen, {one.__name__ for one in every_screen() - seen}
    for cleaned in map(clean_text, texts):
        if cleaned.isascii():
            assert cleaned[:8] in shown


def test_every_screen_of_the_registry_is_a_screen_that_is_looked_at() -> None:
    named = {place.partition(":")[2] for place in SCREENS.values()}
    assert named <= {one.__name__ for one in every_screen()}
    assert len(every_screen()) > len(named)
