"""What never changes in a campaign: geography, names, starting figures and the rules in force.

Made once from the map by `founding`. Distances are in half steps: a border or a strait is 2, a
sea crossing `2 * sea_step`, a link its own distance twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from game.world.rules import Rules

Ints = NDArray[np.int64]
FAR = 1_000_000
"""The distance, in half steps, of places that no path joins."""


@dataclass(frozen=True, slots=True)
class StateSheet:
    """What never changes about a state, and the figures it was calibrated to at load."""

    id: str
    name: str
    adjective: str
    colour: str
    leader: str
    capital: str
    """A province's id, or empty for a power off the map."""
    ideology: str
    openness: int
    """How open its society is to others' influence, bp."""
    great: bool | None
    """True: a pole until eliminated; False: never one; None: by its share."""
    commitments: tuple[tuple[int, int], ...]
    """(from which turn, bp of it that counts in the system), in order of turns."""
    population: int
    """World units of its own, for a state without provinces."""
    industry: int
    """World units of its own, for a state without provinces."""
    start_revenue: int
    """Money units a turn, at the start."""
    administration: int
    """Money units a turn."""
    army_upkeep: int
    """Money units a turn for 1,000 world units of army."""
    fleet_upkeep: int
    """Money units a turn for 1,000 world units of fleet."""
    heirs: tuple[tuple[str, int | None], ...] = ()
    """(who leads it next, in which year; None: by chance), in order."""


@dataclass(frozen=True, slots=True)
class ProvinceSheet:
    """What never changes about a province. Population and industry in world units."""

    id: str
    name: str
    owner: str
    """Its owner at the start; empty for nobody's land."""
    population: int
    industry: int
    terrain: str
    coastal: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """What a state may set out to do; the kinds are those of the map format."""

    id: str
    title: str
    kind: str
    target: str | float
    turns: int


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """The unchanging part of a campaign's world."""

    map_id: str
    title: str
    start: int
    """The calendar's first year (or season, or month)."""
    step: str
    """year, season or month."""
    turns: int
    rules: Rules
    states: tuple[StateSheet, ...]
    provinces: tuple[ProvinceSheet, ...]
    cells: Ints
    """[row, column]: a province's index, or -1 - a sea's index."""
    sea_names: tuple[str, ...]
    """By sea index; empty for unnamed water."""
    distance: Ints
    """[province, province]: half steps of the cheapest path, `FAR` where there is none."""
    borders: Ints
    """[province, province]: half steps where they touch, by land, strait or link; else 0."""
    affinity: Ints
    """[state, state]: kinship of ideologies, bp."""
    claims: frozenset[tuple[str, str]]
    """(state, province it claims)."""
    rivalries: frozenset[tuple[str, str]]
    """Pairs of rivals, each both ways."""
    aims: Mapping[str, tuple[Aim, ...]]
    """By state."""
    army_unit: float
    """World units of army to one of the map's own, for display alone."""
    fleet_unit: float
    """World units of fleet to one of the map's own, for display alone."""
    ideologies: Mapping[str, str]
    """Ideology's id -> its name."""
    briefing: str = ""
    state_index: Mapping[str, int] = field(default_factory=dict)
    province_index: Mapping[str, int] = field(default_factory=dict)

    def sheet(self, state: str) -> StateSheet:
        """A state's sheet. Raises KeyError for an unknown id."""
        return self.states[self.state_index[state]]

    def place(self, province: str) -> ProvinceSheet:
        """A province's sheet. Raises KeyError for an unknown id."""
        return self.provinces[self.province_index[province]]

    def name(self, state: str) -> str:
        """A state's name; nobody's name is "nobody"."""
        return self.sheet(state).name if state else "nobody"

    def neighbours(self, province: str) -> tuple[str, ...]:
        """Provinces that touch one, by land, strait or link."""
        row = self.borders[self.province_index[province]]
        return tuple(self.provinces[int(index)].id for index in np.nonzero(row)[0])

    def year(self, turn: int) -> int:
        """The year of a turn in the map's calendar."""
        return self.start + (turn - 1) // TURNS_A_YEAR[self.step]

    def date(self, turn: int) -> str:
        """The date of a turn in the map's calendar: "1912", "spring 1912", "March 1912"."""
        if self.step == "year":
            return str(self.start + turn - 1)
        names = SEASONS if self.step == "season" else MONTHS
        year, part = divmod(turn - 1, len(names))
        return f"{names[part]} {self.start + year}"


TURNS_A_YEAR = {"year": 1, "season": 4, "month": 12}
"""By the calendar's step."""
SEASONS = ("spring", "summer", "autumn", "winter")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
