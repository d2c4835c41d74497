"""Estimates and deeds of rivals: they know what the player saw, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any
from unittest import mock

import numpy as np
import pytest

from game import Campaign, load_map
from game.advice import doctrine_estimate
from game.advice import witnessed_deeds as witnesses
from game.advice.doctrine_estimate import DoctrineEstimate, doctrine_estimates
from game.advice.visible_history import visible_history
from game.advice.witnessed_deeds import WitnessedDeed, witnessed_deeds
from game.campaign.saving import Parts
from game.history import History, TurnRecord
from game.world.events import event
from game.world.model import Treaty
from game.world.orders import Offer, Penetrate, Sound, Terms
from game.world.questions import SILENCE, OfferQuestion
from game.world.stage import Stage

ME, RIVALS = "ALD", ("OMB", "VOR", "SAR", "KHA")
HUSH = Terms(("defense",), "OMB", 6, True)


@cache
def played(turns: int = 8, seed: int = 5) -> Campaign:
    campaign = Campaign.new(load_map("five-crowns"), player=ME, seed=seed, turns=turns)
    while not campaign.over:
        offer = campaign.adviser.best_offer()
        if offer is not None and campaign.refusal(offer) is None:
            campaign.order(offer)
        campaign.submit()
        while asked := campaign.questions():
            campaign.answer({one.id: SILENCE[one.kind] for one in asked})
    return campaign


def every_turn(history: History, change: Callable[[TurnRecord], TurnRecord]) -> History:
    return replace(history, turns=tuple(change(record) for record in history.turns))


def secret_orders(record: TurnRecord) -> TurnRecord:
    """Others offer each other secret pacts, listen and work inside one another."""
    orders = dict(record.orders)
    for state in ("VOR", "SAR", "KHA"):
        other = "SAR" if state != "SAR" else "VOR"
        more = (Offer(other, HUSH), Sound("OMB"), Penetrate("LYS", "lobby", 100))
        orders[state] = (*orders.get(state, ()), *more)
    return replace(record, orders=orders)


def secret_answers(record: TurnRecord) -> TurnRecord:
    """A secret offer among others is put and accepted at every stage."""
    asked = OfferQuestion("hush", "SAR", "VOR", HUSH)
    stages = tuple(
        Stage(stage.world, (*stage.questions, asked), {**stage.answers, "hush": "accept"})
        for stage in record.stages
    )
    return replace(record, stages=stages)


def secret_events(record: TurnRecord) -> TurnRecord:
    """Things happen that only others witness, and that would make enemies if they were known."""
    hidden = (
        event("plot_found", "VOR", "SAR", ("VOR", "SAR"), means="lobby"),
        event("treaty_signed", "SAR", "KHA", ("SAR", "KHA"), treaty=990, obligations=("defense",),
              against="OMB", term=6, secret=1, burden=0, renews=0),
        event("order_refused", "KHA", "", (), order="aid", reason="no_money"),
    )  # fmt: skip
    return replace(record, events=(*record.events, *hidden))


def secret_world(record: TurnRecord) -> TurnRecord:
    """Secret treaties, networks and soundings of others stand in every world."""

    def hide(world: Any) -> Any:
        pact = Treaty(991, ("SAR", "KHA"), HUSH, 0, 99)
        return replace(
            world,
            treaties=(*world.treaties, pact),
            networks={**world.networks, ("VOR", "SAR"): 9_000},
            soundings={**world.soundings, ("KHA", "SAR"): 1},
        )

    stages = tuple(Stage(hide(one.world), one.questions, one.answers) for one in record.stages)
    return replace(record, start=hide(record.start), end=hide(record.end), stages=stages)


SCRAMBLES = [secret_orders, secret_answers, secret_events, secret_world]


Told = tuple[dict[str, DoctrineEstimate], dict[str, list[WitnessedDeed]]]


def told(history: History) -> Told:
    return doctrine_estimates(history, ME, RIVALS), witnessed_deeds(history, ME, RIVALS)


@cache
def honest() -> Told:
    return told(played().history)


@pytest.mark.parametrize("scramble", SCRAMBLES, ids=lambda one: one.__name__)
def test_what_the_player_did_not_see_changes_nothing(
    scramble: Callable[[TurnRecord], TurnRecord],
) -> None:
    changed = every_turn(played().history, scramble)
    if scramble is secret_world:
        changed = replace(changed, start=changed.turns[0].start)
    assert told(changed) == honest()


def test_neither_envelope_nor_private_beliefs_nor_seed_reach_it() -> None:
    campaign = played()
    position = campaign._position
    swap = {"BOP": "BOT", "BOT": "BOP"}
    envelope = {
        state: replace(seat, doctrine=swap.get(seat.doctrine, seat.doctrine), ambition=1)
        for state, seat in position.envelope.items()
    }
    luck = np.random.default_rng(3)
    opening, *private = position.beliefs  # What all believe at the opening stands in the map.
    beliefs = (
        opening,
        *(replace(one, hostile=luck.integers(100, 9_900, one.hostile.shape)) for one in private),
    )
    history = replace(position.history, setup=replace(position.history.setup, seed=999))
    scrambled = replace(position, envelope=envelope, beliefs=beliefs, history=history)
    other = Campaign(Parts(scrambled))
    estimates = campaign.adviser.doctrine_estimates(list(RIVALS))
    assert list(estimates) == list(RIVALS)
    assert other.adviser.doctrine_estimates(list(RIVALS)) == estimates
    for state in RIVALS:
        assert other.adviser.witnessed_deeds(state) == campaign.adviser.witnessed_deeds(state)
        assert other.adviser.witnessed_deeds(state)
    assert visible_history(position.history, ME).setup.seed == 0


def test_what_the_player_did_see_does_change_it() -> None:
    def silent(record: TurnRecord) -> TurnRecord:
        return replace(record, orders=dict.fromkeys(record.orders, ()))

    assert told(every_turn(played().history, silent)) != honest()


@pytest.mark.parametrize("leak", [secret_orders, secret_world])
def test_advice_that_peeks_is_seen(leak: Callable[[TurnRecord], TurnRecord]) -> None:
    """One that reads the true history in the place of the witnessed one, made on purpose."""
    changed = every_turn(played().history, leak)
    if leak is secret_world:
        changed = replace(changed, start=changed.turns[0].start)
    with (
        mock.patch.object(doctrine_estimate, "visible_history", lambda history, me: history),
        mock.patch.object(witnesses, "visible_history", lambda history, me: history),
    ):
        peeked, honestly = told(changed), told(played().history)
    assert peeked[0] != honestly[0]
    if leak is secret_orders:
        assert peeked[1] != honestly[1]


def test_a_secret_pact_that_was_offered_to_the_player_counts() -> None:
    def offered(record: TurnRecord) -> TurnRecord:
        put = event("treaty_offered", "VOR", ME, ("VOR", ME), obligations=("defense",),
                    against="OMB", term=6, secret=1, burden=0)  # fmt: skip
        orders = {**record.orders, "VOR": (Offer(ME, HUSH),)}
        return replace(record, orders=orders, events=(*record.events, put))

    seen = visible_history(every_turn(played().history, offered), ME)
    assert seen.turns[0].orders["VOR"] == (Offer(ME, HUSH),)


def test_it_leans_to_what_the_envelopes_hold_by_the_end_of_longer_campaigns() -> None:
    right = []
    for seed in range(3, 9):
        campaign = played(14, seed)
        for state in RIVALS:
            doctrine = campaign._position.envelope[state].doctrine
            leaning = campaign.adviser.doctrine_estimates([state])[state]
            assert leaning.decisions > 4
            assert leaning.power == pytest.approx(list(leaning.by_turn.values())[-1])
            right.append(leaning.power if doctrine == "BOP" else 1 - leaning.power)
    assert np.mean(right) > 0.65
    assert np.mean([share > 0.5 for share in right]) > 0.65


def test_the_debrief_scores_the_notebook_against_what_could_be_seen() -> None:
    noted = played().debrief()["you"]["notebook"]
    for state, row in noted["states"].items():
        known = played().adviser.doctrine_estimates([state])[state].by_turn
        for turn, value in zip(row["turns"], row["seen"], strict=True):
            wanted = known[max(one for one in known if one <= turn)]
            assert value == pytest.approx(wanted, abs=1e-4)
    assert noted["brier_seen"] is not None
