"""Which doctrine conduct shows, from the public history alone: blind by import contract."""
