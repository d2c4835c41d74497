"""Which doctrine a state's recorded decisions fit best, from the public history alone.

An import contract (pyproject.toml, "blind") keeps the envelope out of reach.
"""
