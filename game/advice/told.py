"""What is kept of a decision record, for letters and for `why`: never more than was in it."""

from typing import Any

from game.theory.choice import Record
from game.world.orders import Terms

OPEN = 0.25
"""How likely other terms must have been for a refusal to name them."""


def tell(record: Record) -> dict[str, Any]:
    """The pick, its three largest terms, and for a refusal the terms that were near to a yes."""
    return {
        "family": record.family,
        "chosen": label(record.chosen),
        "likely": round(float(record.probabilities[record.pick]), 3),
        "terms": record.reasons(),
        "instead": _instead(record),
    }


def _instead(record: Record) -> str:
    """The terms on which one who declined would rather have signed, if the record had any."""
    if record.family != "answers" or record.chosen != "decline":
        return ""
    best, chance = "", OPEN
    for option, likely in zip(record.options, record.probabilities, strict=True):
        if isinstance(option, Terms) and float(likely) > chance:
            best, chance = label(option), float(likely)
    return best


def label(option: Any) -> str:
    """An option as a short plain label."""
    if option is None:
        return "nothing"
    if isinstance(option, str):
        return option
    if isinstance(option, Terms):
        against = f" against {option.against}" if option.against else ""
        return " and ".join(option.obligations) + against
    target = getattr(option, "to", "") or getattr(option, "of", "") or getattr(option, "on", "")
    terms = getattr(option, "terms", None)
    detail = f" ({label(terms)})" if isinstance(terms, Terms) else ""
    return f"{option.kind} {target}{detail}".strip()
