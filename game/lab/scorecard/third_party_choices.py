"""Decisions about others' quarrels: wars joined and pledges (W2, W4, T6, H9)."""

from collections.abc import Iterator
from dataclasses import dataclass

from game.lab.conduct import Conduct, Seen
from game.world.odds import war_odds
from game.world.questions import JoinQuestion, PledgeQuestion
from game.world.rules import BP


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """A side that could be joined."""

    leader: int
    foe: int
    """The leader of the other side."""
    chance: float
    """Its chance to win without the asked state, 0 to 1."""
    share: float
    """The capability of all its members, as a share of the world's."""
    likely: float
    """The probability that the asked state joins it."""


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """A decision about a quarrel of others, with its two sides."""

    seen: Seen
    sides: tuple[Side, Side]
    in_war: bool


def stands(conduct: Conduct) -> Iterator[Stand]:
    """Every decision between the two sides of a war or a crisis of others."""
    members: tuple[tuple[str, ...], tuple[str, ...]]
    for reply in conduct.replies:
        question = reply.question
        if isinstance(question, JoinQuestion):
            war = reply.world.war(question.war)
            if war is None or {"attackers", "defenders"} - set(question.options):
                continue
            members = war.attackers, war.defenders
            options = ("attackers", "defenders")
        elif isinstance(question, PledgeQuestion):
            if {question.by, question.of} - set(question.options):
                continue
            members = (question.by,), (question.of,)
            options = (question.by, question.of)
        else:
            continue
        by, of = conduct.index[question.by], conduct.index[question.of]
        win = war_odds(reply.world, *members) / BP
        c = reply.seen.sight.facts.c
        first, second = (sum(float(c[conduct.index[name]]) for name in side) for side in members)
        yield Stand(
            reply.seen,
            (
                Side(by, of, win, first, reply.chance_of(options[0])),
                Side(of, by, 1 - win, second, reply.chance_of(options[1])),
            ),
            isinstance(question, JoinQuestion),
        )


def fear_gap(seen: Seen, foe: int, friend: int) -> float:
    """How much more one state is feared than another, as a share of all fear."""
    faced = seen.view.faced[seen.me]
    total = float(faced.sum())
    return float(faced[foe] - faced[friend]) / total if total > 0 else 0.0
