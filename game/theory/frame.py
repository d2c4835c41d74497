"""The frame of a campaign: its doctrines, and each one's scale, made at turn 0 and frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from game.theory.doctrine import Doctrine, Lens, doctrines
from game.theory.lens import Scale, View, calibrate, views
from game.world.beliefs import Beliefs
from game.world.mapdoc import MapDoc
from game.world.model import World
from game.world.sight import Sight


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What a campaign's states are measured by."""

    doctrines: Mapping[str, Doctrine]
    scales: Mapping[str, Scale]

    def view(self, sight: Sight, doctrine: str) -> View:
        """The world as a state sees it through a doctrine's lens.

        Raises KeyError for an unknown doctrine. Remembered with the sight.
        """
        return self.views([sight], doctrine)[0]

    def views(self, sights: Sequence[Sight], doctrine: str) -> list[View]:
        """One world as several states see it through a doctrine's lens: as `view`, in one go."""
        return _views(sights, self.doctrines[doctrine].lens, self.scales[doctrine])


def _views(sights: Sequence[Sight], lens: Lens, scale: Scale) -> list[View]:
    """Views, remembered with the sights; all lenses that show danger alike have their arrays."""
    key = (lens, scale)
    new = [sight for sight in sights if key not in sight.cache]
    if new:
        if lens.alone:
            made = [replace(seen, lens=lens) for seen in _views(new, lens.danger, scale)]
        else:
            made = views(new, lens, scale)
        for sight, seen in zip(new, made, strict=True):
            sight.cache[key] = seen
    return [sight.cache[key] for sight in sights]


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
