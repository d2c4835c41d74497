"""The politics at the start of a random map: postures, beliefs, rivalries, claims, treaties.

The strongest state is mostly far from the others and defensive, while one or two great powers of
middle size are armed for attack and believed hostile ("menaces"). Otherwise the two theories would
predict the same on the map (THEORY W1, T1).
"""

from dataclasses import dataclass
from typing import Any

from game.random_maps.keys import Keys
from game.random_maps.land import Land
from game.random_maps.realms import Realm, neighbours

IDEOLOGIES = (
    ("crown", "Crown"), ("autocracy", "Autocracy"), ("republic", "Republic"),
    ("merchant-league", "Merchant league"), ("temple", "Temple state"),
)  # fmt: skip
KINSHIP = (
    ("crown", "autocracy", 35), ("crown", "temple", 25), ("crown", "republic", 15),
    ("republic", "merchant-league", 40), ("autocracy", "temple", 20),
)  # fmt: skip
"""The affinity of two ideologies, in hundredths."""

DEFAULT_HOSTILE = 30
"""The belief in hostility that a map has by default, in hundredths."""

Pair = tuple[int, int]


@dataclass(slots=True, eq=False)
class Politics:
    """The politics of a map. States are given by rank (0 is the strongest), beliefs in hundredths,
    postures as steps 0 to 4."""

    near: dict[int, dict[int, int]]
    menaces: list[int]
    posture: list[int]
    ideology: list[str]
    openness: list[int]
    """In twentieths."""
    rivalries: list[Pair]
    claims: list[Pair]
    """State and province."""
    hostile: dict[Pair, int]
    treaties: list[dict[str, Any]]
    """As in a map, but parties are ranks, and `signed` is how many years ago."""


def arrange(keys: Keys, land: Land, realms: list[Realm]) -> Politics:
    """The politics of states with given land."""
    near = neighbours(land, realms)
    great = [realm.rank for realm in realms if realm.great]
    menaces = _menaces(keys, near, great)
    posture = [_posture(keys, rank, great, menaces) for rank in range(len(realms))]
    kinds = keys.shuffled([name for name, _ in IDEOLOGIES], "ideologies")[
        : keys.between(3, 4, "kinds")
    ]
    ideology = [keys.pick(kinds, "ideology", rank) for rank in range(len(realms))]
    rivalries = _rivalries(keys, near, great, menaces)
    claims = _claims(keys, land, realms, rivalries, menaces)
    openness = [_openness(keys, rank, ideology[rank]) for rank in range(len(realms))]
    result = Politics(near, menaces, posture, ideology, openness, rivalries, claims, {}, [])
    result.hostile = _beliefs(keys, realms, result)
    result.treaties = _treaties(keys, great, result)
    return result


def _menaces(keys: Keys, near: dict[int, dict[int, int]], great: list[int]) -> list[int]:
    """The menaces: great powers with the most neighbours, never the strongest state."""
    count = 1 if len(great) < 6 else 2
    others = great[1:] or great

    def crowded(rank: int) -> tuple[int, int]:
        big = sum(other in great for other in near[rank])
        return big * 100 + len(near[rank]) * 30 + keys.below(150, "menace", rank), rank

    return sorted(others, key=crowded, reverse=True)[:count]


def _posture(keys: Keys, rank: int, great: list[int], menaces: list[int]) -> int:
    if rank == menaces[0]:
        return 4
    if rank in menaces:
        return keys.between(3, 4, "posture", rank)
    if rank == 0:
        return keys.pick((0, 1, 1, 1, 2), "posture", rank)
    if rank in great:
        return keys.pick((1, 2, 2, 2, 3), "posture", rank)
    return keys.pick((0, 1, 1, 1, 2, 2, 3), "posture", rank)


def _openness(keys: Keys, rank: int, ideology: str) -> int:
    base = {"autocracy": 4, "temple": 6, "crown": 9}.get(ideology, 12)
    return base + keys.between(-2, 4, "openness", rank)


def _rivalries(
    keys: Keys, near: dict[int, dict[int, int]], great: list[int], menaces: list[int]
) -> list[Pair]:
    """Rivalries between menaces and great neighbours, and one or two others."""
    pairs: list[Pair] = []
    for menace in menaces:
        close = [rank for rank in great if rank != menace and rank in near[menace]]
        far = [rank for rank in great if rank not in (menace, 0, *close)]
        for rank in (close or far)[: 2 if len(great) < 6 else 3]:
            pairs.append((min(menace, rank), max(menace, rank)))
    feuds = [
        (rank, other)
        for rank in sorted(near)
        for other in sorted(near[rank])
        if rank < other and 0 not in (rank, other) and (rank, other) not in pairs
    ]
    pairs += keys.shuffled(feuds, "feuds")[: keys.between(1, 2, "feuds")]
    return sorted(dict.fromkeys(pairs))


def _claims(
    keys: Keys,
    land: Land,
    realms: list[Realm],
    rivalries: list[Pair],
    menaces: list[int],
) -> list[Pair]:
    """Claims: menaces on what they border, others now and then on a rival's province."""
    owner = {province: realm.rank for realm in realms for province in realm.held}
    claims: list[Pair] = []
    for realm in realms:
        beyond = sorted(
            {
                province
                for own in realm.held
                for province in land.beside(own)
                if owner.get(province, realm.rank) != realm.rank
            }
        )
        rivals = {a if b == realm.rank else b for a, b in rivalries if realm.rank in (a, b)}
        wished = [province for province in beyond if owner[province] in rivals] or beyond
        wished = [
            province for province in wished if province != realms[owner[province]].held[0]
        ] or wished
        if not wished:
            continue
        chance = 100 if realm.rank in menaces else 45 if rivals else 12
        for number in range(2 if realm.rank in menaces else 1):
            if keys.below(100, "claims", realm.rank, number) < chance >> number:
                claims.append((realm.rank, keys.pick(wished, "claim", realm.rank, number)))
    return sorted(dict.fromkeys(claims))


def _beliefs(keys: Keys, realms: list[Realm], politics: Politics) -> dict[Pair, int]:
    """Beliefs of great powers about one another, and of every state about its neighbours."""
    owner = {province: realm.rank for realm in realms for province in realm.held}
    wanted = {(of, owner[province]) for of, province in politics.claims}
    hostile: dict[Pair, int] = {}
    for of in realms:
        for about in realms:
            pair = (of.rank, about.rank)
            if of is about or not (
                (of.great and about.great) or about.rank in politics.near[of.rank]
            ):
                continue
            level = 24 + 11 * (politics.posture[about.rank] - 2)
            level += 22 * ((min(pair), max(pair)) in politics.rivalries)
            level += 16 * ((about.rank, of.rank) in wanted)
            level += 8 * (about.rank in politics.menaces)
            level -= 7 * (politics.ideology[of.rank] == politics.ideology[about.rank])
            level += keys.between(-8, 8, "belief", *pair)
            hostile[pair] = min(80, max(10, (level + 2) // 5 * 5))
    return {pair: level for pair, level in hostile.items() if level != DEFAULT_HOSTILE}


def _treaties(keys: Keys, great: list[int], politics: Politics) -> list[dict[str, Any]]:
    """A pact against the first menace, a pact of that menace, and a few looser treaties."""
    rivals = set(politics.rivalries)
    menace = politics.menaces[0]
    taken: set[Pair] = set()
    treaties: list[dict[str, Any]] = []

    def free(a: int, b: int) -> bool:
        pair = (min(a, b), max(a, b))
        hot = max(politics.hostile.get(one, DEFAULT_HOSTILE) for one in ((a, b), (b, a)))
        return a != b and pair not in rivals | taken and hot <= 45

    def sign(a: int, b: int, kind: str, against: int | None = None) -> None:
        number = len(treaties)
        taken.add((min(a, b), max(a, b)))
        treaty: dict[str, Any] = {"parties": [a, b], "obligations": [kind]}
        if against is not None:
            treaty["against"] = against
        treaty["signed"] = keys.between(1, 9, "signed", number)
        treaty["term"] = keys.between(4, 7, "term", number)
        treaties.append(treaty)

    threatened = [
        rank for rank in great if rank != menace and politics.hostile.get((rank, menace), 30) >= 50
    ]
    pairs = [(a, b) for a in threatened for b in great if a < b and b != menace and free(a, b)]
    if pairs and len(great) > 3 and keys.below(100, "pact") < 60:
        a, b = keys.pick(pairs, "pact")
        sign(a, b, "defense", menace)
    friends = [rank for rank in range(len(politics.posture)) if free(menace, rank) and rank]
    if friends and keys.below(100, "friend") < 50:
        sign(menace, keys.pick(friends, "friend"), "defense")
    neighbours = [(a, b) for a in sorted(politics.near) for b in sorted(politics.near[a]) if a < b]
    for kind in ("nonaggression", "consultation", "neutrality"):
        pairs = [(a, b) for a, b in neighbours if free(a, b)]
        if pairs and keys.below(100, "looser", kind) < 75:
            sign(*keys.pick(pairs, "looser", kind), kind)
    return treaties
