"""Claims that are true by construction of the rules: checks that must hold in any world.

They test the program and are no evidence for a theory. A check takes what a state sees in some turn
and a seed. The unit tests break the rules on purpose and see each check fail.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from game.lab.conduct import Conduct, Seen
from game.lab.forks import sample
from game.lab.runs import MIXED, RANDOM_MIX
from game.lab.scorecard.row import Measured, Part, Row
from game.lab.scorecard.shared_figures import mean_of
from game.theory import choice_rule
from game.theory.doctrine import BUILT_IN, Doctrine, term_weights
from game.theory.families import alignment
from game.theory.families.pact_worth import BINDS, pact_terms
from game.theory.lens import Scale, view
from game.theory.view_batch import alone
from game.words.verdict_sentences import CHANCE, GLOSSES, UNDECIDED, compared, diagnostic, verdict
from game.world.sight import Facts, Floats, Sight

Check = Callable[[Sight, Mapping[str, Scale], int], bool]


def row(id: str, claim: str, expected: str, check: Check) -> Row:
    """The row of such a claim: in every campaign its check is made once, for one state."""

    def measure(conduct: Conduct) -> Measured:
        turns = [here for here in conduct.seen if here]
        if not turns:
            return {"n": 0.0, "passed": 0.0}
        here = turns[sample(conduct, id, len(turns))]
        poles = [seen for seen in here.values() if seen.pole] or list(here.values())
        seen: Seen = poles[sample(conduct, f"{id} who", len(poles))]
        scales = conduct.position.frame.scales
        passed = check(seen.sight, scales, conduct.history.setup.seed)
        return {"n": 1.0, "passed": float(passed)}

    return Row(
        id,
        claim,
        "identity",
        "none: it is true by the rule",
        expected,
        (MIXED, RANDOM_MIX),
        measure,
        "n",
        (Part("share of checks passed", mean_of("passed"), at_least=1.0),),
    )


def with_facts(sight: Sight, hostile: Floats | None = None, **changes: Any) -> Sight:
    """A sight with other figures and an empty cache."""
    facts = replace(sight.facts, cache={}, **changes)
    return Sight(sight.me, sight.world, sight.hostile if hostile is None else hostile, facts)


def alignment_chances(sight: Sight, held: Sight, doctrine: Doctrine, scale: Scale) -> Floats:
    """A state's alignment probabilities on the menu of `held`."""
    seen = view(sight, doctrine.lens, scale)
    appraisal = alignment.appraise_each(alone(seen), [alignment.AlignmentMenu(held)])[0]
    utility = choice_rule.utilities(appraisal.terms, term_weights(doctrine.weights, 0.5))
    return choice_rule.probabilities(utility, choice_rule.TEMPERATURE, True)


def shuffled(facts: Facts, seed: int) -> dict[str, Floats]:
    """The figures with everything except capability permuted among states."""
    random = np.random.default_rng(seed)
    order = random.permutation(len(facts.c))
    return {
        "D": facts.D[np.ix_(order, order)],
        "O": facts.O[order],
        "affinity": facts.affinity[np.ix_(order, order)],
    }


def power_alone(
    sight: Sight, scales: Mapping[str, Scale], seed: int, doctrine: Doctrine = BUILT_IN["BOP"]
) -> bool:
    """Whether a doctrine's alignments depend on capability alone (THEORY W1, p. 47)."""
    hostile = np.random.default_rng(seed).permutation(sight.hostile)
    other = with_facts(sight, hostile, **shuffled(sight.facts, seed))
    before = alignment_chances(sight, sight, doctrine, scales["BOP"])
    after = alignment_chances(other, sight, doctrine, scales["BOP"])
    return bool(np.array_equal(before, after))


def great_powers_alone(
    sight: Sight, scales: Mapping[str, Scale], seed: int, doctrine: Doctrine = BUILT_IN["BOP"]
) -> bool:
    """Whether what lesser states are leaves alignments as they were (THEORY W13, p. 49).

    Asked of a great power; of another it says nothing and passes.
    """
    if not sight.facts.poles[sight.index]:
        return True
    random = np.random.default_rng(seed)
    lesser = ~sight.facts.poles
    c = np.where(lesser, random.uniform(0.0, 0.5, len(sight.facts.c)), sight.facts.c)
    o = np.where(lesser, random.uniform(0.0, 1.0, len(c)), sight.facts.O)
    other = with_facts(sight, c=c, O=o)
    before = alignment_chances(sight, sight, doctrine, scales["BOP"])
    after = alignment_chances(other, sight, doctrine, scales["BOP"])
    return bool(np.array_equal(before, after))


FACTORS = ("c", "D", "O", "hostile")


def no_factor_calms(
    sight: Sight, scales: Mapping[str, Scale], seed: int, doctrine: Doctrine = BUILT_IN["BOT"]
) -> bool:
    """Whether raising a factor of another's threat raises it and lowers none (THEORY T1, p. 48)."""
    facts = sight.facts
    others = [index for index in np.nonzero(facts.there)[0] if index != sight.index]
    if not others:
        return True
    random = np.random.default_rng(seed)
    index = int(random.choice(others))
    before = view(with_facts(sight), doctrine.lens, scales["BOT"]).tau
    for factor in FACTORS:
        if factor == "hostile":
            raised = sight.hostile.copy()
            raised[index] = min(1.0, raised[index] * 1.5)
            other = with_facts(sight, raised)
        else:
            values = getattr(facts, factor).copy()
            where = (sight.index, index) if factor == "D" else index
            values[where] *= 1.5
            other = with_facts(sight, **{factor: values})
        after = view(other, doctrine.lens, scales["BOT"]).tau
        if not ((after >= before - 1e-15).all() and after[index] > before[index]):
            return False
    return True


def choices_follow_beliefs(
    sight: Sight, scales: Mapping[str, Scale], seed: int, doctrine: Doctrine = BUILT_IN["BOT"]
) -> bool:
    """Whether, in the same world, another belief makes another choice (THEORY T13, p. 50).

    A balancer of threat comes to trust the one it fears most: no pact against that one saves it
    more than before, some save it less, and what it would do is not the same. Where no pact can
    name that one, there is nothing to check.
    """
    del seed
    menu = alignment.AlignmentMenu(sight)
    held = view(sight, doctrine.lens, scales["BOT"])
    pacts = menu.pacts
    faced = held.faced[held.me]
    named = np.unique(pacts.against[pacts.against >= 0])
    if not len(named) or not 1e-6 < float(faced.max()) <= float(faced[named].max()):
        return True
    feared = int(named[np.argmax(faced[named])])
    trusting = sight.hostile.copy()
    trusting[feared] *= 0.1
    other = with_facts(sight, trusting)
    before, after = (
        pact_terms(alone(view(seen, doctrine.lens, scales["BOT"])), pacts)[:, 0]
        for seen in (sight, other)
    )
    against = (pacts.against == feared) & (BINDS[pacts.form] > 0)
    if not against.any():
        return True
    chances = [alignment_chances(seen, sight, doctrine, scales["BOT"]) for seen in (sight, other)]
    gap = (after - before)[against]
    return bool((gap <= 1e-12).all() and (gap < 0).any() and (chances[0] != chances[1]).any())


FORBIDDEN = ("because", "followed", "proves", "proof", "caused")
"""Words that a verdict never uses of a state's reasons."""


def worded_modestly(sight: Sight, scales: Mapping[str, Scale], seed: int) -> bool:
    """Whether every verdict says what conduct resembled, never why (THEORY W14, p. 49)."""
    del scales, seed
    name = sight.world.atlas.name(sight.me)
    held = (*BUILT_IN, UNDECIDED, CHANCE)
    lines = [verdict(name, doctrine, 0.9) for doctrine in held]
    lines += [compared(name, first, second) for first in held for second in BUILT_IN]
    lines.append(diagnostic("1", "It signed", 0.8, 0.2))
    if not all("resembled" in line for line in lines):
        return False
    spoken = " ".join([*lines, *GLOSSES.values()]).lower().split()
    return not any(word.strip(".,;:()") in FORBIDDEN for word in spoken)
