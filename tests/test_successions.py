"""Leaders are succeeded, and what was done to a state is remembered."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from game import Campaign, load_map
from game.maps.check import read_and_check
from game.saves.references import check_world
from game.words.event_sentences import describe_event
from game.words.letters import letter
from game.words.phrases import whose_place
from game.world.beliefs import Beliefs, learn
from game.world.events import event
from game.world.map_document import canonical_json, from_data
from game.world.model import World
from game.world.orders import DeclareWar, Denounce
from game.world.rules import BP, Rules
from tests.worlds import events_of, play_turn, tiny_data, tiny_doc, tiny_world, with_province
from tests.worlds import with_treaty as treaty

RULES = Rules()
NAMED = [{"name": "Una", "year": 1902}, {"name": "Fergus"}]


def kingdom(heirs: list[dict[str, Any]] | None = None, **parts: Any) -> World:
    """AAA, led by Maud in 1900, has heirs."""
    crown = {"leader": "Maud", "heirs": NAMED if heirs is None else heirs}
    calendar = {"start": 1900, "step": "year", "turns": 60, **parts}
    return tiny_world(states={"AAA": crown}, calendar=calendar)


def course(world: World, turns: int, seed: int = 1) -> list[tuple[int, str]]:
    """(turn, new leader) of AAA, of the turns to come."""
    found = []
    for _ in range(turns):
        turn = play_turn(world, seed=seed)
        found += [(world.turn, one.text("leader")) for one in events_of(turn, "leader_succeeded")]
        world = turn.world
    return found


# who succeeds, and when


def test_an_heir_succeeds_in_its_year() -> None:
    world = kingdom()
    assert course(world, 3) == [(3, "Una")]
    for name in ("Maud", "Maud", "Maud", "Una"):
        assert world.leader("AAA") == name
        world = play_turn(world).world
    turn = play_turn(play_turn(play_turn(kingdom()).world).world)
    (happened,) = events_of(turn, "leader_succeeded")
    assert (happened.actor, happened["predecessor"], happened.witnesses) == ("AAA", "Maud", None)


def test_where_no_heir_is_named_nobody_is_succeeded() -> None:
    world = kingdom([])
    for seed in range(5):
        assert course(world, 40, seed) == []
    assert course(kingdom([{"name": "Una", "year": 1900}]), 40) == [(1, "Una")]


def test_without_a_year_the_chance_grows_with_the_years_that_the_last_one_led() -> None:
    """Of 300 reigns: as many end in each year as the rule says, and all turns alike for a seed."""
    heirs = [{"name": "Una"}]
    ends = [course(kingdom(heirs), 20, seed) for seed in range(300)]
    assert ends[:5] == [course(kingdom(heirs), 20, seed) for seed in range(5)]
    stands, expected = 1.0, []
    for turn in range(1, 21):
        chance = RULES.succession * (turn + RULES.led_before) / BP
        expected.append(stands * chance)
        stands *= 1 - chance
    for first, last in ((0, 5), (5, 10), (10, 20)):
        share = sum(first < end[0][0] <= last for end in ends if end) / len(ends)
        likely = sum(expected[first:last])
        assert abs(share - likely) < 4 * (likely * (1 - likely) / len(ends)) ** 0.5
    assert all(len(end) <= 1 for end in ends)


def test_a_turn_of_a_month_has_a_twelfth_of_the_chance_of_a_year() -> None:
    heirs = [{"name": "Una"}]
    yearly = sum(bool(course(kingdom(heirs), 12, seed)) for seed in range(60))
    monthly = sum(bool(course(kingdom(heirs, step="month"), 12, seed)) for seed in range(60))
    assert yearly > 20
    assert monthly < 10
    at_its_year = kingdom([{"name": "Una", "year": 1901}], step="season")
    assert course(at_its_year, 8) == [(5, "Una")]


def test_the_dead_are_not_succeeded() -> None:
    world = kingdom([{"name": "Una", "year": 1900}])
    for place in ("aaa-north", "aaa-south"):
        world = with_province(world, place, owner="BBB", holder="BBB")
    turn = play_turn(play_turn(world).world)
    assert not turn.world.state("AAA").alive
    assert not events_of(turn, "leader_succeeded")


# how it is told


def test_a_new_leader_is_told_of_and_writes_to_all() -> None:
    world = kingdom()
    happened = event("leader_succeeded", "AAA", leader="Una", predecessor="Maud")
    told = describe_event(happened, world.atlas, "BBB")
    assert "Una" in told
    assert "Maud" in told
    for reader in ("BBB", "CCC"):
        text = letter(happened, world.atlas, reader, leader="Una")
        assert text is not None
        assert "Maud" in text.split("\n")[1]
        assert text.split("\n")[2].startswith("— Una")
    assert letter(happened, world.atlas, "AAA") is None
    assert letter(happened, world.atlas, None) is None


def test_letters_are_signed_by_who_led_when_they_were_written() -> None:
    data = tiny_data(calendar={"start": 1900, "step": "year", "turns": 6})
    data["states"]["BBB"] |= {"leader": "Maud", "heirs": [{"name": "Una", "year": 1902}]}
    campaign = Campaign.new(from_data(data), player="AAA", seed=1)
    signed: dict[int, set[str]] = {}
    while not campaign.over:
        campaign.submit()
        while waiting := campaign.questions():
            campaign.answer({one.id: one.options[0] for one in waiting})
        turn = len(campaign.history.turns)
        for one in campaign.report(turn):
            text = campaign.letter(one, turn)
            if text and one.actor == "BBB" and one.kind != "leader_succeeded":
                signed.setdefault(turn, set()).add(text.split("\n")[2].split(",")[0])
            if one.kind == "leader_succeeded":
                assert turn == 3
                assert text is not None
                assert "— Una" in text
    assert {name for turn, names in signed.items() if turn <= 3 for name in names} <= {"— Maud"}
    assert {name for turn, names in signed.items() if turn > 3 for name in names} <= {"— Una"}
    assert signed


def test_wilhelm_ii_does_not_reign_in_1938() -> None:
    """Europe has, in every year, the leaders that the map names for it."""
    world = Campaign.new(load_map("europe-1909"), seed=3).world
    reigns: dict[str, list[str]] = {"GMY": [], "UKG": [], "AUH": []}
    for _ in range(world.atlas.turns):
        for state, names in reigns.items():
            names.append(world.leader(state).split(",")[0])
        world = play_turn(world).world
    since = {
        state: {1908 + names.index(name) + 1: name for name in dict.fromkeys(names)}
        for state, names in reigns.items()
    }
    assert since["GMY"] == {1909: "Wilhelm II", 1919: "Wilhelm III"}
    assert since["UKG"] == {1909: "Edward VII", 1911: "George V", 1937: "George VI"}
    assert since["AUH"] == {1909: "Franz Joseph I", 1917: "Karl I"}
    assert all(sheet.heirs for sheet in world.atlas.states)


# what is remembered


def belief(world: World, hostile: int, ground: int, *events: Any) -> int:
    """What AAA believes of BBB a turn later."""
    count = len(world.states)
    beliefs = Beliefs(np.full((count, count), hostile), np.full((count, count), ground))
    return int(learn(beliefs, world, events).hostile[0, 1])


def test_a_new_leader_is_not_held_to_all_that_the_last_one_did() -> None:
    world, happened = kingdom(), event("leader_succeeded", "BBB", leader="Una", predecessor="")
    still = replace(world, atlas=replace(world.atlas, rules=replace(RULES, hostile_drift=0)))
    assert belief(still, 6_000, 2_000, happened) == 6_000 - 4_000 * RULES.hostile_new_leader // BP
    assert belief(still, 1_000, 2_000, happened) == 1_000 + 1_000 * RULES.hostile_new_leader // BP
    assert belief(still, 6_000, 2_000) == 6_000


def test_lost_land_is_remembered_for_as_long_as_it_is_lost() -> None:
    world = tiny_world()
    lost = with_province(world, "aaa-south", owner="BBB", holder="BBB", annexed=0)
    given_back = with_province(lost, "aaa-south", owner="AAA", holder="AAA")
    slow = -4_000 * RULES.hostile_old_wrong // BP
    plain = -4_000 * RULES.hostile_drift // BP
    assert belief(lost, 6_000, 2_000) - 6_000 == slow
    assert belief(given_back, 6_000, 2_000) - 6_000 == belief(world, 6_000, 2_000) - 6_000 == plain
    assert slow > 2 * plain
    assert belief(lost, 1_000, 2_000) == belief(world, 1_000, 2_000)


def test_a_war_begun_on_one_and_a_treaty_broken_fade_slowly_and_are_forgotten_in_the_end() -> None:
    attacked = play_turn(tiny_world(), {"BBB": (DeclareWar("AAA"),)}).world
    bound = treaty(tiny_world(), "AAA", "BBB")
    number = bound.treaties[0].id
    broken = play_turn(bound, {"BBB": (Denounce(number, True),)}).world
    slow = 6_000 - 4_000 * RULES.hostile_old_wrong // BP
    plain = 6_000 - 4_000 * RULES.hostile_drift // BP
    for world in (attacked, broken):
        assert belief(world, 6_000, 2_000) == slow
        later = replace(world, turn=world.turn + RULES.wrong_remembered + 1)
        assert belief(later, 6_000, 2_000) == plain
        index = world.atlas.state_index
        beliefs = Beliefs(np.full((4, 4), 6_000), np.full((4, 4), 2_000))
        assert learn(beliefs, world, ()).hostile[index["BBB"], index["AAA"]] == plain


def test_a_breach_of_a_secret_treaty_is_not_written_where_all_see_it() -> None:
    bound = treaty(tiny_world(), "AAA", "BBB", secret=True)
    broken = play_turn(bound, {"BBB": (Denounce(bound.treaties[0].id, True),)}).world
    assert not [key for key in broken.cooldowns if key[0] == "wronged"]


# maps and saves


def test_a_map_without_heirs_is_written_as_it_was() -> None:
    assert "heirs" not in canonical_json(tiny_doc())
    data = tiny_data(states={"AAA": {"heirs": NAMED}})
    doc = from_data(data)
    assert from_data(json.loads(canonical_json(doc))) == doc
    assert doc.states["AAA"].heirs[0].name == "Una"


@pytest.mark.parametrize(
    ("heirs", "wrong"),
    [
        ([{"name": "Una", "year": 1905}, {"name": "Fergus", "year": 1901}], "/heirs/1/year"),
        ([{"name": "Una", "year": 1905}, {"name": "X"}, {"name": "Y", "year": 1904}], "/heirs/2"),
        ([{"name": ""}], "/heirs/0/name"),
        ([{"year": 1905}], "/heirs/0"),
        ([{"name": "Una", "year": "soon"}], "/heirs/0/year"),
        ([{"name": "Una", "age": 4}], "/heirs/0"),
        ("Una", "/heirs"),
    ],
)
def test_wrong_heirs_are_placed(heirs: Any, wrong: str) -> None:
    data = tiny_data(states={"AAA": {"heirs": heirs}})
    problems = read_and_check(json.dumps(data).encode()).problems
    errors = [one for one in problems if one.severity == "error"]
    assert any(one.path.startswith(f"/states/AAA{wrong}") for one in errors), problems


def test_heirs_in_order_are_no_problem() -> None:
    same = [{"name": "Una", "year": 1905}, {"name": "X"}, {"name": "Y", "year": 1905}]
    data = tiny_data(states={"AAA": {"heirs": same}})
    problems = read_and_check(json.dumps(data).encode()).problems
    assert not [one for one in problems if one.severity == "error"]


def test_a_save_in_which_more_succeeded_than_there_are_heirs_is_refused() -> None:
    world = kingdom()
    check_world(world)
    states = (replace(world.states[0], successions=3), *world.states[1:])
    with pytest.raises(ValueError, match=r"."):
        check_world(replace(world, states=states))


@pytest.mark.parametrize(
    ("leader", "before", "place"),
    [
        ("Una", "Maud", "Maud"),
        ("Una, with Kit", "Una, with Ralph", "Ralph"),
        ("Maud, with Kit", "Una, with Kit", "Una"),
        ("Maud, with Kit", "Una, with Ralph", "Una, with Ralph"),
        ("Una", "Una, with Ralph", "Ralph"),
        ("Una, with Kit", "Una", "Una"),
    ],
)
def test_who_leads_on_is_not_said_to_have_been_replaced(
    leader: str, before: str, place: str
) -> None:
    """A new minister under the same crown, and an heir who keeps the minister, are both such."""
    assert whose_place(leader, before) == place
    happened = event("leader_succeeded", "AAA", leader=leader, predecessor=before)
    said = describe_event(happened, kingdom().atlas)
    assert said.endswith(f"is now led by {leader}, in the place of {place}.")
