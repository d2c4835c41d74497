"""Guarantees: a promise of one state alone, to defend another against anybody."""

import json
from typing import Any

import pytest

from game.saves.codec import orders_from_json, orders_to_json
from game.saves.world_deltas import apply, difference
from game.theory.choice_rule import TERM
from game.theory.choices import alignment_appraisal, classify_alignment
from game.theory.families.expected_coalitions import would_defend
from game.theory.families.pact_worth import DETERRENCE, _kept_from_others
from game.theory.frame import frame
from game.theory.lens import UNNAMED, promises
from game.theory.view_batch import alone
from game.words.deed_clauses import deed, done_instead, infinitive
from game.words.event_sentences import describe_event
from game.words.grammar import Speech
from game.words.letters import letter
from game.words.order_labels import say
from game.words.phrases import treaty_of
from game.words.refusal_sentences import refuse
from game.world.beliefs import Beliefs, learn
from game.world.coalitions import coalitions
from game.world.events import event
from game.world.legality import Refusal, refusal
from game.world.model import World
from game.world.orders import DeclareWar, Demand, Denounce, Guarantee, Offer, Terms
from game.world.questions import CallQuestion, Question
from game.world.sight import seen_by
from tests.worlds import (
    events_of,
    play_turn,
    state_of,
    tiny_doc,
    tiny_start,
    tiny_world,
    with_state,
    with_treaty,
    with_war,
)

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
    assert len(events_of(turn, "treaty_ended")) == 1 - broken
    assert not events_of(turn, "guarantee_withdrawn")
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
    assert world.bound_to("BBB") == {"AAA"}
    assert world.bound_to("AAA") == set()
    assert _defenders(world, beliefs, "BBB") == ("AAA",)
    assert _defenders(world, beliefs, "AAA") == ()
    assert coalitions(world, "CCC", "BBB") == (("CCC",), ("BBB", "AAA"))
    assert coalitions(world, "CCC", "AAA") == (("CCC",), ("AAA",))


def _defenders(world: World, beliefs: Beliefs, of: str) -> tuple[str, ...]:
    return would_defend(seen_by(world, beliefs, "CCC"), of)


def test_it_is_named_by_who_gave_it_to_whom() -> None:
    world = guaranteed()
    (treaty,) = world.treaties
    speech = Speech(world.atlas)
    assert treaty_of(speech, treaty) == "the guarantee of Land of BBB by Land of AAA"
    assert treaty_of(speech, treaty, "AAA") == "the guarantee of Land of BBB"
    assert treaty_of(speech, treaty, "BBB") == "the guarantee by Land of AAA"


# the order


def test_it_is_given_in_public_without_a_question() -> None:
    turn = play_turn(tiny_world(), {"AAA": (Guarantee("BBB"),)})
    (given,) = events_of(turn, "guarantee_given")
    assert (given.actor, given.target, given.witnesses) == ("AAA", "BBB", None)
    (treaty,) = turn.world.treaties
    term = turn.world.atlas.rules.offer_term
    assert (treaty.parties, treaty.guarantor, treaty.until) == (("AAA", "BBB"), "AAA", 1 + term)
    assert treaty.terms == Terms(("guarantee",), term=term)
    assert not turn.stages


def test_two_may_guarantee_each_other() -> None:
    turn = play_turn(tiny_world(), {"AAA": (Guarantee("BBB"),), "BBB": (Guarantee("AAA"),)})
    assert {treaty.parties for treaty in turn.world.treaties} == {("AAA", "BBB"), ("BBB", "AAA")}


@pytest.mark.parametrize(
    ("world", "code"),
    [
        (with_war(tiny_world(), ["AAA"], ["BBB"]), "at_war"),
        (with_treaty(tiny_world(), "AAA", "CCC", against="BBB"), "opposed"),
        (with_treaty(tiny_world(), "BBB", "CCC", against="AAA"), "opposed"),
        (with_treaty(tiny_world(), "AAA", "BBB"), "already_bound"),
        (guaranteed(), "already_bound"),
    ],
)
def test_it_cannot_be_given(world: World, code: str) -> None:
    reason = refusal(world, "AAA", Guarantee("BBB"))
    assert reason is not None
    assert reason.code == code
    assert refuse(reason, world, "AAA").endswith(".")


@pytest.mark.parametrize(
    "world",
    [
        tiny_world(),
        with_treaty(tiny_world(), "AAA", "BBB", against="CCC"),
        with_treaty(tiny_world(), "AAA", "BBB", obligations=("nonaggression",)),
        with_treaty(tiny_world(), "BBB", "AAA", obligations=("guarantee",)),
        guaranteed(until=1),
    ],
)
def test_it_can_be_given_beside_less_and_to_renew(world: World) -> None:
    assert refusal(world, "AAA", Guarantee("BBB")) is None


def test_given_again_in_its_last_turn_it_takes_the_place_of_the_old() -> None:
    turn = play_turn(guaranteed(until=1), {"AAA": (Guarantee("BBB"),)})
    (ended,) = events_of(turn, "treaty_ended")
    assert ended["why"] == "renewed"
    (treaty,) = turn.world.treaties
    assert treaty.until > 2


def test_what_was_signed_in_the_same_turn_can_forbid_it() -> None:
    orders = {"AAA": (Guarantee("BBB"), Offer("CCC", Terms(("defense",), "BBB")))}
    turn = play_turn(tiny_world(), orders, {"offer": "accept"})
    assert [event["reason"] for event in events_of(turn, "order_refused")] == ["opposed"]
    assert not events_of(turn, "guarantee_given")


def test_it_is_withdrawn_a_turn_after_notice_and_breaks_no_word() -> None:
    world = guaranteed()
    first = play_turn(world, {"AAA": (Denounce(world.treaties[0].id),)})
    assert len(events_of(first, "notice_given")) == 1
    assert len(first.world.treaties) == 1
    second = play_turn(first.world)
    (withdrawn,) = events_of(second, "guarantee_withdrawn")
    assert (withdrawn.actor, withdrawn.target, withdrawn["why"]) == ("AAA", "BBB", "notice")
    assert not second.world.treaties
    assert not events_of(second, "treaty_broken")


def test_the_guaranteed_thinks_better_of_its_guarantor() -> None:
    world, beliefs = tiny_start()
    turn = play_turn(world, {"AAA": (Guarantee("BBB"),)})
    a, b = world.atlas.state_index["AAA"], world.atlas.state_index["BBB"]
    after = learn(beliefs, turn.world, turn.events).hostile
    idle = learn(beliefs, turn.world, play_turn(world).events).hostile
    assert after[b, a] < idle[b, a]
    assert after[a, b] == idle[a, b]


# how it is weighed


def _weighed(world: World, beliefs: Beliefs, me: str, doctrine: str = "BOT") -> Any:
    sight = seen_by(world, beliefs, me)
    measured = frame(tiny_doc(), *tiny_start())
    return sight, alignment_appraisal(measured.view(sight, doctrine), sight)


def test_it_is_an_option_of_alignment_and_is_read_as_one() -> None:
    sight, appraisal = _weighed(*tiny_start(), "AAA")
    options = list(appraisal.options)
    for name in ("BBB", "CCC", "DDD"):
        assert options.count(Guarantee(name)) == 1
        (taken, _) = classify_alignment(appraisal.options, sight, [Guarantee(name)])
        assert options[taken.pick] == Guarantee(name)
    pact = Offer("BBB", Terms(("defense",), "", term=6))
    (taken, _) = classify_alignment(appraisal.options, sight, [pact])
    assert isinstance(options[taken.pick], Offer)


@pytest.mark.parametrize("doctrine", ["BOP", "BOT"])
def test_it_is_worth_more_the_more_would_be_feared_of_who_takes_the_guaranteed(
    doctrine: str,
) -> None:
    """A neighbour is kept out of a strong state's hands for one's own sake."""
    world, beliefs = tiny_start()
    calm = _security(world, beliefs, doctrine)
    armed = _security(with_state(world, "CCC", army=world.state("CCC").army * 3), beliefs, doctrine)
    assert 0 < calm < armed


@pytest.mark.parametrize("doctrine", ["BOP", "BOT"])
@pytest.mark.parametrize("in_force", [False, True])
def test_what_it_keeps_is_the_sum_over_all_who_could_take_it(doctrine: str, in_force: bool) -> None:
    """Written out for one state at a time: danger of a move, odds averted, what would be added."""
    world, beliefs = tiny_start()
    world = with_state(world, "DDD", army=world.state("DDD").army * 4)
    sight = seen_by(world, beliefs, "AAA")
    view = frame(tiny_doc(), *tiny_start()).view(sight, doctrine)
    field, near = view.field, [1.0] * 4
    if view.lens.exponents[1]:
        near = [float(part) for part in view.facts.D[0]]
    for held in (1, 2, 3):
        total = 0.0
        for taker in {1, 2, 3} - {held}:
            drawn = max(field.drawn[0, taker], field.drawn[held, taker])
            word = field.word[0] * field.interest[0, taker] / (1 + drawn)
            brought = UNNAMED * word * view.strength * near[held]
            hostile, own = field.hostile_side[held, taker], field.own_side[held, taker]
            now = hostile / (hostile + own)
            moves = view.faced[held, taker] / now
            without = own - brought if in_force else own
            averted = hostile / (hostile + without) - hostile / (hostile + without + brought)
            grown = 1 + field.weight[held] / field.weight[taker]
            nearer = max(near[held], near[taker]) / near[taker]
            added = view.faced[0, taker] * (grown * nearer - 1)
            total += moves / (1 + moves) * averted * added
        found = _kept_from_others(alone(view), in_force=in_force)[0, held]
        assert found == pytest.approx(DETERRENCE * total)


def _security(world: World, beliefs: Beliefs, doctrine: str) -> float:
    _, appraisal = _weighed(world, beliefs, "AAA", doctrine)
    place = list(appraisal.options).index(Guarantee("BBB"))
    return float(appraisal.terms[place, TERM["security"]])


def test_to_withdraw_it_loses_what_it_keeps() -> None:
    _, appraisal = _weighed(guaranteed(tiny_world()), tiny_start()[1], "AAA")
    place = list(appraisal.options).index(Denounce(1))
    assert appraisal.terms[place, TERM["security"]] < 0
    _, theirs = _weighed(guaranteed(tiny_world()), tiny_start()[1], "BBB")
    assert not any(isinstance(option, Denounce) for option in theirs.options)


# words, saves, the public face


def test_it_has_words_everywhere() -> None:
    world = tiny_world()
    assert say(Guarantee("BBB"), world, "AAA") == (
        "Guarantee Land of BBB, in public, against anybody"
    )
    assert deed("AAA", "alignment", Guarantee("BBB"), None, world) == (
        "Land of AAA gave Land of BBB a guarantee"
    )
    undone = done_instead("alignment", Guarantee("BBB"), "AAA", None, world)
    assert undone == "given Land of BBB a guarantee"
    assert infinitive(undone) == "give Land of BBB a guarantee"
    given = event("guarantee_given", "AAA", "BBB", treaty=1, term=6)
    assert describe_event(given, world.atlas, "AAA") == (
        "You guarantee Land of BBB against anybody, for 6 turns."
    )
    gone = event("guarantee_withdrawn", "AAA", "BBB", treaty=1, why="notice")
    assert describe_event(gone, world.atlas) == (
        "Land of AAA withdraws its guarantee of Land of BBB, having given notice."
    )


def test_a_save_keeps_it() -> None:
    order = Guarantee("BBB")
    assert orders_from_json(orders_to_json([order])) == (order,)
    before = tiny_world()
    after = play_turn(before, {"AAA": (order,)}).world
    read = apply(before, json.loads(json.dumps(difference(before, after))))
    assert read.treaties == after.treaties
    assert difference(after, read) == {}


def test_one_runs_on_after_its_term_till_it_is_withdrawn() -> None:
    world = with_treaty(tiny_world(), "AAA", "BBB", obligations=("guarantee",), until=1)
    (given,) = play_turn(play_turn(world).world).world.treaties
    assert given.guarantor == "AAA"


def test_its_giver_writes_a_letter() -> None:
    world = tiny_world()
    given = event("guarantee_given", "AAA", "BBB", treaty=1, term=6)
    written = letter(given, world.atlas, "BBB")
    assert written is not None
    assert "attack" in written
    assert letter(given, world.atlas, "CCC") is None
