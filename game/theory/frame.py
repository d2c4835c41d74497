"""The frame of a campaign: its doctrines, and each one's scale, made at turn 0 and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from game.theory.doctrine import Doctrine, Lens, doctrines
from game.theory.lens import Scale, View, calibrate, view
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
        return _view(sight, self.doctrines[doctrine].lens, self.scales[doctrine])


def _view(sight: Sight, lens: Lens, scale: Scale) -> View:
    """A view, remembered with the sight; all lenses that show danger alike have its arrays."""
    key = (lens, scale)
    seen: View | None = sight.cache.get(key)
    if seen is None:
        if lens.alone:
            seen = replace(_view(sight, lens.danger, scale), lens=lens)
        else:
            seen = view(sight, lens, scale)
        sight.cache[key] = seen
    return seen


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
