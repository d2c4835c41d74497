"""What is raised to tell the player something, and what is raised to stop work on request.

Neither is a fault of the program. Every class of either sort derives from one of these two.
"""


class PlayerMessage(Exception):
    """A message for the player: `str()` is one sentence that says what, where, and what to do."""

    status = 1
    """The exit status of a command that it ends."""


class Interruption(Exception):
    """Raised to end work early because the caller wants that; the player is told nothing."""
