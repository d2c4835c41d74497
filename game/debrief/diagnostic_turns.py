"""Diagnostic turns: the decisions on which the two theories disagreed most, in plain words."""

import math
from collections.abc import Sequence

from game.debrief.decision_replay import DecisionReplay
from game.debrief.deeds import done_by
from game.debrief.explanation import Explanation, explain
from game.debrief.report_types import DiagnosticTurn, DoctrineReading, Likely
from game.inference.evidence import Evidence
from game.inference.posterior import chances_of
from game.words.deed_clauses import done_instead, infinitive
from game.words.doctrine_readings import because, claims, reading
from game.words.grammar import Speech, sentence
from game.words.verdict_sentences import diagnostic, nearer
from game.world.model import World
from game.world.orders import Terms

THEORIES = ("BOP", "BOT")
MOST = 3
"""Turns that are told of a state."""
TELLING = math.log(1.5)
"""How much likelier a choice must be under one theory to tell them apart, as a log."""


def telling(decisions: Sequence[Evidence], most: int = MOST) -> list[tuple[Evidence, float, float]]:
    """The decisions that tell the theories apart best: (decision, p if BOP, p if BOT).

    They are ranked by how much likelier one theory makes them, times how likely that is: what
    neither would have done tells a reader little. At most one a turn, in order of time. Only where
    the two readings point at different states do they count.
    """
    decisions = [one for one in decisions if one.feared["BOP"] != one.feared["BOT"]]
    if not decisions:
        return []
    power, threat = (chances_of(decisions, name).tolist() for name in THEORIES)
    rows = list(zip(decisions, power, threat, strict=True))
    gaps = {id(one): abs(math.log(by_power / by_threat)) for one, by_power, by_threat in rows}
    ranked = sorted(rows, key=lambda row: (-gaps[id(row[0])] * max(row[1:]), row[0].turn))
    chosen: list[tuple[Evidence, float, float]] = []
    for row in ranked:
        alike = [one for one, _, _ in chosen if _kind(one) == _kind(row[0])]
        taken = any(one.turn == row[0].turn for one, _, _ in chosen)
        if gaps[id(row[0])] > TELLING and not taken and len(alike) < most - 1:
            chosen.append(row)
        if len(chosen) == most:
            break
    return sorted(chosen, key=lambda row: row[0].turn)


def _kind(one: Evidence) -> tuple[str, bool]:
    """What a decision is like: told once too often, it tires."""
    return one.family, one.taken == 0


def explained(
    moments: DecisionReplay, one: Evidence, by_power: float, by_threat: float, foil: str = ""
) -> DiagnosticTurn:
    """A diagnostic turn in full: text, both readings with reasons and claims, what came instead.

    With `foil`, another doctrine that the conduct resembled, its reading stands beside the two.
    """
    world = moments.world(one.turn, one.question)
    asked = (*THEORIES, foil) if foil and foil not in THEORIES else THEORIES
    readings = explain(moments, one, asked)
    date = world.atlas.date(one.turn)
    done = done_by(moments, one)
    chances = {"BOP": by_power, "BOT": by_threat}
    likeliest = max(readings, key=lambda made: chances.get(made.doctrine, made.chance))
    told = {
        made.doctrine: _told(one, made, world, chances.get(made.doctrine, made.chance), likeliest)
        for made in readings
    }
    said = [row.sentence for row in told.values()]
    return DiagnosticTurn(
        turn=one.turn,
        text=diagnostic(date, sentence(done), by_power, by_threat, said),
        probability={"BOP": round(by_power, 4), "BOT": round(by_threat, 4)},
        date=date,
        family=one.family,
        deed=sentence(done),
        resembled=nearer(by_power, by_threat),
        readings=told,
        ledger=tuple(dict.fromkeys(id for row in told.values() for id in row.ledger)),
    )


def left_undone(one: Evidence, made: Explanation, world: World) -> str:
    """The option that a reading speaks of, in the infinitive; empty where the deed names it."""
    if one.taken or not (one.question is None or isinstance(made.spoken, Terms)):
        return ""
    return infinitive(done_instead(one.family, made.spoken, one.state, one.question, world))


def _told(
    one: Evidence, made: Explanation, world: World, chance: float, likeliest: Explanation
) -> DoctrineReading:
    name = Speech(world.atlas).plain
    instead = done_instead(one.family, made.instead, one.state, one.question, world)
    rather = made.instead_chance > made.chance and made is not likeliest
    told_of = bool(one.taken) or not made.likely
    return DoctrineReading(
        probability=round(chance, 4),
        sentence=reading(
            made.doctrine,
            one.family,
            chance,
            made.cause,
            name,
            instead if rather and told_of else "",
            acted=bool(one.taken),
            left=left_undone(one, made, world),
        ),
        reason=because(made.doctrine, one.family, made.cause, name, acted=bool(one.taken)),
        instead=Likely(instead, round(made.instead_chance, 4)),
        ledger=claims(made.doctrine, made.cause),
    )
