"""What is raised to tell the player something, and what is raised to stop work on request.

Neither is a fault of the program. Every class of either sort derives from one of these two.
"""


class PlayerMessage(Exception):
    """Something the player is told: `str()` is one sentence that says what, where, what to do."""

    status = 1
    """The exit status of a command that it ends."""


class Interruption(Exception):
    """Ends work early because who called for it wants that; there is nothing to tell of it."""
