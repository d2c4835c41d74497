"""The frame of a campaign: its doctrines, and each one's scale, made at turn 0 and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass

from game.theory.doctrine import Doctrine, doctrines
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
        held = self.doctrines[doctrine]
        scale = self.scales[doctrine]
        key = (held.lens, scale)
        seen: View | None = sight.cache.get(key)
        if seen is None:
            seen = sight.cache[key] = view(sight, held.lens, scale)
        return seen


def frame(doc: MapDoc, world: World, beliefs: Beliefs) -> Frame:
    """The frame of a campaign on a map, from its world and beliefs before the first turn."""
    known = doctrines(doc)
    scales: dict[str, Scale] = {}
    by_lens: dict[object, Scale] = {}
    for name, doctrine in known.items():
        if doctrine.lens not in by_lens:
            by_lens[doctrine.lens] = calibrate(world, beliefs, doctrine)
        scales[name] = by_lens[doctrine.lens]
    return Frame(known, scales)
