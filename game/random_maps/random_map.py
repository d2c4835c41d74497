"""A whole random map as a document of format 1."""

from dataclasses import dataclass
from typing import Any

from game.messages import PlayerMessage
from game.random_maps import prose
from game.random_maps.colours import colours
from game.random_maps.keys import Keys
from game.random_maps.land import Land, draw_land, graph_of, rows_of, terrains
from game.random_maps.languages import TONGUES, Language, Names, adjective, short_name
from game.random_maps.politics import DEFAULT_HOSTILE, IDEOLOGIES, KINSHIP, Politics, arrange
from game.random_maps.realms import MOST_LESSER, Realm, settle
from game.random_maps.state_figures import Figures, figures
from game.theory.theory_contrast import StateSketch, contrasts
from game.world.map_document import MOST_STATES, MapDoc, from_data, pretty_json

LEAST_STATES, LEAST_GREAT, MOST_GREAT = 4, 2, 16
PROVINCES_EACH = 7
"""How many provinces there are for every two states."""
TURNS = 30
LEAST_SHARE = 450
"""The least share of capability of a great power at the start, bp."""
MANY, MOST_SHARE, HALF = 5, 2_700, 4_850
"""The greatest share at the start where there are so many great powers, and where fewer, bp."""
MOST_ATTEMPTS = 30
"""How many maps are drawn for a seed; if none is good, the best is taken."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
WATERS = "~-=_^.,;!+*|"


class BadSize(PlayerMessage):
    """A number of states is not possible."""

    status = 2


def random_text(seed: int, *, states: int | None = None, great: int | None = None) -> str:
    """The text of a random map's file. Raises BadSize."""
    return pretty_json(random_map(seed, states=states, great=great))


def random_map(seed: int, *, states: int | None = None, great: int | None = None) -> MapDoc:
    """A random map: `states` in all (8 to 14 if not said), `great` powers among them (5 to 7).

    Raises BadSize if these numbers are not possible.
    """
    return from_data(random_data(seed, states=states, great=great))


def random_data(
    seed: int, *, states: int | None = None, great: int | None = None
) -> dict[str, Any]:
    """A random map as JSON values. Raises BadSize."""
    many, powers = size(seed, states, great)
    usual = (many, powers) == size(seed, None, None)
    name = f"random-{seed}" if usual else f"random-{seed}-{many}-{powers}"
    best: _Draft | None = None
    for attempt in range(MOST_ATTEMPTS):
        draft = _draft(Keys(seed, attempt), many, powers)
        if best is None or draft.flaws < best.flaws:
            best = draft
        if best.flaws == 0:
            break
    assert best is not None
    return _document(best, name)


def size(seed: int, states: int | None, great: int | None) -> tuple[int, int]:
    """(states, great powers) of a map, from what was asked for. Raises BadSize."""
    keys = Keys(seed)
    if states is None:
        drawn = keys.between(8, 14, "states")
        states = drawn if great is None else max(drawn, great + 2)
    if not LEAST_STATES <= states <= MOST_STATES:
        problem = f"A random map has {LEAST_STATES} to {MOST_STATES} states, not {states}."
        raise BadSize(problem)
    most = min(MOST_GREAT, states)
    if great is None:
        great = min(keys.between(5, 7, "great"), max(LEAST_GREAT, states - states // 4))
    if not LEAST_GREAT <= great <= most:
        problem = f"Of {states} states {LEAST_GREAT} to {most} can be great powers, not {great}."
        raise BadSize(problem)
    return states, great


@dataclass(slots=True, eq=False)
class _Draft:
    """One attempt at a map, with a measure of how bad it is."""

    keys: Keys
    land: Land
    terrain: list[str]
    realms: list[Realm]
    politics: Politics
    figures: Figures
    flaws: int


def _draft(keys: Keys, states: int, great: int) -> _Draft:
    land = draw_land(keys, states * PROVINCES_EACH // 2)
    more = 1
    while land.provinces - len(land.islets) < states + states // 2:
        land = draw_land(keys, states * (PROVINCES_EACH + more) // 2)
        more += 1
    terrain = terrains(keys, land)
    realms = settle(keys, land, states, great)
    politics = arrange(keys, land, realms)
    counted = figures(keys, land, terrain, realms, politics.posture)
    flaws = _flaws(land, realms, counted.share, politics)
    return _Draft(keys, land, terrain, realms, politics, counted, flaws)


def _flaws(land: Land, realms: list[Realm], share: list[int], politics: Politics) -> int:
    """0 for a map whose shares and fears are as they should be; else larger, the worse it is."""
    great = [realm.rank for realm in realms if realm.great]
    told_apart = _great_powers_told_apart(land, realms, share, politics)
    flaws = 10 * max(0, (len(great) + 1) // 2 - told_apart)
    flaws += sum(share[rank] < LEAST_SHARE for rank in great)
    flaws += sum(share[realm.rank] > MOST_LESSER + 40 for realm in realms if not realm.great)
    flaws += 20 * (max(share) > (MOST_SHARE if len(great) >= MANY else HALF))
    # The strongest must remain the strongest in what is counted.
    return flaws + (max(share) != share[0])


def _great_powers_told_apart(
    land: Land, realms: list[Realm], share: list[int], politics: Politics
) -> int:
    """How many great powers should fear one state by power and another by threat."""
    states = [
        StateSketch(
            realm.rank,
            share[realm.rank],
            70 + 15 * politics.posture[realm.rank],
            realm.great,
            realm.held,
        )
        for realm in realms
    ]

    def hostile(me: int, other: int) -> int:
        return politics.hostile.get((me, other), DEFAULT_HOSTILE)

    told_apart = dict(contrasts(states, graph_of(land), hostile))
    return sum(told_apart[realm.rank] for realm in realms if realm.great)


def _document(draft: _Draft, name: str) -> dict[str, Any]:
    keys, land, realms, politics = draft.keys, draft.land, draft.realms, draft.politics
    names = Names(keys)
    tongues = keys.shuffled(TONGUES, "tongues")
    tongue = [tongues[rank % len(tongues)] for rank in range(len(realms))]
    called = [
        prose.state(
            keys,
            names,
            tongue[realm.rank],
            politics.ideology[realm.rank],
            realm.rank,
            small=not realm.great and len(realm.held) == 1,
        )
        for realm in realms
    ]
    ids: list[str] = []
    for stem in called:
        ids.append(short_name(stem[0], ids))
    owner = {province: realm.rank for realm in realms for province in realm.held}
    province_names = {
        province: names.place(
            tongue[owner[province]] if province in owner else tongues[0], province
        )
        for province in range(land.provinces)
    }
    province_id = {
        province: province_names[province].lower().replace(" ", "-") for province in province_names
    }
    seas = _seas(keys, land, names, tongues)
    sea_id = {sea: text.lower().replace(" ", "-") for sea, text in seas.items()}
    province_keys, sea_keys = _legend_keys(land)
    world = names.land(tongues[-1], 1_000)
    # After all other names, which are as they were before there were heirs.
    heirs = {
        realm.rank: [
            {"name": heir}
            for heir in prose.heirs(
                keys, names, tongue[realm.rank], politics.ideology[realm.rank], realm.rank
            )
        ]
        for realm in realms
        if realm.great
    }
    me = _first(draft)
    order = [me, *(realm.rank for realm in realms if realm.rank != me)]
    tints = colours(keys, politics.near)
    start = 10 * keys.between(30, 150, "start") + keys.between(1, 9, "year")
    return {
        "$schema": "./map.schema.json",
        "format": 1,
        "id": name,
        "title": prose.title(keys, world, sum(realm.great for realm in realms)),
        "description": f"A random map of {len(realms)} states, "
        f"{sum(realm.great for realm in realms)} of them great powers.",
        "authors": ["The map maker of Realpolitik"],
        "license": "CC0-1.0",
        "sources": ["Invented"],
        "calendar": {"start": start, "step": "year", "turns": TURNS},
        "grid": list(rows_of(land, province_keys, sea_keys)),
        "legend": {
            **{sea_keys[sea]: {"sea": sea_id[sea]} for sea in range(land.seas)},
            **{
                province_keys[province]: {"province": province_id[province]}
                for province in range(land.provinces)
            },
        },
        "provinces": {
            province_id[province]: {
                "name": province_names[province],
                "owner": ids[owner[province]] if province in owner else None,
                "population": draft.figures.people[province] / 10,
                "industry": draft.figures.industry[province] / 10,
                "terrain": draft.terrain[province],
            }
            for province in range(land.provinces)
        },
        "seas": {sea_id[sea]: {"name": text} for sea, text in seas.items()},
        "straits": [[province_id[a], province_id[b]] for a, b in land.straits],
        "links": [
            {"between": [province_id[a], province_id[b]], "distance": far}
            for a, b, far in land.links
        ],
        "states": {
            ids[rank]: {
                "name": called[rank][1],
                "adjective": adjective(called[rank][0]),
                "colour": tints[rank],
                "capital": province_id[realms[rank].held[0]],
                "army": draft.figures.army[rank],
                "fleet": draft.figures.fleet[rank],
                "treasury": draft.figures.treasury[rank],
                "posture": politics.posture[rank] / 4,
                "ideology": politics.ideology[rank],
                "openness": politics.openness[rank] / 20,
                "leader": called[rank][2],
                **({"heirs": heirs[rank]} if rank in heirs else {}),
            }
            for rank in order
        },
        "treaties": [
            {
                **treaty,
                "parties": [ids[rank] for rank in treaty["parties"]],
                **({"against": ids[treaty["against"]]} if "against" in treaty else {}),
                "signed": start - treaty["signed"],
            }
            for treaty in politics.treaties
        ],
        "beliefs": [
            {"of": ids[of], "about": ids[about], "hostile": level / 100}
            for (of, about), level in sorted(politics.hostile.items())
        ],
        "claims": [
            {"of": ids[of], "province": province_id[province]} for of, province in politics.claims
        ],
        "rivalries": [[ids[a], ids[b]] for a, b in politics.rivalries],
        "ideologies": _ideologies(politics),
        "briefing": _briefing(draft, world, [text for _, text, _ in called], province_names, me),
    }  # fmt: skip


def _seas(keys: Keys, land: Land, names: Names, tongues: list[Language]) -> dict[int, str]:
    seas = {}
    for sea in range(land.seas):
        forms = prose.LAKES if sea in land.lakes else prose.SEAS
        stem = names.water(tongues[sea % len(tongues)], sea)
        seas[sea] = keys.pick(forms, "water", sea).format(stem)
    return seas


def _legend_keys(land: Land) -> tuple[list[str], list[str]]:
    """Keys of provinces and seas: of one character if there are enough, else of two."""
    if land.provinces <= len(LETTERS) and land.seas <= len(WATERS):
        return list(LETTERS[: land.provinces]), list(WATERS[: land.seas])
    twos = [first + second for first in LETTERS for second in LETTERS]
    waters = [first + second for first in WATERS for second in (*WATERS, *LETTERS)]
    return twos[: land.provinces], waters[: land.seas]


def _first(draft: _Draft) -> int:
    """The default state of the player: the great power that has most to fear."""
    politics = draft.politics
    great = [realm.rank for realm in draft.realms if realm.great]
    others = [rank for rank in great if rank != 0 and rank not in politics.menaces] or great[-1:]
    menace = politics.menaces[0]
    return max(others, key=lambda rank: (politics.hostile.get((rank, menace), 30), -rank))


def _ideologies(politics: Politics) -> dict[str, Any]:
    used = set(politics.ideology)
    result: dict[str, Any] = {}
    for name, shown in IDEOLOGIES:
        if name in used:
            kin = {
                other: level / 100 for one, other, level in KINSHIP if one == name and other in used
            }
            result[name] = {"name": shown, **({"affinity": kin} if kin else {})}
    return result


def _briefing(
    draft: _Draft, world: str, called: list[str], province_names: dict[int, str], me: int
) -> str:
    """The map's briefing, from its states and provinces."""
    politics = draft.politics
    menace = politics.menaces[0]
    owner = {province: realm.rank for realm in draft.realms for province in realm.held}
    wished = [province for of, province in politics.claims if of == menace]
    wished.sort(key=lambda province: (owner[province] != me, province))
    pact = next((one for one in politics.treaties if one.get("against") == menace), None)
    return prose.briefing(
        draft.keys,
        land=world,
        strongest=called[0],
        menace=called[menace],
        claimed=province_names[wished[0]] if wished else None,
        treaty=(called[pact["parties"][0]], called[pact["parties"][1]]) if pact else None,
        turns=TURNS,
    )
