"""Maps in, saves in and out: the one floor that touches files."""
