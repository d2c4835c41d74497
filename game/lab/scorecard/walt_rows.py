"""Rows T1 to T14: Walt, balance of threat."""

from dataclasses import replace

import numpy as np

from game.engine.phases.influence import bought, in_need
from game.lab import forks
from game.lab.conduct import BALANCE, BANDWAGON, Choice, Conduct, Seen
from game.lab.forks import FORKED
from game.lab.scorecard import identities
from game.lab.scorecard.alignment_rows import ablated_share, measure_ablations, risen
from game.lab.scorecard.decision_forks import measure_signatures
from game.lab.scorecard.dyads import measure_dyads, secure_less_insecure
from game.lab.scorecard.pact_forks import measure_t5
from game.lab.scorecard.permutation_tests import gap, measure_nearness
from game.lab.scorecard.row import (
    THEORIES,
    ByWorld,
    Measured,
    Part,
    Row,
    enter,
    pooled,
    ratio,
    table,
)
from game.lab.scorecard.shared_figures import Figure, mean_of, of_table, share_of
from game.lab.scorecard.third_party_choices import fear_gap, stands
from game.theory.choice_rule import probabilities, utilities
from game.theory.choices import question_appraisal
from game.theory.doctrine import term_weights
from game.world.model import World
from game.world.orders import Terms
from game.world.public_finance import revenue
from game.world.questions import OfferQuestion
from game.world.sight import Floats, seen_by


def first_choices(conduct: Conduct, *doctrines: str) -> list[Choice]:
    """The first envoys of states of some doctrines, if a binding pact had any chance.

    Rows use the probabilities of such a decision, not only the option that was drawn.
    """
    return [
        choice
        for choice in conduct.choices
        if choice.rank == 0
        and choice.seen.feared
        and choice.seen.doctrine in doctrines
        and choice.share(choice.binding) > 1e-6
    ]


def measure_t2(conduct: Conduct) -> Measured:
    """Against whom states sign pacts if the strongest state is not the most threatening."""
    sums = {"n": 0.0}
    for doctrine in ("BOP", "BOT"):
        for name in ("named", "strongest", "menacing", "lot_strongest", "lot_menacing"):
            sums[f"{doctrine}_{name}"] = 0.0
    for choice in first_choices(conduct, "BOP", "BOT"):
        seen, against = choice.seen, choice.menu.pacts.against
        strongest, menacing = _strongest_and_menacing(seen)
        if strongest == menacing:
            continue
        named = against >= 0
        key, weight = seen.doctrine, choice.share(named)
        lots = choice.drawn(named)
        if lots <= 0:
            continue
        sums["n"] += 1
        sums[f"{key}_named"] += weight
        for name, target in (("strongest", strongest), ("menacing", menacing)):
            sums[f"{key}_{name}"] += choice.share(against == target)
            sums[f"{key}_lot_{name}"] += choice.drawn(against == target) / lots * weight
    return sums


def _strongest_and_menacing(seen: Seen) -> tuple[int, int]:
    c = seen.sight.facts.c.copy()
    c[seen.me] = -1.0
    faced = seen.blind["BOT"].faced[seen.me]
    return int(np.argmax(c)), int(np.argmax(faced))


def _against(doctrine: str, target: str, other: str) -> Figure:
    """A doctrine's rate of pacts against one state above a random choice, minus the same for
    another."""

    def figure(sums: ByWorld) -> Floats:
        one = pooled(sums)
        excess = one[f"{doctrine}_{target}"] - one[f"{doctrine}_lot_{target}"]
        rest = one[f"{doctrine}_{other}"] - one[f"{doctrine}_lot_{other}"]
        return ratio(excess - rest, one[f"{doctrine}_named"])

    return figure


def measure_t3(conduct: Conduct) -> Measured:
    """How often the partner of a pact is feared less than its adversary."""
    sums = {"n": 0.0, "named": 0.0, "milder": 0.0, "lot": 0.0}
    for choice in first_choices(conduct, "BOT"):
        pacts = choice.menu.pacts
        faced = choice.seen.view.faced[choice.seen.me]
        named = pacts.against >= 0
        milder = named & (faced[pacts.partner] < faced[np.where(named, pacts.against, 0)])
        lots = choice.drawn(named)
        if lots <= 0:
            continue
        weight = choice.share(named)
        sums["n"] += 1
        sums["named"] += weight
        sums["milder"] += choice.share(milder)
        sums["lot"] += choice.drawn(milder) / lots * weight
    return sums


def _above_lot(sums: ByWorld) -> Floats:
    one = pooled(sums)
    return ratio(one["milder"] - one["lot"], one["named"])


def measure_t6(conduct: Conduct) -> Measured:
    """Whether states that join the side they fear more do so when it is about to win."""
    sums = {"n": 0.0, "joined": 0.0, "winning": 0.0, "sides": 0.0, "lot": 0.0}
    for stand in stands(conduct):
        if not stand.in_war or stand.seen.doctrine != "BOT":
            continue
        for side in stand.sides:
            if fear_gap(stand.seen, side.foe, side.leader) >= 0:
                continue
            sums["n"] += 1
            sums["sides"] += 1
            sums["joined"] += side.likely
            sums["lot"] += side.chance > 0.75
            sums["winning"] += side.likely * (side.chance > 0.75)
    return sums


def _clustered(sums: ByWorld) -> Floats:
    return mean_of("winning", "joined")(sums) - mean_of("lot", "sides")(sums)


def measure_t7(conduct: Conduct) -> Measured:
    """Bandwagoning / (balancing + bandwagoning) of weak, adjacent and friendless states."""
    sums = {
        "n": 0.0,
        "weak_bandwagon": 0.0,
        "weak_balance": 0.0,
        "bandwagon": 0.0,
        "balance": 0.0,
    }
    for choice in first_choices(conduct, "BOP", "BOT"):
        seen = choice.seen
        facts = seen.sight.facts
        weak = facts.c[seen.me] < np.median(facts.c[facts.there])
        adjacent = facts.D[seen.me, seen.feared[0]] >= 1.0
        alone = not seen.bound[seen.me].any()
        exposed = "weak_" if weak and adjacent and alone else ""
        sums["n"] += bool(exposed)
        sums[f"{exposed}bandwagon"] += choice.share(choice.kinds == BANDWAGON)
        sums[f"{exposed}balance"] += choice.share(choice.kinds == BALANCE)
    return sums


def _weak_join_more(sums: ByWorld) -> Floats:
    weak = share_of("weak_bandwagon", "weak_balance")(sums)
    return weak - share_of("bandwagon", "balance")(sums)


def measure_t9(conduct: Conduct) -> Measured:
    """How likely a pact between like regimes is left, if the partner is a threat or not."""
    entered = table(1)
    for choice in conduct.choices:
        if choice.rank or choice.seen.doctrine != "BOT":
            continue
        seen = choice.seen
        faced = seen.view.faced[seen.me]
        total = float(faced.sum())
        index = 1 + len(choice.menu.pacts.partner)
        left: dict[int, tuple[bool, float]] = {}
        for number, (treaty, _) in enumerate(choice.menu.leaving):
            if len(treaty.parties) != 2 or not treaty.binding or total <= 0:
                continue
            other = conduct.index[treaty.others(seen.sight.me)[0]]
            if seen.sight.facts.affinity[seen.me, other] < 0.5:
                continue
            threat = bool(faced[other] > 0.25 * total)
            chance = left.get(treaty.id, (threat, 0.0))[1]
            left[treaty.id] = (
                threat,
                chance + float(choice.record.probabilities[index + number]),
            )
        for threat, chance in left.values():
            enter(entered, 0, threat, chance)
    return {"n": float(entered[0, :, 0].sum()), "table": entered}


GIFT = 3_000
"""The aid given in the fork of T10, bp of the recipient's revenue."""


def measure_t10(conduct: Conduct) -> Measured:
    """Fork: a large gift, with and without need and monopoly, and the answer to the same offer.

    A state at war, or one that spends more than it earns, is in need whatever its treasury: it is
    no case of "without need". Measured too: the share of aid that went to partners, and the share
    that a random choice from the menu would give them.
    """
    sums = {"n": 0.0, "with": 0.0, "without": 0.0, "without_n": 0.0}
    for seen, record in conduct.records:
        if record.family != "aid":
            continue
        partners = np.array(
            [
                option is not None and bool(seen.view.field.tied[seen.me, conduct.index[option.to]])
                for option in record.options
            ]
        )
        given = 1.0 - float(record.probabilities[0])
        if len(partners) < 2 or given < 1e-9:
            continue
        sums["given"] = sums.get("given", 0.0) + given
        aligned = float(record.probabilities[partners].sum())
        sums["aligned"] = sums.get("aligned", 0.0) + aligned
        lot = given * float(partners[1:].mean())
        sums["lot"] = sums.get("lot", 0.0) + lot
    for name in ("given", "aligned", "lot"):
        sums.setdefault(name, 0.0)
    turns = len(conduct.history.turns)
    if not turns:
        return sums
    record_ = conduct.history.turns[forks.sample(conduct, "T10", turns)]
    for state in record_.start.playing():
        _gift(conduct, record_.start, record_.turn, state, sums)
    return sums


def _gift(conduct: Conduct, world: World, turn: int, state: str, sums: dict[str, float]) -> None:
    """Add the effect of a gift on the answer that a state would give to its donor's offer."""
    seen = conduct.seen[turn - 1].get(conduct.index[state])
    if seen is None or not seen.feared:
        return
    others = [
        name
        for name in world.playing()
        if name != state
        and conduct.index[name] not in seen.feared
        and not world.at_war(name, state)
    ]
    if not others:
        return
    donor = max(others, key=lambda name: (float(seen.sight.facts.c[conduct.index[name]]), name))
    amount = revenue(world, state) * GIFT // 10_000
    index = conduct.index[state]
    rich = forks.with_state(world, index, treasury=10 * revenue(world, state))
    poor = forks.with_state(world, index, treasury=0)
    changed = {"with": replace(poor, aid={**_aid_but(world, state), (donor, state): amount})}
    if not in_need(rich, state):
        other_aid = {(others[0] if others[0] != donor else others[-1], state): amount}
        changed["without"] = replace(rich, aid={**other_aid, (donor, state): amount})
    offer = OfferQuestion(
        "lab", state, donor, Terms(("defense",), conduct.ids[seen.feared[0]], 6), final=True
    )
    for name, given in changed.items():
        chances = []
        for leverage in (bought(given, donor, state), 0):
            world_ = replace(given, leverage={(donor, state): leverage})
            sight = seen_by(world_, conduct.position.beliefs[turn - 1], state)
            view = conduct.position.frame.view(sight, seen.seat.doctrine, seen.seat.habits)
            appraisal = question_appraisal(view, sight, offer)
            weights = term_weights(
                conduct.position.frame.doctrines[seen.seat.doctrine].weights, seen.seat.drive
            )
            utility = utilities(appraisal.terms, weights)
            chances.append(float(probabilities(utility, seen.seat.noise, False)[1]))
        sums[name] += chances[0] - chances[1]
    sums["n"] += 1
    sums["without_n"] += "without" in changed


def _aid_but(world: World, state: str) -> dict[tuple[str, str], int]:
    return {pair: amount for pair, amount in world.aid.items() if pair[1] != state}


def measure_t11(conduct: Conduct) -> Measured:
    """What one turn of penetration adds in an open, like society, and in one that is neither.

    Penetration that is found out adds nothing.
    """
    sums = {"n": 0.0, "with": 0.0, "with_n": 0.0, "without": 0.0, "without_n": 0.0}
    for record in conduct.history.turns:
        for one in record.events:
            if one.kind not in ("penetration_made", "plot_found"):
                continue
            before = record.start.networks.get((one.actor, one.target), 0)
            depth = one.number("depth") if one.kind == "penetration_made" else before // 3
            kin = conduct.atlas.affinity[conduct.index[one.actor], conduct.index[one.target]]
            openness = conduct.atlas.sheet(one.target).openness
            if openness >= 5_000 and kin >= 5_000:
                name = "with"
            elif openness < 5_000 and kin < 5_000:
                name = "without"
            else:
                continue
            sums[name] += (depth - before) / 10_000
            sums[f"{name}_n"] += 1
            sums["n"] += 1
    return sums


def _by_signature(sums: ByWorld) -> Floats:
    """How much of the support of those bound is due to the signature alone."""
    return mean_of("signed", "bound")(sums) - mean_of("unsigned", "bound")(sums)


def _raw_effect(sums: ByWorld) -> Floats:
    """The support of those bound less that of the others."""
    return mean_of("signed", "bound")(sums) - mean_of("given", "others")(sums)


T_ROWS: tuple[Row, ...] = (
    identities.row(
        "T1",
        "threat = aggregate power, proximity, offensive capability, offensive intentions",
        "raising one factor never lowers a threat, and raises that one",
        identities.no_factor_calms,
    ),
    Row(
        "T2",
        "states ally against the most threatening, even where another is stronger",
        "mechanism",
        "the lottery of adversaries",
        "where they differ, BOT binds against the most threatening, BOP against the strongest",
        THEORIES,
        measure_t2,
        "n",
        (
            Part("BOT: menacing over strongest", _against("BOT", "menacing", "strongest"), 0.05),
            Part("BOP: strongest over menacing", _against("BOP", "strongest", "menacing"), 0.05),
        ),
    ),
    Row(
        "T3",
        "states join less threatening states to curb a greater enemy",
        "emergent",
        "the lottery of partners and adversaries",
        "BOT states' partners are feared less than their targets",
        THEORIES,
        measure_t3,
        "n",
        (Part("partner milder than target, above lottery", _above_lot, at_least=0.05),),
    ),
    Row(
        "T4",
        "balancing keeps influence; bandwagoning gives it away",
        "mechanism",
        "the same choices without the term",
        "with autonomy off, bandwagoning rises",
        THEORIES,
        measure_ablations,
        "n",
        (
            Part("bandwagoning without the term, relative rise", risen("autonomy"), at_least=0.05),
            Part("bandwagon of both, as it is", ablated_share("kept"), reported=True),
        ),
    ),
    Row(
        "T5",
        "bandwagoning as appeasement: to divert an attack",
        "mechanism",
        "the same turns without the tie",
        "those tied to the state they fear most are attacked less by it",
        FORKED,
        measure_t5,
        "n",
        (
            Part(
                "expected demands and attacks in 8 turns, with less without",
                lambda sums: mean_of("with")(sums) - mean_of("without")(sums),
                at_most=-0.005,
            ),
        ),
    ),
    Row(
        "T6",
        "bandwagoning for spoils, in wartime, when the victor can be foreseen",
        "emergent",
        "the sides that could be joined",
        "joins to a side that is feared more cluster where its chance is above 0.75",
        THEORIES,
        measure_t6,
        "n",
        (Part("share to a side about to win, above the lottery", _clustered, at_least=0.1),),
    ),
    Row(
        "T7",
        "balancing is commoner than bandwagoning; the exception is the weak, adjacent, friendless",
        "emergent",
        "all other states",
        "bandwagoning is a higher share among the weak and adjacent without allies",
        THEORIES,
        measure_t7,
        "n",
        (Part("bandwagon of both, such states less others", _weak_join_more, at_least=0.02),),
    ),
    Row(
        "T8",
        "ideology guides those who are already secure",
        "mechanism",
        "insecure states",
        "likeness of regime adds more to offers of secure BOT states",
        THEORIES,
        measure_dyads,
        "n",
        (Part("effect of likeness, secure less insecure", secure_less_insecure, at_least=0.1),),
    ),
    Row(
        "T9",
        "ideological alliances do not survive the intrusion of pragmatic interest",
        "mechanism",
        "kindred partners that are no threat",
        "pacts of the like-minded are left more once the partner is a threat",
        THEORIES,
        measure_t9,
        "n",
        (Part("chance to leave, threat less none", of_table, at_least=0.005),),
    ),
    Row(
        "T10",
        "aid does not make allies; it has effect only under conditions",
        "mechanism",
        "the same offer without the gift",
        "the answer shifts beyond 0.01 with need and monopoly, inside it without; "
        "aid goes to partners",
        FORKED,
        measure_t10,
        "n",
        (
            Part("shift of acceptance with the conditions", mean_of("with"), at_least=0.01),
            Part("shift of acceptance without them", mean_of("without", "without_n"), -0.01, 0.01),
            Part(
                "aid to partners above the lottery",
                lambda sums: mean_of("aligned", "given")(sums) - mean_of("lot", "given")(sums),
                at_least=0.05,
            ),
        ),
    ),
    Row(
        "T11",
        "penetration: very limited; matters in open societies where foundations exist",
        "mechanism",
        "closed and alien societies",
        "a turn's work gains beyond 0.08 of depth in open, kindred societies, inside it elsewhere",
        FORKED,
        measure_t11,
        "n",
        (
            Part("depth gained with the conditions", mean_of("with", "with_n"), at_least=0.08),
            Part("depth gained without them", mean_of("without", "without_n"), -0.08, 0.08),
        ),
    ),
    Row(
        "T12",
        "lesser powers matter; alliances are regional",
        "mechanism",
        "the same choices with places dealt anew; BOP states, who do not see distance",
        "pacts are nearer under BOT than with places dealt anew, by 0.02 of proximity or more; "
        "under BOP they are not",
        THEORIES,
        measure_nearness,
        "n",
        (
            Part("nearness of pacts under BOT, above places dealt anew", gap("BOT"), at_least=0.02),
            Part("the same under BOP", gap("BOP"), -0.02, 0.02),
        ),
    ),
    identities.row(
        "T13",
        "perception stands between facts and choices",
        "with another belief, the same world is chosen in otherwise",
        identities.choices_follow_beliefs,
    ),
    Row(
        "T14",
        "a signature says little of the actual commitment",
        "emergent",
        "the same question in the same world without the treaty",
        "in crises of others, at most half of what those bound support more is by signature",
        (*THEORIES, "mixed"),
        measure_signatures,
        "bound",
        (
            Part(
                "effect of the signature less half of the raw one",
                lambda sums: _by_signature(sums) - _raw_effect(sums) / 2,
                at_most=0.0,
            ),
            Part("effect of the signature on support", _by_signature, reported=True),
            Part("raw effect on support", _raw_effect, reported=True),
        ),
    ),
)
"""Rows T1 to T14."""
