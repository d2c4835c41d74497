"""Crucial tests: acts where the two readings point at different states, counted without a model."""

from collections.abc import Iterable
from dataclasses import dataclass

from game.inference.acts import Act

TESTS = frozenset({"offers", "counters", "pledges", "joins"})
"""The kinds of acts that count: a state's own choice of whom to stand against, where no land is
asked for and nobody else has put the adversary before it."""


@dataclass(frozen=True, slots=True)
class CrucialTests:
    """On how many occasions the readings pointed apart, and whom the state then acted against."""

    occasions: int
    power: int
    """How often against whom one has most to fear by power, of those that stood open."""
    threat: int
    """How often against whom one has most to fear by threat."""
    neither: int


def crucial_tests(acts: Iterable[Act]) -> CrucialTests:
    """The crucial tests among a state's acts; a choice that is only kept up is none."""
    count = {"power": 0, "threat": 0, "neither": 0}
    for act in acts:
        if not act.opposed or act.kind not in TESTS or not act.new or len(act.open) < 2:
            continue
        by_power, by_threat = act.worst("BOP"), act.worst("BOT")
        if by_power != by_threat:
            named = {by_power: "power", by_threat: "threat"}
            count[named.get(act.chosen, "neither")] += 1
    return CrucialTests(sum(count.values()), **count)
