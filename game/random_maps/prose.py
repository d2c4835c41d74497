"""The texts of a random map: title, names of states and leaders, briefing."""

from game.random_maps.keys import Keys
from game.random_maps.languages import Language, Names

HEADS = {
    "crown": (
        "King {0}", "Queen {0}", "King {0} the Younger", "Queen {0} the Patient", "King {0} II",
        "Queen {0} of the Long Table", "King {0} the Tall",
    ),
    "autocracy": (
        "Emperor {0}", "Empress {0}", "the Autocrat {0}", "Emperor {0} the Unhurried",
        "Empress {0} the Sleepless", "Marshal {0} {1}",
    ),
    "republic": ("President {0} {1}", "First Consul {0} {1}", "Speaker {0} {1}"),
    "merchant-league": ("Syndic {0} {1}", "Doge {0} {1}", "Chairman {0} {1}"),
    "temple": ("{0}, Keeper of the Lamps", "High Priest {0}", "{0}, Voice of the Oracle"),
}  # fmt: skip
SEAS = ("Sea of {0}", "The {0} Sea", "Gulf of {0}", "The {0} Water", "Bay of {0}", "The {0} Deep")
LAKES = ("Lake {0}", "{0} Mere")
SMALL = {
    "crown": (
        ("Duchy of {0}", ("Duke {0}", "Duchess {0}")),
        ("Principality of {0}", ("Prince {0}", "Princess {0}")),
    ),
    "autocracy": (("{0}", ("Despot {0}", "the Autocrat {0}", "Marshal {0} {1}")),),
    "republic": (("Free City of {0}", ("Mayor {0} {1}", "the Council of Nine")),),
    "merchant-league": (("Free City of {0}", ("Syndic {0} {1}", "the Guild of {1}")),),
    "temple": (("{0}", ("High Priest {0}", "{0}, Keeper of the Well")),),
}
"""Titles of small states and of their leaders."""
TITLES = ("The {1} Powers of {0}", "The Concert of {0}", "The {0} Question", "{0} Divided")
HEIRS = 2
"""How many heirs a great power has."""
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
           "Eleven", "Twelve")  # fmt: skip


def number_word(number: int) -> str:
    """A number in words up to twelve, else in digits."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def state(
    keys: Keys, names: Names, tongue: Language, ideology: str, rank: int, *, small: bool
) -> tuple[str, str, str]:
    """(a state's stem, its full name, its leader)."""
    stem = names.land(tongue, rank)
    form, heads = keys.pick(SMALL[ideology], "style", rank) if small else ("{0}", HEADS[ideology])
    head = keys.pick(heads, "head", rank)
    persons = (names.person(tongue, rank, number) for number in range(2))
    return stem, form.format(stem), head.format(*persons)


def heirs(keys: Keys, names: Names, tongue: Language, ideology: str, rank: int) -> tuple[str, ...]:
    """Who leads a great power after its first leader, in order."""
    called = []
    for number in range(1, 1 + HEIRS):
        head = keys.pick(HEADS[ideology], "heir", rank, number)
        persons = (names.person(tongue, rank, 2 * number + part) for part in range(2))
        called.append(head.format(*persons))
    return tuple(called)


def title(keys: Keys, land: str, great: int) -> str:
    """The map's title."""
    return keys.pick(TITLES, "title").format(land, number_word(great))


def briefing(
    keys: Keys,
    *,
    land: str,
    strongest: str,
    menace: str,
    claimed: str | None,
    treaty: tuple[str, str] | None,
    turns: int,
) -> str:
    """The text that the player reads before the first turn."""
    openings = (
        f"{land} has had no master since the old peace ran out, and no two of its courts agree "
        "on who would like to be the next.",
        f"Everybody in {land} says that nobody wants war. It is said in every court, by people "
        "who count regiments for a living.",
        f"The treaties that kept {land} quiet are older than the men who signed them. What they "
        "bind is now a matter of opinion.",
        f"It is a good year for corn in {land}, and a better one for gunsmiths.",
        f"Every spring the envoys of {land} meet to renew what they swore the spring before. This "
        "year two chairs were empty.",
        f"{land} has been at peace for so long that its generals are all too young to know better.",
        f"Nobody in {land} can say when the frontier posts began to be painted every year.",
        f"The old map of {land} hangs in every chancery. In each, somebody has drawn on it.",
        f"There is one question in {land} this winter, asked in many languages: with whom?",
        f"The last congress of {land} ended with a ball. Nothing else was agreed.",
    )
    greatest = (
        f"{strongest} is the strongest of the powers, and shows no hurry to prove it.",
        f"By any count of heads, hearths and guns {strongest} comes first. Whether that is a "
        "danger or a fact is what courts differ on.",
        f"No power could stand against {strongest} alone, and it has given nobody cause to try.",
        f"{strongest} could outlast any two of its neighbours. It has not said what for.",
    )
    near = (
        f"{menace} is not the strongest, but its armies stand where armies stand before they march",
        f"{menace} is weaker, and behaves as if it had not been told: its forges are lit, its "
        "columns drill in sight of the border",
        f"{menace} has the smaller army and the shorter road to everybody's capital",
        f"{menace} spends on arms what others spend on roads",
    )
    want = f", and its maps already show {claimed} in its own colour." if claimed else "."
    pact = (
        f" {treaty[0]} and {treaty[1]} have promised each other help against it; promises are kept "
        "while they are cheap."
        if treaty
        else ""
    )
    return "\n\n".join(
        (
            keys.pick(openings, "opening"),
            f"{keys.pick(greatest, 'greatest')} {keys.pick(near, 'near')}{want}{pact}",
            "Some of these courts fear whoever is strongest; others fear whoever is strong, near, "
            "armed to attack and thought to mean it. None will tell you which. You have "
            f"{turns} years to find out.",
        )
    )
