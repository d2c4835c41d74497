"""Names, dates and figures of a report as words within a sentence."""

from collections.abc import Mapping

from game.debrief.report_types import ProvinceMoved, Report, StateEliminated, TreatySpan
from game.words.grammar import with_article


def name(report: Report, state: str | None) -> str:
    """A state's name by its id."""
    return report.names.get(state, state) if state else "nobody"


def spoken(report: Report, state: str | None) -> str:
    """A state's name as it stands within a sentence."""
    return with_article(name(report, state))


def date(report: Report, moment: int) -> str:
    """The date of a moment of the course."""
    dates = report.course.dates
    return dates[min(max(moment, 1), len(dates)) - 1]


def signed(report: Report, treaty: TreatySpan) -> str:
    """The date of the turn in which a treaty was signed; empty where it stood from the start."""
    return date(report, treaty.since - 1) if treaty.since > 1 else ""


def capital(text: str) -> str:
    """A text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def times(count: int) -> str:
    """How often: "never", "once", "twice", "3 times"."""
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def the_others(count: int, noun: str = "state") -> str:
    """A fold of the rest of a list: "The other state", "The other 14 states"."""
    return f"The other {noun}" if count == 1 else f"The other {count} {noun}s"


def land_words(names: Mapping[str, str], one: ProvinceMoved | StateEliminated) -> str:
    """What became of a province or a state, as a clause; `names` are by id.

    A province that is called as a state is, and a state that is more than one province, are told
    apart: "the province of Switzerland went from Switzerland to Italy".
    """

    def owner(state: str | None) -> str:
        return with_article(names.get(state, state)) if state else "nobody"

    if isinstance(one, StateEliminated):
        return f"{owner(one.eliminated)} was no more"
    bare = one.name.removeprefix("The ")
    place = f"the {bare}" if bare != one.name else bare
    if bare in {name.removeprefix("The ") for name in names.values()}:
        place = f"the province of {place}"
    return f"{place} went from {owner(one.before)} to {owner(one.after)}"
