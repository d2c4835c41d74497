"""The debrief as plain text."""

from collections.abc import Mapping
from typing import Any

from game.words import percent
from game.words.doctrine import compared, gloss, verdict
from game.world.atlas import Atlas


def text(report: Mapping[str, Any], atlas: Atlas) -> str:
    """A debrief in words: the verdicts first, each with its diagnostic turns.

    How it was inferred stands at the end; a blind report opens no envelope.
    """
    lines = [f"Debrief: {atlas.title}", ""]
    for state, entry in report["states"].items():
        lines += _state(state, entry, atlas, player=state == report["player"])
    lines += [
        "How this was inferred: from conduct alone. Every recorded choice is set against what",
        "each doctrine would have made of the same public facts; noise, side weights and",
        "ambition are integrated over. A verdict needs a posterior of 80%. It says what conduct",
        "resembled, never why a state did what it did (Dar, ul Haq & Khan 2017, p. 49).",
    ]
    return "\n".join(lines) + "\n"


def _state(state: str, entry: Mapping[str, Any], atlas: Atlas, *, player: bool) -> list[str]:
    posterior: Mapping[str, float] = entry["posterior"]
    best = max(posterior, key=lambda name: posterior[name])
    lines = [verdict(atlas.name(state), entry["verdict"], posterior[best])]
    if player:
        lines.append("  (You. What you believed of others is imputed from public events.)")
    lines.append(f"  {gloss(entry['verdict'])}")
    shares = ", ".join(
        f"{name} {percent(share)}" for name, share in posterior.items() if share >= 0.005
    )
    lines.append(f"  {entry['decisions']} decisions: {shares}.")
    balanced, joined = entry["balanced"], entry["bandwagoned"]
    lines.append(
        f"  Bound itself against whom it had most to fear {balanced['BOP']} times by power and "
        f"{balanced['BOT']} by threat; with it {joined['BOP']} and {joined['BOT']}."
    )
    lines += [f"  - {turn['text']}" for turn in entry["diagnostic"]]
    if entry.get("doctrine"):
        lines.append(f"  {compared(atlas.name(state), entry['verdict'], entry['doctrine'])}")
    return [*lines, ""]
