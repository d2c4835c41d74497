"""The debrief: what conduct shows of every state, blind, then the envelope beside it.

The blind part reads the public history alone.
"""

from collections.abc import Mapping

from game.debrief.analysis import Analysis
from game.debrief.counterfactual import other, under
from game.debrief.course import appeased
from game.debrief.player_part import Known, Pages, power_by_turn, scored
from game.debrief.player_story import great_events, in_short
from game.debrief.program_version import program_version
from game.debrief.report_types import (
    CampaignFacts,
    Exponent,
    PlayerReport,
    Report,
    StateReport,
)
from game.debrief.score_words import score_parts
from game.debrief.verdict_words import check_words, crucial_words
from game.history import History
from game.inference.fit_check import FitCheck
from game.scoring import Score, chosen_aim
from game.words.revision_words import revision_words
from game.words.verdict_sentences import gloss, verdict
from game.world.alignment_kinds import MEMORY

EXPONENTS = ("power", "proximity", "offense", "intentions")
NOT_FITTED = Exponent(None, None, None)


def debrief(
    history: History,
    envelope: Mapping[str, str] | None = None,
    *,
    pages: Pages | None = None,
    seen: Known | None = None,
    analysis: Analysis | None = None,
    score: Score | None = None,
) -> Report:
    """The debrief of a campaign.

    `envelope` (state -> doctrine) is set beside the findings where it may be opened; without it
    the debrief is blind. `pages` is the player's notebook, `seen` what the player could have known
    of its rivals by turn. `score` is what the player's campaign came to.
    """
    made = analysis or Analysis(history)
    start = history.start
    return Report(
        states={state: _state(made, state, envelope or {}) for state in made.findings},
        player=history.setup.player,
        campaign=_campaign(history),
        names={state.id: start.atlas.name(state.id) for state in start.states},
        course=made.course,
        you=_you(made, pages, seen, envelope, score),
        reruns=(),
        opened=envelope is not None and bool(made.findings),
    )


def _state(made: Analysis, state: str, envelope: Mapping[str, str]) -> StateReport:
    finding, counts = made.findings[state], made.counts[state]
    start, now = made.history.start.state(state), made.history.world.state(state)
    name = made.history.start.atlas.name(state)
    instead = other(finding.verdict)
    return StateReport(
        posterior=_shares(finding.posterior),
        verdict=finding.verdict,
        exponents=exponents_of(made, state),
        decisions=finding.decisions,
        diagnostic=made.diagnostic[state],
        balanced={lens: row["balanced"] for lens, row in counts.items()},
        bandwagoned={lens: row["bandwagoned"] for lens, row in counts.items()},
        doctrine=envelope.get(state),
        name=name,
        great=start.great,
        alive=now.alive,
        said=verdict(name, finding.verdict, max(finding.posterior.values())),
        gloss=gloss(finding.verdict),
        appeased=appeased(made.evidence[state]),
        aligned={lens: row["aligned"] for lens, row in counts.items()},
        lens_posterior=_shares(finding.lens),
        lens_verdict=finding.lens_verdict,
        by_turn={turn: _shares(row) for turn, row in made.by_turn[state].items()},
        otherwise=tuple(under(made.moments, one, instead) for one, _, _ in made.telling[state]),
        ledger=("W14",),
        crucial=made.crucial[state],
        crucial_said=crucial_words(made.crucial[state]),
        check=finding.check,
        check_said="" if finding.check is None else _checked(made, finding.check),
        log_odds=made.log_odds[state],
        moved_by=made.moved_by[state],
    )


def _checked(made: Analysis, check: FitCheck) -> str:
    """A check of fit in a sentence."""
    return check_words(check, made.history.start.atlas.name(check.against))


def exponents_of(made: Analysis, state: str) -> dict[str, Exponent]:
    """The exponents of a state's lens, to three decimals; `NOT_FITTED` where they were not."""
    fit = made.fits.get(state)
    if fit is None:
        return dict.fromkeys(EXPONENTS, NOT_FITTED)
    return {
        name: Exponent(
            _rounded(fit.exponents[name].estimate),
            _rounded(fit.exponents[name].low),
            _rounded(fit.exponents[name].high),
        )
        for name in EXPONENTS
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _shares(posterior: Mapping[str, float]) -> dict[str, float]:
    return {name: round(share, 4) for name, share in posterior.items()}


def _campaign(history: History) -> CampaignFacts:
    setup, atlas = history.setup, history.start.atlas
    played = len(history.turns)
    me = setup.player
    return CampaignFacts(
        map=atlas.map_id,
        title=atlas.title,
        seed=setup.seed,
        turns=setup.turns,
        played=played,
        over=history.over,
        first=atlas.date(1),
        last=atlas.date(max(1, played)),
        step=atlas.step,
        state=atlas.name(me) if me else None,
        difficulty=setup.difficulty,
        teaching=setup.teaching,
        memory=MEMORY,
        engine_revision=setup.engine_revision,
        note=revision_words(history),
        digest=history.digest,
        version=program_version(),
    )


def _you(
    made: Analysis,
    pages: Pages | None,
    seen: Known | None,
    envelope: Mapping[str, str] | None,
    score: Score | None,
) -> PlayerReport | None:
    """The player's own part; None where nobody plays."""
    me = made.history.setup.player
    if me is None or me not in made.findings:
        return None
    archives = {state: power_by_turn(rows) for state, rows in made.by_turn.items()}
    noted = None
    if pages is not None:
        noted = scored(made.history, pages, archives, seen, envelope)
    return PlayerReport(
        me,
        imputed=True,
        notebook=noted,
        in_short=in_short(made.history, me, made.course.power[me]),
        events=great_events(made.history, me),
        score=None if score is None else round(score.total, 1),
        score_parts=() if score is None else tuple(score_parts(score)),
        aim=chosen_aim(made.history, me).title,
    )
