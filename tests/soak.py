"""Play very many AI campaigns, and a very long one, and watch the memory.

    python -m tests.soak --campaigns 500 --turns 15 --long 1000

Campaigns go over all shipped maps and random ones, one after another in one process. Prints the
resident memory as it goes; an exception stops the run and names the map and the seed.
"""

import argparse
import time
from itertools import cycle
from pathlib import Path

from game import Campaign, load_map
from game.maps.find import shipped_ids

RANDOM_MAPS = ("random:1", "random:2:12:5", "random:3:30:7", "random:4:50:8")
TOLD_EVERY = 50
"""Campaigns, and turns of the long one, between two lines."""


def resident() -> float:
    """The memory of this process that is in use now, MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def play(map_name: str, seed: int, turns: int, *, told: int = 0) -> None:
    """Play an AI campaign to its end; raises RuntimeError with map and seed if it fails."""
    try:
        campaign = Campaign.new(load_map(map_name), seed=seed, turns=turns)
        while not campaign.over:
            campaign.submit()
            turn = len(campaign.history.turns)
            if told and (turn == 10 or turn % told == 0):
                print(f"turn {turn}: {resident():.0f} MB", flush=True)
    except Exception as fault:
        raise RuntimeError(f"{map_name}, seed {seed}, {turns} turns") from fault


def main() -> None:
    """Play what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--campaigns", type=int, default=500)
    parser.add_argument("--turns", type=int, default=15)
    parser.add_argument("--long", type=int, default=1000, metavar="TURNS")
    parser.add_argument("--first-seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.process_time()
    names = cycle((*shipped_ids(), *RANDOM_MAPS))
    for number, map_name in zip(range(asked.campaigns), names, strict=False):
        play(map_name, asked.first_seed + number, asked.turns)
        if (number + 1) % TOLD_EVERY == 0:
            spent = time.process_time() - began
            print(f"{number + 1} campaigns: {resident():.0f} MB, {spent:.0f} s", flush=True)
    if asked.long:
        play("five-crowns", asked.first_seed, asked.long, told=TOLD_EVERY)
    print(f"All played; {time.process_time() - began:.0f} s of processor time.")


if __name__ == "__main__":
    main()
