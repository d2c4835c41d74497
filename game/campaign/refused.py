"""What a campaign refuses to do."""


class Refused(ValueError):  # noqa: N818 (a verdict of the rules, not a fault)
    """Something the rules forbid; its text is one sentence with the rule and the way out."""
