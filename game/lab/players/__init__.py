"""Computer players for the player's seat: fixed scripts and a planner, through `Campaign` alone."""

from collections.abc import Callable, Mapping

from game.campaign.policy import Policy
from game.lab.players.counting import Played, play_and_count
from game.lab.players.planner import Planner
from game.lab.players.scripts import (
    Arm,
    Bribe,
    Bully,
    DefendAndSign,
    JoinTheStrongest,
    Pass,
    Random,
)

SCRIPTS: Mapping[str, Callable[[], Policy]] = {
    "pass": Pass,
    "defend-and-sign": DefendAndSign,
    "arm": Arm,
    "bully": Bully,
    "bribe": Bribe,
    "join-the-strongest": JoinTheStrongest,
    "random": Random,
}
"""The fixed scripts by name."""
TOLD: Mapping[str, Callable[[float], float]] = {
    "planner-true": lambda truth: truth,
    "planner-even": lambda _: 0.5,
    "planner-inverted": lambda truth: 1.0 - truth,
}
"""What each planner is told, of the truth (1 for one who fears power, 0 for one who does not)."""
NAMES = (*SCRIPTS, *TOLD)
"""Every computer player."""

__all__ = ["NAMES", "SCRIPTS", "TOLD", "Planner", "Played", "play_and_count", "policy"]


def policy(name: str, doctrines: Mapping[str, str]) -> Policy:
    """The computer player of a name; `doctrines` is the truth that planners are told of.

    Raises KeyError for an unknown name.
    """
    if name in SCRIPTS:
        return SCRIPTS[name]()
    told = TOLD[name]
    return Planner({state: told(float(held == "BOP")) for state, held in doctrines.items()})
