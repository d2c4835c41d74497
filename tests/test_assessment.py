"""Assessments: what they cost, who learns of them, and the figure that comes back and stays."""

from dataclasses import replace
from pathlib import Path

import pytest

from game import Campaign, load_map, play
from game.campaign import Refused
from game.history import canonical
from game.play import replay
from game.world.knowledge import knows_order, visible
from game.world.orders import Assess
from tests.worlds import events_of, play_turn, tiny_world, with_state

ME, RIVAL = "ALD", "VOR"


def campaign(seed: int = 5) -> Campaign:
    return Campaign.new(load_map("five-crowns"), player=ME, seed=seed)


def passed(one: Campaign, *orders: object) -> None:
    """A turn with these orders; every question is answered by silence."""
    one.submit(list(orders))  # type: ignore[arg-type]
    while questions := one.questions():
        one.answer(play.silence(questions))


def test_it_takes_an_envoy_and_changes_nothing_in_the_world() -> None:
    world = tiny_world()
    with_it = play_turn(world, {"AAA": (Assess("BBB"),)})
    (made,) = events_of(with_it, "assessment_made")
    assert (made.actor, made.target) == ("AAA", "BBB")
    idle = play_turn(world, {"AAA": ()}).world
    # The envoy listens to nobody instead: every other table is the same.
    assert canonical(replace(with_it.world, soundings={})) == canonical(replace(idle, soundings={}))
    assert len(with_it.world.soundings) == len(idle.soundings) - 1


def test_nobody_else_learns_of_it_not_even_whom_it_is_about() -> None:
    turn = play_turn(tiny_world(), {"AAA": (Assess("BBB"),)})
    for state in ("BBB", "CCC", "DDD"):
        seen = list(visible(turn.events, state))
        assert not [one for one in seen if one.kind == "assessment_made"]
        assert not knows_order(state, "AAA", Assess("BBB"), seen)


@pytest.mark.parametrize(
    ("orders", "words"),
    [
        ([Assess(ME)], "other than yourself"),
        ([Assess("ZZZ")], "No living state"),
        ([Assess(RIVAL), Assess(RIVAL)], "already"),
    ],
)
def test_what_cannot_be_assessed_is_refused_in_one_sentence(
    orders: list[Assess], words: str
) -> None:
    one = campaign()
    with pytest.raises(Refused, match=words) as refused:
        one.submit(orders)
    assert "\n" not in str(refused.value)
    assert not one.history.turns


def test_the_dead_are_not_assessed() -> None:
    turn = play_turn(with_state(tiny_world(), "BBB", alive=False), {"AAA": (Assess("BBB"),)})
    (refused,) = events_of(turn, "order_refused")
    assert refused["reason"] == "dead"
    assert not events_of(turn, "assessment_made")


def test_the_figure_is_what_the_player_could_see_when_it_was_made_and_stays(
    tmp_path: Path,
) -> None:
    one = campaign()
    for _ in range(3):
        passed(one)
    passed(one, Assess(RIVAL))
    figure = one.adviser.doctrine_estimates([RIVAL])[RIVAL].power
    assert one.notebook.assessed(RIVAL) == [(4, figure)]
    while one.adviser.doctrine_estimates([RIVAL])[RIVAL].power == figure:
        passed(one)  # It raises where the campaign ends before anything more is seen of it.
    one.save(tmp_path / "kept.json")
    again = Campaign.load(tmp_path / "kept.json")
    assert again.notebook.assessed(RIVAL) == [(4, figure)]
    assert again.branch(4).notebook.assessed(RIVAL) == []
    assert again.branch(5).notebook.assessed(RIVAL) == [(4, figure)]


def test_a_replay_gives_the_same_events_and_another_envelope_the_same_figure() -> None:
    one = campaign()
    passed(one)
    passed(one, Assess(RIVAL), Assess("LYS"))
    assert replay(one.history).digest == one.history.digest
    # The same deeds under any envelope give the same figures: only sight is read.
    position = one._position
    swapped = {
        state: replace(seat, doctrine={"BOP": "BOT"}.get(seat.doctrine, "BOP"))
        for state, seat in position.envelope.items()
    }
    other = Campaign(replace(one._parts(), position=replace(position, envelope=swapped)))
    other.notebook.assessments = {}
    other._note_assessments()
    assert other.notebook.assessments == one.notebook.assessments


def test_ai_states_never_order_one() -> None:
    alone = Campaign.new(load_map("five-crowns"), seed=3, turns=6)
    while not alone.over:
        alone.submit()
    given = [orders for turn in alone.history.turns for orders in turn.orders.values()]
    kinds = {order.kind for orders in given for order in orders}
    assert "assess" not in kinds
    assert kinds
