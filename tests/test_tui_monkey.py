"""A fiftieth of the monkey: no fault, no exit that was not asked for, no lost order.

The whole of it is `python -m tests.monkey 200 100`.
"""

from pathlib import Path

import pytest

from tests.monkey import played


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
async def test_random_bursts_mouse_and_resizes_do_no_harm(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    assert await played(seed, 100, tmp_path) == ""
