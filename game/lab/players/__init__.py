"""Computer players for the player's seat: fixed scripts and a planner, through `Campaign` alone."""

from collections.abc import Callable, Mapping

from game.campaign.policy import Policy
from game.lab.players.ahead_planner import AheadPlanner
from game.lab.players.counting import Played, play_and_count
from game.lab.players.planner import Planner
from game.lab.players.reading import Follow, Reader
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
BELIEFS: Mapping[str, Callable[[float], float]] = {
    "true": lambda truth: truth,
    "even": lambda _: 0.5,
    "inverted": lambda truth: 1.0 - truth,
}
"""What a planner assumes of a rival, from the truth: 1 if that rival follows BOP, else 0."""
PLANNERS: Mapping[str, Callable[[Mapping[str, float]], Planner]] = {
    "planner": Planner,
    "ahead": AheadPlanner,
}
"""Kind of planner -> its maker. The second plays its plans forward in its head, which is slow."""
READERS = {"planner": "reader", "ahead": "ahead-reader"}
"""Kind of planner -> the name of the one that infers what it assumes."""
FAMILIES = {kind: (*(f"{kind}-{one}" for one in BELIEFS), READERS[kind]) for kind in PLANNERS}
"""Kind of planner -> the names of its players."""
NAMES = (*SCRIPTS, *(name for names in FAMILIES.values() for name in names))
"""The names of all computer players."""

__all__ = [
    "FAMILIES",
    "NAMES",
    "READERS",
    "SCRIPTS",
    "Planner",
    "Played",
    "play_and_count",
    "policy",
]


def policy(name: str, doctrines: Mapping[str, str]) -> Policy:
    """The computer player of a name; `doctrines` is what planners' assumptions follow from.

    Raises KeyError for an unknown name.
    """
    if name in SCRIPTS:
        return SCRIPTS[name]()
    for kind, make in PLANNERS.items():
        if name == READERS[kind]:
            return Reader(make({}))
        if name in FAMILIES[kind]:
            belief = BELIEFS[name.removeprefix(f"{kind}-")]
            told = {state: belief(float(held == "BOP")) for state, held in doctrines.items()}
            return make(told)
    raise KeyError(name)
