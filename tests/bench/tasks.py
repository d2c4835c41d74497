"""What of the game is timed: turns, a loaded campaign, a map, the start; and its memory."""

import json
import tempfile
from functools import cache
from pathlib import Path

from game import Campaign, load_map
from game.debrief.analysis import Analysis
from game.maps.check import read_and_check
from game.random_maps import random_text
from game.saves.save_file import read
from tests.bench.clock import Task, megabytes, process, timed

WARM = 2
"""Turns that are played before one is timed."""


def turn_of(map_name: str, *, warm: int = WARM) -> Task:
    """A whole AI turn: each call plays the next, of one campaign after another."""
    doc = load_map(map_name)
    campaigns: list[Campaign] = []

    def task() -> float:
        if not campaigns or campaigns[0].over:
            campaigns[:] = [Campaign.new(doc, seed=1)]
            for _ in range(warm):
                campaigns[0].submit()
        return timed(campaigns[0].submit)

    return task


def loading(map_name: str, turns: int) -> Task:
    """A save of a campaign read, checked, and its conduct judged: load and posterior."""
    folder = tempfile.TemporaryDirectory(prefix="realpolitik-bench-")
    path = Path(folder.name) / "campaign.json"
    campaign = Campaign.new(load_map(map_name), seed=7, turns=turns)
    while not campaign.over:
        campaign.submit()
    campaign.save(path)

    def task() -> float:
        assert folder, "the folder lives as long as the task"
        return timed(lambda: Analysis(read(path).history).findings)

    return task


@cache
def _many_states() -> bytes:
    """A map of 200 states, as the bytes of its file."""
    return random_text(1, states=200).encode()


def reading_a_map() -> float:
    """A map of 200 states read and checked."""
    content = _many_states()
    return timed(lambda: read_and_check(content, doubts=False))


def parsing_a_map() -> float:
    """The same bytes parsed as JSON."""
    content = _many_states()
    return timed(lambda: json.loads(content))


def asking_for_help() -> float:
    """`realpolitik --help`, a process of its own."""
    return process("-m", "game", "--help")


EMPTY_APP = """
import asyncio
from textual.app import App
async def main():
    async with App().run_test(size=(120, 40)) as pilot:
        await pilot.pause()
asyncio.run(main())
"""
FIRST_SCREEN = """
import asyncio, tempfile
from pathlib import Path
from game.tui.app import Intent, RealpolitikApp
async def main():
    with tempfile.TemporaryDirectory() as folder:
        app = RealpolitikApp(Intent("title", saves=Path(folder)))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
asyncio.run(main())
"""


def an_empty_app() -> float:
    """An empty Textual app, from nothing to its first screen."""
    return process("-c", EMPTY_APP)


def the_first_screen() -> float:
    """The title screen, from nothing until it is painted."""
    return process("-c", FIRST_SCREEN)


_MEMORY = """
import resource, sys
def held(name):
    for line in open("/proc/self/status"):
        if line.startswith(name):
            return int(line.split()[1]) / 1024
def peak():
    # What getrusage says of a process begins with its parent's peak on Linux.
    if sys.platform == "linux":
        return held("VmHWM")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
def now():
    return held("VmRSS") if sys.platform == "linux" else peak()
"""
_PLAYED = """
from game import Campaign, load_map
campaign = Campaign.new(load_map({map!r}), seed=1, turns={turns})
while not campaign.over:
    campaign.submit()
print(peak())
"""
_GROWN = """
import gc
from game import Campaign, load_map
campaign = Campaign.new(load_map({map!r}), seed=1, turns={turns})
while not campaign.over:
    campaign.submit()
    if len(campaign.history.turns) == 10:
        gc.collect()
        before = now()
gc.collect()
print((now() - before) / ({turns} - 10))
"""


def most_memory(map_name: str, turns: int) -> float:
    """The most memory that a campaign of AI states alone takes, a process of its own, in MB."""
    return megabytes(_MEMORY + _PLAYED.format(map=map_name, turns=turns))


def growth(map_name: str, turns: int) -> float:
    """By how much it grows a turn after the first ten, in MB."""
    return megabytes(_MEMORY + _GROWN.format(map=map_name, turns=turns))


def memory_of_an_empty_app() -> float:
    """The most memory that an empty Textual app takes, in MB."""
    return megabytes(_MEMORY + EMPTY_APP + "print(peak())")
