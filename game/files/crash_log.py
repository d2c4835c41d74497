"""The log of the last fault of the program, in the user's state directory."""

import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

LOG = "crash.log"


def crash_log_path() -> Path:
    """Where the log is kept."""
    import platformdirs

    return platformdirs.user_state_path("realpolitik", appauthor=False) / LOG


def write_crash_log(error: BaseException, path: Path | None = None) -> Path | None:
    """Write down how a fault came about, in the place of the one before.

    Returns where it is; None where nothing can be written: a fault may not bring a second one.
    """
    target = path or crash_log_path()
    trace = "".join(traceback.format_exception(error))
    head = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, Python {platform.python_version()}\n"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(head + trace, "utf-8", errors="replace")
    except OSError:
        return None
    return target
