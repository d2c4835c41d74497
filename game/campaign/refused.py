"""What a campaign answers to a request that the rules forbid."""

from game.messages import PlayerMessage


class Refused(PlayerMessage):
    """Something the rules forbid; its text is one sentence with the rule and the way out."""

    status = 2
