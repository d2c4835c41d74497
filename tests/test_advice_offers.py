"""What our own offers are worth to us, which promises most, and what a rival does in a crisis."""

from __future__ import annotations

import pytest

from game import Campaign, load_map
from game.world.orders import Demand, Offer, Terms
from game.world.questions import CrisisQuestion


@pytest.fixture(scope="module")
def germany() -> Campaign:
    return Campaign.new(load_map("europe-1909"), player="GMY", seed=7)


def test_a_burden_that_we_pay_counts_against_our_offer(germany: Campaign) -> None:
    free, paid = (
        germany.adviser.order_gain(Offer("FRN", Terms(("neutrality",), burden=burden)))
        for burden in (0, 500)
    )
    assert all(paid[lens] < free[lens] for lens in ("BOP", "BOT"))


def test_the_burden_of_a_counter_is_theirs(germany: Campaign) -> None:
    free, paid = (
        germany.adviser.forecast(
            Offer("ITA", Terms(("defense",), "FRN", burden=burden)), countering=True
        )
        for burden in (0, 1000)
    )
    assert free is not None
    assert paid is not None
    assert paid.blended < free.blended


def test_the_best_offer_is_legal_and_better_than_a_bare_pact_of_defense(germany: Campaign) -> None:
    best = germany.adviser.best_offer()
    assert best is not None
    assert germany.refusal(best) is None
    seen = germany.adviser.forecast(best)
    assert seen is not None

    def mean(offer: Offer) -> float:
        return sum(germany.adviser.order_gain(offer).values()) / 2

    assert mean(best) > 0
    for other in ("FRN", "RUS", "UKG", "SPN"):
        bare = Offer(other, Terms(("defense",)))
        forecast = germany.adviser.forecast(bare)
        assert forecast is not None
        assert seen.blended * mean(best) >= forecast.blended * mean(bare)


def test_one_partner_alone_may_be_asked_about(germany: Campaign) -> None:
    best = germany.adviser.best_offer(["RUS"])
    assert best is not None
    assert best.to == "RUS"
    assert germany.adviser.best_offer(["GMY"]) is None


def test_the_other_side_of_a_crisis_does_one_of_three_things() -> None:
    doc, doctrines = load_map("five-crowns"), {"OMB": "BOT", "VOR": "BOP"}
    campaign = Campaign.new(doc, player="ALD", seed=12, doctrines=doctrines)
    campaign.submit()
    asked = [one for one in campaign.questions() if isinstance(one, CrisisQuestion)]
    while not asked:
        campaign.answer({one.id: one.options[-1] for one in campaign.questions()})
        if not campaign.questions():
            campaign.submit()
        asked = [one for one in campaign.questions() if isinstance(one, CrisisQuestion)]
    for chances in campaign.adviser.crisis_replies(asked[0]).values():
        assert set(chances) == {"yield", "hold", "climb"}
        assert sum(chances.values()) == pytest.approx(1.0)


def test_an_ultimatum_is_likelier_to_be_met_than_a_first_demand(germany: Campaign) -> None:
    """Who holds out at first gives way when only war is left, if what is asked is a treaty or a
    calmer posture. Land is never given at once, nor at last by who would hold it."""
    demands = [
        Demand("AUH", "stand_down"),
        *(
            Demand(party, "renounce", str(treaty.id))
            for treaty in germany.world.treaties
            for party in treaty.parties
        ),
    ]
    lawful = [demand for demand in demands if germany.refusal(demand) is None]
    assert len(lawful) > 3
    for demand in lawful:
        at_once, at_last = forecasts(germany, demand)
        assert at_last > at_once + 0.1
    at_once, at_last = forecasts(germany, Demand("DEN", "cede", "denmark"))
    assert at_once < 0.05 < at_last
    assert max(forecasts(germany, Demand("FRN", "cede", "lorraine"))) < 0.05


def forecasts(campaign: Campaign, demand: Demand) -> tuple[float, float]:
    """How likely a demand is met at once, and as an ultimatum."""
    told = [campaign.adviser.forecast(demand, ultimatum=last) for last in (False, True)]
    assert told[0] is not None
    assert told[1] is not None
    return told[0].blended, told[1].blended


def test_who_would_enter_a_war_is_whom_the_engine_would_ask(germany: Campaign) -> None:
    """Each bystander once, with a chance by each reading; who promised either side is in it."""
    found = {one.state: one for one in germany.adviser.war_entrants("RUS")}
    assert "FRN" not in found  # It has promised Russia.
    assert {"UKG", "ITA"} <= set(found)
    for one in found.values():
        assert {one.if_power, one.if_threat} <= {"", "GMY", "RUS"}
        assert 0 < one.chance_if_power <= 1
        assert 0 < one.chance_if_threat <= 1


def test_who_would_enter_a_war_changes_with_what_it_fears(germany: Campaign) -> None:
    assert any(
        one.if_power != one.if_threat
        for on in ("FRN", "RUS", "UKG", "AUH", "ITA")
        for one in germany.adviser.war_entrants(on)
    )


def test_a_war_that_is_only_thought_of_is_not_taken_for_the_worlds_own() -> None:
    """What is worked out for the foreseen war goes with it: nothing of it is left in the world."""
    asked, plain = (Campaign.new(load_map("europe-1909"), player="GMY", seed=7) for _ in "ab")
    asked.sight.facts.cache.clear()
    told = asked.adviser.war_entrants("FRN")
    assert not asked.sight.facts.cache
    assert plain.sight.facts.cache  # What holds in peace is known here already.
    assert plain.adviser.war_entrants("FRN") == told
