"""Converts the figures of states and provinces to the game's units.

A state's totals are divided among its provinces by weight. Everything is rounded to two digits:
a map has values to play with, and is no copy of a published table.
"""

import colorsys
import math
from collections.abc import Mapping, Sequence
from typing import Any

from game.maps.geojson.csv_tables import StateRow
from game.maps.geojson.features import Feature

OPEN_POLITY = 6.0
CLOSED_POLITY = -6.0
"""Polity's own bounds of democracy and autocracy."""

IDEOLOGIES: dict[str, dict[str, Any]] = {
    "democracy": {"name": "Democracy", "affinity": {"mixed": 0.4}},
    "mixed": {"name": "Mixed rule", "affinity": {"democracy": 0.4, "autocracy": 0.4}},
    "autocracy": {"name": "Autocracy", "affinity": {"mixed": 0.4}},
}


def game_value(number: float) -> float:
    """`number` rounded to two digits."""
    if not number:
        return 0.0
    return round(number, 1 - math.floor(math.log10(abs(number))))


def province_figures(
    features: Sequence[Feature], states: Mapping[str, StateRow]
) -> dict[str, dict[str, float]]:
    """Province id -> population and industry; a figure that its state lacks is left out.

    Land without a state gets the mean, per unit of weight, of the land of all states.
    """
    figures: dict[str, dict[str, float]] = {feature.id: {} for feature in features}
    for name in ("population", "industry"):
        owned: dict[str, float] = {}
        for feature in features:
            if feature.owner is not None:
                weight = getattr(feature, f"{name}_weight")
                owned[feature.owner] = owned.get(feature.owner, 0.0) + weight
        totals = {owner: getattr(states[owner], name) for owner in owned if owner in states}
        known = {owner for owner, total in totals.items() if total is not None and owned[owner]}
        weight_known = math.fsum(owned[owner] for owner in known)
        mean = math.fsum(totals[owner] for owner in known) / weight_known if weight_known else 1.0
        for feature in features:
            weight = getattr(feature, f"{name}_weight")
            if feature.owner is None:
                figures[feature.id][name] = game_value(weight * mean)
            elif feature.owner in known:
                share = weight / owned[feature.owner]
                figures[feature.id][name] = game_value(share * totals[feature.owner])
    return figures


def state_entry(state: StateRow, number: int, capital: str | None) -> dict[str, Any]:
    """A state's entry in the map. `number`, its row in the table, decides its colour."""
    entry: dict[str, Any] = {"name": state.name, "colour": distinct_colour(number)}
    if capital is not None:
        entry["capital"] = capital
    if state.army is not None:
        entry["army"] = game_value(state.army)
    if state.fleet is not None:
        entry["fleet"] = game_value(state.fleet)
    if state.polity is not None:
        entry["ideology"] = ideology_of(state.polity)
        entry["openness"] = round(0.1 + (state.polity + 10) / 20 * 0.8, 2)
    if not state.on_map:
        entry["population"] = game_value(state.population or 0.0)
        entry["industry"] = game_value(state.industry or 0.0)
        entry["committed"] = 0.0
    return entry


def ideology_of(polity: float) -> str:
    """The ideology for a Polity score of -10 to 10."""
    if polity >= OPEN_POLITY:
        return "democracy"
    return "autocracy" if polity <= CLOSED_POLITY else "mixed"


def distinct_colour(number: int) -> str:
    """The colour `number` of an endless list; consecutive ones differ, and all are bright."""
    hue = (0.58 + number * 0.618034) % 1
    lightness = (0.62, 0.5, 0.72)[number % 3]
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, 0.55)
    return "#" + "".join(f"{round(part * 255):02x}" for part in (red, green, blue))
