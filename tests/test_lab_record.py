"""Rows H10 to H14 and H1: what they count, beside counts that are made here in another way."""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest

from game import Campaign, load_map
from game.history import TurnRecord
from game.lab.conduct import Conduct
from game.lab.scorecard.alliance_ends import caused, measure_ends
from game.lab.scorecard.alliance_record_rows import (
    defended,
    measure_calls,
    measure_great_powers,
    measure_initiators,
    measure_persistence,
)
from game.lab.scorecard.counter_coalitions import measure_counter_coalitions, newly_bound
from game.world.events import Event, event
from game.world.model import World
from tests.worlds import tiny_world, with_state, with_treaty

MAP, SEEDS, TURNS = "five-crowns", (4, 6, 11), 14


@cache
def campaigns() -> tuple[Campaign, ...]:
    played = tuple(
        Campaign.new(load_map(MAP), player=None, seed=seed, turns=TURNS) for seed in SEEDS
    )
    for campaign in played:
        while not campaign.over:
            campaign.submit()
    return played


@cache
def counted() -> Counter[str]:
    """What happened in the campaigns, counted from treaties and events alone, turn by turn.

    Shares are those that the game shows to a player.
    """
    counts: Counter[str] = Counter()
    for seed in SEEDS:
        campaign = Campaign.new(load_map(MAP), player=None, seed=seed, turns=TURNS)
        course = [pairs(campaign.world)]
        while not campaign.over:
            share: dict[str, float] = {}
            for observer in [state.id for state in campaign.world.states if state.alive][:2]:
                readings = campaign.readings("BOP", observer)
                share |= {state: reading.share for state, reading in readings.items()}
            campaign.submit()
            world = campaign.world
            course.append(pairs(world))
            great = {state.id for state in world.states if state.great and state.alive}
            for pair in course[-1] - course[-2]:
                counts["new"] += 1
                counts["one"] += bool(great & set(pair))
                if len(great) >= 5:
                    counts["several"] += 1
                    counts["two"] += set(pair) <= great
            for one in campaign.history.turns[-1].events:
                counts[one.kind] += 1
                if one.kind == "war_declared":
                    counts["weaker"] += share[one.actor] < share[one.target]
        for at in range(len(course) - 6):
            counts["stood"] += len(course[at])
            counts["kept"] += len(course[at] & course[at + 6])
    return counts


def pairs(world: World) -> set[tuple[str, ...]]:
    return {
        pair
        for treaty in world.treaties
        if "defense" in treaty.obligations
        for pair in combinations(sorted(treaty.parties), 2)
    }


def conduct_of(history: Any) -> Conduct:
    """What the rows of the record need of a campaign: its course alone."""
    worlds = [history.start, *(record.end for record in history.turns)]
    ids = [state.id for state in history.start.states]
    return SimpleNamespace(  # type: ignore[return-value]
        history=history, worlds=worlds, index=history.start.atlas.state_index, ids=ids
    )


def total(measure: Any) -> Counter[str]:
    sums: Counter[str] = Counter()
    for campaign in campaigns():
        sums.update(
            {k: v for k, v in measure(conduct_of(campaign.history)).items() if k != "table"}
        )
    return sums


def test_H10_counts_the_pairs_that_are_still_bound() -> None:
    sums = total(measure_persistence)
    assert (sums["n"], sums["kept"]) == (counted()["stood"], counted()["kept"])
    assert sums["kept"] > 0


def test_H11_counts_new_pairs_with_one_great_power_and_with_two() -> None:
    sums = total(measure_great_powers)
    assert (sums["every"], sums["every_one"]) == (counted()["new"], counted()["one"])
    assert sums["every"] > 0
    assert (sums["several"], sums["two"]) == (counted()["several"], counted()["two"])
    assert sums["several"] > 0


def test_H12_counts_wars_by_the_weaker_as_the_game_shows_strength() -> None:
    sums = total(measure_initiators)
    assert (sums["n"], sums["weaker"]) == (counted()["war_declared"], counted()["weaker"])
    assert sums["n"] > 0


def test_H13_counts_calls_that_were_answered() -> None:
    sums = total(measure_calls)
    assert sums["honoured"] == counted()["call_honoured"]
    assert sums["refused"] == counted()["call_refused"]
    assert sums["n"] > 0


def test_H14_counts_a_case_for_each_pact_and_turn() -> None:
    for campaign in campaigns():
        entered = measure_ends(conduct_of(campaign.history))["table"]
        cases = sum(
            treaty.binding and not treaty.guarantor
            for record in campaign.history.turns[2:]
            for treaty in record.start.treaties
        )
        renewed = sum(
            one.kind == "treaty_ended" and one["why"] == "renewed"
            for record in campaign.history.turns[2:]
            for one in record.events
        )
        assert cases - renewed <= entered[..., 0].sum() <= cases  # type: ignore[index]


def turn_of(*events: Event) -> TurnRecord:
    return SimpleNamespace(events=events)  # type: ignore[return-value]


SIGNED = {"obligations": ("defense",), "against": "", "term": 6, "secret": 0, "burden": 0,
          "renews": 0}  # fmt: skip
PEACE = {"war": 1, "gives": (), "indemnity": 0, "disarm": 0, "restores": (), "separate": 0}


@pytest.mark.parametrize(
    ("happened", "is_cause"),
    [
        (
            event("demand_made", "AAA", "BBB", crisis=1, stake="cede", subject="x", interest=""),
            True,
        ),
        (
            event("demand_made", "AAA", "CCC", crisis=1, stake="cede", subject="x", interest=""),
            False,
        ),
        (event("treaty_signed", "BBB", "CCC", treaty=9, **SIGNED), True),
        (event("treaty_signed", "BBB", "DDD", treaty=9, **SIGNED), True),
        (event("treaty_signed", "CCC", "DDD", treaty=9, **SIGNED), False),
        (event("treaty_signed", "AAA", "BBB", treaty=9, **SIGNED), False),
        (event("pole_fallen", "CCC"), True),
        (event("pole_fallen", "DDD"), False),
        (event("peace_made", "DDD", "AAA", takes=("x",), **PEACE), True),
        (event("peace_made", "AAA", "DDD", takes=("x",), **PEACE), False),
        (event("province_annexed", "DDD", province="x", **{"from": "CCC"}), True),
        (event("aid_given", "AAA", "BBB", amount=1), False),
    ],
)
def test_H14_a_cause_concerns_the_parties_or_their_adversary(
    happened: Event, is_cause: bool
) -> None:
    """The pact is one of AAA and BBB against CCC."""
    treaty = with_treaty(tiny_world(), "AAA", "BBB", against="CCC").treaties[-1]
    assert caused(treaty, (turn_of(happened),)) is is_cause


def test_H1_counts_what_is_newly_bound_and_not_what_stands() -> None:
    standing = with_treaty(tiny_world(), "AAA", "BBB", against="CCC")
    for name in ("AAA", "BBB", "CCC", "DDD"):
        standing = with_state(standing, name, great=True)
    grown = with_treaty(standing, "AAA", "DDD", against="CCC")

    def window(start: World, end: World) -> list[TurnRecord]:
        return [SimpleNamespace(start=start, end=end)]  # type: ignore[list-item]

    assert newly_bound(window(standing, standing), "CCC") == 0
    assert newly_bound(window(standing, grown), "CCC") == 2
    assert newly_bound(window(replace(standing, treaties=()), standing), "CCC") == 2
    assert newly_bound(window(standing, grown), "BBB") == 0


def test_H1_has_the_placebo_of_the_second_and_third_strongest() -> None:
    for campaign in campaigns():
        sums = measure_counter_coalitions(conduct_of(campaign.history))
        rank = sums["rank"]
        assert (rank[:, 0] == sums["n"]).all()  # type: ignore[index]
        assert (rank[:, 1] <= rank[:, 0]).all()  # type: ignore[index]


def test_defended_pairs_are_of_any_treaty_with_defence() -> None:
    world = with_treaty(tiny_world(), "BBB", "AAA")
    world = with_treaty(world, "CCC", "DDD", obligations=("neutrality",))
    assert defended(world) == {("AAA", "BBB")}
