"""Writes the golden campaigns anew."""

from tests.golden import write

if __name__ == "__main__":
    write()
