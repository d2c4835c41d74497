"""A campaign that stands still, for the tests of single screens: everything it says is scripted."""

import json
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from textual.app import App

from game.advice.budget_effects import BudgetEffects
from game.advice.explained_form import Explained, Part
from game.advice.forecast import Stand
from game.advice.witnessed_deeds import WitnessedDeed
from game.campaign.notebook import Notebook
from game.debrief.report import EXPONENTS, NOT_FITTED
from game.debrief.report_types import (
    CampaignFacts,
    Course,
    DiagnosticTurn,
    DoctrineReading,
    Likely,
    PlayerReport,
    ProvinceMoved,
    Report,
    StateReport,
    TreatySpan,
    WarSpan,
)
from game.inference.crucial_tests import CrucialTests
from game.inference.fit_check import FitCheck
from game.scoring import AimStatus, Condition
from game.words import letters as letter_words
from game.words import refusal_sentences
from game.world import legality, public_finance
from game.world.atlas import Aim
from game.world.events import Event, event
from game.world.map_document import MapDoc
from game.world.model import Assurance, Crisis, War, World
from game.world.orders import Aid, Demand, Offer, OfferPeace, Terms
from game.world.world_setup import build_world

HOSTILE = ("[@click=app.quit]x[/]", "a [/b] c")
"""Names that markup would run or choke on."""

NAMES = {
    "GMY": ("Germany", "Kaiser Wilhelm II", 670),
    "FRN": ("France", "Armand Fallières", 530),
    "RUS": ("Russia", "Tsar Nicholas II", 1200),
    "UKG": ("United Kingdom", "H. H. Asquith", 250),
    "AUH": ("Austria-Hungary", "Emperor Franz Joseph", 400),
    "ITA": ("Italy", "Giovanni Giolitti", 300),
}


def world_of(hostile: bool = False) -> World:
    """Six states in a row, each with two provinces."""
    ids = list(NAMES)
    letters = "abcdefghijkl"
    names = dict(NAMES)
    if hostile:
        names["FRN"] = (HOSTILE[0], HOSTILE[1], 530)
        names["RUS"] = (HOSTILE[1], HOSTILE[0], 1200)
    legend: dict[str, Any] = {"~": {"sea": "sea"}}
    provinces: dict[str, Any] = {}
    for place, letter in enumerate(letters):
        owner = ids[place // 2]
        name = f"{names[owner][0]} {'core' if place % 2 == 0 else 'march'}"
        legend[letter] = {"province": f"p{letter}"}
        provinces[f"p{letter}"] = {
            "name": name, "owner": owner, "population": 10 + place, "industry": 8,
        }  # fmt: skip
    row = "".join(letter * 3 for letter in letters)
    doc = {
        "format": 1,
        "id": "test-map",
        "title": "Europe 1909",
        "calendar": {"start": 1909, "turns": 12},
        "grid": [row, row, "~" * len(row)],
        "legend": legend,
        "seas": {"sea": {"name": "The Sea"}},
        "provinces": provinces,
        "states": {
            id: {
                "name": name, "leader": leader, "army": army, "fleet": 20 + 3 * place,
                "capital": f"p{letters[2 * place]}", "great": True,
            }
            for place, (id, (name, leader, army)) in enumerate(names.items())
        },
        "treaties": [
            {"parties": ["GMY", "AUH"], "obligations": ["defense"], "against": "RUS"},
            {"parties": ["FRN", "RUS"], "obligations": ["defense"], "against": "GMY", "term": 4},
        ],
        "claims": [{"of": "GMY", "province": "pd"}, {"of": "FRN", "province": "pa"}],
        "rivalries": [["GMY", "FRN"]],
    }  # fmt: skip
    return build_world(MapDoc.model_validate_json(json.dumps(doc)))[0]


@dataclass
class FakeCampaign:
    """The part of `game.campaign.Campaign` that screens use, with canned numbers.

    It is its own adviser.
    """

    world: World = field(default_factory=world_of)
    player: str = "GMY"
    asked: tuple[Any, ...] = ()
    happened: list[tuple[int, Event]] = field(default_factory=list)
    turn: int = 4
    over: bool = False
    envoys_left: int = 2
    notebook: Notebook = field(default_factory=lambda: Notebook(pages={1: {}, 2: {}, 3: {}}))
    pending: tuple[Any, ...] = ()
    opened: bool = False
    aim: None = None

    def __post_init__(self) -> None:
        self.atlas = self.world.atlas
        self.history = SimpleNamespace(turns=[1, 2, 3], start=self.world)
        self.setup = SimpleNamespace(teaching=False, difficulty="normal", turns=12)
        self.adviser = self
        self.debriefing = SimpleNamespace(
            report=self.debrief_report,
            score=self.score,
            doctrines=self.doctrines,
            aim_status=self.aim_status,
        )

    @property
    def explanations(self) -> Any:
        """Every figure taken apart alike."""
        parts = (Part("aim", 20.0, "20.0"), Part("security", 14.0, "14.0"))
        one = Explained("Points so far", 34.0, "34.0", "Aim and security.", "sum", parts)

        def same(*_: Any, **__: Any) -> tuple[Explained, ...]:
            return (one,)

        return SimpleNamespace(points=(one,), state=same, order=same, answer=same, war=same)

    @property
    def events(self) -> list[tuple[int, Event]]:
        return self.happened

    @property
    def date(self) -> str:
        return self.atlas.date(self.turn)

    @property
    def purse(self) -> int:
        return legality.purse(self.world, self.player)

    @property
    def surplus(self) -> int:
        return public_finance.surplus(self.world, self.player)

    @property
    def aim_status(self) -> AimStatus:
        aim = Aim("ring", "Break the ring", "break_ring", 0.3, 5)
        ring = Condition("bloc", 0.34, 0.3, False)
        return AimStatus(aim, 0.4, (ring, Condition("bound_power", 1.0, 1.0, True)), 4, 10)

    def report(self, turn: int | None = None) -> tuple[Event, ...]:
        wanted = turn if turn is not None else self.turn - 1
        return tuple(told for at, told in self.happened if at == wanted)

    def refusal(self, order: Any, state: str | None = None) -> str | None:
        reason = legality.refusal(self.world, self.player, order)
        return refusal_sentences.refuse(reason, self.world, self.player) if reason else None

    def replace(self, places: Any, orders: Any) -> None:
        kept = [order for place, order in enumerate(self.pending) if place not in places]
        self.pending = (*kept, *orders)

    def readings(self, lens: str, of: str | None = None) -> dict[str, Any]:
        others = [state for state in NAMES if state != self.player]
        return {
            state: SimpleNamespace(threat=1 - place / 6, share=0.2 - place / 50, rank=place + 1)
            for place, state in enumerate(others if lens == "BOP" else reversed(others))
        }

    def threat_factors(self, state: str, of: str | None = None) -> dict[str, float]:
        return {"power": 0.62, "proximity": 1.0, "offense": 0.4, "intentions": 0.71}

    def budget_effects(self, orders: Any) -> BudgetEffects:
        return BudgetEffects({"BOP": (1.04, 1.01), "BOT": (0.92, 0.95)}, 30_000)

    def insecurity(self, state: str | None = None) -> dict[str, float]:
        return {"BOP": 1.04, "BOT": 0.92}

    def forecast(
        self, order: Any, *, countering: bool = False, asked: str = "", ultimatum: bool = False
    ) -> Any:
        if not isinstance(order, Offer | Aid | Demand | OfferPeace):
            return None
        term = order.terms.term if isinstance(order, Offer) else 6
        return SimpleNamespace(if_power=0.7 - term / 50, if_threat=0.31, blended=0.46, note=0.4)

    def answer_gain(self, question: Any, answer: Any) -> dict[str, float]:
        good = answer in ("accept", "honour", "climb") or isinstance(answer, Terms)
        return {"BOP": 0.21, "BOT": -0.12} if good else {"BOP": 0.0, "BOT": 0.04}

    def order_gain(self, offer: Any) -> dict[str, float]:
        return {"BOP": 0.21, "BOT": -0.12}

    def best_offer(self, partners: Any = None) -> Offer:
        to = (partners or ["ITA"])[0]
        return Offer(to, Terms(("defense",), "RUS" if to == "FRN" else "FRN"))

    def crisis_replies(self, question: Any) -> dict[str, dict[str, float]]:
        return {
            "BOP": {"yield": 0.1, "hold": 0.7, "climb": 0.2},
            "BOT": {"yield": 0.6, "hold": 0.3, "climb": 0.1},
        }

    def penetration(self, of: str, means: str) -> tuple[float, float]:
        return 0.12, 0.2

    def hearing(self, order: Any) -> float:
        return 0.5

    def would_tell(self, offer: Any) -> Any:
        if not offer.terms.against:
            return None
        return SimpleNamespace(if_power=0.12, if_threat=0.4, blended=0.3, note=0.4)

    def crisis_bystanders(self, by: str, of: str) -> list[Stand]:
        others = [state for state in self.world.playing() if state not in (by, of, self.player)]
        return [Stand(others[0], "", 0.9, of, 0.7), Stand(others[1], "", 0.9, "", 0.9)]

    def letter(self, event: Event, _turn: int | None = None) -> str | None:
        return letter_words.letter(event, self.atlas, self.player)

    def assurance_forecast(self, order: Any) -> Any:
        return SimpleNamespace(if_power=0.25, if_threat=0.75, blended=0.5, note=0.5)

    def assured(self, crisis: int) -> list[tuple[Assurance, float]]:
        world = self.world
        return [(one, 0.6) for one in world.assurances if one.crisis == crisis]

    def war_entrants(self, on: str) -> list[Stand]:
        others = [state for state in self.world.playing() if state not in (on, self.player)]
        return [Stand(others[0], on, 0.8, self.player, 0.7), Stand(others[1], "", 0.9, "", 0.9)]

    def war_sides(self, against: str, *, at_once: bool = False) -> Any:
        return (self.player,), (against, "SPA")

    def would_surprise(self, on: str) -> bool:
        return True

    def war_odds_with_entrants(self, on: str) -> tuple[int, int]:
        return 3_100, 5_300

    def war_odds(self, against: str, *, at_once: bool = False) -> int:
        return 4_200

    def feared(self, state: str) -> dict[str, str]:
        return {"BOP": "RUS" if state != "RUS" else "FRN", "BOT": self.player}

    def witnessed_deeds(self, state: str) -> list[WitnessedDeed]:
        name = self.atlas.name(state)
        return [
            WitnessedDeed(state, 3, "1911", f"{name} armed.", 0, "It names no adversary."),
            WitnessedDeed(state, 2, "1910", f"{name} demanded Alsace.", -2, "By threat 1st of 4."),
        ]

    def most_insight(self) -> float:
        return 7.5

    def levers(self, state: str) -> list[Any]:
        return [
            SimpleNamespace(act="Stand down", if_power="nothing", if_threat="calmed"),
            SimpleNamespace(act="Shed an ally", if_power="calmed", if_threat="a little"),
            SimpleNamespace(act="A common foe", if_power="the strongest bloc", if_threat="near"),
        ]

    def reasons(self, state: str) -> list[str]:
        return ["1911: fear of Russia +.31, bond to France -.12", "1910: declined, fear of us +.20"]

    def score(self, state: str | None = None) -> Any:
        return SimpleNamespace(
            total=61.0, aim=0.5, security=14.0, insight=22.0, broken=0, insecurity=(1.0, 0.8)
        )

    def doctrines(self) -> dict[str, str]:
        return {state: ("BOP" if place % 2 else "BOT") for place, state in enumerate(NAMES)}

    def debrief_report(self, blind: bool = False, *, quick: bool = False) -> Report:
        return Report(
            states={
                state: some_finding(self.atlas.name(state), "BOP" if place % 2 else "BOT", place)
                for place, state in enumerate(NAMES)
            },
            player=self.player,
            names={state: self.atlas.name(state) for state in NAMES},
            campaign=CampaignFacts(
                map="small", title=self.atlas.title, seed=7, turns=12, played=3, over=True,
                first="1909", last="1911", step="year", state=self.atlas.name(self.player),
                difficulty="normal", teaching=False, memory=4,
            ),
            course=some_course(),
            you=PlayerReport(self.player, imputed=True, notebook=None),
            reruns=(),
            opened=True,
        )  # fmt: skip


def some_finding(name: str, doctrine: str, place: int) -> StateReport:
    """What conduct shows of one of the states; of every third there is no verdict."""
    sure = 0.96 if place % 3 else 0.55
    kinds = ("BOP", "BOT", "SOLIDARITY", "BANDWAGON", "ISOLATION", "RANDOM")
    posterior = {**dict.fromkeys(kinds, (1 - sure) / 5), doctrine: sure}
    shares = {"BOP": 0.71, "BOT": 0.08}
    readings = {
        theory: DoctrineReading(
            share,
            f"{theory}: {share:.0%}, it was far.",
            "it was far",
            Likely("waited", 0.1),
            ("W1",),
        )
        for theory, share in shares.items()
    }
    deed = "It signed with France against Russia, which was far and strong."
    return StateReport(
        posterior=posterior,
        verdict=doctrine if sure > 0.8 else "UNDECIDED",
        exponents=dict.fromkeys(EXPONENTS, NOT_FITTED),
        decisions=24,
        diagnostic=(
            DiagnosticTurn(
                turn=3, text=f"1911: {deed}", probability=shares, date="1911", family="alignment",
                deed=deed, resembled="This resembled balance of power more.", readings=readings,
                ledger=("W1",),
            ),
        ),
        balanced={"BOP": 4, "BOT": 2},
        bandwagoned={"BOP": 0, "BOT": 1},
        doctrine=doctrine,
        name=name,
        great=True,
        alive=True,
        said="Its conduct resembled something.",
        gloss="It fears somebody.",
        appeased={"BOP": 0, "BOT": 0},
        aligned={"BOP": 4, "BOT": 3},
        lens_posterior={"BOP": 0.9, "BOT": 0.05, "RANDOM": 0.05},
        lens_verdict="BOP",
        by_turn={},
        otherwise=(),
        ledger=("W14",),
        crucial=CrucialTests(5, 3, 1, 1),
        crucial_said=(
            f"On 5 occasions the readings pointed apart; {name} named power's foe 3 times."
        ),
        check=FitCheck(6, "RUS", 4.2, 4, -0.3),
        check_said=f"Of 6 choices of an adversary {name} made 4 against Russia.",
        log_odds={1: 0.4, 2: 1.1},
        moved_by=(),
    )  # fmt: skip


def some_course() -> Course:
    """The course of three turns."""
    steady = {state: (0.2 - place / 50,) * 4 for place, state in enumerate(NAMES)}
    feared = {state: ("RUS" if state != "RUS" else "GMY",) * 4 for state in NAMES}
    return Course(
        moments=(1, 2, 3, 4),
        dates=("1909", "1910", "1911", "1912"),
        power=steady,
        threat={"BOP": steady, "BOT": steady},
        insecurity={"BOP": steady, "BOT": steady},
        feared={"BOP": feared, "BOT": feared},
        treaties=(
            TreatySpan(1, ("GMY", "AUH"), ("defense",), "RUS", False, True, 1, None),
            TreatySpan(2, ("FRN", "RUS"), ("neutrality",), None, True, False, 2, 3),
        ),
        aligned=((),) * 4,
        wars=(WarSpan(9, "GMY", "FRN", 2, None, ("GMY",), ("FRN",)),),
        land=(ProvinceMoved(2, "pc", "March", "FRN", "GMY"),),
    )


def with_war(world: World) -> World:
    """The same world with Germany and Austria-Hungary at war with France."""
    war = War(7, ("GMY", "AUH"), ("FRN",), 3, "pc", False, score=1_200)
    states = tuple(
        replace(state, exhaustion=2_100) if state.id == "FRN" else state for state in world.states
    )
    return replace(world, wars=(war,), states=states)


def with_a_dead_state(world: World) -> World:
    """The same world where Italy is no more and France owns its land."""
    provinces = tuple(
        replace(one, owner="FRN", holder="FRN") if one.owner == "ITA" else one
        for one in world.provinces
    )
    states = tuple(
        replace(state, alive=False, army=0, fleet=0) if state.id == "ITA" else state
        for state in world.states
    )
    return replace(world, provinces=provinces, states=states)


def with_crisis(world: World) -> World:
    """The same world with France demanding a province of Germany."""
    crisis = Crisis(
        9, "FRN", "GMY", "cede", "pa", "claim", 4, rung=1,
        pledges=(("RUS", "FRN"), ("AUH", "GMY")),
    )  # fmt: skip
    return replace(world, crises=(crisis,))


def some_events() -> list[tuple[int, Event]]:
    """A few turns of news."""
    news = [
        (1, event("treaty_signed", "FRN", "UKG", treaty=5, obligations=("consultation",),
                  against="GMY", term=6, secret=0, burden=0, renews=0)),
        (2, event("forces_raised", "FRN", army=100_000, fleet=0)),
        (3, event("demand_made", "FRN", "GMY", crisis=9, stake="cede", subject="pa",
                  interest="claim")),
        (3, event("posture_changed", "RUS", step=3, before=2)),
        (3, event("plot_found", "UKG", "GMY", means="lobby")),
    ]  # fmt: skip
    for place in range(12):
        who = list(NAMES)[place % 6]
        news.append((3, event("forces_raised", who, army=50_000 + place, fleet=0)))
    return news


class Host(App[Any]):
    """An app that shows one screen and keeps what it was dismissed with."""

    def __init__(self, screen: Any) -> None:
        super().__init__()
        self.shown, self.result, self.done = screen, None, False

    def get_css_variables(self) -> dict[str, str]:
        return super().get_css_variables()

    def on_mount(self) -> None:
        from game.tui.themes import THEMES

        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

        def finish(result: Any) -> None:
            self.result, self.done = result, True

        self.push_screen(self.shown, finish)


def text_of(app: App[Any]) -> str:
    """What the terminal shows, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def until(pilot: Any, true: Any, seconds: float = 20) -> None:
    """Wait for something; AssertionError where it does not come about."""
    for _ in range(int(seconds / 0.02)):
        await pilot.pause(0.02)
        if true():
            return
    raise AssertionError(f"it did not come about; the screen is {pilot.app.screen}")


async def settle(app: Any, pilot: Any) -> None:
    """Wait until what runs beside the screen is done and shown."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


SIZES = ((80, 24), (120, 40))
"""The least window and the one that the game is at ease in."""
