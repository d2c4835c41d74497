"""How often verdicts were right, measured anew: `python -m tests.verdict_record` writes it down.

Three kinds of conduct are read blind after 30 turns: the game's own states, the same with odd
habits of which nobody is told, and one state that follows a rule of `outside_conduct`. The debrief
prints what is in `game/files/verdict_record.json`. It takes some five minutes on two cores.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from typing import Any

from game import Campaign
from game.debrief.verdict_record import LEVELS, ConductRecord, Level
from game.files.program_data import VERDICT_RECORD
from game.inference.choice_sets import choice_sets
from game.inference.posterior import findings
from game.maps.load import load_map
from game.random_maps.random_map import random_map
from game.theory.doctrine import BUILT_IN
from game.world.map_document import MapDoc
from tests import outside_conduct
from tests.conduct import drawn, play_out

TURNS = 30
SHIPPED: Mapping[str, Sequence[str]] = {
    "europe-1909": ("GMY", "UKG", "FRN", "RUS"),
    "five-crowns": ("ALD", "OMB", "VOR", "SAR"),
}
"""Shipped map -> the seats in which outside rules play."""
GENERATED = tuple(f"generated-{seed}" for seed in range(1, 11))
FIRST_SEED = 3000
"""Of the campaigns, so that none is among those on which the readings were designed."""
CAMPAIGNS = 8
"""On each shipped map, of each kind of the game's own conduct; on generated maps, one each."""
Read = tuple[str, float, bool]
"""(verdict, the posterior of the likeliest hypothesis, whether the verdict is right)."""


def _map(name: str) -> MapDoc:
    if name in SHIPPED:
        return load_map(name)
    return random_map(int(name.removeprefix("generated-")))


def _own(kind: str, name: str, seed: int) -> list[Read]:
    """The great powers of a campaign in which every state is drawn balance of power or threat."""
    doc = _map(name)
    played = play_out(doc, seed, TURNS, drawn(doc, seed), misspecified=kind == "odd")
    great = sorted(played.great)
    return [
        (one.verdict, max(one.posterior.values()), one.verdict == played.truth[state].id)
        for state, one in findings(choice_sets(played.history, great), great).items()
    ]


def _outside(rule: str, name: str, seat: str, seed: int) -> list[Read]:
    """The state that follows a rule."""
    made = Campaign.new(_map(name), player=seat, seed=seed, turns=TURNS)
    outside_conduct.play(made, rule, seed)
    one = findings(choice_sets(made.history, [seat]), [seat])[seat]
    right = one.verdict in outside_conduct.expected(rule)
    return [(one.verdict, max(one.posterior.values()), right)]


def campaign(what: tuple[Any, ...]) -> list[Read]:
    """Play and read one campaign."""
    return _outside(*what[1:]) if what[0] == "outside" else _own(*what)


def campaigns() -> dict[str, list[tuple[Any, ...]]]:
    """Kind of conduct -> the campaigns to be played."""
    own = [(name, FIRST_SEED + seed) for name in SHIPPED for seed in range(CAMPAIGNS)]
    own += [(name, seed) for seed, name in enumerate(GENERATED, FIRST_SEED)]
    return {
        "own": [("own", *one) for one in own],
        "odd": [("odd", *one) for one in own],
        "outside": [
            ("outside", rule, name, seat, FIRST_SEED + place)
            for rule in outside_conduct.RULES
            for name, seats in SHIPPED.items()
            for place, seat in enumerate(seats)
        ],
    }


def recorded(kind: str, played: int, read: Iterable[Read]) -> ConductRecord:
    """How often verdicts at each level were right. Only a doctrine that is named can be wrong."""
    every = list(read)
    named = [(sure, right) for verdict, sure, right in every if verdict in BUILT_IN]
    levels = []
    for low, high in zip(LEVELS, (*LEVELS[1:], 1.01), strict=True):
        hits = [right for sure, right in named if low <= sure < high]
        levels.append(Level(low, len(hits), sum(hits)))
    return ConductRecord(kind, played, len(every), tuple(levels))


def main() -> None:
    rows = []
    with ProcessPoolExecutor(2) as pool:
        for kind, wanted in campaigns().items():
            read: list[Read] = []
            for done, found in enumerate(pool.map(campaign, wanted), start=1):
                read += found
                print(f"{kind}: {done} of {len(wanted)} campaigns", file=sys.stderr, flush=True)
            rows.append(recorded(kind, len(wanted), read))
            print(rows[-1], file=sys.stderr, flush=True)
    made = {"turns": TURNS, "maps": len(SHIPPED) + len(GENERATED), "rows": [*map(asdict, rows)]}
    VERDICT_RECORD.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
