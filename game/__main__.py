"""`python -m game` is the command line."""

from game.cli import run

if __name__ == "__main__":
    run()
