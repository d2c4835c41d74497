"""What can be wrong with the files a map is imported from."""


class ImportProblem(Exception):
    """A file that cannot be made into a map; its text is one sentence saying where and why."""
