"""The campaign as its users see it: the slate of orders with undo, and the notebook."""

import gc
import sys
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import Campaign, load_map
from game.campaign import Refused
from game.campaign.notebook import Notebook
from game.campaign.pending_orders import Orders, PendingOrders
from game.world import world_setup
from game.world.orders import Aid, Budget, Order, Posture, Sound

ORDERS: tuple[Order, ...] = (Sound("BBB"), Sound("CCC"), Posture(1), Budget(army=1), Aid("BBB", 5))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(-3, 3)), max_size=20))
def test_every_change_of_the_slate_is_undone_and_done_again(
    steps: list[tuple[int, int, int]],
) -> None:
    slate, seen = PendingOrders(), list[Orders]()
    seen.append(slate.orders)
    for kind, place, by in steps:
        if kind and place >= len(slate.orders):
            continue
        match kind:
            case 0:
                slate.add(ORDERS[place])
            case 1:
                slate.replace([place], [ORDERS[by % len(ORDERS)]])
            case 2:
                slate.move(place, by)
            case _:
                slate.replace([place], [])
        seen.append(slate.orders)
    for orders in reversed(seen[:-1]):
        assert slate.undo()
        assert slate.orders == orders
    assert not slate.undo()
    for orders in seen[1:]:
        assert slate.redo()
        assert slate.orders == orders
    assert not slate.redo()


def test_a_change_forgets_what_was_undone() -> None:
    slate = PendingOrders(ORDERS[:2])
    slate.move(1, -1)
    assert slate.orders == (ORDERS[1], ORDERS[0])
    assert slate.undo()
    slate.add(ORDERS[2])
    assert not slate.redo()
    assert slate.orders == ORDERS[:3]


def test_what_replaces_orders_takes_their_ranks_and_the_rest_goes_last() -> None:
    slate = PendingOrders(ORDERS[:3])
    slate.replace([0, 2], ORDERS[3:])
    assert slate.orders == (ORDERS[3], ORDERS[1], ORDERS[4])
    slate.replace([1], ORDERS[:2])
    assert slate.orders == (ORDERS[3], ORDERS[0], ORDERS[4], ORDERS[1])
    slate.replace([0, 3], ORDERS[2:3])
    assert slate.orders == (ORDERS[2], ORDERS[0], ORDERS[4])
    assert slate.undo()
    assert slate.undo()
    assert slate.orders == (ORDERS[3], ORDERS[1], ORDERS[4])


def test_a_refused_order_leaves_the_slate_as_it_was() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=7)
    campaign.order(Posture(1))
    with pytest.raises(Refused):
        campaign.order(Posture(3))
    with pytest.raises(Refused):
        campaign.replace([0], [Sound("ALD")])
    with pytest.raises(Refused):
        campaign.replace([0], [Budget(army=100), Posture(3), Posture(3)])
    assert campaign.pending == (Posture(1),)
    campaign.replace([0], [Posture(3)])
    assert campaign.pending == (Posture(3),), "what is replaced does not stand in the way"
    assert campaign.undo()
    assert campaign.pending == (Posture(1),)


def test_while_a_turn_waits_for_answers_its_orders_stand() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=7)
    while not campaign.questions():
        campaign.order(Posture(1) if campaign.refusal(Posture(1)) is None else Budget(army=100))
        campaign.submit()
        assert campaign.questions() or not campaign.undo(), "a new turn begins with a clean slate"
    given = campaign.pending
    assert given
    assert not campaign.undo()
    assert not campaign.redo()
    with pytest.raises(Refused, match="waits for answers"):
        campaign.replace([0], [])
    with pytest.raises(Refused, match="waits for answers"):
        campaign.move(0, 1)
    with pytest.raises(Refused, match="waits for answers"):
        campaign.order(Sound("BEL"))
    assert campaign.pending == given


def test_a_map_is_set_up_once_to_begin_a_campaign_and_once_to_load_it(tmp_path: Path) -> None:
    """It takes half a second at 200 states."""
    doc = load_map("five-crowns")
    with calls_of(world_setup.build_world) as calls:
        campaign = Campaign.new(doc, player="ALD", seed=7)
    assert calls == [1]
    campaign.submit()
    path = campaign.save(tmp_path / "one.json")
    with calls_of(world_setup.build_world) as calls:
        again = Campaign.load(path)
    assert calls == [1]
    assert again.digest == campaign.digest
    for one in (campaign, again):
        while one.questions():
            one.answer({asked.id: asked.options[-1] for asked in one.questions()})
        one.submit()
    assert again.digest == campaign.digest


@contextmanager
def calls_of(function: Callable[..., Any]) -> Iterator[list[int]]:
    """How often a function is called within, by whatever name: a list of one number."""
    calls = [0]
    code = function.__code__

    def seen(frame: FrameType, event: str, _argument: object) -> None:
        calls[0] += event == "call" and frame.f_code is code

    sys.setprofile(seen)
    try:
        yield calls
    finally:
        sys.setprofile(None)


def test_the_memory_of_a_campaign_is_freed_as_soon_as_it_is_dropped() -> None:
    """A laboratory plays hundreds; the collector of garbage seldom looks for one."""
    gc.disable()
    try:
        campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=7)
        assert campaign.adviser.matters()
        assert campaign.debriefing.score().total >= 0
        dropped = weakref.ref(campaign)
        del campaign
        assert dropped() is None
    finally:
        gc.enable()


def test_a_notebook_is_read_as_it_was_kept() -> None:
    book = Notebook()
    book.write("GMY", 1.0)
    book.turn_page(1)
    book.write("GMY", 0.25)
    book.pins["GMY"] = [(1, "it armed")]
    again = Notebook.read(book.kept())
    assert again == book
    assert again.now == {"GMY": 0.25}
    assert again.pages == {1: {"GMY": 1.0}}


@pytest.mark.parametrize("wrong", [1.7, -0.1, float("nan"), float("inf")])
def test_what_is_no_probability_is_not_written_into_the_notebook(wrong: float) -> None:
    book = Notebook(now={"GMY": 0.3})
    with pytest.raises(Refused, match="from 0 to 1"):
        book.write("GMY", wrong)
    assert book.now == {"GMY": 0.3}


def test_other_programs_ask_a_campaign_itself() -> None:
    """The measuring scripts of others call these on the campaign; each is its helper's answer."""
    campaign = Campaign.new(load_map("five-crowns"), seed=7, turns=2)
    campaign.submit()
    state = campaign.world.playing()[0]
    assert campaign.readings("BOP", state) == campaign.adviser.readings("BOP", state)
    assert campaign.factors(state, state) == campaign.adviser.threat_factors(state, state)
    assert campaign.insecurity(state) == campaign.adviser.insecurity(state)
    assert campaign.envelope() == campaign.debriefing.doctrines()
    assert campaign.score(state) == campaign.debriefing.score(state)
    assert campaign.outcome() == campaign.debriefing.outcome()
    assert set(campaign.debrief(blind=True, quick=True)["states"]) == set(
        campaign.debrief()["states"]
    )
