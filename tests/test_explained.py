"""Explanations of figures: their parts give the very figure that stands on the screen."""

from collections.abc import Iterator

import pytest

from game import Campaign, Offer, Terms, load_map
from game.advice.explained import Explained
from game.advice.explained_points import explained_points
from game.scoring import INSIGHT_POINTS, Score
from game.world import public_finance
from game.world.coalitions import coalitions
from game.world.rules import BP

approx = pytest.approx


def _played(name: str, player: str, seed: int, turns: int) -> Campaign:
    campaign = Campaign.new(load_map(name), player=player, seed=seed)
    for _ in range(turns):
        best = campaign.adviser.best_offer()
        campaign.submit([best] if best is not None else [])
        while waiting := campaign.questions():
            campaign.answer({one.id: one.options[0] for one in waiting})
    return campaign


@pytest.fixture(scope="module", params=[("five-crowns", "ALD", 3, 5), ("europe-1909", "GMY", 5, 3)])
def campaign(request: pytest.FixtureRequest) -> Campaign:
    return _played(*request.param)


def _adds_up(found: tuple[Explained, ...]) -> Iterator[Explained]:
    for one in found:
        assert one.put_together == approx(one.value, abs=0.0005), one
        assert one.parts
        yield one


def test_the_figures_of_every_state_are_those_on_the_screen(campaign: Campaign) -> None:
    explain = campaign.adviser.explanations
    readings = {lens: campaign.adviser.readings(lens) for lens in ("BOP", "BOT")}
    most = {
        lens: max(explain.state(state)[at].value for state in readings[lens])
        for at, lens in enumerate(readings)
    }
    for state in readings["BOP"]:
        by_power, by_threat, share, reliability, resolve = _adds_up(explain.state(state))
        assert by_power.value / most["BOP"] == approx(readings["BOP"][state].threat, abs=1e-9)
        assert by_threat.value / most["BOT"] == approx(readings["BOT"][state].threat, abs=1e-9)
        assert share.value == approx(readings["BOP"][state].share, abs=2 / BP)
        assert reliability.value == campaign.world.state(state).reliability / BP
        assert resolve.value == campaign.world.state(state).resolve / BP


def test_money_and_envoys_left_are_those_that_orders_may_use(campaign: Campaign) -> None:
    purse, surplus, envoys = _adds_up(campaign.adviser.explanations.means())
    assert purse.value == campaign.purse
    assert surplus.value == public_finance.surplus(campaign.world, campaign.player or "")
    assert envoys.value == campaign.envoys_left


def test_ones_own_insecurity_is_what_one_faces_from_each(campaign: Campaign) -> None:
    me = campaign.player or ""
    by_power, by_threat, *_ = _adds_up(campaign.adviser.explanations.state(me))
    insecurity = campaign.adviser.insecurity()
    assert by_power.value == approx(insecurity["BOP"])
    assert by_threat.value == approx(insecurity["BOT"])


def test_the_worth_of_an_offer_and_its_forecast_are_their_terms(campaign: Campaign) -> None:
    offer = campaign.adviser.best_offer()
    if offer is None:
        pytest.skip("no offer is legal now")
    found = list(_adds_up(campaign.adviser.explanations.order(offer)))
    chances = campaign.adviser.forecast(offer)
    assert chances is not None
    for told, chance in zip(found[:2], (chances.if_power, chances.if_threat), strict=True):
        short = "<1%" if chance < 0.005 else ">99%" if 0.995 <= chance < 1 - 1e-9 else ""
        assert (short or f"{100 * chance:.0f}%") in told.title
    gain = campaign.adviser.order_gain(offer)
    assert [one.value for one in found[2:]] == approx([gain["BOP"], gain["BOT"]])


def test_a_hopeless_offer_is_worth_less_than_nothing_to_the_other() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=12)
    offer = Offer("KHA", Terms(("defense",), "SAR"))
    chances = campaign.adviser.forecast(offer)
    assert chances is not None
    told = campaign.adviser.explanations.order(offer)
    for one, chance in zip(told, (chances.if_power, chances.if_threat), strict=False):
        assert (one.value > 0) == (chance > 0.5)


def test_the_strengths_of_two_sides_make_the_odds(campaign: Campaign) -> None:
    world, me = campaign.world, campaign.player or ""
    other = next(iter(campaign.adviser.readings("BOT")))
    attack, defence = _adds_up(campaign.adviser.explanations.war(*coalitions(world, me, other)))
    squares = attack.value**2 / (attack.value**2 + defence.value**2)
    shown = campaign.adviser.war_odds(other) / BP
    assert min(0.98, max(0.02, squares)) == approx(shown, abs=2 / BP)


def test_points_add_up_at_any_time_and_when_it_is_over() -> None:
    campaign = _played("five-crowns", "ALD", 3, 4)
    points, security = _adds_up(campaign.adviser.explanations.points())
    score = campaign.debriefing.score(insight=False)
    assert points.value == approx(50 * score.aim + score.security - 5 * score.broken)
    assert security.value == approx(score.security)
    assert "sealed" in points.rule
    while not campaign.over:
        campaign.submit()
        while waiting := campaign.questions():
            campaign.answer({one.id: one.options[0] for one in waiting})
    points, _ = _adds_up(campaign.adviser.explanations.points())
    assert points.value == approx(campaign.debriefing.score().total)
    assert "sealed" not in points.rule


def test_points_stay_within_bounds_and_are_scaled_where_no_insight_counts() -> None:
    lost = explained_points(Score(0.0, 0.0, 2.0, None, 3, (0.1, 1.0)), sealed=True)[0]
    assert lost.value == 0.0
    assert lost.put_together == approx(0.0)
    taught = explained_points(Score(0.0, 1.0, 25.0, None, 0, (1.0, 0.0)), sealed=False)[0]
    assert taught.value == approx(100.0)
    assert taught.put_together == approx(100.0)


def test_what_insight_can_bring_is_told_as_far_as_it_is_known() -> None:
    score = Score(0.0, 0.5, 12.0, None, 0, (1.0, 1.0))
    assert f"0 to {INSIGHT_POINTS:.1f}" in explained_points(score, sealed=True)[0].rule
    assert "0 to 7.5" in explained_points(score, sealed=True, most_insight=7.5)[0].rule
    assert "sealed" not in explained_points(score, sealed=False)[0].rule
