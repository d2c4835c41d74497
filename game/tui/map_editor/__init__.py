"""The editor of maps: a screen that paints provinces, and the cards that it opens."""
