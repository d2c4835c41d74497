"""Verdicts, claims and reasons: conduct resembles a theory, and reasons are those recorded."""

import re

import pytest

from game.words.claims import CLAIMS
from game.words.reason_sentences import TELLTALE, TERMS, reason
from game.words.verdict_sentences import (
    CHANCE,
    GLOSSES,
    TITLES,
    UNDECIDED,
    compared,
    diagnostic,
    gloss,
    verdict,
)

EXPLAINS = re.compile(
    r"because|caused?\b|follow|obey|obeys|therefore|explain|predict|\bproves?\b|made it|due to",
    re.IGNORECASE,
)
VERDICTS = (*TITLES, UNDECIDED, CHANCE, "CONTINENTAL")


@pytest.mark.parametrize("doctrine", VERDICTS)
def test_W14_conduct_resembles_and_is_never_explained(doctrine: str) -> None:
    """The theory does not purport to explain or predict what individual states will do."""
    wordings = [verdict("Russia", doctrine, 0.97)]
    wordings += [compared("Russia", doctrine, sealed) for sealed in VERDICTS]
    wordings += [diagnostic("1912", "Russia arms.", p, 0.4) for p in (0.1, 0.4, 0.9)]
    for wording in wordings:
        assert "resembled" in wording
        assert not EXPLAINS.search(wording)
        assert wording.endswith(".")


def test_a_verdict_names_doctrine_and_posterior() -> None:
    assert verdict("Russia", "BOP", 0.97) == (
        "Russia: its conduct resembled balance of power (97%)."
    )
    assert "undecided" in verdict("Russia", UNDECIDED, 0.5)


def test_every_doctrine_has_a_short_gloss() -> None:
    assert set(GLOSSES) == {*TITLES, UNDECIDED, CHANCE}
    assert all(len(gloss(doctrine)) <= 80 for doctrine in VERDICTS)


def test_the_ledger_is_whole() -> None:
    rows = {"S": 14, "W": 14, "T": 14, "H": 14}
    assert set(CLAIMS) == {f"{letter}{n}" for letter in rows for n in range(1, rows[letter] + 1)}
    assert len(CLAIMS) == 56
    assert all(claim.endswith(".") and len(claim) <= 80 and page for claim, page in CLAIMS.values())


def test_reasons_are_grouped_by_state_and_signed() -> None:
    terms = {"security": 0.31, "entanglement": -0.08, "autonomy": -0.04, "cost": 0.001}
    names = {"security": "Russia", "entanglement": "France", "autonomy": "France"}
    assert reason(terms, names) == "fear of Russia +.31, bond to France -.12"
    assert reason({}, {}) == ""


def test_what_is_heard_names_no_term_that_only_one_doctrine_has() -> None:
    for term in TELLTALE:
        assert reason({term: 0.5}) == "other considerations +.50"
        assert reason({term: 0.5}, {term: "France"}) == "bond to France +.50"


def test_the_open_form_names_each_term() -> None:
    said = [reason({term: 0.5}, by_term=True) for term in TERMS]
    assert len(set(said)) == len(TERMS)
    assert reason({"gains": -1.25}, {"gains": "France"}, by_term=True) == (
        "what France would gain -1.25"
    )
