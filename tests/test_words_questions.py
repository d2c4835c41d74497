"""Questions: what is asked, how it may be answered, and what each answer would mean."""

from dataclasses import replace

import pytest
from words_case import world

from game.words.question_sentences import ask, consequences, option
from game.world.odds import war_odds
from game.world.orders import PeaceTerms, Terms
from game.world.questions import (
    AidQuestion,
    AssuranceQuestion,
    CallQuestion,
    CrisisQuestion,
    JoinQuestion,
    OfferQuestion,
    PeaceQuestion,
    PledgeQuestion,
    Question,
)

WORLD = world()
PACT = Terms(("defense",), "B", 6, False, 300)
QUESTIONS: list[Question] = [
    OfferQuestion("q", "E", "A", PACT),
    OfferQuestion("q", "E", "A", PACT, final=True),
    OfferQuestion("q", "A", "D", Terms(("offense", "neutrality"), "C", secret=True)),
    OfferQuestion("q", "D", "A", Terms(("nonaggression", "consultation"))),
    OfferQuestion("q", "D", "B", Terms(("defense", "consultation")), joins=2, newcomer="D"),
    OfferQuestion("q", "D", "B", Terms(("defense", "consultation")), joins=2, newcomer="A"),
    AidQuestion("q", "E", "A", 80_000),
    PledgeQuestion("q", "C", "A", "B", 11, ("none", "A", "B")),
    AssuranceQuestion("q", "C", "A", 11, "A"),
    AssuranceQuestion("q", "C", "A", 11, ""),
    AssuranceQuestion("q", "C", "D", 11, "B"),
    CrisisQuestion("q", "A", "B", 11, 1),
    CrisisQuestion("q", "B", "A", 11, 1),
    CallQuestion("q", "D", "B", 10, "E", 2),
    CallQuestion("q", "C", "B", 10, "E", -1),
    JoinQuestion("q", "A", "B", "E", 10),
    PeaceQuestion("q", "E", "B", 10, PeaceTerms(takes=("esk",), indemnity=2_000)),
    PeaceQuestion("q", "B", "E", 10, PeaceTerms(disarm=True, gives=("esk",))),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_everything_asked_can_be_read(question: Question) -> None:
    for text in (ask(question, WORLD),):
        assert text[0].isupper()
        assert text[-1] in ".?"
    for answer in (*question.options, "counter"):
        label = option(question, answer, WORLD)
        assert label[0].isupper()
        assert not label.endswith(".")
        for line in consequences(question, answer, WORLD):
            assert line[0].isupper() or not line[0].isalpha()
            assert line.endswith(".")
            assert "Party(" not in line
            assert " you's" not in line


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_outlives_what_it_is_about(question: Question) -> None:
    bare = replace(WORLD, wars=(), crises=(), treaties=())
    assert ask(question, bare)
    for answer in (*question.options, "counter"):
        option(question, answer, bare)
        consequences(question, answer, bare)


def test_signing_says_whom_it_binds_me_against_and_what_breaking_costs() -> None:
    lines = consequences(OfferQuestion("q", "E", "A", PACT), "accept", WORLD)
    assert lines[0] == (
        "If the United Kingdom attacks Albany, or joins a war against it, you are called to fight; "
        "to refuse costs .25 of your reliability."
    )
    assert "Albany is in a crisis, since 1909, with the United Kingdom." in lines
    assert "By treaty the United Kingdom's cause is also that of Dorn." in lines


def test_signing_names_the_promise_it_sits_ill_with() -> None:
    lines = consequences(OfferQuestion("q", "A", "B", Terms(("neutrality",))), "accept", WORLD)
    assert any("the Ottoman Empire: your defense pact" in line for line in lines)


def test_a_counter_s_burden_is_the_first_sender_s() -> None:
    mine = consequences(OfferQuestion("q", "E", "A", PACT), "accept", WORLD)
    countered = consequences(OfferQuestion("q", "E", "A", PACT, final=True), "accept", WORLD)
    assert any(line.startswith("Albany pays you ") for line in mine)
    assert any(line.startswith("You pay Albany ") for line in countered)


def test_refusing_a_call_costs_what_the_rules_say() -> None:
    lines = consequences(CallQuestion("q", "D", "B", 10, "E", 2), "refuse", WORLD)
    assert any("reliability -.25, now .80" in line for line in lines)


def test_yielding_costs_the_stake_and_resolve_and_backing_down_more_with_every_rung() -> None:
    yields = consequences(CrisisQuestion("q", "B", "A", 11, 1), "yield", WORLD)
    assert yields == ["You cede Brig.", "Your resolve -.05, now .60."]
    backs = consequences(CrisisQuestion("q", "A", "B", 11, 1), "yield", WORLD)
    assert backs == ["You drop the matter of Brig; your resolve -.12, now .60."]


def test_who_is_invited_into_a_pact_reads_to_which_wars_it_would_call() -> None:
    terms = Terms(("defense", "consultation"))
    asked = OfferQuestion("q", "E", "B", terms, joins=2, newcomer="E")
    lines = consequences(asked, "accept", WORLD)
    assert any(
        line.startswith("If anyone attacks one of them, you are called to fight;") for line in lines
    )


def test_where_the_rules_leave_no_step_up_the_answers_say_why() -> None:
    """Climb is missing from the options then: who holds or leaves must read the reason."""
    kept = ("yield", "hold")
    calm = replace(
        WORLD,
        states=tuple(replace(one, posture=1) if one.id == "A" else one for one in WORLD.states),
    )
    asked = CrisisQuestion("q", "A", "B", 11, 1, kept)
    said = "You cannot climb: your posture is defensive; to mobilise it must be balanced."
    assert said in consequences(asked, "hold", calm)
    assert said in consequences(asked, "yield", calm)
    ultimatum = replace(WORLD, crises=(replace(WORLD.crises[0], rung=2),))
    refusing = consequences(CrisisQuestion("q", "B", "A", 11, 1, kept), "hold", ultimatum)
    assert any(line.startswith("You cannot climb: Albany stands behind") for line in refusing)
    free = consequences(CrisisQuestion("q", "A", "B", 11, 1), "hold", calm)
    assert not any("cannot climb" in line for line in free)


def test_the_odds_shown_are_the_odds_of_both_sides_as_they_would_stand() -> None:
    """A attacks B, which calls D; C, bound to A by a pact of defence alone, owes A nothing."""
    odds = war_odds(WORLD, ("A",), ("B", "D"))
    lines = consequences(CrisisQuestion("q", "A", "B", 11, 1), "climb", WORLD)
    assert lines[-1] == f"If it comes to war, your side prevails at {odds / 100:.0f}%."
