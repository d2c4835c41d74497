"""Measures of alignment that rows of several theories share.

They compare how often states balance and bandwagon with a random choice from the same options (the
"lottery"), and with what they would do if a term of the utility had weight 0 (W6, T4).
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
"""W6: name -> the terms that get weight 0."""


def measure_kinds(conduct: Conduct) -> Measured:
    """Own offers and acceptances by kind, and how many a random choice would have made.

    For an offer the random choice is among the pairs (partner, adversary) of the sender's menu;
    for an acceptance it is among the offers that the state received.
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
    """Bandwagoning / (balancing + bandwagoning) under a doctrine."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums)
        joined = one[f"{doctrine}_bandwagon"]
        return ratio(joined, joined + one[f"{doctrine}_balance"])

    return figure


def above_lottery(doctrine: str, name: str) -> Figure:
    """The rate of a kind of alignment minus its rate in a random choice."""

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
    """What each first envoy would have done if some terms had weight 0."""
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
    """The rate of a kind minus its rate in a random choice, without some terms."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums)
        return ratio(one[f"{name}_{kind}"] - one[f"{name}_lot_{kind}"], one[f"{name}_binding"])

    return figure


def ablated_share(name: str) -> Figure:
    """Bandwagoning / (balancing + bandwagoning), without some terms."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums)
        joined = one[f"{name}_bandwagon"]
        return ratio(joined, joined + one[f"{name}_balance"])

    return figure


def risen(name: str) -> Figure:
    """The relative rise of bandwagoning when a term has weight 0."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums)
        return ratio(one[f"{name}_bandwagon"] - one["kept_bandwagon"], one["kept_bandwagon"])

    return figure
