"""When what a player could see settles which doctrine each great power follows: `lab --deduction`.

The player offers nothing and declines everything, so that nothing it does adds to the evidence.
Every turn all its envoys are sent to listen to great powers in turn, or all of them are kept busy
with assessments. The estimate is the one that an assessment returns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from statistics import quantiles
from typing import Any

from game import play
from game.advice.doctrine_estimate import doctrine_estimates
from game.campaign.opening import opening
from game.page.blocks import Document, Section, Table, figure
from game.world.legality import envoys
from game.world.map_document import MapDoc
from game.world.model import World
from game.world.orders import Assess, Order, Sound

CERTAIN = 0.9
"""The probability from which a rival counts as known."""
EARLY = 3
"""What is known before this turn is known too early."""
LATE = 0.5
"""The share of the turns by whose end the figure "by half" is taken."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a player could know of one rival in one campaign."""

    map: str
    seat: str
    seed: int
    listening: bool
    state: str
    doctrine: str
    turns: int
    """How many turns were played."""
    known: int | None
    """The first turn by whose end the true doctrine had `CERTAIN`; None: never."""
    wrong: int | None
    """The same for the other one."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A campaign to watch: the seat of a player who passes, and whether its envoys listen."""

    map: MapDoc
    seat: str
    seed: int
    turns: int | None
    listening: bool


def watched(watch: Watch) -> list[Known]:
    """Play one campaign, and find when each great power could be known."""
    position = opening(watch.map, player=watch.seat, seed=watch.seed, turns=watch.turns)
    while not position.history.over:
        orders = (_listening if watch.listening else _busy)(position.world, watch.seat)
        position = play.begin(position, {watch.seat: orders})
        while position.asking is not None:
            position = play.answer(position, play.silence(position.waiting))
    history, envelope = position.history, position.envelope
    poles = [one.id for one in history.start.states if one.great and one.id != watch.seat]
    estimates = doctrine_estimates(history, watch.seat, poles)
    return [
        Known(
            watch.map.id, watch.seat, watch.seed, watch.listening, state,
            envelope[state].doctrine, len(history.turns),
            _first(estimates[state].by_turn, envelope[state].doctrine == "BOP"),
            _first(estimates[state].by_turn, envelope[state].doctrine != "BOP"),
        )
        for state in poles
        if envelope[state].doctrine in ("BOP", "BOT")
    ]  # fmt: skip


def _listening(world: World, me: str) -> tuple[Order, ...]:
    """Every envoy listens in a great power, first where none has listened for longest."""
    poles = [one.id for one in world.states if one.great and one.id in world.playing()]
    others = sorted(
        (state for state in poles if state != me),
        key=lambda state: world.soundings.get((me, state), -1),
    )
    return tuple(Sound(state) for state in others[: envoys(world, me)])


def _busy(world: World, me: str) -> tuple[Order, ...]:
    """An assessment for each envoy: then none of them listens."""
    others = [state for state in world.playing() if state != me]
    return tuple(Assess(state) for state in others[: envoys(world, me)])


def _first(by_turn: dict[int, float], power: bool) -> int | None:
    sure = [turn for turn, share in by_turn.items() if (share if power else 1 - share) >= CERTAIN]
    return min(sure, default=None)


def deduction_report(
    docs: Sequence[MapDoc],
    *,
    runs: int,
    turns: int | None,
    seed: int,
    seat: str | None,
    jobs: int | None,
) -> dict[str, Any]:
    """The report of `lab --deduction`: a row for each map, with and without listening.

    Without a `seat` every great power of a map is the player's in turn, `runs` campaigns each.
    """
    watches = [
        Watch(doc, one, seed + number, turns, listening)
        for doc in docs
        for one in ([seat] if seat is not None else _poles(doc))
        for listening in (False, True)
        for number in range(runs)
    ]
    found = [known for one in _all(watches, jobs) for known in one]
    rows = []
    for doc in docs:
        for listening in (False, True):
            own = [one for one in found if (one.map, one.listening) == (doc.id, listening)]
            if own:
                rows.append(_row(doc.id, listening, own))
    return {"runs": runs, "seed": seed, "certain": CERTAIN, "rows": rows}


def _poles(doc: MapDoc) -> list[str]:
    return [one.id for one in opening(doc, player=None, seed=0).world.states if one.great]


def _all(watches: Sequence[Watch], jobs: int | None) -> Iterable[list[Known]]:
    """Every campaign, over several processes where the extra that spreads work is installed."""
    if jobs == 1 or find_spec("joblib") is None:
        return [watched(one) for one in watches]
    from joblib import Parallel, delayed

    found: Iterable[list[Known]] = Parallel(n_jobs=jobs or -1)(
        delayed(watched)(one) for one in watches
    )
    return found


def _row(name: str, listening: bool, own: Sequence[Known]) -> dict[str, Any]:
    """The figures of a map. A rival that is never known counts as known after the last turn."""
    turns = max(one.turns for one in own)
    whens = [one.known if one.known is not None else turns + 1 for one in own]
    low, median, high = quantiles(whens, n=4, method="inclusive") if len(whens) > 1 else whens * 3
    return {
        "map": name,
        "listening": listening,
        "rivals": len(own),
        "turns": turns,
        "median": median if median <= turns else None,
        "low": low if low <= turns else None,
        "high": high if high <= turns else None,
        "early": _share(one.known is not None and one.known < EARLY for one in own),
        "by_half": _share(one.known is not None and one.known <= LATE * turns for one in own),
        "never": _share(one.known is None for one in own),
        "wrong": _share(one.wrong is not None for one in own),
    }


def _share(true: Iterable[bool]) -> float:
    held = list(true)
    return round(sum(held) / len(held), 4)


def document(told: dict[str, Any]) -> Document:
    """The report as a document."""
    lead = (
        f"{told['runs']} campaigns for each seat from seed {told['seed']}, in which the player "
        "only watches. A rival is known by the end of the first turn in which what the player "
        f"could see gives its true doctrine {told['certain']:.0%}; the quartiles count one that is "
        "never known as known after the last turn.",
    )
    head = (
        "map", "envoys", "rivals", "turns", "median turn", "a quarter by", "three quarters by",
        f"before turn {EARLY}", "by half", "never", "ever sure of the wrong one",
    )  # fmt: skip
    rows = tuple(
        (
            row["map"],
            "listen" if row["listening"] else "busy",
            figure(row["rivals"]),
            figure(row["turns"]),
            *(figure(row[name]) for name in ("median", "low", "high")),
            *(figure(row[name], percent=True) for name in ("early", "by_half", "never", "wrong")),
        )
        for row in told["rows"]
    )
    table = Table("When the great powers are known", head, rows)
    return Document(
        title="When what a player could see settles what its rivals fear",
        lead=lead,
        sections=(Section("By map", "maps", (table,)),),
        foot="Realpolitik, the laboratory.",
    )
