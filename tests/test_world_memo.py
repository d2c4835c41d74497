"""What is remembered with a world equals what is made afresh, whoever it was shared with."""

import importlib
import json
import pkgutil
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from inspect import signature
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import game.theory
import game.world
from game import Campaign, load_map, play
from game.rivals import decisions
from game.saves.world_deltas import apply, difference
from game.theory.doctrine import Lens
from game.theory.frame import _Look
from game.theory.lens import Field, field_of, views
from game.world import memo
from game.world.beliefs import Beliefs
from game.world.capability import capability
from game.world.memo import share_memo
from game.world.model import State, World, changed_in_states
from game.world.sight import Sight, facts_of, seen_by
from tests.random_orders import random_orders
from tests.worlds import (
    any_answer,
    play_turn,
    tiny_start,
    tiny_world,
    with_province,
    with_treaty,
    with_war,
)

for package in (game.world, game.theory):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)

MARKED: tuple[Callable[..., Any], ...] = tuple(memo._READS)
"""Every function of a world whose results are remembered, as it was before it was marked."""

CACHES = ("cache", "memo")


def subjects(make: Callable[..., Any], world: World) -> list[tuple[Any, ...]]:
    """Some arguments for a marked function, by the names of its parameters.

    A KeyError here means that a marked function has a parameter which this test must learn.
    """
    ids = [state.id for state in world.states]
    values: dict[str, list[Any]] = {
        "state": ids,
        "attacker": ids[:2],
        "against": ids[-2:],
        "attackers": [(ids[0],), tuple(ids[:2])],
        "defenders": [(ids[-1],), tuple(ids[-2:])],
        "arm": ["army", "fleet"],
        "army": [0, 500],
        "fleet": [0, -300],
        "invest": [0, 400],
        "known": [tuple(treaty.id for treaty in world.treaties if not treaty.terms.secret)],
    }
    sets: list[tuple[Any, ...]] = [()]
    for name in list(signature(make).parameters)[1:]:
        sets = [(*chosen, value) for chosen in sets for value in values[name]]
    return sets


def fill_memo(world: World) -> None:
    """Have everything worked out that can be remembered with a world and with its facts."""
    for make in MARKED:
        remembered = getattr(sys.modules[make.__module__], make.__name__)
        for subject in subjects(make, world):
            remembered(world, *subject)
    field_of(all_seeing(world), LENS)


LENS = Lens((0.5, 1.5, 1.0, -0.5), False)


def all_seeing(world: World) -> Sight:
    """A sight of the whole world, to ask for the field of a lens."""
    return Sight(world.states[0].id, world, np.zeros(len(world.states)), facts_of(world))


def same(one: Any, other: Any) -> bool:
    """Whether two results are equal, their caches left out; the order of tables counts."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if is_dataclass(one) and not isinstance(one, type):
        names = [part.name for part in fields(one) if part.name not in CACHES]
        return type(one) is type(other) and all(
            same(getattr(one, name), getattr(other, name)) for name in names
        )
    if isinstance(one, Mapping):
        return same(list(one.items()), list(other.items()))
    if isinstance(one, Sequence) and not isinstance(one, str):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def worked_out(world: World) -> set[Any]:
    """The functions of which a world remembers something."""
    return {make for make, made in world.memo.items() if made}


def stale(world: World) -> list[str]:
    """What is remembered with a world and differs from what is made of a fresh copy of it."""
    fresh = replace(world)
    wrong = [
        f"{make.__name__}{subject}"
        for make, made in list(world.memo.items())
        for subject, result in list(made.items())
        if not same(result, make(fresh, *subject))
    ]
    field = field_of(all_seeing(world), LENS)
    return wrong if same(field, field_of(all_seeing(fresh), LENS)) else [*wrong, "field_of"]


def stale_in_sight(sight: Sight, fresh: Sight) -> list[str]:
    """What is remembered with a sight and differs from what is made of a fresh one."""
    wrong = []
    for key, result in list(sight.cache.items()):
        if isinstance(key, _Look):
            made: Any = views([fresh], key.lens, key.scale)[0]
        else:
            make, *subject = key
            made = make(fresh, *subject)
        if not same(result, made):
            wrong.append(str(key))
    ids = tuple([treaty.id for treaty in sight.treaties])
    for key, result in list(sight.facts.cache.items()):
        seen = isinstance(result, Field) and key[1] == ids
        if seen and not same(result, field_of(fresh, key[0])):
            wrong.append(f"field {key}")
    return wrong


# single changes


@pytest.fixture
def checked_sharing(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """Wherever a world shares its memo with a new one, fill it before and check it after.

    Returns what was named as changed, call by call.
    """
    calls: list[frozenset[str]] = []
    checks_now = False

    def checking(new: World, old: World, changed: frozenset[str]) -> None:
        nonlocal checks_now
        if checks_now:
            share_memo(new, old, changed)
            return
        checks_now = True
        fill_memo(old)
        share_memo(new, old, changed)
        calls.append(changed)
        assert stale(new) == [], f"shared though these parts were changed: {sorted(changed)}"
        checks_now = False

    sharing = [
        module
        for name, module in sys.modules.items()
        if name.startswith("game.") and getattr(module, share_memo.__name__, None) is share_memo
    ]
    assert len(sharing) >= 4
    for module in sharing:
        monkeypatch.setattr(module, share_memo.__name__, checking)
    return calls


def restless_start() -> tuple[World, Beliefs]:
    return tiny_start(
        ("AAA", "BBB", "CCC", "DDD", "EEE"),
        sea=True,
        claims=[{"of": "AAA", "province": "bbb-north"}, {"of": "CCC", "province": "bbb-south"}],
        rivalries=[["AAA", "CCC"]],
        states={"AAA": {"army": 180, "posture": 0.9}, "DDD": {"army": 20, "posture": 0.1}},
        treaties=[{"parties": ["AAA", "BBB", "CCC"], "obligations": ["defense"], "burden": 0.05}],
    )


@pytest.mark.parametrize("seed", range(2))
def test_no_change_within_a_turn_leaves_a_stale_result(
    seed: int, checked_sharing: list[frozenset[str]]
) -> None:
    """Random orders and answers, with wars, conquests, and treaties that some do not see."""
    (world, beliefs), lot = restless_start(), random.Random(seed)
    world = with_treaty(world, "DDD", "EEE", secret=True)
    happened: set[str] = set()
    hidden = 0
    for turn in range(8):
        orders = random_orders(world, lot)
        done = play_turn(world, orders, any_answer(seed + turn), seed)
        happened |= {event.kind for event in done.events}
        world = done.world
        for state in world.playing():
            seen = seen_by(world, beliefs, state).world
            fill_memo(seen)
            assert stale(seen) == [], state
            hidden += len(world.treaties) - len(seen.treaties)
    parts = frozenset[str]().union(*checked_sharing)
    assert {"states", "weights", "standing", "provinces", "treaties", "signed", "wars"} <= parts
    assert {"battle_fought", "treaty_signed", "posture_changed", "forces_raised"} <= happened
    assert hidden > 0


def otherwise(value: int, lot: random.Random) -> int:
    """Another value for a part of a state."""
    if isinstance(value, bool):
        return not value
    return value if lot.random() < 0.5 else value // 2 + 1


def changes(world: World, other: World, lot: random.Random) -> Iterator[tuple[World, set[str]]]:
    """A world with one part changed, and what of it then counts as changed; part by part.

    Parts of the world become those of another world; parts of states are made 0, then others.
    """
    for part in fields(World):
        if part.name not in ("atlas", "states"):
            changed = replace(world, **{part.name: getattr(other, part.name)})
            yield changed, set(memo.replaced({part.name}))
    for name in (part.name for part in fields(State) if part.name != "id"):
        old = [getattr(state, name) for state in world.states]
        for new in ([type(value)(0) for value in old], [otherwise(value, lot) for value in old]):
            states = tuple(
                replace(state, **{name: value})
                for state, value in zip(world.states, new, strict=True)
            )
            yield replace(world, states=states), set(changed_in_states(world.states, states))


def unlike_worlds(lot: random.Random) -> list[World]:
    """Worlds at war and at peace, with a conquest, a tribute, and a war by sea alone."""
    world = with_treaty(restless_start()[0], "CCC", "DDD", burden=500, payer="CCC")
    conquered = with_province(world, "eee-north", owner="CCC", holder="CCC", annexed=world.turn)
    worlds = [
        conquered,
        with_war(conquered, ("AAA",), ("EEE",)),
        with_war(world, ("AAA", "BBB"), ("DDD",)),
    ]
    for turn in range(5):
        worlds.append(play_turn(worlds[-1], random_orders(worlds[-1], lot), any_answer(turn)).world)
    return worlds


def test_no_result_depends_on_a_part_that_its_function_does_not_name() -> None:
    """One part taken from another world at a time."""
    lot = random.Random(1)
    worlds = unlike_worlds(lot)
    differing: set[str] = set()
    for one, other in zip(worlds, reversed(worlds), strict=True):
        for changed, parts in changes(one, other, lot):
            fresh, copied = replace(one), replace(changed)
            for make in set(memo._READS) - set(memo._lost(frozenset(parts))):
                for subject in subjects(make, one):
                    named = f"{make.__name__}{subject} depends on one of {sorted(parts)}"
                    assert same(make(fresh, *subject), make(copied, *subject)), named
            differing |= parts if not same(one, changed) else set()
    assert differing >= {"turn", "states", "weights", "standing", "provinces", "treaties", "wars"}


def test_what_a_forecast_of_a_war_shares_is_not_stale(
    checked_sharing: list[frozenset[str]],
) -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=7)
    for state in campaign.world.playing():
        if state != "ALD":
            campaign.adviser.war_entrants(state)
    assert frozenset({"wars"}) in checked_sharing


# a whole campaign


def worlds_of(position: play.Position) -> Iterator[World]:
    for record in position.history.turns:
        yield record.start
        for stage in record.stages:
            yield stage.world
        yield record.end


@pytest.fixture(scope="module")
def played() -> tuple[play.Position, list[tuple[Sight, Sight]]]:
    """A whole campaign, and every sight that a state decided on, with a fresh copy of it."""
    sights: list[tuple[Sight, Sight]] = []

    def recorded(world: World, beliefs: Beliefs, state: str) -> Sight:
        sight = seen_by(world, beliefs, state)
        fill_memo(sight.world)
        sights.append((sight, seen_by(replace(world), beliefs, state)))
        return sight

    campaign = Campaign.new(load_map("five-crowns"), seed=5)
    position = replace(campaign._position, full_records=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decisions, "seen_by", recorded)
        for _ in range(position.history.setup.turns):
            fill_memo(position.world)
            position = play.begin(position, {})
    return position, sights


def test_in_a_whole_campaign_what_is_remembered_equals_what_is_made_afresh(
    played: tuple[play.Position, list[tuple[Sight, Sight]]],
) -> None:
    """Every world of every turn, and all that was worked out of it while it was played."""
    position, _ = played
    worlds = list(worlds_of(position))
    assert len(position.history.turns) == position.history.setup.turns == 12
    assert set(MARKED) <= worked_out(worlds[0])
    for world in worlds:
        assert stale(world) == [], f"turn {world.turn}"


def test_in_a_whole_campaign_what_is_remembered_with_a_sight_equals_what_is_made_afresh(
    played: tuple[play.Position, list[tuple[Sight, Sight]]],
) -> None:
    """Also after states decided on it: nobody changed what it was given."""
    _, sights = played
    kinds = {type(key) for sight, _ in sights for key in sight.cache}
    assert kinds == {_Look, tuple}
    for sight, fresh in sights:
        assert stale_in_sight(sight, fresh) == [], f"{sight.me}, turn {sight.world.turn}"
        assert stale(sight.world) == [], f"{sight.me}, turn {sight.world.turn}"


def test_worlds_read_from_a_save_remember_nothing_stale(
    played: tuple[play.Position, list[tuple[Sight, Sight]]],
) -> None:
    position, _ = played
    shared: set[Any] = set()
    for old, new in pairwise(worlds_of(position)):
        before = replace(old)
        fill_memo(before)
        after = apply(before, json.loads(json.dumps(difference(before, new))))
        assert same(after, new)
        shared |= worked_out(after)
        assert stale(after) == [], f"turn {new.turn}"
    assert len(shared) > len(MARKED) // 2


# the memo itself


def test_what_is_worked_out_twice_is_made_once_and_equal_worlds_share_nothing() -> None:
    world = tiny_world()
    calls = []

    def make(world: World, subject: int) -> list[int]:
        calls.append(subject)
        return [subject]

    marked = memo.derived("states")(make)
    assert marked(world, 1) is marked(world, 1)
    assert marked(world, 2) == [2]
    assert calls == [1, 2]
    assert marked(replace(world), 1) == [1]
    assert calls == [1, 2, 1]
    del memo._READS[make]
    memo._lost.cache_clear()


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({}, ()),
        ({"treasury": 1}, ("states",)),
        ({"resolve": 1}, ("states",)),
        ({"exhaustion": 1}, ("states",)),
        ({"mobilised": True}, ("states",)),
        ({"posture": 4}, ("standing", "states")),
        ({"great": None}, ("standing", "states")),
        ({"reliability": 1}, ("standing", "states")),
        ({"army": 1}, ("standing", "states", "weights")),
        ({"fleet": 1}, ("standing", "states", "weights")),
        ({"alive": False}, ("standing", "states", "weights")),
        ({"committed": 1}, ("standing", "states", "weights")),
        ({"invested": 1}, ("standing", "states", "weights")),
    ],
    ids=str,
)
def test_a_change_of_a_state_is_named_by_all_that_reads_it(
    change: dict[str, Any], parts: tuple[str, ...]
) -> None:
    states = tiny_world().states
    changed = (replace(states[0], **change), *states[1:])
    assert changed_in_states(states, changed) == set(parts)


def test_a_stale_result_is_found() -> None:
    """The check itself: with a part left out on purpose, and with a result that was changed."""
    world = tiny_world()
    fill_memo(world)
    assert stale(world) == []
    states = (replace(world.states[0], army=1), *world.states[1:])
    richer = replace(world, states=states)
    share_memo(richer, world, frozenset({"networks"}))
    assert any(name.startswith("capability") for name in stale(richer))
    capability(world)[0] += 1
    assert stale(world) == ["capability()"]
