"""Saves a world as its difference from an earlier one.

A difference is JSON. A changed number is written as it is. Rows (states, provinces, treaties,
wars, crises) are written as changes to single fields, or as a new list that refers to old rows by
index. Tables (cooldowns, aid, ...) are written as the keys that were dropped and set, or as a
whole if their order changed. All this follows from the fields of `World`, and every value is
checked when it is read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from types import GenericAlias
from typing import Any, cast, get_args, get_origin, get_type_hints

from game.world.atlas import Atlas
from game.world.memo import replaced, share_memo
from game.world.model import World, changed_in_states

Json = Any
"""A JSON value."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The fields of one kind of row, with a function that reads each."""

    kind: type
    names: tuple[str, ...]
    readers: tuple[Callable[[Json], Any], ...]
    fewest: int
    """How many fields a row has at least: those ADDED later may be missing at its end."""


_NAME_IN_SAVES: Mapping[str, str] = {"cooldowns": "rests"}
"""Field of a world -> its older name, which saves of format 1 use."""
_NAME_IN_WORLDS: Mapping[str, str] = {saved: name for name, saved in _NAME_IN_SAVES.items()}


def difference(old: World, new: World) -> dict[str, Json]:
    """The changes from `old` to `new`; empty if they are equal."""
    result: dict[str, Json] = {}
    for name, plan in _plans().items():
        before, after = getattr(old, name), getattr(new, name)
        key = _NAME_IN_SAVES.get(name, name)
        if before is after:
            continue
        if plan is int:
            if before != after:
                result[key] = after
        elif isinstance(plan, _Rows):
            if before != after:
                result[key] = _rows_difference(before, after, plan)
        elif before != after or list(before) != list(after):
            result[key] = _table_difference(before, after)
    return result


def bare(world: World) -> World:
    """A world with the atlas of another and nothing else in it: what a start differs from.

    So a start comes back whole, whatever later versions of the game build of its map.
    """
    return World(atlas=world.atlas, turn=0, states=(), provinces=(), next_id=0)


def apply(old: World, change: Json) -> World:
    """`old` with the changes of a `difference`. Raises ValueError for anything else."""
    if not isinstance(change, dict):
        raise ValueError("a world's difference is not an object")
    plans = _plans()
    parts: dict[str, Any] = {}
    for key, value in change.items():
        name = str(_NAME_IN_WORLDS.get(key, key))
        plan = plans.get(name)
        if plan is None:
            raise ValueError(f"a world has no {key!r}")
        if plan is int:
            parts[name] = _of(int)(value)
        elif isinstance(plan, _Rows):
            parts[name] = _rows_applied(getattr(old, name), value, plan)
        else:
            parts[name] = _table_applied(getattr(old, name), value, cast(int, plan))
    new = replace(old, **parts)
    whole = replaced(parts.keys() - {"states"})
    share_memo(new, old, whole | changed_in_states(old.states, new.states))
    return new


@cache
def _plans() -> Mapping[str, "type[int] | _Rows | int"]:
    """Field of a world -> how it is written: `int`, rows, or (a table) the length of its keys."""
    plans: dict[str, type[int] | _Rows | int] = {}
    for name, hint in get_type_hints(World).items():
        parts = get_args(hint)
        if hint is Atlas:
            continue
        if hint is int:
            plans[name] = int
        elif get_origin(hint) is tuple and is_dataclass(parts[0]):
            plans[name] = _rows(cast(type, parts[0]))
        elif isinstance(get_origin(hint), type) and issubclass(get_origin(hint), Mapping):
            plans[name] = len(get_args(parts[0]))
        else:
            raise TypeError(f"World.{name} cannot be kept in a save: {hint}")
    return plans


@cache
def _rows(kind: type) -> _Rows:
    hints = get_type_hints(kind)
    names = tuple(part.name for part in fields(kind))
    fewest = sum("added" not in part.metadata for part in fields(kind))
    return _Rows(kind, names, tuple(_of(hints[name]) for name in names), fewest)


@cache
def _of(hint: Any) -> Callable[[Json], Any]:
    """A function that reads a value of a type, and raises ValueError for any other value."""
    if hint in (int, str, bool):

        def scalar(value: Json) -> Any:
            if type(value) is not hint:
                raise ValueError(f"{value!r} is not {hint.__name__}")
            return value

        return scalar
    parts = get_args(hint)
    if get_origin(hint) is tuple and len(parts) == 2 and parts[1] is Ellipsis:
        item = _of(parts[0])

        def several(value: Json) -> tuple[Any, ...]:
            if type(value) is not list:
                raise ValueError(f"{value!r} is not a list")
            return tuple([item(one) for one in value])

        return several
    if get_origin(hint) is tuple:
        items = tuple(_of(part) for part in parts)

        def together(value: Json) -> tuple[Any, ...]:
            if type(value) is not list or len(value) != len(items):
                raise ValueError(f"{value!r} is not a list of {len(items)}")
            return tuple([read(one) for read, one in zip(items, value, strict=True)])

        return together
    if isinstance(hint, type) and is_dataclass(hint):
        plan = _rows(cast(type, hint))
        return lambda value: _row_read(value, plan)
    if parts and all(isinstance(part, str) for part in parts):  # Literal["...", ...]
        words = frozenset(parts)

        def word(value: Json) -> str:
            if type(value) is not str or value not in words:
                raise ValueError(f"{value!r} is none of {sorted(words)}")
            return value

        return word
    raise TypeError(f"{hint} cannot be kept in a save")


def _row_read(value: Json, plan: _Rows) -> Any:
    if type(value) is not list or not plan.fewest <= len(value) <= len(plan.names):
        raise ValueError(f"{value!r} is not a whole {plan.kind.__name__}")
    readers = plan.readers[: len(value)]
    return plan.kind(*[read(one) for read, one in zip(readers, value, strict=True)])


def _plain(value: Any) -> Json:
    """A value as JSON; tuples pass as lists do."""
    kind: type = type(value)
    if is_dataclass(kind):
        return [_plain(getattr(value, name)) for name in _rows(kind).names]
    return value


def _rows_difference(old: Sequence[Any], new: Sequence[Any], plan: _Rows) -> Json:
    """The changes between rows: of single fields, or a new list."""
    if len(old) == len(new) and all(a.id == b.id for a, b in zip(old, new, strict=True)):
        changes = []
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            if before is after or before == after:
                continue
            change: list[Json] = [index]
            for number, name in enumerate(plan.names):
                value = getattr(after, name)
                if value != getattr(before, name):
                    change += (number, _plain(value))
            changes.append(change)
        return {"change": changes}
    indices = {row: index for index, row in enumerate(old)}
    return {"list": [indices[row] if row in indices else _plain(row) for row in new]}


def _rows_applied(old: Sequence[Any], change: Json, plan: _Rows) -> tuple[Any, ...]:
    """Rows with the changes of `_rows_difference`."""
    match change:
        case {"change": list(changes), **other} if not other:
            rows = list(old)
            for index, *pairs in changes:
                new = {
                    plan.names[_within(number, plan.names)]: plan.readers[number](value)
                    for number, value in zip(pairs[::2], pairs[1::2], strict=True)
                }
                rows[index] = replace(rows[_within(index, rows)], **new)
            return tuple(rows)
        case {"list": list(entries), **other} if not other:
            return tuple(
                [
                    _row_read(entry, plan) if type(entry) is list else old[_within(entry, old)]
                    for entry in entries
                ]
            )
    raise ValueError(f"no change of rows: {change!r}")


def _within(index: Json, rows: Sequence[Any]) -> int:
    if type(index) is not int or not 0 <= index < len(rows):
        raise ValueError(f"{index!r} is no index among {len(rows)}")
    return index


def _table_difference(old: Mapping[Any, int], new: Mapping[Any, int]) -> Json:
    dropped = [key for key in old if key not in new]
    changed = {key: value for key, value in new.items() if old.get(key) != value}
    common = [key for key in old if key in new]
    if common + [key for key in changed if key not in old] == list(new):
        return {"drop": dropped, "set": [[*key, value] for key, value in changed.items()]}
    return {"whole": [[*key, value] for key, value in new.items()]}


def _table_applied(old: Mapping[Any, int], change: Json, length: int) -> dict[Any, int]:
    """A table with the changes of `_table_difference`."""
    match change:
        case {"drop": list(dropped), "set": list(changed), **other} if not other:
            table = dict(old)
            for key in dropped:
                if table.pop(_key(key, length), None) is None:
                    raise ValueError(f"{key!r} is not there to be dropped")
        case {"whole": list(changed), **other} if not other:
            table = {}
        case _:
            raise ValueError(f"no change of a table: {change!r}")
    read = _of(int)
    for entry in changed:
        if type(entry) is not list or not entry:
            raise ValueError(f"{entry!r} is no entry of a table")
        table[_key(entry[:-1], length)] = read(entry[-1])
    return table


def _key(value: Json, length: int) -> tuple[str, ...]:
    return cast(tuple[str, ...], _of(GenericAlias(tuple, (str,) * length))(value))
