"""What money buys in an answer: one bound for burdens and for aid (THEORY T10).

Whoever weighs a pact, as sender or as asked, weighs what is paid for it by `bought` alone.
"""

import numpy as np

from game.theory.choice_rule import TERM
from game.world.rules import BP, Rules
from game.world.sight import Floats

MOST = Rules().leverage_cap / BP
"""Most that money counts for, of what a pact is worth for security."""
MONEY_OF_A_TERM = 0.6
"""What a whole turn's revenue, paid each turn of a treaty, is worth."""


def bought(security: Floats, paid: Floats) -> Floats:
    """What payments count for in answers: [option], in the unit of utility.

    `security` is what each pact is worth for security, `paid` what the payments are worth by
    themselves. They shift an answer by at most a quarter of its security, and buy nothing where
    that is not positive: aid does not make allies (THEORY T10, p. 48).
    """
    return np.minimum(np.maximum(paid, 0.0), MOST * np.maximum(security, 0.0))


def add_leverage(terms: Floats, leverage: float) -> None:
    """Add what earlier aid counts for to one option's terms, within the bound: [term], in place.

    `leverage` is the share of the security term that the aid bought, 0 to 1. A burden that the
    terms hold already counts against the same bound.
    """
    security = terms[TERM["security"]]
    aid = leverage * np.maximum(security, 0.0)
    terms[TERM["leverage"]] = bought(security, terms[TERM["leverage"]] + aid)
