"""What other programs ask of a campaign most: one line each, answered by its two helpers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.advice.forecast import Forecast
    from game.campaign.adviser import Adviser, Reading
    from game.campaign.debriefing import Debriefing
    from game.scoring import Score
    from game.world.orders import Order


class Shortcuts:
    """The part of a campaign's interface that outside programs call beside its own methods."""

    if TYPE_CHECKING:

        @property
        def adviser(self) -> Adviser:
            """What the campaign's player can work out."""

        @property
        def debriefing(self) -> Debriefing:
            """What the campaign shows and came to."""

    def readings(self, lens: str, of: str | None = None) -> dict[str, Reading]:
        """See `Adviser.readings`."""
        return self.adviser.readings(lens, of)

    def factors(self, state: str, of: str | None = None) -> dict[str, float]:
        """See `Adviser.threat_factors`."""
        return self.adviser.threat_factors(state, of)

    def insecurity(self, state: str | None = None) -> dict[str, float]:
        """See `Adviser.insecurity`."""
        return self.adviser.insecurity(state)

    def forecast(self, order: Order) -> Forecast | None:
        """See `Adviser.forecast`."""
        return self.adviser.forecast(order)

    def envelope(self) -> Mapping[str, str]:
        """See `Debriefing.doctrines`."""
        return self.debriefing.doctrines()

    def score(self, state: str | None = None) -> Score:
        """See `Debriefing.score`."""
        return self.debriefing.score(state)

    def outcome(self) -> dict[str, Any]:
        """See `Debriefing.outcome`."""
        return self.debriefing.outcome()

    def debrief(self, blind: bool = False, *, quick: bool = False) -> dict[str, Any]:
        """The same as `Debriefing.report`, as the JSON of `debrief --format json`."""
        from game.debrief.report_json import json_of

        return json_of(self.debriefing.report(blind, quick=quick))
