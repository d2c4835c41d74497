"""Maps broken by chance in structure, bytes and geometry: a clean verdict, then playable turns."""

import copy
import json
import random
import time
from typing import Any

import pytest

from game.campaign import Campaign
from game.maps.check import MOST_PROBLEMS, read_and_check
from game.maps.find import maps_folder
from game.maps.starter import starter_text

SMALL = [json.loads((maps_folder() / "five-crowns.json").read_bytes()), json.loads(starter_text())]
LARGE = [
    json.loads((maps_folder() / f"{name}.json").read_bytes())
    for name in ("middle-east-1955", "two-leagues")
]
"""Of one map the keys are two characters, the other has heirs, beliefs and claims for many."""
ONE_IN = 12
"""How many broken maps one large one is among."""
CI, WHOLE = 500, 20_000
TURNS = 3
LONGEST = 2.0
"""Seconds of processor time that a check, or a turn, takes at most."""
VALUES: list[Any] = [
    None, True, 0, -1, 1, 2, 0.5, 1e9, 1e308, 10**30, "", " ", "ALD", "NOR", "lys", "midvale", "~",
    "\u202e", "x" * 200, [], {}, [1], {"a": 1}, ["NOR", "IRO"],
]  # fmt: skip


def places(tree: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree)
    found = []
    for key, value in inner:
        found.append((*place, key))
        if isinstance(value, (dict, list)):
            found += places(value, (*place, key))
    return found


def in_structure(data: dict[str, Any], chance: random.Random) -> None:
    place = chance.choice(places(data))
    holder: Any = data
    for step in place[:-1]:
        holder = holder[step]
    what = chance.randrange(4)
    if what == 0:
        del holder[place[-1]]
    elif what == 1:
        holder[place[-1]] = chance.choice(VALUES)
    elif what == 2 and isinstance(holder, list):
        holder.append(copy.deepcopy(chance.choice(holder)))
    elif what == 3 and isinstance(holder, dict):
        others = [key for key in holder if key != place[-1]]
        if others:
            other = chance.choice(others)
            holder[place[-1]], holder[other] = holder[other], holder[place[-1]]


def in_geometry(data: dict[str, Any], chance: random.Random) -> None:
    grid = data.get("grid")
    if not isinstance(grid, list) or not all(isinstance(row, str) and row for row in grid):
        return
    row = chance.randrange(len(grid))
    keys = list(data["legend"]) if isinstance(data.get("legend"), dict) else ["~"]
    width = len(keys[0]) if keys else 1
    cells = [grid[row][at : at + width] for at in range(0, len(grid[row]), width)]
    what = chance.randrange(6)
    if what == 0 and keys:
        cells[chance.randrange(len(cells))] = chance.choice(keys)
        grid[row] = "".join(cells)
    elif what == 1 and row:
        grid[row - 1 : row + 1] = [grid[row - 1] + grid[row]]
    elif what == 2 and keys:
        one, other = chance.choice(keys), chance.choice(keys)
        swap = {one: other, other: one}
        data["grid"] = [
            "".join(
                swap.get(line[at : at + width], line[at : at + width])
                for at in range(0, len(line), width)
            )
            for line in grid
        ]
    elif what == 3:
        del grid[row]
    elif what == 4:
        data["grid"] = [line[::-1] for line in grid]
    else:
        grid[row] = "".join(chance.sample(cells, len(cells)))


def in_bytes(text: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text))
    what = chance.randrange(4)
    if what == 0:
        return text[:at] + bytes([chance.randrange(256)]) + text[at + 1 :]
    if what == 1:
        return text[:at] + text[at + chance.randrange(1, 40) :]
    if what == 2:
        return text[:at]
    return text[:at] + chance.choice([b'"', b"{", b"]", b",", b"\\u0000", b"0,5"]) + text[at:]


def broken(seed: int) -> bytes:
    chance = random.Random(seed)
    data = copy.deepcopy(chance.choice(LARGE if seed % ONE_IN == 0 else SMALL))
    for _ in range(chance.randint(1, 3)):
        chance.choice((in_structure, in_geometry, in_geometry))(data, chance)
        if not data:
            break
    text = json.dumps(data, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    return in_bytes(text, chance) if chance.random() < 0.25 else text


def played(seed: int) -> tuple[bool, float]:
    """Check a broken map; play it if it is sound.

    Whether it was, and the processor time of the check or of the longest turn, in seconds.
    """
    text = broken(seed)
    begun = time.process_time()
    checked = read_and_check(text)
    times = [time.process_time() - begun]
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    assert (checked.doc is None) == bool(errors), seed
    assert len(checked.problems) <= MOST_PROBLEMS + 1
    assert all(problem.sentence().isprintable() for problem in checked.problems), seed
    if checked.doc is None:
        return False, times[0]
    campaign = Campaign.new(checked.doc, seed=seed, turns=TURNS)
    while not campaign.over:
        begun = time.process_time()
        campaign.submit()
        times.append(time.process_time() - begun)
    return True, max(times)


@pytest.mark.parametrize("part", range(10))
def test_a_map_broken_by_chance_is_judged_cleanly_and_played_if_sound(part: int) -> None:
    sound = sum(played(seed)[0] for seed in range(part, CI, 10))
    # Both sides are met: maps that are refused, and maps that a slip leaves playable.
    assert 0 < sound < CI // 10


@pytest.mark.acceptance
@pytest.mark.parametrize("part", range(20))
def test_twenty_thousand_broken_maps(part: int, twentieth: bool) -> None:
    last = CI + (WHOLE - CI) // 20 if twentieth else WHOLE
    for seed in range(CI + part, last, 20):
        assert played(seed)[1] < LONGEST, seed
