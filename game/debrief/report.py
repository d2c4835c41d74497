"""The debrief as a value: what conduct shows of every state, blind, then the envelope beside it.

The blind part comes from `inference` and reads the public history alone.
"""

from collections.abc import Mapping
from typing import Any

from game.history import History
from game.inference.counts import alignments
from game.inference.evidence import Evidence, gather
from game.inference.posterior import Finding, findings
from game.words.deeds import deed
from game.words.doctrine import diagnostic

EXPONENTS = ("power", "proximity", "offense", "intentions")


def debrief(history: History, envelope: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The debrief in the form of `debrief --format json` (DESIGN section 6).

    `envelope` (state -> doctrine) is set beside the findings where it may be opened; without it
    the debrief is blind and has no key `doctrine`.
    """
    evidence = list(gather(history))
    found = findings(evidence)
    counts = alignments(evidence)
    states = {}
    for state in history.start.states:
        finding = found.get(state.id)
        if finding is None:
            continue
        entry = _entry(history, finding, counts[state.id])
        if envelope is not None:
            entry["doctrine"] = envelope.get(state.id)
        states[state.id] = entry
    return {"states": states, "player": history.setup.player}


def _entry(
    history: History, finding: Finding, counts: Mapping[str, Mapping[str, int]]
) -> dict[str, Any]:
    return {
        "posterior": {name: round(share, 4) for name, share in finding.posterior.items()},
        "verdict": finding.verdict,
        "exponents": {name: {"estimate": None, "low": None, "high": None} for name in EXPONENTS},
        "decisions": finding.decisions,
        "diagnostic": [
            {
                "turn": one.turn,
                "text": _text(history, one, by_power, by_threat),
                "probability": {"BOP": round(by_power, 4), "BOT": round(by_threat, 4)},
            }
            for one, by_power, by_threat in finding.diagnostic
        ],
        "balanced": {lens: row["balanced"] for lens, row in counts.items()},
        "bandwagoned": {lens: row["bandwagoned"] for lens, row in counts.items()},
    }


def _text(history: History, one: Evidence, by_power: float, by_threat: float) -> str:
    """A diagnostic turn in a sentence: what was done, and how each doctrine would have fared."""
    world = history.turns[one.turn - 1].start
    done = deed(one.state, one.chosen, one.question, one.feared, world)
    return diagnostic(history.start.atlas.date(one.turn), done, by_power, by_threat)
