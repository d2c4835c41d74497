"""Treaties of several: who may join one, who must agree, and what it then says."""

from dataclasses import replace

import pytest

from game.world.legality import Refusal, refusal
from game.world.model import Treaty, World
from game.world.orders import DeclareWar, Offer, Terms
from tests.worlds import (
    events_of,
    first_questions,
    play_turn,
    tiny_world,
    with_treaty,
    with_war,
)

PACT = Terms(("defense",))
INVITE = {"AAA": (Offer("CCC", PACT, 1),)}


def allied(**terms: object) -> World:
    return with_treaty(tiny_world(), "AAA", "BBB", **terms)


def test_the_invited_and_every_other_member_are_asked_at_once() -> None:
    world = with_treaty(tiny_world(), "AAA", "BBB", "DDD")
    asked = first_questions(world, INVITE)
    assert [(q.asked, q.by, q.joins, q.newcomer) for q in asked] == [
        ("CCC", "AAA", 1, "CCC"),
        ("BBB", "AAA", 1, "CCC"),
        ("DDD", "AAA", 1, "CCC"),
    ]
    assert not any(question.may_counter for question in asked)


def test_who_declined_is_not_invited_though_a_like_treaty_with_it_is_about_to_end() -> None:
    """An invitation renews nothing, so it waits as any other offer does."""
    world = play_turn(allied(), {"AAA": (Offer("CCC", PACT, 1),)}).world
    ending = Treaty(99, ("AAA", "CCC"), PACT, signed=0, until=world.turn)
    world = replace(world, treaties=(*world.treaties, ending))
    rest = world.atlas.rules.offer_rest
    waits = Refusal("offer_rests", ("CCC", 2 + rest))
    assert refusal(world, "AAA", Offer("CCC", PACT, 1)) == waits
    assert refusal(world, "AAA", Offer("CCC", PACT)) is None
    assert refusal(replace(world, turn=2 + rest), "AAA", Offer("CCC", PACT, 1)) is None


def test_who_joins_takes_the_treaty_as_it_runs() -> None:
    before = allied(until=9)
    turn = play_turn(before, INVITE, {"offer": "accept"})
    (treaty,) = turn.world.treaties
    assert treaty.parties == ("AAA", "BBB", "CCC")
    assert (treaty.id, treaty.until, treaty.signed) == (1, 9, 0)
    (signed,) = events_of(turn, "treaty_signed")
    assert (signed["treaty"], signed["renews"], signed["term"]) == (1, 1, 8)


@pytest.mark.parametrize("against", ["BBB", "CCC"])
def test_one_who_is_against_it_keeps_the_treaty_closed(against: str) -> None:
    turn = play_turn(
        allied(), INVITE, lambda question: "decline" if question.asked == against else "accept"
    )
    assert turn.world.treaties[0].parties == ("AAA", "BBB")
    kind = "accession_refused" if against == "BBB" else "treaty_declined"
    assert len(events_of(turn, kind)) == 1
    assert not events_of(turn, "treaty_signed")


def test_two_members_who_invite_the_same_state_make_it_join_once() -> None:
    orders = {state: (Offer("CCC", PACT, 1),) for state in ("AAA", "BBB")}
    turn = play_turn(allied(), orders, {"offer": "accept"})
    assert turn.world.treaties[0].parties == ("AAA", "BBB", "CCC")
    assert len(events_of(turn, "treaty_signed")) == 1
    assert not events_of(turn, "treaty_lapsed")


def test_a_counter_to_an_invitation_is_no_answer() -> None:
    turn = play_turn(
        allied(),
        INVITE,
        lambda question: Terms(("nonaggression",)),  # type: ignore[return-value]
    )
    assert turn.world.treaties[0].parties == ("AAA", "BBB")


def test_all_members_owe_the_newcomer_what_they_owe_each_other() -> None:
    joined = play_turn(allied(), INVITE, {"offer": "accept"}).world
    turn = play_turn(joined, {"DDD": (DeclareWar("CCC"),)}, {"call": "honour"})
    assert {event.actor for event in events_of(turn, "call_honoured")} == {"AAA", "BBB"}


@pytest.mark.parametrize(
    ("world", "order", "code"),
    [
        (allied(), Offer("CCC", PACT, 7), "not_member"),
        (with_treaty(tiny_world(), "BBB", "DDD"), Offer("CCC", PACT, 1), "not_member"),
        (allied(secret=True), Offer("CCC", Terms(("defense",), secret=True), 1), "secret_closed"),
        (allied(), Offer("CCC", Terms(("offense",), "DDD"), 1), "accession_terms"),
        (allied(), Offer("BBB", PACT, 1), "already_member"),
        (allied(against="CCC"), Offer("CCC", Terms(("defense",), "CCC"), 1), "against_party"),
        (with_war(allied(), ("CCC",), ("BBB",)), Offer("CCC", PACT, 1), "at_war_with_member"),
        (with_treaty(allied(), "BBB", "DDD", against="CCC"), Offer("CCC", PACT, 1), "opposed"),
        (
            with_treaty(allied(against="DDD"), "CCC", "DDD"),
            Offer("CCC", Terms(("defense",), "DDD"), 1),
            "bound_to_target",
        ),
    ],
)
def test_what_bars_a_treaty_bars_an_accession(world: World, order: Offer, code: str) -> None:
    refused = refusal(world, "AAA", order)
    assert refused is not None
    assert refused.code == code


def test_a_treaty_that_is_ending_admits_nobody() -> None:
    world = allied()
    world = replace(world, treaties=(replace(world.treaties[0], notice_by="BBB"),))
    refused = refusal(world, "AAA", Offer("CCC", PACT, 1))
    assert refused is not None
    assert refused.code == "ending"
