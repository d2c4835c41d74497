"""The inquiry into a campaign: evidence, findings and course, each worked out once. Blind."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from game.debrief.course import course
from game.debrief.decision_replay import DecisionReplay
from game.debrief.diagnostic_turns import explained, telling
from game.debrief.log_odds import log_odds, moves
from game.debrief.report_types import Course, DiagnosticTurn, OddsMove
from game.history import History
from game.inference.acts import acts
from game.inference.choice_sets import choice_sets
from game.inference.counts import alignments
from game.inference.crucial_tests import CrucialTests, crucial_tests
from game.inference.evidence import Evidence, gather
from game.inference.posterior import Finding, findings
from game.theory.doctrine import BUILT_IN

if TYPE_CHECKING:
    from game.inference.exponents import Fit

OnProgress = Callable[[int, int], None]
"""Told (done, total); it may raise to end what it listens to."""


class Analysis:
    """What conduct shows of a campaign, from the public history alone.

    Everything is worked out when it is first asked for; an inquiry may be handed between threads.
    """

    def __init__(self, history: History, states: Sequence[str] | None = None) -> None:
        self.history = history
        self.states = None if states is None else tuple(states)
        """The states whose conduct is looked into; None: all."""
        self.fits: dict[str, Fit] = {}
        """State -> the exponents of its lens, where they were fitted: see `fit`."""

    @cached_property
    def moments(self) -> DecisionReplay:
        """What each state saw, and how a doctrine would have weighed it."""
        return DecisionReplay(self.history)

    @cached_property
    def evidence(self) -> Mapping[str, tuple[Evidence, ...]]:
        """State -> its decisions, in order."""
        found: dict[str, list[Evidence]] = {}
        for one in gather(self.history, self.states):
            found.setdefault(one.state, []).append(one)
        order = [state.id for state in self.history.start.states]
        return {state: tuple(found[state]) for state in order if state in found}

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """State -> what its conduct shows."""
        playing = {state for turn in self.history.turns for state in turn.start.playing()}
        looked = [
            state.id
            for state in self.history.start.states
            if state.id in playing and (self.states is None or state.id in self.states)
        ]
        return findings(choice_sets(self.history, looked), looked)

    @cached_property
    def crucial(self) -> Mapping[str, CrucialTests]:
        """State -> whom it acted against where the two readings pointed apart."""
        done = acts(self.history)
        return {
            state: crucial_tests([act for act in done if act.state == state])
            for state in self.evidence
        }

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
        """State -> lens -> how often it balanced and bandwagoned."""
        return alignments(one for own in self.evidence.values() for one in own)

    @cached_property
    def by_turn(self) -> Mapping[str, Mapping[int, Mapping[str, float]]]:
        """State -> turn -> the posterior from all that it had done by then."""
        return {state: found.by_turn for state, found in self.findings.items()}

    def fit(self, states: Sequence[str], on_progress: OnProgress | None = None) -> None:
        """Fit the exponents of some states, those together that were not fitted yet.

        `on_progress(done, total)` is called as lenses get done; what it raises ends the fit.
        """
        from game.inference.exponents import fits

        missing = [state for state in states if state in self.findings and state not in self.fits]
        if missing:
            self.fits.update(fits(self.history, missing, on_progress))

    @cached_property
    def course(self) -> Course:
        """Power, threat and fear by turn, the treaties and the wars."""
        return course(self.history, self.moments)

    @cached_property
    def telling(self) -> Mapping[str, list[tuple[Evidence, float, float]]]:
        """State -> the decisions that tell the theories apart best: (it, p if BOP, p if BOT)."""
        return {state: telling(own) for state, own in self.evidence.items()}

    @cached_property
    def log_odds(self) -> Mapping[str, Mapping[int, float]]:
        """State -> turn -> the log of the odds of power against threat by its end."""
        return {state: log_odds(rows) for state, rows in self.by_turn.items()}

    @cached_property
    def moved_by(self) -> Mapping[str, tuple[OddsMove, ...]]:
        """State -> the turns that moved those odds most."""
        return {
            state: moves(self.moments, self.evidence[state], rows)
            for state, rows in self.log_odds.items()
        }

    @cached_property
    def diagnostic(self) -> Mapping[str, tuple[DiagnosticTurn, ...]]:
        """State -> the same, told in full."""
        told = {}
        for state, finding in self.findings.items():
            foil = finding.verdict if finding.verdict in BUILT_IN else ""
            rows = self.telling[state]
            told[state] = tuple(explained(self.moments, *row, foil) for row in rows)
        return told
