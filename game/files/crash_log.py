"""The log of the last internal error, in the user's state directory."""

import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

LOG = "crash.log"


def crash_log_path() -> Path:
    """The path of the log."""
    import platformdirs

    return platformdirs.user_state_path("realpolitik", appauthor=False) / LOG


def write_crash_log(error: BaseException, path: Path | None = None) -> Path | None:
    """Write the traceback of an error to the log, instead of the last one.

    Returns the path; None if it cannot be written (an error report must not raise an error).
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
