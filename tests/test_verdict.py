"""What a verdict rests on: choices that were made, a check of fit, and counts without a model."""

import numpy as np
import pytest
from outside_conduct import expected, play

from game import Campaign, load_map
from game.inference.acts import acts
from game.inference.choice_fit import fitted, stacked
from game.inference.choice_sets import ChoiceSet, choice_sets
from game.inference.crucial_tests import crucial_tests
from game.inference.fit_check import fit_check
from game.inference.hypotheses import HYPOTHESES, readings
from game.inference.option_figures import NAME
from game.inference.posterior import NONE, finding, verdict_of


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    made = Campaign.new(load_map("five-crowns"), seed=4, turns=12)
    while not made.over:
        made.submit()
    return made


@pytest.fixture(scope="module")
def choices(campaign: Campaign) -> list[ChoiceSet]:
    return choice_sets(campaign.history)


@pytest.mark.parametrize("rule", ["silence", "rotates"])
def test_conduct_of_no_doctrine_is_given_none(rule: str) -> None:
    made = Campaign.new(load_map("five-crowns"), player="ALD", seed=100, turns=20)
    play(made, rule, 100)
    own = choice_sets(made.history, ["ALD"])
    assert finding("ALD", own).verdict in expected(rule)


def test_who_never_acts_leaves_every_hypothesis_as_likely_as_another() -> None:
    shown = finding("ALD", [])
    assert set(shown.posterior) == set(HYPOTHESES)
    assert set(shown.posterior.values()) == {1 / len(HYPOTHESES)}
    assert shown.verdict == "UNDECIDED"


def test_rivals_that_are_no_doctrine_share_the_verdict_none() -> None:
    assert verdict_of({"BOP": 0.1, "HABIT": 0.5, "RECIPROCITY": 0.4}) == NONE
    assert verdict_of({"BOP": 0.85, "HABIT": 0.15}) == "BOP"
    assert verdict_of({"RANDOM": 0.9, "BOP": 0.1}) == "CHANCE"


def test_the_fit_is_a_maximum_and_its_chances_sum_to_one(choices: list[ChoiceSet]) -> None:
    named = [one for one in choices if one.kind == NAME]
    (_, reading), *_ = readings(NAME)["BOT"]
    stack = stacked(named, [reading])
    found = fitted(stack)
    sums = np.add.reduceat(found.probability[0], stack.starts)
    assert np.allclose(sums, 1.0)
    again = fitted(stack, found.weights + 0.3)
    assert np.allclose(again.weights, found.weights, atol=0.05)


def test_what_is_unlike_a_doctrine_fails_its_check(choices: list[ChoiceSet]) -> None:
    one = next(it for it in choices if it.kind == NAME and len(it.against) > 2)
    chance = np.full(len(one.against), 0.01 / (len(one.against) - 1))
    chance[(one.taken + 1) % len(one.against)] = 0.99
    assert not fit_check([one] * 4, np.tile(chance, 4)).passed
    chance = np.roll(chance, -1)
    assert fit_check([one] * 4, np.tile(chance, 4)).passed


def test_crucial_tests_count_each_occasion_once(campaign: Campaign) -> None:
    done = acts(campaign.history)
    found = crucial_tests(done)
    assert found.occasions == found.power + found.threat + found.neither
    assert found.occasions > 3
