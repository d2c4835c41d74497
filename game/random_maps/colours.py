"""Colours of states, as different as possible, above all between neighbours."""

from game.random_maps.keys import Keys

COLOURS = (
    "#4c78a8", "#d9a441", "#c44e52", "#5f9e57", "#8e6bbf", "#3fb6a8", "#a0744c", "#e08fb4",
    "#8a8f98", "#b5c95a", "#f28e4b", "#6fb7e6", "#7a4a6e", "#cfc08a", "#d65fd0", "#2f7d74",
    "#94a3e6", "#c9d8c0", "#8c2f39", "#58684a",
)  # fmt: skip


def colours(keys: Keys, near: dict[int, dict[int, int]]) -> list[str]:
    """A colour for each state: of the unused ones, that which differs most from its neighbours'."""
    result: list[str] = []
    for rank in sorted(near):
        left = [one for one in (*COLOURS, *_more(len(near))) if one not in result]
        if rank < len(COLOURS):
            left = left[: len(COLOURS) - rank]
        beside = [result[other] for other in near[rank] if other < rank]
        some = keys.shuffled(left, "colour", rank)[:6]
        result.append(
            max(some, key=lambda one: min((_unlike(one, other) for other in beside), default=0))
        )
    return result


def _more(count: int) -> list[str]:
    """Colours spread over the RGB cube, for maps with very many states."""
    if count <= len(COLOURS):
        return []
    steps = range(64, 256, 21)
    cube = [f"#{r:02x}{g:02x}{b:02x}" for r in steps for g in steps for b in steps]
    return cube[:: max(1, len(cube) // (2 * count))]


def _unlike(first: str, second: str) -> int:
    """The squared distance of two colours, with weights close to human vision ("redmean")."""
    a, b = ([int(one[start : start + 2], 16) for start in (1, 3, 5)] for one in (first, second))
    return 2 * (a[0] - b[0]) ** 2 + 4 * (a[1] - b[1]) ** 2 + 3 * (a[2] - b[2]) ** 2
