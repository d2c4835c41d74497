"""Forecasts are a mean over the habits that a state may have, and learn from its answers."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import Campaign, load_map
from game.advice.estimated_beliefs import in_the_place_of
from game.advice.forecast import Forecast, answers_with, forecast
from game.advice.imagined import Imagined
from game.campaign import saving
from game.play import silence
from game.theory.doctrine import PLAIN, habit_factor
from game.world.orders import Offer, Order, Terms
from game.world.questions import OfferQuestion
from tests.worlds import with_state

PACT = Offer("SAR", Terms(("defense",), "VOR"))


def begun(seed: int = 1, *, teaching: bool = False) -> Campaign:
    return Campaign.new(load_map("five-crowns"), player="ALD", seed=seed, teaching=teaching)


def turn(campaign: Campaign, *orders: Order) -> None:
    campaign.submit(orders)
    while questions := campaign.questions():
        campaign.answer(silence(questions))


def said(campaign: Campaign) -> list[str]:
    """The answers to the player's offers in the last turn."""
    return [
        str(stage.answers[asked.id])
        for stage in campaign.history.turns[-1].stages
        for asked in stage.questions
        if isinstance(asked, OfferQuestion) and asked.by == "ALD"
    ]


def _by_power(seen: Forecast | None) -> float:
    assert seen is not None
    return seen.if_power


@given(st.lists(st.floats(0, 1), min_size=2, max_size=9))
def test_habits_are_factors_from_a_half_to_double(drawn: list[float]) -> None:
    factors = [habit_factor(one) for one in sorted(drawn)]
    assert all(0.5 <= less <= more <= 2 for less, more in pairwise(factors))
    assert (habit_factor(0), habit_factor(0.5), habit_factor(1)) == (0.5, 1.0, 2.0)


def test_a_forecast_is_the_mean_over_the_habits_that_a_state_may_have() -> None:
    campaign = begun()
    imagined, sight = campaign.adviser.imagined, campaign.sight
    asked = OfferQuestion("f", "SAR", "ALD", PACT.terms)
    theirs = in_the_place_of(sight, "SAR", imagined.estimate)
    chances = [
        dict(answers_with(theirs, imagined.frame, "BOT", habits, asked))["accept"]
        for habits, _ in imagined.habits("SAR", "BOT")
    ]
    assert len(set(chances)) > 1
    seen = forecast(sight, imagined, PACT, 0.5)
    assert seen is not None
    assert seen.if_threat == pytest.approx(sum(chances) / len(chances))


def test_where_all_are_alike_nobody_is_taken_to_have_habits() -> None:
    campaign = begun(teaching=True)
    imagined = campaign.adviser.imagined
    assert imagined.habits("SAR", "BOP") == [(PLAIN, 1.0)]
    turn(campaign, PACT)
    assert campaign.adviser.imagined.shown == {}


@pytest.mark.parametrize("signed", [True, False])
def test_an_answer_makes_the_habits_likelier_that_would_give_it(signed: bool) -> None:
    imagined = begun().adviser.imagined
    would = [0.9, 0.8, 0.5, 0.3, 0.2, 0.1]
    likely = [one if signed else 1 - one for one in would]
    shares = imagined.having_seen("SAR", "BOP", likely).shown["SAR", "BOP"]
    assert sum(shares) == pytest.approx(1)
    assert all((one > other) is signed for one, other in pairwise(shares))


def test_what_never_happens_and_happens_rules_nothing_out() -> None:
    imagined = begun().adviser.imagined
    for _ in range(2_000):
        imagined = imagined.having_seen("SAR", "BOP", [0.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    for _ in range(20):
        imagined = imagined.having_seen("SAR", "BOP", [1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    assert max(imagined.shown["SAR", "BOP"]) == imagined.shown["SAR", "BOP"][0]


def test_an_answer_moves_what_is_expected_of_the_same_offer() -> None:
    """Over several campaigns, of the offer in each whose answer is the least certain."""
    moved = []
    for seed in range(1, 9):
        campaign = begun(seed)
        for _ in range(5):
            turn(campaign)
        sight, before = campaign.sight, campaign.adviser.imagined
        open_to = [
            Offer(to.id, Terms((kind,), against))
            for to in sight.world.states
            for kind in ("defense", "neutrality", "consultation")
            for against in ("VOR", "SAR", "KHA", "OMB")
        ]
        offers = [one for one in open_to if campaign.refusal(one) is None]
        chances = {one: forecast(sight, before, one, 0.5) for one in offers}
        middling = min(offers, key=lambda one: abs(_by_power(chances[one]) - 0.5))
        turn(campaign, middling)
        learnt = replace(before, shown=campaign.adviser.imagined.shown)
        change = _by_power(forecast(sight, learnt, middling, 0.5)) - _by_power(chances[middling])
        assert change >= -1e-9 if said(campaign)[0] == "accept" else change <= 1e-9
        moved.append(abs(change))
    assert max(moved) > 0.1


def test_what_is_imagined_of_others_reads_no_envelope() -> None:
    """With every seat dealt anew after the fact, the same is imagined."""
    campaign = begun(3)
    turn(campaign, PACT, Offer("OMB", Terms(("nonaggression",))))
    turn(campaign, Offer("KHA", Terms(("defense",), "VOR")))
    position = campaign._position
    seats = dict(position.envelope)
    states = sorted(seats)
    dealt = {one: seats[other] for one, other in zip(states, states[1:] + states[:1], strict=True)}
    other = Campaign(saving.Parts(replace(position, envelope=dealt), campaign.notebook))
    assert other.adviser.imagined.shown == campaign.adviser.imagined.shown != {}
    assert other.adviser.forecast(PACT) == campaign.adviser.forecast(PACT)


def test_all_answers_of_a_loaded_campaign_are_read_at_once() -> None:
    campaign = begun(2)
    for order in (PACT, Offer("OMB", Terms(("defense",), "VOR")), PACT):
        turn(campaign, *([order] if campaign.refusal(order) is None else []))
        assert isinstance(campaign.adviser.imagined, Imagined)
    again = Campaign(saving.Parts(campaign._position, campaign.notebook))
    assert again.adviser.imagined.shown == campaign.adviser.imagined.shown != {}


def test_a_power_that_falls_keeps_the_habits_it_may_have() -> None:
    """Who was a great power at the start has all kinds of habits, whatever became of it."""
    campaign = begun(3)
    turn(campaign, PACT)
    position = campaign._position
    last = position.history.turns[-1]
    fallen = with_state(last.end, "SAR", great=False)
    ended = replace(last, end=fallen)
    history = replace(position.history, turns=(*position.history.turns[:-1], ended))
    other = Campaign(saving.Parts(replace(position, history=history), campaign.notebook))
    assert not other.sight.world.state("SAR").great
    before = campaign.adviser.imagined
    assert other.adviser.imagined.habits("SAR", "BOP") == before.habits("SAR", "BOP")
    assert other.adviser.forecast(PACT) is not None


def test_the_place_of_another_is_imagined_anew_for_another_state_and_another_estimate() -> None:
    campaign = begun()
    sight, estimate = campaign.sight, campaign.adviser.estimate
    theirs = in_the_place_of(sight, "SAR", estimate)
    assert in_the_place_of(sight, "SAR", estimate) is theirs
    assert in_the_place_of(sight, "OMB", estimate).me == "OMB"
    doubted = replace(estimate, hostile=estimate.hostile // 2)
    assert in_the_place_of(sight, "SAR", doubted).hostile.tolist() != theirs.hostile.tolist()
    assert in_the_place_of(sight, "SAR", estimate).hostile.tolist() == theirs.hostile.tolist()
