"""Campaigns of states with sealed doctrines and, where wanted, odd habits: what inference is
measured on. A state's habits are in its own doctrine's lens and its noise in its seat, so that
the history, all that the inference reads, holds nothing of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from game import Campaign, load_map, play
from game.dice import draw
from game.history import History, Setup
from game.rivals.envelope import MICRO, seal
from game.theory.choice_rule import TEMPERATURE
from game.theory.doctrine import Doctrine, Habits, Lens, Weights
from game.theory.frame import Frame
from game.theory.lens import calibrate
from game.world.map_document import MapDoc, without_secrets

TWO = ("BOP", "BOT")
FIVE = ("BOP", "BOT", "SOLIDARITY", "BANDWAGON", "ISOLATION")


@dataclass(frozen=True)
class Played:
    """One campaign and what its states truly followed."""

    history: History
    truth: Mapping[str, Doctrine]
    great: frozenset[str]
    """The great powers of the start."""


@cache
def as_the_game_plays() -> History:
    """Twelve turns of The Five Crowns, of AI states alone, as the game itself plays them."""
    campaign = Campaign.new(load_map("five-crowns"), seed=3, turns=12)
    while not campaign.over:
        campaign.submit()
    return campaign.history


def states_of(doc: MapDoc) -> list[str]:
    return [state for state, entry in doc.states.items() if entry.committed_at(1) > 0]


def drawn(doc: MapDoc, seed: int, names: tuple[str, ...] = TWO) -> dict[str, str]:
    """A doctrine for every state, each as likely as another."""
    return {
        state: names[int(draw(seed, 0, "conduct", state, "doctrine") * len(names))]
        for state in states_of(doc)
    }


def odd(seed: int, state: str) -> tuple[Habits, float]:
    """Habits and a factor on the noise, each at 0.5 to 2 of its value, log-uniform."""
    names = ("allies", "contest", "feeding", "entanglement", "noise")
    factors = {name: 2.0 ** (2.0 * draw(seed, 0, "odd", state, name) - 1.0) for name in names}
    return Habits(**{name: factors[name] for name in names[:-1]}), factors["noise"]


def play_out(
    doc: MapDoc,
    seed: int,
    turns: int,
    doctrines: Mapping[str, str | Doctrine],
    *,
    misspecified: bool = False,
) -> Played:
    """Play a campaign; `doctrines` gives each state a known doctrine's id or one of its own."""
    named = {state: one if isinstance(one, str) else "BOT" for state, one in doctrines.items()}
    setup = Setup(without_secrets(doc), seed, None, turns, {})
    start = play.start(setup, {})
    world, known, scales = (
        start.history.start,
        dict(start.frame.doctrines),
        dict(start.frame.scales),
    )
    envelope = dict(seal(doc, world, seed, doctrines=named))
    truth = {}
    for state, given in doctrines.items():
        own = known[given] if isinstance(given, str) else given
        seat = envelope[state]
        if misspecified:
            habits, noise = odd(seed, state)
            own = replace(own, lens=replace(own.lens, habits=habits))
            seat = replace(seat, temperature=round(TEMPERATURE * MICRO * noise))
        truth[state] = own
        if misspecified or not isinstance(given, str):
            own = replace(own, id=f"{own.id} {state}")
            known[own.id] = own
            scales[own.id] = calibrate(world, start.beliefs[0], own)
            seat = replace(seat, doctrine=own.id)
        envelope[state] = seat
    position = replace(start, envelope=envelope, frame=Frame(known, scales))
    for _ in range(turns):
        position = play.begin(position, {})
    great = frozenset(state.id for state in world.states if state.great)
    return Played(position.history, truth, great)


def custom(exponents: tuple[float, float, float, float], poles_only: bool = False) -> Doctrine:
    """A doctrine that cares for security alone, seen through the given exponents."""
    return Doctrine("CUSTOM", Lens(exponents, poles_only), Weights())
