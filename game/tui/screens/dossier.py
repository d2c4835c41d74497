"""The dossier of a state: its threat to us, its deeds, treaties, reasons, levers, our notebook."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from game.tui.doors import screen
from game.tui.screens.dialog import Dialog
from game.tui.text import fit, line, lines, notify, plain
from game.tui.widgets.bars import meter
from game.tui.widgets.fields import Field, SliderField
from game.words import army, fleet, money, percent, share
from game.words import events as event_words
from game.words import orders as order_words
from game.world.events import FACTS, Event
from game.world.orders import Order
from game.world.rules import BP, POSTURES

if TYPE_CHECKING:
    from game.campaign import Campaign

FACTORS = (
    ("power", "Power", "its share of the world"),
    ("proximity", "Proximity", "how near it is"),
    ("offense", "Offence", "its means of attack"),
    ("intentions", "Intentions", "how hostile we believe it"),
)
"""Walt's four factors: name, label, meaning (THEORY T1)."""
ORDERS = ("offer", "aid", "influence", "demand", "war", "treaties")
"""What can be addressed to it: the screens' names, each by the key of its first letter."""
BAR = 10
ACT, EFFECT = 29, 22
"""Cells of the levers card's columns."""
DEEDS = 40
"""Most of its deeds that are listed."""
NOTABLE = 2
"""The weight from which a deed that is not towards us is listed."""


class DossierScreen(Dialog[Sequence[Order] | Order | None]):
    """Dismisses with the order that was made from it, or None."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (as in its base)
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(name[0], name, name.capitalize(), show=False) for name in ORDERS),
        Binding("p", "pin", "Pin the marked deed"),
    ]

    about = (
        "What we know of a state. Walt's threat is its power, nearness, means of attack and "
        "believed intentions together (T1); Waltz looks at power alone (W1). The levers "
        "card tries each act on what we see and says how much more or less it would fear us "
        "under either reading. The notebook is scored at the end: write down what you "
        "believe."
    )

    def __init__(self, campaign: "Campaign", state: str) -> None:
        super().__init__(campaign)
        self.state = state
        self._deeds = self._find_deeds()

    @property
    def _mine(self) -> bool:
        return self.state == self.me

    @property
    def _playing(self) -> bool:
        """Whether orders can be addressed to it."""
        return not self._mine and not self.campaign.over and bool(self.me)

    def heading(self) -> str:
        """Who leads it, of what kind it is."""
        sheet = self.atlas.sheet(self.state)
        ideology = self.atlas.ideologies.get(sheet.ideology, sheet.ideology)
        parts = [self.name_of(self.state), sheet.leader, ideology]
        if self.campaign.world.state(self.state).great:
            parts.append("a great power")
        return ", ".join(part for part in parts if part)

    def body(self) -> ComposeResult:
        """Two columns where there is room, else one under another."""
        yield Static(self._standing(), id="standing")
        with Horizontal(classes="columns"):
            with Vertical(classes="column"):
                if not self._mine:
                    yield Static(self._threat(), id="threat")
                    yield Static(plain("Our notebook: what does it fear?", "bold"), classes="part")
                    yield SliderField(
                        "It fears", 0, 100, self._noted(), step=5, say=_say_note, id="note"
                    )
            with Vertical(classes="column -aside"):
                yield Static(self._treaties(), id="treaties")
                if not self._mine:
                    yield Static(self._reasons(), id="reasons", classes="part")
                    yield Static(id="pins", classes="part", markup=False)
        if self._playing:
            yield Static(self._levers(), id="levers", classes="part")
        yield Static(plain("What it has said and done", "bold"), classes="part")
        yield OptionList(
            *(Option(self._deed(turn, deed)) for turn, deed in self._deeds),
            id="deeds",
            markup=False,
        )

    def buttons(self) -> ComposeResult:
        """Every order that can be addressed to it."""
        if self._playing:
            for name in ORDERS:
                yield Button(f"{name[0]} {name.capitalize()}", id=name, compact=True)
        if self._deeds and not self._mine:
            yield Button("p Pin", id="pin", compact=True)
        yield Button("Back", id="back", compact=True)

    def on_mount(self) -> None:
        """The deeds have the keys, if there are any."""
        deeds = self.query_one("#deeds", OptionList)
        if self._deeds:
            deeds.highlighted = 0
        else:
            deeds.display = False
        self._show_pins()
        buttons = self.query(Button)
        (deeds if self._deeds else buttons.first()).focus(scroll_visible=False)
        self.call_after_refresh(self.query_one("#body").scroll_home, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Orders only while there is something to order."""
        if action in ORDERS:
            return self._playing
        if action == "pin":
            return bool(self._deeds) and not self._mine
        return super().check_action(action, parameters)

    # what is shown

    def _standing(self) -> Content:
        """Forces, posture and money, as known."""
        standing = self.campaign.world.state(self.state)
        parts = [
            f"army {army(standing.army, self.atlas)}",
            f"fleet {fleet(standing.fleet, self.atlas)}",
            f"posture {POSTURES[standing.posture]}",
            f"treasury {money(standing.treasury)}",
            f"reliability {share(standing.reliability / BP)}",
            f"resolve {share(standing.resolve / BP)}",
        ]
        if standing.mobilised:
            parts.append("mobilised")
        if standing.exhaustion:
            parts.append(f"exhaustion {percent(standing.exhaustion / BP)}")
        if not standing.alive:
            parts = ["It is no more."]
        return line((" · ".join(parts), "$text-muted"))

    def _threat(self) -> Content:
        factors = self.campaign.factors(self.state)
        readings = {lens: self.campaign.readings(lens) for lens in ("BOP", "BOT")}
        largest = max((entry.share for entry in readings["BOP"].values()), default=1.0)
        rows = [line(("Its threat to us, factor by factor", "bold"))]
        for name, label, meaning in FACTORS:
            value = factors[name]
            drawn = value / max(largest, value, 1e-9) if name == "power" else value
            rows.append(
                line(
                    f"  {label:<11}",
                    (meter(drawn, BAR), "$accent"),
                    f" {share(value):>4}  ",
                    (meaning, "$text-muted"),
                )
            )
        for lens, words in (("BOP", "By power"), ("BOT", "By threat")):
            entry = readings[lens].get(self.state)
            if entry is not None:
                count = len(readings[lens])
                rows.append(
                    line(
                        f"  {words:<11}",
                        (meter(entry.threat, BAR), "$warning"),
                        f" {share(entry.threat):>4}  ",
                        (f"{_place(entry.rank)} of {count} to fear", "$text-muted"),
                    )
                )
        return lines(*rows)

    def _levers(self) -> Content:
        """What each act would do to it, under either reading."""
        heads = fit("if it fears power", EFFECT) + fit("if it fears threat", EFFECT)
        rows = [line((fit("What would move it", ACT + 2), "bold"), (heads, "$text-muted"))]
        for lever in self.campaign.levers(self.state):
            act = lever.act.removeprefix("We ")
            rows.append(
                line(
                    f" {fit(act[:1].upper() + act[1:], ACT)} ",
                    _moved(lever.if_power),
                    _moved(lever.if_threat),
                )
            )
        return lines(*rows)

    def _reasons(self) -> Content:
        known = self.campaign.reasons(self.state) if self._playing else []
        heard = [line("  ", reason) for reason in known] or [
            line(("  nothing yet: sound it out, or build a network there", "$text-muted"))
        ]
        return lines(line(("What we know of its reasons", "bold")), *heard)

    def _treaties(self) -> Content:
        world = self.campaign.world
        rows = []
        for treaty in world.treaties_of(self.state):
            others = ", ".join(
                "us" if party == self.me else self.name_of(party)
                for party in treaty.others(self.state)
            )
            ends = self.atlas.date(max(1, treaty.until))
            terms = order_words.terms(treaty.terms, self.atlas, self.me)
            mark = ("  ● ", "$accent") if self.me in treaty.parties else "  · "
            rows.append(line(mark, f"with {others}: {terms} ", (f"(to {ends})", "$text-muted")))
        return lines(line(("Its treaties that we know of", "bold")), *(rows or [plain("  none")]))

    def _find_deeds(self) -> list[tuple[int, Event]]:
        """Its deeds, those towards us and the notable ones, the latest first."""
        me = self.me
        found = [
            (turn, deed)
            for turn, deed in self.campaign.events
            if self.state in (deed.actor, deed.target)
            and (_touches(deed, me) or self._notable(deed))
        ]
        return found[::-1][:DEEDS]

    def _notable(self, deed: Event) -> bool:
        weight = event_words.weight(deed, self.me or None, self.campaign.world)
        return deed.actor == self.state and weight >= NOTABLE

    def _deed(self, turn: int, deed: Event) -> Content:
        told = event_words.tell(deed, self.atlas, self.me or None)
        return line((f"{self.atlas.date(turn)}  ", "$text-muted"), told)

    def _noted(self) -> int:
        return round(100 * self.campaign.notebook.get(self.state, 0.5))

    def _show_pins(self) -> None:
        if self._mine:
            return
        pins = self.campaign.pins(self.state)[-3:]
        rows = [line(f"  {self.atlas.date(turn)}: {text}") for turn, text in pins]
        none = line(("  none: p pins the deed that is marked below", "$text-muted"))
        self.tell("pins", lines(line(("Evidence we pinned", "bold")), *(rows or [none])))

    # what can be done

    def on_field_changed(self, event: Field.Changed) -> None:
        """Write the notebook."""
        self.campaign.note(self.state, event.field.value / 100)

    def action_pin(self) -> None:
        """Pin the marked deed to our notebook."""
        place = self.query_one("#deeds", OptionList).highlighted
        if place is None:
            return
        turn, deed = self._deeds[place]
        told = event_words.tell(deed, self.atlas, self.me or None)
        if (turn, told) in self.campaign.pins(self.state):
            notify(self.app, "That is pinned already.", timeout=3)
            return
        self.campaign.pin(self.state, turn, told)
        self._show_pins()

    def _open(self, name: str) -> None:
        def take(result: Any) -> None:
            if result is not None:
                self.dismiss(result)

        opened: Screen[Any] = screen(name, self.campaign, self.state)
        self.app.push_screen(opened, take)

    def action_offer(self) -> None:
        """The treaty desk."""
        self._open("treaty_desk")

    def action_aid(self) -> None:
        """Money."""
        self._open("aid")

    def action_influence(self) -> None:
        """Envoys, lobbies, propaganda."""
        self._open("influence")

    def action_demand(self) -> None:
        """A demand."""
        self._open("demand")

    def action_war(self) -> None:
        """The war room."""
        self._open("war")

    def action_treaties(self) -> None:
        """The treaties in force."""
        self._open("treaties")


def _touches(deed: Event, me: str) -> bool:
    """Whether a deed is ours, towards us, or names us."""
    if not me:
        return False
    named: set[object] = {
        fact
        for name, fact in zip(FACTS[deed.kind], deed.facts, strict=True)
        if name in ("against", "enemy", "from")
    }
    return me in (deed.actor, deed.target) or me in named


def _say_note(power: int) -> str:
    if power == 50:
        return "undecided"
    return f"power {power}%" if power > 50 else f"threat {100 - power}%"


def _moved(effect: str) -> tuple[str, str]:
    """An effect in its column, muted where the act moves nothing."""
    words = fit(effect.replace("(", "").replace(")", ""), EFFECT)
    return (words, "$text-muted" if effect.startswith("nothing") else "")


def _place(rank: int) -> str:
    ending = (
        "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    )
    return f"{rank}{ending}"
