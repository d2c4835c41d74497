"""The exception for problems with the files that a map is imported from."""

from game.messages import PlayerMessage


class ImportProblem(PlayerMessage):
    """A file cannot be made into a map; the sentence says where and why."""
