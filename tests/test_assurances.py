"""Assurances: who may be asked, who learns of the answer, what comes of it, and what is told."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import (
    events_of,
    play_turn,
    state_of,
    tiny_doc,
    tiny_start,
    with_crisis,
    with_state,
    with_treaty,
    with_war,
)

from game.engine.phases.assurances import outcome
from game.engine.turn import Turn
from game.history import canonical, digest_of
from game.rivals.assurances import assured
from game.rivals.envelope import Seat
from game.saves.references import check_world
from game.saves.world_deltas import apply, difference
from game.theory.choice_rule import TERM
from game.theory.choices import ORDER_FAMILIES, other_appraisals
from game.theory.doctrine import term_weights
from game.theory.families.assurance import asking_options, entry, wished_belief
from game.theory.families.crisis import appraise_exchange
from game.theory.families.others_word import assured_chance, credibility
from game.theory.families.war import appraise_join
from game.theory.frame import frame
from game.words.refusal_sentences import refuse
from game.world.beliefs import Beliefs, learn
from game.world.knowledge import knows_order, knows_question, visible
from game.world.legality import check, refusal
from game.world.model import Assurance, World
from game.world.orders import AskAssurance, Order
from game.world.questions import (
    Answer,
    AssuranceQuestion,
    CrisisQuestion,
    JoinQuestion,
    Question,
)
from game.world.sight import seen_by

BY, OF, THIRD, OTHER = "AAA", "BBB", "CCC", "DDD"
RUNG_OF_ULTIMATUM = 2


def start(**changes: object) -> tuple[World, Beliefs]:
    """A crisis between the first two states of a row of four; each reaches all others by sea."""
    world, beliefs = tiny_start(sea=True)
    world = replace(world, turn=3)
    return with_crisis(world, BY, OF, since=3, **changes), beliefs


def number(world: World) -> int:
    return world.crises[0].id


def said(answer: str, beside: str = OF, *, to: str = OF, giver: str = THIRD) -> Assurance:
    return Assurance(1, 1, BY, OF, to, giver, beside, answer, 3)


def asking(world: World, who: str, of: str, beside: str = "") -> dict[str, Sequence[Order]]:
    return {who: (AskAssurance(of, number(world), beside),)}


def answering(assurance: str, **others: Answer) -> dict[str, str]:
    return {"assurance": assurance, **others}  # type: ignore[dict-item]


# what may be asked


@pytest.mark.parametrize(
    ("who", "order", "words"),
    [
        (BY, AskAssurance("", 1, BY), "nobody"),
        (BY, AskAssurance(BY, 1, BY), "other than yourself"),
        (BY, AskAssurance("ZZZ", 1, BY), "No living state"),
        (BY, AskAssurance(OTHER, 1, BY), "no more"),
        (BY, AskAssurance(THIRD, 99, BY), "No such crisis stands"),
        (BY, AskAssurance(OF, 1, BY), "side of that crisis itself"),
        (BY, AskAssurance(THIRD, 1, OF), "no side asks for the other"),
        (THIRD, AskAssurance(BY, 1, ""), "side of that crisis itself"),
        (THIRD, AskAssurance("EEE", 1, THIRD), "one of the two"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(
    who: str, order: AskAssurance, words: str
) -> None:
    world, _ = tiny_start(("AAA", "BBB", "CCC", "DDD", "EEE"))
    world = with_state(with_crisis(world, BY, OF), OTHER, alive=False)
    reason = refusal(world, who, replace(order, crisis=order.crisis * number(world)))
    assert reason is not None
    told = refuse(reason, world, who)
    assert words in told
    assert told.count(".") == 1
    assert told.endswith(".")


def test_a_state_is_asked_once_a_turn_about_one_crisis_and_it_takes_an_envoy() -> None:
    world, _ = start()
    world = with_state(world, BY, great=True)
    first, again = AskAssurance(THIRD, number(world), BY), AskAssurance(THIRD, number(world), "")
    assert check(world, BY, [first]) == []
    ((order, reason),) = check(world, BY, [first, again])
    assert order == again
    assert reason.code == "twice"
    assert "that crisis already" in refuse(reason, world, BY)
    assert check(world, BY, [first, AskAssurance(OTHER, number(world), BY)]) == []
    assert AskAssurance.envoys == 1


def test_a_form_offers_what_is_legal_and_nothing_where_no_crisis_stands() -> None:
    world, _ = start()
    others = (OF, THIRD, OTHER)
    asked = AskAssurance.form(world, BY, others).domains["asked"]
    assert {(one.of, one.beside) for one in asked} == {
        (state, beside) for state in (THIRD, OTHER) for beside in (BY, "")
    }
    third = AskAssurance.form(world, THIRD, (BY, OF, OTHER)).domains["asked"]
    assert {(one.of, one.beside) for one in third} == {(OTHER, side) for side in (BY, OF, "")}
    assert not AskAssurance.form(replace(world, crises=()), BY, others).domains["asked"]


# who learns of it


@given(
    st.sampled_from(("none", "accept", "refuse")),
    st.sampled_from(("none", "accept", "refuse")),
    st.sampled_from((BY, OF, OTHER)),
    st.booleans(),
    st.integers(0, 50),
)
@settings(max_examples=60, deadline=None)
def test_an_answer_alters_nothing_for_states_outside_the_two(
    first: str, second: str, who: str, aside: bool, seed: int
) -> None:
    """While the crisis stands, what others see of the world and of its events is the same."""
    world, beliefs = start()
    beside = "" if aside else (who if who in (BY, OF) else OF)
    orders = asking(world, who, THIRD, beside)
    turns = [play_turn(world, orders, answering(one), seed) for one in (first, second)]
    assert all(turn.world.assurances for turn in turns)
    for state in (BY, OF, THIRD, OTHER):
        seen = [
            (
                canonical(seen_by(turn.world, beliefs, state).world),
                list(visible(turn.events, state)),
            )
            for turn in turns
        ]
        if state in (who, THIRD):
            assert (seen[0] == seen[1]) is (first == second)
        else:
            assert seen[0] == seen[1]
            assert not any(one.kind.startswith("assurance") for one in seen[0][1])


def test_the_two_know_the_order_the_question_and_the_record_and_nobody_else() -> None:
    world, beliefs = start()
    turn = play_turn(world, asking(world, BY, THIRD, BY), answering("accept"))
    order = AskAssurance(THIRD, number(world), BY)
    (question,) = (
        one for stage in turn.stages for one in stage.questions if one.kind == "assurance"
    )
    for state in (BY, OF, THIRD, OTHER):
        events = list(visible(turn.events, state))
        inside = state in (BY, THIRD)
        assert knows_order(state, BY, order, events) is inside
        assert knows_question(state, question, events) is inside
        assert bool(seen_by(turn.world, beliefs, state).world.assurances) is inside


def test_the_last_answer_to_the_same_is_the_one_that_is_remembered() -> None:
    world, _ = start()
    first = play_turn(world, asking(world, BY, THIRD, BY), answering("accept")).world
    second = play_turn(first, asking(first, BY, THIRD, ""), answering("refuse")).world
    (kept,) = second.assurances
    assert (kept.beside, kept.answer, kept.to, kept.giver) == ("", "refuse", BY, THIRD)


# the deed


def to_war(assurance: str, beside: str, join: str, *, who: str = BY) -> Turn:
    """A turn in which `who` asks the third, the crisis ends in war, and the third takes a side."""
    world, _ = start(rung=RUNG_OF_ULTIMATUM)
    for state in (BY, OF, THIRD):
        world = with_state(world, state, posture=3, great=True)

    def answer(question: Question) -> Answer:
        if question.kind == "crisis":
            return "climb" if question.asked == BY else "hold"
        if question.kind == "join" and question.asked == THIRD:
            return join
        return {"assurance": assurance, "join": "none"}.get(question.kind, question.options[0])

    return play_turn(world, asking(world, who, THIRD, beside), answer)


@pytest.mark.parametrize(
    ("assurance", "beside", "join", "kind"),
    [
        ("accept", BY, "attackers", "assurance_kept"),
        ("accept", BY, "none", "assurance_broken"),
        ("accept", BY, "defenders", "assurance_broken"),
        ("accept", "", "none", "assurance_kept"),
        ("accept", "", "defenders", "assurance_broken"),
        ("accept", "", "attackers", "assurance_lapsed"),
        ("refuse", "", "none", "assurance_broken"),
        ("refuse", "", "defenders", "assurance_kept"),
        ("refuse", BY, "none", "assurance_lapsed"),
        ("none", BY, "none", "assurance_lapsed"),
    ],
)
def test_what_was_said_is_compared_with_the_side_taken(
    assurance: str, beside: str, join: str, kind: str
) -> None:
    turn = to_war(assurance, beside, join)
    assert events_of(turn, "war_declared")
    (told,) = (
        one
        for one in turn.events
        if one.kind.startswith("assurance") and one.kind != "assurance_given"
    )
    assert told.kind == kind
    assert told["did"] == {"attackers": BY, "defenders": OF, "none": ""}[join]
    assert told.number("war") > 0
    assert turn.world.assurances == ()
    public = told.witnesses is None
    assert public is (kind == "assurance_broken")


def test_a_broken_word_costs_reliability_and_a_kept_one_does_not() -> None:
    kept, silent = to_war("accept", "", "none"), to_war("none", "", "none")
    lied = to_war("refuse", "", "none")
    assert state_of(kept, THIRD).reliability == state_of(silent, THIRD).reliability
    lost = state_of(kept, THIRD).reliability - state_of(lied, THIRD).reliability
    rules = kept.world.atlas.rules
    assert lost == rules.reliability_broken_assurance - rules.reliability_recovers


def test_who_was_deceived_thinks_worse_of_who_deceived_it_and_others_do_not() -> None:
    _, beliefs = start()
    index = {state: at for at, state in enumerate((BY, OF, THIRD, OTHER))}
    silent, lied = to_war("none", BY, "none"), to_war("accept", BY, "none")
    after = [learn(beliefs, turn.world, turn.events).hostile for turn in (silent, lied)]
    change = after[1] - after[0]
    assert change[index[BY], index[THIRD]] > 0
    change[index[BY], index[THIRD]] = 0
    assert not change.any()


def test_a_crisis_that_ends_without_war_tests_no_word() -> None:
    world, _ = start()
    orders = asking(world, BY, THIRD, BY)
    turn = play_turn(world, orders, answering("accept", crisis="yield"))
    (lapsed,) = events_of(turn, "assurance_lapsed")
    assert (lapsed.number("war"), lapsed["did"]) == (0, "")
    assert turn.world.assurances == ()


@given(
    st.sampled_from(("accept", "refuse", "none")),
    st.sampled_from((BY, OF, "")),
    st.sampled_from((BY, OF, OTHER)),
    st.sampled_from((BY, OF, "")),
    st.booleans(),
    st.booleans(),
)
def test_only_a_word_that_binds_is_broken_and_only_by_doing_otherwise(
    answer: str, beside: str, to: str, did: str, war: bool, free: bool
) -> None:
    word = said(answer, beside, to=to)
    kind = outcome(word, did if war else "", war=war, free=free)
    if kind == "assurance_broken":
        assert war
        assert word.word_given
        assert did != beside or answer == "refuse"
    if war and answer == "accept" and did == beside and (did or free):
        assert kind == "assurance_kept"
    if not war:
        assert kind == "assurance_lapsed"


# what rivals say


def seen_from(world: World, beliefs: Beliefs, state: str, doctrine: str = "BOT"):  # type: ignore[no-untyped-def]
    sight = seen_by(world, beliefs, state)
    return sight, frame(tiny_doc(sea=True), *tiny_start(sea=True)).view(sight, doctrine)


def record_of(
    world: World, beliefs: Beliefs, question: AssuranceQuestion, draw: float, doctrine: str = "BOT"
):  # type: ignore[no-untyped-def]
    sight, view = seen_from(world, beliefs, question.asked, doctrine)
    measured = frame(tiny_doc(sea=True), *tiny_start(sea=True))
    weights = term_weights(measured.doctrines[doctrine].weights, 0.5)
    seat = Seat(doctrine, 5_000, 14_000)
    return assured(view, sight, seat, weights, question, lambda *_: draw)


def question(world: World, to: str, beside: str, asked: str = THIRD) -> AssuranceQuestion:
    return AssuranceQuestion("q", asked, to, number(world), beside)


def test_the_answer_comes_from_the_reckoning_of_the_war_that_would_come() -> None:
    """Who is bound to a side reckons its call; the honest answer is what it would do then."""
    world, beliefs = start()
    bound = with_treaty(world, THIRD, OF)
    sight, view = seen_from(bound, beliefs, THIRD)
    found = entry(view, sight, number(bound))
    assert found.appraisal.family == "call"
    assert found.courses == ("", OF)
    free_sight, free_view = seen_from(world, beliefs, THIRD)
    free = entry(free_view, free_sight, number(world))
    assert free.appraisal.family == "join"
    assert free.courses[0] == ""
    calm = with_state(world, THIRD, posture=0)
    calm_sight, calm_view = seen_from(calm, beliefs, THIRD)
    assert entry(calm_view, calm_sight, number(calm)).courses == ("",)


def test_a_lie_is_told_as_often_as_candour_and_interest_allow() -> None:
    """A calm state stands aside for certain; it says otherwise to one that it has to fear."""
    world, beliefs = start()
    world = with_state(world, THIRD, posture=0)
    hostile = beliefs.hostile.copy()
    hostile[2, 0], hostile[2, 1] = 9_900, 100
    world = with_state(world, BY, army=world.state(BY).army * 6, posture=4)
    beliefs = replace(beliefs, hostile=hostile)
    asked = question(world, BY, "")
    sight, view = seen_from(world, beliefs, THIRD)
    assert wished_belief(view, sight, asked) == "refuse"
    true, lie = record_of(world, beliefs, asked, 0.01), record_of(world, beliefs, asked, 0.99)
    assert {true.chosen, lie.chosen} == {"accept", "refuse"}
    odds = dict(zip(true.options, true.probabilities, strict=True))
    assert odds["accept"] == pytest.approx(Seat("BOT", 0, 1).temperament.candour)
    assert odds["none"] == 0
    friend = question(world, OF, "")
    assert wished_belief(view, sight, friend) == "accept"
    assert {record_of(world, beliefs, friend, draw).chosen for draw in (0.01, 0.99)} == {"accept"}


def test_the_record_holds_the_worth_of_what_each_answer_names() -> None:
    world, beliefs = start()
    bound = with_treaty(world, THIRD, OF)
    record = record_of(bound, beliefs, question(bound, OF, OF), 0.2)
    assert record.family == "assurance"
    assert record.options == ("none", "accept", "refuse")
    assert float(record.probabilities.sum()) == pytest.approx(1.0)
    assert record.terms[1].any()
    assert not record.terms[0].any()
    assert not record.terms[2].any()  # to refuse the call is worth nothing beside itself


# what others' word counts


def test_a_word_counts_as_its_giver_is_credible() -> None:
    world, beliefs = start()
    crisis = world.crises[0]
    promised = replace(said("accept", BY, to=BY), crisis=crisis.id)
    worlds = {
        bp: with_state(replace(world, assurances=(promised,)), THIRD, reliability=bp)
        for bp in (0, 5_000, 10_000)
    }
    chances = []
    for one in worlds.values():
        sight = seen_by(one, beliefs, BY)
        chances.append(assured_chance(sight, crisis, (BY,), (OF,), 0.5))
    assert chances[0] == 0.5
    assert chances[0] < chances[1] < chances[2]
    sight = seen_by(worlds[10_000], beliefs, BY)
    hostile = replace(promised, answer="refuse", beside="")
    assert credibility(sight, promised) + credibility(sight, hostile) == pytest.approx(1.0)
    against = seen_by(replace(worlds[10_000], assurances=(hostile,)), beliefs, BY)
    assert assured_chance(against, crisis, (BY,), (OF,), 0.5) < 0.5


def test_a_refusedis_believed_of_anybody_and_a_threat_of_an_ally_is_none() -> None:
    world, beliefs = start()
    world = with_state(with_treaty(world, THIRD, BY), THIRD, reliability=10_000)
    crisis = world.crises[0]
    refused, threat = (
        replace(said("refuse", beside, to=BY), crisis=crisis.id) for beside in (BY, "")
    )
    assert credibility(seen_by(world, beliefs, BY), refused) == 1.0
    chances = {}
    for word in (refused, threat):
        sight = seen_by(replace(world, assurances=(word,)), beliefs, BY)
        chances[word.beside] = assured_chance(sight, crisis, (BY, THIRD), (OF,), 0.5)
    without = assured_chance(
        seen_by(replace(world, assurances=(refused,)), beliefs, BY), crisis, (BY,), (OF,), 0.5
    )
    assert chances[BY] == without
    assert chances[""] > chances[BY]


@pytest.mark.parametrize("me", [BY, OF])
def test_a_side_of_a_crisis_reckons_with_what_it_was_told(me: str) -> None:
    world, beliefs = start()
    other = OF if me == BY else BY
    told = replace(said("accept", me, to=me), crisis=number(world))
    exchange = CrisisQuestion("q", me, other, number(world), 1)
    weighed = []
    for some in ((), (told,), (replace(told, to=OTHER),)):
        sight, view = seen_from(replace(world, assurances=some), beliefs, me)
        weighed.append(appraise_exchange(view, sight, exchange).terms)
    assert not np.array_equal(weighed[0], weighed[1])
    assert np.array_equal(weighed[0], weighed[2])  # what others were told it does not know


@pytest.mark.parametrize(
    ("answer", "beside", "better", "worse"),
    [
        ("accept", BY, ["attackers"], ["defenders"]),
        ("accept", "", [], ["defenders"]),
        ("refuse", "", ["attackers", "defenders"], []),
        ("refuse", BY, [], []),
    ],
)
def test_ones_own_word_weighs_in_repute_when_the_war_comes(
    answer: str, beside: str, better: list[str], worse: list[str]
) -> None:
    world, beliefs = start()
    at_war = with_war(world, [BY], [OF], opened_by=BY, opened_on=OF)
    told = replace(said(answer, beside, to=BY), crisis=number(world))
    join = JoinQuestion("q", THIRD, BY, OF, at_war.wars[0].id)
    rows = []
    for some in ((), (told,)):
        sight, view = seen_from(replace(at_war, assurances=some), beliefs, THIRD)
        rows.append(appraise_join(view, sight, join).terms[:, TERM["repute"]])
    change = dict(zip(("none", "attackers", "defenders"), rows[1] - rows[0], strict=True))
    assert {option for option, value in change.items() if value > 0} == set(better)
    assert {option for option, value in change.items() if value < 0} == set(worse)


def test_a_side_asks_who_is_strong_and_has_not_answered_and_asks_foes_friends_to_stand_aside() -> (
    None
):
    world, beliefs = start()
    world = with_treaty(with_state(world, OTHER, great=True), THIRD, OF)
    asked = asking_options(seen_by(world, beliefs, BY))
    assert asked[0] is None
    assert {(one.of, one.beside) for one in asked[1:] if one} == {(THIRD, ""), (OTHER, BY)}
    told = replace(said("accept", "", to=BY), crisis=number(world))
    again = asking_options(seen_by(replace(world, assurances=(told,)), beliefs, BY))
    assert [one.of for one in again[1:] if one] == [OTHER]


def test_only_a_side_of_a_crisis_weighs_asking() -> None:
    world, beliefs = start()
    assert ORDER_FAMILIES["asking"].in_crisis
    for state, there in ((BY, True), (OF, True), (THIRD, False)):
        sight, view = seen_from(world, beliefs, state)
        families = [one.family for one in other_appraisals(view, sight, 0.5, 1)]
        assert ("asking" in families) is there
        assert "asking" not in [one.family for one in other_appraisals(view, sight, 0.5, 0)]


# saves


def test_a_world_without_assurances_keeps_the_digest_that_it_had_and_one_with_them_is_saved() -> (
    None
):
    world, _ = start()
    told = replace(said("accept"), crisis=number(world))
    with_one = replace(world, assurances=(told,))
    assert "assurances" not in canonical(world)
    assert digest_of(world) != digest_of(with_one)
    assert apply(world, difference(world, with_one)).assurances == (told,)
    check_world(with_one)
    for wrong in (
        replace(told, giver="ZZZ"),
        replace(told, beside="ZZZ"),
        replace(told, answer="perhaps"),
    ):
        with pytest.raises(ValueError, match=r"ZZZ|perhaps"):
            check_world(replace(world, assurances=(wrong,)))


def test_no_assurance_may_be_asked_of_one_that_one_fights() -> None:
    world, _ = start()
    fights = with_war(world, [BY], [THIRD])
    reason = refusal(fights, BY, AskAssurance(THIRD, number(fights), BY))
    assert reason is not None
    assert reason.code == "at_war"
