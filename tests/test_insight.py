"""Insight: what a notebook earns, against what the player could have known at the time."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import Campaign, load_map, play
from game.scoring import best_insight_share, insight_share
from game.scoring.points import LEAST_COUNT

TURNS = range(1, 31)
TRUTH = {"AAA": "BOP", "BBB": "BOT"}
SETTLED = 15
"""The turn by whose end the evidence is certain, and right."""
EVIDENCE = {
    "AAA": {turn: 0.5 if turn < SETTLED else 0.995 for turn in TURNS},
    "BBB": {turn: 0.5 if turn < SETTLED else 0.005 for turn in TURNS},
}
sure = st.floats(0, 1)


def pages(of: Callable[[str, int], float]) -> dict[int, dict[str, float]]:
    return {turn: {state: of(state, turn) for state in TRUTH} for turn in TURNS}


def right(state: str) -> float:
    return 1.0 if TRUTH[state] == "BOP" else 0.0


def share(of: Callable[[str, int], float]) -> float:
    earned = insight_share(pages(of), EVIDENCE, TRUTH)
    assert earned is not None
    return earned


def test_to_be_sure_and_right_from_the_first_turn_earns_all_and_nothing_written_nothing() -> None:
    assert share(lambda state, _: right(state)) == 1.0
    assert insight_share({turn: {} for turn in TURNS}, EVIDENCE, TRUTH) == 0.0
    assert share(lambda state, _: 1 - right(state)) == 0.0


def test_to_copy_a_late_certainty_earns_little() -> None:
    copied = share(lambda state, turn: EVIDENCE[state].get(turn - 1, 0.5))
    assert 0 < copied < 0.12
    early = share(lambda state, turn: right(state) if turn >= SETTLED // 2 else 0.5)
    assert early > 0.5


def test_what_is_written_from_the_first_turn_counts() -> None:
    guessed = share(lambda state, turn: right(state) if turn == 1 else 0.5)
    assert 0 < guessed < 0.1


def test_a_page_is_held_against_what_was_known_before_its_turn() -> None:
    noted = {1: {"AAA": 1.0}, 2: {}}
    earned = insight_share(noted, {"AAA": {1: 1.0, 2: 1.0}}, {"AAA": "BOP"})
    assert earned == pytest.approx(1 / (1 + LEAST_COUNT))


def test_a_wrong_page_costs_more_than_a_right_one_earns() -> None:
    both = share(lambda state, turn: right(state) if turn % 3 else 1 - right(state))
    assert both == 0.0


@given(st.lists(sure, min_size=1, max_size=12), sure, sure)
def test_nothing_better_can_be_written_than_what_one_believes(
    known: list[float], believed: float, written: float
) -> None:
    """The expected points of a page are greatest where it says what its writer believes."""
    evidence = {"AAA": dict(enumerate(known, 1))}

    def expected(page: float) -> float:
        noted = {turn: {"AAA": page} for turn in range(1, len(known) + 1)}
        parts = [
            (believed if name == "BOP" else 1 - believed) * _unclipped(noted, evidence, name)
            for name in ("BOP", "BOT")
        ]
        return sum(parts)

    assert expected(believed) >= expected(written) - 1e-9


def _unclipped(
    noted: dict[int, dict[str, float]], evidence: dict[str, dict[int, float]], name: str
) -> float:
    """The share where it is never raised to 0: three rivals known for certain stand beside it."""
    others = dict.fromkeys(("XXX", "YYY", "ZZZ"), "BOP")
    pages = {turn: {**page, **dict.fromkeys(others, 1.0)} for turn, page in noted.items()}
    found = insight_share(pages, evidence, {"AAA": name, **others})
    assert found is not None
    return found


@given(st.lists(st.tuples(sure, sure), min_size=1, max_size=12), st.lists(sure, max_size=12))
def test_no_envelope_gives_more_than_the_most_that_is_shown(
    written: list[tuple[float, float]], known: list[float]
) -> None:
    noted = {turn: {"AAA": a, "BBB": b} for turn, (a, b) in enumerate(written, 1)}
    evidence = {"AAA": dict(enumerate(known, 1))}
    most = best_insight_share(noted, evidence, ["AAA", "BBB"])
    assert most is not None
    shares = [
        insight_share(noted, evidence, {"AAA": first, "BBB": second}) or 0.0
        for first in ("BOP", "BOT")
        for second in ("BOP", "BOT")
    ]
    assert max(shares) == pytest.approx(most)


def test_the_score_adds_up_and_what_is_shown_before_the_end_reads_no_envelope() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=5, turns=4)
    shown = 0.0
    while not campaign.over:
        campaign.notebook.write("VOR", 0.9)
        campaign.submit()
        while asked := campaign.questions():
            campaign.answer(play.silence(asked))
        if not campaign.over:
            assert campaign.debriefing.sealed
        shown = campaign.debriefing.most_insight() or 0.0
    score = campaign.debriefing.score()
    assert score.insight is not None
    assert score.insight <= shown + 1e-9
    total = 50 * score.aim + score.security + score.insight - 5 * score.broken
    assert score.total == pytest.approx(total)
