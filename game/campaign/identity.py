"""What a campaign is: its setup and history, whose it is, which turn it stands at."""

from __future__ import annotations

from game import play
from game.campaign.refused import Refused
from game.history import History, Setup, digest_of
from game.world.atlas import Atlas


class Identity:
    """The part of a campaign's interface that tells what it is."""

    _position: play.Position

    @property
    def setup(self) -> Setup:
        """What the campaign was begun with."""
        return self._position.history.setup

    @property
    def history(self) -> History:
        """Every turn so far, as a value."""
        return self._position.history

    @property
    def atlas(self) -> Atlas:
        """What never changes: names, geography, starting figures, rules."""
        return self.history.start.atlas

    @property
    def player(self) -> str | None:
        """The player's state."""
        return self.setup.player

    @property
    def _me(self) -> str:
        if self.player is None:
            raise Refused("Nobody plays this campaign; name a state.")
        return self.player

    @property
    def turn(self) -> int:
        """The turn that is being ordered; after the last one, the last one."""
        return self.history.turn

    @property
    def date(self) -> str:
        """The turn's date in the map's calendar."""
        return self.atlas.date(self.turn)

    @property
    def over(self) -> bool:
        """Whether the campaign has ended (see `History.over`)."""
        return self.history.over

    @property
    def digest(self) -> str:
        """The digest of the history and of what states believe."""
        return digest_of(self.history.digest, play.private_digest(self._position))
