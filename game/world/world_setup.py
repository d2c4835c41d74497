"""From a map to the world and the beliefs of its first turn, calibrated so that all can live."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from game.world.atlas import Aim, Atlas, Ints, ProvinceSheet, StateSheet
from game.world.beliefs import Beliefs
from game.world.capability import capability
from game.world.float_sums import in_order
from game.world.geography import LAND_STEP, UNNAMED, Geography, survey
from game.world.map_document import MapDoc
from game.world.map_document import State as StateEntry
from game.world.model import Province, State, Treaty, World
from game.world.public_finance import UPKEEP_PER
from game.world.rules import BP, POSTURES, WORLD_TOTAL, Rules, with_overrides
from game.world.terms import OBLIGATIONS, Terms

PALETTE = (
    "#6c8ebf", "#b85450", "#82b366", "#d6b656", "#9673a6", "#d79b00", "#4f9d9d", "#c27ba0",
    "#8c6d46", "#7f8c8d", "#a2c4c9", "#b6d7a8",
)  # fmt: skip
"""Colours for states of a map that names none, in order."""


def build_world(doc: MapDoc) -> tuple[World, Beliefs]:
    """The world and the beliefs at the start of turn 1."""
    rules = with_overrides(doc.rules)
    geography = _geography(doc, rules)
    figures = _Figures(doc)
    atlas = _atlas(doc, rules, geography, figures)
    states = tuple(_state(doc.states[sheet.id], sheet, figures, rules) for sheet in atlas.states)
    provinces = tuple(Province(place.id, place.owner, place.owner) for place in atlas.provinces)
    treaties = tuple(_treaties(doc, rules))
    world = World(atlas, 1, states, provinces, treaties, next_id=len(treaties) + 1)
    return _with_poles(world), _beliefs(doc, world)


def _geography(doc: MapDoc, rules: Rules) -> Geography:
    provinces = {name: index for index, name in enumerate(doc.provinces)}
    seas = list(doc.seas)
    codes: dict[str, int] = {}
    for key, entry in doc.legend.items():
        province = getattr(entry, "province", None)
        if province is not None:
            codes[key] = provinces[province]
            continue
        sea = getattr(entry, "sea", None)
        if sea is not None and sea not in seas:
            seas.append(sea)
        codes[key] = UNNAMED if sea is None else -1 - seas.index(sea)
    width = len(next(iter(doc.legend)))
    cells = np.array(
        [[codes[row[at : at + width]] for at in range(0, len(row), width)] for row in doc.grid],
        dtype=np.int64,
    )
    names = [doc.seas[sea].name if sea in doc.seas else sea for sea in seas]
    straits = [(provinces[a], provinces[b]) for a, b in doc.straits]
    links = [
        (provinces[link.between[0]], provinces[link.between[1]], link.distance * LAND_STEP)
        for link in doc.links
    ]
    return survey(cells, len(provinces), names, straits, links, rules.sea_step)


class _Figures:
    """Population, industry and forces of states and provinces, in world units."""

    def __init__(self, doc: MapDoc) -> None:
        self.states = list(doc.states)
        self.provinces = list(doc.provinces)
        self.held: dict[str, list[str]] = {name: [] for name in self.states}
        for name, province in doc.provinces.items():
            if province.owner:
                self.held[province.owner].append(name)
        self.on_map = [state.committed_at(1) > 0 for state in doc.states.values()]
        raw = [
            [self._of_state(doc, name, "population") for name in self.states],
            [self._of_state(doc, name, "industry") for name in self.states],
            [doc.states[name].army for name in self.states],
            [doc.states[name].fleet for name in self.states],
        ]
        whole = [self._complete(raw, row) for row in range(4)]
        self.units = [
            WORLD_TOTAL / total if (total := self._on_map_total(row)) > 0 else 0.0 for row in whole
        ]
        scaled = [self._scale(row, unit) for row, unit in zip(whole, self.units, strict=True)]
        self.population = dict(zip(self.states, scaled[0], strict=True))
        self.industry = dict(zip(self.states, scaled[1], strict=True))
        self.army = dict(zip(self.states, scaled[2], strict=True))
        self.fleet = dict(zip(self.states, scaled[3], strict=True))
        self.province_population = self._spread(doc, "population", self.population, self.units[0])
        self.province_industry = self._spread(doc, "industry", self.industry, self.units[1])

    def _of_state(
        self, doc: MapDoc, name: str, what: Literal["population", "industry"]
    ) -> float | None:
        given: list[float | None] = [
            getattr(doc.provinces[province], what) for province in self.held[name]
        ]
        stated = [figure for figure in given if figure is not None]
        if stated:
            return in_order(stated) * len(given) / len(stated)
        entry = doc.states[name]
        return entry.population if what == "population" else entry.industry

    def _on_map_total(self, row: Sequence[float]) -> float:
        return in_order(figure for figure, there in zip(row, self.on_map, strict=True) if there)

    def _complete(self, raw: list[list[float | None]], row: int) -> list[float]:
        """A row with its gaps filled by each state's mean share of the other rows."""
        totals = [in_order(figure or 0.0 for figure in line) for line in raw]
        known = [figure for figure in raw[row] if figure is not None]
        total = in_order(known) or 1.0
        result = []
        for index in range(len(self.states)):
            figure = raw[row][index]
            if figure is None:
                shares = [
                    given / totals[line]
                    for line in range(4)
                    if line != row and totals[line] > 0 and (given := raw[line][index]) is not None
                ]
                share = in_order(shares) / len(shares) if shares else 1 / len(self.states)
                figure = share * total
            result.append(figure)
        return result

    def _scale(self, row: Sequence[float], unit: float) -> list[int]:
        """Integers of which those on the map sum to `WORLD_TOTAL` (largest remainders)."""
        exact = [figure * unit for figure in row]
        result = [int(figure) for figure in exact]
        places = [index for index, there in enumerate(self.on_map) if there and exact[index] > 0]
        missing = WORLD_TOTAL - sum(result[index] for index in places) if unit and places else 0
        places.sort(key=lambda index: (result[index] - exact[index], index))
        for turn in range(missing):
            result[places[turn % len(places)]] += 1
        return result

    def _spread(
        self, doc: MapDoc, what: str, totals: dict[str, int], unit: float
    ) -> dict[str, int]:
        """A state's total over its provinces, after the figures the map gives for them."""
        result = {}
        for name in self.provinces:
            if not doc.provinces[name].owner:
                result[name] = int((getattr(doc.provinces[name], what) or 0.0) * unit)
        for state, held in self.held.items():
            given = [getattr(doc.provinces[name], what) for name in held]
            stated = [figure for figure in given if figure is not None]
            mean = in_order(stated) / len(stated) if stated else 1.0
            weights = [mean if figure is None else figure for figure in given]
            whole = in_order(weights)
            if whole <= 0:
                weights, whole = [1.0] * len(held), float(len(held))
            left = totals[state]
            for name, weight in zip(held, weights, strict=True):
                result[name] = int(totals[state] * weight / whole) if whole else 0
                left -= result[name]
            if held:
                result[held[0]] += left
        return result


def _atlas(doc: MapDoc, rules: Rules, geography: Geography, figures: _Figures) -> Atlas:
    provinces = tuple(
        ProvinceSheet(
            id=name,
            name=entry.name or name,
            owner=entry.owner or "",
            population=figures.province_population[name],
            industry=figures.province_industry[name],
            terrain=entry.terrain,
            coastal=geography.coastal[place],
        )
        for place, (name, entry) in enumerate(doc.provinces.items())
    )
    sheets = tuple(_sheets(doc, rules, figures))
    state_index = {sheet.id: place for place, sheet in enumerate(sheets)}
    return Atlas(
        map_id=doc.id,
        title=doc.title,
        start=doc.calendar.start,
        step=doc.calendar.step,
        turns=doc.calendar.turns,
        rules=rules,
        states=sheets,
        provinces=provinces,
        cells=geography.cells,
        sea_names=geography.sea_names,
        distance=geography.distance,
        borders=geography.borders,
        affinity=_affinity(doc, sheets),
        claims=frozenset((claim.of, claim.province) for claim in doc.claims),
        rivalries=frozenset(
            pair for first, second in doc.rivalries for pair in ((first, second), (second, first))
        ),
        aims={name: tuple(_aim(aim) for aim in state.aims) for name, state in doc.states.items()},
        army_unit=figures.units[2],
        fleet_unit=figures.units[3],
        ideologies={name: ideology.name for name, ideology in doc.ideologies.items()},
        briefing=doc.briefing,
        state_index=state_index,
        province_index={place.id: number for number, place in enumerate(provinces)},
    )


def _aim(entry: object) -> Aim:
    target = getattr(entry, "target", None)
    return Aim(
        id=str(getattr(entry, "id", "")),
        title=str(getattr(entry, "title", "")),
        kind=str(getattr(entry, "kind", "")),
        target="" if target is None else target,
        turns=getattr(entry, "turns", None) or 0,
        side=getattr(entry, "side", 1.0),
    )


def _sheets(doc: MapDoc, rules: Rules, figures: _Figures) -> list[StateSheet]:
    """States' sheets; forces cost 0.65 of revenue, without forces the world's mean unit cost."""
    revenues = {
        name: max(1, (figures.population[name] + figures.industry[name]) // 2)
        for name in figures.states
    }
    costs = {
        name: revenues[name] * rules.forces_cost // BP * UPKEEP_PER // forces
        for name in figures.states
        if (forces := figures.army[name] + figures.fleet[name]) > 0
    }
    mean_cost = max(1, sum(costs.values()) // len(costs)) if costs else UPKEEP_PER // 2
    mean_revenue = sum(revenues.values()) // len(revenues)
    floor = mean_revenue * rules.revenue_floor // BP
    sheets = []
    for index, (name, entry) in enumerate(doc.states.items()):
        held = figures.held[name]
        income = max(revenues[name], floor)
        schedule = (
            entry.committed if isinstance(entry.committed, tuple) else ((1, entry.committed),)
        )
        unit = max(1, costs.get(name, mean_cost))
        sheets.append(
            StateSheet(
                id=name,
                name=entry.name,
                adjective=entry.adjective or entry.name,
                colour=entry.colour or PALETTE[index % len(PALETTE)],
                leader=entry.leader,
                capital=entry.capital or (held[0] if held else ""),
                ideology=entry.ideology or "",
                openness=round(entry.openness * BP),
                great=entry.great,
                commitments=tuple((turn, round(share * BP)) for turn, share in sorted(schedule)),
                population=0 if held else figures.population[name],
                industry=0 if held else figures.industry[name],
                start_revenue=income,
                administration=income * rules.administration_cost // BP,
                army_upkeep=unit,
                fleet_upkeep=unit,
                heirs=tuple((heir.name, heir.year) for heir in entry.heirs),
            )
        )
    return sheets


def _affinity(doc: MapDoc, sheets: Sequence[StateSheet]) -> Ints:
    """Kinship of ideologies: 1 with itself, else as stated either way, else 0."""
    table = np.zeros((len(sheets), len(sheets)), dtype=np.int64)
    for row, first in enumerate(sheets):
        for column, second in enumerate(sheets):
            a, b = first.ideology, second.ideology
            if not a or not b:
                continue
            if a == b:
                table[row, column] = BP
                continue
            stated = [
                doc.ideologies[one].affinity[other]
                for one, other in ((a, b), (b, a))
                if one in doc.ideologies and other in doc.ideologies[one].affinity
            ]
            table[row, column] = round(stated[0] * BP) if stated else 0
    return table


def _state(entry: StateEntry, sheet: StateSheet, figures: _Figures, rules: Rules) -> State:
    steps = len(POSTURES) - 1
    tenths = rules.treasury_default if entry.treasury is None else entry.treasury
    return State(
        id=sheet.id,
        alive=True,
        great=False,
        army=figures.army[sheet.id],
        fleet=figures.fleet[sheet.id],
        treasury=round(tenths * sheet.start_revenue / 10),
        posture=round(entry.posture * steps),
        resolve=rules.resolve_start,
        reliability=rules.reliability_start,
        committed=round(entry.committed_at(1) * BP),
    )


def _with_poles(world: World) -> World:
    share = capability(world)
    states = []
    for index, (state, sheet) in enumerate(zip(world.states, world.atlas.states, strict=True)):
        great = sheet.great
        if great is None:
            great = int(share[index]) >= world.atlas.rules.pole_rises
        states.append(replace(state, great=great and state.committed > 0))
    poles = sum(state.great for state in states)
    ranked = sorted(range(len(states)), key=lambda index: (-int(share[index]), index))
    for index in ranked:
        if poles >= 2:
            break
        if not states[index].great and states[index].committed > 0:
            states[index] = replace(states[index], great=True)
            poles += 1
    return replace(world, states=tuple(states))


def _treaties(doc: MapDoc, rules: Rules) -> list[Treaty]:
    result = []
    for number, entry in enumerate(doc.treaties, start=1):
        term = entry.term or rules.treaty_term
        obligations = tuple(kind for kind in OBLIGATIONS if kind in entry.obligations)
        terms = Terms(
            obligations, entry.against or "", term, entry.secret, round(entry.burden * BP)
        )
        payer = entry.parties[0] if terms.burden else ""
        result.append(
            Treaty(
                number,
                entry.parties,
                terms,
                signed=0,
                until=term,
                payer=payer,
                fixed=entry.fixed,
            )
        )
    return result


def _beliefs(doc: MapDoc, world: World) -> Beliefs:
    rules, index = world.atlas.rules, world.atlas.state_index
    hostile = np.full((len(index), len(index)), rules.hostile_default, dtype=np.int64)
    for treaty in world.treaties:
        if set(treaty.obligations) == {"consultation"}:
            continue
        for first in treaty.parties:
            for second in treaty.others(first):
                hostile[index[first], index[second]] = rules.hostile_partner
    for first, second in world.atlas.rivalries:
        hostile[index[first], index[second]] = rules.hostile_rival
    for belief in doc.beliefs:
        hostile[index[belief.of], index[belief.about]] = round(belief.hostile * BP)
    np.fill_diagonal(hostile, 100)
    return Beliefs(hostile, hostile.copy())
