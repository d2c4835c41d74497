"""The results of computer players: means over campaigns, by player, map and seat."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from math import fsum, sqrt
from statistics import median

from game.campaign import Campaign
from game.lab.players import play_and_count, policy
from game.world.map_document import MapDoc


@dataclass(frozen=True, slots=True)
class Task:
    """One campaign to play: who plays which seat of which map, with what aim and seed."""

    player: str
    map: MapDoc
    seat: str
    seed: int
    aim: str | None = None
    turns: int | None = None
    doctrines: Mapping[str, str] | None = None
    """State -> doctrine, for states whose doctrine is not drawn."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one campaign for its player. Scores are without insight."""

    player: str
    map: str
    seat: str
    aim: str
    seed: int
    score: float
    reached: float
    """Share of the aim, 0 to 1."""
    security: float
    """Points, 0 to 25."""
    broken: int
    own_side: float
    """The largest share of the world's capability that was on its side, 0 to 1."""
    decisions: float
    """The median of a turn's decisions."""
    idle: int
    """The longest run of turns without a matter."""
    turns: int


@dataclass(frozen=True, slots=True)
class Row:
    """The means of one player's campaigns in one seat."""

    player: str
    map: str
    seat: str
    aim: str
    campaigns: int
    score: float
    error: float
    """Standard error of the mean score."""
    reached: float
    security: float
    broken: float
    own_side: float
    """The largest of all the campaigns."""
    decisions: float
    idle: int
    """The largest of all the campaigns."""


def truth(task: Task) -> dict[str, str]:
    """The doctrines of a campaign's rivals, read from the same campaign in teaching mode."""
    twin = Campaign.new(
        task.map, player=task.seat, seed=task.seed, teaching=True, doctrines=task.doctrines
    )
    return twin.debriefing.doctrines()


def run(task: Task) -> Outcome:
    """Play one campaign. Raises Refused for an unknown seat or aim."""
    campaign = Campaign.new(
        task.map,
        player=task.seat,
        seed=task.seed,
        aim=task.aim,
        turns=task.turns,
        doctrines=task.doctrines,
    )
    played = play_and_count(campaign, policy(task.player, truth(task)))
    score = campaign.debriefing.score(insight=False)
    return Outcome(
        player=task.player,
        map=task.map.id,
        seat=task.seat,
        aim=campaign.aim.id if campaign.aim else "",
        seed=task.seed,
        score=score.total,
        reached=score.aim,
        security=score.security,
        broken=score.broken,
        own_side=played.own_side,
        decisions=median(played.decisions),
        idle=played.longest_without_matter,
        turns=len(played.decisions),
    )


def run_all(tasks: Sequence[Task], processes: int = 1) -> list[Outcome]:
    """Play campaigns, in the order of the tasks whatever the number of processes."""
    if processes <= 1:
        return [run(task) for task in tasks]
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(run, tasks, chunksize=max(1, min(8, len(tasks) // processes))))


def tasks(
    players: Iterable[str],
    seats: Iterable[tuple[MapDoc, str]],
    seeds: Sequence[int],
    turns: int | None = None,
) -> Iterator[Task]:
    """Every player in every seat with every seed, each with the seat's first aim."""
    seats = list(seats)
    for player in players:
        for document, seat in seats:
            for seed in seeds:
                yield Task(player, document, seat, seed, None, turns)


def table(outcomes: Iterable[Outcome]) -> list[Row]:
    """The means by player, map, seat and aim, in the order in which they first appear."""

    def key(outcome: Outcome) -> tuple[str, str, str, str]:
        return (outcome.map, outcome.seat, outcome.aim, outcome.player)

    ordered = sorted(outcomes, key=key)
    return [
        _row(*names, list(members))  # one row a group
        for names, members in groupby(ordered, key)
    ]


def _row(map: str, seat: str, aim: str, player: str, members: Sequence[Outcome]) -> Row:
    """The means of one player's outcomes in a seat."""
    count = len(members)
    mean = fsum(one.score for one in members) / count
    spread = fsum((one.score - mean) ** 2 for one in members) / max(1, count - 1)
    return Row(
        player=player,
        map=map,
        seat=seat,
        aim=aim,
        campaigns=count,
        score=mean,
        error=sqrt(spread / count),
        reached=fsum(one.reached for one in members) / count,
        security=fsum(one.security for one in members) / count,
        broken=sum(one.broken for one in members) / count,
        own_side=max(one.own_side for one in members),
        decisions=median(one.decisions for one in members),
        idle=max(one.idle for one in members),
    )
