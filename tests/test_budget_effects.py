"""What arms and posture would change for oneself, told before they are ordered."""

import pytest

from game import Campaign, load_map, play
from game.world import public_finance
from game.world.orders import Budget, Posture


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return Campaign.new(load_map("europe-1909"), player="GMY", seed=1)


def test_arms_calm_both_readings_and_cost_upkeep(campaign: Campaign) -> None:
    cap = campaign.world.atlas.rules.forces_growth_cap
    effects = campaign.adviser.budget_effects([Budget(army=cap)])
    for lens, (now, then) in effects.insecurity.items():
        assert now == pytest.approx(campaign.adviser.insecurity()[lens])
        assert then < now
    assert effects.upkeep > 0
    cut = campaign.adviser.budget_effects([Budget(army=-2_000)])
    assert all(then > now for now, then in cut.insecurity.values())
    assert cut.upkeep < 0


def test_posture_is_seen_by_threat_alone(campaign: Campaign) -> None:
    calmer = campaign.world.state("GMY").posture - 1
    effects = campaign.adviser.budget_effects([Posture(calmer)])
    (now, then), (fear, calm) = effects.insecurity["BOP"], effects.insecurity["BOT"]
    assert now == pytest.approx(then)
    assert calm < fear


def test_the_upkeep_told_is_the_upkeep_paid(campaign: Campaign) -> None:
    cap = campaign.world.atlas.rules.forces_growth_cap
    told = campaign.adviser.budget_effects([Budget(army=cap)]).upkeep
    played = Campaign.new(load_map("europe-1909"), player="GMY", seed=1)
    before = public_finance.upkeep(played.world, "GMY")
    played.order(Budget(army=cap))
    played.submit()
    while asked := played.questions():
        played.answer(play.silence(asked))
    assert public_finance.upkeep(played.world, "GMY") - before == told
