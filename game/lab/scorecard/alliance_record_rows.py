"""Rows H10 to H14: what the record of alliances and wars shows, counted on events and treaties.

No row here looks into a decision. So the same counts can be made of any recorded campaign.
"""

import itertools

import numpy as np

from game.lab.conduct import Conduct
from game.lab.runs import MIXED
from game.lab.scorecard.alliance_ends import measure_ends
from game.lab.scorecard.row import THEORIES, ByWorld, Measured, Part, Row, pooled, ratio
from game.lab.scorecard.shared_figures import Figure, mean_of, of_table, share_of
from game.world.model import World
from game.world.sight import Floats, facts_of

LATER = 6
"""A pair is looked at again so many turns later (H10)."""
RATIO = 1.2
"""How many times the share of all pairs the share of new pairs must be (H11)."""
SEVERAL = 5
"""From so many great powers on, pacts of two of them are counted (H11)."""
WORLDS = (MIXED, *THEORIES)

Pair = tuple[str, str]


def defended(world: World) -> set[Pair]:
    """Pairs of states that owe each other defence, by any treaty, each in the order of its ids."""
    return {
        (first, second)
        for treaty in world.treaties
        if "defense" in treaty.obligations
        for first, second in itertools.combinations(sorted(treaty.parties), 2)
    }


def measure_persistence(conduct: Conduct) -> Measured:
    """Defence pairs at each turn's start, and how many of them are bound six turns later."""
    course = [defended(world) for world in conduct.worlds]
    stood = kept = 0
    for before, after in zip(course, course[LATER:], strict=False):
        stood += len(before)
        kept += len(before & after)
    return {"n": float(stood), "kept": float(kept)}


def measure_great_powers(conduct: Conduct) -> Measured:
    """New defence pairs with a great power, and with two; and the lottery among all pairs.

    The lottery of a new pair is the share of all pairs of living states that have a great power at
    the end of its turn. Where it is above 1 / 1.2, no world could show 1.2 times as many: such
    pairs are counted under `every` alone. Two great powers are counted where five or more live.
    """
    names = ("n", "every", "every_one", "every_lot", "one", "lot", "several", "two", "several_lot")
    sums = dict.fromkeys(names, 0.0)
    before = defended(conduct.history.start)
    for record in conduct.history.turns:
        world = record.end
        after = defended(world)
        great = {state.id for state in world.states if state.great and state.alive}
        living = sum(state.alive for state in world.states)
        lot, lot_two = _lotteries(living, len(great))
        for pair in after - before:
            count = len(great.intersection(pair))
            sums["every"] += 1
            sums["every_one"] += count > 0
            sums["every_lot"] += lot
            if lot * RATIO <= 1:
                sums["n"] += 1
                sums["one"] += count > 0
                sums["lot"] += lot
            if len(great) >= SEVERAL:
                sums["several"] += 1
                sums["two"] += count == 2
                sums["several_lot"] += lot_two
        before = after
    return sums


def _lotteries(living: int, great: int) -> tuple[float, float]:
    """The shares of all pairs of living states with a great power, and with two."""
    pairs = max(1, living * (living - 1) // 2)
    lesser = living - great
    return 1 - lesser * (lesser - 1) / 2 / pairs, great * (great - 1) / 2 / pairs


def measure_initiators(conduct: Conduct) -> Measured:
    """Wars declared, and how many by the state of the smaller capability at the turn's start."""
    sums = {"n": 0.0, "weaker": 0.0}
    for record in conduct.history.turns:
        c = facts_of(record.start).c
        for one in record.events:
            if one.kind == "war_declared":
                sums["n"] += 1
                sums["weaker"] += bool(c[conduct.index[one.actor]] < c[conduct.index[one.target]])
    return sums


def measure_calls(conduct: Conduct) -> Measured:
    """Calls to a war that were answered, and how many were honoured."""
    kinds = [one.kind for _, one in conduct.history.events()]
    honoured, refused = kinds.count("call_honoured"), kinds.count("call_refused")
    return {"n": float(honoured + refused), "honoured": float(honoured), "refused": float(refused)}


def _over(top: str, bottom: str) -> Figure:
    """One sum over another, over all worlds."""
    return lambda sums: ratio(pooled(sums)[top], pooled(sums)[bottom])


def _ends(ends: int) -> Figure:
    """The share of pacts with a cause, of those that go on (0) or end (1)."""

    def figure(sums: ByWorld) -> Floats:
        cells = np.asarray(pooled(sums)["table"]).sum(axis=1)[:, ends]
        return ratio(cells[:, 1], cells[:, 0])

    return figure


RECORD_ROWS: tuple[Row, ...] = (
    Row(
        "H10",
        "alliances last",
        "emergent",
        "the record's European pairs, 1816-1938",
        "own count 2026 on ATOP 5.1 and COW 4.1: .83-.92 bound six years later; here at least .60",
        WORLDS,
        measure_persistence,
        "n",
        (
            Part("defence pairs still bound six turns later", mean_of("kept"), at_least=0.6),
            Part("the same in mixed worlds alone", mean_of("kept", "n", MIXED), reported=True),
        ),
    ),
    Row(
        "H11",
        "great powers ally",
        "emergent",
        "the share of all pairs of states",
        "own count 2026, ATOP and COW majors: .90 of new pairs with one, .55-.60 with two "
        "(1870-1908); here 1.2 times the share of all pairs, and .15 with two where five live",
        WORLDS,
        measure_great_powers,
        "n",
        (
            Part("new pairs with a great power, over their lottery", _over("one", "lot"), RATIO),
            Part("new pairs with two, where five live", _over("two", "several"), 0.15),
            Part("two great powers, by lottery", _over("several_lot", "several"), reported=True),
            Part("with a great power, wherever", _over("every_one", "every"), reported=True),
            Part("with a great power, by lottery", _over("every_lot", "every"), reported=True),
        ),
    ),
    Row(
        "H12",
        "wars are begun by the stronger more often than not",
        "emergent",
        "a fair coin",
        "own count 2026, COW wars and NMC: the weaker began .41 of 95 wars; at most .50",
        WORLDS,
        measure_initiators,
        "n",
        (
            Part("wars begun by the weaker", mean_of("weaker"), at_most=0.5),
            Part("the same in mixed worlds alone", mean_of("weaker", "n", MIXED), reported=True),
        ),
    ),
    Row(
        "H13",
        "promises are mostly kept",
        "emergent",
        "always, or as often as not",
        "Leeds, Long & Mitchell 2000: about three commitments in four; .65-.9",
        WORLDS,
        measure_calls,
        "n",
        (
            Part("calls honoured", share_of("honoured", "refused"), 0.65, 0.9),
            Part(
                "the same in mixed worlds alone",
                share_of("honoured", "refused", MIXED),
                reported=True,
            ),
        ),
    ),
    Row(
        "H14",
        "pacts end for reasons, not by the calendar",
        "emergent",
        "like pacts that go on",
        "Leeds & Savun 2007; Leeds, Mattes & Vogel 2009: more causes in two turns before an end",
        WORLDS,
        measure_ends,
        "n",
        (
            Part("ends with a cause less like pacts that go on", of_table, at_least=0.0),
            Part("pacts that end, with a cause", _ends(1), reported=True),
            Part("pacts that go on, with a cause", _ends(0), reported=True),
            Part("ends for which nothing is told", mean_of("untold"), reported=True),
        ),
    ),
)
"""Rows H10 to H14."""
