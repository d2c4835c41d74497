"""What all tests share: a home of their own, and how many seeds the heavy ones take."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says more of what else the machine does than of the game.
settings.register_profile("game", deadline=None)
settings.load_profile("game")

_HOME = tempfile.TemporaryDirectory(prefix="realpolitik-tests-")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--twentieth",
        action="store_true",
        help="take a fixed twentieth of the acceptance tests' populations",
    )
    parser.addoption(
        "--mutants", type=int, default=0, help="how many small faults `-m mutation` makes"
    )
    parser.addoption(
        "--mutants-seed", type=int, default=1, help="which of all small faults it makes"
    )


def pytest_configure() -> None:
    """Keep the player's own settings and saves out of the tests' reach."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(Path(_HOME.name) / name.lower())
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS", "LINES"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def twentieth(request: pytest.FixtureRequest) -> bool:
    """Whether a twentieth of a population is enough, with bounds as wide as that makes them."""
    return bool(request.config.getoption("--twentieth"))
