"""Dispatches, talks and settlements: what is ordered, offered, answered, signed and left."""

from dataclasses import replace

from game.world.legality import Refusal, refusal
from game.world.model import Treaty, World
from game.world.orders import Aid, Denounce, Offer, Posture, Sound, Terms
from game.world.questions import AidQuestion, Answer, OfferQuestion, Question
from tests.worlds import (
    events_of,
    first_questions,
    play_turn,
    state_of,
    tiny_world,
    with_state,
    with_treaty,
)

DEFENCE = Terms(("defense",))
YES = {"offer": "accept", "aid": "accept"}


def test_an_illegal_order_is_refused_alone_and_only_its_giver_knows() -> None:
    turn = play_turn(tiny_world(), {"AAA": (Sound("AAA"), Posture(3))})
    (refused,) = events_of(turn, "order_refused")
    assert (refused.actor, refused["order"], refused["reason"]) == ("AAA", "sound", "oneself")
    assert refused.seen_by("AAA")
    assert not refused.seen_by("BBB")
    assert state_of(turn, "AAA").posture == 3


def test_all_who_are_offered_something_are_asked_at_once() -> None:
    orders = {
        "AAA": (Offer("BBB", DEFENCE), Aid("CCC", 1_000)),
        "BBB": (Offer("AAA", Terms(("nonaggression",))),),
    }
    asked = first_questions(tiny_world(), orders)
    assert {(question.kind, question.asked) for question in asked} == {
        ("offer", "BBB"),
        ("offer", "AAA"),
        ("aid", "CCC"),
    }


def test_W9_terms_are_a_product_of_compromise() -> None:
    """Alliance terms are a product of compromise: an offer can be countered, and the counter
    signed."""
    wanted = Terms(("defense",), against="CCC", term=4, burden=300)

    def answering(question: Question) -> Answer:
        assert isinstance(question, OfferQuestion)
        return "accept" if question.final else wanted

    turn = play_turn(tiny_world(), {"AAA": (Offer("BBB", DEFENCE),)}, answering)
    (countered,) = events_of(turn, "treaty_countered")
    assert (countered.actor, countered.target) == ("BBB", "AAA")
    (treaty,) = turn.world.treaties
    assert treaty.terms == wanted
    assert treaty.payer == "AAA"


def test_W9_counter_offers_are_final() -> None:
    """A counter-offer is put to the first sender once, and cannot be countered again."""
    finals: list[OfferQuestion] = []

    def answering(question: Question) -> Answer:
        assert isinstance(question, OfferQuestion)
        if question.final:
            finals.append(question)
        return replace(question.terms, term=question.terms.term - 1)

    turn = play_turn(tiny_world(), {"AAA": (Offer("BBB", DEFENCE),)}, answering)
    assert [(question.asked, question.by) for question in finals] == [("AAA", "BBB")]
    assert not turn.world.treaties
    assert len(events_of(turn, "treaty_declined")) == 1


def test_an_impossible_counter_counts_as_declined() -> None:
    turn = play_turn(
        tiny_world(),
        {"AAA": (Offer("BBB", DEFENCE),)},
        lambda question: Terms(("defense",), against="AAA"),
    )
    assert not events_of(turn, "treaty_countered")
    (declined,) = events_of(turn, "treaty_declined")
    assert (declined.actor, declined.target) == ("AAA", "BBB")


def test_a_declined_offer_rests() -> None:
    turn = play_turn(tiny_world(), {"AAA": (Offer("BBB", DEFENCE),)})
    rest = turn.world.atlas.rules.offer_rest
    assert turn.world.cooldown_until("offer", "AAA", "BBB") == 1 + rest


def test_who_declined_is_not_asked_again_while_the_offer_rests_but_to_renew() -> None:
    """The rule binds a player as it does a rival: what is refused has a price."""
    world = play_turn(tiny_world(), {"AAA": (Offer("BBB", DEFENCE),)}).world
    rest = world.atlas.rules.offer_rest
    other = Offer("BBB", Terms(("nonaggression",), term=3))
    assert refusal(world, "AAA", other) == Refusal("offer_rests", ("BBB", 2 + rest))
    assert refusal(world, "AAA", Offer("CCC", DEFENCE)) is None
    assert refusal(world, "BBB", Offer("AAA", DEFENCE)) is None
    assert refusal(replace(world, turn=2 + rest), "AAA", other) is None
    ending = Treaty(99, ("AAA", "BBB"), other.terms, signed=0, until=world.turn)
    assert refusal(replace(world, treaties=(ending,)), "AAA", other) is None


def test_conflicting_acceptances_are_settled_by_the_senders_rank() -> None:
    """A offers B a pact against C and C one against B: only the higher ranked can stand."""
    against_c, against_b = Terms(("defense",), against="CCC"), Terms(("defense",), against="BBB")
    for first, second, stands in (
        (Offer("BBB", against_c), Offer("CCC", against_b), "CCC"),
        (Offer("CCC", against_b), Offer("BBB", against_c), "BBB"),
    ):
        turn = play_turn(tiny_world(), {"AAA": (first, second)}, YES)
        (treaty,) = turn.world.treaties
        assert treaty.against == stands
        (lapsed,) = events_of(turn, "treaty_lapsed")
        assert lapsed.actor == "AAA"
        assert turn.world.cooldown_until("offer", "AAA", lapsed.target) == 0


def test_conflicting_acceptances_of_equal_rank_are_settled_by_a_draw() -> None:
    """B and C each sign with A against the other: over seeds, either can win."""
    orders = {
        "BBB": (Offer("AAA", Terms(("defense",), against="CCC")),),
        "CCC": (Offer("AAA", Terms(("defense",), against="BBB")),),
    }
    winners = {
        play_turn(tiny_world(), orders, YES, seed).world.treaties[0].against for seed in range(12)
    }
    assert winners == {"BBB", "CCC"}


def test_two_offers_of_a_kind_that_cross_make_one_treaty() -> None:
    orders = {"AAA": (Offer("BBB", DEFENCE),), "BBB": (Offer("AAA", DEFENCE),)}
    turn = play_turn(tiny_world(), orders, YES)
    assert len(turn.world.treaties) == 1
    assert not events_of(turn, "treaty_lapsed")


def test_a_public_pact_against_a_partner_is_refused_and_a_secret_one_is_not() -> None:
    world = with_treaty(tiny_world(), "AAA", "CCC")
    open_pact = Terms(("defense",), against="CCC")
    secret_pact = replace(open_pact, secret=True)
    assert not play_turn(world, {"AAA": (Offer("BBB", open_pact),)}, YES).world.treaties[1:]
    assert play_turn(world, {"AAA": (Offer("BBB", secret_pact),)}, YES).world.treaties[1:]


def test_who_is_bound_to_the_adversary_cannot_be_offered_a_pact_against_it() -> None:
    world = with_treaty(tiny_world(), "BBB", "CCC")
    turn = play_turn(world, {"AAA": (Offer("BBB", Terms(("defense",), against="CCC")),)}, YES)
    assert [event["reason"] for event in events_of(turn, "order_refused")] == ["bound_to_target"]


def test_what_is_offered_in_secret_only_the_two_see() -> None:
    terms = Terms(("defense",), secret=True)
    turn = play_turn(tiny_world(), {"AAA": (Offer("BBB", terms),)}, YES)
    for kind in ("treaty_offered", "treaty_signed"):
        (event,) = events_of(turn, kind)
        assert event.seen_by("BBB")
        assert not event.seen_by("CCC")


def test_a_renewal_replaces_the_treaty_it_renews() -> None:
    world = with_treaty(tiny_world(), "AAA", "BBB", until=2)
    turn = play_turn(world, {"AAA": (Offer("BBB", DEFENCE),)}, YES)
    (treaty,) = turn.world.treaties
    (signed,) = events_of(turn, "treaty_signed")
    assert signed["renews"] == 1
    assert treaty.until == 1 + DEFENCE.term
    assert [event["why"] for event in events_of(turn, "treaty_ended")] == ["renewed"]


def test_S2_breach_ends_a_treaty_now_and_costs_reliability() -> None:
    """Nothing enforces a treaty but the costs that others impose: it can be broken, at a cost."""
    world = with_treaty(tiny_world(), "AAA", "BBB")
    turn = play_turn(world, {"AAA": (Denounce(1, breach=True),)})
    assert not turn.world.treaties
    (broken,) = events_of(turn, "treaty_broken")
    assert (broken.actor, broken.target, broken["why"]) == ("AAA", "BBB", "breach")
    rules = turn.world.atlas.rules
    lost = rules.reliability_breach - rules.reliability_recovers
    assert state_of(turn, "AAA").reliability == rules.reliability_start - lost
    assert state_of(turn, "BBB").reliability == rules.reliability_start


def test_notice_costs_nothing_and_ends_the_bond_next_turn() -> None:
    world = with_treaty(tiny_world(), "AAA", "BBB")
    turn = play_turn(world, {"AAA": (Denounce(1),)})
    assert turn.world.treaties[0].notice_by == "AAA"
    assert len(events_of(turn, "notice_given")) == 1
    after = play_turn(turn.world)
    assert not after.world.treaties
    assert events_of(after, "treaty_ended")[0]["why"] == "notice"
    assert state_of(after, "AAA").reliability == after.world.atlas.rules.reliability_start


def test_a_treaty_of_three_goes_on_between_two() -> None:
    world = with_treaty(tiny_world(states={"BBB": {"army": 200}}), "AAA", "BBB", "CCC")
    turn = play_turn(world, {"AAA": (Denounce(1, breach=True),)})
    assert turn.world.treaties[0].parties == ("BBB", "CCC")
    assert {event.target for event in events_of(turn, "treaty_broken")} == {"BBB", "CCC"}


def test_aid_passes_whole_from_treasury_to_treasury() -> None:
    """Accepted, it is the recipient's; declined, it comes back."""
    world = tiny_world()
    plain = play_turn(world)
    for answer, passed in (("accept", 50_000), ("decline", 0)):
        turn = play_turn(world, {"AAA": (Aid("BBB", 50_000),)}, {"aid": answer})
        for state, change in (("AAA", -passed), ("BBB", passed)):
            assert state_of(turn, state).treasury - state_of(plain, state).treasury == change
        kind = "aid_given" if passed else "aid_refused"
        assert [event["amount"] for event in events_of(turn, kind)] == [50_000]


def test_what_is_no_answer_counts_as_silence() -> None:
    orders = {"AAA": (Offer("BBB", DEFENCE), Aid("CCC", 1_000))}
    turn = play_turn(
        tiny_world(),
        orders,
        lambda question: DEFENCE if isinstance(question, AidQuestion) else "perhaps",
    )
    assert not turn.world.treaties
    assert len(events_of(turn, "aid_refused")) == 1


def test_a_power_off_the_map_only_lends() -> None:
    world = tiny_world(states={"DDD": {"committed": 0}})
    orders = {
        "DDD": (Aid("AAA", 10_000), Offer("AAA", DEFENCE)),
        "AAA": (Offer("DDD", DEFENCE),),
    }
    turn = play_turn(world, orders, YES)
    assert [event["reason"] for event in events_of(turn, "order_refused")] == ["off_map"] * 2
    assert len(events_of(turn, "aid_given")) == 1
    assert state_of(turn, "DDD").treasury > 0
    assert not events_of(turn, "bankrupt")


def test_a_burden_is_paid_by_the_offering_state_each_turn() -> None:
    world = tiny_world()
    burdened = with_treaty(world, "AAA", "BBB", payer="AAA", burden=500)
    plain, turn = play_turn(with_treaty(world, "AAA", "BBB")), play_turn(burdened)
    due = world.atlas.sheet("AAA").start_revenue * 500 // 10_000
    assert state_of(turn, "AAA").treasury == state_of(plain, "AAA").treasury - due
    assert state_of(turn, "BBB").treasury == state_of(plain, "BBB").treasury + due


def test_envoys_run_out_in_the_order_given() -> None:
    world = with_state(tiny_world(), "AAA", great=False)
    orders = {"AAA": tuple(Sound(name) for name in ("BBB", "CCC", "DDD"))}
    turn = play_turn(world, orders)
    assert [event.target for event in events_of(turn, "sounding_made")] == ["BBB", "CCC"]
    assert events_of(turn, "order_refused")[0]["reason"] == "no_envoys"


# notice by several


def four_bound() -> World:
    """A defence pact of four, the last of whom is the strongest."""
    world = tiny_world(states={"DDD": {"army": 300}})
    return with_treaty(world, "AAA", "BBB", "CCC", "DDD")


def test_each_who_gives_notice_in_one_turn_leaves_with_the_next_and_breaks_nothing() -> None:
    turn = play_turn(four_bound(), {"AAA": (Denounce(1),), "CCC": (Denounce(1),)})
    assert set(turn.world.treaties[0].leavers) == {"AAA", "CCC"}
    assert {event.actor for event in events_of(turn, "notice_given")} == {"AAA", "CCC"}
    after = play_turn(turn.world)
    (treaty,) = after.world.treaties
    assert (treaty.parties, treaty.leavers, treaty.until) == (("BBB", "DDD"), (), 20)
    ended = events_of(after, "treaty_ended")
    assert {(event.actor, event["why"]) for event in ended} == {
        ("AAA", "notice"),
        ("CCC", "notice"),
    }
    assert not events_of(after, "treaty_broken")
    start = after.world.atlas.rules.reliability_start
    assert [state_of(after, name).reliability for name in ("AAA", "CCC")] == [start, start]


def test_both_partners_of_a_treaty_can_give_notice_in_one_turn() -> None:
    world = with_treaty(tiny_world(), "AAA", "BBB")
    turn = play_turn(world, {"AAA": (Denounce(1),), "BBB": (Denounce(1),)})
    assert set(turn.world.treaties[0].leavers) == {"AAA", "BBB"}
    after = play_turn(turn.world)
    assert not after.world.treaties
    ended = {
        (event.actor, event.target, event["why"]) for event in events_of(after, "treaty_ended")
    }
    assert ended == {("AAA", "BBB", "notice"), ("BBB", "AAA", "notice")}


def test_who_has_not_given_notice_may_still_do_so_a_turn_after_another() -> None:
    """Among four; of two, the treaty ends with the first notice, and there is none to give."""
    world = play_turn(four_bound(), {"AAA": (Denounce(1),)}).world
    assert refusal(world, "AAA", Denounce(1)) == Refusal("notice_given", (1,))
    assert refusal(world, "BBB", Denounce(1)) is None
    after = play_turn(world, {"BBB": (Denounce(1),)})
    assert after.world.treaties[0].parties == ("BBB", "CCC", "DDD")
    assert after.world.treaties[0].leavers == ("BBB",)
    pair = play_turn(with_treaty(tiny_world(), "AAA", "BBB"), {"AAA": (Denounce(1),)}).world
    assert refusal(pair, "BBB", Denounce(1)) == Refusal("notice_given", (1,))


def test_a_party_that_goes_takes_its_own_notice_with_it_and_no_other() -> None:
    world = play_turn(four_bound(), {"AAA": (Denounce(1),), "BBB": (Denounce(1),)}).world
    (treaty,) = world.treaties
    assert treaty.without("AAA").leavers == ("BBB",)
    assert treaty.without("CCC").leavers == treaty.leavers
