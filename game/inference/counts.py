"""How often states balanced and bandwagoned, as each lens sees it, from public facts alone.

What is counted are a state's own offers and acceptances of defence and offence pacts. To balance
is to sign a pact against the state it should fear most; to bandwagon is to sign one with that state
(THEORY, How the scorecard judges).
"""

from collections.abc import Iterable

from game.inference.evidence import Evidence
from game.world.orders import Offer, Terms
from game.world.questions import OfferQuestion

Counts = dict[str, dict[str, int]]
"""Lens -> {"balanced", "bandwagoned", "aligned"} -> count."""


def alignments(evidence: Iterable[Evidence]) -> dict[str, Counts]:
    """For each state, how often it balanced and bandwagoned, as each lens sees it."""
    result: dict[str, Counts] = {}
    for one in evidence:
        counts = result.setdefault(
            one.state,
            {lens: {"balanced": 0, "bandwagoned": 0, "aligned": 0} for lens in ("BOP", "BOT")},
        )
        bond = bond_of(one)
        if bond is None:
            continue
        partner, against = bond
        for lens, feared in one.feared.items():
            counts[lens]["aligned"] += 1
            if partner == feared:
                counts[lens]["bandwagoned"] += 1
            elif against and against == feared:
                counts[lens]["balanced"] += 1
    return result


def bond_of(one: Evidence) -> tuple[str, str] | None:
    """(partner, adversary) of the pact that a decision would sign; None where it signs none.

    The adversary is empty where the pact names nobody.
    """
    if isinstance(one.chosen, Offer):
        return _bond(one.chosen.to, one.chosen.terms)
    if isinstance(one.question, OfferQuestion):
        if one.chosen == "accept":
            return _bond(one.question.by, one.question.terms)
        if isinstance(one.chosen, Terms):
            return _bond(one.question.by, one.chosen)
    return None


def _bond(partner: str, terms: Terms) -> tuple[str, str] | None:
    if terms.binding:
        return partner, terms.against
    return None
