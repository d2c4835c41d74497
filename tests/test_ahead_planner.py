"""The planner that looks ahead: what it imagines, and which plan it takes."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from game import Campaign, load_map
from game.campaign.policy import play_out
from game.lab.players import policy
from game.lab.players.ahead_planner import AheadPlanner, foreseen_score, mean_insecurity
from game.lab.players.imagined import SeenCampaign, play_on
from game.lab.players.planner import Planner
from game.lab.players.scripts import Pass
from game.world.model import Treaty
from game.world.orders import Order, Terms

FIVE = load_map("five-crowns")
RIVALS = ("OMB", "VOR", "SAR", "KHA")


def begun(seed: int = 3, doctrine: str = "BOP", turns: int = 6) -> Campaign:
    return Campaign.new(
        FIVE, player="ALD", seed=seed, turns=turns, doctrines=dict.fromkeys(RIVALS, doctrine)
    )


def imagined(campaign: Campaign, assumed: dict[str, float], number: int = 0) -> Campaign:
    seen = SeenCampaign()
    seen.follow(campaign)
    return seen.imagine(campaign, assumed, number)


def doctrines(campaign: Campaign) -> dict[str, str]:
    return {state: seat.doctrine for state, seat in campaign._position.envelope.items()}


def test_what_is_imagined_depends_on_neither_seed_nor_envelope() -> None:
    after = []
    for seed, doctrine in ((3, "BOP"), (4, "BOT")):
        one = imagined(begun(seed, doctrine), {})
        play_on(one, (), Pass(), 2)
        after.append(one.digest)
    assert after[0] == after[1]


def test_what_is_imagined_depends_on_what_is_assumed() -> None:
    after = []
    for power in (0.0, 1.0):
        one = imagined(begun(), dict.fromkeys(RIVALS, power))
        assert {doctrines(one)[state] for state in RIVALS} == {"BOP" if power else "BOT"}
        play_on(one, (), Pass(), 3)
        after.append(one.digest)
    assert after[0] != after[1]


def test_an_even_guess_is_one_half_of_each_pair_of_imagined_campaigns() -> None:
    campaign = begun()
    first, mirrored = (doctrines(imagined(campaign, {}, number)) for number in (0, 1))
    assert all(first[state] != mirrored[state] for state in first)
    assert doctrines(imagined(campaign, {}, 0)) == first


def test_what_is_imagined_begins_where_the_player_stands() -> None:
    campaign, seen = begun(), SeenCampaign()
    for _ in range(3):
        seen.follow(campaign)
        play_on(campaign, (), Pass(), 1)
    later = campaign.branch(4)
    play_on(later, (), Pass(), 1)
    with pytest.raises(ValueError, match="turn 3 was not followed"):
        seen.follow(later)
    seen.follow(campaign)
    one = seen.imagine(campaign, {}, 0)
    assert one.turn == campaign.turn == 4
    assert one.world.states == campaign.sight.world.states
    assert len(one.history.turns) == 3
    assert mean_insecurity(one) == pytest.approx(mean_insecurity(campaign))


def test_secrets_that_the_player_does_not_see_are_not_imagined() -> None:
    campaign = begun()
    position = campaign._position
    start = position.history.start
    hidden = Treaty(start.next_id, ("KHA", "VOR"), Terms(("defense",), "ALD", secret=True), 0, 9)
    signed = replace(start, treaties=(*start.treaties, hidden), next_id=start.next_id + 1)
    campaign._position = replace(position, history=replace(position.history, start=signed))
    one = imagined(campaign, {})
    assert one._position.world.treaties == start.treaties


def test_the_plan_that_scores_most_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[tuple[Order, ...]] = []

    def scored(_self: AheadPlanner, _campaign: Campaign, plan: Sequence[Order]) -> float:
        tried.append(tuple(plan))
        return float(len(tried) == 3)

    monkeypatch.setattr(AheadPlanner, "foreseen", scored)
    planner, campaign = AheadPlanner({}), begun()
    taken = planner.orders(campaign)
    assert len(tried) > 3
    assert len(set(tried)) == len(tried)
    assert tuple(taken) == tried[2]
    assert tried[0] == tuple(
        one for one in Planner({}).orders(begun()) if campaign.refusal(one) is None
    )


def test_a_plan_is_worth_more_where_it_leaves_less_insecurity() -> None:
    campaign = begun()
    now = mean_insecurity(campaign)
    assert foreseen_score(campaign, {}, 2 * now) > foreseen_score(campaign, {}, now)


def test_a_planner_that_looks_ahead_is_the_same_twice() -> None:
    digests = []
    for _ in range(2):
        campaign = begun(turns=3)
        play_out(campaign, policy("ahead-even", dict.fromkeys(RIVALS, "BOP")))
        digests.append(campaign.digest)
    assert digests[0] == digests[1]
