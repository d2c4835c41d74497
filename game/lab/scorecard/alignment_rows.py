"""Rows on alignment that more than one theory shares: balance and bandwagon beside their lottery.

Also what becomes of them when a state has no care for one of the terms (W6, T4).
"""

from game.lab.conduct import BALANCE, BANDWAGON, Conduct
from game.lab.scorecard.row import ByWorld, Measured, Part, pooled, ratio
from game.lab.scorecard.shared_figures import Figure
from game.world.orders import Terms
from game.world.sight import Floats

DOCTRINES = ("BOP", "BOT")
ABLATIONS: dict[str, tuple[str, ...]] = {
    "feeding": ("feeding",),
    "entanglement": ("entanglement",),
    "autonomy": ("autonomy",),
    "all three": ("feeding", "entanglement", "autonomy"),
}
"""What is switched off in W6: terms by name."""


def measure_kinds(conduct: Conduct) -> Measured:
    """Own offers and acceptances by kind, beside what a lottery would have made them.

    An offer's lottery draws partner and adversary from the sender's own menu; an acceptance's
    draws among the offers that were received.
    """
    sums = dict.fromkeys(
        (
            f"{doctrine}_{name}"
            for doctrine in DOCTRINES
            for name in ("aligned", "balance", "bandwagon", "lot_balance", "lot_bandwagon")
        ),
        0.0,
    )
    for choice in conduct.choices:
        index = choice.picked_binding
        doctrine = choice.seen.doctrine
        if index < 0 or doctrine not in DOCTRINES or not choice.seen.feared:
            continue
        sums[f"{doctrine}_aligned"] += 1
        sums[f"{doctrine}_balance"] += choice.kinds[index] == BALANCE
        sums[f"{doctrine}_bandwagon"] += choice.kinds[index] == BANDWAGON
        sums[f"{doctrine}_lot_balance"] += choice.drawn(choice.kinds == BALANCE)
        sums[f"{doctrine}_lot_bandwagon"] += choice.drawn(choice.kinds == BANDWAGON)
    for doctrine in DOCTRINES:
        received = [
            (reply, reply.seen.kind(by, against))
            for reply, by, against in conduct.offers()
            if reply.seen.doctrine == doctrine and reply.seen.feared
        ]
        bound = [one for one in received if _binds(one[0].record.chosen)]
        if not received or not bound:
            continue
        sums[f"{doctrine}_aligned"] += len(bound)
        for name, kind in (("balance", BALANCE), ("bandwagon", BANDWAGON)):
            share = sum(of == kind for _, of in received) / len(received)
            sums[f"{doctrine}_{name}"] += sum(of == kind for _, of in bound)
            sums[f"{doctrine}_lot_{name}"] += share * len(bound)
    sums["n"] = sums["BOP_aligned"] + sums["BOT_aligned"]
    return sums


def _binds(answer: object) -> bool:
    return answer == "accept" or (isinstance(answer, Terms) and answer.binding)


def bandwagon_share(doctrine: str) -> Figure:
    """Bandwagoning of balancing and bandwagoning under a doctrine."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums)
        joined = one[f"{doctrine}_bandwagon"]
        return ratio(joined, joined + one[f"{doctrine}_balance"])

    return figure


def above_lottery(doctrine: str, name: str) -> Figure:
    """The rate of a kind of alignment less its lottery's."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums)
        aligned = one[f"{doctrine}_aligned"]
        return ratio(one[f"{doctrine}_{name}"] - one[f"{doctrine}_lot_{name}"], aligned)

    return figure


def kind_parts() -> tuple[Part, ...]:
    """The parts of S4."""
    parts: list[Part] = []
    for doctrine in DOCTRINES:
        parts += [
            Part(f"{doctrine}: bandwagon of both", bandwagon_share(doctrine), 0.03, 0.25),
            Part(
                f"{doctrine}: balance above its lottery",
                above_lottery(doctrine, "balance"),
                at_least=0.02,
            ),
            Part(
                f"{doctrine}: bandwagon above its lottery",
                above_lottery(doctrine, "bandwagon"),
                at_most=-0.01,
            ),
        ]
    return tuple(parts)


def measure_ablations(conduct: Conduct) -> Measured:
    """What each first envoy would have done, choice by choice, without some of the terms."""
    names = ("kept", *ABLATIONS)
    sums = {
        f"{name}_{kind}": 0.0
        for name in names
        for kind in ("binding", "balance", "bandwagon", "lot_balance", "lot_bandwagon")
    }
    cases = 0
    for choice in conduct.choices:
        if choice.rank or not choice.seen.feared or choice.seen.doctrine not in DOCTRINES:
            continue
        cases += 1
        balance, bandwagon = choice.kinds == BALANCE, choice.kinds == BANDWAGON
        lots = choice.drawn(balance), choice.drawn(bandwagon)
        for name in names:
            chances = choice.without(*ABLATIONS.get(name, ()))
            binding = float(chances[choice.binding].sum())
            sums[f"{name}_binding"] += binding
            sums[f"{name}_balance"] += float(chances[choice.binding & balance].sum())
            sums[f"{name}_bandwagon"] += float(chances[choice.binding & bandwagon].sum())
            sums[f"{name}_lot_balance"] += lots[0] * binding
            sums[f"{name}_lot_bandwagon"] += lots[1] * binding
    return {**sums, "n": float(cases)}


def ablated(name: str, kind: str) -> Figure:
    """A kind's rate above its lottery without some terms."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums)
        return ratio(one[f"{name}_{kind}"] - one[f"{name}_lot_{kind}"], one[f"{name}_binding"])

    return figure


def ablated_share(name: str) -> Figure:
    """Bandwagoning of balancing and bandwagoning without some terms."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums)
        joined = one[f"{name}_bandwagon"]
        return ratio(joined, joined + one[f"{name}_balance"])

    return figure


def risen(name: str) -> Figure:
    """How much more bandwagoning there is without a term, as a share of what there is."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums)
        return ratio(one[f"{name}_bandwagon"] - one["kept_bandwagon"], one["kept_bandwagon"])

    return figure
