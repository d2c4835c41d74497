"""The debrief as a value, on paper and in a packet: what it holds, cites and promises."""

import errno
import io
import json
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from command import Commands
from report_reader import read_report

from game import Campaign, load_map
from game.debrief import output_formats as packets
from game.debrief import rerun as reruns
from game.debrief.counterfactual import turn_under
from game.debrief.course import stood
from game.debrief.document import document
from game.debrief.document_alliances import network
from game.debrief.document_reruns import rerun_words
from game.debrief.player_part import scored
from game.debrief.report import EXPONENTS, debrief
from game.debrief.report_names import signed
from game.debrief.report_types import (
    DiagnosticTurn,
    DoctrineChoice,
    Exponent,
    NotebookScore,
    Report,
    TreatySpan,
    WarEntry,
    WarSpan,
)
from game.debrief.rerun_types import Rerun
from game.debrief.worksheet import questions
from game.page.blocks import Folded, Table, words_of
from game.page.html import html
from game.words.claims import CLAIMS
from game.words.grammar import with_article
from game.world.capability import capability
from game.world.questions import SILENCE
from game.world.rules import BP

FORMS = ("text", "md", "html", "json")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


@cache
def ai() -> Campaign:
    campaign = Campaign.new(load_map("five-crowns"), seed=11, turns=12)
    while not campaign.over:
        campaign.submit()
    return campaign


@cache
def mine() -> Campaign:
    """A player that offers, answers with silence, and writes that everybody fears power."""
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=5, turns=9)
    while not campaign.over:
        offer = campaign.adviser.best_offer()
        if offer is not None and campaign.refusal(offer) is None:
            campaign.order(offer)
        for state in campaign.world.playing():
            if state != "ALD":
                campaign.notebook.write(state, 0.9)
        campaign.submit()
        while asked := campaign.questions():
            campaign.answer({one.id: SILENCE[one.kind] for one in asked})
    return campaign


@cache
def report(player: bool = False) -> Report:
    return (mine() if player else ai()).debriefing.report()


@cache
def rerun() -> Rerun:
    return mine().debriefing.rerun("SAR", "BOT", times=1)


def with_state(told: Report, state: str, **changes: Any) -> Report:
    """A report in which a state's part differs."""
    entry = replace(told.states[state], **changes)
    return replace(told, states={**told.states, state: entry})


def notebook(told: Report) -> NotebookScore:
    assert told.you is not None
    assert told.you.notebook is not None
    return told.you.notebook


# the value


def test_power_is_shared_out_at_every_moment_as_the_worlds_have_it() -> None:
    course, history = report().course, ai().history
    assert course.moments == tuple(range(1, 14))
    for place in range(len(course.moments)):
        shares = [row[place] or 0.0 for row in course.power.values()]
        assert sum(shares) == pytest.approx(1, abs=0.001)
    held = capability(history.world)
    for at, state in enumerate(history.world.states):
        assert course.power[state.id][-1] == pytest.approx(int(held[at]) / BP, abs=1e-4)


def test_who_is_feared_most_looks_most_dangerous_to_its_observer() -> None:
    made, course = ai().debriefing.analysis, report().course
    for turn in (1, 6, 12):
        for state in ("ALD", "KHA", "LYS"):
            sight = made.moments.sight(turn, state)
            for lens in ("BOP", "BOT"):
                faced = made.moments.view(sight, lens).faced[sight.index]
                named = course.feared[lens][state][turn - 1]
                assert named == sight.world.states[int(faced.argmax())].id


def test_a_treaty_stands_in_the_course_exactly_while_it_stood_in_the_world() -> None:
    course, history = report().course, ai().history
    worlds = [record.start for record in history.turns] + [history.world]
    assert course.treaties
    for moment, world in enumerate(worlds, start=1):
        told = {treaty.id for treaty in course.treaties if stood(treaty, moment)}
        assert told == {treaty.id for treaty in world.treaties}


def test_the_network_of_a_moment_has_a_tie_for_every_pair_with_a_treaty() -> None:
    course, names = report().course, report().names
    for moment in (1, 7, 13):
        drawn = {
            frozenset((edge.one, edge.other))
            for edge in network(report(), moment).edges
            if edge.kind != "at war"
        }
        signed = {
            frozenset((names[one], names[other]))
            for treaty in course.treaties
            if stood(treaty, moment)
            for one in treaty.parties
            for other in treaty.parties
            if one != other
        }
        assert drawn <= signed
        assert signed - drawn <= {
            frozenset((edge.one, edge.other)) for edge in network(report(), moment).edges
        }


def test_the_posterior_by_turn_ends_in_the_verdict_s() -> None:
    for entry in report().states.values():
        last = list(entry.by_turn.values())[-1]
        assert last == pytest.approx(entry.posterior, abs=0.001)


def statements(told: Report) -> Iterator[DiagnosticTurn | DoctrineChoice]:
    for entry in told.states.values():
        yield from entry.diagnostic
        yield from entry.otherwise


@pytest.mark.parametrize("player", [False, True])
def test_W14_every_statement_resembles_and_cites_its_claims_and_its_turn(player: bool) -> None:
    told = report(player)
    rows = list(statements(told))
    assert len(rows) > 20
    for row in rows:
        assert row.ledger
        assert set(row.ledger) <= set(CLAIMS)
        assert 1 <= row.turn <= told.campaign.played
    page = (
        packets.written(told, "html") + packets.written(told, "md") + packets.written(told, "text")
    )
    assert "conduct resembled" in page
    assert not re.search(r"followed (it|its doctrine|balance)[^.]* because", page)
    for row in rows:
        if isinstance(row, DiagnosticTurn):
            assert row.resembled.startswith("This resembled")


def test_one_turn_under_a_doctrine_says_the_same_only_where_that_is_likeliest() -> None:
    made = ai().debriefing.analysis
    kinds = set()
    for state in ("ALD", "SAR", "KHA"):
        for turn in (3, 8):
            rows = turn_under(made.moments, made.evidence[state], turn, "BOT")
            assert rows == sorted(rows, key=lambda row: (row.same, row.probability))
            for row in rows:
                kinds.add(row.same)
                assert (row.most.probability == row.probability) is row.same
                assert row.most.probability >= row.probability
    assert kinds == {True, False}


# the notebook


def page_of(value: float) -> dict[int, dict[str, float]]:
    return {
        turn: dict.fromkeys(("OMB", "VOR", "SAR", "KHA", "TAR", "LYS"), value) for turn in range(10)
    }


@pytest.mark.parametrize(("value", "brier"), [(1.0, 0.0), (0.0, 1.0), (0.5, 0.25), (0.8, 0.04)])
def test_a_notebook_s_score_is_its_brier_score(value: float, brier: float) -> None:
    envelope = dict.fromkeys(mine().history.start.atlas.state_index, "BOP")
    told = scored(mine().history, page_of(value), {}, None, envelope)
    assert told.brier == pytest.approx(brier)
    assert told.brier_archives == pytest.approx(0.25)
    assert told.distance == pytest.approx((value - 0.5) ** 2)


def test_the_notebook_is_set_beside_what_the_evidence_allowed_by_each_turn() -> None:
    noted = notebook(report(True))
    made, history = mine().debriefing.analysis, mine().history
    assert noted.first_turn == 1
    for state, row in noted.states.items():
        assert row.turns == tuple(range(1, 10))
        assert row.noted == (0.9,) * 9
        known = made.by_turn[state]
        for turn, value in zip(row.turns, row.archives, strict=True):
            posterior = known[max(one for one in known if one <= turn)]
            wanted = posterior["BOP"] / (posterior["BOP"] + posterior["BOT"])
            assert value == pytest.approx(wanted, abs=1e-4)
    you = report(True).you
    assert you is not None
    assert history.setup.player == you.state == "ALD"


def test_the_insight_of_the_debrief_is_that_of_the_score() -> None:
    noted = notebook(report(True))
    assert noted.insight == pytest.approx(mine().debriefing.score().insight)
    assert noted.insight_copied is not None
    assert 0 <= noted.insight_copied < 25


def test_a_blind_debrief_scores_no_notebook() -> None:
    told = mine().debriefing.report(blind=True)
    assert told.you is not None
    assert told.you.notebook is None
    assert not told.opened
    assert all(entry.doctrine is None for entry in told.states.values())


# campaigns run again


def test_a_campaign_run_again_as_it_was_never_parts_from_itself() -> None:
    for campaign, state in ((ai(), "SAR"), (mine(), "KHA")):
        seat = campaign._position.envelope[state].doctrine
        made = reruns.rerun(
            campaign.history, campaign._position.envelope, state, seat, times=1, inferred="BOT"
        )
        assert [row.parts for row in made.runs] == [None]
        assert made.runs[0].before == made.runs[0].after


def test_another_noise_is_another_campaign_with_the_same_other_dice() -> None:
    history, envelope = ai().history, ai()._position.envelope
    seat = envelope["SAR"].doctrine
    made = reruns.rerun(history, envelope, "SAR", seat, times=2)
    first, second = made.runs
    assert first.before == first.after == reruns.outcome(history, "SAR")
    assert second.before == second.after != first.before
    assert second.parts is None


def test_a_swapped_doctrine_parts_the_campaign_and_the_player_s_seat_is_accounted_for() -> None:
    told = rerun()
    assert (told.state, told.doctrine, told.instead) == ("SAR", "BOT", "BOP")
    assert told.runs[0].parts is not None
    player = told.player
    assert player is not None
    assert player.state == "ALD"
    assert len(player.handed_over) == 1
    changed = told.changes
    assert changed.treaties[0] == told.runs[0].before.treaties
    assert sum(after for _, after in changed.capability.values()) == pytest.approx(1, abs=0.01)


def test_orders_that_are_no_longer_legal_hand_the_seat_over_from_then_on() -> None:
    """A player whose recorded orders are nonsense from turn 3 on is played by its doctrine."""
    from game.world.orders import Denounce

    history = mine().history
    turns = tuple(
        replace(record, orders={**record.orders, "ALD": (Denounce(99_999),)})
        if record.turn == 3
        else record
        for record in history.turns
    )
    broken = replace(history, turns=turns)
    ran = reruns._run(broken, dict(mine()._position.envelope), None, True, lambda: None)
    assert ran.handed_over == 3
    assert ran.history.turns[1].orders == history.turns[1].orders


def test_runs_tell_how_far_they_are_and_stop_when_they_are_told_to() -> None:
    told: list[tuple[int, int]] = []

    def on_progress(done: int, total: int) -> None:
        told.append((done, total))
        if done == 5:
            raise reruns.Stopped

    with pytest.raises(reruns.Stopped):
        ai().debriefing.rerun("SAR", "BOT", times=2, progress=on_progress)
    assert told == [(done, 36) for done in range(1, 6)]


def test_what_changed_is_told_in_every_form_and_says_whose_the_seat_was() -> None:
    told = replace(report(True), reruns=(rerun(),))
    for form in ("text", "md", "html"):
        words = " ".join(packets.written(told, form).split())
        assert "Saravel following balance of threat" in words
        assert "Your seat, Aldmoor, kept its recorded orders" in words
        assert "wars begun" in words.lower()


# on paper


class Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


@pytest.mark.parametrize("player", [False, True])
def test_the_page_needs_nothing_else_and_every_chart_has_words_and_a_table(player: bool) -> None:
    page = packets.written(report(player), "html")
    assert "http" not in page.replace("http-equiv", "")
    assert "//" not in page
    read = Page(page)
    assert not read.count("script") + read.count("link") + read.count("img") + read.count("iframe")
    charts = [attributes for tag, attributes in read.tags if tag == "svg"]
    assert len(charts) >= 6
    assert all(one["role"] == "img" and len(one["aria-label"]) > 20 for one in charts)
    for figure in page.split("<figure>")[1:]:
        assert "<table>" in figure.split("</figure>")[0]
    links = {attributes["href"][1:] for tag, attributes in read.tags if tag == "a"}
    ids = {attributes["id"] for _, attributes in read.tags if "id" in attributes}
    assert {"verdicts", "states", "power", "fear", "alliances", "wars", "counts"} <= links <= ids
    assert ("you" in links) is player


@pytest.mark.parametrize("form", FORMS)
def test_the_same_debrief_is_the_same_bytes(form: str) -> None:
    assert packets.written(ai().debriefing.report(), form) == packets.written(report(), form)


def test_the_page_is_made_of_the_figures_alone() -> None:
    """The JSON holds all that the page shows: it can be made again from it."""
    for player in (False, True):
        told = replace(report(player), reruns=(rerun(),) if player else ())
        again = read_report(json.loads(packets.written(told, "json")))
        assert html(document(again)) == packets.written(told, "html")


def test_names_of_a_map_are_text_on_paper() -> None:
    name = "<b onload=x>A</b> | [a](javascript:x)"
    told = with_state(report(), "ALD", name=name)
    told = replace(told, names={**told.names, "ALD": name})
    page = html(document(told))
    assert "<b onload" not in page
    assert "&lt;b onload=x&gt;" in page
    assert "[a](javascript" not in packets.written(told, "md")


def test_an_unfinished_campaign_is_debriefed_as_far_as_it_goes() -> None:
    campaign = Campaign.new(load_map("five-crowns"), seed=11, turns=12)
    none = debrief(campaign.history)
    assert not none.states
    for form in FORMS:
        words = packets.written(none, form)
        assert form == "json" or "unfinished" in words
    assert packets.packet(none)
    campaign.submit()
    campaign.submit()
    some = packets.written(campaign.debriefing.report(), "md")
    assert "unfinished: turn 2 of 12" in some


def test_a_treaty_s_date_is_the_turn_in_which_it_was_signed() -> None:
    told, history = report(), ai().history
    begun = ("treaty_signed", "guarantee_given")
    happened = [event for _, event in history.events() if event.kind in begun]
    signings = Counter(
        (told.course.dates[turn - 1], frozenset((event.actor, event.target)))
        for turn, event in history.events()
        if event.kind in begun
    )
    assert happened
    for treaty in told.course.treaties:
        date = signed(told, treaty)
        assert bool(date) is (treaty.since > 1)
        if date and len(treaty.parties) == 2:
            assert signings[date, frozenset(treaty.parties)]


def test_turns_are_counted_without_the_moment_after_the_last() -> None:
    (section,) = (one for one in document(report()).sections if one.anchor == "fear")
    folded = [block for block in section.blocks if isinstance(block, Folded)]
    (table,) = (block for one in folded for block in one.blocks if isinstance(block, Table))
    assert all(re.fullmatch(r"\d+ of 12", words_of(row[-1])) for row in table.rows)


def test_the_player_s_turns_are_told_once_and_its_exponents_with_them() -> None:
    fitted = dict.fromkeys(EXPONENTS, Exponent(-0.004, None, 1.0))
    told = with_state(report(True), "ALD", exponents=fitted)
    parts = {one.anchor: repr(one.blocks) for one in document(told).sections}
    for row in told.states["ALD"].diagnostic:
        told_once = row.readings["BOT"].sentence.partition(", ")[2]
        alike = sum(other.deed == row.deed for other in told.states["ALD"].diagnostic)
        assert parts["you"].count(repr(row.deed)) == alike
        assert told_once in parts["you"]
        assert f"{row.date}: '), {row.deed!r}" not in parts["states"]
    assert "power 0.00 (−∞ to 1.00)" in parts["you"]


def test_fitted_exponents_are_told_in_every_form() -> None:
    fitted = dict.fromkeys(EXPONENTS, Exponent(0.97, -0.2, None))
    told = with_state(report(), "SAR", exponents=fitted)
    for form in ("text", "md", "html"):
        assert "power 0.97 (−0.20 to ∞)" in " ".join(packets.written(told, form).split()), form
        assert "−0.20 to ∞" not in packets.written(report(), form)


def test_a_foil_s_turns_say_what_they_do_not_tell() -> None:
    told = report()
    assert "These turns tell the two theories" not in html(document(told))
    told = with_state(told, "KHA", verdict="BANDWAGON")
    assert html(document(told)).count("These turns tell the two theories") == 1


def test_the_ids_and_figures_of_the_page_are_explained_before_they_are_used() -> None:
    page = packets.written(report(), "html")
    assert page.index("ids of the claims") < page.index("(turn ")
    assert page.index("share of belief") < page.index("<table>")


def test_means_of_runs_have_one_decimal() -> None:
    told = replace(report(True), reruns=(rerun(),))
    changed = replace(rerun().changes, wars=(2.0, 4.6667))
    words = rerun_words(told, replace(rerun(), changes=changed))
    assert "Wars begun: 4.7 instead of 2." in words


# the packet


def test_a_packet_holds_page_figures_save_questions_and_answers(
    run: Commands, tmp_path: Path
) -> None:
    save = mine().save(tmp_path / "mine.json")
    target = tmp_path / "packet.zip"
    done = run("debrief", save, "--no-exponents", "--packet", target)
    assert done.status == 0
    whole = zipfile.ZipFile(io.BytesIO(target.read_bytes()))
    names = ["README.txt", "lesson.html", "prediction.html", "questions.html", "answers.html",
             "debrief.html", "debrief.json", "decisions.csv", "codebook.csv",
             "campaign.json"]  # fmt: skip
    assert whole.namelist() == names
    again = tmp_path / "again.json"
    again.write_bytes(whole.read("campaign.json"))
    assert Campaign.load(again).digest == mine().digest
    assert json.loads(whole.read("debrief.json")) == mine().debrief()
    asked = whole.read("questions.html").decode()
    answered = whole.read("answers.html").decode()
    made = questions(report(True))
    assert len(made) >= 8
    for one in made:
        shown = html_text(one.asked)
        assert shown in asked
        assert shown in answered
        for text in one.answer:
            assert html_text(words_of(text).split(" (")[0]) not in asked
    for page in (asked, answered):
        assert "http" not in page.replace("http-equiv", "")


def html_text(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("player", [False, True])
def test_answers_cite_claims_and_turns_or_dates(player: bool) -> None:
    for one in questions(report(player)):
        told = " ".join(words_of(text) for text in one.answer)
        assert re.search(r"\b[SWTH]\d+\b", told), one.asked
        assert "  " not in told
        assert "{" not in told
        assert one.asked.endswith(("?", "."))


def asked_of(told: Report, start: str) -> str:
    """The answer to the question that begins so."""
    (one,) = (one for one in questions(told) if one.asked.startswith(start))
    return " ".join(words_of(text) for text in one.answer)


def test_an_answer_says_when_the_pacts_and_the_verdict_disagree() -> None:
    told = report()
    whom = questions(told)[1].asked.removeprefix("Whom had ").split(" most to fear")[0]
    (state,) = (id for id, entry in told.states.items() if with_article(entry.name) == whom)
    said = set()
    for verdict in ("BOP", "BOT"):
        judged = with_state(told, state, verdict=verdict)
        said.add("this count alone says otherwise" in asked_of(judged, f"Whom had {whom}"))
    assert said == {True, False}


def test_an_answer_tells_who_was_bound_to_fight_and_who_came() -> None:
    told = report()
    names = list(told.names)
    by, on, friend, other = names[:4]
    pact = TreatySpan(1, (on, friend), ("defense",), None, False, True, 1, None)
    named = replace(pact, id=2, parties=(on, other), against=friend)
    entries = (
        WarEntry(3, by, "attackers", "began"),
        WarEntry(3, on, "defenders", "attacked"),
        WarEntry(3, friend, "defenders", "refused", "treaty"),
        WarEntry(4, other, "defenders", "joined", "pledge"),
    )
    war = WarSpan(1, by, on, 3, 5, (by,), (on, other), entries)
    told = replace(told, course=replace(told.course, treaties=(pact, named), wars=(war,)))
    name = {id: with_article(told.names[id]) for id in names}
    words = asked_of(told, f"In {told.course.dates[2]} {name[by]} went to war")
    nobody = "bound by treaty: nobody; bound by a pledge alone: nobody; came in: nobody."
    assert f"Beside {name[by]}: {nobody}" in words
    assert (
        f"Beside {name[on]}: bound by treaty: {name[friend]}; bound by a pledge alone: "
        f"{name[other]}; came in: {name[other]}; refused: {name[friend]}."
    ) in words


def test_a_question_about_doubt_names_the_two_doctrines_that_share_it() -> None:
    told = report()
    for state in told.states:
        told = with_state(told, state, verdict="BOT", doctrine="BOT")
    shares = {**dict.fromkeys(told.states["KHA"].posterior, 0.0), "BOT": 0.7, "SOLIDARITY": 0.3}
    told = with_state(told, "KHA", verdict="UNDECIDED", posterior=shares)
    words = asked_of(told, "The debrief was not sure of Kharvast")
    assert "Solidarity: it sides with its own kind, whatever the cost." in words
    assert "Walt: it" not in words


def test_a_third_of_the_world_is_counted_by_turns() -> None:
    told = report()
    row = (0.35, *([0.3] * (len(told.course.moments) - 2)), 0.4)
    power = {**told.course.power, "KHA": row}
    told = replace(told, course=replace(told.course, power=power))
    assert "Kharvast held a third on 1 of 12 turns, first in 412." in asked_of(told, "Which state")


# what cannot be written


@pytest.mark.parametrize("flags", [("--format", "html", "-o"), ("--packet",)])
def test_a_write_that_fails_is_one_sentence_and_leaves_what_was_there(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...]
) -> None:
    save = ai().save(tmp_path / "crowns.json")
    target = tmp_path / "out.file"
    target.write_text("what was there")
    honest = os.write

    def full(file: int, content: Any) -> int:
        if len(content) > 5_000:
            honest(file, content[:5_000])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return honest(file, content)

    monkeypatch.setattr(os, "write", full)
    flags = ("--no-exponents", *flags)
    run("debrief", save, "--force", *flags, target).refused(1, "out.file", "no space left")
    assert target.read_text() == "what was there"
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".tmp") == []
    monkeypatch.undo()
    run("debrief", save, *flags, tmp_path / "no" / "x").refused(1, "no such file")
    run("debrief", save, *flags, save).refused(1, "the save itself")


@pytest.mark.parametrize("flags", [(), ("--blind",)])
def test_exponents_are_fitted_for_the_forms_that_show_them_unless_left_out(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...]
) -> None:
    from game.inference import exponents as fitting

    row = fitting.Interval(0.97, -0.2, None)
    names = ("power", "proximity", "offense", "intentions")

    def fits(history: Any, states: list[str], told: Any) -> dict[str, fitting.Fit]:
        return {state: fitting.Fit(state, dict.fromkeys(names, row), 9) for state in states}

    monkeypatch.setattr(fitting, "fits", fits)
    save = ai().save(tmp_path / "crowns.json")
    told = run("debrief", save, "--format", "json", *flags).json
    plain = run("debrief", save, "--format", "json", "--no-exponents", *flags).json
    for state, entry in told["states"].items():
        fitted = {"estimate": 0.97, "low": -0.2, "high": None}
        assert entry["exponents"] == dict.fromkeys(names, fitted)
        nothing = {"estimate": None, "low": None, "high": None}
        assert plain["states"][state]["exponents"] == dict.fromkeys(names, nothing)
    assert "0.97" in run("debrief", save, "--format", "md", *flags).out
    assert "0.97" in run("debrief", save, "--exponents", *flags).out
    assert "0.97" not in run("debrief", save, *flags).out
    packet = tmp_path / "packet.zip"
    run("debrief", save, "--packet", packet, "--no-exponents")
    states = json.loads(zipfile.ZipFile(packet).read("debrief.json"))["states"]
    assert states["SAR"]["exponents"] == dict.fromkeys(names, nothing)
    run("debrief", save, "--packet", packet, "--force")
    states = json.loads(zipfile.ZipFile(packet).read("debrief.json"))["states"]
    assert states["SAR"]["exponents"] == dict.fromkeys(names, fitted)


def test_flags_that_go_wrong_are_told(run: Commands, tmp_path: Path) -> None:
    save = ai().save(tmp_path / "crowns.json")
    run("debrief", save, "--rerun", "SAR").refused(2, "ID=D")
    run("debrief", save, "--rerun", "XXX=BOP").refused(2, "XXX")
    run("debrief", save, "--rerun", "SAR=WALTZ").refused(2, "WALTZ", "BOP")
    run("debrief", save, "--rerun", "SAR=BOP", "--blind").refused(2, "--blind")
    run("debrief", save, "--times", "0").refused(2, "--times")
    text = save.read_text("utf-8").replace('"format":1', '"format":99', 1)
    newer = tmp_path / "newer.json"
    newer.write_text(text, "utf-8")
    run("debrief", newer).refused(1, "newer")
