"""Names, dates and figures of a report as words within a sentence."""

from game.debrief.report_types import Report, TreatySpan
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
