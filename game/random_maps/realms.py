"""The states of a random map: how strong each is, and its provinces."""

from dataclasses import dataclass, field

from game.random_maps.keys import Keys
from game.random_maps.land import Cell, Land

WHOLE = 10_000
"""Shares are basis points."""
LEAST_GREAT = 480
"""The least share of a great power, bp."""
FEW = 3
"""With so few great powers or fewer, they are nearly equal, or one would start as a hegemon."""
MOST_LESSER = 340
"""The largest share of a lesser state, bp: below that of a great power."""


@dataclass(slots=True, eq=False)
class Realm:
    """A state of a map that is being made."""

    rank: int
    """0 is the strongest."""
    great: bool
    share: int
    """The intended share of the world's capability, bp."""
    held: list[int] = field(default_factory=list)
    """Its provinces, that of the capital first."""
    wanted: int = 1
    """The number of provinces it should have."""


def shares(keys: Keys, states: int, great: int) -> list[int]:
    """The share of each state, bp, great powers first, the strongest first; they sum to 10,000.

    They follow Zipf's law, but flatter, so that nobody starts as a hegemon. Most lesser states are
    very small, and one or two are of middle size.
    """
    lesser = states - great
    small = [
        keys.between(60, 100, "middling", rank)
        if rank < 2
        else keys.between(20, 62, "lesser", rank)
        for rank in range(lesser)
    ]
    small_total = min(230 * lesser, 2_800)
    low = [small_total * one // max(1, sum(small)) for one in small]
    low = [min(MOST_LESSER, max(10, one)) for one in low]
    free = WHOLE - sum(low) - great * LEAST_GREAT
    tail = keys.between(3, 6, "tail") + (12 if great <= FEW else 0)
    weights = [
        10_000 * keys.between(88, 112, "great", rank) // (rank + tail) for rank in range(great)
    ]
    high = [LEAST_GREAT + free * one // sum(weights) for one in weights]
    high[0] += WHOLE - sum(high) - sum(low)
    return sorted(high, reverse=True) + sorted(low, reverse=True)


def settle(keys: Keys, land: Land, states: int, great: int) -> list[Realm]:
    """The states with their provinces; every province except islets has an owner."""
    realms = [
        Realm(rank, rank < great, share) for rank, share in enumerate(shares(keys, states, great))
    ]
    free = land.provinces - len(land.islets) - states
    for realm in realms:
        realm.wanted = 1 + free * realm.share // WHOLE
    middle = _middles(land)
    near = {province: land.beside(province) for province in range(land.provinces)}
    owner: dict[int, Realm] = {}
    for realm in realms:
        capital = _capital(keys, land, middle, near, owner, realm)
        owner[capital] = realm
        realm.held.append(capital)
    open_provinces = set(range(land.provinces)) - land.islets - owner.keys()
    while open_provinces:
        ready = [
            realm
            for realm in realms
            if any(other in open_provinces for province in realm.held for other in near[province])
        ]
        realm = min(ready, key=lambda one: (len(one.held) * 1_000 // one.wanted, one.rank))
        edge = sorted(
            {other for province in realm.held for other in near[province]} & open_provinces
        )
        province = min(edge, key=lambda one: (_cost(keys, land, middle, realm, one), one))
        realm.held.append(province)
        open_provinces.remove(province)
    return realms


def _middles(land: Land) -> list[Cell]:
    return [
        (sum(row for row, _ in own) // len(own), sum(column for _, column in own) // len(own))
        for own in land.cells()
    ]


def _apart(a: Cell, b: Cell) -> int:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _capital(
    keys: Keys,
    land: Land,
    middle: list[Cell],
    near: dict[int, list[int]],
    owner: dict[int, Realm],
    realm: Realm,
) -> int:
    """A free province: far from other capitals for a great power, anywhere for others."""
    left = [
        province
        for province in range(land.provinces)
        if province not in owner | dict.fromkeys(land.islets)
    ]
    tries = 8 if realm.great else 2
    candidates = [keys.pick(left, "capital", realm.rank, number) for number in range(tries)]

    def worth(province: int) -> tuple[int, int]:
        room = min(3, sum(other not in owner for other in near[province])) if realm.great else 0
        apart = min((_apart(middle[province], middle[other]) for other in owner), default=0)
        return apart * (1 + room), -province

    return max(candidates, key=worth)


def _cost(keys: Keys, land: Land, middle: list[Cell], realm: Realm, province: int) -> int:
    """The cost of a province for a state: higher far from its capital, lower with a long border."""
    border = sum(
        length
        for (a, b), length in land.borders.items()
        if (a == province and b in realm.held) or (b == province and a in realm.held)
    )
    rough = keys.between(70, 130, "drawn", realm.rank, province)
    return (_apart(middle[realm.held[0]], middle[province]) + 4) * rough // (2 + border)


def neighbours(land: Land, realms: list[Realm]) -> dict[int, dict[int, int]]:
    """Rank -> {rank of a bordering state: length of the border in cells (a strait counts 1)}."""
    owner = {province: realm.rank for realm in realms for province in realm.held}
    result: dict[int, dict[int, int]] = {realm.rank: {} for realm in realms}
    joins = [(pair, length) for pair, length in land.borders.items()]
    joins += [(pair, 1) for pair in land.straits]
    for (a, b), length in joins:
        first, second = owner.get(a, -1), owner.get(b, -1)
        if first >= 0 and second >= 0 and first != second:
            for one, other in ((first, second), (second, first)):
                result[one][other] = result[one].get(other, 0) + length
    return result
