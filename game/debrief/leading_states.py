"""Which states a document shows at first, and the colour that each has in all its charts."""

from collections.abc import Iterable

from game.debrief.report_types import Report

MOST = 6
"""States that a chart or a list shows at first; the others are folded away."""


def ranked(report: Report) -> list[str]:
    """All states: the player's, then the great powers, then the others, the strongest first.

    Where the report looks into some states alone, these come before all others.
    """
    tops = {
        state: max((value for value in row if value is not None), default=0.0)
        for state, row in report.course.power.items()
    }
    great = {state for state, entry in report.states.items() if entry.great}

    def rank(state: str) -> tuple[bool, bool, bool, float]:
        return state not in report.states, state != report.player, state not in great, -tops[state]

    return sorted(tops, key=rank)


def leading(report: Report, among: Iterable[str] | None = None) -> list[str]:
    """The states that are shown at first, of all or of some, in the order of `ranked`."""
    some = set(report.names if among is None else among)
    return [state for state in ranked(report) if state in some][:MOST]


def six_for_a_class(report: Report) -> list[str]:
    """The states that a class is asked about: rivals that faced somebody from the start on.

    Those are states whom both readings gave somebody to fear in the first turn.
    """
    feared = report.course.feared
    return leading(
        report,
        (
            state
            for state in report.states
            if state != report.player and feared["BOP"][state][0] and feared["BOT"][state][0]
        ),
    )


def colours(report: Report) -> dict[str, int]:
    """State -> the number of its colour, the same in every chart."""
    return {state: number for number, state in enumerate(ranked(report))}
