"""The debrief as a value: what conduct shows of every state, blind, then the envelope beside it.

The blind part reads the public history alone.
"""

from collections.abc import Mapping
from typing import Any

from game.debrief.analysis import Analysis
from game.debrief.counterfactual import other, under
from game.debrief.course import appeased
from game.debrief.player_part import Known, Pages, power_by_turn, scored
from game.history import History
from game.words.revision_words import revision_words
from game.words.verdict_sentences import gloss, verdict
from game.world.alignment_kinds import MEMORY

EXPONENTS = ("power", "proximity", "offense", "intentions")
NO_INTERVAL: Mapping[str, None] = {"estimate": None, "low": None, "high": None}


def debrief(
    history: History,
    envelope: Mapping[str, str] | None = None,
    *,
    pages: Pages | None = None,
    seen: Known | None = None,
    analysis: Analysis | None = None,
) -> dict[str, Any]:
    """The debrief in the form of `debrief --format json` (DESIGN section 6).

    `envelope` (state -> doctrine) is set beside the findings where it may be opened; without it
    the debrief is blind and has no key `doctrine`. `pages` is the player's notebook, `seen` what
    the player could have known of its rivals by turn. Shares and chances are of 1.
    """
    made = analysis or Analysis(history)
    states = {}
    for state in made.findings:
        states[state] = _entry(made, state)
        if envelope is not None:
            states[state]["doctrine"] = envelope.get(state)
        states[state] |= _more(made, state)
    return {
        "states": states,
        "player": history.setup.player,
        "campaign": _campaign(history),
        "names": {state.id: history.start.atlas.name(state.id) for state in history.start.states},
        "course": made.course,
        "you": _you(made, pages, seen, envelope),
        "reruns": [],
    }


def _entry(made: Analysis, state: str) -> dict[str, Any]:
    """The keys of the contract, in its order."""
    finding, counts = made.findings[state], made.counts[state]
    return {
        "posterior": _shares(finding.posterior),
        "verdict": finding.verdict,
        "exponents": exponents_of(made, state),
        "decisions": finding.decisions,
        "diagnostic": [dict(row) for row in made.diagnostic[state]],
        "balanced": {lens: row["balanced"] for lens, row in counts.items()},
        "bandwagoned": {lens: row["bandwagoned"] for lens, row in counts.items()},
    }


def exponents_of(made: Analysis, state: str) -> dict[str, dict[str, float | None]]:
    """The exponents of a state's lens; all None where they were not fitted."""
    fit = made.fits.get(state)
    if fit is None:
        return {name: dict(NO_INTERVAL) for name in EXPONENTS}
    return {
        name: {
            "estimate": _rounded(fit.exponents[name].estimate),
            "low": _rounded(fit.exponents[name].low),
            "high": _rounded(fit.exponents[name].high),
        }
        for name in EXPONENTS
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _more(made: Analysis, state: str) -> dict[str, Any]:
    """What the contract does not ask for."""
    finding, own = made.findings[state], made.evidence[state]
    start, now = made.history.start.state(state), made.history.world.state(state)
    best = max(finding.posterior.values())
    name = made.history.start.atlas.name(state)
    doctrine = other(finding.verdict)
    rows = [under(made.moments, one, doctrine) for one, _, _ in made.telling[state]]
    return {
        "name": name,
        "great": start.great,
        "alive": now.alive,
        "said": verdict(name, finding.verdict, best),
        "gloss": gloss(finding.verdict),
        "appeased": appeased(own),
        "aligned": {lens: row["aligned"] for lens, row in made.counts[state].items()},
        "lens_posterior": _shares(finding.lens),
        "lens_verdict": finding.lens_verdict,
        "by_turn": {str(turn): _shares(row) for turn, row in made.by_turn[state].items()},
        "otherwise": rows,
        "ledger": ["W14"],
    }


def _shares(posterior: Mapping[str, float]) -> dict[str, float]:
    return {name: round(share, 4) for name, share in posterior.items()}


def _campaign(history: History) -> dict[str, Any]:
    setup, atlas = history.setup, history.start.atlas
    played = len(history.turns)
    me = setup.player
    return {
        "map": atlas.map_id,
        "title": atlas.title,
        "seed": setup.seed,
        "turns": setup.turns,
        "played": played,
        "over": history.over,
        "first": atlas.date(1),
        "last": atlas.date(max(1, played)),
        "step": atlas.step,
        "state": atlas.name(me) if me else None,
        "difficulty": setup.difficulty,
        "teaching": setup.teaching,
        "memory": MEMORY,
        "engine_revision": setup.engine_revision,
        "note": revision_words(history),
    }


def _you(
    made: Analysis,
    pages: Pages | None,
    seen: Known | None,
    envelope: Mapping[str, str] | None,
) -> dict[str, Any] | None:
    """The player's own part; None where nobody plays."""
    me = made.history.setup.player
    if me is None or me not in made.findings:
        return None
    archives = {state: power_by_turn(rows) for state, rows in made.by_turn.items()}
    noted = None
    if pages is not None:
        noted = scored(made.history, pages, archives, seen, envelope)
    return {"state": me, "imputed": True, "notebook": noted}
