"""Whether the values beside orders and answers agree with what comes of them: `lab --worth`.

Positions are taken from campaigns that the AI played. In each, one state is handed to a player who
tries what the screen values: the orders of its matters, the offer that promises most, one offer at
random; or each answer to a question that it is asked. Every act is played on with several dice,
the same for all acts, and so is standing aside: no order, or silence. What an act was worth is how
much less insecure the state then is, in the unit in which values are shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from math import fsum
from typing import Any

from game import play
from game.advice.order_values import LEAST
from game.campaign import Campaign
from game.campaign.opening import opening
from game.campaign.saving import Parts
from game.dice import draw
from game.lab.players.imagined import SEEDS
from game.page.blocks import Document, Section, Table, figure
from game.world.map_document import MapDoc
from game.world.orders import Offer, Order, Terms
from game.world.questions import SILENCE, Answer

POSITIONS = 10
"""Positions taken from each campaign."""
ROLLOUTS = 3
"""With how many dice each act is played on."""
TURNS_ON = 2
"""For how many turns, that of the act included."""
NO_EFFECT = 1e-4
"""A change of insecurity below this is none: the act came to nothing."""
ELIMINATED = 10.0
"""The insecurity of a state that is no more: ten times the mean of all states at the start."""
ASKED_AS_WELL, ASKED_SIGN = 0.75, 0.7
"""The shares that the game should reach."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An act of one position: what the screen said of it, and what came of it, in the unit."""

    shown: float
    """The mean of both readings; of an offer, times the chance that it is signed."""
    came: float
    """How much less insecure the state was than if it had stood aside, the mean of all dice."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was tried in one position; the acts that the screen values most come first."""

    map: str
    kind: str
    """`orders` or `answers`."""
    acts: tuple[Tried, ...]

    @property
    def as_well(self) -> bool:
        """Whether the best-valued act did at least as well as standing aside.

        Where the screen values nothing more than standing aside, that is the best-valued act.
        """
        best = self.acts[0]
        return best.shown < LEAST or best.came > -NO_EFFECT


def weighed_positions(doc: MapDoc, seed: int, turns: int | None) -> list[Weighed]:
    """Play a campaign of AI states, and try what is valued in some of its positions."""
    position = opening(doc, player=None, seed=seed, turns=turns)
    length = position.history.setup.turns
    chosen = {1 + number * length // POSITIONS for number in range(POSITIONS)}
    found: list[Weighed] = []
    while not position.history.over:
        turn = position.world.turn
        before, position = position, play.begin(position, {})
        if turn not in chosen:
            continue
        poles = [one.id for one in before.world.living() if one.great]
        seat = poles[int(draw(seed, turn, "worth", "seat") * len(poles))]
        handed = _handed(before, seat)
        given = position.history.turns[-1].orders.get(seat, ())
        for one in (_orders_tried(handed, doc.id, seed), _answers_tried(handed, doc.id, given)):
            if one is not None:
                found.append(one)
    return found


def _handed(position: play.Position, seat: str, seed: int | None = None) -> play.Position:
    """The position with one state in a player's hands, and other dice from here on."""
    history = position.history
    setup = replace(history.setup, player=seat, seed=history.setup.seed if seed is None else seed)
    return replace(position, history=replace(history, setup=setup))


def _orders_tried(position: play.Position, map: str, seed: int) -> Weighed | None:
    campaign = Campaign(Parts(position))
    shown = dict(_orders_shown(campaign, seed))
    if not shown:
        return None
    aside = _insecurities(position)
    tried = [
        Tried(value, _mean_gain(aside, _insecurities(position, orders=(order,))))
        for order, value in shown.items()
    ]
    return Weighed(map, "orders", _best_first(tried))


def _orders_shown(campaign: Campaign, seed: int) -> Iterator[tuple[Order, float]]:
    """Legal orders and their values: of matters, the most promising offer, one at random."""
    adviser, me = campaign.adviser, campaign.sight.me
    orders = [matter.order for matter in adviser.matters()]
    orders.append(adviser.best_offer())
    others = [name for name in campaign.sight.world.playing() if name != me]
    drawn = others[int(draw(seed, campaign.turn, "worth", "offer") * len(others))]
    orders.append(Offer(drawn, Terms(("defense",))))
    for order in orders:
        if order is None or campaign.refusal(order) is not None:
            continue
        gains = adviser.order_gain(order).values()
        value = fsum(gains) / len(gains)
        if isinstance(order, Offer):
            seen = adviser.forecast(order)
            value *= seen.blended if seen is not None else 0.0
        yield order, value


def _answers_tried(position: play.Position, map: str, given: Sequence[Order]) -> Weighed | None:
    """What is tried of the first question that the state is asked once its own orders are given."""
    seat = position.history.setup.player or ""
    asked = play.begin(position, {seat: given})
    if not asked.waiting:
        return None
    campaign, question = Campaign(Parts(asked)), asked.waiting[0]
    silent = SILENCE[question.kind]
    shown = {
        option: fsum(gains.values()) / len(gains)
        for option in question.options
        if (gains := campaign.adviser.answer_gain(question, option))
    }
    aside = _insecurities(asked)
    tried = [
        Tried(
            value - shown.get(str(silent), 0.0),
            _mean_gain(aside, _insecurities(asked, answers={question.id: option})),
        )
        for option, value in shown.items()
        if option != silent
    ]
    return Weighed(map, "answers", _best_first(tried)) if tried else None


def _best_first(tried: Iterable[Tried]) -> tuple[Tried, ...]:
    return tuple(sorted(tried, key=lambda one: -one.shown))


def _insecurities(
    position: play.Position,
    orders: Sequence[Order] = (),
    answers: Mapping[str, Answer] | None = None,
) -> list[float]:
    """How insecure the state is some turns after these orders or answers, for each dice.

    Every other question is answered with silence, and later turns go without orders.
    """
    seat, seed = position.history.setup.player or "", position.history.setup.seed
    found = []
    for number in range(ROLLOUTS):
        other = int(draw(seed, number, "worth", seat) * SEEDS)
        now = _silent(_handed(position, seat, other), answers or {})
        given = orders if position.asking is None else ()
        ends = len(position.history.turns) + TURNS_ON
        while len(now.history.turns) < ends and not now.history.over:
            now, given = _silent(play.begin(now, {seat: tuple(given)}), {}), ()
        alive = now.world.state(seat).alive
        found.append(play.mean_insecurity(now, -1, seat) if alive else ELIMINATED)
    return found


def _silent(position: play.Position, answers: Mapping[str, Answer]) -> play.Position:
    """The turn played on to its end, with some answers and silence to all else."""
    while waiting := position.waiting:
        known = {one.id: answers[one.id] for one in waiting if one.id in answers}
        position = play.answer(position, {**play.silence(waiting), **known})
    return position


def _mean_gain(aside: Sequence[float], acted: Sequence[float]) -> float:
    """By how much insecurity is smaller than if the state had stood aside, on the mean."""
    return fsum(one - other for one, other in zip(aside, acted, strict=True)) / len(aside)


def worth_report(
    docs: Sequence[MapDoc], *, runs: int, turns: int | None, seed: int, jobs: int | None
) -> dict[str, Any]:
    """The report of `lab --worth`: for each map, and for orders and answers, two shares.

    `as_well` is the share of positions in which the best-valued act did at least as well as
    standing aside; `sign` the share of acts, of those that had an effect and are valued at all,
    whose value has the sign of what came of them.
    """
    asked = [(doc, seed + number, turns) for doc in docs for number in range(runs)]
    found = [one for own in _all(asked, jobs) for one in own]
    rows = [
        _row(doc.id, kind, [one for one in found if (one.map, one.kind) == (doc.id, kind)])
        for doc in docs
        for kind in ("orders", "answers")
    ]
    return {
        "runs": runs,
        "seed": seed,
        "asked": {"as_well": ASKED_AS_WELL, "sign": ASKED_SIGN},
        "rows": [*rows, _row("all", "both", found)],
    }


def _all(
    asked: Sequence[tuple[MapDoc, int, int | None]], jobs: int | None
) -> Iterable[list[Weighed]]:
    """Every campaign, over several processes where the extra that spreads work is installed."""
    if jobs == 1 or find_spec("joblib") is None:
        return [weighed_positions(*one) for one in asked]
    from joblib import Parallel, delayed

    found: Iterable[list[Weighed]] = Parallel(n_jobs=jobs or -1)(
        delayed(weighed_positions)(*one) for one in asked
    )
    return found


def _row(map: str, kind: str, own: Sequence[Weighed]) -> dict[str, Any]:
    """The figures of some positions; None where there is nothing to count."""
    signed = [
        (act.shown > 0) == (act.came > 0)
        for one in own
        for act in one.acts
        if abs(act.shown) >= LEAST and abs(act.came) > NO_EFFECT
    ]
    valued = [one for one in own if one.acts[0].shown >= LEAST]
    return {
        "map": map,
        "kind": kind,
        "positions": len(own),
        "acts": len(signed),
        "as_well": _share([one.as_well for one in own]),
        "as_well_if_advised": _share([one.as_well for one in valued]),
        "advised": len(valued),
        "sign": _share(signed),
    }


def _share(held: Sequence[bool]) -> float | None:
    return round(sum(held) / len(held), 4) if held else None


def document(report: dict[str, Any]) -> Document:
    """The report as a document."""
    lead = (
        f"{report['runs']} campaigns of AI states from seed {report['seed']}, up to {POSITIONS} "
        "positions each. What the screen values is tried, and standing aside, each with "
        f"{ROLLOUTS} dice for {TURNS_ON} turns; what came of it is how much less insecure the "
        "state then is. Asked for: the best-valued act does at least as well as standing aside "
        f"in {ASKED_AS_WELL:.0%} of the positions, and {ASKED_SIGN:.0%} of the signs are right.",
    )
    head = (
        "map", "of", "positions", "best at least as well", "of these advised to act",
        "and then at least as well", "acts with an effect", "sign right",
    )  # fmt: skip
    rows = tuple(
        (
            row["map"], row["kind"], figure(row["positions"]),
            figure(row["as_well"], percent=True), figure(row["advised"]),
            figure(row["as_well_if_advised"], percent=True), figure(row["acts"]),
            figure(row["sign"], percent=True),
        )
        for row in report["rows"]
    )  # fmt: skip
    table = Table("Values shown, and what came of them", head, rows)
    return Document(
        title="Whether the values shown agree with what comes of an act",
        lead=lead,
        sections=(Section("By map", "maps", (table,)),),
        foot="Realpolitik, the laboratory.",
    )
