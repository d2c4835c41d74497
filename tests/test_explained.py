"""Explanations of figures: their parts give the very figure that stands on the screen."""

import math
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game import Campaign, Offer, Terms, load_map
from game.advice.explained_form import Explained
from game.advice.explained_points import explained_points
from game.advice.order_values import Matter
from game.scoring import INSIGHT_POINTS, Score
from game.words.rounding import rounded_parts
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
        _shown_parts_give_the_figure_shown(one)
        yield one


def _number(text: str) -> float:
    """A figure as it is read; one that is said to be less than 1% counts for nothing."""
    return 0.0 if text == "none" or text.startswith("<") else float(re.sub("[%,>]", "", text))


def _shown_parts_give_the_figure_shown(one: Explained) -> None:
    shown = [_number(part.text) for part in one.parts]
    if one.how == "sum":
        assert sum(shown) == approx(_number(one.text), abs=1e-9), one
    elif one.how == "mean":
        assert abs(sum(shown) / len(shown) - _number(one.text)) <= 0.5 + 1e-9, one


@settings(max_examples=300)
@given(st.lists(st.floats(-500, 500), min_size=1, max_size=9), st.booleans())
def test_parts_are_rounded_down_or_up_to_what_gives_the_total(
    values: list[float], mean: bool
) -> None:
    whole = math.fsum(values) / (len(values) if mean else 1)
    shown = rounded_parts(values, round(whole), mean=mean)
    assert all(abs(part - value) < 1 for part, value in zip(shown, values, strict=True))
    if mean:
        assert abs(sum(shown) / len(shown) - round(whole)) <= 0.5
    else:
        assert sum(shown) == round(whole)


def test_the_forces_in_a_share_of_capability_are_the_mean_of_the_arms_shown(
    campaign: Campaign,
) -> None:
    for state in campaign.world.playing():
        *_, share, _, _ = campaign.adviser.explanations.state(state)
        forces = share.parts[-1]
        arms = [_number(said) for said in re.findall(r"(?:army|fleet) (\S+%)", forces.label)]
        assert arms, forces
        assert abs(sum(arms) / len(arms) - _number(forces.text)) <= 0.5 + 1e-9, forces


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
    empty = explained_points(score, sealed=True, most_insight=0.0)[0].rule
    assert "nothing as yet" in empty
    assert "0 to" not in empty
    assert "0 to 7.5" in explained_points(score, sealed=True, most_insight=7.5)[0].rule
    assert "sealed" not in explained_points(score, sealed=False)[0].rule


def test_every_matter_is_explained_by_its_own_figures() -> None:
    kinds: dict[str, tuple[Matter, tuple[Explained, ...]]] = {}
    for player, seed in (("GMY", 5), ("UKG", 6), ("AUH", 7)):
        campaign = Campaign.new(load_map("europe-1909"), player=player, seed=seed)
        for _ in range(6):
            for matter in campaign.adviser.matters():
                found = tuple(_adds_up(campaign.adviser.explanations.matter(matter)))
                assert found, matter
                kinds[matter.kind] = matter, found
                worths = [one.value for one in found if one.title.startswith("Worth to our")]
                assert worths == approx(list(matter.worth or ())), matter
            campaign.submit()
            while waiting := campaign.questions():
                campaign.answer({one.id: one.options[0] for one in waiting})
    assert len(kinds) >= 8
    told, window = kinds["window"]
    chance = window[0].value ** 2 / (window[0].value ** 2 + window[1].value ** 2)
    assert told.title.endswith(f"{chance:.0%}")
    told, ring = kinds["ring"]
    assert f"{ring[0].value:.0%}" in told.title
    told, sounding = kinds["sounding"]
    assert sounding[0].title.startswith("Insecurity of ")
    if told.looks is not None:
        assert sounding[0].parts[0].label.removeprefix("from ") in f"{told.looks[0]} us"
