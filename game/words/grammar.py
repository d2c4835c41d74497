"""English grammar for sentences about states: who is "you", which verb agrees, where commas go."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from game.world.atlas import Atlas

IRREGULAR = {"is": "are", "has": "have", "was": "were", "does": "do", "goes": "go"}
"""Third person singular -> plain form, for verbs that the rule would get wrong."""

SIBILANTS = ("sses", "shes", "ches", "xes", "zzes")

WITH_ARTICLE = re.compile(
    r"\b(Empire|Kingdom|States|Union|Republic|Netherlands|Confederation|Confederacy|Federation"
    r"|League|Provinces|Emirates|Islands|Isles|Commonwealth|Sultanate|Caliphate|Khanate|Horde"
    r"|Dominion|Duchy|Principality|Philippines|Palatinate|Electorate|Hegemony|Alliance)\b"
)
"""Names that take "the" within a sentence."""

PLURAL = re.compile(
    r"^(the )?(\w+ )?(Cantons|Isles|Islands|Provinces|Emirates|Principalities|Duchies|Cities|Tribes"
    r"|Clans|Colonies|Marches)\b",
    re.IGNORECASE,
)
"""First words of names that take a plural verb: "the Cantons of Tarn demand". (The United States,
the Netherlands and the like take a singular verb.)"""

ENDS = (".", "!", "?")


def plain_form(verb: str) -> str:
    """The verb form for "you", "we" and plurals: "demands" -> "demand"."""
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    if verb.endswith(SIBILANTS):
        return verb[:-2]
    return verb.removesuffix("s")


@dataclass(frozen=True, slots=True)
class Party:
    """A state in a sentence. In a format string: `{a}` its name, `{a:'s}` whose, `{a:its}`,
    `{a:it}`, `{a:itself}`, `{a:land}` the country, `{a:does}` the name with a verb that agrees,
    `{a:/does}` the verb alone.
    """

    name: str
    person: str = ""
    """`you` if the sentence is addressed to the state, `we` if the state speaks; else empty."""

    def __str__(self) -> str:
        return format(self, "")

    def __format__(self, spec: str) -> str:
        if not spec:
            return self._object() if self.person else self.name
        several = PLURAL.match(self.name) is not None
        its, it, itself = ("their", "them", "themselves") if several else ("its", "it", "itself")
        forms = {
            "'s": {"you": "your", "we": "our"}.get(self.person, possessive(self.name)),
            "its": {"you": "your", "we": "our"}.get(self.person, its),
            "it": self._object() if self.person else it,
            "land": f"{'your' if self.person == 'you' else 'our'} own country"
            if self.person
            else self.name,
            "itself": {"you": "yourself", "we": "ourselves"}.get(self.person, itself),
        }
        if spec in forms:
            return forms[spec]
        verb, _, rest = spec.removeprefix("/").partition(" ")
        agreed = plain_form(verb) if self.person or several else verb
        agreed = f"{agreed} {rest}" if rest else agreed
        if spec.startswith("/"):
            return agreed
        return f"{self.person or self.name} {agreed}"

    def _object(self) -> str:
        return "us" if self.person == "we" else self.person


@dataclass(frozen=True, slots=True)
class Speech:
    """The ids of the state addressed (`you`) and of the speaker (`we`); others are named."""

    atlas: Atlas
    you: str | None = None
    we: str | None = None

    def party(self, id: str) -> Party:
        """A state as a party; an unknown state is named by its id."""
        if id and id == self.we:
            return Party(self.plain(id), "we")
        if id and id == self.you:
            return Party(self.plain(id), "you")
        return Party(self.plain(id))

    def plain(self, id: str) -> str:
        """A state's name as it stands in a sentence, with its article."""
        if not id:
            return "nobody"
        if id not in self.atlas.state_index:
            return id
        return with_article(self.atlas.name(id))

    def place(self, id: str) -> str:
        """A province's name within a sentence; an unknown province is named by its id."""
        if id in self.atlas.province_index:
            name = self.atlas.place(id).name
            return f"the {name[4:]}" if name.startswith("The ") else name
        return id or "no province"

    def places(self, ids: Iterable[str]) -> str:
        """Several provinces' names."""
        return listed(self.place(id) for id in ids)

    def both(self, first: str, second: str) -> str:
        """Two states as one subject; the one addressed or speaking comes first."""
        if second and second in (self.you, self.we):
            first, second = second, first
        names = [self._subject(id) for id in (first, second) if id]
        return listed(names) or "nobody"

    def _subject(self, id: str) -> str:
        party = self.party(id)
        return party.person or party.name


def with_article(name: str) -> str:
    """A state's name as it stands within a sentence: "the United Kingdom", "France"."""
    if name.lower().startswith("the "):
        return f"the {name[4:]}"
    return f"the {name}" if WITH_ARTICLE.search(name) else name


def possessive(name: str) -> str:
    """The possessive of a name: "Germany's", "the Netherlands'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def listed(parts: Iterable[str]) -> str:
    """Parts as a list in words: "a, b and c"; empty for none."""
    items = [part for part in parts if part]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def counted(count: int, noun: str) -> str:
    """A count with its noun: "1 turn", "6 turns", "2 treaties"."""
    if count == 1:
        return f"1 {noun}"
    return f"{count} {noun[:-1]}ies" if noun.endswith("ty") else f"{count} {noun}s"


def ordinal(rank: int) -> str:
    """A rank with its ending: "1st", "22nd", "13th"."""
    ending = (
        "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    )
    return f"{rank}{ending}"


def article(phrase: str) -> str:
    """A phrase with "a" or "an" before it."""
    return f"an {phrase}" if phrase[:1].lower() in "aeio" else f"a {phrase}"


def sentence(text: str) -> str:
    """Text as a sentence: single spaces, a capital first letter, a full stop."""
    text = " ".join(text.split())
    text = text[:1].upper() + text[1:]
    return text if text.endswith(ENDS) else f"{text}."
