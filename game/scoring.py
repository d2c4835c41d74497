"""Aims, score and winner of a campaign (RULES, Aims).

All is computed from the history, except insecurity, which the caller passes: it depends on beliefs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from game.history import History
from game.world.atlas import Aim, Atlas
from game.world.capability import capability
from game.world.model import World
from game.world.rules import BP

AIM_POINTS, SECURITY_POINTS, INSIGHT_POINTS = 50.0, 25.0, 25.0
"""The most points for the aim, for security and for insight."""
BROKEN_WORD = 5.0
"""The points that each broken treaty costs."""
INSIGHT_FROM = 5
"""The first turn in which the notebook counts."""
WORST_BRIER = 0.25
"""The Brier score of an empty notebook: every probability is 0.5."""
KEPT_BY_LUCK = 0.25
"""The factor on an aim of keeping ("hold", "contain", "peace") if one's side was never a match for
every other side (see `matched`)."""
KEPT_IN_FULL = 0.6
"""The share of the later turns with such a side from which that factor is 1."""


@dataclass(frozen=True, slots=True)
class Score:
    """A state's score, 0 to 100, and its parts. `insight` is None if it is not scored."""

    total: float
    aim: float
    """Share of the aim reached, 0 to 1."""
    security: float
    """Points, 0 to 25."""
    insight: float | None
    """Points, 0 to 25."""
    broken: int
    """How many treaties it broke."""


def aims_of(atlas: Atlas, state: str) -> tuple[Aim, ...]:
    """The aims that a state can choose: those of the map, or else three that fit any state."""
    given = atlas.aims.get(state, ())
    if given:
        return given
    return (
        Aim("hold", "Not one village", "hold", "", 0),
        Aim("grow", "A larger place", "grow", 0.02, 0),
        Aim("peace", "A generation of peace", "peace", "", 10),
    )


def chosen_aim(history: History, state: str) -> Aim:
    """The aim that a state chose; the first one if it chose none."""
    aims = aims_of(history.start.atlas, state)
    wanted = history.setup.aims.get(state, "")
    return next((aim for aim in aims if aim.id == wanted), aims[0])


def aim_reached(history: History, state: str) -> float:
    """How much of its aim a state has reached, 0 to 1; 0 for a state that is eliminated."""
    aim = chosen_aim(history, state)
    worlds = [history.start, *(record.end for record in history.turns)]
    now = worlds[-1]
    if not now.state(state).alive:
        return 0.0
    target = float(aim.target) if isinstance(aim.target, (int, float)) else 0.0
    match aim.kind:
        case "break_ring":
            calm = [
                hostile_bloc(world, state) <= target and matched(world, state)
                for world in worlds[1:]
            ]
            return min(1.0, _longest(calm) / max(1, aim.turns))
        case "grow":
            gained = _share(now, state) - _share(history.start, state)
            return min(1.0, max(0.0, gained / target)) if target > 0 else 1.0
        case "broker":
            return min(1.0, _brokered(history, state) / max(1.0, target))
        case "hold":
            return _held(history, state) * _own_doing(worlds[1:], state)
        case "contain":
            other = str(aim.target)
            before, after = _share(history.start, other), _share(now, other)
            kept = min(1.0, max(0.0, 1 - (after - before) / max(0.25 * before, 1e-6)))
            return kept * _own_doing(worlds[1:], state)
        case "take":
            return 1.0 if now.province(str(aim.target)).owner == state else 0.0
        case "league":
            strong = [own_side(world, state) >= target for world in worlds[1:]]
            return min(1.0, _longest(strong) / max(1, aim.turns))
        case "peace":
            quiet = [not world.wars_of(state) for world in worlds[1:]]
            return min(1.0, _longest(quiet) / max(1, aim.turns)) * _own_doing(worlds[1:], state)
    return 0.0


def _own_doing(worlds: Sequence[World], state: str) -> float:
    """The factor on an aim of keeping, `KEPT_BY_LUCK` to 1: how much was the state's own work.

    It rises with the share of turns in the later half of the campaign in which the state's side was
    a match for any other side. So a player that only passes gets little even if nobody attacks it.
    Only the later half counts, because the first treaties come from the map.
    """
    later = worlds[len(worlds) // 2 :]
    backed = sum(matched(world, state) for world in later) / max(1, len(later))
    return KEPT_BY_LUCK + (1 - KEPT_BY_LUCK) * min(1.0, backed / KEPT_IN_FULL)


def matched(world: World, state: str) -> bool:
    """Whether a state has a pact with a great power, and its side is as large as any other side.

    The pact is required because size alone is no achievement.
    """
    befriended = any(world.state(other).great for other in world.bound_to(state))
    return befriended and own_side(world, state) >= strongest_other(world, state)


def hostile_bloc(world: World, state: str) -> float:
    """The share of the world's capability of the strongest bloc against a state, 0 to 1.

    A bloc is a leader and the states bound to fight beside it. It is against a state if its leader
    is a rival, is at war with it, or has a pact against it. The state's own partners never count.
    """
    friends = {state, *world.bound_to(state)}
    share = capability(world)
    index = world.atlas.state_index
    largest = 0
    for other in world.playing():
        if other in friends:
            continue
        named = any(treaty.against == state for treaty in world.treaties_of(other))
        if (state, other) in world.atlas.rivalries or named or world.at_war(state, other):
            bloc = {other, *world.bound_to(other)} - friends
            largest = max(largest, sum(int(share[index[member]]) for member in bloc))
    return largest / BP


def own_side(world: World, state: str) -> float:
    """The capability of a state together with what its partners add, as a share of the world's.

    A partner adds its share x `ally_counts` x its believed reliability, divided by
    1 + `dilution` x (the larger of the two states' numbers of partners - 1): promises are worth
    less the more of them there are (RULES, Alliances).
    """
    return _side(world, state, frozenset())


def strongest_other(world: World, state: str) -> float:
    """As `own_side`, for the strongest state that is not bound to `state`.

    States that are bound to `state` do not count on the other side.
    """
    mine = frozenset({state, *world.bound_to(state)})
    return max(
        (_side(world, other, mine) for other in world.playing() if other not in mine), default=0.0
    )


def _side(world: World, leader: str, without: frozenset[str]) -> float:
    rules = world.atlas.rules
    total = _share(world, leader)
    for partner in sorted(world.bound_to(leader) - without):
        others = max(len(world.bound_to(partner)), len(world.bound_to(leader))) - 1
        word = rules.ally_counts * world.state(partner).reliability / BP**2
        total += _share(world, partner) * word / (1 + rules.dilution * others / BP)
    return total


def _share(world: World, state: str) -> float:
    return int(capability(world)[world.atlas.state_index[state]]) / BP


def _longest(flags: Sequence[bool]) -> int:
    best = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        best = max(best, run)
    return best


def _brokered(history: History, state: str) -> int:
    """How many crises in which a state had pledged support ended without war."""
    pledged: set[int] = set()
    ended: set[int] = set()
    for _, happening in history.events():
        if happening.kind == "pledge_made" and happening.actor == state:
            pledged.add(happening.number("crisis"))
        elif happening.kind in ("demand_yielded", "demand_withdrawn"):
            ended.add(happening.number("crisis"))
    return len(pledged & ended)


def _held(history: History, state: str) -> float:
    """1 if no province was ever lost, 0.5 if all were won back, else 0."""
    before = {province.id for province in history.start.owned(state)}
    lost_ever = any(
        not before <= {province.id for province in record.end.owned(state)}
        for record in history.turns
    )
    if not lost_ever:
        return 1.0
    return 0.5 if before <= {province.id for province in history.world.owned(state)} else 0.0


def broken_obligations(history: History, state: str) -> int:
    """How many treaties a state broke: by leaving without notice, or by refusing a call.

    A treaty counts once, however many parties it has and however it was broken.
    """
    return len(
        {
            happening.number("treaty")
            for _, happening in history.events()
            if happening.actor == state
            and (
                happening.kind == "treaty_broken"
                or (happening.kind == "call_refused" and happening.number("treaty") >= 0)
            )
        }
    )


def brier(notebook: Mapping[int, Mapping[str, float]], truth: Mapping[str, str]) -> float | None:
    """The mean Brier score of a notebook, 0 (best) to 1, from turn `INSIGHT_FROM` on.

    `notebook` is turn -> {state: probability that it follows BOP}; a missing entry counts as 0.5.
    `truth` is state -> BOP or BOT. Returns None if there is nothing to score.
    """
    errors = [
        (page.get(state, 0.5) - (1.0 if doctrine == "BOP" else 0.0)) ** 2
        for turn, page in notebook.items()
        if turn >= INSIGHT_FROM
        for state, doctrine in truth.items()
    ]
    return sum(errors) / len(errors) if errors else None


def score(
    history: History, state: str, before: float, after: float, brier_score: float | None = None
) -> Score:
    """A state's score. `before` and `after` are its insecurity at the start and at the end.

    Security gives 25 x before / (before + after) points, so 12.5 for no change. Without a Brier
    score, the points of aim and security are scaled to 100.
    """
    reached = aim_reached(history, state)
    broken = broken_obligations(history, state)
    total = before + after
    security = SECURITY_POINTS * (before / total if total > 0 else 0.5)
    insight = None
    points = AIM_POINTS * reached + security
    if brier_score is None:
        points *= 100.0 / (AIM_POINTS + SECURITY_POINTS)
    else:
        insight = INSIGHT_POINTS * max(0.0, 1 - brier_score / WORST_BRIER)
        points += insight
    points -= BROKEN_WORD * broken
    if not history.world.state(state).alive:
        points = 0.0
    return Score(min(100.0, max(0.0, points)), reached, security, insight, broken)


def winner(history: History) -> str | None:
    """In a campaign of AI states: who reached the highest share of its own aim; None for a tie."""
    reached = sorted(
        ((aim_reached(history, state), state) for state in history.world.playing()), reverse=True
    )
    if not reached or reached[0][0] <= 0:
        return None
    if len(reached) > 1 and reached[1][0] == reached[0][0]:
        return None
    return reached[0][1]
