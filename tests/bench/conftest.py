"""What the timings of the screen share: the terminal that all measurements are made in."""

import pytest

from tests.bench.clock import TERMINAL


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """How much is drawn depends on the terminal: a plain one has another map."""
    for name, value in TERMINAL.items():
        monkeypatch.setenv(name, value)
