"""Talks are private: who hears of them, how, and that nobody else acts on them or is shown them."""

import io
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrambled_talks import scrambled
from tui_fake import Host, settle, text_of
from worlds import events_of, play_turn, tiny_world, with_treaty, with_war

from game import Campaign, load_map, play
from game.advice import visible_history as witnessed
from game.advice.visible_history import visible_history
from game.campaign.saving import Parts
from game.dice import dice
from game.engine.phases.overhearing import chance_to_hear
from game.engine.turn import Turn
from game.history import History, digest_of
from game.inference.rebuilt_beliefs import rebuilt
from game.line_mode.dialogue import JsonDialogue
from game.line_mode.session import Session
from game.rivals import decisions
from game.saves.codec import orders_from_json
from game.tui.screens.chronicle_screen import ChronicleScreen
from game.tui.screens.dossier_screen import DossierScreen
from game.tui.screens.report_screen import ReportScreen
from game.words.event_sentences import describe_event
from game.words.letters import letter
from game.words.question_sentences import ask
from game.world.events import TALKS, Event
from game.world.knowledge import knows_order, knows_question, visible
from game.world.model import World
from game.world.orders import Aid, Offer, OfferPeace, Order, Penetrate, Sound, Terms
from game.world.questions import Answer, Question, TellQuestion
from game.world.rules import BP, Rules
from game.world.sight import seen_by

STATES = ("AAA", "BBB", "CCC", "DDD")
RULES = Rules()
PACT = Terms(("defense",), against="CCC")
REFUSED = {"AAA": (Offer("BBB", PACT),)}
NO_LEAKS = replace(RULES, talks_leak=0)


def quiet_world(**rules: int) -> World:
    """A world in which nothing leaks; `rules` change others of its numbers."""
    world = tiny_world(STATES)
    return replace(world, atlas=replace(world.atlas, rules=replace(NO_LEAKS, **rules)))


def knowing(turn: Turn, kind: str) -> set[str]:
    """Who knows of the one event of a kind."""
    (happening,) = events_of(turn, kind)
    return {state for state in STATES if happening.seen_by(state)}


# the two who deal


def test_every_talk_is_known_to_the_two_who_deal_alone() -> None:
    world = with_war(with_treaty(quiet_world(), "AAA", "DDD"), ["BBB"], ["CCC"])
    orders: dict[str, Sequence[Order]] = {
        "AAA": (Offer("BBB", Terms(("nonaggression",))), Aid("DDD", 1_000)),
        "BBB": (OfferPeace(world.wars[0].id, "CCC"),),
        "DDD": (Offer("CCC", Terms(("consultation",))),),
    }

    def answering(question: Question) -> Answer:
        if question.kind == "offer" and question.asked == "CCC" and not question.final:
            return Terms(("nonaggression",))
        return question.options[-1]

    turn = play_turn(world, orders, answering)
    found = {it.kind for it in turn.events} & TALKS
    assert found >= {
        "treaty_offered", "treaty_declined", "treaty_countered", "aid_offered", "aid_refused",
        "peace_offered", "peace_refused",
    }  # fmt: skip
    for happening in turn.events:
        if happening.kind in TALKS:
            deal = {happening.actor, happening.target}
            assert {state for state in STATES if happening.seen_by(state)} == deal, happening


def test_who_is_asked_about_a_newcomer_knows_of_the_invitation() -> None:
    world = with_treaty(quiet_world(), "AAA", "BBB")
    (treaty,) = world.treaties
    turn = play_turn(world, {"AAA": (Offer("CCC", treaty.terms, treaty.id),)}, {"offer": "accept"})
    assert knowing(turn, "treaty_offered") == {"AAA", "BBB", "CCC"}
    refused = play_turn(world, {"AAA": (Offer("CCC", treaty.terms, treaty.id),)})
    assert knowing(refused, "accession_refused") == {"AAA", "BBB", "CCC"}


@pytest.mark.parametrize("counters", [False, True])
def test_an_open_treaty_shows_to_all_what_was_offered_and_accepted(counters: bool) -> None:
    """The order and the question on its terms; what was offered before, and countered, stays."""
    wanted = Terms(("nonaggression",), term=4)

    def answering(question: Question) -> Answer:
        return wanted if counters and not question.final else "accept"

    turn = play_turn(quiet_world(), {"AAA": (Offer("BBB", PACT),)}, answering)
    seen = tuple(visible(turn.events, "DDD"))
    asked = [question for stage in turn.stages for question in stage.questions]
    known = [question for question in asked if knows_question("DDD", question, seen)]
    assert known == asked[-1:]
    assert knows_order("DDD", "AAA", Offer("BBB", PACT), seen) is not counters


def test_a_secret_treaty_shows_nothing() -> None:
    orders = {"AAA": (Offer("BBB", replace(PACT, secret=True)),), "DDD": (Sound("AAA"),)}
    for seed in range(20):
        turn = play_turn(quiet_world(sounding_hears=BP), orders, {"offer": "accept"}, seed)
        seen = tuple(visible(turn.events, "DDD"))
        assert not {it.kind for it in seen} & {"treaty_offered", "treaty_signed"}
        (report,) = events_of(turn, "talks_reported")
        assert (report["held"], report["heard"]) == (1, 0)


# envoys, networks, leaks


@pytest.mark.parametrize("where", ["AAA", "BBB"])
def test_an_envoy_hears_the_whole_talk_where_it_sits_by_its_chance(where: str) -> None:
    heard = 0
    for seed in range(200):
        turn = play_turn(quiet_world(), {**REFUSED, "DDD": (Sound(where),)}, seed=seed)
        known = {
            kind: "DDD" in knowing(turn, kind) for kind in ("treaty_offered", "treaty_declined")
        }
        assert len(set(known.values())) == 1
        (report,) = events_of(turn, "talks_reported")
        assert (report.actor, report.target, report["held"]) == ("DDD", where, 1)
        assert report["heard"] == int(known["treaty_offered"])
        assert {state for state in STATES if report.seen_by(state)} == {"DDD"}
        heard += known["treaty_offered"]
        seen = tuple(visible(turn.events, "DDD"))
        (stage,) = (it for it in turn.stages if it.questions[0].kind == "offer")
        assert knows_order("DDD", "AAA", REFUSED["AAA"][0], seen) is known["treaty_offered"]
        assert knows_question("DDD", stage.questions[0], seen) is known["treaty_offered"]
    assert abs(heard / 200 - RULES.sounding_hears / BP) < 0.12


def test_an_envoy_hears_nothing_of_talks_elsewhere_and_says_that_none_was_held() -> None:
    turn = play_turn(quiet_world(sounding_hears=BP), {**REFUSED, "DDD": (Sound("CCC"),)})
    (report,) = events_of(turn, "talks_reported")
    assert (report["held"], report["heard"]) == (0, 0)
    assert "DDD" not in knowing(turn, "treaty_offered")
    told = describe_event(report, quiet_world().atlas, "DDD")
    assert "nothing is being negotiated there" in told


def test_ones_own_talks_are_not_news_from_an_envoy() -> None:
    turn = play_turn(quiet_world(sounding_hears=BP), {"AAA": (*REFUSED["AAA"], Sound("BBB"))})
    (report,) = events_of(turn, "talks_reported")
    assert (report["held"], report["heard"]) == (0, 0)


@given(st.integers(0, BP), st.booleans())
def test_a_network_hears_by_its_depth_beside_what_an_envoy_hears(depth: int, envoy: bool) -> None:
    chance = chance_to_hear(RULES, depth, envoy=envoy)
    assert 0 <= chance <= BP
    assert chance >= chance_to_hear(RULES, depth // 2, envoy=False)
    assert chance_to_hear(RULES, depth, envoy=False) == RULES.network_hears * depth // BP


def test_a_network_hears_without_an_order_and_reports_when_it_heard() -> None:
    world = replace(quiet_world(), networks={("DDD", "BBB"): BP})
    heard = 0
    for seed in range(100):
        turn = play_turn(world, REFUSED, seed=seed)
        reports = events_of(turn, "talks_reported")
        assert len(reports) == int("DDD" in knowing(turn, "treaty_declined"))
        heard += len(reports)
    depth = BP - RULES.network_fades
    assert abs(heard / 100 - chance_to_hear(RULES, depth, envoy=False) / BP) < 0.12


def test_work_in_a_society_always_brings_a_report() -> None:
    turn = play_turn(quiet_world(), {"DDD": (Penetrate("BBB"),)})
    (report,) = events_of(turn, "talks_reported")
    assert (report.actor, report.target, report["held"]) == ("DDD", "BBB", 0)


def test_a_leak_makes_an_offer_known_to_all() -> None:
    turn = play_turn(quiet_world(talks_leak=BP), REFUSED)
    assert knowing(turn, "treaty_offered") == knowing(turn, "talks_leaked") == set(STATES)
    leaks = sum(
        bool(
            events_of(play_turn(quiet_world(talks_leak=2_000), REFUSED, seed=seed), "talks_leaked")
        )
        for seed in range(200)
    )
    assert abs(leaks / 200 - 0.2) < 0.1


# telling the adversary


def tells(question: Question) -> Answer:
    return "accept" if isinstance(question, TellQuestion) else "decline"


def test_who_declined_a_pact_may_tell_whom_it_was_against() -> None:
    asked: list[Question] = []

    def answering(question: Question) -> Answer:
        asked.append(question)
        return tells(question)

    turn = play_turn(quiet_world(), REFUSED, answering)
    (question,) = (it for it in asked if isinstance(it, TellQuestion))
    assert (question.asked, question.by, question.terms) == ("BBB", "AAA", PACT)
    assert knowing(turn, "offer_told") == {"AAA", "BBB", "CCC"}
    assert knowing(turn, "treaty_declined") == knowing(turn, "treaty_offered")
    assert knowing(turn, "treaty_declined") == {"AAA", "BBB", "CCC"}
    assert ask(question, quiet_world()) == (
        "You declined Land of AAA's defense pact against Land of CCC; do you tell Land of CCC?"
    )
    kept = play_turn(quiet_world(), REFUSED)
    assert not events_of(kept, "offer_told")
    assert knowing(kept, "treaty_declined") == {"AAA", "BBB"}


def test_of_a_declined_counter_its_first_sender_may_tell() -> None:
    countered = Terms(("defense",), against="DDD")

    def answering(question: Question) -> Answer:
        if question.kind == "offer" and not question.final:
            return countered
        return tells(question)

    turn = play_turn(quiet_world(), REFUSED, answering)
    (told,) = events_of(turn, "offer_told")
    assert (told.actor, told.target, told["by"]) == ("AAA", "DDD", "BBB")


@pytest.mark.parametrize(
    ("terms", "at_war", "asked"),
    [
        (PACT, False, True),
        (replace(PACT, secret=True), False, True),
        (Terms(("defense",)), False, False),
        (PACT, True, False),
    ],
)
def test_only_a_named_state_that_one_is_not_at_war_with_can_be_told(
    terms: Terms, at_war: bool, asked: bool
) -> None:
    world = with_war(quiet_world(), ["BBB"], ["CCC"]) if at_war else quiet_world()
    turn = play_turn(world, {"AAA": (Offer("BBB", terms),)})
    questions = [question.kind for stage in turn.stages for question in stage.questions]
    assert ("tell" in questions) is asked


def test_whose_offer_it_was_does_not_know_that_it_could_be_told_of() -> None:
    turn = play_turn(quiet_world(), REFUSED)
    (question,) = (it for stage in turn.stages for it in stage.questions if it.kind == "tell")
    seen = {state: tuple(visible(turn.events, state)) for state in STATES}
    knows = {state for state in STATES if knows_question(state, question, seen[state])}
    assert knows == {"BBB"}
    told = play_turn(quiet_world(), REFUSED, tells)
    seen = {state: tuple(visible(told.events, state)) for state in STATES}
    knows = {state for state in STATES if knows_question(state, question, seen[state])}
    assert knows == {"AAA", "BBB", "CCC"}


# what a player is shown


ME = "ALD"


@cache
def played() -> Campaign:
    """Seven turns of a player who listens, works and offers; three are left."""
    campaign = Campaign.new(load_map("five-crowns"), player=ME, seed=5, turns=10)
    lot = random.Random(7)
    while len(campaign.history.turns) < 7:
        others = [state for state in campaign.world.playing() if state != ME]
        offer = campaign.adviser.best_offer()
        for order in (offer, Sound(lot.choice(others)), Penetrate(lot.choice(others), "lobby")):
            if order is not None and campaign.refusal(order) is None:
                campaign.order(order)
        campaign.submit()
        while asked := campaign.questions():
            campaign.answer({one.id: lot.choice(one.options) for one in asked})
    return campaign


def with_history(history: History) -> Campaign:
    """The campaign as it was played, with another record of it."""
    return Campaign(Parts(replace(played()._position, history=history)))


def lines_of(campaign: Campaign) -> list[Any]:
    """What the game on lines says to a program that asks for everything."""
    states = [state for state in campaign.world.playing() if state != ME]
    asked = ["report", "matters", "states", "treaties", "orders"]
    asked += [one for state in states for one in ("dossier", state)]
    source = io.StringIO("".join(json.dumps({"choose": one}) + "\n" for one in [*asked, "quit"]))
    target = io.StringIO()
    Session(campaign, JsonDialogue(source, target), orders_from_json).play()
    return [json.loads(line) for line in target.getvalue().splitlines()]


def shown(campaign: Campaign) -> dict[str, Any]:
    """All that the player is shown or told, as one value."""
    atlas, adviser = campaign.atlas, campaign.adviser
    states = [state for state in campaign.world.playing() if state != ME]
    seen = visible_history(campaign.history, ME)
    offers = [Offer(state, Terms(("defense",), "OMB")) for state in states if state != "OMB"]
    return {
        "history": digest_of(
            [
                [
                    sorted((state, list(given)) for state, given in record.orders.items()),
                    [[list(stage.questions), dict(stage.answers)] for stage in record.stages],
                    list(record.events),
                    list(record.worlds),
                ]
                for record in seen.turns
            ]
        ),
        "events": [describe_event(one, atlas, ME) for _, one in campaign.events],
        "letters": [letter(one, atlas, ME) for _, one in campaign.events],
        "notebook": adviser.doctrine_estimates(states),
        "estimate": adviser.estimate.hostile.tolist(),
        "matters": adviser.matters(),
        "reasons": [adviser.reasons(state) for state in states],
        "forecasts": [(adviser.forecast(one), adviser.would_tell(one)) for one in offers],
        "readings": [adviser.readings(lens) for lens in ("BOP", "BOT")],
        "lines": lines_of(campaign),
    }


@cache
def honest() -> dict[str, Any]:
    return shown(with_history(played().history))


def test_there_are_talks_that_the_player_did_not_hear_of_and_some_that_it_did() -> None:
    talks = [it for record in played().history.turns for it in record.events if it.kind in TALKS]
    heard = [it for it in talks if it.seen_by(ME)]
    assert len(talks) - len(heard) > 10
    assert any(ME not in (it.actor, it.target) for it in heard)


@given(st.integers(0, 10**6))
@settings(max_examples=6)
def test_talks_that_the_player_did_not_hear_of_change_nothing_that_it_is_shown(seed: int) -> None:
    history = scrambled(played().history, ME, random.Random(seed))
    assert digest_of(list(history.turns[0].events)) != digest_of(
        list(played().history.turns[0].events)
    )
    found = shown(with_history(history))
    for part, value in honest().items():
        assert found[part] == value, part


@pytest.mark.parametrize("part", ["knows_order", "knows_question", "visible"])
def test_a_witness_that_knows_too_much_is_seen(part: str) -> None:
    """Each wall taken down on purpose."""

    def knows_all(*_: Any) -> bool:
        return True

    def every(events: Sequence[Event], _: str) -> Sequence[Event]:
        return events

    wall: Callable[..., Any] = every if part == "visible" else knows_all
    history = scrambled(played().history, ME, random.Random(1))
    with mock.patch.object(witnessed, part, wall):
        assert shown(with_history(history))["history"] != honest()["history"]


async def test_the_screens_show_nothing_of_talks_that_the_player_did_not_hear_of() -> None:
    texts: list[list[str]] = []
    for history in (played().history, scrambled(played().history, ME, random.Random(2))):
        campaign = with_history(history)
        found = []
        for screen in (
            ReportScreen(campaign),
            ChronicleScreen(campaign),
            DossierScreen(campaign, "OMB"),
        ):
            app = Host(screen)
            async with app.run_test(size=(120, 60)) as pilot:
                await settle(app, pilot)
                found.append(text_of(app))
        texts.append(found)
    assert texts[0] == texts[1]


# what rivals believe and decide


@pytest.mark.parametrize("seed", range(3))
def test_talks_that_a_rival_did_not_hear_of_change_neither_its_beliefs_nor_its_decisions(
    seed: int,
) -> None:
    position = played()._position
    world, draw = position.history.world, dice(position.history.setup.seed)
    before = rebuilt(position.history)
    assert [one.hostile.tolist() for one in before] == [
        one.hostile.tolist() for one in position.beliefs
    ]
    changed = 0
    for state in world.playing():
        history = scrambled(position.history, state, random.Random(seed))
        after = rebuilt(history)
        row = world.atlas.state_index[state]
        for one, other in zip(before, after, strict=True):
            assert one.hostile[row].tolist() == other.hostile[row].tolist()
            changed += one.hostile.tolist() != other.hostile.tolist()
        seat = position.envelope[state]
        sights = (
            seen_by(world, before[-1], state),
            seen_by(history.world, after[-1], state),
        )
        given_by = [decisions.orders(sight, seat, position.frame, draw)[0] for sight in sights]
        assert given_by[0] == given_by[1]
        asked = [
            question
            for record in position.history.turns
            for stage in record.stages
            for question in stage.questions
            if question.asked == state and question.kind in ("offer", "aid", "tell")
        ]
        answers = [
            decisions.answers(sight, seat, position.frame, asked, draw)[0] for sight in sights
        ]
        assert answers[0] == answers[1]
    assert changed, "the scrambled talks would have changed what others believe"


# the archives


def test_when_the_campaign_is_over_the_archives_are_open() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player=ME, seed=5, turns=3)
    while not campaign.over:
        campaign.submit()
        campaign_asked = campaign.questions()
        while campaign_asked:
            campaign.answer(play.silence(campaign_asked))
            campaign_asked = campaign.questions()
    every = [it for record in campaign.history.turns for it in record.events]
    assert [it for _, it in campaign.events] == every
    assert any(not it.seen_by(ME) for it in every if it.kind in TALKS)
