"""What can be wrong with the files a map is imported from."""


class ImportProblem(Exception):  # noqa: N818 - a problem to tell, as everywhere in the game
    """A file that cannot be made into a map; its text is one sentence saying where and why."""
