"""The panels of the campaign screen. Each shows a snapshot and asks no rules."""
