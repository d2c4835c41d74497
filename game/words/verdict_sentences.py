"""Verdicts on doctrines in words: they say what conduct resembled, never why a state acted.

THEORY W14 (p. 49): the theory does "not purport to explain or predict what individual states
will do". So every sentence says which doctrine the conduct resembled, or that none is certain.
"""

from collections.abc import Sequence

from game.words import percent
from game.words.grammar import sentence

UNDECIDED = "UNDECIDED"
"""The verdict if no doctrine reaches a probability of 0.8."""

NONE = "NONE"
"""The verdict if habit, answering in kind or none of these explains conduct best, or if the
likeliest doctrine fails its check."""

CHANCE = "CHANCE"
"""The verdict if conduct cannot be distinguished from chance."""

TITLES: dict[str, str] = {
    "BOP": "balance of power",
    "BOT": "balance of threat",
    "SOLIDARITY": "solidarity",
    "BANDWAGON": "bandwagoning",
    "ISOLATION": "isolation",
    "RANDOM": "chance",
    "HABIT": "habit",
    "RECIPROCITY": "answering in kind",
    "NONE": "none of these",
}
"""The doctrines' names within a sentence."""

GLOSSES: dict[str, str] = {
    "BOP": "Waltz: it fears the strongest, wherever they are, and helps the weaker side.",
    "BOT": "Walt: it fears whoever is strong, near, armed to attack and believed hostile.",
    "SOLIDARITY": "It sides with its own kind, whatever the cost.",
    "BANDWAGON": "It sides with the strongest, for profit.",
    "ISOLATION": "Its policy is to have no allies.",
    "RANDOM": "Its moves fall as dice would let them fall.",
    "HABIT": "It does what it did before.",
    "RECIPROCITY": "It does to others what they did to it.",
    NONE: "It fits no doctrine here: habit, answering in kind or something else moved it.",
    UNDECIDED: "Not enough evidence: more than one doctrine resembles what it did.",
    CHANCE: "Nothing sets its conduct apart from chance.",
}
"""Doctrine or verdict -> its meaning in a line."""


def title(doctrine: str) -> str:
    """A doctrine's name within a sentence: "balance of power"; a map's own goes by its id."""
    return TITLES.get(doctrine, f"{doctrine}, a doctrine of this map")


def gloss(doctrine: str) -> str:
    """A doctrine or a verdict in a line."""
    return GLOSSES.get(doctrine, "A doctrine of this map, with exponents and weights of its own.")


def verdict(name: str, doctrine: str, posterior: float) -> str:
    """A verdict on one state: "Russia: its conduct resembled balance of power (97%)."

    `posterior` is the probability, 0 to 1, of that doctrine; for `UNDECIDED`, of the likeliest.
    """
    if doctrine == UNDECIDED:
        return sentence(
            f"{name}: what its conduct resembled is undecided (no doctrine above "
            f"{percent(posterior)})"
        )
    if doctrine == NONE:
        return sentence(f"{name}: its conduct resembled none of the doctrines")
    if doctrine in (CHANCE, "RANDOM"):
        return sentence(
            f"{name}: its conduct resembled nothing that can be told from chance "
            f"({percent(posterior)})"
        )
    return sentence(f"{name}: its conduct resembled {title(doctrine)} ({percent(posterior)})")


def compared(name: str, doctrine: str, sealed: str) -> str:
    """A verdict compared with the true doctrine, in a sentence."""
    held = title(sealed)
    if doctrine in (UNDECIDED, CHANCE, NONE):
        return sentence(
            f"The envelope of {name} holds {held}; its conduct resembled no doctrine for sure"
        )
    if doctrine == sealed:
        return sentence(f"The envelope of {name} holds {held}, and its conduct resembled it")
    return sentence(
        f"The envelope of {name} holds {held}, yet its conduct resembled {title(doctrine)}"
    )


def diagnostic(
    date: str, deed: str, by_power: float, by_threat: float, readings: Sequence[str] = ()
) -> str:
    """A diagnostic turn: what was done, how each theory reads it, and which it resembled more.

    `deed` and `readings` are sentences; the figures are the probabilities, 0 to 1, of the deed
    under each theory.
    """
    power, threat = percent(by_power), percent(by_threat)
    figures = (
        "" if readings else f" ({power} under {TITLES['BOP']}, {threat} under {TITLES['BOT']})"
    )
    resembled = nearer(by_power, by_threat).rstrip(".")
    said = [f"{date}: {deed.rstrip('.')}", *readings, f"{resembled}{figures}"]
    return " ".join(map(sentence, said))


def nearer(by_power: float, by_threat: float) -> str:
    """Which of the two theories a choice resembled more, in a sentence."""
    if percent(by_power) == percent(by_threat):
        return "This resembled either theory alike."
    return f"This resembled {TITLES['BOP'] if by_power > by_threat else TITLES['BOT']} more."
