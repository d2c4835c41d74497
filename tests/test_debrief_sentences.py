"""Every sentence of a debrief about what happened, held against the events of its turn."""

import random
import re
from collections.abc import Sequence
from functools import cache

import pytest
from sentence_reader import reader, spoken

from game import Campaign, load_map, play_out
from game.debrief.analysis import Analysis
from game.debrief.deeds import done_by, given
from game.debrief.diagnostic_turns import explained, telling
from game.debrief.report import debrief
from game.debrief.report_types import DiagnosticTurn, DoctrineChoice, Report, StateEliminated
from game.debrief.verdict_words import crucial_words
from game.inference.crucial_tests import CrucialTests
from game.world.orders import Order, Terms
from game.world.questions import Answer, Question

pytestmark = pytest.mark.xdist_group("sentences")
SEATS = (("europe-1909", "GMY", 3), ("europe-1909", "SWD", 5), ("five-crowns", "ALD", 11))
"""Map, the player's state, seed: a great power, a lesser state, and one of the small map."""


def test_the_counts_of_the_crucial_tests_are_said_whole() -> None:
    assert crucial_words(CrucialTests(0, 0, 0, 0)).startswith("It never chose")
    assert crucial_words(CrucialTests(2, 2, 0, 0)) == (
        "On 2 occasions the two readings pointed at different states: it acted twice against the "
        "one to fear by power and never against the one to fear by threat."
    )
    assert crucial_words(CrucialTests(5, 1, 3, 1)).endswith(
        "it acted once against the one to fear by power, 3 times against the one to fear by threat "
        "and once against another."
    )


class AtRandom:
    """A player that gives legal orders and answers by lot, so that few are on a rival's menu."""

    def __init__(self, seed: int) -> None:
        self.lot = random.Random(seed)

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        forms = campaign.legal_orders()
        named = [form for form in forms if all(form.domains.values())]
        return [
            form.sample(lambda *_: self.lot.random())
            for form in named
            for _ in range(2)
            if form.kind != "declare_war" or self.lot.random() < 0.1
        ]

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> dict[str, Answer]:
        made: dict[str, Answer] = {}
        for one in questions:
            made[one.id] = self.lot.choice(one.options)
            if getattr(one, "may_counter", False) and self.lot.random() < 0.3:
                foe = self.lot.choice(campaign.world.playing())
                made[one.id] = Terms(("defense",), foe if foe not in (one.asked, one.by) else "")
        return made


@cache
def played(map: str, state: str, seed: int) -> Campaign:
    campaign = Campaign.new(load_map(map), player=state, seed=seed, turns=24)
    play_out(campaign, AtRandom(seed))
    return campaign


def analysis(seat: tuple[str, str, int]) -> Analysis:
    return played(*seat).debriefing.analysis


@cache
def report(seat: tuple[str, str, int]) -> Report:
    return played(*seat).debriefing.report()


@pytest.mark.parametrize("seat", SEATS)
def test_every_deed_of_a_campaign_is_in_the_events_of_its_turn(seat: tuple[str, str, int]) -> None:
    """Actor, verb, object and turn of every decision that could become a diagnostic turn."""
    made = analysis(seat)
    read = reader(made.history)
    wrong = []
    forms = set()
    for own in made.evidence.values():
        for one in own:
            text = done_by(made.moments, one)
            form, true = read(one.turn, text)
            forms.add(form)
            if not true:
                wrong.append(f"turn {one.turn}: {text}")
    assert not wrong, "\n".join(wrong)
    assert len(forms) > 15


@pytest.mark.parametrize("seat", SEATS)
def test_every_diagnostic_turn_of_a_report_tells_a_deed_of_its_state_and_turn(
    seat: tuple[str, str, int],
) -> None:
    told = report(seat)
    read = reader(played(*seat).history)
    dates = told.course.dates
    rows: list[tuple[str, DiagnosticTurn | DoctrineChoice]] = [
        (state, row)
        for state, entry in told.states.items()
        for some in (entry.diagnostic, entry.otherwise)
        for row in some
    ]
    assert len(rows) > 20
    for state, row in rows:
        assert row.date == dates[row.turn - 1]
        assert read(row.turn, row.deed)[1], row.deed
        who = spoken(told.names[state])
        assert row.deed.lower().startswith(f"{who.lower()} "), row.deed


@pytest.mark.parametrize("seat", SEATS)
def test_every_figure_in_a_reading_is_that_of_its_turn(seat: tuple[str, str, int]) -> None:
    """Chances are the report's; whoever "led" had the largest share of all but the observer."""
    made = analysis(seat)
    names = {spoken(name): state for state, name in report(seat).names.items()}
    led = 0
    for state, own in made.evidence.items():
        for one, power, threat in telling(own, most=12):
            row = explained(made.moments, one, power, threat)
            shares = report(seat).course.power
            for theory, chance in (("BOP", power), ("BOT", threat)):
                reading = row.readings[theory]
                (percent,) = re.findall(r"^[^:]*: ([<>]?\d+)%", reading.sentence)
                short = "<1" if 0 < chance < 0.005 else ">99" if 0.995 <= chance < 1 else ""
                assert percent == short or (not short and percent == f"{chance:.0%}"[:-1])
                for who, share in re.findall(r"([\w' -]+?) led \((\d+)% of", reading.sentence):
                    name = re.sub(r"^.*?(for|and|though|but|safety) ", "", who.strip())
                    others = {
                        id: row[one.turn - 1] or 0.0 for id, row in shares.items() if id != state
                    }
                    if one.question is None:
                        # Shares are told to a hundredth of a percent; two may be alike.
                        assert others[names[name]] >= max(others.values()) - 1e-4, who
                        assert abs(others[names[name]] - int(share) / 100) < 0.006
                        led += 1
    assert led > 5


@pytest.mark.parametrize("seat", SEATS)
def test_the_wars_and_the_land_of_a_report_are_those_of_the_events(
    seat: tuple[str, str, int],
) -> None:
    told, history = report(seat), played(*seat).history
    declared = [
        (turn, event.actor, event.target, event["war"])
        for turn, event in history.events()
        if event.kind == "war_declared"
    ]
    assert [(war.since, war.by, war.on, war.id) for war in told.course.wars] == declared
    for war in told.course.wars:
        fought = {war.by, war.on} | {
            event.actor
            for _, event in history.events()
            if event.kind == "war_joined" and event["war"] == war.id
        }
        assert {*war.attackers, *war.defenders} == fought
    for one in told.course.land:
        happened = history.turns[one.turn - 1].events
        if isinstance(one, StateEliminated):
            assert any(
                event.kind == "state_eliminated" and event.actor == one.eliminated
                for event in happened
            )
            continue
        named = {
            fact
            for event in happened
            for fact in event.facts
            if event.kind in ("province_annexed", "province_ceded", "peace_made")
        }
        flat = {part for fact in named for part in (fact if isinstance(fact, tuple) else (fact,))}
        assert one.province in flat, one


def test_an_order_off_the_menu_is_told_as_it_was_given() -> None:
    """It was "Germany demanded Bohemia" of one who had demanded Hungary: the menu's nearest."""
    off = 0
    for seat in SEATS:
        made = analysis(seat)
        for one in made.evidence[seat[1]]:
            order = given(made.moments, one)
            text = done_by(made.moments, one)
            if isinstance(order, Order) and order != one.chosen:
                off += "weighed as the nearest" in text
    assert off > 10


def test_a_blind_report_tells_the_same_deeds() -> None:
    seat = SEATS[2]
    blind = debrief(played(*seat).history)
    for state, entry in blind.states.items():
        assert [row.deed for row in entry.diagnostic] == [
            row.deed for row in report(seat).states[state].diagnostic
        ]
