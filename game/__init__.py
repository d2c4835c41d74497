"""Realpolitik."""
