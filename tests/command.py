"""Running the command line in tests, as a process of its own or, faster, in this one."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from game.cli import main

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def refused(self, status: int, *words: str) -> None:
        """That it ended with this status and one sentence that has these words."""
        assert (self.status, self.out) == (status, ""), self
        assert "Traceback" not in self.err
        assert len(self.err.strip().splitlines()) == 1, self.err
        assert self.err.strip().endswith((".", "?", ")")), self.err
        for word in words:
            assert word in self.err, self.err


def process(*arguments: object, cwd: Path | None = None, timeout: float = 120, **env: str) -> Ran:
    """`python -m game` with these arguments, in a process of its own, without a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "game", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd or ROOT,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


class Commands:
    """Commands run in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Ran:
        self._capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        return Ran(status, *self._capsys.readouterr())
