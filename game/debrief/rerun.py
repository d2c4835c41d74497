"""A whole campaign run again with one state's doctrine swapped, and the same dice.

The first run has the campaign's own dice throughout. In the others only the noise of the states'
choices is drawn anew; all other chance stays. Every run has a twin with the doctrine as it was,
so that what differs between the two is the doctrine's doing and not the noise's.

The player's seat keeps its recorded orders while they are legal, then follows the doctrine that
its conduct resembled. This reads the envelope, so it is no part of the blind debrief.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from game import play
from game.debrief.rerun_types import Changes, Outcome, PlayerSeat, Rerun, RunPair
from game.dice import draw
from game.history import History
from game.messages import Interruption
from game.rivals import decisions
from game.rivals.envelope import Envelope
from game.words.revision_words import is_of_other_rules, revision_words
from game.world.capability import capability
from game.world.legality import check
from game.world.model import World
from game.world.orders import Order
from game.world.questions import Answer, Question
from game.world.rules import BP
from game.world.sight import seen_by

TIMES = 5
"""How often a campaign is run again where nobody says."""
BOTH_TODAY = (
    "So neither run is compared with what was played: the campaign as it was, and with the doctrine"
    " swapped, are both played by today's rules."
)
OnProgress = Callable[[int, int], None]
"""Told (turns played, turns to play); it may raise `Stopped`."""


class Stopped(Interruption):
    """Raised by who listens, to stop the runs."""


@dataclass(frozen=True, slots=True)
class RerunResult:
    """One run, or the campaign itself."""

    history: History
    handed_over: int | None
    """The turn from which the player's seat followed a doctrine; None: it kept its orders."""


def rerun(
    history: History,
    envelope: Envelope,
    state: str,
    doctrine: str,
    *,
    times: int = TIMES,
    inferred: str = "BOT",
    on_progress: OnProgress | None = None,
) -> Rerun:
    """What changes where `state` follows `doctrine`; the played turns, run `times` times.

    `inferred` is the doctrine that the player's own conduct resembled. Raises KeyError for an
    unknown state or doctrine, ValueError for fewer runs than one, and `Stopped` where
    `on_progress` does.
    """
    if times < 1:
        raise ValueError("a campaign is run again once at least")
    known = play.start(history.setup, envelope).frame.doctrines
    if state not in envelope or doctrine not in known:
        raise KeyError(state if state not in envelope else doctrine)
    me = history.setup.player
    seats = dict(envelope)
    if me is not None:
        seats[me] = replace(seats[me], doctrine=inferred)
    swapped = {**seats, state: replace(seats[state], doctrine=doctrine)}
    # What was played by other rules is compared with nothing: its twin is played by today's too.
    is_own_twin = not is_of_other_rules(history)
    total = (2 * times - is_own_twin) * len(history.turns)
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if on_progress is not None:
            on_progress(done, total)

    runs, late = [], []
    for number in range(times):
        noise = _noise(history.setup.seed, number)
        before = (
            RerunResult(history, None)
            if number == 0 and is_own_twin
            else _run(history, seats, noise, True, tick)
        )
        after = _run(history, swapped, noise, state != me, tick)
        late.append(after.handed_over)
        runs.append(
            RunPair(
                before=outcome(before.history, state),
                after=outcome(after.history, state),
                parts=_parts(before.history, after.history),
            )
        )
    return Rerun(
        state=state,
        doctrine=doctrine,
        instead=seats[state].doctrine,
        times=times,
        player=None if me is None else PlayerSeat(me, swapped[me].doctrine, tuple(late)),
        runs=tuple(runs),
        changes=_changes(runs),
        ledger=("W14", "S4"),
        note="" if is_own_twin else f"{revision_words(history)} {BOTH_TODAY}",
    )


def _noise(seed: int, number: int) -> int | None:
    """The key of a run's noise: the campaign's own for the first."""
    return None if number == 0 else int(draw(seed, 0, "again", "", number) * 2**53)


def _run(
    history: History, seats: Envelope, noise: int | None, recorded: bool, tick: Callable[[], None]
) -> RerunResult:
    """The turns of a campaign run again; `recorded`: the player's seat keeps its orders."""
    me = history.setup.player
    position = replace(play.start(history.setup, seats), choosing=noise)
    handed: int | None = None
    for record in history.turns:
        world = position.history.world
        if len(world.playing()) < 2:
            break
        given: dict[str, tuple[Order, ...]] = {}
        if me is not None and recorded and handed is None and world.state(me).alive:
            orders = record.orders.get(me, ())
            if me in record.orders and _stand(position, me, orders, record.start):
                given = {me: orders}
            else:
                handed = record.turn
        position = play.begin(position, given)
        asked = {
            one.id: (one, stage.answers[one.id])
            for stage in record.stages
            for one in stage.questions
        }
        while position.waiting:
            position = play.answer(position, _answers(position, seats, asked))
        tick()
    return RerunResult(position.history, handed)


def _stand(position: play.Position, me: str, orders: tuple[Order, ...], then: World) -> bool:
    """Whether orders are legal, and are about the same treaties and wars as they were."""
    world = position.history.world
    seen = seen_by(world, position.beliefs[-1], me).world
    return not check(seen, me, orders) and all(order.same_in(world, then) for order in orders)


def _answers(
    position: play.Position, seats: Envelope, asked: Mapping[str, tuple[Question, Answer]]
) -> dict[str, Answer]:
    """The recorded answers to the same questions; for others the seat's doctrine answers."""
    given: dict[str, Answer] = {}
    fresh = []
    for question in position.waiting:
        known = asked.get(question.id)
        if known is not None and known[0] == question:
            given[question.id] = known[1]
        else:
            fresh.append(question)
    if fresh:
        me = fresh[0].asked
        sight = seen_by(position.world, position.beliefs[-1], me)
        made, _ = decisions.answers(
            sight, seats[me], position.frame, fresh, play.noise_of(position)
        )
        given |= made
    return given


def outcome(history: History, state: str) -> Outcome:
    """What came of a campaign, and of a state in it."""
    events = [happening for _, happening in history.events()]
    signed = [one for one in events if one.kind == "treaty_signed"]
    pacts = [
        one
        for one in signed
        if state in (one.actor, one.target)
        and {"defense", "offense"} & set(one.names("obligations"))
    ]
    shares = capability(history.world)
    ids = [one.id for one in history.world.states]
    return Outcome(
        treaties=len(signed),
        pacts=len(pacts),
        against=dict(Counter(one.text("against") for one in pacts if one.text("against"))),
        wars=sum(one.kind == "war_declared" for one in events),
        annexed=sum(
            before.owner != after.owner
            for record in history.turns
            for before, after in zip(record.start.provinces, record.end.provinces, strict=True)
        ),
        eliminated=tuple(
            old.id
            for old, new in zip(history.start.states, history.world.states, strict=True)
            if old.alive and not new.alive
        ),
        capability={name: int(shares[index]) / BP for index, name in enumerate(ids)},
    )


def _parts(before: History, after: History) -> int | None:
    """The turn in which two runs part; None if they never do."""
    for one, other in zip(before.turns, after.turns, strict=False):
        if one.orders != other.orders or one.events != other.events:
            return one.turn
    return None


def _changes(runs: list[RunPair]) -> Changes:
    """What the swap changed over the runs."""
    before, after = [run.before for run in runs], [run.after for run in runs]

    def means(figure: Callable[[Outcome], float]) -> tuple[float, float]:
        return _mean(map(figure, before)), _mean(map(figure, after))

    ids = list(before[0].capability)
    gone = {name for row in (*before, *after) for name in row.eliminated}
    return Changes(
        treaties=means(lambda row: row.treaties),
        pacts=means(lambda row: row.pacts),
        wars=means(lambda row: row.wars),
        annexed=means(lambda row: row.annexed),
        capability={name: means(_share_of(name)) for name in ids},
        eliminated={
            name: (
                sum(name in row.eliminated for row in before),
                sum(name in row.eliminated for row in after),
            )
            for name in ids
            if name in gone
        },
    )


def _share_of(state: str) -> Callable[[Outcome], float]:
    return lambda row: row.capability[state]


def _mean(values: Iterable[float]) -> float:
    row = list(values)
    return round(sum(row) / len(row), 4)
