"""What is worked out of a world, remembered with it: the one place where worlds are cached.

A world is a value, so what a function makes of it is made once. `derived` marks such a function and
names the parts of the world that it reads. What it made lives in the world's memo, goes when the
world goes, and is no part of its value: digests, saves and comparisons know nothing of it. A world
that is made from another by changing some parts shares whatever reads none of them (`share_memo`).
Nobody may change what such a function returned.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from game.world.copies import with_changes

Making = TypeVar("Making", bound=Callable[..., Any])
Value = TypeVar("Value", bound="HasMemo")


class HasMemo:
    """A value with a memo of what was worked out of it."""

    __slots__ = ("__weakref__", "memo")

    if TYPE_CHECKING:

        @property
        def memo(self) -> dict[Any, dict[Any, Any]]:
            """By function: what it made, by its further arguments."""

    def __getattr__(self, name: str) -> Any:
        """Make the memo when it is first asked for."""
        if name != "memo":
            raise AttributeError(name)
        memo: dict[Any, dict[Any, Any]] = {make: {} for make in _READS}
        object.__setattr__(self, "memo", memo)
        return memo


_READS: dict[Any, frozenset[str]] = {}
"""By function: the parts that it reads."""


def derived(*parts: str) -> Callable[[Making], Making]:
    """Mark a pure function of a world (and of hashable subjects, given by place).

    `parts` are all fields of the world that it reads, the unchanging atlas apart. Of the states,
    "weights" stands for armies, fleets, lives, commitments and investments, "standing" for these,
    postures, ranks and reliability; who reads anything else of them reads "states". Of the
    treaties, "signed" stands for all that are in force, also those that a world as somebody sees it
    leaves out.
    """

    def mark(make: Making) -> Making:
        _READS[make] = frozenset(parts)
        _lost.cache_clear()

        @wraps(make)
        def known(world: HasMemo, *subject: Any) -> Any:
            try:
                return world.memo[make][subject]
            except KeyError:
                result = make(world, *subject)
                world.memo.setdefault(make, {})[subject] = result
                return result

        return cast(Making, known)

    return mark


@lru_cache(maxsize=64)
def _lost(changed: frozenset[str]) -> tuple[Any, ...]:
    """The functions that read any of the changed parts."""
    return tuple(make for make, parts in _READS.items() if parts & changed)


_WITHIN = {"states": frozenset({"weights", "standing"}), "treaties": frozenset({"signed"})}
"""What `derived` names beside a part of the world, for all or some of what stands in it."""


def replaced(parts: Iterable[str]) -> frozenset[str]:
    """All that may have changed, as `derived` names it, where whole parts were replaced."""
    changed = frozenset(parts)
    return changed.union(*(_WITHIN[part] for part in changed & _WITHIN.keys()))


def share_memo(new: HasMemo, old: HasMemo, changed: frozenset[str]) -> None:
    """Let a world share with the one it was made from all that reads none of the changed parts.

    `changed` names parts as `derived` does: what is not named is the same in both.
    """
    memo = old.memo.copy()
    for make in _lost(changed):
        memo[make] = {}
    object.__setattr__(new, "memo", memo)


def changed(world: Value, **parts: Any) -> Value:
    """A world with other parts; it shares with the old one all that reads none of them."""
    new = with_changes(world, parts)
    share_memo(new, world, replaced(parts))
    return new


def forget(world: HasMemo) -> None:
    """Let go what was worked out of a world that is past; it is worked out again when asked for.

    Worlds that share some of it keep that.
    """
    with suppress(AttributeError):
        object.__delattr__(world, "memo")


@contextmanager
def remembering(worlds: Iterable[HasMemo]) -> Iterator[None]:
    """Let worlds remember what is worked out of them while this lasts, but no longer.

    Those that remembered something before go on doing so: somebody looks at them still.
    """
    fresh = [world for world in worlds if not _remembers(world)]
    try:
        yield
    finally:
        for world in fresh:
            forget(world)


def _remembers(world: HasMemo) -> bool:
    """Whether anything was worked out of a world."""
    try:
        object.__getattribute__(world, "memo")
    except AttributeError:
        return False
    return True
