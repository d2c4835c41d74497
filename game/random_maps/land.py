"""Draws land and water: heights from noise, then provinces and seas that grow cell by cell.

All numbers are whole, so that a seed gives the same coast on every machine. Cells are square;
two cells touch if they share an edge.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from game.random_maps.keys import Keys

Cell = tuple[int, int]
"""Row and column."""

CELLS_A_PROVINCE = 34
"""Mean number of land cells of a province."""
CELLS_A_SEA = 260
"""Mean number of water cells of a named sea."""
OCTAVES = ((16, 8), (8, 5), (4, 3), (2, 2))
"""The octaves of the noise: (distance of lattice points in cells, weight)."""
SMALLEST_LAKE = 5
"""Enclosed water of fewer cells than this becomes land."""
ISLET = 5
"""An island too small for a state stays land if it has at least so many cells."""
MOST_ISLETS = 3
"""How many islands without an owner there are at most."""
NARROW = 7
"""The widest strait, in cells of water; wider crossings are links."""
CHANNEL = 2
"""Two coasts at most so many cells of water apart are always joined."""
COAST, OPEN = 2, 4
"""Distances in half steps: COAST from land to sea and over a land border, OPEN from sea to sea."""


@dataclass(slots=True, eq=False)
class Land:
    """A drawn map without states. Provinces and seas are numbered from 0."""

    rows: int
    columns: int
    province: dict[Cell, int]
    """Cell -> province, including islets."""
    sea: dict[Cell, int]
    """Cell -> sea."""
    height: list[list[int]]
    provinces: int
    islets: frozenset[int]
    """Provinces that are too small and remote for a state."""
    seas: int
    lakes: frozenset[int]
    """Seas without a way to the edge of the map."""
    borders: dict[tuple[int, int], int]
    """Two provinces that touch (the lower number first) -> length of the border in cells."""
    straits: list[tuple[int, int]]
    links: list[tuple[int, int, int]]
    """(province, province, steps between them)."""
    coastal: frozenset[int]

    def beside(self, province: int) -> list[int]:
        """The provinces that touch a province or are joined to it, in order."""
        joined = [*self.borders, *self.straits, *((a, b) for a, b, _ in self.links)]
        return sorted({b if a == province else a for a, b in joined if province in (a, b)})

    def cells(self) -> list[list[Cell]]:
        """The cells of each province."""
        result: list[list[Cell]] = [[] for _ in range(self.provinces)]
        for cell, province in self.province.items():
            result[province].append(cell)
        return result


def draw_land(keys: Keys, provinces: int) -> Land:
    """A map with about so many provinces."""
    water_part = keys.between(42, 54, "water")
    area = provinces * CELLS_A_PROVINCE * 100 // (100 - water_part)
    rows = max(12, _root(area // 2))
    columns = max(24, -(-area // rows))
    height = _relief(keys, rows, columns)
    land = _land(height, rows * columns * (100 - water_part) // 100)
    land |= {cell for lake in _parts(_rest(land, rows, columns)) for cell in lake
             if len(lake) < SMALLEST_LAKE}  # fmt: skip
    home, islets = _sorted_islands(keys, land)
    water = _rest({cell for part in (*home, *islets) for cell in part}, rows, columns)
    province: dict[Cell, int] = {}
    count = 0
    size = sum(map(len, home))
    for part in home:
        own = max(1, (len(part) * provinces + size // 2) // size)
        count += _grow(keys, part, own, province, count, "province")
    islet_numbers = frozenset(range(count, count + len(islets)))
    for number, part in zip(sorted(islet_numbers), islets, strict=True):
        province.update(dict.fromkeys(part, number))
    sea: dict[Cell, int] = {}
    seas = 0
    lakes: set[int] = set()
    for part in _parts(water):
        zones = max(1, len(part) // CELLS_A_SEA)
        grown = _grow(keys, part, zones, sea, seas, "sea")
        if not any(row in (0, rows - 1) or column in (0, columns - 1) for row, column in part):
            lakes.update(range(seas, seas + grown))
        seas += grown
    borders = _borders(province)
    straits, links = _joins(province, borders, islet_numbers, sea)
    coastal = frozenset(
        number for cell, number in province.items() if any(near in sea for near in _near(cell))
    )
    return Land(
        rows, columns, province, sea, height, count + len(islets), islet_numbers, seas,
        frozenset(lakes), borders, straits, links, coastal,
    )  # fmt: skip


def _root(number: int) -> int:
    """The integer part of a square root."""
    low = 0
    while (low + 1) * (low + 1) <= number:
        low += 1
    return low


def _near(cell: Cell) -> tuple[Cell, ...]:
    row, column = cell
    return ((row - 1, column), (row, column - 1), (row, column + 1), (row + 1, column))


def _relief(keys: Keys, rows: int, columns: int) -> list[list[int]]:
    """Heights: noise of several octaves, lower towards the edge of the map."""
    result = [[0] * columns for _ in range(rows)]
    for size, weight in OCTAVES:
        lattice = [
            [keys.below(1_024, "height", size, y, x) for x in range(columns // size + 2)]
            for y in range(rows // size + 2)
        ]
        for row in range(rows):
            y, down = divmod(row, size)
            upper, lower = lattice[y], lattice[y + 1]
            for column in range(columns):
                x, right = divmod(column, size)
                above = upper[x] * (size - right) + upper[x + 1] * right
                below = lower[x] * (size - right) + lower[x + 1] * right
                here = (above * (size - down) + below * down) // (size * size)
                result[row][column] += here * weight
    margin = max(3, rows // 5)
    for row in range(rows):
        for column in range(columns):
            rim = min(row, rows - 1 - row, column, columns - 1 - column)
            if rim < margin:
                result[row][column] -= (margin - rim) * (margin - rim) * 7_000 // (margin * margin)
    return result


def _land(height: Sequence[Sequence[int]], size: int) -> set[Cell]:
    """The highest cells, so many."""
    cells = [(row, column) for row, line in enumerate(height) for column in range(len(line))]
    cells.sort(key=lambda cell: (-height[cell[0]][cell[1]], cell))
    return set(cells[:size])


def _rest(cells: set[Cell], rows: int, columns: int) -> set[Cell]:
    return {(row, column) for row in range(rows) for column in range(columns)} - cells


def _parts(cells: Iterable[Cell]) -> list[list[Cell]]:
    """The connected parts of some cells, the largest first, each in order."""
    left = set(cells)
    parts = []
    for start in sorted(left):
        if start not in left:
            continue
        left.remove(start)
        part, queue = [start], deque([start])
        while queue:
            for near in _near(queue.popleft()):
                if near in left:
                    left.remove(near)
                    part.append(near)
                    queue.append(near)
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _sorted_islands(keys: Keys, land: set[Cell]) -> tuple[list[list[Cell]], list[list[Cell]]]:
    """(the land that has room for provinces, the few islets that stay); other land becomes sea."""
    parts = _parts(land)
    home = [part for part in parts if 2 * len(part) >= CELLS_A_PROVINCE]
    small = [part for part in parts if len(part) >= ISLET and 2 * len(part) < CELLS_A_PROVINCE]
    return home or parts[:1], keys.shuffled(small, "islets")[:MOST_ISLETS]


def _grow(
    keys: Keys, part: Sequence[Cell], count: int, into: dict[Cell, int], first: int, topic: str
) -> int:
    """Divide connected cells into regions that grow irregularly; returns how many there are."""
    count = min(count, max(1, len(part) // 6))
    seeds = _seeds(keys, part, count, topic)
    left = set(part)
    queue = [(0, 0, cell, first + number) for number, cell in enumerate(seeds)]
    heapify(queue)
    while queue:
        cost, _, cell, region = heappop(queue)
        if cell not in left:
            continue
        left.remove(cell)
        into[cell] = region
        for near in _near(cell):
            if near in left:
                step = 4 + keys.below(9, topic, "rough", *near)
                heappush(queue, (cost + step, keys.below(1 << 20, topic, *near), near, region))
    return len(seeds)


def _seeds(keys: Keys, part: Sequence[Cell], count: int, topic: str) -> list[Cell]:
    """Cells far from one another: each is the farthest of some random candidates."""
    seeds: list[Cell] = []
    for number in range(count):
        candidates = [
            keys.pick(part, topic, "seed", *part[0], number, which) for which in range(10)
        ]
        seeds.append(max(candidates, key=lambda cell: (_nearest(cell, seeds), cell)))
    return list(dict.fromkeys(seeds))


def _nearest(cell: Cell, others: Iterable[Cell]) -> int:
    """The squared distance to the nearest of some cells."""
    row, column = cell
    return min(((row - y) ** 2 + (column - x) ** 2 for y, x in others), default=1 << 30)


def _borders(province: dict[Cell, int]) -> dict[tuple[int, int], int]:
    borders: dict[tuple[int, int], int] = {}
    for (row, column), here in sorted(province.items()):
        for near in ((row, column + 1), (row + 1, column)):
            there = province.get(near, here)
            if there != here:
                pair = (min(here, there), max(here, there))
                borders[pair] = borders.get(pair, 0) + 1
    return borders


def _joins(
    province: dict[Cell, int],
    borders: dict[tuple[int, int], int],
    islets: frozenset[int],
    sea: dict[Cell, int],
) -> tuple[list[tuple[int, int]], list[tuple[int, int, int]]]:
    """Straits and links that join all land, and straits over every narrow channel."""
    islands = _islands(borders, set(province.values()) - islets)
    island = {one: number for number, group in enumerate(islands) for one in group}
    joined = list(range(len(islands)))
    straits: list[tuple[int, int]] = []
    links: list[tuple[int, int, int]] = []
    joined_islands: set[tuple[int, int]] = set()
    for gap, first, second in _crossings(province, islets, sea):
        a, b = joined[island[first]], joined[island[second]]
        pair = (min(island[first], island[second]), max(island[first], island[second]))
        if a == b and (gap > CHANNEL or pair in joined_islands or pair[0] == pair[1]):
            continue
        joined = [a if one == b else one for one in joined]
        joined_islands.add(pair)
        if gap <= NARROW:
            straits.append((first, second))
        else:
            links.append((first, second, 1 + gap // 8))
    return straits, links


def _islands(borders: Iterable[tuple[int, int]], provinces: set[int]) -> list[list[int]]:
    near: dict[int, list[int]] = {province: [] for province in provinces}
    for a, b in borders:
        near[a].append(b)
        near[b].append(a)
    islands, left = [], set(provinces)
    for start in sorted(provinces):
        if start not in left:
            continue
        left.remove(start)
        island = [start]
        for province in island:
            for other in near[province]:
                if other in left:
                    left.remove(other)
                    island.append(other)
        islands.append(sorted(island))
    return islands


def _crossings(
    province: dict[Cell, int], islets: frozenset[int], sea: dict[Cell, int]
) -> list[tuple[int, int, int]]:
    """(cells of water, province, province) between coasts, the narrowest first.

    All coasts grow into the water at the same time; a crossing is where two of them meet.
    """
    reach = {cell: (0, number) for cell, number in sorted(province.items()) if number not in islets}
    queue = deque(reach)
    open_cells = sea.keys() | {cell for cell, number in province.items() if number in islets}
    found: dict[tuple[int, int], int] = {}
    while queue:
        cell = queue.popleft()
        far, here = reach[cell]
        for near in _near(cell):
            if near in open_cells and near not in reach:
                reach[near] = (far + 1, here)
                queue.append(near)
            elif near in reach and reach[near][1] != here and far + reach[near][0] > 0:
                other, there = reach[near]
                pair = (min(here, there), max(here, there))
                gap = far + other
                found[pair] = min(gap, found.get(pair, gap))
    return sorted((gap, first, second) for (first, second), gap in found.items())


def terrains(keys: Keys, land: Land) -> list[str]:
    """The terrain of each province: by height (mountain, hills), else by rain and warmth."""
    cells = land.cells()
    mean = [sum(land.height[row][column] for row, column in own) // len(own) for own in cells]
    ranked = sorted(range(land.provinces), key=lambda province: (-mean[province], province))
    rank = {province: number for number, province in enumerate(ranked)}
    result = []
    for province, own in enumerate(cells):
        high = rank[province] * 100 // land.provinces
        south = sum(row for row, _ in own) * 100 // (len(own) * land.rows)
        rain = keys.below(100, "rain", province)
        if province in land.islets:
            result.append("hills")
        elif high < 12:
            result.append("mountain")
        elif high < 30:
            result.append("hills")
        elif rain < 22 and south > 55:
            result.append("desert")
        elif rain > 88 and province in land.coastal:
            result.append("marsh")
        elif rain > 58:
            result.append("forest")
        else:
            result.append("plain")
    return result


def rows_of(land: Land, province_keys: Sequence[str], sea_keys: Sequence[str]) -> Iterator[str]:
    """The rows of the map's grid."""
    for row in range(land.rows):
        yield "".join(
            province_keys[land.province[row, column]]
            if (row, column) in land.province
            else sea_keys[land.sea[row, column]]
            for column in range(land.columns)
        )


def graph_of(land: Land) -> dict[int, dict[int, int]]:
    """Provinces, and seas as negative numbers, with the half steps between those that touch."""
    graph: dict[int, dict[int, int]] = {node: {} for node in range(-land.seas, land.provinces)}

    def join(a: int, b: int, steps: int) -> None:
        graph[a][b] = graph[b][a] = min(steps, graph[a].get(b, steps))

    for a, b in [*land.borders, *land.straits]:
        join(a, b, COAST)
    for a, b, far in land.links:
        join(a, b, COAST * far)
    for (row, column), sea in land.sea.items():
        for near in ((row, column + 1), (row + 1, column), (row, column - 1), (row - 1, column)):
            if near in land.province:
                join(-1 - sea, land.province[near], COAST)
            elif near in land.sea and land.sea[near] != sea:
                join(-1 - sea, -1 - land.sea[near], OPEN)
    return graph
