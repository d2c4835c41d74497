"""Processor time: tasks in turn and turn about, and the median of each (DESIGN, section 9).

What else the machine does slows all tasks alike where they are interleaved, so that a ratio of two
medians of one run says more than any number of seconds.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

import numpy as np

ROOT = Path(__file__).parent.parent.parent
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "120", "LINES": "40"}
"""The terminal of every measurement: how much is drawn depends on it."""

Task = Callable[[], float]
"""Does some work; returns what it took, in seconds of processor time."""


def timed(work: Callable[[], object]) -> float:
    """The processor time of some work in this process, in seconds."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def interleaved(tasks: Mapping[str, Task], rounds: int) -> dict[str, float]:
    """The median of each task, in seconds: every round does each of them once."""
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            spent[name].append(task())
    return {name: median(each) for name, each in spent.items()}


def yardstick() -> float:
    """A fixed piece of work like a turn's: two thirds interpreter, one third small arrays."""

    def work() -> None:
        total = 0
        for number in range(120_000):
            total += number % 7 if number & 1 else len(str(number))
        square = np.linspace(0.1, 1.0, 400).reshape(20, 20)
        for _ in range(1_200):
            square = np.minimum(square @ square, 1.0) + np.where(square > 0.5, 0.1, 0.2)
            square /= square.max()

    return timed(work)


def process(*arguments: str) -> float:
    """The processor time of a Python process of its own, in seconds.

    Raises subprocess.CalledProcessError where it fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _python(*arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def megabytes(script: str) -> float:
    """What a script in a process of its own prints of its memory, in MB."""
    return float(_python("-c", script))


def _python(*arguments: str) -> str:
    environment = {**os.environ, **TERMINAL, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return ran.stdout
