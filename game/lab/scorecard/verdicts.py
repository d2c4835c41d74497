"""The three verdicts of a row, their correction for the number of rows, and their counts."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from scipy.stats import false_discovery_control

Verdict = Literal["supported", "contradicted", "undetermined"]
VERDICTS: tuple[Verdict, ...] = ("supported", "contradicted", "undetermined")
HOLDS: Mapping[Verdict | None, bool | None] = {
    "supported": True,
    "contradicted": False,
    "undetermined": None,
    None: None,
}
"""A verdict as the report's `holds`. None is the verdict of a row that was not run."""
LEVEL = 0.95
"""The confidence level of the intervals, 0 to 1."""
BY_CHANCE = (1 - LEVEL) / 2
"""How likely a row whose true figure is just at its bound is found supported, 0 to 1."""
FALSE_DISCOVERIES = 0.05
"""The share of verdicts that may be due to chance (Benjamini & Hochberg 1995), 0 to 1."""


def decide(entry: dict[str, Any], verdict: Verdict) -> None:
    """Set the verdict of a row of the report."""
    entry.update(verdict=verdict, holds=HOLDS[verdict])


def corrected(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with verdicts that may be due to chance among so many taken back.

    Two questions are asked of each row that no rule makes true: is it supported, is it
    contradicted. Their chances are adjusted together so that at most one verdict in twenty is due
    to chance (Benjamini & Hochberg 1995); a verdict whose adjusted chance is above that becomes
    undetermined. `p_adjusted` is the adjusted chance of the likelier of the two.
    """
    asked = [entry for entry in entries if entry["p_supported"] is not None]
    for entry in entries:
        entry["p_adjusted"] = None
    if not asked:
        return entries
    raw = [entry[name] for entry in asked for name in ("p_supported", "p_contradicted")]
    adjusted = false_discovery_control(raw).reshape(-1, 2)
    for entry, (right, wrong) in zip(asked, adjusted, strict=True):
        entry["p_adjusted"] = round(float(min(right, wrong)), 5)
        one = {"supported": right, "contradicted": wrong}.get(entry["verdict"], 0.0)
        if one > FALSE_DISCOVERIES:
            decide(entry, "undetermined")
            entry["warning"] = "Among so many rows its verdict may be due to chance."
    return entries


def tally(entries: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Kind -> verdict -> number of rows; kinds are not evidence of one sort and are never added.

    A kind without a row that was run is left out.
    """
    counts: dict[str, dict[str, int]] = {}
    for entry in entries:
        if entry["verdict"] is not None:
            own = counts.setdefault(entry["kind"], dict.fromkeys(VERDICTS, 0))
            own[entry["verdict"]] += 1
    return counts


def by_chance(entries: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """How many rows would be found supported by chance, and how many claim no effect at all.

    `supported`: at the most, if every row's true figure were just at its bound. `no_effect`: rows
    whose bounds hold 0, so that they are supported where nothing happens.
    """
    asked = [one for one in entries if one["p_supported"] is not None]
    empty = [
        one
        for one in asked
        if all(
            (part["at_least"] is None or part["at_least"] <= 0)
            and (part["at_most"] is None or part["at_most"] >= 0)
            for part in one["parts"]
            if part["verdict"] is not None
        )
    ]
    return {
        "rows": len(asked),
        "supported": round(len(asked) * BY_CHANCE, 2),
        "no_effect": len(empty),
    }


def in_words(entries: Iterable[Mapping[str, Any]]) -> str:
    """The counts in words, kind by kind: "identity: 6 of 6 supported; emergent: 3 of 5 ...".

    What is contradicted and undetermined is said where there is any.
    """
    said = []
    for kind, counts in tally(entries).items():
        others = [f"{counts[name]} {name}" for name in VERDICTS[1:] if counts[name]]
        rest = f" ({', '.join(others)})" if others else ""
        said.append(f"{kind}: {counts['supported']} of {sum(counts.values())} supported{rest}")
    return "; ".join(said)
