"""The exception for problems with the files that a map is imported from."""


class ImportProblem(Exception):  # noqa: N818 - a problem to tell, as everywhere in the game
    """A file cannot be made into a map; the text is one sentence that says where and why."""
