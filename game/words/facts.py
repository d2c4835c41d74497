"""Reads the facts of an event for a sentence; a missing or wrong fact never raises."""

from dataclasses import dataclass

from game.words.grammar import Party, Speech
from game.words.phrases import pact, pact_in_full, peace, stake_name, to_meet
from game.world.events import FACTS, Event, Fact
from game.world.orders import Terms


@dataclass(frozen=True, slots=True)
class Facts:
    """An event, with who speaks to whom about it."""

    event: Event
    speech: Speech

    @property
    def actor(self) -> Party:
        """Who did it."""
        return self.speech.party(self.event.actor)

    @property
    def target(self) -> Party:
        """To whom."""
        return self.speech.party(self.event.target)

    def _fact(self, name: str) -> Fact:
        names = FACTS[self.event.kind]
        if name not in names or names.index(name) >= len(self.event.facts):
            return ""
        return self.event.facts[names.index(name)]

    def text(self, name: str) -> str:
        """A fact as text; empty if the event has none of that name."""
        fact = self._fact(name)
        return ", ".join(fact) if isinstance(fact, tuple) else str(fact)

    def number(self, name: str) -> int:
        """A fact as a number; 0 if it is no number."""
        fact = self._fact(name)
        return int(fact) if isinstance(fact, int) else 0

    def names(self, name: str) -> tuple[str, ...]:
        """A fact as several names; a text is split at its commas."""
        fact = self._fact(name)
        if isinstance(fact, tuple):
            return fact
        return tuple(part.strip() for part in str(fact).split(",") if part.strip()) if fact else ()

    def party(self, name: str) -> Party:
        """The state that a fact names."""
        return self.speech.party(self.text(name))

    @property
    def short_pact(self) -> str:
        """The event's treaty, with an article and without its duration."""
        return pact(
            self.speech, self.names("obligations"), self.text("against"), self.number("secret") > 0
        )

    @property
    def full_pact(self) -> str:
        """The event's treaty with all its terms; the actor pays the burden."""
        return pact_in_full(self.speech, self._terms, self.event.actor)

    @property
    def counter_pact(self) -> str:
        """As `full_pact`, for a counter-offer: its target, the first sender, pays the burden."""
        return pact_in_full(self.speech, self._terms, self.event.target)

    @property
    def _terms(self) -> Terms:
        return Terms(
            self.names("obligations"),  # type: ignore[arg-type]
            self.text("against"),
            self.number("term"),
            self.number("secret") > 0,
            self.number("burden"),
        )

    def meeting(self, of: str) -> str:
        """What the state `of` would do to meet the demand: "cede Alsace"."""
        return to_meet(self.speech, of, self.text("stake"), self.text("subject"))

    @property
    def stake(self) -> str:
        """What the crisis is about, as a noun."""
        return stake_name(self.speech, self.text("stake"), self.text("subject"))

    @property
    def peace(self) -> str:
        """What the peace changes, as clauses; empty for a white peace."""
        return peace(
            self.speech,
            self.event.actor,
            self.event.target,
            self.names("takes"),
            self.names("gives"),
            self.number("indemnity"),
            self.number("disarm") > 0,
            self.names("restores"),
        )
