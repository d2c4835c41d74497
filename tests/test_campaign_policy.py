"""A program in the player's seat: what `play_out` asks of it, and what it makes of the answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from game import Aid, Answers, Campaign, Order, Posture, Question, Refused, load_map, play_out
from game.world.questions import SILENCE

TURNS = 4
FAR_TOO_MUCH = Aid("VOR", 10**12)


@dataclass
class Recorded:
    """Gives one order that stands and one that cannot, answers some questions, and keeps them."""

    answered: tuple[str, ...] = ()
    """The kinds of questions that it answers, by their first option."""
    turns: list[int] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        self.turns.append(campaign.turn)
        now = campaign.world.state("ALD").posture
        return [FAR_TOO_MUCH, Posture(now - 1 if now else now + 1)]

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        assert set(questions) == set(campaign.questions())
        self.asked += questions
        return {one.id: one.options[0] for one in questions if one.kind in self.answered}


def played(policy: Recorded, player: str | None = "ALD") -> Campaign:
    campaign = Campaign.new(load_map("five-crowns"), player=player, seed=1, turns=TURNS)
    play_out(campaign, policy)
    return campaign


def test_a_policy_is_asked_for_orders_each_turn_until_the_campaign_is_over() -> None:
    policy = Recorded()
    campaign = played(policy)
    assert campaign.over
    assert policy.turns == list(range(1, TURNS + 1))


def test_orders_that_cannot_stand_are_left_out_and_the_others_given() -> None:
    given = [record.orders["ALD"] for record in played(Recorded()).history.turns]
    assert all(len(orders) == 1 and isinstance(orders[0], Posture) for orders in given)


def test_a_question_that_a_policy_leaves_out_is_answered_with_silence() -> None:
    silent, signing = Recorded(), Recorded(("offer",))
    for policy in (silent, signing):
        campaign = played(policy)
        answers = {
            name: given for turn in campaign.history.turns for name, given in turn.answers.items()
        }
        assert any(one.kind == "offer" for one in policy.asked)
        for one in policy.asked:
            wanted = one.options[0] if one.kind in policy.answered else SILENCE[one.kind]
            assert answers[one.id] == wanted


def test_a_campaign_that_nobody_plays_is_not_played_out_by_a_policy() -> None:
    with pytest.raises(Refused, match="Nobody plays"):
        played(Recorded(), player=None)


def test_an_answer_that_is_no_option_is_refused() -> None:
    class Mumbles(Recorded):
        def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
            return {one.id: "perhaps" for one in questions}

    with pytest.raises(Refused, match="'perhaps' is no answer"):
        played(Mumbles())
