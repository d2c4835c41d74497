"""Saves: one JSON file of tables for each campaign, checked when read, recoverable if damaged."""
