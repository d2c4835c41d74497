"""Golden campaigns: what each shipped map leads to with a fixed seed, whatever the machine.

`python -m tests.golden` writes them anew, after a change of rules that was meant. A file holds what
happened in each turn in words too, so that a failed comparison can name what differs first.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import zip_longest
from pathlib import Path
from typing import Any

from game import Campaign, load_map
from game.history import TurnRecord, canonical, digest_of
from game.world.beliefs import Beliefs
from game.world.events import FACTS, Event, Fact
from game.world.model import State, World
from game.world.orders import Order
from game.world.questions import Answer

FOLDER = Path(__file__).parent
CAMPAIGNS = (("five-crowns", 7, 12), ("europe-1909", 7, 8))
"""(map, seed, turns)."""
FIGURES = tuple(field.name for field in fields(State) if field.name != "id")
"""What is written of a state at the end of a turn, in order."""
PARTS = tuple(
    field.name for field in fields(World) if field.name not in ("atlas", "turn", "states")
)
"""What else is in a world; of each a short digest is written."""
MEANT = "If the rules were meant to change: python -m tests.golden"
NOTHING = "nothing"


def path_of(map_id: str) -> Path:
    """Where a map's golden campaign is kept."""
    return FOLDER / f"{map_id}.json"


def measure(map_id: str, seed: int, turns: int) -> dict[str, Any]:
    """The digest of each turn, the campaign's own, and what happened, turn by turn and counted."""
    campaign = Campaign.new(load_map(map_id), seed=seed, turns=turns)
    while not campaign.over:
        campaign.submit()
    outcome, position = campaign.debriefing.outcome(), campaign._position
    return {
        "map": map_id,
        "seed": seed,
        "turns": turns,
        "chain": [record.digest for record in position.history.turns],
        "digest": outcome["digest"],
        "events": {kind: count for kind, count in outcome["events"].items() if count},
        "figures": list(FIGURES),
        "course": [
            _turn(record, beliefs)
            for record, beliefs in zip(position.history.turns, position.beliefs[1:], strict=True)
        ],
    }


def _turn(record: TurnRecord, beliefs: Beliefs) -> dict[str, Any]:
    """One turn in short lines: what was ordered and answered, what happened, what it came to."""
    return {
        "orders": {
            state: [_compact(order) for order in orders]
            for state, orders in sorted(record.orders.items())
            if orders
        },
        "answers": {name: _compact(given) for name, given in record.answers.items()},
        "events": [_event(happening) for happening in record.events],
        "states": {
            state.id: " ".join(str(int(getattr(state, name))) for name in FIGURES)
            for state in record.end.states
        },
        "rest": {name: digest_of(getattr(record.end, name))[:12] for name in PARTS},
        "beliefs": digest_of(beliefs.hostile.tolist())[:12],
    }


def _compact(value: Order | Answer) -> str:
    """An order or an answer in canonical form, without spaces."""
    return json.dumps(canonical(value), separators=(",", ":"))


def _event(happening: Event) -> str:
    """An event in a line: its kind, who, to whom, its facts, who saw it where not all did."""
    facts = zip(FACTS[happening.kind], happening.facts, strict=True)
    words = [happening.kind, happening.actor, happening.target or "-"]
    words += [f"{name}={_fact(fact)}" for name, fact in facts]
    if happening.witnesses is not None:
        words.append(f"seen by {_fact(happening.witnesses) or 'nobody'}")
    return " ".join(words)


def _fact(fact: Fact) -> str:
    return ",".join(fact) if isinstance(fact, tuple) else str(fact)


def difference(expected: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """In what two measured campaigns differ first: the turn, and in it the order, answer, event
    and state; empty where they are the same.
    """
    if expected == found:
        return ""
    lines = [f"The campaign of {expected['map']} with seed {expected['seed']} is another."]
    turns = zip_longest(expected["course"], found["course"])
    links = zip_longest(expected["chain"], found["chain"])
    for turn, ((before, now), (link, linked)) in enumerate(zip(turns, links, strict=True), start=1):
        if before is None or now is None:
            lines.append(f"Turn {turn} is in one of them alone.")
        elif before != now or link != linked:
            named = [expected["figures"], found["figures"]]
            lines.append(f"Turn {turn} is the first that differs:")
            lines += list(_differences(before, now, *named)) or ["its digest, and nothing else"]
        else:
            continue
        break
    else:
        lines.append("No turn differs: what is counted or digested of the whole does.")
    return "\n".join([*lines, MEANT])


def _differences(
    before: Mapping[str, Any], now: Mapping[str, Any], figures: list[str], named: list[str]
) -> Iterator[str]:
    """The first difference of each sort in a turn, causes before what they led to."""
    for state in sorted({*before["orders"], *now["orders"]}):
        orders = before["orders"].get(state, []), now["orders"].get(state, [])
        if orders[0] != orders[1]:
            yield f"order {_first(*orders)} of {state}"
            break
    for name in dict.fromkeys((*before["answers"], *now["answers"])):
        answers = before["answers"].get(name, NOTHING), now["answers"].get(name, NOTHING)
        if answers[0] != answers[1]:
            yield f"answer to {name}: expected {answers[0]}, found {answers[1]}"
            break
    if before["events"] != now["events"]:
        yield f"event {_first(before['events'], now['events'])}"
    for state in dict.fromkeys((*before["states"], *now["states"])):
        held = (
            dict(zip(figures, before["states"].get(state, "").split(), strict=False)),
            dict(zip(named, now["states"].get(state, "").split(), strict=False)),
        )
        if held[0] != held[1]:
            changed = [
                f"{name} expected {held[0].get(name)}, found {held[1].get(name)}"
                for name in dict.fromkeys((*figures, *named))
                if held[0].get(name) != held[1].get(name)
            ]
            yield f"state {state} at the end: {'; '.join(changed)}"
            break
    parts = [name for name in now["rest"] if before["rest"].get(name) != now["rest"][name]]
    if before["beliefs"] != now["beliefs"]:
        parts.append("beliefs")
    if parts:
        yield f"also at the end: {', '.join(parts)}"


def _first(expected: list[str], found: list[str]) -> str:
    """Where two lists differ first: its number from 1, and what stands there in both."""
    pairs = enumerate(zip_longest(expected, found, fillvalue=NOTHING), start=1)
    number, (old, new) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
    return f"{number}: expected {old}, found {new}"


def write() -> None:
    """Write every golden campaign anew."""
    for map_id, seed, turns in CAMPAIGNS:
        text = json.dumps(measure(map_id, seed, turns), indent=1) + "\n"
        path_of(map_id).write_text(text, encoding="utf-8")
