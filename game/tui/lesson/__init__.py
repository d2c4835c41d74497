"""The lesson: a first campaign that teaches one thing a turn, on the screens themselves."""
