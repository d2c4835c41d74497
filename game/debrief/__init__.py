"""What a campaign proved: report, exports."""
