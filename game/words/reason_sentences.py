"""The reasons for a decision in words: the signed terms that decided it, and nothing else.

Reasons of another state are grouped by state and not by factor, because the factors would reveal
its doctrine. The open form (teaching mode, deep penetration) lists each term (RULES, Sealed).
"""

from collections.abc import Mapping

from game.words import signed

TERMS: dict[str, tuple[str, str]] = {
    "security": ("fear of {}", "safety"),
    "entanglement": ("being drawn into the quarrels of {}", "being drawn into others' quarrels"),
    "feeding": ("adding to the strength of {}", "adding to another's strength"),
    "autonomy": ("dependence on {}", "freedom of action"),
    "ideology": ("kinship with {}", "kinship"),
    "gains": ("what {} would gain", "what the other would gain"),
    "spoils": ("spoils beside {}", "spoils"),
    "strength": ("the weight of {}", "the other's weight"),
    "pact": ("a pact with {} for its own sake", "a pact for its own sake"),
    "leverage": ("the money of {}", "the donor's money"),
    "inertia": ("what stands already with {}", "what stands already"),
    "cost": ("the cost of dealing with {}", "the cost"),
    "distrust": ("doubt of the word of {}", "doubt of the other's word"),
    "exhaustion": ("weariness of war with {}", "weariness of war"),
    "stake": ("what is at stake with {}", "what is at stake"),
    "repute": ("its name before {}", "the worth of its name"),
    "resolve": ("loss of face before {}", "loss of face"),
    "odds": ("the odds of war with {}", "the odds of war"),
}
"""Term -> (words with the state it is about, words without)."""

FEAR = frozenset({"security", "odds", "resolve", "stake", "exhaustion"})
"""Terms about an adversary; the others are about a partner."""

TELLTALE = frozenset({"feeding", "ideology", "gains", "spoils", "strength", "pact"})
"""Terms that not every doctrine has. They are never named in the sealed form."""

LEAST = 0.005
"""Terms that round to 0 are left out."""


def reason(
    terms: Mapping[str, float],
    subjects: Mapping[str, str] | None = None,
    *,
    most: int = 3,
    by_term: bool = False,
) -> str:
    """The largest signed terms in words: "fear of Russia +.31, bond to France -.12".

    `subjects` maps a term that is about a state to that state's name. Terms are grouped by state
    unless `by_term`. Empty if no term is as large as .005.
    """
    names = subjects or {}
    parts: dict[str, float] = {}
    for term, value in terms.items():
        words = _of_term(term, names.get(term, "")) if by_term else _grouped(term, names)
        parts[words] = parts.get(words, 0.0) + value
    largest = sorted(
        ((words, value) for words, value in parts.items() if abs(value) >= LEAST),
        key=lambda part: (-abs(part[1]), part[0]),
    )
    return ", ".join(f"{words} {signed(value)}" for words, value in largest[:most])


def _of_term(term: str, subject: str) -> str:
    about, alone = TERMS.get(term, (f"{term} ({{}})", term))
    return about.format(subject) if subject else alone


def _grouped(term: str, names: Mapping[str, str]) -> str:
    """A term as part of what a state means to another."""
    subject = names.get(term, "")
    if subject:
        return f"fear of {subject}" if term in FEAR else f"bond to {subject}"
    return "other considerations" if term in TELLTALE else _of_term(term, "")
