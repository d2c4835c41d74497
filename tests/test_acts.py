"""The acts of states, read from a history: what was chosen, among which states, and what is new."""

from collections.abc import Sequence

import numpy as np
import pytest

from game import Answers, Campaign, Offer, Question, Terms, load_map, play_out
from game.advice.visible_history import visible_history
from game.history import History
from game.inference.act_figures import FIGURES, LENSES
from game.inference.acts import AGAIN, Act, acts
from game.world.orders import Demand
from game.world.questions import OfferQuestion, PledgeQuestion
from tests.conduct import as_the_game_plays


@pytest.fixture(scope="module")
def history() -> History:
    return as_the_game_plays()


@pytest.fixture(scope="module")
def found(history: History) -> list[Act]:
    return acts(history)


def of(found: list[Act], state: str, turn: int, kind: str) -> list[Act]:
    return [act for act in found if (act.state, act.turn, act.kind) == (state, turn, kind)]


def test_every_offer_is_a_choice_of_a_partner_and_of_the_adversary_it_names(
    history: History, found: list[Act]
) -> None:
    named = 0
    for record in history.turns:
        for state, orders in record.orders.items():
            for order in orders:
                if not isinstance(order, Offer):
                    continue
                own = [act for act in of(found, state, record.turn, "offers") if act.deed is order]
                wanted = [(order.to, False)]
                if order.terms.against:
                    wanted.append((order.terms.against, True))
                    named += 1
                assert [(act.chosen, act.opposed) for act in own] == wanted
                assert all(act.own for act in own)
    assert named > 5


def test_demands_and_pledges_stand_against_somebody(history: History, found: list[Act]) -> None:
    seen = set()
    for record in history.turns:
        for state, orders in record.orders.items():
            for order in orders:
                if isinstance(order, Demand):
                    (act,) = of(found, state, record.turn, "demands")
                    assert act.opposed
                    assert act.chosen == order.of
                    seen.add("demands")
        for stage in record.stages:
            for question in stage.questions:
                answer = stage.answers[question.id]
                if isinstance(question, PledgeQuestion) and answer != "none":
                    (act,) = [
                        one
                        for one in of(found, question.asked, record.turn, "pledges")
                        if one.question is question
                    ]
                    assert {act.chosen, act.beside} == {question.by, question.of}
                    assert act.beside == answer
                    seen.add("pledges")
    assert seen == {"demands", "pledges"}


def test_an_answer_to_an_offer_is_not_ones_own_choice_but_a_counter_is(found: list[Act]) -> None:
    answered = [act for act in found if isinstance(act.question, OfferQuestion)]
    assert {act.kind for act in answered} >= {"signs", "declines", "counters"}
    assert all(act.own == (act.kind == "counters") for act in answered if act.opposed)
    assert all(act.refused == (act.kind == "declines") for act in answered)


def test_what_was_chosen_stood_open_and_every_figure_speaks_of_each_state(found: list[Act]) -> None:
    for act in found:
        assert act.chosen in act.open
        assert act.state not in act.open
        assert not act.opposed or act.beside not in act.open or act.kind in ("pledges", "leaves")
        assert set(act.danger) == set(LENSES)
        assert set(act.figures) == set(FIGURES)
        for row in (*act.danger.values(), *act.figures.values()):
            assert row.shape == (len(act.open),)
            assert np.isfinite(row).all()


def test_crucial_is_an_act_against_somebody_where_the_readings_point_apart(
    found: list[Act],
) -> None:
    for act in found:
        apart = act.feared["BOP"] != act.feared["BOT"] and all(act.feared.values())
        assert act.crucial == (apart and act.opposed and not act.refused)
    assert any(act.crucial for act in found)


class Names:
    """Offers somebody a pact against one foe in some turns, and says nothing else."""

    def __init__(self, turns: set[int]) -> None:
        self.turns = turns

    def orders(self, campaign: Campaign) -> Sequence[Offer]:
        kinds = ("consultation", "neutrality", "nonaggression", "defense")
        offers = (
            Offer(other, Terms((kind,), "VOR", 6))
            for kind in kinds
            for other in ("OMB", "SAR", "TAR")
        )
        world = campaign.world
        legal = [
            offer
            for offer in offers
            if campaign.refusal(offer) is None and not offer.renews(world, "ALD")
        ]
        return legal[:1] if campaign.turn in self.turns else ()

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        return {}


def played(turns: set[int], length: int = 9) -> list[Act]:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=5, turns=length)
    play_out(campaign, Names(turns))
    return acts(campaign.history, ["ALD"])


def test_a_foe_that_is_named_again_is_not_new_until_some_turns_have_passed() -> None:
    own = [act for act in played({1, 2, 4, 1 + AGAIN + 1, 7}) if act.opposed and act.own]
    assert [(act.turn, act.before, act.new) for act in own] == [
        (1, 0, True),
        (2, 1, False),
        (4, 1, False),
        (1 + AGAIN + 1, 1, True),
        (7, 5, False),
    ]


def test_who_does_nothing_has_only_refusals() -> None:
    silent = played(set())
    assert all(act.refused for act in silent)
    assert not any(act.own or act.crucial for act in silent)


def test_the_acts_of_some_states_are_those_among_the_acts_of_all(
    history: History, found: list[Act]
) -> None:
    some = acts(history, ["OMB", "SAR"])
    everybody = [act for act in found if act.state in ("OMB", "SAR")]
    assert [told(act) for act in some] == [told(act) for act in everybody]


def test_of_what_one_state_saw_there_are_no_acts_but_those_that_were_done(
    history: History, found: list[Act]
) -> None:
    whole = {told(act)[:5] for act in found}
    seen = acts(visible_history(history, "ALD"))
    hidden = {told(act)[:5] for act in seen if act.question is None and act.kind == "signs"}
    assert {told(act)[:5] for act in seen} - hidden <= whole
    assert {act.kind for act in seen} >= {"offers", "pledges"}


def test_a_treaty_that_was_negotiated_out_of_sight_is_known_by_its_signatures(
    history: History,
) -> None:
    """Orders and questions are left out: nothing but events is known of any turn."""
    from dataclasses import replace

    bare = replace(
        history,
        turns=tuple(replace(record, orders={}, stages=()) for record in history.turns),
    )
    signed = [
        (turn, happening.actor, happening.target)
        for turn, happening in history.events()
        if happening.kind == "treaty_signed"
    ]
    with_whom = [(act.turn, act.state, act.chosen) for act in acts(bare) if not act.opposed]
    assert signed
    assert set(signed) <= set(with_whom)
    assert len(with_whom) == 2 * len(signed)


def told(act: Act) -> tuple[object, ...]:
    dangers = tuple(tuple(act.danger[lens].tolist()) for lens in LENSES)
    return act.turn, act.state, act.kind, act.chosen, act.opposed, act.before, act.open, dangers
