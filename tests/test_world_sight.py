"""What one state sees of the world: its own secrets and what is public, nobody else's secrets."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from game import Campaign, load_map, play
from game.dice import dice
from game.engine.turn import Turn
from game.history import History
from game.rivals import decisions
from game.rivals.envelope import Seat
from game.theory.choice_rule import Record
from game.world.beliefs import Beliefs
from game.world.events import Event
from game.world.model import Treaty, World
from game.world.orders import Aid, Budget, Offer, Penetrate, Sound, Terms
from game.world.questions import AidQuestion, OfferQuestion
from game.world.sight import OF_TALKS, Sight, seen_by
from tests.worlds import first_questions, play_turn, tiny_start, with_treaty

STATES = ("AAA", "BBB", "CCC", "DDD")
PRIVATE = ("treaties", "networks", "soundings", "aid", "leverage", "cooldowns")
"""The parts of a world of which states see different things."""


def with_secrets() -> tuple[World, Beliefs]:
    """A world in which every state has secrets, and one has found out another's."""
    world, beliefs = tiny_start(STATES)
    world = with_treaty(world, "AAA", "BBB")
    world = with_treaty(world, "CCC", "DDD", secret=True, against="AAA")
    world = with_treaty(world, "AAA", "DDD", secret=True)
    world = with_treaty(world, "BBB", "CCC", secret=True)
    *others, last = world.treaties
    pairs = [(one, other) for one in STATES for other in STATES if one != other]
    table = {pair: 1_000 + place for place, pair in enumerate(pairs)}
    known = replace(
        world,
        treaties=(*others, replace(last, known_to=("AAA",))),
        networks=table,
        soundings=dict.fromkeys(pairs, 1),
        aid=table,
        leverage=table,
        cooldowns={
            **{(what, *pair): 5 for what in (*OF_TALKS, "truce") for pair in pairs},
            ("join", "AAA", "3"): 4,
        },
    )
    return known, beliefs


def treaties_seen(sight: Sight) -> list[tuple[str, ...]]:
    return [treaty.parties for treaty in sight.world.treaties]


# secret treaties


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        ("AAA", [("AAA", "BBB"), ("AAA", "DDD"), ("BBB", "CCC")]),
        ("BBB", [("AAA", "BBB"), ("BBB", "CCC")]),
        ("CCC", [("AAA", "BBB"), ("CCC", "DDD"), ("BBB", "CCC")]),
        ("DDD", [("AAA", "BBB"), ("CCC", "DDD"), ("AAA", "DDD")]),
    ],
)
def test_a_secret_treaty_is_seen_by_its_parties_and_by_who_found_it_out(
    state: str, seen: list[tuple[str, ...]]
) -> None:
    """Not even by the adversary that it names."""
    sight = seen_by(*with_secrets(), state)
    assert treaties_seen(sight) == seen
    assert sight.treaties == sight.world.treaties


def test_what_is_worked_out_of_a_seen_world_leaves_out_the_treaties_that_are_not_seen() -> None:
    """Lookups by state and number too, after the whole world answered the same ones."""
    world, beliefs = with_secrets()
    hidden = next(treaty for treaty in world.treaties if treaty.parties == ("CCC", "DDD"))
    assert world.bound_to("CCC") == {"BBB", "DDD"}
    assert world.treaty(hidden.id) == hidden
    for state, bound in (("AAA", {"BBB"}), ("BBB", {"BBB"}), ("DDD", {"DDD"})):
        seen = seen_by(world, beliefs, state).world
        assert seen.bound_to("CCC") == bound
        assert seen.treaty(hidden.id) == (hidden if state == "DDD" else None)


# networks and soundings


@pytest.mark.parametrize("part", ["networks", "soundings"])
@pytest.mark.parametrize("state", STATES)
def test_of_networks_and_soundings_each_sees_its_own_alone(state: str, part: str) -> None:
    world, beliefs = with_secrets()
    whole = getattr(world, part)
    seen = getattr(seen_by(world, beliefs, state).world, part)
    assert seen == {pair: value for pair, value in whole.items() if pair[0] == state}
    assert len(seen) == len(STATES) - 1


def test_who_has_no_network_sees_none() -> None:
    world, beliefs = with_secrets()
    theirs = {pair: depth for pair, depth in world.networks.items() if pair[0] != "AAA"}
    for networks in (theirs, {}):
        assert seen_by(replace(world, networks=networks), beliefs, "AAA").world.networks == {}


# what passed between two


@pytest.mark.parametrize("part", ["aid", "leverage"])
@pytest.mark.parametrize("state", STATES)
def test_of_aid_each_sees_what_it_gave_and_took(state: str, part: str) -> None:
    world, beliefs = with_secrets()
    seen = getattr(seen_by(world, beliefs, state).world, part)
    whole = getattr(world, part)
    assert seen == {pair: value for pair, value in whole.items() if state in pair}
    assert len(seen) == 2 * (len(STATES) - 1)


@pytest.mark.parametrize("state", STATES)
def test_who_declined_whose_offer_is_known_to_the_two_alone(state: str) -> None:
    """Truces and the like follow from what all see."""
    world, beliefs = with_secrets()
    seen = seen_by(world, beliefs, state).world.cooldowns
    hidden = {key for key in world.cooldowns if key[0] in OF_TALKS and state not in key}
    assert hidden
    assert set(seen) == set(world.cooldowns) - hidden


# what is public


@pytest.mark.parametrize("state", STATES)
def test_all_else_of_the_world_is_public(state: str) -> None:
    """States with their treasuries and forces, provinces, wars, crises."""
    world, beliefs = with_secrets()
    seen = seen_by(world, beliefs, state).world
    public = {part.name for part in fields(World)} - set(PRIVATE)
    assert {"states", "provinces", "wars", "crises"} < public
    for part in public:
        assert getattr(seen, part) is getattr(world, part), part


# beliefs


def test_a_state_sees_its_own_beliefs_and_no_others() -> None:
    world, beliefs = with_secrets()
    numbered = Beliefs(100 * np.arange(1, 17).reshape(4, 4), beliefs.ground)
    for place, state in enumerate(STATES):
        sight = seen_by(world, numbered, state)
        assert (sight.me, sight.index) == (state, place)
        assert sight.hostile.tolist() == [0.01 * (4 * place + column) for column in range(1, 5)]


def test_nobody_sees_as_a_state_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        seen_by(*with_secrets(), "ZZZ")


# what others keep secret changes nothing of what a state sees and does


def without_what_is_hidden_from(
    state: str, world: World, beliefs: Beliefs
) -> tuple[World, Beliefs]:
    """The same world and beliefs with all that `state` may not know of made otherwise."""
    treaties = tuple(treaty for treaty in world.treaties if treaty.seen_by(state))
    others = [name for name in world.atlas.state_index if name != state]
    invented = Treaty(900, (others[0], others[1]), Terms(("offense",), state, secret=True), 1, 9)
    own = {
        part: {pair: value for pair, value in getattr(world, part).items() if pair[0] == state}
        for part in ("networks", "soundings")
    }
    changed = replace(
        world,
        treaties=(*treaties, invented),
        networks={**own["networks"], (others[0], state): 9_000},
        soundings={(others[1], state): 1, **own["soundings"]},
        **{part: between_others(world, part, state, others[:2]) for part in ("aid", "leverage")},
        cooldowns={
            **{key: turn for key, turn in world.cooldowns.items() if key[0] not in OF_TALKS},
            **{key: turn for key, turn in world.cooldowns.items() if state in key},
            **{(what, others[0], others[1]): world.turn + 9 for what in OF_TALKS},
        },
    )
    hostile = beliefs.hostile // 2
    row = world.atlas.state_index[state]
    hostile[row] = beliefs.hostile[row]
    return changed, Beliefs(hostile, beliefs.ground)


def between_others(
    world: World, part: str, state: str, others: list[str]
) -> dict[tuple[str, str], int]:
    """What passed between a state and others; of what passed among the others, something else."""
    first, second = others
    own = {pair: value for pair, value in getattr(world, part).items() if state in pair}
    return {**own, (first, second): 77_000, (second, first): 1}


def parts_of(world: World) -> dict[str, Any]:
    return {part.name: getattr(world, part.name) for part in fields(World)}


def assert_same_sight(one: Sight, other: Sight) -> None:
    assert parts_of(one.world) == parts_of(other.world)
    assert (one.me, one.hostile.tolist()) == (other.me, other.hostile.tolist())


@pytest.fixture(scope="module")
def played() -> play.Position:
    """Some turns among states that follow their doctrines; then many secrets are added."""
    campaign = Campaign.new(load_map("five-crowns"), seed=3, turns=8)
    while not campaign.over:
        campaign.submit()
    position = campaign._position
    history = position.history
    names = [state.id for state in history.world.states]
    world = history.world
    for first, second in pairwise(names):
        world = with_treaty(world, first, second, until=30, secret=True)
    pairs = {(one, other): 5_000 for one in names for other in names if one != other}
    world = replace(world, networks=pairs, soundings=dict.fromkeys(pairs, world.turn))
    last = replace(history.turns[-1], end=world)
    return replace(position, history=replace(history, turns=(*history.turns[:-1], last)))


def test_others_secrets_change_nothing_of_what_a_state_sees_and_orders(
    played: play.Position,
) -> None:
    world, beliefs, seats = played.world, played.beliefs[-1], played.envelope
    draw = dice(1)
    for state in world.playing():
        other = without_what_is_hidden_from(state, world, beliefs)
        assert other[0].treaties != world.treaties
        before, after = seen_by(world, beliefs, state), seen_by(*other, state)
        assert_same_sight(before, after)
        ordered = [
            decisions.orders(sight, seats[state], played.frame, draw)[0]
            for sight in (before, after)
        ]
        assert ordered[0] == ordered[1]


def reached(value: Any) -> Iterator[Any]:
    """Everything that can be reached from a value, its caches and memos too."""
    seen: set[int] = set()
    left = [value]
    while left:
        one = left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, Mapping):
            left += [*one.keys(), *one.values()]
        elif isinstance(one, tuple | list | set | frozenset):
            left += one
        elif is_dataclass(one) and not isinstance(one, type):
            left += [getattr(one, part.name) for part in fields(one)]
        if isinstance(one, World):
            left.append(one.memo)


SEALED = (Seat, Beliefs, History, Record, Event, play.Position, Offer, Aid, Budget)
"""The envelope, others' beliefs, records of decisions, and what was ordered or happened."""


def test_no_sealed_thing_and_no_hidden_treaty_can_be_reached_from_a_sight(
    played: play.Position,
) -> None:
    """Neither the envelope, nor others' beliefs, orders and the reasons of their decisions.

    Also after the whole world answered the same questions.
    """
    world = played.world
    for state in world.playing():
        assert world.treaties_of(state)
        sight = seen_by(world, played.beliefs[-1], state)
        assert sight.world.treaties_of(state)
        every = list(reached(sight))
        assert [type(one).__name__ for one in every if isinstance(one, SEALED)] == []
        treaties = [one for one in every if isinstance(one, Treaty)]
        assert len(treaties) >= len(sight.treaties) > 0
        assert all(treaty.seen_by(state) for treaty in treaties)


def test_what_is_hidden_in_a_cache_of_a_sight_is_found(played: play.Position) -> None:
    """The search itself: a seat put into a cache on purpose is found."""
    sight = seen_by(played.world, played.beliefs[-1], played.world.playing()[0])
    for cache in (sight.cache, sight.world.memo):
        assert not any(isinstance(one, Seat) for one in reached(sight))
        cache["leak"] = {"seats": [next(iter(played.envelope.values()))]}
        assert any(isinstance(one, Seat) for one in reached(sight))
        del cache["leak"]


# offers and their answers


def test_an_offer_is_shown_to_whom_it_is_made_and_to_nobody_else() -> None:
    """A question names one who is asked; of an accession every member is asked."""
    world = tiny_start(STATES)[0]
    terms = Terms(("defense",), against="CCC", secret=True)
    orders = {"AAA": (Offer("BBB", terms), Aid("DDD", 1_000))}
    asked = [(type(one), one.asked, one.by) for one in first_questions(world, orders)]
    assert asked == [(OfferQuestion, "BBB", "AAA"), (AidQuestion, "DDD", "AAA")]


def on_progress(turn: Turn, state: str) -> set[str]:
    return {one.kind for one in turn.events if one.seen_by(state)}


@pytest.mark.parametrize(
    ("answer", "closing"), [("accept", "treaty_signed"), ("decline", "treaty_declined")]
)
def test_talks_are_known_to_the_two_who_deal_until_an_open_treaty_is_signed(
    answer: str, closing: str
) -> None:
    world = tiny_start(STATES)[0]
    for secret in (True, False):
        offer = Offer("BBB", Terms(("defense",), against="CCC", secret=secret))
        done = play_turn(world, {"AAA": (offer,)}, {"offer": answer})
        for state in STATES:
            deals = state in ("AAA", "BBB")
            published = closing == "treaty_signed" and not secret
            assert ("treaty_offered" in on_progress(done, state)) == deals, state
            assert (closing in on_progress(done, state)) == (deals or published), state


def test_secret_work_is_seen_by_who_sent_it_until_it_is_found_out() -> None:
    world = tiny_start(STATES)[0]
    orders = {"AAA": (Penetrate("BBB", "propaganda"), Sound("CCC"))}
    outcomes = set()
    for seed in range(40):
        done = play_turn(world, orders, seed=seed)
        assert {state for state in STATES if "sounding_made" in on_progress(done, state)} == {
            "AAA",
            "CCC",
        }
        made = {state for state in STATES if "penetration_made" in on_progress(done, state)}
        found = {state for state in STATES if "plot_found" in on_progress(done, state)}
        assert (made, found) in [({"AAA"}, set()), (set(), {"AAA", "BBB"})]
        outcomes.add(bool(found))
    assert outcomes == {True, False}


# the player sees as the rivals do


def test_a_player_sees_the_same_world_as_a_rival_in_its_seat_would() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=3, turns=6)
    while not campaign.over:
        sight = seen_by(campaign._position.world, campaign._position.beliefs[-1], "ALD")
        assert_same_sight(campaign.sight, sight)
        assert campaign.world is campaign.sight.world
        assert all(question.asked == "ALD" for question in campaign.questions())
        assert all(event.seen_by("ALD") for _, event in campaign.events)
        if campaign.questions():
            campaign.answer(play.silence(campaign.questions()))
        else:
            campaign.submit()
