"""What is kept of a decision record, for letters and for `why`: never more than was in it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from game.history import TurnRecord
from game.theory.choice_rule import BriefRecord
from game.words.deed_clauses import answered
from game.words.order_labels import say
from game.words.order_labels import terms as say_terms
from game.words.reason_sentences import FEAR, reason
from game.world.atlas import Atlas
from game.world.events import Event
from game.world.knowledge import knows_order, knows_question, visible
from game.world.model import World
from game.world.orders import Terms

NOTHING = "nothing"


def summarise(record: BriefRecord, world: World, me: str) -> dict[str, Any]:
    """The pick, whom it concerned, its largest terms, and what would have changed a refusal."""
    partner, adversary = _concerns(record)
    return {
        "family": record.family,
        "done": _done(record, world, me),
        "with": partner,
        "against": adversary,
        "terms": record.reasons(),
        "instead": say_terms(record.other_terms, world.atlas) if record.other_terms else "",
    }


def tell_turn(
    records: Mapping[str, Sequence[BriefRecord]], turn: TurnRecord, player: str | None
) -> dict[str, list[dict[str, Any]]]:
    """What is kept of all states' records of a turn, and whether the player knows of each deed."""
    seen = tuple(turn.events if player is None else visible(turn.events, player))
    return {
        state: [
            {**summarise(one, turn.start, state), "known": _known(one, state, player, seen)}
            for one in made
        ]
        for state, made in records.items()
    }


def _known(record: BriefRecord, state: str, player: str | None, seen: Collection[Event]) -> bool:
    """Whether the player knows of what was decided; of nothing done there is nothing to know."""
    if player is None:
        return True
    if record.asked is not None:
        return knows_question(player, record.asked, seen)
    return record.chosen is None or knows_order(player, state, record.chosen, seen)


def summary_words(entry: Mapping[str, Any], atlas: Atlas, *, by_term: bool) -> str:
    """What was kept of a decision, in a line; empty where nothing weighed.

    Grouped by state unless `by_term`, so that no factor shows (RULES, Sealed means sealed).
    """
    subjects = {}
    for term, _ in entry["terms"]:
        about = entry["against"] if term in FEAR else entry["with"]
        if about:
            subjects[term] = atlas.name(about)
    why = reason(dict(entry["terms"]), subjects, by_term=by_term)
    line = f"{entry['done']}: {why}" if why else ""
    if entry["instead"]:
        line = f"{line}; it would rather sign {entry['instead']}" if line else ""
    return line


def _concerns(record: BriefRecord) -> tuple[str, str]:
    """(with whom, against whom) a decision was about, as far as it names them."""
    about = record.asked if record.asked is not None else record.chosen
    partner = getattr(about, "by", "") or getattr(about, "to", "") or getattr(about, "of", "")
    terms = getattr(about, "terms", None)
    adversary = terms.against if isinstance(terms, Terms) else ""
    adversary = adversary or getattr(about, "enemy", "") or getattr(about, "on", "")
    return partner, adversary


def _done(record: BriefRecord, world: World, me: str) -> str:
    """What was decided, in a few words."""
    if record.asked is not None:
        return answered(record.chosen, record.asked, world)
    if record.chosen is None:
        return f"{record.family}: {NOTHING}"
    said = say(record.chosen, world, me)
    return said[:1].lower() + said[1:]
