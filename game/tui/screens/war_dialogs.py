"""Dialogs for orders of war: declaring war, setting fronts, offering peace."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from game.tui.safe_text import plain
from game.tui.screens.dialog_base import OrderDialog
from game.tui.widgets.checklist import CheckList
from game.tui.widgets.fields import ChoiceField, Field, SliderField, SwitchField
from game.tui.widgets.forecast_card import ForecastCard
from game.words import percent, share, signed
from game.words.grammar import Speech, listed
from game.world.legality import refusal, within_reach
from game.world.model import War
from game.world.orders import DeclareWar, Front, OfferPeace, Order, PeaceTerms
from game.world.peace_terms import parties_for, price, restorable, score_of
from game.world.rules import BP

if TYPE_CHECKING:
    from game.advice.forecast import Stand
    from game.campaign import Campaign

INDEMNITY_STEP = BP // 10
MOST_ENTRIES = 4
"""The most states named that may enter a war."""


class DeclareDialog(OrderDialog):
    """Dismisses with one `DeclareWar`, in a list."""

    about = (
        "An attack without an ultimatum: it costs reliability, makes everyone think you "
        "hostile, and your partners owe you nothing. The odds count all who are bound to come in "
        "(S7); others may choose a side once it is war (T6)."
    )

    def __init__(self, campaign: "Campaign", on: str | None = None) -> None:
        super().__init__(campaign)
        world = campaign.world
        self._reachable = [
            (state, name) for state, name in self.others() if within_reach(world, self.me, state)
        ]
        self._on = on

    def heading(self) -> str:
        """What it is."""
        return "Declare war, without an ultimatum"

    def form(self) -> ComposeResult:
        """Fields: the enemy, and the war aim."""
        yield ChoiceField("On", self._reachable, self._on, id="on")
        yield ChoiceField("For", self._aims(), "", id="aim")
        yield Static(id="meaning", classes="hint", markup=False)
        yield Static(id="entries", classes="hint", markup=False)

    def _aims(self) -> list[tuple[str, str]]:
        on = self._chosen if self.is_mounted else self._on or ""
        known = any(state == on for state, _ in self._reachable)
        if not known:
            on = self._reachable[0][0] if self._reachable else ""
        owned = self.campaign.world.owned(on) if on else ()
        names = [(province.id, self.atlas.place(province.id).name) for province in owned]
        return [("", "no province in particular"), *sorted(names, key=lambda pair: pair[1])]

    @property
    def _chosen(self) -> str:
        return str(self.value_of("on") or "")

    def on_field_changed(self, event: Field.Changed) -> None:
        """When the enemy changes, offer its provinces as war aims."""
        if event.field.id == "on":
            self.query_one("#aim", ChoiceField).set_choices(self._aims())
        self.update_preview()

    def orders(self) -> Sequence[Order]:
        """The declaration that the fields describe."""
        return [DeclareWar(self._chosen, str(self.value_of("aim") or ""))] if self._chosen else []

    def refusal(self, orders: Sequence[Order]) -> str | None:
        """Why not, in a sentence."""
        return self.why_not(orders) if orders else "Nobody is within our armies' reach."

    def preview(self, orders: Sequence[Order]) -> None:
        """Show the odds, and the cost of attacking without a crisis."""
        if not orders:
            return
        self.set_text("meaning", f"{self._odds()} {self._price()}")
        self.set_text("entries", self._entries())

    def _odds(self) -> str:
        """The odds at once with whom they count, and once those are in who are likely to come."""
        adviser = self.campaign.adviser
        name = Speech(self.atlas).plain
        ours, theirs = adviser.war_sides(self._chosen, at_once=True)
        we = listed(["we", *map(name, ours[1:])]) if ours[1:] else "we alone"
        they = listed(map(name, theirs))
        odds = percent(adviser.war_odds(self._chosen, at_once=True) / BP)
        by_power, by_threat = adviser.war_odds_with_entrants(self._chosen)
        return (
            f"Our chance is {odds}: {we} against {they}. With those who are likely to come in it "
            f"is {percent(by_power / BP)} if all of them fear power, {percent(by_threat / BP)} if "
            "all fear threat."
        )

    def _price(self) -> str:
        """What it costs to attack without an ultimatum; which partners it releases."""
        world, rules = self.campaign.world, self.atlas.rules
        if not self.campaign.adviser.would_surprise(self._chosen):
            return "Our ultimatum stands: who promised us help is called."
        name = Speech(self.atlas).plain
        _, theirs = self.campaign.adviser.war_sides(self._chosen, at_once=True)
        partners = sorted(world.bound_to(self.me) - {*theirs}, key=self.name_of)
        released = f" and are not counted: {listed(map(name, partners))}" if partners else ""
        return (
            f"A war that no ultimatum went before costs "
            f"{share(rules.reliability_surprise_war / BP)} of our reliability, everyone thinks us "
            f"{share(rules.hostile_surprise_war / BP)} more hostile, and our partners owe us "
            f"nothing{released}."
        )

    def _entries(self) -> str:
        """Which other states would enter, and whether that depends on what they fear."""
        name = Speech(self.atlas).plain
        entries = [
            f"{name(stand.state)} {self._sides(stand)}"
            for stand in self.campaign.adviser.war_entrants(self._chosen)
            if stand.if_power or stand.if_threat
        ]
        if not entries:
            return "Of the others nobody is likely to come in, whatever they fear."
        return f"Others who may come in: {'; '.join(entries[:MOST_ENTRIES])}."

    def _sides(self, stand: "Stand") -> str:
        """The side that a state would take under each reading, and how likely."""
        by_power, by_threat = self._side(stand.if_power), self._side(stand.if_threat)
        power, threat = percent(stand.chance_if_power), percent(stand.chance_if_threat)
        if by_power == by_threat:
            return f"{by_power} ({power} if it fears power, {threat} if threat)"
        return f"{by_power} ({power}) if it fears power, {by_threat} ({threat}) if threat"

    def _side(self, whom: str) -> str:
        return {"": "out of it", self.me: "with us"}.get(whom, "against us")


class FrontsDialog(OrderDialog):
    """Dismisses with a `Front` for every enemy whose front differs from the default."""

    about = (
        "Your army is shared among the fronts by weight, from 0 to 3, and each front "
        "attacks or holds. A front you say nothing of has weight 1 and attacks if it can."
    )

    def heading(self) -> str:
        """How forces are divided among fronts."""
        return "Fronts: where the army goes, and whether it attacks"

    def form(self) -> ComposeResult:
        """Fields: a weight and a stance for each enemy."""
        pending = {
            order.enemy: order for order in self.campaign.pending if isinstance(order, Front)
        }
        for index, enemy in enumerate(self._enemies()):
            now = pending.get(enemy, Front(enemy))
            odds = percent(self.campaign.adviser.war_odds(enemy) / BP)
            title = f"{self.name_of(enemy)} (odds {odds})"
            yield Static(plain(title, "bold"), classes="part")
            yield SliderField("Weight", 0, 3, now.weight, id=f"weight-{index}")
            yield SwitchField("Attack", now.attack, "else it holds", id=f"attack-{index}")

    def _enemies(self) -> list[str]:
        found = {
            enemy for war in self.campaign.world.wars_of(self.me) for enemy in war.enemies(self.me)
        }
        return sorted(found, key=self.name_of)

    def orders(self) -> Sequence[Order]:
        """The fronts that differ from the default."""
        fronts = [
            Front(enemy, int(self.value_of(f"weight-{at}")), bool(self.value_of(f"attack-{at}")))
            for at, enemy in enumerate(self._enemies())
        ]
        return [front for front in fronts if front != Front(front.enemy)]

    def replaced(self, orders: Sequence[Order]) -> list[int]:
        """They take the place of all fronts before: one that is set back is no order any more."""
        del orders
        pending = self.campaign.pending
        return [index for index, order in enumerate(pending) if isinstance(order, Front)]

    def refusal(self, orders: Sequence[Order]) -> str | None:
        """As a set in the place of the fronts that are pending already."""
        return None if not orders and self.replaced(orders) else super().refusal(orders)


class PeaceDialog(OrderDialog):
    """Dismisses with one `OfferPeace`, in a list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "app.focus_next", "Next")]
    about = (
        "Terms are bought with war score; what you give counts against what you take. The "
        "exhausted must take a white peace, unless they are winning. One peace takes at most a "
        "fifth of the losers' land, or a single province; what they took from one of your side "
        "goes back to it. A state that is no more can be restored on what the "
        "other side owns of its land. Leader to leader ends the war; any other pair "
        "makes a separate peace, which allies resent (W10)."
    )

    def __init__(self, campaign: "Campaign", to: str | None = None) -> None:
        super().__init__(campaign)
        self._pairs = [
            (war, enemy)
            for war in campaign.world.wars_of(self.me)
            for enemy in war.enemies(self.me)
        ]
        enemies = [enemy for _, enemy in self._pairs]
        self._start = enemies.index(to) if to in enemies else 0

    def heading(self) -> str:
        """What it is."""
        return "Offer peace"

    def form(self) -> ComposeResult:
        """Fields: the enemy, provinces to take and to give, other terms."""
        choices = [(at, self._pair_words(at)) for at in range(len(self._pairs))]
        with Horizontal(classes="columns"):
            with Vertical(classes="column"):
                yield ChoiceField("To", choices, self._start, id="to")
                yield SliderField(
                    "Indemnity",
                    -BP // 2,
                    BP // 2,
                    0,
                    step=INDEMNITY_STEP,
                    say=_indemnity,
                    id="indemnity",
                )
                yield SwitchField("Disarm them", False, "halve their army", id="disarm")
                yield Static(id="meaning", classes="hint", markup=False)
            with Vertical(classes="column -aside"):
                yield ForecastCard(id="forecast")
        with Horizontal(classes="columns"):
            with Vertical(classes="column"):
                yield Static(plain("We take", "bold"))
                yield CheckList(id="takes")
            with Vertical(classes="column -aside"):
                yield Static(plain("We give", "bold"))
                yield CheckList(id="gives")
        with Vertical(id="restoring"):
            yield Static(plain("They restore, on the land that was its own", "bold"))
            yield CheckList(id="restores")

    def _pair_words(self, at: int) -> str:
        war, enemy = self._pairs[at]
        leads = war.enemies(self.me)[0] == enemy and war.side(self.me)
        separate = not leads or self.me not in (war.attackers[0], war.defenders[0])
        return f"{self.name_of(enemy)}{', apart' if separate else ''}"

    @property
    def _pair(self) -> tuple[War, str]:
        return self._pairs[int(self.value_of("to"))]

    def on_mount(self) -> None:
        """List the provinces."""
        self._list_provinces()
        super().on_mount()

    def _list_provinces(self) -> None:
        if not self._pairs:
            return
        war, enemy = self._pair
        theirs = parties_for(war, enemy, self.me)
        for id, owners in (("takes", theirs), ("gives", parties_for(war, self.me, enemy))):
            entries = [entry for owner in owners for entry in self._land(owner, owners[0])]
            self.query_one(f"#{id}", CheckList).fill(entries)
        world = self.campaign.world
        risen = [(state, self.name_of(state)) for state in restorable(world, theirs)]
        self.query_one("#restores", CheckList).fill(risen)
        self.query_one("#restoring").display = bool(risen)

    def _land(self, owner: str, speaker: str) -> list[tuple[str, str]]:
        """The provinces of a state by name; with the owner, if it is another member of a side."""
        entries = []
        for province in self.campaign.world.owned(owner):
            name = self.atlas.place(province.id).name
            if owner != speaker:
                name += f", {self.name_of(owner)}"
            if province.holder != owner:
                name += f" (held by {self.name_of(province.holder)})"
            entries.append((province.id, name))
        return sorted(entries, key=lambda entry: entry[1])

    def on_field_changed(self, event: Field.Changed) -> None:
        """When the enemy changes, list its provinces."""
        if event.field.id == "to":
            self._list_provinces()
        self.update_preview()

    def on_check_list_changed(self) -> None:
        """Show what the change does."""
        self.update_preview()

    def _terms(self) -> PeaceTerms:
        takes = self.query_one("#takes", CheckList).ticked
        gives = self.query_one("#gives", CheckList).ticked
        restores = self.query_one("#restores", CheckList).ticked
        return PeaceTerms(
            takes=tuple(sorted(takes)),
            gives=tuple(sorted(gives)),
            indemnity=int(self.value_of("indemnity")),
            disarm=bool(self.value_of("disarm")),
            restores=tuple(sorted(restores)),
        )

    def orders(self) -> Sequence[Order]:
        """The offer that the fields describe."""
        if not self._pairs:
            return []
        war, enemy = self._pair
        return [OfferPeace(war.id, enemy, self._terms())]

    def refusal(self, orders: Sequence[Order]) -> str | None:
        """Why it cannot be offered."""
        return self.why_not(orders) if orders else "You are in no war; there is no peace to make."

    def preview(self, orders: Sequence[Order]) -> None:
        """Show its cost in war score, and whether the enemy would accept it."""
        if not orders:
            return
        war, enemy = self._pair
        terms = self._terms()
        score, costs = score_of(war, self.me) / BP, price(self.campaign.world, terms) / BP
        text = f"These terms cost {share(costs)} of war score; ours stands at {signed(score)}."
        self.set_text("meaning", text)
        legal = refusal(self.campaign.world, self.me, orders[0]) is None
        card = self.query_one("#forecast", ForecastCard)
        forecast = self.campaign.adviser.forecast(orders[0]) if legal else None
        card.show(f"Would {self.spoken(enemy)} take it?", forecast)


def _indemnity(share_of_revenue: int) -> str:
    if not share_of_revenue:
        return "none"
    whose = "they pay" if share_of_revenue > 0 else "we pay"
    return f"{whose} {abs(share_of_revenue) / BP:.0%}"
