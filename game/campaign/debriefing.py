"""What a campaign came to, and what it shows of every state's doctrine: `campaign.debriefing`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game import play, scoring
from game.campaign.checks import check_doctrines, check_states
from game.campaign.refused import Refused
from game.campaign.saving import to_saved
from game.campaign.worked_out import WorkedOut
from game.scoring import AimStatus, Score
from game.theory.doctrine import BUILT_IN
from game.world.capability import capability
from game.world.events import FACTS
from game.world.rules import BP

if TYPE_CHECKING:
    from game.campaign import Campaign
    from game.debrief.analysis import Analysis
    from game.debrief.report_types import Report
    from game.debrief.rerun_types import Rerun
    from game.play import Position
    from game.theory.choice_rule import Record

Progress = Callable[[int, int], None]
"""Called with (done, total); it may raise `debrief.again.Stopped` to end the work."""


class Debriefing:
    """The debrief of a campaign, its score, and its turns run again."""

    def __init__(self, campaign: Campaign, worked_out: WorkedOut) -> None:
        self._campaign = campaign
        self._worked_out = worked_out

    @property
    def _position(self) -> Position:
        """The position, with the envelope in it: its doctrines are told only where it is open."""
        return self._campaign._position

    @property
    def analysis(self) -> Analysis:
        """The inquiry into the conduct of all states so far: blind, and worked out once a turn."""
        from game.debrief.analysis import Analysis

        history, analysis = self._campaign.history, self._worked_out.analysis
        if analysis is None or analysis.history is not history:
            analysis = self._worked_out.analysis = Analysis(history)
        return analysis

    def only(self, states: Sequence[str]) -> None:
        """Look into the conduct of these states alone, in all that follows.

        Raises Refused for a state that is not on the map.
        """
        from game.debrief.analysis import Analysis

        check_states(self._campaign.setup.map, states)
        self._worked_out.analysis = Analysis(self._campaign.history, tuple(states))

    def report(self, blind: bool = False, *, quick: bool = False) -> Report:
        """What conduct shows of every state's doctrine.

        Unless `blind`, the envelopes are opened beside it. A `quick` one leaves out what the
        player itself could have known. Raises Refused while the envelopes are sealed.
        """
        from game.debrief.report import debrief

        campaign = self._campaign
        envelope = None if blind else self.doctrines()
        if campaign.player is None or blind:
            return debrief(campaign.history, envelope, analysis=self.analysis)
        seen = None
        looked_into = self.analysis.states
        if not quick and (looked_into is None or campaign.player in looked_into):
            seen = self._could_see()
        return debrief(
            campaign.history,
            envelope,
            pages=campaign.notebook.pages,
            seen=seen,
            analysis=self.analysis,
            score=self.score(),
        )

    def fit_exponents(
        self, states: Sequence[str] | None = None, progress: Progress | None = None
    ) -> None:
        """Fit the exponents of some states' lenses (default: all), for the reports to come.

        They share the work; nothing is kept of it if `progress` ends it. What was fitted before is
        not fitted again.
        """
        analysis = self.analysis
        analysis.fit(list(analysis.findings) if states is None else states, progress)

    def rerun(
        self, state: str, doctrine: str, *, times: int = 5, progress: Progress | None = None
    ) -> Rerun:
        """The played turns run again with a state's doctrine swapped.

        The dice are the same; from the second run on the noise of choices is drawn anew, and every
        run has a twin without the swap. The player's seat keeps its recorded orders while they are
        legal, then follows what its conduct resembled. Raises Refused while the envelopes are
        sealed, and for an unknown state or doctrine.
        """
        from game.debrief.rerun import rerun

        campaign = self._campaign
        self.doctrines()
        check_doctrines(campaign.setup.map, {state: doctrine})
        return rerun(
            campaign.history,
            self._position.envelope,
            state,
            doctrine,
            times=times,
            inferred=self._resembled,
            on_progress=progress,
        )

    @property
    def _resembled(self) -> str:
        """The doctrine that the player's conduct resembled most; BOT where it shows nothing."""
        finding = self.analysis.findings.get(self._campaign.player or "")
        if finding is None:
            return "BOT"
        doctrines = [name for name in finding.posterior if name in BUILT_IN]
        return max(doctrines, key=lambda name: finding.posterior[name])

    def write(self, path: str | Path, report: Report, form: str, *, over: bool = False) -> None:
        """Write a report in a form that `content` takes, or nothing.

        The folder is made where it is not there. A file that is there already is written over
        only with `over`, and stays as `.bak`. Raises `file_problems.CannotWrite` in one
        sentence, ValueError for another form.
        """
        from game.files.exports import write_whole

        write_whole(path, self.content(report, form), make_folder=True, over=over)

    def content(self, report: Report, form: str) -> bytes:
        """A report as `md`, `html`, `json`, `csv`, `text` or a packet (`zip`).

        Raises ValueError for another form.
        """
        from game.debrief import output_formats

        if form == "zip":
            save = self.save_bytes() if report.opened else None
            return output_formats.packet(report, save, self.analysis)
        return output_formats.written(report, form, self.analysis).encode()

    def save_bytes(self) -> bytes:
        """The campaign as the bytes of a save, to hand on."""
        from game.saves import storage, to_tables

        return storage.to_bytes(to_tables.to_tables(to_saved(self._campaign._parts())))

    @property
    def sealed(self) -> bool:
        """Whether the envelopes are sealed: somebody plays, it is not over, nobody is taught."""
        campaign = self._campaign
        return campaign.player is not None and not campaign.over and not campaign.setup.teaching

    def doctrines(self) -> dict[str, str]:
        """The doctrines of all states but the player's: the envelopes, opened.

        Raises Refused while they are sealed.
        """
        if self.sealed:
            raise Refused("The envelopes are sealed until the campaign is over.")
        seats = self._position.envelope.items()
        return {name: seat.doctrine for name, seat in seats if name != self._campaign.player}

    def decisions(self, turn: int) -> Mapping[str, Sequence[Record]]:
        """The AI states' decision records of a turn that is over: state -> records.

        They are computed again, which takes about as long as the decisions took. Raises Refused
        while somebody plays and it is not over (they would open the envelopes), ValueError for a
        turn that was not played.
        """
        campaign = self._campaign
        if campaign.player is not None and not campaign.over:
            raise Refused("Rivals' records are sealed until the campaign is over.")
        played = range(1, len(campaign.history.turns) + 1)
        states = list(campaign._decision_summaries()[turn - 1]) if turn in played else []
        return play.decided(self._position, turn, states)

    # what it came to

    @property
    def aim_status(self) -> AimStatus | None:
        """How the player's aim stands: each condition, and how much is reached."""
        player = self._campaign.player
        return None if player is None else scoring.aim_status(self._campaign.history, player)

    def score(self, state: str | None = None, *, insight: bool = True) -> Score:
        """A state's score so far; the player's without one.

        Without `insight` the notebook is left out, as where nobody keeps one.
        """
        campaign = self._campaign
        name = state or campaign.sight.me
        before = play.mean_insecurity(self._position, 0, name)
        after = play.mean_insecurity(self._position, -1, name)
        earned = None
        if insight and name == campaign.player and not campaign.setup.teaching:
            pages = campaign.notebook.pages
            earned = scoring.insight_share(pages, self._could_see(), self._truth())
        return scoring.score(campaign.history, name, before, after, earned)

    def most_insight(self) -> float | None:
        """The most points of insight that the notebook so far can be worth, whoever fears what.

        The envelopes stay sealed. None where insight is not scored.
        """
        from game.debrief.player_part import rivals

        campaign = self._campaign
        if campaign.player is None or campaign.setup.teaching:
            return None
        pages, whom = campaign.notebook.pages, rivals(campaign.history)
        share = scoring.best_insight_share(pages, self._could_see(), whom)
        return scoring.INSIGHT_POINTS * share if share is not None else 0.0

    def _could_see(self) -> dict[str, dict[int, float]]:
        """Rival -> turn -> the probability that it fears power, from what the player could see."""
        from game.debrief.player_part import rivals

        whom = rivals(self._campaign.history)
        estimates = self._campaign.adviser.doctrine_estimates(whom)
        return {state: one.by_turn for state, one in estimates.items()}

    def _truth(self) -> dict[str, str]:
        """The doctrines the notebook is scored against: those of the rivals that it is about."""
        from game.debrief.player_part import rivals

        sealed = {
            state: self._position.envelope[state].doctrine
            for state in rivals(self._campaign.history)
        }
        return {state: name for state, name in sealed.items() if name in ("BOP", "BOT")}

    def outcome(self) -> dict[str, Any]:
        """How the campaign stands, as `autoplay --json` prints it."""
        campaign = self._campaign
        history, player = campaign.history, campaign.player
        counts = dict.fromkeys(FACTS, 0)
        for _, happening in history.events():
            counts[happening.kind] += 1
        share = capability(history.world)
        return {
            "map": campaign.setup.map.id,
            "seed": campaign.setup.seed,
            "turns": len(history.turns),
            "digest": campaign.digest,
            "states": {
                state.id: {
                    "doctrine": None
                    if state.id == player
                    else self._position.envelope[state.id].doctrine,
                    "great": state.great,
                    "alive": state.alive,
                    "capability": int(share[index]) / BP,
                    "score": round(self.score(state.id).total, 1),
                }
                for index, state in enumerate(history.world.states)
            },
            "events": counts,
            "winner": scoring.winner(history) if player is None else None,
        }
