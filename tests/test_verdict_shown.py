"""How the documents show verdicts that name no doctrine, and how often verdicts were right."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from outside_conduct import MODEST
from test_debrief_sentences import SEATS, report

from game.debrief.document import document
from game.debrief.document_verdicts import settled, share_of, verdicts_section
from game.debrief.report_types import Report, StateReport
from game.debrief.verdict_record import KINDS, LEVELS, read_record, record_table
from game.inference.hypotheses import HYPOTHESES
from game.inference.posterior import UNDECIDED, verdict_of
from game.page.blocks import Paragraph
from game.theory.doctrine import BUILT_IN
from tests.verdict_record import recorded

CROWNS = SEATS[-1]
EVEN = 1 / len(HYPOTHESES)


def shares(**some: float) -> Mapping[str, float]:
    return {name: some.get(name, 0.0) for name in HYPOTHESES}


def entry(verdict: str, doctrine: str, *by_turn: Mapping[str, float]) -> StateReport:
    first = next(iter(report(CROWNS).states.values()))
    turns = dict(enumerate(by_turn, start=1))
    return replace(first, verdict=verdict, doctrine=doctrine, posterior=by_turn[-1], by_turn=turns)


def with_states(*entries: StateReport) -> Report:
    made = report(CROWNS)
    named = dict(zip(made.states, entries, strict=False))
    return replace(made, states=named, opened=True, player=None)


MIXED = shares(HABIT=0.5, RECIPROCITY=0.4, BOP=0.1)
OPEN = shares(HABIT=0.5, BOP=0.5)


def test_none_is_settled_when_its_three_hypotheses_together_are_sure() -> None:
    made = with_states(entry("NONE", "BOP", OPEN, MIXED, MIXED))
    (one,) = made.states.values()
    second = settled(with_states(entry("NONE", "BOP", MIXED, OPEN, MIXED)), one)
    assert settled(made, one) == second
    assert second not in ("-", "failed its check", "")
    assert share_of(one) == pytest.approx(0.9)


def test_a_doctrine_that_failed_its_check_is_said_to_have() -> None:
    made = with_states(entry("NONE", "BOP", OPEN, shares(BOP=0.95, HABIT=0.05)))
    (one,) = made.states.values()
    assert settled(made, one) == "failed its check"
    assert share_of(one) == 0.95


def test_too_little_evidence_is_never_settled() -> None:
    made = with_states(entry(UNDECIDED, "BOP", OPEN, OPEN))
    (one,) = made.states.values()
    assert settled(made, one) == "-"


def test_a_verdict_of_none_is_neither_right_nor_wrong_in_the_tally() -> None:
    sure = shares(BOT=0.9, HABIT=0.1)
    made = with_states(
        entry("BOT", "BOT", sure), entry("NONE", "BOP", MIXED), entry(UNDECIDED, "BOT", OPEN)
    )
    told = " ".join(
        str(block.text) for block in verdicts_section(made).blocks if isinstance(block, Paragraph)
    )
    assert "Of 1 verdict, 1 named what the envelope held" in told
    assert "for 1 state the evidence was not enough" in told
    assert "1 state acted as none of the doctrines foretells" in told


@pytest.mark.parametrize("seat", SEATS)
def test_a_verdict_in_a_report_follows_from_its_shares_or_from_its_check(
    seat: tuple[str, str, int],
) -> None:
    for one in report(seat).states.values():
        assert tuple(one.posterior) == HYPOTHESES
        by_shares = verdict_of(one.posterior)
        failed = by_shares in BUILT_IN and one.check is not None and not one.check.passed
        assert one.verdict == ("NONE" if failed else by_shares)
        assert one.verdict in MODEST | set(BUILT_IN) - {"RANDOM"}


def test_the_method_page_prints_what_was_recorded_of_every_kind_of_conduct() -> None:
    rows = read_record()
    assert tuple(row.kind for row in rows) == tuple(KINDS)
    for row in rows:
        assert tuple(level.least for level in row.levels) == LEVELS
        assert row.campaigns > 0
        assert 0 <= row.unnamed <= row.states
        assert all(0 <= level.right <= level.named for level in row.levels)
    table = record_table()
    assert len(table.rows) == len(rows)
    method = next(it for it in document(report(CROWNS)).sections if it.anchor == "method")
    assert table in method.blocks


def test_a_record_counts_at_each_level_only_what_named_a_doctrine() -> None:
    read = [
        ("BOP", 0.85, True),
        ("BOT", 0.97, False),
        ("BOT", 1.0, True),
        ("NONE", 0.99, True),
        (UNDECIDED, 0.5, True),
    ]
    made = recorded("outside", 3, read)
    assert [(level.named, level.right) for level in made.levels] == [(1, 1), (0, 0), (2, 1)]
    assert (made.campaigns, made.states, made.unnamed) == (3, 5, 2)
