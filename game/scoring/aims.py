"""Aims: what each asks for, whether that is so now, and how much is reached (RULES, Aims).

An aim of *keeping* counts the turns in which it was fulfilled, after the first third of the
campaign: so it is neither won nor lost for good early. An aim of *taking* is judged by the present.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from game.history import History
from game.scoring.coalition_shares import (
    befriended_powers,
    hostile_bloc,
    own_side,
    share_of,
    strongest_other,
)
from game.world.atlas import Aim, Atlas
from game.world.model import World

KEPT_BY_LUCK = 0.25
"""What all counted turns come to if what is kept stands by luck, with no side of one's own."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that an aim asks for, with its present value."""

    kind: str
    """`bloc`, `side`, `match`, `bound_power`, `provinces`, `share`, `crises`, `province`, `war`."""
    value: float
    """The present value: a share of the world's capability (0 to 1) for bloc, side, match and
    share; a count for the others."""
    needed: float
    """The value that is asked for, in the same unit."""
    met: bool
    subject: str = ""
    """The id of the state or province that it is about; empty if it is about none."""


@dataclass(frozen=True, slots=True)
class AimStatus:
    """What an aim asks for, and how much of it is reached."""

    aim: Aim
    reached: float
    """How much of it is reached, 0 to 1."""
    conditions: tuple[Condition, ...]
    """What it asks for. The first is the aim itself; others ask for a strong side."""
    turns_stood: int
    """Keeping: the counted turns in which all its conditions stood."""
    turns_needed: int
    """How many such turns reach the aim in full; 0 for an aim of taking."""


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


def first_counted(turns: int) -> int:
    """The first turn that counts for an aim of keeping, in a campaign of so many turns."""
    return turns // 3 + 1


def aim_reached(history: History, state: str) -> float:
    """How much of its aim a state has reached, 0 to 1; 0 for a state that is eliminated."""
    return aim_status(history, state).reached


def aim_status(history: History, state: str) -> AimStatus:
    """The present conditions of a state's aim, and how much of it is reached."""
    aim = chosen_aim(history, state)
    now = history.world
    conditions_now = tuple(_conditions(aim, history, now, state))
    if not now.state(state).alive:
        return AimStatus(aim, 0.0, conditions_now, 0, _turns_needed(aim, history))
    if aim.kind in TAKING:
        first = conditions_now[0]
        part = min(1.0, max(0.0, first.value / first.needed)) if first.needed > 0 else 1.0
        return AimStatus(aim, part, conditions_now, 0, 0)
    counted = [
        tuple(_conditions(aim, history, record.end, state))
        for record in history.turns
        if record.turn >= first_counted(history.setup.turns)
    ]
    stood = sum(all(one.met for one in conditions) for conditions in counted)
    by_luck = sum(conditions[0].met for conditions in counted) - stood
    needed = _turns_needed(aim, history)
    luck = KEPT_BY_LUCK * by_luck / _turns_counted(history)
    return AimStatus(aim, min(1.0, stood / needed + luck), conditions_now, stood, needed)


TAKING = frozenset({"grow", "broker", "take"})
"""Kinds of aim that are judged by what a state has or did, not by turns."""
KEEPING_ALONE = frozenset({"league"})
"""Kinds of aim of keeping that ask for a strong side themselves, and for nothing else."""


def _turns_counted(history: History) -> int:
    """How many turns of a campaign count for an aim of keeping."""
    return history.setup.turns - first_counted(history.setup.turns) + 1


def _turns_needed(aim: Aim, history: History) -> int:
    """How many counted turns reach an aim of keeping in full.

    As many as the map says, but at least half of those that count; all if it says nothing.
    """
    counted = _turns_counted(history)
    wanted = aim.turns or counted
    return max(1, (counted + 1) // 2, min(wanted, counted))


def asks_for_a_match(aim: Aim) -> bool:
    """Whether an aim asks beside its own condition for a side that is a match, with a great power.

    Without a strong side it is luck: nobody happened to attack a player that only passes.
    """
    return aim.kind not in TAKING and aim.kind not in KEEPING_ALONE


def _conditions(aim: Aim, history: History, world: World, state: str) -> Iterator[Condition]:
    """The conditions of an aim, with their values in a world of the campaign."""
    yield _first_condition(aim, history, world, state)
    if not asks_for_a_match(aim):
        return
    powers = befriended_powers(world, state)
    yield Condition("bound_power", float(len(powers)), 1.0, bool(powers))
    side, needed = own_side(world, state), aim.side * strongest_other(world, state)
    yield Condition("match", side, needed, side >= needed)


def _first_condition(aim: Aim, history: History, world: World, state: str) -> Condition:
    """The condition that the aim itself states, by its kind."""
    target = float(aim.target) if isinstance(aim.target, (int, float)) else 0.0
    match aim.kind:
        case "break_ring":
            bloc = hostile_bloc(world, state)
            return Condition("bloc", bloc, target, bloc <= target)
        case "grow":
            gained = share_of(world, state) - share_of(history.start, state)
            return Condition("share", gained, target, gained >= target)
        case "broker":
            brokered = _brokered(history, state)
            return Condition("crises", float(brokered), max(1.0, target), brokered >= target)
        case "contain":
            other = str(aim.target)
            share, before = share_of(world, other), share_of(history.start, other)
            return Condition("share_of", share, before, share <= before, other)
        case "take":
            owned = world.province(str(aim.target)).owner == state
            return Condition("province", float(owned), 1.0, owned, str(aim.target))
        case "league":
            side = own_side(world, state)
            return Condition("side", side, target, side >= target)
        case "peace":
            wars = len(world.wars_of(state))
            return Condition("war", float(wars), 0.0, wars == 0)
    # "hold", and any kind that a later version may add: keep the provinces of the start.
    began = {province.id for province in history.start.owned(state)}
    kept = sum(province.id in began for province in world.owned(state))
    return Condition("provinces", float(kept), float(len(began)), kept == len(began))


def _brokered(history: History, state: str) -> int:
    """How many crises in which a state had pledged support ended without war, in counted turns."""
    pledged: set[int] = set()
    ended: set[int] = set()
    first = first_counted(history.setup.turns)
    for turn, happening in history.events():
        if happening.kind == "pledge_made" and happening.actor == state:
            pledged.add(happening.number("crisis"))
        elif happening.kind in ("demand_yielded", "demand_withdrawn") and turn >= first:
            ended.add(happening.number("crisis"))
    return len(pledged & ended)
