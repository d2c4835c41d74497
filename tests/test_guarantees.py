"""Guarantees: a treaty that binds its giver alone, to defend another against anybody."""

from typing import Any

import pytest

from game.theory.families.expected_coalitions import would_defend
from game.theory.lens import partner_counts, promises
from game.words.coalition_words import crisis_sides
from game.words.grammar import Speech
from game.words.phrases import treaty_of
from game.world.beliefs import Beliefs
from game.world.legality import Refusal, refusal
from game.world.model import World
from game.world.orders import DeclareWar, Demand, Denounce, Offer, Terms
from game.world.questions import CallQuestion, Question
from game.world.sight import seen_by
from tests.worlds import events_of, play_turn, state_of, tiny_start, tiny_world, with_treaty

GUARANTEE = Terms(("guarantee",))


def guaranteed(world: World | None = None, **terms: Any) -> World:
    """A world in which AAA has guaranteed BBB."""
    return with_treaty(world or tiny_world(), "AAA", "BBB", obligations=("guarantee",), **terms)


def calls_in(world: World, by: str, on: str, answer: str = "refuse") -> tuple[list[Any], Any]:
    """Who is called when one state attacks another, and the turn that it makes."""
    asked: list[Any] = []

    def answering(question: Question) -> str:
        if isinstance(question, CallQuestion):
            asked.append((question.asked, question.by, question.enemy))
            return answer
        return "none" if question.kind in ("pledge", "join") else "decline"

    turn = play_turn(world, {by: (DeclareWar(on),)}, answering)
    return asked, turn


def test_its_giver_is_called_when_the_guaranteed_is_attacked() -> None:
    asked, turn = calls_in(guaranteed(), "CCC", "BBB", "honour")
    assert asked == [("AAA", "BBB", "CCC")]
    assert set(turn.world.wars[0].defenders) == {"AAA", "BBB"}


def test_the_guaranteed_owes_nothing_when_its_guarantor_is_attacked() -> None:
    world = guaranteed(tiny_world(("CCC", "AAA", "BBB", "DDD")))
    asked, _ = calls_in(world, "CCC", "AAA")
    assert asked == []


def test_to_refuse_breaks_the_word_as_of_any_pact() -> None:
    world = guaranteed()
    _, turn = calls_in(world, "CCC", "BBB")
    (broken,) = events_of(turn, "treaty_broken")
    assert (broken.actor, broken.target, broken["why"]) == ("AAA", "BBB", "refused")
    assert state_of(turn, "AAA").reliability < world.state("AAA").reliability
    assert not turn.world.treaties


@pytest.mark.parametrize(("by", "on", "broken"), [("AAA", "BBB", 1), ("BBB", "AAA", 0)])
def test_only_its_giver_breaks_a_word_by_war(by: str, on: str, broken: int) -> None:
    turn = play_turn(guaranteed(), {by: (DeclareWar(on),)})
    assert len(events_of(turn, "treaty_broken")) == broken
    assert not turn.world.treaties


def test_only_its_giver_can_withdraw_it_or_be_asked_to() -> None:
    world = guaranteed()
    (treaty,) = world.treaties
    assert refusal(world, "AAA", Denounce(treaty.id)) is None
    assert refusal(world, "BBB", Denounce(treaty.id)) == Refusal(
        "not_guarantor", (treaty.id, "AAA")
    )
    assert refusal(world, "DDD", Demand("BBB", "renounce", str(treaty.id))) == Refusal(
        "no_interest", ("BBB",)
    )


def test_it_is_neither_offered_nor_joined() -> None:
    world = guaranteed()
    assert refusal(world, "CCC", Offer("BBB", GUARANTEE)) == Refusal("one_sided")
    assert refusal(world, "AAA", Offer("DDD", GUARANTEE, world.treaties[0].id)) == Refusal(
        "one_sided"
    )


def test_help_is_counted_on_one_way_alone() -> None:
    world, beliefs = tiny_start()
    world = guaranteed(world)
    a, b = world.atlas.state_index["AAA"], world.atlas.state_index["BBB"]
    given = promises(world)
    assert list(zip(given.holder, given.helper, strict=True)) == [(b, a)]
    assert list(partner_counts(world)) == [1, 0, 0, 0]
    assert world.bound_to("BBB") == {"AAA"}
    assert world.bound_to("AAA") == set()
    assert _defenders(world, beliefs, "BBB") == ("AAA",)
    assert _defenders(world, beliefs, "AAA") == ()
    assert crisis_sides(world, "CCC", "BBB", None) == (("CCC",), ("BBB", "AAA"))
    assert crisis_sides(world, "CCC", "AAA", None) == (("CCC",), ("AAA",))


def _defenders(world: World, beliefs: Beliefs, of: str) -> tuple[str, ...]:
    return would_defend(seen_by(world, beliefs, "CCC"), of)


def test_it_is_named_by_who_gave_it_to_whom() -> None:
    world = guaranteed()
    (treaty,) = world.treaties
    speech = Speech(world.atlas)
    assert treaty_of(speech, treaty) == "the guarantee of Land of BBB by Land of AAA"
    assert treaty_of(speech, treaty, "AAA") == "the guarantee of Land of BBB"
    assert treaty_of(speech, treaty, "BBB") == "the guarantee by Land of AAA"
