"""Building an order by numbered choices, one field after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from game.line_mode.dialogue import Choice, Dialogue
from game.words import money, percent
from game.words import order_labels as order_words
from game.world.legal_orders import legal_orders
from game.world.legality import LONGEST_TERM
from game.world.orders import (
    MEANS,
    OBLIGATIONS,
    Aid,
    AskAssurance,
    Assess,
    Budget,
    DeclareWar,
    Demand,
    Denounce,
    Front,
    Obligation,
    Offer,
    OfferPeace,
    Order,
    PeaceTerms,
    Penetrate,
    Posture,
    Sound,
    Terms,
)
from game.world.rules import BP, POSTURES

if TYPE_CHECKING:
    from game.campaign import Campaign

BACK = Choice("back", "Back")
KINDS = {
    "offer": "Offer a treaty",
    "aid": "Send money",
    "sound": "Send an envoy to listen",
    "assess": "Have a state's deeds assessed",
    "ask_assurance": "Ask in private what a state would do in a crisis",
    "penetrate": "Work inside another society",
    "demand": "Make a demand",
    "budget": "Army, fleet and investment",
    "guarantee": "Guarantee a state",
    "posture": "Change the posture",
    "denounce": "Leave a treaty",
    "declare_war": "Attack without an ultimatum",
    "front": "Set a front",
    "offer_peace": "Offer peace",
}
"""The kinds of orders, in the order of the menu."""


class _WentBackError(Exception):
    """The reader took a step back."""


class OrderMenus:
    """Asks for one order of a campaign."""

    def __init__(self, campaign: Campaign, dialogue: Dialogue) -> None:
        self._campaign, self._dialogue = campaign, dialogue

    def ask(self) -> Order | None:
        """An order, legal or not; None where the reader went back."""
        world, me = self._campaign.world, self._campaign.player or ""
        open_now = {form.kind for form in legal_orders(world, me)}
        kinds = [Choice(kind, label) for kind, label in KINDS.items() if kind in open_now]
        try:
            return self._made(self._pick("Which order?", kinds))
        except _WentBackError:
            return None

    def _made(self, kind: str) -> Order:
        makers: dict[str, Callable[[], Order]] = {
            "offer": self._offer,
            "aid": self._aid,
            "sound": lambda: Sound(self._state("In which state?")),
            "assess": lambda: Assess(self._state("Of which state?")),
            "ask_assurance": self._ask_assurance,
            "penetrate": self._penetrate,
            "demand": self._demand,
            "budget": self._budget,
            "guarantee": self._guarantee,
            "posture": self._posture,
            "denounce": self._denounce,
            "declare_war": lambda: DeclareWar(self._state("Attack whom?")),
            "front": self._front,
            "offer_peace": self._peace,
        }
        return makers[kind]()

    def _pick(self, question: str, choices: Sequence[Choice]) -> str:
        chosen = self._dialogue.choose(question, [*choices, BACK])
        if chosen == BACK.id:
            raise _WentBackError
        return chosen

    def _state(self, question: str, *, none: str = "", without: str = "") -> str:
        """Another state that plays; "-" stands for none where that may be chosen."""
        atlas = self._campaign.atlas
        left_out = {self._campaign.player, without}
        states = [one for one in self._campaign.world.playing() if one not in left_out]
        choices = [Choice(one, atlas.name(one)) for one in states]
        chosen = self._pick(question, [*([Choice("-", none)] if none else []), *choices])
        return "" if chosen == "-" else chosen

    def _number(self, question: str, values: Sequence[int], say: Callable[[int], str]) -> int:
        return int(self._pick(question, [Choice(str(value), say(value)) for value in values]))

    def _yes(self, question: str) -> bool:
        return self._pick(question, [Choice("no", "No"), Choice("yes", "Yes")]) == "yes"

    def _several(self, question: str, choices: Sequence[Choice]) -> list[str]:
        """Any number of the choices, one after another, until "done"."""
        taken: list[str] = []
        while True:
            left = [one for one in choices if one.id not in taken]
            done = Choice("done", "That is all")
            chosen = self._pick(question, [*left, done])
            if chosen == done.id:
                return taken
            taken.append(chosen)

    def terms(self, partner: str) -> Terms | None:
        """The terms of a counter-offer to a state; None where the reader went back."""
        try:
            return self._terms(partner, "What do they pay a turn?")
        except _WentBackError:
            return None

    def _offer(self) -> Offer:
        partner = self._state("To whom?")
        return Offer(partner, self._terms(partner, "What do you pay a turn?"))

    def _terms(self, partner: str, paid: str) -> Terms:
        kinds = [Choice(kind, kind.capitalize()) for kind in OBLIGATIONS]
        chosen = self._several("Which obligation?", kinds)
        obligations: tuple[Obligation, ...] = tuple(one for one in OBLIGATIONS if one in chosen)
        against = self._state("Against whom?", none="Nobody in particular", without=partner)
        terms = range(1, LONGEST_TERM + 1)
        term = self._number("For how many turns?", terms, lambda turns: f"{turns}")
        burdens = range(0, BP // 10 + 1, BP // 100)
        burden = self._number(paid, burdens, _share_of_revenue)
        secret = self._yes("Shall it be secret?")
        return Terms(obligations, against, term, secret, burden)

    def _aid(self) -> Aid:
        to = self._state("To whom?")
        purse = self._campaign.purse
        amounts = sorted({amount for part in range(1, 9) if (amount := purse * part // 8) > 0})
        return Aid(to, self._number("How much?", amounts, money))

    def _penetrate(self) -> Penetrate:
        of = self._state("In which society?")
        means = self._pick("By what means?", [Choice(one, one.capitalize()) for one in MEANS])
        return Penetrate(of, next(one for one in MEANS if one == means))

    def _of_forms(self, kind: str, field: str, question: str) -> Order:
        """One of the legal orders of a kind, listed whole."""
        world, me = self._campaign.world, self._campaign.player or ""
        (form,) = [form for form in legal_orders(world, me) if form.kind == kind]
        orders: list[Order] = [form.make(**{field: value}) for value in form.domains[field]]
        labels = [Choice(str(at), order_words.say(one, world, me)) for at, one in enumerate(orders)]
        return orders[int(self._pick(question, labels))]

    def _ask_assurance(self) -> AskAssurance:
        """Whom to ask, then what about which crisis: the form lists what can be asked."""
        world, me = self._campaign.world, self._campaign.player or ""
        (form,) = [form for form in legal_orders(world, me) if form.kind == "ask_assurance"]
        orders: list[AskAssurance] = list(form.domains["asked"])
        names = [
            Choice(one, self._campaign.atlas.name(one))
            for one in dict.fromkeys(order.of for order in orders)
        ]
        of = self._pick("Ask which state?", names)
        asked = [order for order in orders if order.of == of]
        labels = [Choice(str(at), order_words.say(one, world, me)) for at, one in enumerate(asked)]
        return asked[int(self._pick("What?", labels))]

    def _guarantee(self) -> Order:
        """Which state is guaranteed: the form lists those that can be."""
        world, me = self._campaign.world, self._campaign.player or ""
        (form,) = [form for form in legal_orders(world, me) if form.kind == "guarantee"]
        (field,) = form.domains
        return self._of_forms("guarantee", field, "Which guarantee?")

    def _demand(self) -> Demand:
        order = self._of_forms("demand", "demand", "Which demand?")
        assert isinstance(order, Demand)
        return order

    def _budget(self) -> Budget:
        cap = self._campaign.atlas.rules.forces_growth_cap
        steps = (-5_000, -2_500, -1_000, 0, cap // 6, cap // 3, cap // 2, cap * 2 // 3, cap)
        world, me = self._campaign.world, self._campaign.player or ""

        def growth(arm: str) -> Callable[[int], str]:
            return lambda step: (
                order_words.growth_words(order_words.arm_growth(world, me, arm, step))
                if step
                else "as now"
            )

        army = self._number("The army?", steps, growth("army"))
        fleet = self._number("The fleet?", steps, growth("fleet"))
        shares = range(0, BP // 2 + 1, BP // 20)
        return Budget(army, fleet, self._number("What is invested?", shares, _share_of_revenue))

    def _posture(self) -> Posture:
        now = self._campaign.world.state(self._campaign.player or "").posture
        steps = [step for step in (now - 1, now + 1) if 0 <= step < len(POSTURES)]
        return Posture(self._number("Which posture?", steps, lambda step: POSTURES[step]))

    def _denounce(self) -> Denounce:
        world, me = self._campaign.world, self._campaign.player or ""
        choices = [
            Choice(str(one.id), order_words.say(Denounce(one.id), world, me))
            for one in world.treaties_of(me)
        ]
        number = int(self._pick("Which treaty?", choices))
        return Denounce(number, self._yes("Break it at once, at the price of your name?"))

    def _front(self) -> Front:
        world, me = self._campaign.world, self._campaign.player or ""
        foes = [one for war in world.wars_of(me) for one in war.enemies(me)]
        names = [Choice(one, self._campaign.atlas.name(one)) for one in dict.fromkeys(foes)]
        enemy = self._pick("Against whom?", names)
        weight = self._number("With what weight?", range(4), str)
        return Front(enemy, weight, self._yes("Shall it attack?"))

    def _peace(self) -> OfferPeace:
        world, me = self._campaign.world, self._campaign.player or ""
        talks = [(war.id, foe) for war in world.wars_of(me) for foe in war.enemies(me)]
        names = [
            Choice(str(at), self._campaign.atlas.name(foe)) for at, (_, foe) in enumerate(talks)
        ]
        war, foe = talks[int(self._pick("With whom?", names))]
        place = self._campaign.atlas.place
        takes = [Choice(one.id, place(one.id).name) for one in world.owned(foe)]
        gives = [Choice(one.id, place(one.id).name) for one in world.owned(me)]
        taken = self._several("Which province do you take?", takes)
        given = self._several("Which province do you give?", gives)
        paid = self._number(
            "What indemnity?",
            (0, BP // 4, BP // 2, -BP // 4, -BP // 2),
            lambda part: f"{'they' if part > 0 else 'you'} pay {_share_of_revenue(abs(part))}",
        )
        disarm = self._yes("Shall they halve their army?")
        return OfferPeace(war, foe, PeaceTerms(tuple(taken), tuple(given), paid, disarm))


def _share_of_revenue(part: int) -> str:
    return f"{percent(part / BP)} of a turn's revenue" if part else "nothing"
