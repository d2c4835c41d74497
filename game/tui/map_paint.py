"""The colours of each overlay of the map, with legend, marks and letters."""

from collections.abc import Callable
from dataclasses import dataclass

from game.tui.snapshot import Snapshot
from game.tui.themes import RGB, MapColours, mix
from game.world.model import World

BLOC_HUES: tuple[RGB, ...] = (
    (168, 92, 84), (96, 124, 168), (150, 118, 168), (104, 142, 136), (160, 140, 92),
    (132, 110, 98), (124, 148, 104),
)  # fmt: skip
"""Colours of blocs other than the player's, the strongest bloc first."""
SHADES = "·░▒▓█"
"""Characters for small to large values of a figure, where there are no colours."""


@dataclass(frozen=True, slots=True)
class Painting:
    """The colours of an overlay, and its legend. States are in the order of the atlas."""

    title: str
    fills: tuple[RGB, ...]
    marks: tuple[str, ...]
    """For each state: a figure or sign to show beside its name; empty for none."""
    letters: tuple[str, ...]
    """For each state: the character that fills its land where there are no colours."""
    legend: tuple[tuple[RGB, str, str], ...] = ()
    """Entries of the legend: (colour, letter, meaning)."""


def letters_of(world: World) -> tuple[str, ...]:
    """A letter for each state: its initial if that is free."""
    pool = [chr(code) for code in (*range(65, 91), *range(97, 123), *range(48, 58))]
    taken: dict[str, str] = {}
    for sheet in world.atlas.states:
        wanted = [*sheet.name.upper(), *sheet.name.lower(), *pool]
        free = (letter for letter in wanted if letter in pool and letter not in taken.values())
        taken[sheet.id] = next(free, "+")
    return tuple(taken.values())


def hex_rgb(colour: str) -> RGB:
    """A colour "#rrggbb" as three numbers, 0 to 255."""
    return (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))


def owner_fills(world: World, colours: MapColours) -> tuple[RGB, ...]:
    """The colour of each state: the map's, less bright; or the theme's, neighbours differing."""
    if not colours.owners:
        fills = []
        for sheet in world.atlas.states:
            red, green, blue = hex_rgb(sheet.colour)
            grey = round(0.3 * red + 0.59 * green + 0.11 * blue)
            calmer = mix((red, green, blue), (grey, grey, grey), 0.18)
            fills.append(mix(calmer, colours.paper, 0.14))
        return tuple(fills)
    atlas = world.atlas
    touching: dict[str, set[str]] = {sheet.id: set() for sheet in atlas.states}
    for index, province in enumerate(world.provinces):
        for other in atlas.borders[index].nonzero()[0]:
            neighbour = world.provinces[int(other)].owner
            if province.owner and neighbour and neighbour != province.owner:
                touching[province.owner].add(neighbour)
    chosen: dict[str, int] = {}
    for number, sheet in enumerate(atlas.states):
        near = {chosen[state] for state in touching[sheet.id] if state in chosen}
        count = len(colours.owners)
        order = [(number + step) % count for step in range(count)]
        chosen[sheet.id] = next((hue for hue in order if hue not in near), number % count)
    return tuple(colours.owners[chosen[sheet.id]] for sheet in atlas.states)


def by_owner(snapshot: Snapshot, colours: MapColours) -> Painting:
    """The overlay of owners."""
    world = snapshot.world
    none = ("",) * len(world.states)
    return Painting("", owner_fills(world, colours), none, letters_of(world))


def _by_figure(
    snapshot: Snapshot,
    colours: MapColours,
    title: str,
    figure: Callable[[str], float],
    shown: Callable[[float], str],
    legend: tuple[str, str],
) -> Painting:
    """Colours by a figure, from 0 to its largest value."""
    states = [state.id for state in snapshot.world.states]
    figures = [figure(state) for state in states]
    most = max(figures, default=0.0) or 1.0
    fills, marks, letters = [], [], []
    for state, value in zip(states, figures, strict=True):
        share = value / most
        mine = state == snapshot.me
        fills.append(colours.mine if mine else mix(colours.calm, colours.grave, share**0.8))
        marks.append("" if mine and not value else shown(value))
        letters.append("m" if mine else SHADES[min(4, int(share * 4.999))])
    low, high = legend
    key = (
        (colours.grave, SHADES[4], high),
        (mix(colours.calm, colours.grave, 0.5**0.8), SHADES[2], "half of that"),
        (colours.calm, SHADES[0], low),
        (colours.mine, "m", "you"),
    )
    return Painting(title, tuple(fills), tuple(marks), tuple(letters), key)


def by_power(snapshot: Snapshot, colours: MapColours) -> Painting:
    """The overlay of shares of capability."""
    return _by_figure(
        snapshot,
        colours,
        "power: share of the world's capability",
        snapshot.share,
        lambda value: f"{100 * value:.0f}%",
        ("little", "the strongest"),
    )


def by_threat(lens: str, theorist: str) -> Callable[[Snapshot, MapColours], Painting]:
    """Threat to the player as a theorist would see it, in tenths of the greatest."""

    def paint(snapshot: Snapshot, colours: MapColours) -> Painting:
        return _by_figure(
            snapshot,
            colours,
            f"threat to you, as {theorist} would see it",
            lambda state: 0.0 if state == snapshot.me else snapshot.threat(lens, state),
            lambda value: f"{10 * value:.0f}" if value >= 0.05 else "",
            ("harmless", "the greatest (10)"),
        )

    return paint


def blocs(world: World) -> list[list[str]]:
    """States joined by binding pacts that are known, directly or through others; largest first.

    A guarantee, which binds its giver alone, joins nobody.
    """
    group: dict[str, int] = {}
    for treaty in world.treaties:
        if not treaty.binding or treaty.guarantor:
            continue
        joined = {group[party] for party in treaty.parties if party in group}
        number = min(joined, default=treaty.id)
        for state, old in group.items():
            if old in joined:
                group[state] = number
        group.update(dict.fromkeys(treaty.parties, number))
    members: dict[int, list[str]] = {}
    for state in world.playing():
        if state in group:
            members.setdefault(group[state], []).append(state)
    army = {state.id: state.army for state in world.states}
    found = [bloc for bloc in members.values() if len(bloc) > 1]
    return sorted(found, key=lambda bloc: -sum(army[state] for state in bloc))


def by_alliance(snapshot: Snapshot, colours: MapColours) -> Painting:
    """The overlay of blocs: states bound by defense or offense pacts that the player knows of."""
    world = snapshot.world
    fills = dict.fromkeys((state.id for state in world.states), colours.neutral)
    letters = dict.fromkeys(fills, "·")
    legend: list[tuple[RGB, str, str]] = []
    others = 0
    for bloc in sorted(blocs(world), key=lambda bloc: snapshot.me not in bloc):
        mine = snapshot.me in bloc
        hue = colours.ally if mine else BLOC_HUES[others % len(BLOC_HUES)]
        others += not mine
        letter = chr(ord("A") + len(legend) % 26)
        fills.update(dict.fromkeys(bloc, hue))
        letters.update(dict.fromkeys(bloc, letter))
        first = sorted(bloc, key=lambda state: (state != snapshot.me, -snapshot.share(state)))
        names = ", ".join(world.atlas.name(state) for state in first[:2])
        more = f" +{len(bloc) - 2}" if len(bloc) > 2 else ""
        legend.append((hue, letter, f"{names}{more}"))
    marks = {state: letter if letter != "·" else "" for state, letter in letters.items()}
    for war in world.wars:
        for foe in war.enemies(snapshot.me):
            fills[foe] = colours.foe
            marks[foe] = f"{marks[foe]}⚔"
    if snapshot.me:
        fills[snapshot.me] = colours.mine
    legend = legend[:6]
    legend.append((colours.neutral, "·", "bound to nobody"))
    title = "alliances: bound by defense or offense pacts"
    return Painting(
        title, tuple(fills.values()), tuple(marks.values()), tuple(letters.values()), tuple(legend)
    )


OVERLAYS: dict[str, Callable[[Snapshot, MapColours], Painting]] = {
    "owner": by_owner,
    "power": by_power,
    "waltz": by_threat("BOP", "Waltz"),
    "walt": by_threat("BOT", "Walt"),
    "alliances": by_alliance,
}
"""Name -> overlay, in the order in which the key switches through them."""

OVERLAY_NAMES = {
    "owner": "",
    "power": "by power",
    "waltz": "by Waltz",
    "walt": "by Walt",
    "alliances": "alliances",
}
"""Overlay -> its name in a few letters; empty for the usual one."""
