"""What can be wrong with the files a map is imported from."""

from game.messages import PlayerMessage


class ImportProblem(PlayerMessage):
    """A file that cannot be made into a map; the sentence says where and why."""
