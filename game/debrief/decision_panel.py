"""Every decision of a campaign as a row of figures, and the codebook: for R, Stata or pandas."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from game.debrief.analysis import Analysis
from game.debrief.citation import foot
from game.debrief.deeds import done_by, given
from game.debrief.explanation import concerns
from game.debrief.report_types import Report
from game.inference.evidence import Evidence
from game.inference.posterior import chances_of
from game.world.clean_text import clean_text
from game.world.orders import Order

FORMULA = ("=", "+", "-", "@")
"""A text that begins with one of these is a formula to a spreadsheet: it gets an apostrophe."""
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of the panel."""

    name: str
    kind: str
    """`text`, `integer`, `binary` (0 or 1), `share` (0 to 1) or `real`."""
    meaning: str


VARIABLES = (
    Variable("campaign", "text", "first 16 digits of the digest: which campaign it is"),
    Variable("map", "text", "id of the map"),
    Variable("seed", "integer", "seed of all chance"),
    Variable("revision", "integer", "revision of the rules under which it was begun"),
    Variable("turn", "integer", "turn of the decision, from 1"),
    Variable("date", "text", "the same in the map's calendar"),
    Variable("state", "text", "id of the state that decided"),
    Variable("name", "text", "its name"),
    Variable("player", "binary", "whether somebody played it"),
    Variable("great", "binary", "whether it was a great power at the start"),
    Variable("envelope", "text", "the doctrine it followed; empty for the player and if blind"),
    Variable("family", "text", "kind of decision: alignment, demand, war, aid, answers, ..."),
    Variable("asked", "text", "kind of question that it answers; empty for an order"),
    Variable("acted", "binary", "whether it did anything but let it rest or stay out"),
    Variable("options", "integer", "how many options were open"),
    Variable("partner", "text", "id of the state with which the chosen option is"),
    Variable("adversary", "text", "id of the state against which it is"),
    Variable("feared_power", "text", "id of whom balance of power names as most to be feared"),
    Variable("feared_threat", "text", "the same for balance of threat"),
    Variable("readings_differ", "binary", "whether these two are different states"),
    Variable("chance_power", "share", "how likely balance of power makes the choice"),
    Variable("chance_threat", "share", "how likely balance of threat makes the choice"),
    Variable("capability", "share", "the state's share of the world's capability at the turn"),
    Variable("insecurity_power", "real", "what it faces as balance of power has it; 1: the mean "
             "insecurity at the start"),
    Variable("insecurity_threat", "real", "the same as balance of threat has it"),
    Variable("posterior_power", "share", "belief in balance of power after the turn"),
    Variable("posterior_threat", "share", "belief in balance of threat after the turn"),
    Variable("deed", "text", "the decision in words, and what came of it"),
)  # fmt: skip
"""The columns, in order. An empty cell is a missing value."""


def panel(sources: Iterable[tuple[Analysis, Report]]) -> str:
    """The rows of one or more campaigns as comma-separated values with a heading."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow([one.name for one in VARIABLES])
    for analysis, report in sources:
        for own in analysis.evidence.values():
            for row in _rows(analysis, report, own):
                writer.writerow([_cell(row[one.name], one.kind) for one in VARIABLES])
    return made.getvalue()


def codebook(reports: Sequence[Report]) -> str:
    """What each column means, as comma-separated values; and from which campaigns they are."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(["variable", "type", "meaning"])
    writer.writerows([one.name, one.kind, one.meaning] for one in VARIABLES)
    for report in reports:
        writer.writerow(["source", report.campaign.digest[:16], clean_text(foot(report))])
    return made.getvalue()


def _rows(
    analysis: Analysis, report: Report, own: Sequence[Evidence]
) -> Iterable[Mapping[str, Cell]]:
    """The rows of one state's decisions, in order."""
    power, threat = (chances_of(own, name).tolist() for name in ("BOP", "BOT"))
    for one, by_power, by_threat in zip(own, power, threat, strict=True):
        yield {
            **_campaign(report),
            **_decision(analysis, one),
            **_state(report, one),
            "chance_power": by_power,
            "chance_threat": by_threat,
        }


def _campaign(report: Report) -> dict[str, Cell]:
    campaign = report.campaign
    return {
        "campaign": campaign.digest[:16],
        "map": campaign.map,
        "seed": campaign.seed,
        "revision": campaign.engine_revision,
    }


def _decision(analysis: Analysis, one: Evidence) -> dict[str, Cell]:
    moments = analysis.moments
    sight = moments.sight(one.turn, one.state, one.question)
    done = given(moments, one)
    if isinstance(done, Order):
        partner, adversary = done.concerns(sight.world, one.state)
    else:
        partner, adversary = concerns(one.chosen, one, sight)
    power, threat = one.feared["BOP"], one.feared["BOT"]
    options = len(one.terms["BOT"]) if one.allowed is None else int(one.allowed.sum())
    return {
        "turn": one.turn,
        "date": sight.world.atlas.date(one.turn),
        "state": one.state,
        "family": one.family,
        "asked": "" if one.question is None else one.question.kind,
        "acted": int(bool(one.taken)),
        "options": options,
        "partner": partner,
        "adversary": adversary,
        "feared_power": power,
        "feared_threat": threat,
        "readings_differ": int(bool(power and threat and power != threat)),
        "deed": done_by(moments, one),
    }


def _state(report: Report, one: Evidence) -> dict[str, Cell]:
    entry, course, at = report.states[one.state], report.course, one.turn - 1
    believed = entry.by_turn.get(one.turn, {})
    return {
        "name": entry.name,
        "player": int(one.state == report.player),
        "great": int(entry.great),
        "envelope": entry.doctrine or "",
        "capability": course.power[one.state][at],
        "insecurity_power": course.insecurity["BOP"][one.state][at],
        "insecurity_threat": course.insecurity["BOT"][one.state][at],
        "posterior_power": believed.get("BOP"),
        "posterior_threat": believed.get("BOT"),
    }


def _cell(value: Cell, kind: str) -> str:
    if value is None:
        return ""
    if kind in ("share", "real"):
        return f"{float(value):.4f}"
    text = clean_text(str(value))
    return f"'{text}" if kind == "text" and text.startswith(FORMULA) else text
