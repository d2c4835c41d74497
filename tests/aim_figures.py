"""Measure how hard the aims of the shipped maps are: `python -m tests.aim_figures [--runs N] MAP`.

A planner that knows every rival's doctrine plays each aim of the map's states, in as many campaigns
as asked. What it reached is written into game/files/aim_figures.json, where the game reads it; aims
of maps that are not named stay as they were. All five maps take some 40 minutes of a processor.
"""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from statistics import fmean

from game.files.program_data import AIM_FIGURES, read_json
from game.lab.players.player_results import Task, run
from game.maps.aim_figures import asked_of
from game.maps.find import shipped_ids
from game.maps.load import load_map
from game.world.world_setup import build_world

FIRST_SEED = 9_001
KNOWS = "planner-true"


def measured(map_id: str, runs: int, jobs: int) -> dict[str, dict[str, object]]:
    """Map, state and aim -> its kind and target, and what was reached in how many campaigns."""
    doc = load_map(map_id)
    atlas = build_world(doc)[0].atlas
    aims = [(state, aim) for state, own in atlas.aims.items() for aim in own]
    tasks = [
        Task(KNOWS, doc, state, FIRST_SEED + number, aim.id)
        for state, aim in aims
        for number in range(runs)
    ]
    with ProcessPoolExecutor(jobs) as pool:
        reached = [outcome.reached for outcome in pool.map(run, tasks)]
    return {
        f"{map_id}/{state}/{aim.id}": {
            **asked_of(aim),
            "reached": round(fmean(reached[at * runs : (at + 1) * runs]), 2),
            "campaigns": runs,
        }
        for at, (state, aim) in enumerate(aims)
    }


def main() -> None:
    """Measure the maps that are named, or all, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("maps", nargs="*", metavar="MAP", default=shipped_ids())
    parser.add_argument("--runs", type=int, default=6)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    known = read_json(AIM_FIGURES) if AIM_FIGURES.exists() else {}
    for map_id in asked.maps:
        others = {key: one for key, one in known.items() if not key.startswith(f"{map_id}/")}
        known = others | measured(map_id, asked.runs, asked.jobs)
        lines = (f"{json.dumps(key)}: {json.dumps(one)}" for key, one in sorted(known.items()))
        AIM_FIGURES.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        print(f"{map_id}: measured", flush=True)


if __name__ == "__main__":
    main()
