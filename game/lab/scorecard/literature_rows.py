"""Rows H1 to H9: findings of the historical literature, compared with the game."""

import numpy as np

from game.lab.conduct import Conduct
from game.lab.runs import MIXED, RANDOM_MIX
from game.lab.scorecard.alignment_rows import DOCTRINES, measure_kinds
from game.lab.scorecard.counter_coalitions import (
    above_placebo,
    against_rank,
    measure_counter_coalitions,
    rate,
)
from game.lab.scorecard.dyads import foe_above_likeness, measure_dyads
from game.lab.scorecard.row import (
    THEORIES,
    ByWorld,
    Measured,
    Part,
    Row,
    Slopes,
    enter,
    pooled,
    ratio,
    table,
)
from game.lab.scorecard.shared_figures import mean_of, of_table, slope_of, table_named
from game.lab.scorecard.third_party_choices import stands
from game.lab.scorecard.waltz_rows import measure_hegemony
from game.world.sight import Floats

EVERY = 5
"""One in so many turns is looked at (H8)."""


def _half_lottery(sums: ByWorld) -> Floats:
    """Alignments with the state feared most, divided by those of a random choice."""
    one = pooled(sums)
    joined = sum((one[f"{doctrine}_bandwagon"] for doctrine in DOCTRINES), np.zeros(()))
    lots = sum((one[f"{doctrine}_lot_bandwagon"] for doctrine in DOCTRINES), np.zeros(()))
    return ratio(np.asarray(joined), np.asarray(lots))


def _empires(sums: ByWorld) -> Floats:
    theories = np.maximum(
        mean_of("hegemony", "worlds", "BOP")(sums), mean_of("hegemony", "worlds", "BOT")(sums)
    )
    return mean_of("hegemony", "worlds", "BANDWAGON")(sums) - theories


def measure_h6(conduct: Conduct) -> Measured:
    """How likely a first envoy offers a binding pact, by the chance of losing that a state sees.

    One slope is within each state over time; one is across states (the weak have less to offer).
    """
    within, across = Slopes(1), Slopes(1)
    rows: dict[int, list[tuple[float, float]]] = {}
    for choice in conduct.choices:
        seen = choice.seen
        if choice.rank == 0 and seen.feared and seen.doctrine in DOCTRINES:
            rows.setdefault(seen.me, []).append(
                (seen.chance_of_losing, choice.share(choice.binding))
            )
    for own in rows.values():
        entered = np.array(own)
        within.group(entered[:, :1], entered[:, 1])
    if rows:
        entered = np.array([row for own in rows.values() for row in own])
        across.group(entered[:, :1], entered[:, 1])
    return {**within.measured(), **across.measured("across_")}


def measure_h8(conduct: Conduct) -> Measured:
    """The capability of balancing coalitions beyond parity with their adversary."""
    sums = {"n": 0.0, "surplus": 0.0}
    for here in conduct.seen[::EVERY]:
        for seen in list(here.values())[:1]:
            world, c = conduct.history.turns[seen.turn - 1].start, seen.sight.facts.c
            against: dict[str, set[int]] = {}
            for treaty in world.treaties:
                if treaty.against and treaty.binding:
                    parties = {conduct.index[name] for name in treaty.parties}
                    against.setdefault(treaty.against, set()).update(parties)
            for target, members in against.items():
                index = conduct.index[target]
                side = {index, *(int(i) for i in seen.bound[index].nonzero()[0])} - members
                ours, theirs = (float(c[sorted(group)].sum()) for group in (members, side))
                if theirs > 0:
                    sums["n"] += 1
                    sums["surplus"] += ours / (ours + theirs) - 0.5
    return sums


def measure_h9(conduct: Conduct) -> Measured:
    """How likely ambitious states, and the others, join the side that is about to win."""
    entered = table(1)
    for stand in stands(conduct):
        winning = max(stand.sides, key=lambda side: side.chance)
        if stand.in_war and winning.chance > 0.75:
            enter(entered, 0, stand.seen.seat.drive >= 0.5, winning.likely)
    return {"n": float(entered[..., 0].sum()), "table": entered}


H_ROWS: tuple[Row, ...] = (
    Row(
        "H1",
        "on land, states balance strongly once one holds a third of military capabilities",
        "emergent",
        "leaders below a third",
        "Levy & Thompson 2005: coalitions newly formed against a leader with a third or more of "
        "the great powers' land forces, not below",
        (MIXED, RANDOM_MIX, "BOP", "BOT"),
        measure_counter_coalitions,
        "n",
        (
            Part("new coalitions at a third or more less below", table_named("land"), 0.1),
            Part("rate at a third or more", rate("land", 1), reported=True),
            Part("rate below", rate("land", 0), reported=True),
            Part("against the strongest less the next two", above_placebo, reported=True),
            Part("rate against the strongest", against_rank(0), reported=True),
            Part("rate against the second strongest", against_rank(1), reported=True),
            Part("rate against the third strongest", against_rank(2), reported=True),
        ),
    ),
    Row(
        "H2",
        "at sea the sign reverses: the leading sea power is joined, not balanced",
        "emergent",
        "leaders at sea below a third",
        "Levy & Thompson 2010: no rise of coalitions with the fleet's share, or a fall",
        ("BOT",),
        measure_counter_coalitions,
        "n",
        (Part("new coalitions at sea, above less below", table_named("sea"), at_most=0.1),),
    ),
    Row(
        "H3",
        "balancing is a tendency, not an iron law",
        "emergent",
        "always",
        "Levy & Thompson 2005: the rate in H1 is well below 1",
        (MIXED, RANDOM_MIX, "BOP", "BOT"),
        measure_counter_coalitions,
        "n",
        (Part("rate of new coalitions at a third or more", rate("land", 1), at_most=0.9),),
    ),
    Row(
        "H4",
        "bandwagoning is rare",
        "emergent",
        "the lottery of partners",
        "5 of 144 defence pacts 1816-2012 joined a rival: at most half the lottery",
        THEORIES,
        measure_kinds,
        "n",
        (Part("alignments with the most feared, of their lottery", _half_lottery, at_most=0.5),),
    ),
    Row(
        "H5",
        "worlds of states that join the stronger collapse into empire",
        "emergent",
        "all-BOP and all-BOT worlds",
        "Horvath 2020: 71% of 1,594 runs of joiners; hegemony more often than under the theories",
        ("BANDWAGON", "BOP", "BOT"),
        measure_hegemony,
        "worlds",
        (Part("hegemony under BANDWAGON less the theories", _empires, 0.05, seldom=True),),
    ),
    Row(
        "H6",
        "states seek allies in proportion to their chance of losing a war",
        "emergent",
        "no slope",
        "Johnson 2017: offers rise with the appraised chance of losing",
        THEORIES,
        measure_h6,
        "n",
        (
            Part("a state's chance to offer by 0.1 of its chance to lose", slope_of(0, 0.1), 0.005),
            Part("the same across states", slope_of(0, 0.1, "across_"), reported=True),
        ),
    ),
    Row(
        "H7",
        "regime likeness explains little of who allies with whom",
        "emergent",
        "the effect of a common foe",
        "Lai & Reiter 2000; Simon & Gartzke 1996: likeness does less than a common foe",
        THEORIES,
        measure_dyads,
        "n",
        (Part("effect of a common foe less that of likeness", foe_above_likeness, at_least=0.0),),
    ),
    Row(
        "H8",
        "coalitions tend to the smallest that suffices",
        "emergent",
        "parity",
        "Fordham & Poast 2016: a small surplus over parity",
        THEORIES,
        measure_h8,
        "n",
        (Part("surplus of balancing coalitions over parity", mean_of("surplus"), -0.15, 0.15),),
    ),
    Row(
        "H9",
        "profit-seekers bandwagon without being threatened",
        "emergent",
        "unambitious states",
        "Schweller 1994: ambitious states join a side about to win more",
        (MIXED, *THEORIES),
        measure_h9,
        "n",
        (Part("joining the winning side, ambitious less others", of_table, at_least=0.005),),
    ),
)
"""Rows H1 to H9."""
