"""Rows S1 to S14: what both theories share."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from game.lab import forks
from game.lab.conduct import BALANCE, BANDWAGON, Conduct
from game.lab.runs import MIXED, RANDOM_MIX
from game.lab.scorecard.alignment_rows import kind_parts, measure_kinds
from game.lab.scorecard.decision_forks import growth, measure_self_help
from game.lab.scorecard.intentions import correlation, measure_s10
from game.lab.scorecard.pact_forks import could_name, declined_pact, members_wars, offers_against
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
from game.lab.scorecard.shared_figures import mean_of, of_table, share_of, slope_of
from game.theory.choice_rule import Record
from game.theory.families.pact_worth import hopes
from game.theory.view_batch import alone
from game.world.alignment_kinds import coalitions, formal
from game.world.orders import Aid, DeclareWar, Demand, Guarantee, Offer, Order
from game.world.sight import Floats, facts_of, seen_by

BOTH = (MIXED, RANDOM_MIX)


def ordered(record: Record) -> bool:
    """Whether no option of a decision is likelier than one that is worth more.

    Option 0 (to do nothing) is left out where a state first asks whether to act at all, and so is
    what was not allowed.
    """
    chances = record.probabilities[1:]
    utility = np.round(record.terms.sum(axis=1)[1:], 7)
    open_ = chances > 0
    chances, utility = chances[open_], utility[open_]
    order = np.lexsort((chances, utility))
    return bool((np.diff(chances[order]) >= -1e-9).all())


def at_odds(orders: Sequence[Order]) -> bool:
    """Whether one state's orders of a turn are of two minds about another.

    They demand something of it or attack it, and give it aid or offer to fight beside it.
    """
    against = {order.of for order in orders if isinstance(order, Demand)}
    against |= {order.on for order in orders if isinstance(order, DeclareWar)}
    beside = {order.to for order in orders if isinstance(order, (Aid, Guarantee))}
    beside |= {order.to for order in orders if isinstance(order, Offer) and order.terms.binding}
    return bool(against & beside)


def measure_s1(conduct: Conduct) -> Measured:
    """Decisions whose probabilities follow what each option is worth, and who is of two minds.

    An assurance is left out: it is a word, given by candour, and says what a deed would be worth.
    """
    records = [record for _, record in conduct.records if record.family != "assurance"]
    mixed = [
        at_odds(orders)
        for turn in conduct.history.turns
        for orders in turn.orders.values()
        if orders
    ]
    likeliest = [record.pick == int(np.argmax(record.probabilities)) for record in records]
    return {
        "n": float(len(records)),
        "ordered": float(sum(map(ordered, records))),
        "likeliest": float(sum(likeliest)),
        "turns": float(len(mixed)),
        "at_odds": float(sum(mixed)),
    }


def measure_s2(conduct: Conduct) -> Measured:
    """Broken obligations, and the change of the breakers' reliability."""
    broken, lost, states = 0, 0.0, 0
    for record in conduct.history.turns:
        breakers = {
            one.actor
            for one in record.events
            if one.kind == "treaty_broken"
            or (one.kind == "call_refused" and one.number("treaty") >= 0)
        }
        states += len(record.start.living())
        for name in breakers:
            if record.end.state(name).alive:
                broken += 1
                after = record.end.state(name).reliability
                lost += (record.start.state(name).reliability - after) / 10_000
    return {"n": float(broken), "lost": lost, "states": float(states)}


def measure_s5(conduct: Conduct) -> Measured:
    """Pairs of states that are bound by treaty, aligned by conduct, or fighting side by side."""
    bound: set[frozenset[str]] = set()
    coalition: set[frozenset[str]] = set()
    conducted: set[frozenset[str]] = set()
    for record in conduct.history.turns:
        bound |= formal(record.end)
        coalition |= coalitions(record.end)
        for one in record.events:
            if one.kind in ("pledge_made", "aid_given"):
                conducted.add(frozenset((one.actor, one.target)))
    return {
        "n": float(len(bound | coalition | conducted)),
        "treaty": float(len(bound)),
        "coalition": float(len(coalition)),
        "conduct": float(len(conducted)),
        "treaty_coalition": float(len(bound & coalition)),
        "treaty_conduct": float(len(bound & conducted)),
        "coalition_conduct": float(len(coalition & conducted)),
    }


def _overlap(first: str, second: str, sums: ByWorld) -> Floats:
    """Pairs with both ties / pairs with either (Jaccard's index)."""
    one = pooled(sums)
    common = one[f"{first}_{second}"]
    return ratio(common, one[first] + one[second] - common)


TYPES = ("defense", "offense", "neutrality", "nonaggression", "consultation")


def measure_s6(conduct: Conduct) -> Measured:
    """Which obligations were signed and called on, and who offered offence pacts."""
    signed = dict.fromkeys(TYPES, 0.0)
    called = 0.0
    for record in conduct.history.turns:
        for one in record.events:
            if one.kind == "treaty_signed":
                for kind in set(one.names("obligations")) & set(TYPES):
                    signed[kind] += 1
            called += one.kind == "call_made"
    entered = table(1)
    for choice in conduct.choices:
        binding = choice.share(choice.binding)
        if choice.rank or binding < 1e-6:
            continue
        c = choice.seen.sight.facts.c
        there = choice.seen.sight.facts.there
        strong = bool(c[choice.seen.me] >= np.median(c[there]))
        ambitious = choice.seen.seat.drive >= 0.5
        offense = choice.share(np.asarray(choice.menu.pacts.form == 1)) / binding
        enter(entered, 0, strong and ambitious, offense)
    return {**signed, "called": called, "table": entered, "n": float(entered[..., 0].sum())}


def _least_signed(sums: ByWorld) -> Floats:
    """The share of the rarest obligation in all signings."""
    one = pooled(sums)
    counts = np.stack([one[kind] for kind in TYPES])
    return ratio(counts.min(axis=0), counts.sum(axis=0))


def measure_s7(conduct: Conduct) -> Measured:
    """Decided wars, and how many of them the stronger side won."""
    last: dict[int, tuple[int, float]] = {}
    for record in conduct.history.turns:
        c = facts_of(record.start).c
        for war in record.end.wars:
            ours = sum(float(c[conduct.index[name]]) for name in war.attackers)
            theirs = sum(float(c[conduct.index[name]]) for name in war.defenders)
            last[war.id] = (war.score, ours - theirs)
        for one in record.events:
            if one.kind != "peace_made" or one.number("war") not in last:
                continue
            balance = len(one.names("takes")) - len(one.names("gives"))
            war_before = record.start.war(one.number("war"))
            if balance and war_before is not None:
                sign = 1 if one.actor in war_before.attackers else -1
                score, gap = last[one.number("war")]
                last[one.number("war")] = (score or sign * balance, gap)
    decided = [(score, gap) for score, gap in last.values() if score and gap]
    won = sum((score > 0) == (gap > 0) for score, gap in decided)
    return {"n": float(len(decided)), "won": float(won)}


def measure_s8(conduct: Conduct) -> Measured:
    """By how much senders err about the answers to their offers: to partners and to others."""
    entered = table(5)
    replies = {(reply.seen.turn, by, reply.seen.me): reply for reply, by, _ in conduct.offers()}
    for choice in conduct.choices:
        index = choice.picked_binding
        if index < 0:
            continue
        partner = int(choice.menu.pacts.partner[index])
        reply = replies.get((choice.seen.turn, choice.seen.me, partner))
        if reply is None:
            continue
        hope = float(hopes(alone(choice.seen.view), choice.menu.pacts)[index])
        accepted = reply.record.chosen == "accept"
        tied = bool(choice.seen.view.field.tied[choice.seen.me, partner])
        enter(entered, min(4, int(hope * 5)), tied, (hope - accepted) ** 2)
    return {"n": float(entered[..., 0].sum()), "table": entered}


HORIZON = 5


def measure_s9(conduct: Conduct) -> Measured:
    """Fork: one great power has a quarter more forces and a posture one step up."""
    sums = {"n": 0.0, "insecurity": 0.0, "arms": 0.0, "pacts": 0.0}
    last = forks.last_turn(conduct, HORIZON)
    if last < 1:
        return sums
    turn = 1 + forks.sample(conduct, "S9", last)
    world = conduct.history.turns[turn - 1].start
    poles = [index for index, state in enumerate(world.states) if state.alive and state.great]
    armed = poles[forks.sample(conduct, "S9 who", len(poles))]
    state = world.states[armed]
    changed = forks.with_state(
        world,
        armed,
        army=state.army * 5 // 4,
        fleet=state.fleet * 5 // 4,
        posture=min(4, state.posture + 1),
    )
    before = forks.as_it_was(conduct, turn, HORIZON)
    after = forks.with_world(conduct, turn, changed, HORIZON)
    others = [name for name in world.playing() if name != state.id]
    beliefs = conduct.position.beliefs[turn - 1]
    gap = 0.0
    for name in others:
        lens = conduct.envelope[name].doctrine
        gap += conduct.position.frame.view(seen_by(changed, beliefs, name), lens).insecurity
        gap -= conduct.position.frame.view(seen_by(world, beliefs, name), lens).insecurity
    return {
        "n": 1.0,
        "insecurity": gap / len(others),
        "arms": _armed(after, others) - _armed(before, others),
        "pacts": offers_against(after, (state.id,), turn)
        - offers_against(before, (state.id,), turn),
    }


def _armed(path: forks.Path, states: list[str]) -> float:
    """Mean expected arming of states over some turns, as a share of the fastest allowed."""
    total = sum(
        growth(list(zip(record.options, record.probabilities.tolist(), strict=True)))
        for state, record in path.decisions(path.begun)
        if record.family == "arms" and state in states
    )
    return total / (len(path.turns) * len(states))


def measure_s11(conduct: Conduct) -> Measured:
    """Fork: without the pact, are there fewer offers of pacts against its members?

    A counter-pact is one that the adversary named offers or is offered. Beside it: offers by
    anybody, and whether the adversary could name a signer at all in the turn after.
    """
    none = {"n": 0.0, "gap": 0.0, "anybody": 0.0, "named": 0.0}
    fork = declined_pact(conduct, named=True)
    if fork is None:
        return none
    gaps = []
    for concerned in (fork.against, ""):
        with_it, without = (
            offers_against(path, fork.members, path.begun + 1, concerned)
            for path in (fork.before, fork.after)
        )
        gaps.append(with_it - without)
    named = could_name(fork.before, fork.against, fork.members)
    return {"n": 1.0, "gap": gaps[0], "anybody": gaps[1], "named": float(named)}


def measure_s12(conduct: Conduct) -> Measured:
    """How often a state's first envoy is sent nowhere."""
    firsts = [choice for choice in conduct.choices if choice.rank == 0]
    return {
        "n": float(len(firsts)),
        "alone": float(sum(choice.record.pick == 0 for choice in firsts)),
    }


def measure_s13(conduct: Conduct) -> Measured:
    """The share of bandwagoning in alignments, by the strongest state's share of capability."""
    rows = []
    balance = bandwagon = 0.0
    for choice in conduct.choices:
        binding = choice.share(choice.binding)
        if choice.rank or binding < 1e-6 or not choice.seen.feared:
            continue
        facts = choice.seen.sight.facts
        leader = float(facts.c.max())
        joined = choice.share(choice.kinds == BANDWAGON)
        against = choice.share(choice.kinds == BALANCE)
        rows.append((leader, joined / binding, binding))
        balance += against
        bandwagon += joined
    slope = Slopes(1)
    if rows:
        table_ = np.array(rows)
        slope.group(table_[:, :1], table_[:, 1])
    return {**slope.measured(), "balance": balance, "bandwagon": bandwagon}


def measure_s14(conduct: Conduct) -> Measured:
    """Fork: wars of a pact's members with the pact minus those without it."""
    fork = declined_pact(conduct, named=False)
    if fork is None:
        return {"n": 0.0, "gap": 0.0}
    gap = members_wars(fork.before, fork.members) - members_wars(fork.after, fork.members)
    return {"n": 1.0, "gap": float(gap)}


S_ROWS: tuple[Row, ...] = (
    Row(
        "S1",
        "states are rational unitary actors",
        "identity",
        "a menu drawn by lot",
        "no option is likelier than one that is worth more",
        BOTH,
        measure_s1,
        "n",
        (
            Part("decisions in the order of worth", mean_of("ordered"), at_least=1.0),
            Part("choices that are the likeliest", mean_of("likeliest"), reported=True),
            Part("turns of a state of two minds", mean_of("at_odds", "turns"), reported=True),
        ),
    ),
    Row(
        "S2",
        "the system is anarchic",
        "mechanism",
        "no change",
        "obligations are broken, and it costs reliability",
        BOTH,
        measure_s2,
        "n",
        (
            Part("reliability lost by a broken word", mean_of("lost"), at_least=0.02),
            Part(
                "broken words in 100 turns of a state",
                lambda sums: 100 * mean_of("n", "states")(sums),
                at_least=0.02,
            ),
        ),
    ),
    Row(
        "S3",
        "self-help",
        "mechanism",
        "the same decision with its allies",
        "a state whose allies are taken away arms more",
        (*BOTH, "BOP", "BOT"),
        measure_self_help,
        "n",
        (
            Part(
                "arming without its allies less with them",
                lambda sums: mean_of("without")(sums) - mean_of("with")(sums),
                at_least=0.01,
            ),
            Part("arming with them", mean_of("with"), reported=True),
        ),
    ),
    Row(
        "S4",
        "the choice is to balance or to bandwagon; states balance more",
        "emergent",
        "the lottery of partners and adversaries",
        "bandwagon of balance and bandwagon 0.03-0.25; balance above its lottery, bandwagon below",
        THEORIES,
        measure_kinds,
        "n",
        kind_parts(),
    ),
    Row(
        "S5",
        "an alliance is a formal or informal arrangement",
        "emergent",
        "one kind of tie alone",
        "treaties, conduct and coalitions each occur, and none is another",
        BOTH,
        measure_s5,
        "n",
        (
            Part(
                "treaty and coalition in common", partial(_overlap, "treaty", "coalition"), 0, 0.8
            ),
            Part("treaty and conduct in common", partial(_overlap, "treaty", "conduct"), 0, 0.8),
            Part(
                "coalition and conduct in common", partial(_overlap, "coalition", "conduct"), 0, 0.8
            ),
            Part("coalitions of all ties", mean_of("coalition"), at_least=0.02),
        ),
    ),
    Row(
        "S6",
        "obligations: use or non-use of force, for security or to increase power",
        "mechanism",
        "weak or unambitious states",
        "each type is signed and invoked; strong, ambitious states offer offence pacts more",
        BOTH,
        measure_s6,
        "n",
        (
            Part("offence in their pacts, more than in others'", of_table, at_least=0.02),
            Part("share of the rarest obligation", _least_signed, at_least=0.002),
            Part("calls for each defence pact signed", mean_of("called", "defense"), 0.01),
        ),
    ),
    Row(
        "S7",
        "alliances aggregate capabilities",
        "mechanism",
        "a fair coin",
        "the stronger side wins more of the wars that are decided",
        BOTH,
        measure_s7,
        "n",
        (Part("wars won by the stronger side", mean_of("won"), at_least=0.6),),
    ),
    Row(
        "S8",
        "alliances reduce uncertainty",
        "mechanism",
        "the error about those who are no partners, of like hope",
        "senders err less about their partners' answers",
        (*BOTH, "BOP", "BOT"),
        measure_s8,
        "n",
        (Part("squared error about partners less others", of_table, at_most=-0.01),),
    ),
    Row(
        "S9",
        "security dilemma",
        "mechanism",
        "the same turns without the arming",
        "others grow more insecure, and arm or ally more",
        BOTH,
        measure_s9,
        "n",
        (
            Part("others' insecurity", mean_of("insecurity"), at_least=0.005),
            Part("others' arming", mean_of("arms"), at_least=-0.005),
            Part("offers of pacts against it", mean_of("pacts"), at_least=0.0),
        ),
    ),
    Row(
        "S10",
        "intentions are never known for certain",
        "mechanism",
        "perfect knowledge, or none",
        "beliefs go with what others then intend at 0.3-0.95, and differ between observers",
        BOTH,
        measure_s10,
        "pairs",
        (
            Part("correlation of belief and intention", correlation(), 0.3, 0.95),
            Part("spread between observers", mean_of("differ", "count"), at_least=0.02),
            Part("correlation of belief and ambition", correlation("ambition_"), reported=True),
        ),
    ),
    Row(
        "S11",
        "alliances can be dangerous: they provoke counter-alliances",
        "mechanism",
        "the same turns without the pact",
        "with the pact, its adversary offers or is offered more pacts against them within 5 turns",
        BOTH,
        measure_s11,
        "n",
        (
            Part("counter-offers with the pact less without", mean_of("gap"), at_least=0.05),
            Part("offers of anybody, with it less without", mean_of("anybody"), reported=True),
            Part("signers that the adversary could name", mean_of("named"), reported=True),
        ),
    ),
    Row(
        "S12",
        "every state has an alliance policy, even if only to avoid alliances",
        "mechanism",
        "never, or always",
        "standing alone is chosen a non-trivial share of the time",
        BOTH,
        measure_s12,
        "n",
        (Part("first envoys that stay at home", mean_of("alone"), 0.05, 0.95),),
    ),
    Row(
        "S13",
        "under preponderance states are drawn to bandwagon, yet balance more",
        "emergent",
        "no slope",
        "bandwagoning rises with the leader's share, and stays below balancing",
        THEORIES,
        measure_s13,
        "n",
        (
            Part("bandwagoning by 0.1 of the leader's share", slope_of(0, 0.1), at_least=0.002),
            Part(
                "bandwagoning of balance and bandwagoning",
                share_of("bandwagon", "balance"),
                at_most=0.45,
            ),
        ),
    ),
    Row(
        "S14",
        "alliances may in themselves neither prevent nor promote war",
        "emergent",
        "the same turns without the pact",
        "two-sided: inside 0.15 wars of its members in 5 turns",
        BOTH,
        measure_s14,
        "n",
        (Part("wars of the members with the pact less without", mean_of("gap"), -0.15, 0.15),),
    ),
)
"""Rows S1 to S14."""
