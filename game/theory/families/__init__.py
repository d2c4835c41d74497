"""The decision families: one file each, with its menu and its terms."""
