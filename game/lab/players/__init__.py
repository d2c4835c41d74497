"""Computer players for the player's seat: fixed scripts and a planner, through `Campaign` alone."""

from collections.abc import Callable, Mapping

from game.campaign.policy import Policy
from game.lab.players.ahead_planner import AheadPlanner
from game.lab.players.counting import Played, play_and_count
from game.lab.players.planner import Planner
from game.lab.players.readers import Follow, Reader
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
    "follow": Follow,
}
"""The fixed scripts by name."""
READER = "reader"
"""The name of the planner that infers what it assumes from what it sees."""
PLANNER_BELIEFS: Mapping[str, Callable[[float], float]] = {
    "planner-true": lambda truth: truth,
    "planner-even": lambda _: 0.5,
    "planner-inverted": lambda truth: 1.0 - truth,
}
"""Planner -> what it assumes of a rival, from the truth: 1 if that rival follows BOP, else 0."""
NAMES = (*SCRIPTS, *PLANNER_BELIEFS, READER)
"""The names of all computer players."""

__all__ = ["NAMES", "READER", "SCRIPTS", "Planner", "Played", "play_and_count", "policy"]


def policy(name: str, doctrines: Mapping[str, str]) -> Policy:
    """The computer player of a name; `doctrines` is what planners' assumptions follow from.

    Raises KeyError for an unknown name.
    """
    if name in SCRIPTS:
        return SCRIPTS[name]()
    if name == READER:
        return Reader()
    belief = PLANNER_BELIEFS[name]
    return AheadPlanner({state: belief(float(held == "BOP")) for state, held in doctrines.items()})
