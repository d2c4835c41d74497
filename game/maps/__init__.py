"""Maps in: found by name, read, checked with every problem placed, described by a schema."""
