"""Whatever is ordered and answered: nothing raises, the world stays whole, chance is keyed."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.dice import Draw, dice
from game.engine.turn import PHASES, Turn
from game.engine.turn_context import TurnContext, Unanswered
from game.history import History, Setup, TurnRecord, chain
from game.play import replay as replayed
from game.world.atlas import Atlas
from game.world.events import FACTS, Event
from game.world.legal_orders import legal_orders
from game.world.map_document import MapDoc
from game.world.model import World
from game.world.orders import Order
from game.world.questions import Answer
from game.world.rules import BP
from game.world.world_setup import build_world
from tests.random_orders import random_orders
from tests.worlds import Answering, any_answer, play_turn, tiny_world, with_state

TURNS = 10
LANDS = ("AAA", "BBB", "CCC", "DDD", "EEE")
CLAIMS = [{"of": "AAA", "province": "bbb-north"}, {"of": "CCC", "province": "bbb-south"}]


def some_world(seed: int) -> World:
    lot = random.Random(seed)
    return tiny_world(
        LANDS[: lot.randint(3, 5)],
        sea=lot.random() < 0.5,
        claims=CLAIMS,
        rivalries=[["AAA", "CCC"]],
        calendar={"step": lot.choice(("year", "season", "month"))},
        states={
            name: {
                "army": lot.randint(0, 200),
                "fleet": lot.randint(0, 40),
                "posture": lot.random(),
            }
            for name in ("AAA", "BBB", "CCC")
        },
        treaties=[{"parties": ["AAA", "BBB", "CCC"], "obligations": ["defense"], "burden": 0.05}],
    )


@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_random_orders_and_answers_leave_the_world_whole(seed: int) -> None:
    world, lot = some_world(seed), random.Random(seed)
    for turn in range(TURNS):
        orders = random_orders(world, lot)
        done = play_turn(world, orders, any_answer(seed + turn), seed)
        check_whole(done.world)
        check_battles(done.events)
        assert done.world.turn == world.turn + 1
        world = done.world


@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_money_and_men_are_conserved_but_for_named_sources_and_sinks(seed: int) -> None:
    """Aid, burdens and indemnities move money; what else changes it is booked by name."""
    world, lot = some_world(seed), random.Random(seed)
    for turn in range(TURNS):
        context = run(world, random_orders(world, lot), any_answer(seed + turn), seed)
        check_conserved(world, context)
        world = context.world


def check_conserved(before: World, context: TurnContext) -> None:
    """Money and men after a turn: as before it, but for what was booked or told by name."""
    held = [sum(state.treasury for state in at.states) for at in (before, context.world)]
    assert held[1] - held[0] == sum(context.book.values()), dict(context.book)
    men = [sum(state.army for state in at.states) for at in (before, context.world)]
    raised = sum(e.number("army") for e in context.events if e.kind == "forces_raised")
    lost = sum(
        e.number("army") for e in context.events if e.kind in ("forces_cut", "forces_disbanded")
    )
    fallen = sum(
        e.number("attacker_losses") + e.number("defender_losses")
        for e in context.events
        if e.kind == "battle_fought"
    )
    assert men[1] - men[0] == raised - lost - fallen - context.forces_of_the_dead


def check_battles(events: Sequence[Event]) -> None:
    """Odds are chances, and nobody gains by dying."""
    for event in events:
        if event.kind == "battle_fought":
            assert 0 <= event.number("odds") <= BP
            assert event.number("attacker_losses") >= 0
            assert event.number("defender_losses") >= 0


def run(
    world: World, orders: Mapping[str, Sequence[Order]], answering: Answering, seed: int
) -> TurnContext:
    """The desk at the end of a turn."""
    answers: dict[str, Answer] = {}
    while True:
        context = TurnContext(world, orders, answers, dice(seed))
        try:
            for phase in PHASES:
                phase(context)
        except Unanswered as open_round:
            assert callable(answering)
            answers.update({q.id: answering(q) for q in open_round.questions})
        else:
            return context


@given(seed=st.integers(0, 2**32))
@settings(max_examples=10, deadline=None)
def test_a_turn_run_twice_is_the_same_and_changes_nothing_it_was_given(seed: int) -> None:
    world, lot = some_world(seed), random.Random(seed)
    for turn in range(4):
        orders = random_orders(world, lot)
        known = plain(world)
        first = play_turn(world, orders, any_answer(seed + turn), seed)
        again = play_turn(world, orders, any_answer(seed + turn), seed)
        assert plain(world) == known
        assert plain(first.world) == plain(again.world)
        assert first.events == again.events
        world = first.world


@given(seed=st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_the_order_in_which_states_hand_in_their_orders_decides_nothing(seed: int) -> None:
    world, lot = some_world(seed), random.Random(seed)
    orders = random_orders(world, lot)
    turned = dict(reversed(orders.items()))
    first = play_turn(world, orders, any_answer(seed), seed)
    second = play_turn(world, turned, any_answer(seed), seed)
    assert first.events == second.events
    assert plain(first.world) == plain(second.world)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_the_seats_in_the_map_decide_nothing(seed: int) -> None:
    """The same world with its states listed the other way round has the same turn."""
    lot = random.Random(seed)
    world = some_world(seed)
    for _ in range(4):
        orders = random_orders(world, lot)
        first = play_turn(world, orders, any_answer(seed), seed)
        second = play_turn(reseated(world), orders, any_answer(seed), seed)
        assert ledger(first) == ledger(second)
        world = first.world


def reseated(world: World) -> World:
    """The same world with the states in the opposite order (nothing else knows their order)."""
    atlas = world.atlas
    states = tuple(reversed(atlas.states))
    flipped = replace(
        atlas,
        states=states,
        affinity=atlas.affinity[::-1, ::-1],
        state_index={sheet.id: place for place, sheet in enumerate(states)},
    )
    return replace(world, atlas=flipped, states=tuple(reversed(world.states)))


def ledger(turn: Turn) -> tuple[Any, ...]:
    """What a turn did, whatever the order in which it is told; numbers given in it left out."""
    numbered = ("treaty", "crisis", "war", "renews")
    told = sorted(
        (
            event.kind,
            event.actor,
            event.target,
            tuple(
                str(fact)
                for name, fact in zip(FACTS[event.kind], event.facts, strict=True)
                if name not in numbered
            ),
        )
        for event in turn.events
    )
    states = sorted((plain(state) for state in turn.world.states), key=lambda state: state["id"])
    return told, states, [plain(province) for province in turn.world.provinces]


def check_whole(world: World) -> None:
    """Every invariant of a world."""
    check_integers(plain(world))
    living = {state.id for state in world.living()}
    for province in world.provinces:
        assert province.owner in living or province.owner == province.holder == ""
        assert province.holder == province.owner or world.at_war(province.holder, province.owner)
    for state in world.states:
        assert min(state.army, state.fleet, state.treasury) >= 0
        assert 0 <= state.posture <= 4
        for share in (state.resolve, state.reliability, state.exhaustion, state.committed):
            assert 0 <= share <= BP
        assert state.alive or (state.army, state.fleet, state.treasury) == (0, 0, 0)
    for treaty in world.treaties:
        assert len(set(treaty.parties)) == len(treaty.parties) >= 2
        assert set(treaty.parties) <= living
        assert treaty.until >= world.turn or not treaty.fixed
        assert not any(
            world.at_war(one, other) for one in treaty.parties for other in treaty.others(one)
        )
    for war in world.wars:
        assert war.attackers
        assert war.defenders
        assert not set(war.attackers) & set(war.defenders)
        assert {*war.attackers, *war.defenders} <= living
        assert -BP <= war.score <= BP
    for crisis in world.crises:
        assert {crisis.by, crisis.of} <= living
        assert not world.at_war(crisis.by, crisis.of)
    poles = sum(state.great for state in world.states)
    assert poles >= min(2, len([s for s in world.living() if s.committed]))
    assert all(0 < depth <= BP for depth in world.networks.values())
    assert all(0 < bp <= world.atlas.rules.leverage_cap for bp in world.leverage.values())
    numbers = [item.id for item in (*world.treaties, *world.wars, *world.crises)]
    assert len(set(numbers)) == len(numbers)
    assert all(number < world.next_id for number in numbers)


def plain(value: Any) -> Any:
    """A world as plain values, the atlas left out."""
    if isinstance(value, Atlas):
        return value.map_id
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def check_integers(value: Any) -> None:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            check_integers(part)
        return
    assert type(value) in (int, bool, str), value


def test_a_float_in_the_world_is_seen() -> None:
    """The check itself: NumPy's numbers and floats are not taken for integers."""
    for intruder in (1.0, np.int64(1)):
        with pytest.raises(AssertionError):
            check_integers({"state": [1, intruder]})


SHIPPED = sorted((Path(__file__).parent.parent / "maps").glob("*-*.json"))


Ordering = Callable[[World, int], Mapping[str, tuple[Order, ...]]]
"""What all states order in a turn, by its world and its number."""


def sampled(seed: int) -> Ordering:
    """Legal order sets, drawn from the forms that every state is shown."""

    def order(world: World, turn: int) -> Mapping[str, tuple[Order, ...]]:
        def draw(state: str) -> Draw:
            return lambda *subject: dice(seed)(turn, "sample", state, *subject)

        return {
            state.id: legal_orders(world, state.id).sample(draw(state.id))
            for state in world.living()
        }

    return order


def thrown(seed: int) -> Ordering:
    """Orders at random, some of them illegal."""
    lot = random.Random(seed)
    return lambda world, _: random_orders(world, lot)


def play_shipped(path: Path, seed: int, ordering: Ordering) -> None:
    """One random campaign on a shipped map: every turn whole and conserved; its replay the same."""
    doc = MapDoc.model_validate_json(path.read_bytes())
    history = History(Setup(doc, seed, None, TURNS, {}), build_world(doc)[0])
    for turn in range(1, TURNS + 1):
        before = history.world
        orders = ordering(before, turn)
        context = run(before, orders, any_answer(seed + turn), seed)
        check_whole(context.world)
        check_battles(context.events)
        check_conserved(before, context)
        stages, events = tuple(context.stages), tuple(context.events)
        digest = chain(history.digest, orders, stages, events, context.world)
        done = TurnRecord(turn, before, orders, stages, events, context.world, digest)
        history = replace(history, turns=(*history.turns, done))
    assert replayed(history).digest == history.digest


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_maps_stay_whole_under_random_orders(path: Path) -> None:
    for seed in range(2):
        play_shipped(path, seed, thrown(seed))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_maps_stay_whole_under_legal_orders(path: Path) -> None:
    play_shipped(path, 1, sampled(1))


CAMPAIGNS, PARTS = 1_000, 5


@pytest.mark.acceptance
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_maps_stay_whole_in_a_thousand_random_campaigns(
    path: Path, part: int, twentieth: bool
) -> None:
    """In five parts a map, so that several processes share them."""
    count = CAMPAIGNS // len(SHIPPED) // PARTS // (20 if twentieth else 1)
    for seed in range(part * 1_000, part * 1_000 + count):
        play_shipped(path, seed, sampled(seed))


def test_a_lost_coin_and_a_lost_man_are_seen() -> None:
    """The checks themselves: money or men that nobody booked are found out."""
    world = tiny_world()
    context = run(world, {}, any_answer(1), 1)
    for change in ({"treasury": 1}, {"army": 1}):
        name, by = next(iter(change.items()))
        richer = with_state(
            context.world, "AAA", **{name: getattr(context.world.states[0], name) + by}
        )
        context.world, kept = richer, context.world
        with pytest.raises(AssertionError):
            check_conserved(world, context)
        context.world = kept
    check_conserved(world, context)
