"""Population, industry, forces and treasury, so that each state has about its intended share."""

from dataclasses import dataclass

from game.random_maps.keys import Keys
from game.random_maps.land import Land
from game.random_maps.realms import WHOLE, Realm

FERTILE = {"plain": 10, "hills": 7, "forest": 6, "marsh": 5, "mountain": 3, "desert": 3}
"""Terrain -> relative number of people on a cell."""
PEOPLE_EACH, INDUSTRY_EACH, ARMY_EACH, FLEET_EACH = 240, 240, 1_000, 250
"""The world's totals, for each state in it: tenths of population and of industry, regiments,
ships."""


@dataclass(slots=True, eq=False)
class Figures:
    """Figures in the map's own units."""

    people: dict[int, int]
    """By province, in tenths."""
    industry: dict[int, int]
    army: list[int]
    """By rank of the state."""
    fleet: list[int]
    treasury: list[int]
    share: list[int]
    """The resulting share of capability, approximately, bp."""


def figures(
    keys: Keys, land: Land, terrain: list[str], realms: list[Realm], posture: list[int]
) -> Figures:
    """Figures for all provinces and states; a state's shares differ a little from one another."""
    states = len(realms)
    cells = [len(own) for own in land.cells()]
    coast = {
        realm.rank: sum(province in land.coastal for province in realm.held) for realm in realms
    }

    def about(realm: Realm, topic: str, spread: int) -> int:
        return realm.share * keys.between(100 - spread, 100 + spread, topic, realm.rank)

    spread = {True: 18, False: 12}
    raw = {
        "people": [about(realm, "people", spread[realm.great]) for realm in realms],
        "industry": [about(realm, "industry", spread[realm.great]) for realm in realms],
        "army": [
            about(realm, "army", spread[realm.great]) * (8 + posture[realm.rank]) // 10
            for realm in realms
        ],
        "fleet": [
            about(realm, "fleet", spread[realm.great]) * min(4, coast[realm.rank]) // 4
            for realm in realms
        ],
    }
    each = {
        "people": PEOPLE_EACH,
        "industry": INDUSTRY_EACH,
        "army": ARMY_EACH,
        "fleet": FLEET_EACH,
    }
    out = {
        what: [each[what] * states * one // max(1, sum(row)) for one in row]
        for what, row in raw.items()
    }
    people: dict[int, int] = {}
    industry: dict[int, int] = {}
    for realm in realms:
        wealth = {
            province: cells[province] * FERTILE[terrain[province]] * 10 for province in realm.held
        }
        wealth[realm.held[0]] = wealth[realm.held[0]] * 2
        works = {
            province: worth * keys.between(55, 145, "works", province) // 100
            for province, worth in wealth.items()
        }
        people.update(_divided(out["people"][realm.rank], wealth))
        industry.update(_divided(out["industry"][realm.rank], works))
    for province in sorted(land.islets):
        people[province], industry[province] = 1, 0
    treasury = [
        keys.between(2, 6, "purse", realm.rank)
        + (0 if realm.great else keys.between(0, 5, "thrift", realm.rank))
        for realm in realms
    ]
    return Figures(people, industry, out["army"], out["fleet"], treasury, _share(out, states))


def _divided(total: int, weights: dict[int, int]) -> dict[int, int]:
    """Divide a total among provinces; each gets at least 1."""
    whole = sum(weights.values())
    return {province: max(1, total * weight // whole) for province, weight in weights.items()}


def _share(out: dict[str, list[int]], states: int) -> list[int]:
    """Capability: the mean of the shares of population, industry and forces."""
    parts = {what: [WHOLE * one // max(1, sum(row)) for one in row] for what, row in out.items()}
    return [
        (
            2 * parts["people"][rank]
            + 2 * parts["industry"][rank]
            + parts["army"][rank]
            + parts["fleet"][rank]
        )
        // 6
        for rank in range(states)
    ]
