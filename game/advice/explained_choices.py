"""Forecasts and the worth of orders, taken apart into the terms of the decisions behind them."""

import numpy as np

from game.advice.explained import READINGS
from game.advice.explained_form import SIGNED, Explained, explained
from game.advice.forecast import Weighed
from game.theory.choice_rule import TEMPERATURE
from game.theory.doctrine import TERMS
from game.words import percent, signed
from game.words.reason_sentences import TERMS as IN_WORDS
from game.world.sight import Floats

SMALL = 0.005
"""Terms that would be shown as 0 are added up."""
NOTHING = 0.0005
"""What is left out of the parts, however small the figure is."""


def explained_forecast(name: str, weighed: dict[str, Weighed]) -> tuple[Explained, ...]:
    """Why a state would say yes or no, under each reading: its terms beside those of a no.

    `name` is the state's, as it stands within a sentence.
    """
    found = []
    for lens, words in READINGS.items():
        one = weighed[lens]
        found.append(
            explained(
                f"Would {name} say yes, read {words}: {percent(one.chance)}",
                _whole(one.terms),
                "What a yes is worth to it beside a no, in the mean of the ways in which it may "
                "reckon. Above 0 it gains by it; in each way a difference of "
                f"{signed(2 * TEMPERATURE)} settles it, unless other terms are worth more to it.",
                "sum",
                _parts(one.terms),
                SIGNED,
            )
        )
    return tuple(found)


def explained_worth(terms: dict[str, Floats]) -> tuple[Explained, ...]:
    """What something is worth to the player's own security, under each reading, term by term."""
    return explained_terms(
        terms, "Worth to our security, read",
        "How much less insecure it makes us; 1 is the mean insecurity of all at the start.",
    )  # fmt: skip


def explained_terms(terms: dict[str, Floats], title: str, rule: str) -> tuple[Explained, ...]:
    """What something is worth to somebody under each reading, term by term."""
    return tuple(
        explained(f"{title} {words}", _whole(terms[lens]), rule, "sum", _parts(terms[lens]), SIGNED)
        for lens, words in READINGS.items()
    )


def _whole(row: Floats) -> float:
    """What the terms come to, rounded as a utility is (`choice_rule.utilities`)."""
    return round(float(np.sum(row)), 9)


def _parts(row: Floats) -> list[tuple[str, float]]:
    """The terms that weigh anything, the largest first, and the rest as one."""
    order = sorted(range(len(TERMS)), key=lambda at: (-abs(float(row[at])), at))
    parts = [
        (IN_WORDS[TERMS[at]][1], float(row[at])) for at in order if abs(float(row[at])) >= SMALL
    ]
    rest = float(np.sum(row)) - sum(part for _, part in parts)
    if abs(rest) >= NOTHING:
        parts.append(("all else", rest))
    return parts or [("nothing weighs anything in it", 0.0)]
