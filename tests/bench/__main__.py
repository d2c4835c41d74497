"""The table of budgets, measured: `python -m tests.bench` (DESIGN, section 9).

With `--quick` only what needs no peer, as ratios against a fixed loop, in some twenty seconds; the
exit status is 1 where one is above its bound. The peers come with `pip install -e '.[bench]'`.
"""

import argparse
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.bench import peers, tasks
from tests.bench.clock import TERMINAL, Task, interleaved, yardstick

ROUNDS = 9
QUICK_ROUNDS = 5


@dataclass(frozen=True)
class Row:
    """A line of the table: what was done, beside what, and how much it may be."""

    work: str
    ours: str
    beside: str
    measured: float
    bound: float
    aim: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is within its bound."""
        return self.measured <= self.bound


QUICK: Mapping[str, float] = {
    "AI turn, five-crowns": 2.2,
    "AI turn, europe-1909": 5.8,
    "AI turn, 50 states": 18.0,
    "load + posterior, 12 turns": 17.0,
}
"""What is timed against the fixed loop, and its bound: about half as much again as was measured."""


def quick() -> list[Row]:
    """What needs no peer, as ratios against the fixed loop, and the growth of memory."""
    works: dict[str, Task] = {
        "loop": yardstick,
        "AI turn, five-crowns": tasks.turn_of("five-crowns"),
        "AI turn, europe-1909": tasks.turn_of("europe-1909"),
        "AI turn, 50 states": tasks.turn_of("random:1:50"),
        "load + posterior, 12 turns": tasks.loading("five-crowns", 12),
    }
    spent = interleaved(works, QUICK_ROUNDS)
    rows = [_ratio(name, spent, name, "loop", bound) for name, bound in QUICK.items()]
    rows.append(_megabytes("growth a turn, 20 states", tasks.growth("random:1:20", 30), 0.2))
    return rows


def whole() -> list[Row]:
    """Everything; what is beside a peer is left out where the peers are not installed."""
    rows = quick()
    works: dict[str, Task] = {
        "turn 7": tasks.turn_of("five-crowns"),
        "turn 50": tasks.turn_of("random:1:50"),
        "help": tasks.asking_for_help,
        "screen": tasks.the_first_screen,
        "empty": tasks.an_empty_app,
    }
    slow: dict[str, Task] = {
        "turn 50": tasks.turn_of("random:1:50"),
        "turn 200": tasks.turn_of("random:1:200", warm=0),
        "crowns": tasks.loading("five-crowns", 60),
        "europe": tasks.loading("europe-1909", 60),
    }
    if peers.are_here():
        works["diplomacy"] = peers.diplomacy_phase()
        works["mesa 50"] = peers.mesa_step(50)
        slow["mesa 200"] = peers.mesa_step(200)
    # What takes a few thousandths of a second is timed beside its like alone: after a turn of 50
    # states it would pay for what that has left in memory.
    short: dict[str, Task] = {"read": tasks.reading_a_map, "json": tasks.parsing_a_map}
    spent = interleaved(works, ROUNDS) | interleaved(short, 3 * ROUNDS)
    long = interleaved(slow, 3)
    if peers.are_here():
        rows += [
            _ratio("AI turn, 7 states, of a diplomacy phase", spent, "turn 7", "diplomacy", 3.5),
            _ratio("turn, 50 states, of Mesa's step", spent, "turn 50", "mesa 50", 3.0),
            _ratio("turn, 200 states, of Mesa's step", long, "turn 200", "mesa 200", 1.2),
        ]
    rows += [
        _ratio("turn, from 50 to 200 states", long, "turn 200", "turn 50", 18.0),
        _ratio("map of 200 states, of json.loads", spent, "read", "json", 3.0),
        _ratio("first screen, of an empty app", spent, "screen", "empty", 1.4),
        _ratio("--help, of an empty app", spent, "help", "empty", 0.7),
        _seconds("load + posterior, 60 turns, five-crowns", long["crowns"], 1.5),
        _seconds("load + posterior, 60 turns, europe-1909", long["europe"], 3.0),
    ]
    empty = tasks.memory_of_an_empty_app()
    for name, map_name, turns, bound in (
        ("most memory, europe-1909, 45 turns", "europe-1909", 45, 2 * empty + 20),
        ("most memory, 50 states, 10 turns", "random:1:50", 10, 400.0),
        ("most memory, 200 states, 10 turns", "random:1:200", 10, 400.0),
    ):
        taken = tasks.most_memory(map_name, turns)
        beside = f"empty app {empty:.0f} MB"
        rows.append(Row(name, f"{taken:.0f} MB", beside, taken, bound, f"{bound:.0f} MB"))
    return rows


def _ratio(work: str, spent: Mapping[str, float], ours: str, beside: str, bound: float) -> Row:
    ratio = spent[ours] / spent[beside]
    told = [f"{1000 * spent[name]:.1f} ms" for name in (ours, beside)]
    return Row(work, told[0], f"{told[1]}: {ratio:.2f} x", ratio, bound, f"{bound:g} x")


def _seconds(work: str, spent: float, bound: float) -> Row:
    return Row(work, f"{spent:.2f} s", "", spent, bound, f"{bound:g} s")


def _megabytes(work: str, taken: float, bound: float) -> Row:
    return Row(work, f"{taken:.2f} MB", "", taken, bound, f"{bound:g} MB")


def table(rows: Sequence[Row]) -> str:
    """The rows as a table in Markdown."""
    lines = ["| work | ours | beside | at most | |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.work} | {row.ours} | {row.beside} | {row.aim} | {'' if row.holds else 'above'} |"
        for row in rows
    ]
    return "\n".join(lines)


def _machine() -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()},"
        f" {platform.system()} {platform.machine()}, {os.cpu_count()} processors,"
        f" load {load}; processor time, medians of interleaved runs"
    )


def main() -> int:
    """Measure, print the table, and say whether all of the quick part is within its bounds."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only what needs no peer")
    quick_only = parser.parse_args().quick
    os.environ.update(TERMINAL)
    print(_machine(), flush=True)
    rows = quick() if quick_only else whole()
    print(table(rows))
    if not quick_only and not peers.are_here():
        print("Without peers: pip install -e '.[bench]' compares with diplomacy and Mesa.")
    return 1 if quick_only and not all(row.holds for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
