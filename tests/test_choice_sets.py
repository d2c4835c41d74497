"""The choices that are made of a history: which options they hold, and what lenses show of them."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from game import Answers, Campaign, Offer, Question, Terms, load_map, play_out
from game.history import History
from game.inference.act_figures import LENSES
from game.inference.acts import AGAIN
from game.inference.choice_fit import fitted, stacked
from game.inference.choice_sets import ChoiceSet, choice_sets
from game.inference.fit_check import fit_check
from game.inference.hypotheses import (
    BY_DANGER,
    BY_WORTH,
    HYPOTHESES,
    KINDS,
    THEORIES,
    Reading,
    readings,
)
from game.inference.option_figures import COLUMN, NAME, SEEK, SEEN
from tests.conduct import as_the_game_plays


@pytest.fixture(scope="module")
def history() -> History:
    return as_the_game_plays()


@pytest.fixture(scope="module")
def choices(history: History) -> list[ChoiceSet]:
    return choice_sets(history)


class Offers:
    """Offers defence pacts by a plan, turn -> [(to, against)], and declines all."""

    def __init__(self, plan: Mapping[int, Sequence[tuple[str, str]]]) -> None:
        self.plan = plan

    def orders(self, campaign: Campaign) -> list[Offer]:
        wanted = self.plan.get(campaign.turn, ())
        return [Offer(to, Terms(("defense",), against, 6)) for to, against in wanted]

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        return {}


def offered(plan: Mapping[int, Sequence[tuple[str, str]]], turns: int) -> list[ChoiceSet]:
    """The names and the pacts that a state chose that goes by a plan."""
    made = Campaign.new(load_map("five-crowns"), player="ALD", seed=3, turns=turns)
    play_out(made, Offers(plan))
    return [one for one in choice_sets(made.history, ["ALD"]) if one.kind in (NAME, SEEK)]


def test_whom_one_names_and_with_whom_is_one_choice_among_all_pairs() -> None:
    (one,) = offered({1: [("OMB", "VOR")]}, 1)
    assert one.kind == NAME
    assert (one.partner[one.taken], one.against[one.taken]) == ("OMB", "VOR")
    pairs = set(zip(one.partner, one.against, strict=True))
    assert len(pairs) == len(one.partner)
    assert len({partner for partner, _ in pairs}) > 2
    assert len({against for partner, against in pairs if partner == "OMB"}) > 1
    assert all(against not in ("", partner, "ALD") for partner, against in pairs)


def test_to_whom_something_was_offered_this_turn_nothing_more_can_be() -> None:
    first, second = offered({1: [("OMB", "VOR"), ("SAR", "VOR")]}, 1)
    assert "SAR" in first.partner
    assert second.kind == SEEK  # The same adversary: what is chosen anew is the partner.
    assert second.partner[second.taken] == "SAR"
    assert set(second.against) == {"VOR"}
    assert "OMB" in first.partner
    assert "OMB" not in second.partner


def test_in_another_turn_it_stands_open_again() -> None:
    again = offered({1: [("OMB", "VOR")], 2: [("SAR", "")]}, 2)[-1]
    assert again.turn == 2
    assert "" in again.against
    partners = offered({2: [("SAR", "")]}, 2)[-1].partner
    # It declined or signed in between; either way what it is offered rests with the rules alone.
    assert set(again.partner) <= set(partners) | {"OMB"}


def test_an_adversary_that_is_named_again_is_chosen_anew_after_some_turns() -> None:
    plan = {1: [("OMB", "VOR")], 2: [("LYS", "VOR")], 1 + AGAIN + 1: [("TAR", "VOR")]}
    kinds = [one.kind for one in offered(plan, 1 + AGAIN + 1)]
    assert kinds == [NAME, SEEK, NAME]


def test_no_choice_of_a_pact_holds_whom_one_addressed_before_in_the_turn(
    history: History, choices: list[ChoiceSet]
) -> None:
    seen = 0
    for record in history.turns:
        for state, orders in record.orders.items():
            to = [order.to for order in orders if isinstance(order, Offer)]
            for one in choices:
                if (one.turn, one.state) == (record.turn, state) and one.kind in (NAME, SEEK):
                    chosen = one.partner[one.taken]
                    if chosen in to:
                        seen += to.index(chosen)
                        assert not set(to[: to.index(chosen)]) & set(one.partner)
    assert seen > 3


def test_a_lens_shows_how_dangerous_adversary_and_partner_look(choices: list[ChoiceSet]) -> None:
    opposed, faced, menace, joined = (
        SEEN.index(name) for name in ("opposed", "faced", "menace", "joined")
    )
    for one in choices:
        if one.kind != NAME:
            continue
        for lens in LENSES:
            rows = one.seen[lens]
            assert (rows[:, faced] >= 0).all()
            assert (rows[:, faced] <= 1 + 1e-9).all()
            assert (rows[:, joined] <= 1e-9).all()
            near = rows[:, faced] > 0.02
            assert np.allclose(rows[near, opposed], np.log(rows[near, faced]))
            # Danger before alliances is the same of a state whether it is partner or adversary.
            shown: dict[str, float] = {}
            for state, figure in zip(one.partner, rows[:, joined].tolist(), strict=True):
                assert shown.setdefault(state, figure) == pytest.approx(figure)
            for state, figure in zip(one.against, rows[:, menace].tolist(), strict=True):
                if figure > np.log(0.02):
                    assert shown.setdefault(state, figure) == pytest.approx(figure)


@pytest.mark.parametrize("kind", KINDS)
def test_the_readings_of_a_hypothesis_share_it_out(kind: str) -> None:
    made = readings(kind)
    assert set(made) == set(HYPOTHESES)
    for name in HYPOTHESES:
        assert sum(share for share, _ in made[name]) == pytest.approx(1.0)


def test_of_whom_they_stand_against_the_theories_always_speak() -> None:
    for name in THEORIES:
        for _, reading in readings(NAME)[name]:
            assert reading.lens == name
            assert any(
                names in (("opposed",), ("menace",)) and mean > 0
                for names, (mean, _) in reading.seen
            )
    assert 0 < BY_DANGER < BY_WORTH < 1 - BY_DANGER


def test_who_goes_by_danger_stands_with_those_it_fears_least(choices: list[ChoiceSet]) -> None:
    """Conduct that takes the least dangerous partner each time is read so, by threat."""
    joined = SEEN.index("joined")
    (by_worth, by_danger, _) = [reading for _, reading in readings(NAME)["BOT"]]
    made = []
    for one in choices:
        if one.kind == NAME and len(set(one.partner)) > 3:
            rows = one.seen["BOT"]
            taken = int(np.argmax(rows[:, SEEN.index("menace")] - rows[:, joined]))
            made.append(
                ChoiceSet(one.turn, "X", NAME, taken, one.partner, one.against, one.plain, one.seen)
            )
    assert len(made) > 5
    plain = Reading(by_danger.plain)
    found = fitted(stacked(made, [by_worth, by_danger, plain])).evidence
    assert found[1] > found[0]
    assert found[1] > found[2] + 3


def test_the_check_of_fit_counts_options_against_the_same_state_together(
    choices: list[ChoiceSet],
) -> None:
    one = next(it for it in choices if it.kind == NAME and len(set(it.against)) > 2)
    named = one.against[one.taken]
    same = np.array([against == named for against in one.against])
    assert same.sum() > 1
    chance = np.where(same, 0.9 / same.sum(), 0.1 / (~same).sum())
    made = fit_check([one] * 4, np.tile(chance, 4))
    assert made.against == named
    assert made.expected == pytest.approx(3.6)
    assert made.made == made.choices == 4
    # With whom it stood against it is another matter: the check does not change.
    moved = np.where(same, 0.0, chance)
    moved[int(np.flatnonzero(same)[-1])] = 0.9
    assert fit_check([one] * 4, np.tile(moved, 4)).deviation == pytest.approx(made.deviation)


def test_a_prominent_adversary_is_marked(choices: list[ChoiceSet]) -> None:
    marks = [one.plain[:, COLUMN["prominent"]] for one in choices if one.kind == NAME]
    assert any(0 < mark.sum() < len(mark) for mark in marks)
