"""What money buys, by search: no sequence of burdens and aid shifts an answer beyond its bound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.theory.choice_rule import TERM
from game.theory.choices import question_appraisal
from game.theory.doctrine import BUILT_IN, term_weights
from game.theory.families.pact_worth import DEFENSE, Pacts, hopes
from game.theory.families.payments import MOST, bought
from game.theory.view_batch import alone
from game.world.legality import purse, refusal
from game.world.orders import Aid, Offer, Order, Terms
from game.world.questions import OfferQuestion
from game.world.terms import Obligation
from tests.forks import AMBITION, Moment, moment
from tests.worlds import play_turn, tiny_doc, with_war

KINDS: tuple[Obligation, ...] = ("defense", "offense", "nonaggression", "consultation")


@dataclass(frozen=True)
class Deal:
    """What AAA does to win BBB in a turn: a pact offered, a burden with it, and a gift."""

    kind: Obligation
    accepted: bool
    burden: int
    gift: int
    """In twelfths of what AAA had to spend at first."""
    of_second: int
    """The gift of CCC, the other donor, in twelfths of its own."""


deals = st.lists(
    st.builds(
        Deal,
        st.sampled_from(KINDS),
        st.booleans(),
        st.integers(0, 1_000),
        st.integers(0, 8),
        st.integers(0, 3),
    ),
    max_size=4,
)


def start(army: int, hostile: float, at_war: bool) -> Moment:
    """AAA is rich; BBB beside it is at war with DDD or at peace."""
    at = moment(
        tiny_doc(
            ("DDD", "BBB", "AAA", "CCC"),
            states={
                "AAA": {"army": army, "treasury": 40, "great": True},
                "BBB": {"great": True, "posture": 0.0},
                "DDD": {"army": 130, "great": True},
            },
            beliefs=[{"of": "BBB", "about": "AAA", "hostile": hostile}],
        )
    )
    return at.with_world(with_war(at.world, ("DDD",), ("BBB",))) if at_war else at


def after(at: Moment, course: Sequence[Deal], *, paid: bool) -> Moment:
    """The moment to which a course leads, with what is paid in it or without, the dice the same."""
    rich = {donor: purse(at.world, donor) for donor in ("AAA", "CCC")}
    for deal in course:
        against = "DDD" if deal.kind in ("defense", "offense") else ""
        terms = Terms((deal.kind,), against, 1, burden=deal.burden if paid else 0)
        orders: dict[str, tuple[Order, ...]] = {"AAA": (Offer("BBB", terms),), "CCC": ()}
        for donor, twelfths in (("AAA", deal.gift), ("CCC", deal.of_second)):
            amount = min(rich[donor] * twelfths // 12, purse(at.world, donor))
            gift = Aid("BBB", amount)
            if paid and amount > 0 and refusal(at.world, donor, gift) is None:
                orders[donor] = (*orders[donor], gift)
        orders = {
            who: tuple(order for order in given_ if refusal(at.world, who, order) is None)
            for who, given_ in orders.items()
        }
        answer = "accept" if deal.accepted else "decline"
        turn = play_turn(at.world, orders, {"offer": answer, "aid": "accept"})
        at = at.with_world(turn.world).having_seen(turn.events)
    return at


def weighed(at: Moment, terms: Terms, doctrine: str) -> np.ndarray:
    """The weighted terms of accepting AAA's offer, for BBB."""
    question = OfferQuestion("q", "BBB", "AAA", terms)
    sight = at.sight("BBB")
    appraisal = question_appraisal(at.frame.view(sight, doctrine), sight, question)
    weights = term_weights(at.frame.doctrines[doctrine].weights, AMBITION)
    return np.asarray(appraisal.terms[1] * weights)


@pytest.mark.parametrize("doctrine", sorted(BUILT_IN))
@given(
    course=deals,
    army=st.integers(50, 900),
    hostile=st.floats(0.05, 0.95),
    at_war=st.booleans(),
    kind=st.sampled_from(KINDS),
    burden=st.integers(0, 1_000),
)
@settings(max_examples=40, deadline=None)
def test_T10_no_sequence_of_offers_and_aid_shifts_an_answer_beyond_a_quarter_of_its_security(
    doctrine: str,
    course: list[Deal],
    army: int,
    hostile: float,
    at_war: bool,
    kind: Obligation,
    burden: int,
) -> None:
    """Aid does not make allies: however often and in whatever order burdens and gifts are offered,
    and whatever the last offer pays, that moves the answer by at most a quarter of what the pact
    is worth for security, and not at all where that is nothing.

    Gifts also make one richer and the other poorer, and so less or more dangerous, as any change of
    means does: that is not bought."""
    at = start(army, hostile, at_war)
    against = "DDD" if kind in ("defense", "offense") else ""
    paid = weighed(
        after(at, course, paid=True), Terms((kind,), against, 6, burden=burden), doctrine
    )
    plain = weighed(after(at, course, paid=False), Terms((kind,), against, 6), doctrine)
    security = max(0.0, float(plain[TERM["security"]]), float(paid[TERM["security"]]))
    bought = [TERM["leverage"], TERM["cost"]]
    assert float((paid - plain)[bought].sum()) <= MOST * security + 1e-9
    # Of one whose means are the same, and who was paid nothing, no other term differs either.
    rich = after(at, course, paid=True)
    unpaid = rich.with_world(replace(rich.world, leverage={}, aid={}))
    as_rich = weighed(unpaid, Terms((kind,), against, 6), doctrine)
    assert float((paid - as_rich).sum()) <= MOST * max(0.0, float(paid[TERM["security"]])) + 1e-9


def test_T10_money_reaches_its_bound_and_helps_where_a_pact_is_worth_something() -> None:
    at = start(150, 0.3, at_war=True)
    plain, some, much = (
        weighed(at, Terms(("defense",), "DDD", 6, burden=burden), "BOT")
        for burden in (0, 100, 9_999)
    )
    security = plain[TERM["security"]]
    assert security > 0
    assert plain.sum() < some.sum() < much.sum()
    assert much[TERM["leverage"]] == pytest.approx(MOST * security)


def test_T10_burden_and_aid_share_one_bound() -> None:
    at = start(150, 0.3, at_war=True)
    aided = after(at, [Deal("consultation", False, 0, 8, 0)] * 2, paid=True)
    assert aided.world.leverage["AAA", "BBB"] > 1_000
    both = weighed(aided, Terms(("defense",), "DDD", 6, burden=9_999), "BOP")
    assert both[TERM["leverage"]] == pytest.approx(MOST * both[TERM["security"]])


@given(security=st.floats(-2, 2), paid=st.lists(st.floats(0, 5), min_size=2, max_size=2))
def test_more_money_buys_no_less_and_nothing_without_security(
    security: float, paid: list[float]
) -> None:
    less, more = (float(bought(np.array(security), np.array(sum_))) for sum_ in sorted(paid))
    assert 0 <= less <= more <= MOST * max(0.0, security)


def test_a_sender_expects_no_more_of_its_money_than_it_would_be_moved_by() -> None:
    """Hope for an answer rises with a burden, up to the bound, and no further."""
    at = start(150, 0.3, at_war=True)
    index = at.world.atlas.state_index
    seen = alone(at.view("BBB", "BOT"))
    hope = [
        float(
            hopes(
                seen,
                Pacts(
                    np.array([index["AAA"]]),
                    np.array([index["DDD"]]),
                    np.array([DEFENSE]),
                    np.array([-burden]),
                    np.array([False]),
                ),
            )[0]
        )
        for burden in (0.0, 0.001, 10.0, 20.0)
    ]
    assert hope[0] < hope[1] < hope[2] == hope[3]
