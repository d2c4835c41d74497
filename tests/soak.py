"""Many campaigns played by the AI alone, one of 1,000 turns, and their memory.

    python -m tests.soak RESULTS [--campaigns 500] [--turns 20] [--long 1000]
    python -m tests.soak RESULTS --memory
    python -m tests.soak RESULTS --again

The first plays the campaigns and adds a line of JSON to the file RESULTS for each; campaigns that
stand there already are not played again, so it may be stopped at any time. The second measures the
memory of maps of 20, 50 and 200 states. The third plays every campaign of RESULTS once more and
compares the digests: run it with another version of Python. The exit status is 1 if a campaign
raised an exception, differs, or needs more memory than `MOST_GROWTH`.
"""

import argparse
import gc
import json
import platform
import sys
import time
import traceback
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from game import Campaign, load_map

MAPS = ("five-crowns", "two-leagues", "middle-east-1955", "europe-1909", "world-1950", "random")
"""Played in turn; `random` stands for another random map for every seed."""
STATES_RANDOM = (4, 5, 8, 12, 20)
SIZES = (20, 50, 200)
MOST_GROWTH = 10_000
"""The most bytes that a turn after the tenth may add for each state: the history kept of it."""


def named(number: int, turns: int) -> tuple[str, int, int]:
    """Map, seed and turns of a campaign by its number."""
    name, seed = MAPS[number % len(MAPS)], number // len(MAPS) + 1
    if name == "random":
        name = f"random:{seed}:{STATES_RANDOM[seed % len(STATES_RANDOM)]}"
    return name, seed, turns


def wanted(campaigns: int, turns: int, long: int) -> Iterator[tuple[str, int, int]]:
    """Every campaign, the long one last."""
    for number in range(campaigns):
        yield named(number, turns)
    if long:
        yield "five-crowns", 1, long


def played(name: str, seed: int, turns: int) -> dict[str, Any]:
    """A campaign played to its end: its digest, or the exception that it raised."""
    begun = time.process_time()
    result: dict[str, Any] = {"map": name, "seed": seed, "turns": turns}
    try:
        campaign = Campaign.new(load_map(name), seed=seed, turns=turns)
        while not campaign.over:
            campaign.submit()
        result |= {"digest": campaign.digest, "played": len(campaign.history.turns)}
    except Exception:
        result |= {"error": traceback.format_exc()}
    seconds = round(time.process_time() - begun, 2)
    return result | {"seconds": seconds, "python": platform.python_version()}


def read(path: Path) -> list[dict[str, Any]]:
    """The campaigns that stand in a file; a last line that was cut off is left out."""
    lines = path.read_text("utf-8").split("\n")[:-1] if path.exists() else []
    return [json.loads(line) for line in lines]


def soak(path: Path, campaigns: int, turns: int, long: int) -> int:
    """Play the campaigns that are not in the file yet; returns how many of all failed."""
    results = {(one["map"], one["seed"], one["turns"]): one for one in read(path)}
    path.write_text("".join(json.dumps(one) + "\n" for one in results.values()), "utf-8")
    asked = list(wanted(campaigns, turns, long))
    with path.open("a", encoding="utf-8") as file:
        for run in asked:
            if run not in results:
                results[run] = played(*run)
                file.write(json.dumps(results[run]) + "\n")
                file.flush()
    done = [results[run] for run in asked]
    failed = [one for one in done if "error" in one]
    for one in failed:
        print(f"{one['map']}, seed {one['seed']}: {one['error']}")
    minutes = sum(one["seconds"] for one in done) / 60
    print(f"{len(done)} campaigns, {len(failed)} failed, {minutes:.1f} minutes of processor")
    return len(failed)


def again(path: Path) -> int:
    """Play every campaign of the file once more; returns how many differ."""
    differ, before, count = 0, set(), 0
    for one in read(path):
        now = played(one["map"], one["seed"], one["turns"])
        count += 1
        before.add(one["python"])
        if now.get("digest") != one.get("digest"):
            differ += 1
            print(f"{one['map']}, seed {one['seed']}: {now.get('error', 'another digest')}")
        if count % 20 == 0:
            print(f"{count} campaigns, {differ} differ", flush=True)
    versions = ", ".join(sorted(before))
    print(f"{count} campaigns of Python {versions} again on {platform.python_version()}: "
          f"{differ} differ")  # fmt: skip
    return differ


def growth(states: int, turns: int = 6) -> float:
    """Bytes that a turn adds for each state, on average over the turns that follow the tenth."""
    campaign = Campaign.new(load_map(f"random:1:{states}"), seed=1, turns=10 + turns)
    while len(campaign.history.turns) < 10:
        campaign.submit()
    gc.collect()
    tracemalloc.start()
    try:
        while not campaign.over:
            campaign.submit()
        gc.collect()
        return tracemalloc.get_traced_memory()[0] / turns / states
    finally:
        tracemalloc.stop()


def memory() -> int:
    """Measure every size; returns how many grow by more than `MOST_GROWTH`."""
    found = {}
    for states in SIZES:
        found[states] = growth(states)
        print(f"{states} states: {found[states]:,.0f} bytes a turn and state", flush=True)
    return sum(size > MOST_GROWTH for size in found.values())


def main() -> int:
    """Read the arguments and run what they ask for."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("results", type=Path)
    parser.add_argument("--campaigns", type=int, default=500)
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--long", type=int, default=1_000)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--again", action="store_true")
    given = parser.parse_args()
    if given.memory:
        return int(memory() > 0)
    if given.again:
        return int(again(given.results) > 0)
    return int(soak(given.results, given.campaigns, given.turns, given.long) > 0)


if __name__ == "__main__":
    sys.exit(main())
