"""Rows W1 to W14: Waltz, balance of power."""

import numpy as np

from game.lab import forks
from game.lab.conduct import Conduct
from game.lab.forks import FORKED
from game.lab.scorecard import identities
from game.lab.scorecard.alignment_rows import (
    ABLATIONS,
    ablated,
    ablated_share,
    measure_ablations,
)
from game.lab.scorecard.decision_forks import measure_longevity
from game.lab.scorecard.pact_forks import measure_w8, measure_w10, measure_w12
from game.lab.scorecard.permutation_tests import gap, measure_kinship
from game.lab.scorecard.row import (
    THEORIES,
    ByWorld,
    Measured,
    Part,
    Row,
)
from game.lab.scorecard.shared_figures import Figure, mean_of, share_of
from game.lab.scorecard.third_party_choices import stands
from game.world.capability import capability
from game.world.model import World
from game.world.public_finance import revenue
from game.world.sight import Floats, facts_of

JOINERS = "BANDWAGON"


def measure_w2(conduct: Conduct) -> Measured:
    """Which side BOP states take while it is open who wins.

    The weaker side is the one with less capability, as the theory measures strength. The odds of
    the war (which depend on armies, terrain and distance) only decide whether it is open.
    """
    weaker = stronger = cases = 0.0
    for stand in stands(conduct):
        if stand.seen.doctrine != "BOP" or not 0.25 <= stand.sides[0].chance <= 0.75:
            continue
        cases += 1
        first, second = sorted(stand.sides, key=lambda side: side.share)
        weaker += first.likely
        stronger += second.likely
    return {"n": cases, "weaker": weaker, "stronger": stronger}


def measure_w4(conduct: Conduct) -> Measured:
    """How often states join the side that is about to win, by doctrine."""
    sums = {"n": 0.0, "BOP": 0.0, "BOP_n": 0.0, "BANDWAGON": 0.0, "BANDWAGON_n": 0.0}
    for stand in stands(conduct):
        doctrine = stand.seen.doctrine
        winning = max(stand.sides, key=lambda side: side.chance)
        if not stand.in_war or winning.chance <= 0.75 or doctrine not in ("BOP", JOINERS):
            continue
        sums[doctrine] += winning.likely
        sums[f"{doctrine}_n"] += 1
        sums["n"] += 1
    return sums


def _joins_less(sums: ByWorld) -> Floats:
    power = mean_of("BOP", "BOP_n", *(world for world in sums if world != JOINERS))(sums)
    joiners = mean_of("BANDWAGON", "BANDWAGON_n", JOINERS)(sums)
    return power - joiners


EVEN = 1.5
"""The largest ratio of strength between the parties of an even deal."""


def measure_w5(conduct: Conduct) -> Measured:
    """How often states of like strength accept even deals, by doctrine.

    A counter-offer is no acceptance.
    """
    sums = {"BOP": 0.0, "BOP_n": 0.0, "BOT": 0.0, "BOT_n": 0.0, "n": 0.0}
    for reply, by, _ in conduct.offers():
        doctrine = reply.seen.doctrine
        c = reply.seen.sight.facts.c
        mine, theirs = float(c[reply.seen.me]), float(c[by])
        if doctrine not in ("BOP", "BOT") or max(mine, theirs) > EVEN * min(mine, theirs):
            continue
        if reply.question.terms.burden:  # type: ignore[union-attr]
            continue
        sums[doctrine] += reply.chance_of("accept")
        sums[f"{doctrine}_n"] += 1
        sums["n"] += 1
    return sums


def _refuses_more(sums: ByWorld) -> Floats:
    return mean_of("BOT", "BOT_n")(sums) - mean_of("BOP", "BOP_n")(sums)


AFTER = 8
"""The balance is measured again so many turns after the shock."""
SETTLED = 3
"""The measure is a mean over so many last turns of these."""


def hegemon(conduct: Conduct) -> bool:
    """Whether one state ever held more than half of the world's capability."""
    return any(int(capability(world).max()) > 5_000 for world in conduct.worlds)


def measure_hegemony(conduct: Conduct) -> Measured:
    """Whether one state ever held more than half."""
    return {"worlds": 1.0, "hegemony": float(hegemon(conduct))}


def margin(world: World, index: int) -> float:
    """Capability of a state's side minus that of the states bound or at war against it, in shares
    of the world's capability."""
    c, me = facts_of(world).c, world.states[index].id
    against = {enemy for war in world.wars_of(me) for enemy in war.enemies(me)}
    for treaty in world.treaties:
        if treaty.binding and treaty.against == me:
            against.update(treaty.parties)
    beside = {me, *world.bound_to(me)} - against
    stands = [(state.id in beside) - float(state.id in against) for state in world.states]
    return float(np.array(stands) @ c)


def measure_w7(conduct: Conduct) -> Measured:
    """Fork: the strongest state becomes three times as strong; how much of the lead it keeps.

    Its forces and the economy that pays for them are both tripled, so that only the conduct of
    others can undo the shock. The margin is compared with the same turns without the shock.
    """
    sums = {**measure_hegemony(conduct), "n": 0.0, "shock": 0.0, "left": 0.0}
    last = forks.last_turn(conduct, AFTER)
    alone = {seat.doctrine for seat in conduct.envelope.values()} == {"ISOLATION"}
    if last < 1 or alone:
        return sums
    turn = 1 + forks.sample(conduct, "W7", last)
    world = conduct.history.turns[turn - 1].start
    index = int(np.argmax(facts_of(world).c))
    state = world.states[index]
    grown = forks.with_state(
        world,
        index,
        army=3 * state.army,
        fleet=3 * state.fleet,
        invested=state.invested + 2 * revenue(world, state.id),
    )
    before = forks.as_it_was(conduct, turn, AFTER)
    after = forks.with_world(conduct, turn, grown, AFTER)
    left = [
        margin(after.worlds[one], index) - margin(before.worlds[one], index)
        for one in range(-SETTLED, 0)
    ]
    return {
        **sums,
        "n": 1.0,
        "shock": margin(grown, index) - margin(world, index),
        "left": sum(left) / len(left),
    }


def _undone(*worlds: str) -> Figure:
    """How much of the shock was undone, in shares of the world's capability, on average."""

    def figure(sums: ByWorld) -> Floats:
        return mean_of("shock", "n", *worlds)(sums) - mean_of("left", "n", *worlds)(sums)

    return figure


def _hegemony_rarer(sums: ByWorld) -> Floats:
    theories = mean_of("hegemony", "worlds", "BOP", "BOT")(sums)
    return mean_of("hegemony", "worlds", "ISOLATION")(sums) - theories


def measure_w9(conduct: Conduct) -> Measured:
    """Counter-offers, and how many of them became treaties."""
    offers = counters = agreed = 0
    for record in conduct.history.turns:
        signed = {
            frozenset((one.actor, one.target))
            for one in record.events
            if one.kind == "treaty_signed"
        }
        for one in record.events:
            offers += one.kind == "treaty_offered"
            if one.kind == "treaty_countered":
                counters += 1
                agreed += frozenset((one.actor, one.target)) in signed
    return {"n": float(offers), "counters": float(counters), "agreed": float(agreed)}


def _leaving(more: str, less: str) -> Figure:
    """By how much likelier a pact is left in one fork than in another."""
    return lambda sums: mean_of(more)(sums) - mean_of(less)(sums)


W_ROWS: tuple[Row, ...] = (
    identities.row(
        "W1",
        "states balance against capabilities: the strongest state or group of states",
        "permuting all but capability changes no alignment of a BOP state",
        identities.power_alone,
    ),
    Row(
        "W2",
        "states join the weaker of two coalitions",
        "mechanism",
        "the two sides alike",
        "BOP states stand by the weaker side where its chance is 0.25-0.75",
        THEORIES,
        measure_w2,
        "n",
        (Part("the weaker side, of stands taken", share_of("weaker", "stronger"), at_least=0.55),),
    ),
    Row(
        "W3",
        "ally with the devil to avoid the hell of military defeat",
        "mechanism",
        "the same choices with regimes dealt anew",
        "no effect (equivalence): BOP states' partners are no more kindred than with regimes dealt "
        "anew, within 0.02 of kinship",
        THEORIES,
        measure_kinship,
        "BOP_n",
        (
            Part(
                "kinship of partners under BOP, above regimes dealt anew", gap("BOP"), -0.02, 0.02
            ),
            Part("the same under BOT", gap("BOT"), reported=True),
        ),
    ),
    Row(
        "W4",
        "security is the end; position is to be maintained, not power maximised",
        "mechanism",
        "states that join the stronger for profit",
        "BOP states decline to join a side about to win",
        (*THEORIES, JOINERS),
        measure_w4,
        "n",
        (Part("BOP joins less BANDWAGON joins", _joins_less, at_most=-0.05),),
    ),
    Row(
        "W5",
        "gains are relative: zero-sum",
        "mechanism",
        "BOT states in the same worlds",
        "BOP states accept even-handed deals less",
        THEORIES,
        measure_w5,
        "n",
        (Part("acceptance by BOT less by BOP", _refuses_more, at_least=0.03),),
    ),
    Row(
        "W6",
        "balances emerge from each state's wish to survive; nobody aims at them",
        "emergent",
        "the lottery, with a term of the utility switched off",
        "balancing stays above its lottery without feeding, entanglement and autonomy; what fails "
        "without a term is caused by it",
        THEORIES,
        measure_ablations,
        "n",
        (
            Part("balance above lottery, all three off", ablated("all three", "balance"), 0.02),
            *(
                Part(f"balance above lottery, {name} off", ablated(name, "balance"), reported=True)
                for name in ("kept", *ABLATIONS)
            ),
            *(
                Part(f"bandwagon of both, {name} off", ablated_share(name), reported=True)
                for name in ("kept", *ABLATIONS)
            ),
        ),
    ),
    Row(
        "W7",
        "a balance once disrupted is restored in one way or another",
        "emergent",
        "RANDOM worlds; ISOLATION for hegemony",
        "the strongest, grown at a stroke, is made up for by others more; hegemony is rarer",
        ("BOP", "BOT", "RANDOM", "ISOLATION"),
        measure_w7,
        "n",
        (
            Part(
                "undone in 8 turns, in shares of the world, theories less RANDOM",
                lambda sums: _undone("BOP", "BOT")(sums) - _undone("RANDOM")(sums),
                at_least=0.02,
            ),
            Part("undone under BOP and BOT", _undone("BOP", "BOT"), reported=True),
            Part("undone under RANDOM", _undone("RANDOM"), reported=True),
            Part("the shock", mean_of("shock"), reported=True),
            Part("hegemony under ISOLATION less BOP and BOT", _hegemony_rarer, 0.02, seldom=True),
        ),
    ),
    Row(
        "W8",
        "the common interest is negative, fear of others; no alliance without its adversary",
        "mechanism",
        "the same turns with the adversary as strong as it was",
        "with the adversary weakened, the pact ends sooner",
        FORKED,
        measure_w8,
        "n",
        (Part("turns that the pact lasts, weakened less as it was", mean_of("gap"), -9, -0.1),),
    ),
    Row(
        "W9",
        "alliance terms are a product of compromise",
        "mechanism",
        "take it or leave it",
        "counter-offers occur and are accepted",
        FORKED,
        measure_w9,
        "n",
        (
            Part("counter-offers accepted", mean_of("agreed", "counters"), at_least=0.05),
            Part("counters of offers", mean_of("counters"), at_least=0.01),
        ),
    ),
    Row(
        "W10",
        "a member that settles with a rival makes its allies uneasy",
        "mechanism",
        "the same turns without the rapprochement",
        "without the rapprochement, the pact lasts longer",
        FORKED,
        measure_w10,
        "n",
        (Part("turns that the pact lasts, with less without", mean_of("gap"), -9, -0.1),),
    ),
    Row(
        "W11",
        "institutions add little longevity; members decide",
        "mechanism",
        "the same decision on the same pact, new or old, its adversary strong or weak",
        "age holds a pact together, less than its adversary does",
        THEORIES,
        measure_longevity,
        "n",
        (
            Part(
                "leaving for want of an adversary less staying for age",
                lambda sums: _leaving("weak", "feared")(sums) - _leaving("new", "old")(sums),
                at_least=0.0,
            ),
            Part("chance to leave, old less new", _leaving("old", "new"), at_most=0.0),
            Part(
                "chance to leave, adversary weak less strong",
                _leaving("weak", "feared"),
                reported=True,
            ),
        ),
    ),
    Row(
        "W12",
        "the strongest member controls formation, longevity and disintegration",
        "mechanism",
        "another member's exit",
        "the leader's exit ends more of the ties among those who stay, beside who stays",
        FORKED,
        measure_w12,
        "n",
        (
            Part(
                "ties among the rest lost by the leader's exit less by another's",
                lambda sums: mean_of("leader")(sums) - mean_of("member")(sums),
                at_least=0.02,
            ),
        ),
    ),
    identities.row(
        "W13",
        "great powers only: lesser states are outside the theory",
        "changing lesser states changes no alignment of a BOP state",
        identities.great_powers_alone,
    ),
    identities.row(
        "W14",
        "the theory does not purport to explain what individual states will do",
        "every verdict says that conduct resembled, never that it followed because",
        identities.worded_modestly,
    ),
)
"""Rows W1 to W14."""
