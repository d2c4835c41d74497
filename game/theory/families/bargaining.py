"""What both sides of a crisis expect of one another: the same for every lens.

By how crises in the game go (counted over 900 exchanges on six maps), as generals and envoys would
know it: hardly anybody yields before the other mobilises; land is given up at an ultimatum, and
only where it would be lost anyway; who has climbed climbs on while its odds are good.
"""

import math

from game.world.rules import BP
from game.world.sight import Sight

FIRMNESS = 4.5
"""How firmly a demand is refused that nothing stands behind, in log odds at odds of .6."""
STEP = 4.0
"""How much likelier it is met for each rung that was climbed, in log odds."""
BY_ODDS = 5.0
"""How much likelier the weaker side gives way, in log odds, for the other's whole chance."""
DEAR = 4.2
"""How much less likely land is given up than what else can be demanded, in log odds."""
TURNING = 0.55
"""The other's chance in a war at which who made a demand is as likely to drop it as to press it."""
BY_RESOLVE = 3.0
"""How much less likely a state gives way for a whole measure of resolve, in log odds."""
LADDER = 3
"""Rungs from a demand to an ultimatum."""
EVEN_ODDS = 0.6
USUAL_RESOLVE = 0.6


def yielding(sight: Sight, other: str, win: float, rung: int, stake: str) -> float:
    """How likely another meets a demand at a rung (0 demand, 1 mobilisation, 2 ultimatum).

    `win` is the demander's chance in a war, 0 to 1.
    """
    log_odds = STEP * rung + BY_ODDS * (win - EVEN_ODDS) - FIRMNESS
    log_odds -= DEAR if stake == "cede" else 0.0
    return _chance(log_odds - _firm(sight, other))


def dropping(sight: Sight, other: str, win: float) -> float:
    """How likely another drops its demand when one climbs against it, `win` one's own chance."""
    return _chance(BY_ODDS * (win - TURNING) - _firm(sight, other))


def pressed(sight: Sight, other: str, win: float, stake: str, rung: int = 0) -> float:
    """How likely another meets a demand that is pressed from a rung on to the ultimatum."""
    refused = (1.0 - yielding(sight, other, win, at, stake) for at in range(rung, LADDER))
    return 1.0 - math.prod(refused)


def _firm(sight: Sight, other: str) -> float:
    """How firm another is by its resolve, in log odds."""
    return BY_RESOLVE * (sight.world.state(other).resolve / BP - USUAL_RESOLVE)


def _chance(log_odds: float) -> float:
    """A chance, 0 to 1, from its log odds."""
    return 1.0 / (1.0 + math.exp(-log_odds))
