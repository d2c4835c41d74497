"""The debrief as a value: what conduct shows of every state, blind, then the envelope beside it.

The blind part reads the public history alone.
"""

from collections.abc import Mapping
from typing import Any

from game.debrief.diagnosis import explained, telling
from game.debrief.moments import Moments
from game.history import History
from game.inference.counts import alignments
from game.inference.evidence import Evidence, gather
from game.inference.posterior import Finding, findings

EXPONENTS = ("power", "proximity", "offense", "intentions")


def debrief(history: History, envelope: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The debrief in the form of `debrief --format json` (DESIGN section 6).

    `envelope` (state -> doctrine) is set beside the findings where it may be opened; without it
    the debrief is blind and has no key `doctrine`.
    """
    evidence = list(gather(history))
    found = findings(evidence)
    counts = alignments(evidence)
    moments = Moments(history)
    states = {}
    for state in history.start.states:
        finding = found.get(state.id)
        if finding is None:
            continue
        own = [one for one in evidence if one.state == state.id]
        entry = _entry(moments, finding, own, counts[state.id])
        if envelope is not None:
            entry["doctrine"] = envelope.get(state.id)
        states[state.id] = entry
    return {"states": states, "player": history.setup.player}


def _entry(
    moments: Moments,
    finding: Finding,
    own: list[Evidence],
    counts: Mapping[str, Mapping[str, int]],
) -> dict[str, Any]:
    foil = finding.verdict if finding.verdict in finding.posterior else ""
    return {
        "posterior": {name: round(share, 4) for name, share in finding.posterior.items()},
        "verdict": finding.verdict,
        "exponents": {name: {"estimate": None, "low": None, "high": None} for name in EXPONENTS},
        "decisions": finding.decisions,
        "diagnostic": [explained(moments, *row, foil) for row in telling(own)],
        "balanced": {lens: row["balanced"] for lens, row in counts.items()},
        "bandwagoned": {lens: row["bandwagoned"] for lens, row in counts.items()},
    }
