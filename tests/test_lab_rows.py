"""The scorecard's rows: all there, each measured, each judged as it declares."""

import re
from typing import Any

import numpy as np
import pytest

from game.lab.run_measures import plain, worlds_needed
from game.lab.runs import Run
from game.lab.scorecard.judge import judge, scorecard
from game.lab.scorecard.ledger import ROWS
from game.lab.scorecard.row import Slopes, difference, enter, slopes, table
from game.lab.scorecard.verdicts import HOLDS, by_chance, corrected, in_words, tally
from tests.lab_case import BY_ID, conduct, judged

LEDGER = [
    *(f"S{number}" for number in range(1, 15)),
    *(f"W{number}" for number in range(1, 15)),
    *(f"T{number}" for number in range(1, 15)),
    *(f"H{number}" for number in range(1, 15)),
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
    assert told["verdict"] is None
    assert told["figure"] is None


def test_a_row_without_cases_is_undetermined() -> None:
    told = judged("S11", {"n": 0.0, "gap": 0.0, "anybody": 0.0, "named": 0.0})
    assert told["figure"] is None
    assert told["verdict"] == "undetermined"
    assert told["holds"] is None
    assert told["warning"].startswith("Only 0 of the campaigns have a case")


@pytest.mark.parametrize(
    ("row", "good", "bad"),
    [
        (
            "S1",
            {"n": 10.0, "ordered": 10.0, "likeliest": 8.0, "turns": 1.0, "at_odds": 0.0},
            {"n": 10.0, "ordered": 9.0, "likeliest": 8.0, "turns": 1.0, "at_odds": 0.0},
        ),
        ("S3", {"n": 1.0, "with": 0.1, "without": 0.2}, {"n": 1.0, "with": 0.1, "without": 0.1}),
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
        (
            "S11",
            {"n": 1.0, "gap": 0.5, "anybody": 0.0, "named": 1.0},
            {"n": 1.0, "gap": 0.0, "anybody": 0.5, "named": 1.0},
        ),
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
        (
            "W11",
            {"n": 1.0, "new": 0.2, "old": 0.1, "feared": 0.1, "weak": 0.5},
            {"n": 1.0, "new": 0.5, "old": 0.1, "feared": 0.1, "weak": 0.2},
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
        (
            "T14",
            {"n": 2.0, "bound": 1.0, "signed": 0.6, "unsigned": 0.5, "others": 1.0, "given": 0.2},
            {"n": 2.0, "bound": 1.0, "signed": 0.6, "unsigned": 0.2, "others": 1.0, "given": 0.2},
        ),
        ("H8", {"n": 4.0, "surplus": 0.2}, {"n": 4.0, "surplus": 1.2}),
        ("H10", {"n": 10.0, "kept": 8.0}, {"n": 10.0, "kept": 4.0}),
        ("H12", {"n": 10.0, "weaker": 4.0}, {"n": 10.0, "weaker": 6.0}),
        (
            "H13",
            {"n": 10.0, "honoured": 8.0, "refused": 2.0},
            {"n": 10.0, "honoured": 10.0, "refused": 0.0},
        ),
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


def spread_out(id: str, chances: tuple[float, ...], campaigns: int) -> dict[str, Any]:
    """A row judged on campaigns of ten cases each, of which these shares came true by turns."""
    row = BY_ID[id]
    measures = {
        Run("hand-made", world, seed, 10): {
            id: {"n": 10.0, "weaker": 10.0 * chances[seed % len(chances)]}
        }
        for world in row.worlds
        for seed in range(campaigns)
    }
    return judge(row, measures)


@pytest.mark.parametrize(
    ("chances", "verdict"),
    [
        ((0.3, 0.2, 0.4), "supported"),
        ((0.8, 0.7, 0.9), "contradicted"),
        ((0.5, 0.2, 0.8), "undetermined"),
    ],
)
def test_a_verdict_is_by_interval_against_bound(chances: tuple[float, ...], verdict: str) -> None:
    told = spread_out("H12", chances, 30)
    assert told["verdict"] == verdict
    assert told["warning"] == ""
    assert told["low"] <= told["figure"] <= told["high"]
    assert (told["p_supported"] < 0.025) is (verdict == "supported")
    assert (told["p_contradicted"] < 0.025) is (verdict == "contradicted")


def test_three_campaigns_make_no_verdict_however_clear() -> None:
    """No bootstrap of few campaigns without a warning."""
    told = spread_out("H12", (0.1, 0.0, 0.2), 3)
    assert told["low"] is not None
    assert told["verdict"] == "undetermined"
    assert told["warning"] == "Only 3 campaigns of a world: too few for an interval to trust."


def test_an_identity_is_checked_and_not_estimated() -> None:
    """One campaign suffices, and one failure in a thousand contradicts."""
    sums = {"likeliest": 1.0, "turns": 1.0, "at_odds": 0.0}
    assert judged("S1", {"n": 1.0, "ordered": 1.0, **sums}, 1)["verdict"] == "supported"
    failed = judged("S1", {"n": 1000.0, "ordered": 999.0, **sums}, 1)
    assert failed["verdict"] == "contradicted"
    assert failed["p_supported"] is None


def test_what_happened_in_no_campaign_may_still_happen() -> None:
    """Hegemony in none of twelve campaigns of a world: in up to 3 of 12 for all that is known."""
    sums = {"worlds": 1.0, "hegemony": 0.0}
    told = judged("H5", sums)
    assert told["figure"] == 0
    assert told["high"] == pytest.approx(0.95 * 3 / 12, abs=0.002)
    assert told["verdict"] == "undetermined"
    assert judged("H5", sums, 100)["verdict"] == "contradicted"


def entry(id: str, p: float, verdict: str, kind: str = "emergent") -> dict[str, Any]:
    return {
        "id": id, "kind": kind, "verdict": verdict, "holds": HOLDS[verdict],  # type: ignore[index]
        "warning": "", "p_supported": p, "p_contradicted": 1.0 - p, "parts": [],
    }  # fmt: skip


def test_a_verdict_that_is_clear_alone_may_be_chance_among_many() -> None:
    """One row of forty that is clear at one in fifty is what chance would give."""
    many = [entry("H1", 0.02, "supported"), *(entry("H2", 0.5, "undetermined"),) * 39]
    told = corrected([dict(one) for one in many])[0]
    assert told["verdict"] == "undetermined"
    assert told["holds"] is None
    assert told["p_adjusted"] > 0.5
    assert "chance" in told["warning"]
    (alone,) = corrected([entry("H1", 0.02, "supported")])
    assert alone["verdict"] == "supported"
    assert alone["p_adjusted"] == pytest.approx(0.04)


def test_kinds_are_counted_apart() -> None:
    rows = [
        entry("S1", 0.0, "supported", "identity"),
        entry("S2", 0.0, "supported", "mechanism"),
        entry("H1", 1.0, "contradicted"),
        entry("H2", 0.5, "undetermined"),
        {**entry("H3", 0.5, "undetermined"), "verdict": None},
    ]
    assert tally(rows) == {
        "identity": {"supported": 1, "contradicted": 0, "undetermined": 0},
        "mechanism": {"supported": 1, "contradicted": 0, "undetermined": 0},
        "emergent": {"supported": 0, "contradicted": 1, "undetermined": 1},
    }
    assert in_words(rows).endswith("emergent: 0 of 2 supported (1 contradicted, 1 undetermined)")


def test_what_chance_would_give_is_told() -> None:
    """Rows whose bounds hold 0 are supported where nothing happens."""
    told = scorecard([BY_ID["S14"], BY_ID["H12"], BY_ID["W1"]], {})
    assert by_chance(told) == {"rows": 0, "supported": 0.0, "no_effect": 0}
    rows = [judged("S14", {"n": 1.0, "gap": 0.0}), judged("W8", {"n": 1.0, "gap": -2.0})]
    assert by_chance(rows) == {"rows": 2, "supported": 0.05, "no_effect": 1}


def test_a_bootstrap_is_the_same_every_time() -> None:
    sums = {"n": 4.0, "won": 3.0}
    assert judged("S7", sums) == judged("S7", sums)


def test_no_expectation_names_this_project_alone() -> None:
    """Rows of the literature name who measured it, and when."""
    for row in ROWS:
        if row.id.startswith("H") and row.id != "H4":
            assert re.search(r"\b(19|20)\d\d\b", row.expected), row.id
