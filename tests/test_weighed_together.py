"""What is worked out for many at once is what it would be for each alone."""

import numpy as np
import pytest

from game import load_map, play
from game.dice import dice
from game.engine.phases.influence import unheard
from game.engine.turn import Asking, resolve
from game.engine.turn_context import TurnContext
from game.history import Setup
from game.play import Position
from game.rivals import decisions
from game.rivals.envelope import seal
from game.theory.families.alignment import AlignmentMenu, adversaries, fellows
from game.world.legality import refusal, within_reach
from game.world.memo import changed
from game.world.orders import Denounce, Guarantee, Offer
from game.world.questions import Question
from game.world.sight import Sight, seen_by
from game.world.world_setup import build_world

MAPS = ("five-crowns", "europe-1909", "random:3:20")
TURNS = 6


def played(name: str, turns: int = TURNS) -> Position:
    """A campaign after some turns of AI states, with treaties, wars and declined offers."""
    doc = load_map(name)
    world, _ = build_world(doc)
    position = play.start(Setup(doc, 5, None, 30, {}), seal(doc, world, 5))
    for _ in range(turns):
        position = play.begin(position, {})
    return position


@pytest.fixture(scope="module", params=MAPS)
def position(request: pytest.FixtureRequest) -> Position:
    """A campaign on each map."""
    return played(request.param)


def sights(position: Position) -> list[Sight]:
    world = position.history.world
    return [seen_by(world, position.beliefs[-1], state) for state in world.playing()]


def test_the_orders_of_all_are_those_of_each_alone(
    position: Position, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, noise = position.history.world, play.noise_of(position)
    states = [state.id for state in world.living()]
    for most in (1, 2 * len(world.states) ** 2, 10**9):
        monkeypatch.setattr(decisions, "MOST_TOGETHER", most)
        together = dict(
            decisions.orders_of_all(
                world, position.beliefs[-1], position.envelope, position.frame, states, noise
            )
        )
        assert sorted(together) == sorted(states)
        for state in states:
            sight = seen_by(world, position.beliefs[-1], state)
            orders, records = decisions.orders(
                sight, position.envelope[state], position.frame, noise
            )
            assert together[state][0] == orders
            for mine, alone in zip(together[state][1], records, strict=True):
                assert mine.pick == alone.pick
                assert np.allclose(mine.terms, alone.terms, rtol=0, atol=1e-12)


def test_the_answers_of_all_are_those_of_each_alone(position: Position) -> None:
    """To all that is asked first in the next turn: offers, invitations and aid."""
    world, beliefs, noise = position.history.world, position.beliefs[-1], play.noise_of(position)
    states = [state.id for state in world.living()]
    weighing = world, beliefs, position.envelope, position.frame
    ordered = {
        state: found[0] for state, found in decisions.orders_of_all(*weighing, states, noise)
    }
    asking = resolve(world, ordered, {}, dice(position.history.setup.seed))
    assert isinstance(asking, Asking)
    asked: dict[str, list[Question]] = {}
    for question in asking.questions:
        asked.setdefault(question.asked, []).append(question)
    assert len(asked) > 1
    weighing = asking.world, *weighing[1:]
    together = dict(decisions.answers_of_all(*weighing, asked, noise))
    assert together.keys() == asked.keys()
    for state, questions in asked.items():
        sight = seen_by(asking.world, beliefs, state)
        alone = decisions.answers(sight, position.envelope[state], position.frame, questions, noise)
        assert together[state][0] == alone[0]
        for mine, own in zip(together[state][1], alone[1], strict=True):
            assert mine.asked == own.asked
            assert np.allclose(mine.terms, own.terms, rtol=0, atol=1e-12)


def test_states_with_habits_of_their_own_are_weighed_together(position: Position) -> None:
    habits = {seat.habits for seat in position.envelope.values()}
    keys = {position.frame.alike(seat.doctrine, seat.habits) for seat in position.envelope.values()}
    assert len(keys) < len(habits)


def test_a_menu_offers_each_partner_what_adds_to_what_is_owed(position: Position) -> None:
    """Every pact with one of the four adversaries of the pair that either can reach."""
    world = position.history.world
    for sight in sights(position):
        menu, names = AlignmentMenu(sight), list(world.atlas.state_index)
        rows = zip(menu.pacts.partner.tolist(), menu.pacts.against.tolist(), strict=True)
        named = {(names[m], names[a]) for m, a in rows if a >= 0}
        chosen, valid = adversaries(sight.facts)
        could = {
            (names[m], names[int(chosen[sight.index, m, slot])])
            for m in menu.partners
            for slot in range(4)
            if valid[sight.index, m, slot]
        }
        assert named <= could
        for partner, against in could - named:
            reached = any(within_reach(sight.world, it, against) for it in (sight.me, partner))
            owed = menu.owed.get(partner, set())
            bound = against in fellows(sight.world, sight.me) | fellows(sight.world, partner)
            assert not reached or bound or {("defense", against), ("defense", "")} & owed
        for order in menu:
            if isinstance(order, Offer) and order.joins is None and not order.terms.secret:
                assert refusal(sight.world, sight.me, order) is None, order


def test_a_menu_holds_everybody_who_can_be_given_a_guarantee(position: Position) -> None:
    for sight in sights(position):
        given = {order.to for order in AlignmentMenu(sight) if isinstance(order, Guarantee)}
        assert given == {
            name
            for name in sight.world.playing()
            if refusal(sight.world, sight.me, Guarantee(name)) is None
        }


def test_a_menu_holds_each_treaty_that_can_be_left(position: Position) -> None:
    for sight in sights(position):
        left = {order.treaty for order in AlignmentMenu(sight) if isinstance(order, Denounce)}
        owed = {it.id for it in sight.world.treaties_of(sight.me) if it.owes(sight.me)}
        assert left <= owed


def test_the_first_of_the_unheard_are_those_of_a_full_ranking(position: Position) -> None:
    world = position.history.world
    names = world.playing()
    heard = {(names[0], other): 1 + at % 3 for at, other in enumerate(names[2:])}
    context = TurnContext(changed(world, soundings=heard), {}, {}, play.noise_of(position))
    for state in names[:3]:
        ranking = unheard(context, state, heard, len(names))
        assert sorted([*ranking, state]) == sorted(names)
        for most in range(-1, len(names)):
            assert unheard(context, state, heard, most) == ranking[: max(0, most)]
