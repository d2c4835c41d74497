"""The panels of the campaign screen. Each shows a snapshot and computes no rules."""
