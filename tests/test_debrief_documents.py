"""The documents of a debrief: faults that were found in them, their charts, and what they cite."""

import csv
import html
import io
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentence_reader import reader
from test_debrief_sentences import SEATS, AtRandom, played, report

from game import Campaign, load_map, play_out
from game.debrief import output_formats
from game.debrief.analysis import Analysis
from game.debrief.class_comparison import GroupReport, class_document
from game.debrief.decision_panel import VARIABLES, codebook, panel
from game.debrief.document import document
from game.debrief.document_reruns import rerun_words
from game.debrief.leading_states import MOST, colours, leading, six_for_a_class
from game.debrief.lesson_plan import lesson_plan
from game.debrief.prediction_sheet import prediction_sheet
from game.debrief.report import debrief
from game.debrief.report_names import land_words
from game.debrief.report_types import ProvinceMoved, Report, StateEliminated, TreatySpan
from game.debrief.rerun_types import Changes, Outcome, Rerun, RunPair
from game.debrief.score_words import score_parts
from game.debrief.summary import summary
from game.debrief.worksheet import answer_sheet, question_sheet, questions
from game.debrief.worksheet_course import adversaries_words
from game.debrief.worksheet_states import six_states
from game.page.blocks import (
    Block,
    Card,
    Chart,
    Document,
    Folded,
    Grid,
    Lines,
    Network,
    Paragraph,
    Section,
    Whiskers,
    words_of,
)
from game.page.charts import drawn
from game.page.diagrams import Balance, Matrix, Scatter, Strip
from game.page.svg import colour
from game.scoring import Score

pytestmark = pytest.mark.xdist_group("sentences")
EUROPE, LESSER, CROWNS = SEATS


def blocks_of(some: tuple[Block, ...], *, folded: bool = True) -> Iterator[Block]:
    """Every block of some, those within others too; with those that are folded away or without."""
    for block in some:
        yield block
        if isinstance(block, Card | Grid) or (folded and isinstance(block, Folded)):
            yield from blocks_of(block.blocks, folded=folded)


def text_of(block: Block) -> str:
    """The words of a paragraph; empty for another block."""
    return words_of(block.text) if isinstance(block, Paragraph) else ""


def charts(made: Document, *, folded: bool = True) -> list[tuple[Section, Chart]]:
    return [
        (section, block)
        for section in made.sections
        for block in blocks_of(section.blocks, folded=folded)
        if isinstance(block, Chart)
    ]


# faults that were found


def test_a_province_that_is_called_as_a_state_is_told_from_it() -> None:
    """It was "Switzerland went from Switzerland to Italy"."""
    names = {
        "SWZ": "Switzerland",
        "ITA": "Italy",
        "UKG": "United Kingdom",
        "NTH": "The Netherlands",
    }
    moved = ProvinceMoved(3, "switzerland", "Switzerland", "SWZ", "ITA")
    assert land_words(names, moved) == "the province of Switzerland went from Switzerland to Italy"
    plain = replace(moved, name="Geneva", after=None)
    assert land_words(names, plain) == "Geneva went from Switzerland to nobody"
    whole = replace(moved, name="Netherlands", before="NTH", after="UKG")
    assert land_words(names, whole) == (
        "the province of Netherlands went from the Netherlands to the United Kingdom"
    )
    assert land_words(names, StateEliminated(3, "UKG")) == "the United Kingdom was no more"


def test_who_was_eliminated_in_no_run_is_said_so() -> None:
    """It was "in 0 runs instead of 1"."""
    told = report(CROWNS)
    row = Outcome(1, 1, {}, 0, 0, (), dict.fromkeys(told.names, 0.1))
    same = (1.0, 1.0)
    shares = dict.fromkeys(told.names, (0.1, 0.1))
    changed = Changes(same, same, same, same, shares, {"LYS": (1, 0), "OMB": (0, 3)})
    again = Rerun("KHA", "BOP", "BOT", 5, None, (RunPair(row, row, None),), changed, ())
    (said,) = (words for words in rerun_words(told, again) if words.startswith("Eliminated"))
    assert re.search(r"Lys in no run instead of 1 run\b", said)
    assert re.search(r"Ombrel in 3 runs instead of no run\b", said)


@given(
    st.floats(0, 1), st.floats(0, 25), st.none() | st.floats(0, 25), st.integers(0, 4)
)  # fmt: skip
def test_the_parts_of_a_score_add_up_and_breaches_are_among_them(
    aim: float, security: float, insight: float | None, broken: int
) -> None:
    """It was "50 + 13 + 24" for 82: the broken treaty was left out."""
    points = 50 * aim + security + (insight or 0.0)
    if insight is None:
        points *= 100 / 75
    points -= 5 * broken
    parts = score_parts(Score(points, aim, security, insight, broken, (1.0, 1.0)))
    told = [
        -int(amount) if less else int(amount)
        for part in parts
        for less, amount in re.findall(r"(less )?(\d+)(?: of| for)", part)
    ]
    assert sum(told) == pytest.approx(points, abs=0.5 + 1e-6)
    assert ("broken" in " ".join(parts)) is (broken > 0)


def test_questions_name_the_largest_count_and_no_pledge_as_a_pact() -> None:
    """Whom a state's pacts named is told of all it named; calls by treaty and by pledge apart."""
    for seat in SEATS:
        told, history = report(seat), played(*seat).history
        (asked,) = (one for one in questions(told) if one.asked.startswith("Whom had"))
        words = " ".join(words_of(text) for text in asked.answer)
        state = next(
            id
            for id, name in told.names.items()
            if re.search(rf"had (the )?{name} most", asked.asked)
        )
        own = [one for one in told.course.treaties if one.binding and state in one.parties]
        counts = {one.against: 0 for one in own}
        for one in own:
            counts[one.against] += 1
        assert f"Of its {len(own)} pact" in words or not own
        for foe, count in counts.items():
            assert f"{count} named {'nobody' if foe is None else ''}" in words
        for war in told.course.wars:
            called = {
                (event.actor, "treaty" if event.number("treaty") >= 0 else "pledge")
                for _, event in history.events()
                if event.kind in ("call_honoured", "call_refused") and event["war"] == war.id
            }
            assert {(one.state, one.bound) for one in war.entries if one.bound} == called


def test_the_largest_count_of_pacts_is_told_though_nobody_asked_of_it() -> None:
    """Q2 named the two states that it asked about, and not the one that most pacts named."""
    told = report(CROWNS)
    pact = TreatySpan(0, ("KHA", "SAR"), ("defense",), "TAR", False, True, 1, None)
    foes = ("TAR", "TAR", "TAR", "VOR", None)
    treaties = tuple(replace(pact, id=at, against=foe) for at, foe in enumerate(foes))
    some = replace(told, course=replace(told.course, treaties=treaties))
    assert adversaries_words(some, "KHA", ("VOR", "ALD")) == (
        "Of its 5 pacts to fight, 3 named the Cantons of Tarn, 1 named Vorrund, none named Aldmoor "
        "and 1 named nobody."
    )


def test_the_you_part_tells_the_great_events_of_the_players_own_campaign() -> None:
    for seat in SEATS:
        told, history = report(seat), played(*seat).history
        you = told.you
        assert you is not None
        assert 3 <= len(you.events) <= 14
        for one in you.events:
            record = history.turns[one.turn - 1]
            assert one.date == told.course.dates[one.turn - 1]
            assert any(event.kind == one.kind for event in record.events)
        own = [one for one in you.events if re.search(r"\b[Yy]ou(r)?\b", one.text)]
        assert len(own) * 2 >= len(you.events)
        wars = {
            event["war"]
            for _, event in history.events()
            if (event.kind == "war_declared" and seat[1] in (event.actor, event.target))
            or (event.kind == "war_joined" and event.actor == seat[1])
        }
        fought = re.search(r"fought in (no|\d+) war", you.in_short)
        assert fought is not None
        assert fought[1] == (str(len(wars)) if wars else "no")
        page = output_formats.written(told, "html")
        assert "The great events of your campaign" in page
        assert str(round(you.score or 0)) in page


# charts


@cache
def made(seat: tuple[str, str, int]) -> Document:
    return document(report(seat))


@pytest.mark.parametrize("seat", SEATS)
def test_a_card_tells_the_counts_then_the_verdict_then_the_check_of_its_own_state(
    seat: tuple[str, str, int],
) -> None:
    told = report(seat)
    (section,) = (one for one in made(seat).sections if one.anchor == "states")
    cards = [block for block in blocks_of(section.blocks) if isinstance(block, Card)]
    by_name = {entry.name: entry for entry in told.states.values()}
    assert sorted(card.title for card in cards) == sorted(by_name)
    checked = 0
    for card in cards:
        entry, words = by_name[card.title], [text_of(block) for block in card.blocks]
        assert words[0] == entry.crucial_said
        assert words[1] == f"{entry.said} {entry.gloss}"
        tells = any("the likeliest doctrine expected" in one for one in words)
        assert tells == (entry.check is not None)
        if entry.check is not None:
            assert words[2] == entry.check_said
            checked += 1
    assert checked > 0
    page = output_formats.written(told, "html")
    for entry in told.states.values():
        for said in (entry.crucial_said, entry.check_said):
            assert html.escape(said, quote=False) in page


def test_the_players_part_leads_with_the_counts_and_tells_the_check() -> None:
    told = report(CROWNS)
    assert told.you is not None
    me = told.states[told.you.state]
    failed = (
        "Of 9 choices of an adversary the likeliest doctrine expected 7 against Omb; it made 1."
    )
    me = replace(me, check_said=failed)
    made_of = document(replace(told, states={**told.states, told.you.state: me}))
    (section,) = (one for one in made_of.sections if one.anchor == "you")
    words = [text_of(block) for block in section.blocks]
    assert words.index(me.crucial_said) < words.index(f"{me.said} {me.gloss}") < words.index(failed)


@pytest.mark.parametrize("seat", SEATS)
def test_a_state_has_one_colour_in_every_chart(seat: tuple[str, str, int]) -> None:
    told = report(seat)
    numbers = {told.names[state]: number for state, number in colours(told).items()}
    seen = 0
    for section, chart in charts(made(seat)):
        if isinstance(chart, Lines) and section.anchor == "power":
            for one in chart.series:
                assert one.colour == numbers[one.name]
                seen += 1
        elif isinstance(chart, Scatter):
            for trail in chart.trails:
                assert trail.colour == numbers[trail.name]
                seen += 1
        elif isinstance(chart, Strip):
            for group in chart.groups:
                for row in group.rows:
                    for cell in row.cells:
                        assert cell is None or cell[1] == numbers[cell[0]]
                        seen += 1
        elif isinstance(chart, Balance):
            assert chart.colour in numbers.values()
            root = drawn(chart, "chart")
            assert any(colour(chart.colour) == one.get("stroke") for one in root.iter("path"))
    assert seen > 30


@pytest.mark.parametrize("seat", SEATS)
def test_both_readings_are_drawn_on_one_axis(seat: tuple[str, str, int]) -> None:
    planes = [chart for _, chart in charts(made(seat)) if isinstance(chart, Scatter)]
    assert len(planes) == 2
    assert planes[0].tops == planes[1].tops
    lines = [
        chart
        for _, chart in charts(made(seat), folded=False)
        if isinstance(chart, Lines) and chart.title.startswith("Threat")
    ]
    assert len(lines) == 2
    assert lines[0].top == lines[1].top
    tops = {chart.top for _, chart in charts(made(seat)) if isinstance(chart, Balance)}
    assert len(tops) == 1


@pytest.mark.parametrize("seat", SEATS)
def test_six_states_are_shown_at_first_and_the_others_on_demand(
    seat: tuple[str, str, int],
) -> None:
    told = report(seat)
    assert len(leading(told)) == MOST
    shown: dict[str, int] = {"odds": 0, "states": 0}
    for section, chart in charts(made(seat), folded=False):
        if isinstance(chart, Balance):
            shown["odds"] += 1
        if isinstance(chart, Lines) and section.anchor == "power":
            assert len(chart.series) <= MOST
        if isinstance(chart, Strip):
            assert len(chart.groups) <= MOST
        assert not isinstance(chart, Whiskers)
    (states,) = (one for one in made(seat).sections if one.anchor == "states")
    shown["states"] = sum(isinstance(block, Card) for block in states.blocks)
    assert shown == {"odds": MOST, "states": MOST}
    everywhere = [chart for _, chart in charts(made(seat)) if isinstance(chart, Balance)]
    assert len(everywhere) == len(told.states)


@pytest.mark.parametrize("seat", SEATS)
def test_the_odds_of_a_turn_are_those_of_the_posterior_and_its_deeds_true(
    seat: tuple[str, str, int],
) -> None:
    told = report(seat)
    read = reader(played(*seat).history)
    for entry in told.states.values():
        for turn, value in entry.log_odds.items():
            power, threat = (entry.by_turn[turn][name] for name in ("BOP", "BOT"))
            if power > 0.01 and threat > 0.01:
                assert value == pytest.approx(math.log(power / threat), abs=0.02)
        for move in entry.moved_by:
            assert read(move.turn, move.deed)[1], move.deed
            before = [odds for turn, odds in entry.log_odds.items() if turn < move.turn]
            step = entry.log_odds[move.turn] - (before[-1] if before else 0.0)
            assert move.change == pytest.approx(step, abs=0.002)


def test_ties_of_more_than_ten_states_are_a_matrix_and_of_fewer_a_circle() -> None:
    kinds = {
        seat: {
            type(chart) for section, chart in charts(made(seat)) if section.anchor == "alliances"
        }
        for seat in (EUROPE, CROWNS)
    }
    assert kinds == {EUROPE: {Matrix}, CROWNS: {Network}}


@pytest.mark.parametrize("seat", SEATS)
def test_the_sides_of_wars_and_demands_are_drawn_as_the_events_have_them(
    seat: tuple[str, str, int],
) -> None:
    told, history = report(seat), played(*seat).history
    pictures = {
        chart.title: chart
        for section, chart in charts(made(seat))
        if section.anchor == "wars" and isinstance(chart, Matrix)
    }
    if told.course.wars:
        fought = sum(len(war.attackers) + len(war.defenders) for war in told.course.wars)
        marks = pictures["The sides of each war"].marks
        assert sum(mark.kind != "called and refused" for mark in marks) == fought
    events = [event for _, event in history.events()]
    made_of = {event["crisis"]: event for event in events if event.kind == "demand_made"}
    assert len(told.course.crises) == len(made_of)
    pledges = [event for event in events if event.kind == "pledge_made"]
    assert sum(len(one.for_demand) + len(one.against_demand) for one in told.course.crises) == len(
        pledges
    )
    for number, crisis in zip(made_of, told.course.crises, strict=True):
        for event in pledges:
            if event["crisis"] == number:
                side = crisis.for_demand if event.target == crisis.by else crisis.against_demand
                assert event.actor in side


def test_every_chart_of_the_page_is_drawn_with_its_words_and_a_table() -> None:
    for section, chart in charts(made(EUROPE)):
        root = drawn(chart, "chart")
        assert len(root.get("aria-label") or "") > 20, (section.anchor, chart.title)
        assert chart.table().rows, chart.title


# what they cite, and what they must not tell


def test_every_document_carries_version_revision_seed_and_digest() -> None:
    told = report(CROWNS)
    campaign = told.campaign
    papers = [document(told), summary(told), question_sheet(told), answer_sheet(told),
              prediction_sheet(told), lesson_plan(told)]  # fmt: skip
    papers.append(class_document([GroupReport("a", told), GroupReport("b", told)]))
    for paper in papers:
        words = paper.foot + repr(paper.sections)
        for part in (campaign.version, f"revision {campaign.engine_revision}",
                     f"seed {campaign.seed}", campaign.digest):  # fmt: skip
            assert part in words, (paper.title, part)
    for paper in papers[:-1]:
        assert "Cite as:" in paper.foot
    assert campaign.digest[:16] in codebook([told])
    assert campaign.digest == played(*CROWNS).history.digest


def test_a_prediction_sheet_holds_nothing_of_verdicts_or_envelopes() -> None:
    told = report(CROWNS)
    scrambled = {
        state: replace(entry, verdict="CHANCE", said="?", gloss="?", doctrine="RANDOM",
                       posterior=dict.fromkeys(entry.posterior, 0.5), log_odds={}, moved_by=())
        for state, entry in told.states.items()
    }  # fmt: skip
    assert prediction_sheet(told) == prediction_sheet(replace(told, states=scrambled))
    assert prediction_sheet(told) == prediction_sheet(debrief(played(*CROWNS).history))
    words = repr(prediction_sheet(told).sections)
    assert "resembled" not in words
    for state in leading(told, (one for one in told.states if one != told.player)):
        assert told.names[state] in words


@pytest.mark.parametrize("seat", SEATS)
def test_a_question_says_where_to_look_by_the_titles_of_the_debrief(
    seat: tuple[str, str, int],
) -> None:
    titles = [section.title for section in made(seat).sections]
    for one in (*questions(report(seat)), *six_states(report(seat))):
        for place in one.look.split("; "):
            assert any(title.startswith(place) for title in titles), place


def test_a_prediction_sheet_asks_of_states_that_were_there_from_the_start() -> None:
    """The United States stand off the map in 1909: nothing could be foretold of them."""
    told = report(EUROPE)
    six = six_for_a_class(told)
    assert len(six) == MOST
    assert not {told.player, "USA"} & set(six)
    for paper in (prediction_sheet(told), lesson_plan(told), question_sheet(told)):
        assert all(told.names[state] in repr(paper.sections) for state in six)


# the panel of decisions


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_panel_has_a_row_for_every_decision_and_the_codebook_every_column() -> None:
    made_of = played(*CROWNS).debriefing.analysis
    rows = rows_of(panel([(made_of, report(CROWNS))]))
    assert len(rows) == sum(len(own) for own in made_of.evidence.values())
    assert list(rows[0]) == [one.name for one in VARIABLES]
    known = {row["variable"]: row["type"] for row in rows_of(codebook([report(CROWNS)]))}
    assert set(rows[0]) <= set(known)
    read = reader(made_of.history)
    for row in rows:
        for name, text in row.items():
            match known[name]:
                case "share":
                    assert text == "" or 0 <= float(text) <= 1
                case "binary":
                    assert text in ("0", "1")
                case "integer":
                    assert int(text) >= 0
        assert (row["readings_differ"] == "1") is (
            bool(row["feared_power"] and row["feared_threat"])
            and row["feared_power"] != row["feared_threat"]
        )
        assert read(int(row["turn"]), row["deed"])[1]
    envelopes = {row["state"]: row["envelope"] for row in rows}
    assert envelopes == {
        state: entry.doctrine or "" for state, entry in report(CROWNS).states.items()
    }


def test_a_blind_panel_holds_no_doctrine_and_hostile_names_are_no_formulas() -> None:
    history = played(*CROWNS).history
    made_of = Analysis(history)
    blind = debrief(history, analysis=made_of)
    assert {row["envelope"] for row in rows_of(panel([(made_of, blind)]))} == {""}
    state = next(iter(blind.states))
    entry: Any = replace(blind.states[state], name="=HYPERLINK(1)")
    hostile = replace(blind, states={**blind.states, state: entry})
    names = {row["name"] for row in rows_of(panel([(made_of, hostile)])) if row["state"] == state}
    assert names == {"'=HYPERLINK(1)"}


# some states alone


def test_some_states_alone_are_debriefed_as_among_all() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=4, turns=8)
    play_out(campaign, AtRandom(4))
    whole = campaign.debriefing.report()
    campaign.debriefing.only(["KHA", "SAR"])
    some: Report = campaign.debriefing.report()
    assert set(some.states) == {"KHA", "SAR"}
    assert all(some.states[state] == whole.states[state] for state in some.states)
    assert set(campaign.debriefing.analysis.evidence) == {"KHA", "SAR"}
    assert some.you is None
    assert leading(some)[:2] == sorted(some.states, key=leading(some).index)
    for form in ("text", "md", "html"):
        assert "Kharvast" in output_formats.written(some, form)
