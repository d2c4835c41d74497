"""The frame of a campaign: its doctrines, and each one's scale, made at turn 0 and frozen."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from game.theory.doctrine import PLAIN, Doctrine, Habits, Lens, doctrines
from game.theory.lens import Scale, View, calibrate, views
from game.theory.view_batch import alike
from game.world.beliefs import Beliefs
from game.world.copies import with_changes
from game.world.map_document import MapDoc
from game.world.model import World
from game.world.sight import Sight


@dataclass(frozen=True, eq=False)
class _Look:
    """How doctrines look at a world: a lens and its scale; one for all that share both."""

    lens: Lens
    scale: Scale
    danger: "_Look | None" = None
    """The look that shows danger alike, where the lens shows it as another does."""

    @cached_property
    def alike(self) -> Hashable:
        """A key: views through looks that have the same are made in one go."""
        return self.lens.exponents, self.lens.poles_only, alike(self.lens), self.scale


@dataclass(frozen=True, eq=False)
class Frame:
    """What a campaign's states are measured by."""

    doctrines: Mapping[str, Doctrine]
    scales: Mapping[str, Scale]

    def view(self, sight: Sight, doctrine: str, habits: Habits = PLAIN) -> View:
        """The world as a state sees it through a doctrine's lens, with habits of its own if any.

        Raises KeyError for an unknown doctrine. Remembered with the sight.
        """
        return _views([sight], [self._look_of(doctrine, habits)])[0]

    def views(self, sights: Sequence[Sight], doctrine: str) -> list[View]:
        """As `view`, of several states or worlds through one doctrine's lens, in one go."""
        return _views(sights, [self._look_of(doctrine, PLAIN)] * len(sights))

    def views_of_each(
        self, sights: Sequence[Sight], seats: Sequence[tuple[str, Habits]]
    ) -> list[View]:
        """As `view`, of several states, each with a doctrine and habits of its own."""
        return _views(sights, [self._look_of(*seat) for seat in seats])

    def alike(self, doctrine: str, habits: Habits) -> Hashable:
        """A key: views of one world that have the same can be set side by side (`view_batch`)."""
        return alike(self._look_of(doctrine, habits).lens)

    def _look_of(self, doctrine: str, habits: Habits) -> _Look:
        known = self._looks_by_seat.get((doctrine, habits))
        if known is None:
            lens = replace(self.doctrines[doctrine].lens, habits=habits)
            known = self._look(lens, self.scales[doctrine])
            self._looks_by_seat[doctrine, habits] = known
        return known

    @cached_property
    def _looks_by_seat(self) -> dict[tuple[str, Habits], _Look]:
        """How the world was looked at so far, by doctrine and habits."""
        return {}

    @cached_property
    def _looks(self) -> dict[tuple[Lens, Scale], _Look]:
        """How the world was looked at so far."""
        return {}

    def _look(self, lens: Lens, scale: Scale) -> _Look:
        known = self._looks.get((lens, scale))
        if known is None:
            danger = self._look(lens.danger, scale) if lens.danger != lens else None
            known = self._looks[lens, scale] = _Look(lens, scale, danger)
        return known


def _views(sights: Sequence[Sight], looks: Sequence[_Look]) -> list[View]:
    """Views, remembered with the sights; all lenses that show danger alike have their arrays."""
    new = [it for it in zip(sights, looks, strict=True) if it[1] not in it[0].cache]
    groups: dict[Hashable, list[tuple[Sight, _Look]]] = {}
    for sight, look in new:
        if look.danger is None:
            groups.setdefault(look.alike, []).append((sight, look))
    for group in groups.values():
        lenses = [look.lens for _, look in group]
        made = views([sight for sight, _ in group], lenses, group[0][1].scale)
        for (sight, look), seen in zip(group, made, strict=True):
            sight.cache[look] = seen
    derived = [(sight, look, look.danger) for sight, look in new if look.danger is not None]
    if derived:
        of = _views([sight for sight, _, _ in derived], [danger for _, _, danger in derived])
        for (sight, look, _), seen in zip(derived, of, strict=True):
            sight.cache[look] = with_changes(seen, {"lens": look.lens})
    return [sight.cache[look] for sight, look in zip(sights, looks, strict=True)]


def frame(doc: MapDoc, world: World, beliefs: Beliefs) -> Frame:
    """The frame of a campaign on a map, from its world and beliefs before the first turn."""
    known = doctrines(doc)
    scales: dict[str, Scale] = {}
    by_lens: dict[Lens, Scale] = {}
    for name, doctrine in known.items():
        danger = doctrine.lens.danger
        if danger not in by_lens:
            by_lens[danger] = calibrate(world, beliefs, doctrine)
        scales[name] = by_lens[danger]
    return Frame(known, scales)
