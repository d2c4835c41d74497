"""Saves: one file a campaign, as tables; written whole, checked when read, recovered if damaged."""
