"""Reads maps: finds them by name, checks them, and reports every problem with its position."""
