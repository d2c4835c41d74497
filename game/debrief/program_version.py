"""The version of the program, for what is to be cited."""

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The version of the installed program; "unknown" where it is not installed."""
    try:
        return version("realpolitik")
    except PackageNotFoundError:
        return "unknown"
