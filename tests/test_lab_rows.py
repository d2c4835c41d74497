"""The scorecard's rows: all there, each measured, each judged as it declares."""

import re

import numpy as np
import pytest

from game.lab.run_measures import plain, worlds_needed
from game.lab.runs import Run
from game.lab.scorecard.judge import judge
from game.lab.scorecard.ledger import ROWS
from game.lab.scorecard.row import Slopes, difference, enter, slopes, table
from tests.lab_case import BY_ID, conduct, judged

LEDGER = [
    *(f"S{number}" for number in range(1, 15)),
    *(f"W{number}" for number in range(1, 15)),
    *(f"T{number}" for number in range(1, 15)),
    *(f"H{number}" for number in range(1, 10)),
]
IDENTITIES = {"S1", "W1", "W13", "W14", "T1", "T13"}


def test_every_claim_of_the_ledger_has_a_row() -> None:
    assert [row.id for row in ROWS] == LEDGER
    assert {row.id for row in ROWS if row.kind == "identity"} == IDENTITIES


@pytest.mark.parametrize("id", LEDGER)
def test_a_row_declares_what_would_bear_it_out(id: str) -> None:
    """Kind, null and the least effect stand in code before anything is run."""
    row = BY_ID[id]
    assert row.claim
    assert row.null
    assert row.expected
    assert row.worlds
    assert set(row.worlds) <= set(worlds_needed())
    bounded = [part for part in row.parts if not part.reported]
    assert bounded
    assert all(np.isfinite(part.at_least) or np.isfinite(part.at_most) for part in bounded)
    assert row.smallest is not None


@pytest.mark.parametrize("id", LEDGER)
def test_a_row_measures_a_campaign_into_the_same_sums(id: str) -> None:
    """Names and shapes never depend on what happened: an empty campaign has them too."""
    row = BY_ID[id]
    whole, short = row.measure(conduct()), row.measure(conduct(turns=1))
    assert row.count in whole
    assert {name: np.shape(value) for name, value in whole.items()} == {
        name: np.shape(value) for name, value in short.items()
    }
    for value in whole.values():
        assert np.isfinite(np.asarray(value, dtype=float)).all()


def test_T10_only_states_without_need_are_cases_of_a_gift_without_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = BY_ID["T10"]
    plainly = row.measure(conduct())
    assert 0 < float(plainly["without_n"]) <= float(plainly["n"])
    monkeypatch.setattr("game.lab.scorecard.walt_rows.in_need", lambda _world, _state: True)
    all_in_need = row.measure(conduct())
    assert float(all_in_need["without_n"]) == 0
    assert float(all_in_need["n"]) == float(plainly["n"])
    assert float(all_in_need["with"]) == float(plainly["with"])


def test_judging_needs_every_world() -> None:
    row = BY_ID["W7"]
    measured = {name: plain(value) for name, value in row.measure(conduct()).items()}
    told = judge(row, {Run("five-crowns", "BOP", 1, 8): {"W7": measured}})
    assert told["holds"] is None
    assert told["figure"] is None


def test_a_row_without_cases_does_not_hold() -> None:
    told = judged("S11", {"n": 0.0, "gap": 0.0})
    assert told["figure"] is None
    assert told["holds"] is False


@pytest.mark.parametrize(
    ("row", "good", "bad"),
    [
        ("S1", {"n": 10.0, "first": 8.0}, {"n": 10.0, "first": 3.0}),
        (
            "S2",
            {"n": 1.0, "lost": 0.2, "states": 100.0},
            {"n": 1.0, "lost": 0.0, "states": 100.0},
        ),
        ("S7", {"n": 4.0, "won": 3.0}, {"n": 4.0, "won": 2.0}),
        (
            "S9",
            {"n": 1.0, "insecurity": 0.1, "arms": 0.01, "pacts": 1.0},
            {"n": 1.0, "insecurity": 0.1, "arms": 0.01, "pacts": -1.0},
        ),
        ("S11", {"n": 1.0, "gap": 0.5}, {"n": 1.0, "gap": 0.0}),
        ("S12", {"n": 10.0, "alone": 5.0}, {"n": 10.0, "alone": 10.0}),
        ("S14", {"n": 1.0, "gap": 0.0}, {"n": 1.0, "gap": 0.5}),
        (
            "W2",
            {"n": 1.0, "weaker": 0.8, "stronger": 0.2},
            {"n": 1.0, "weaker": 0.5, "stronger": 0.5},
        ),
        ("W8", {"n": 1.0, "gap": -2.0}, {"n": 1.0, "gap": 0.0}),
        (
            "W9",
            {"n": 10.0, "counters": 4.0, "agreed": 1.0},
            {"n": 10.0, "counters": 4.0, "agreed": 0.0},
        ),
        ("W10", {"n": 1.0, "gap": -1.0}, {"n": 1.0, "gap": 1.0}),
        (
            "W12",
            {"n": 1.0, "leader": 0.6, "member": 0.3},
            {"n": 1.0, "leader": 0.3, "member": 0.3},
        ),
        (
            "T3",
            {"n": 5.0, "named": 2.0, "milder": 1.8, "lot": 1.2},
            {"n": 5.0, "named": 2.0, "milder": 1.2, "lot": 1.2},
        ),
        ("T5", {"n": 1.0, "with": 0.1, "without": 0.3}, {"n": 1.0, "with": 0.3, "without": 0.3}),
        (
            "T11",
            {"n": 2.0, "with": 0.2, "with_n": 1.0, "without": 0.02, "without_n": 1.0},
            {"n": 2.0, "with": 0.2, "with_n": 1.0, "without": 0.2, "without_n": 1.0},
        ),
        ("H8", {"n": 4.0, "surplus": 0.2}, {"n": 4.0, "surplus": 1.2}),
    ],
)
def test_a_row_is_judged_by_its_bounds(
    row: str, good: dict[str, float], bad: dict[str, float]
) -> None:
    assert judged(row, good)["holds"] is True
    assert judged(row, bad)["holds"] is False


def test_H4_bandwagoning_at_half_its_lottery() -> None:
    """Bandwagoning is rare: alignments with the most feared, at most half what lots would give."""
    sums = dict.fromkeys(
        (
            f"{doctrine}_{name}"
            for doctrine in ("BOP", "BOT")
            for name in ("aligned", "balance", "bandwagon", "lot_balance", "lot_bandwagon")
        ),
        10.0,
    ) | {"n": 20.0}
    assert judged("H4", {**sums, "BOP_bandwagon": 2.0, "BOT_bandwagon": 3.0})["figure"] == 0.25
    assert judged("H4", sums)["holds"] is False


def test_like_is_compared_with_like() -> None:
    """A difference that strata explain is no difference: here exposure goes with the stratum."""
    entered = table(2)
    for stratum, exposed, cases in ((0, False, 9), (0, True, 1), (1, False, 1), (1, True, 9)):
        for _ in range(cases):
            enter(entered, stratum, exposed, float(stratum))
    assert difference(entered[None])[0] == pytest.approx(0.0)
    assert difference(entered.sum(axis=0)[None, None])[0] == pytest.approx(0.8)


def test_a_slope_is_found_within_groups() -> None:
    """Groups of another level do not disturb a slope within them."""
    random = np.random.default_rng(1)
    slope = Slopes(2)
    for level in (0.0, 50.0):
        x = random.normal(size=(40, 2)) + level
        slope.group(x, 2 * x[:, 0] - x[:, 1] - 3 * level)
    sums = {name: np.asarray(value)[None] for name, value in slope.measured().items()}
    assert slopes(sums)[0] == pytest.approx([2.0, -1.0])
    assert slopes(sums, variables=(1,))[0, 0] != pytest.approx(-1.0, abs=1e-6)


def test_a_bootstrap_is_the_same_every_time() -> None:
    sums = {"n": 4.0, "won": 3.0}
    assert judged("S7", sums) == judged("S7", sums)


def test_no_expectation_names_this_project_alone() -> None:
    """Rows of the literature name who measured it, and when."""
    for row in ROWS:
        if row.id.startswith("H") and row.id != "H4":
            assert re.search(r"\b(19|20)\d\d\b", row.expected), row.id
