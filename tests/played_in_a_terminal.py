"""The game in a terminal of its own: keys are sent to it, and signals; what it leaves is read."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent

GAME = Path(__file__).parent / "terminal_game.py"


class Terminal:
    """The game played in a pseudo-terminal from a save."""

    def __init__(self, save: Path) -> None:
        self.mark = save.with_name(f"{save.stem}.mark")
        self.mark.unlink(missing_ok=True)
        self._leader, follower = pty.openpty()
        self.child = subprocess.Popen(
            [sys.executable, str(GAME), str(save), str(self.mark)],
            stdin=follower, stdout=follower, stderr=follower, cwd=ROOT, start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40",
                 "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        os.close(follower)
        self.written = b""

    def read(self, seconds: float) -> None:
        """Take what it writes, for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            ready, _, _ = select.select([self._leader], [], [], 0.02)
            if not ready:
                continue
            try:
                self.written += os.read(self._leader, 65_536)
            except OSError:
                return

    def until(self, word: str, seconds: float = 60) -> None:
        """Wait until the game left a word in its mark."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.02)
            if self.mark.exists() and self.mark.read_text() == word:
                return
            if self.child.poll() is not None:
                break
        raise AssertionError(f"never {word!r}: {self.written[-2_000:]!r}")

    def press(self, keys: bytes) -> None:
        os.write(self._leader, keys)

    def signal(self, number: int) -> None:
        os.kill(self.child.pid, number)

    def end(self, seconds: float = 60) -> int:
        """Wait until it ends; its exit status."""
        until = time.monotonic() + seconds
        while self.child.poll() is None and time.monotonic() < until:
            self.read(0.05)
        if self.child.poll() is None:
            self.child.kill()
        self.read(0.1)
        return self.child.wait()

    def close(self) -> None:
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGKILL)
            self.child.wait()
        os.close(self._leader)

    @property
    def is_restored(self) -> bool:
        """Whether the terminal was left as it was: the old screen, the cursor, no mouse."""
        pairs = ((b"1049", b"hl"), (b"25", b"lh"), (b"1000", b"hl"))
        return all(
            self.written.rfind(b"\x1b[?%s%c" % (mode, letters[1]))
            > self.written.rfind(b"\x1b[?%s%c" % (mode, letters[0]))
            for mode, letters in pairs
        )
