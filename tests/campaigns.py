"""Campaigns made by hand for the tests of saves: founded worlds, invented turns."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from game.history import History, Setup, TurnRecord, chain, chain_start
from game.saves.saved_campaign import SavedCampaign, Seat
from game.world.beliefs import Beliefs, learn
from game.world.events import Event, event
from game.world.map_document import MapDoc, from_data, without_secrets
from game.world.model import Crisis, Treaty, War, World
from game.world.orders import Aid, Budget, Offer, Order, Posture, Terms
from game.world.questions import AidQuestion, Answer, OfferQuestion, Question
from game.world.stage import Stage
from game.world.world_setup import build_world

TINY: dict[str, object] = {
    "format": 1,
    "id": "tiny",
    "title": "A tiny world",
    "grid": ["aabbcc~", "aabbcc~"],
    "legend": {
        "a": {"province": "ash"},
        "b": {"province": "birch"},
        "c": {"province": "cedar"},
        "~": {"sea": None},
    },
    "provinces": {
        "ash": {"owner": "ASH", "population": 5, "industry": 4},
        "birch": {"owner": "BIR", "population": 4, "industry": 4},
        "cedar": {"owner": "CED", "population": 2, "industry": 3},
    },
    "states": {
        "ASH": {"name": "Ashland", "army": 4, "fleet": 1},
        "BIR": {"name": "Birchland", "army": 3, "fleet": 1},
        "CED": {"name": "Cedarland", "army": 2, "fleet": 2},
    },
    "rivalries": [["ASH", "BIR"]],
}


@cache
def tiny_map() -> MapDoc:
    return without_secrets(from_data(TINY))


def shipped_map(name: str) -> MapDoc:
    text = (Path(__file__).parent.parent / "maps" / f"{name}.json").read_text("utf-8")
    return without_secrets(MapDoc.model_validate_json(text))


def large_map(states: int, across: int = 10) -> MapDoc:
    """A chessboard of `states` states with four provinces each."""
    names = [f"S{number:03}" for number in range(states)]
    rows = -(-states // across)
    grid, legend, provinces = [], {"~~": {"sea": None}}, {}
    for row in range(rows * 2):
        line = ""
        for column in range(across * 2):
            owner = (row // 2) * across + column // 2
            if owner >= states:
                line += "~~"
                continue
            part = (row % 2) * 2 + column % 2
            key = chr(0x100 + owner) + "abcd"[part]
            legend[key] = {"province": f"{names[owner]}-{part}"}
            provinces[f"{names[owner]}-{part}"] = {"owner": names[owner], "population": 1.0 + part}
            line += key
        grid.append(line + "~~")
    return from_data(
        {
            "format": 1,
            "id": f"board-{states}",
            "title": f"A board of {states}",
            "grid": grid,
            "legend": legend,
            "provinces": provinces,
            "states": {name: {"name": f"State {name}", "army": 3, "fleet": 1} for name in names},
        }
    )


def begun(doc: MapDoc, player: str | None = None, seed: int = 7, length: int = 30) -> SavedCampaign:
    """A campaign on its first turn."""
    setup = Setup(map=doc, seed=seed, player=player, turns=length, aims={})
    world, beliefs = build_world(doc)
    seats = {
        state: Seat(doctrine="BOT" if place % 2 else "BOP", ambition=5_000, temperature=100_000)
        for place, state in enumerate(doc.states)
    }
    return SavedCampaign(History(setup, world), seats, beliefs=(beliefs,))


def played(saved: SavedCampaign, turns: int) -> SavedCampaign:
    """The campaign after so many more invented turns."""
    for _ in range(turns):
        saved = _one_more(saved)
    return saved


def campaign(turns: int = 3, doc: MapDoc | None = None, **how: object) -> SavedCampaign:
    """A campaign of so many invented turns, on the tiny map where none is given."""
    return played(begun(doc or tiny_map(), **how), turns)  # type: ignore[arg-type]


def _one_more(saved: SavedCampaign) -> SavedCampaign:
    history = saved.history
    start = history.world
    luck = random.Random(f"{history.setup.seed} {start.turn}")
    names = [state.id for state in start.states]
    orders = {name: _orders(luck, name, names) for name in names}
    world, stages = start, []
    for number in range(3):
        world = _changed(world, luck, names)
        stages.append(_stage(world, luck, names, number))
    end = replace(_changed(world, luck, names), turn=start.turn + 1)
    events = tuple(_happening(luck, names) for _ in range(3 * len(names)))
    digest = chain(history.digest, orders, tuple(stages), events, end)
    record = TurnRecord(start.turn, start, orders, tuple(stages), events, end, digest)
    beliefs = learn(saved.beliefs[-1], end, events)
    decided = {name: [_decision(luck, name, names)] for name in names}
    return replace(
        saved,
        history=replace(history, turns=(*history.turns, record)),
        beliefs=(*saved.beliefs, beliefs),
        records=(*saved.records, decided),
    )


def _decision(luck: random.Random, me: str, names: list[str]) -> dict[str, object]:
    other = luck.choice([name for name in names if name != me])
    return {
        "family": "alignment",
        "done": f"offer a pact to {other}",
        "with": other,
        "against": "",
        "terms": [["allies", luck.randrange(9)], ["fear", -0.25]],
        "instead": "",
    }


def _pair(luck: random.Random, names: list[str]) -> tuple[str, str]:
    first, second = luck.sample(names, 2)
    return first, second


def _orders(luck: random.Random, me: str, names: list[str]) -> tuple[Order, ...]:
    other = luck.choice([name for name in names if name != me])
    return (
        Offer(other, Terms(("defense",), against="", term=6, secret=luck.random() < 0.3)),
        Offer(other, Terms(("neutrality", "consultation"), burden=luck.randrange(500))),
        Aid(other, luck.randrange(1, 50_000)),
        Budget(army=luck.randrange(0, 1_200), invest=luck.randrange(900)),
        Posture(luck.randrange(5)),
    )


def _stage(world: World, luck: random.Random, names: list[str], number: int) -> Stage:
    questions: list[Question] = []
    answers: dict[str, Answer] = {}
    for asked in names:
        by = luck.choice([name for name in names if name != asked])
        id = f"offer {number} {by} {asked}"
        if luck.random() < 0.5:
            questions.append(OfferQuestion(id, asked, by, Terms(("defense",), against=by)))
            answers[id] = luck.choice(["accept", "decline", Terms(("neutrality",), term=3)])
        else:
            questions.append(AidQuestion(id, asked, by, luck.randrange(9_999)))
            answers[id] = "accept"
    return Stage(world, tuple(questions), answers)


def _changed(world: World, luck: random.Random, names: list[str]) -> World:
    states = tuple(
        replace(
            state,
            army=max(0, state.army + luck.randrange(-900, 1_000)),
            treasury=state.treasury + luck.randrange(-90_000, 90_000),
            reliability=luck.randrange(10_000),
            mobilised=luck.random() < 0.2,
        )
        if luck.random() < 0.7
        else state
        for state in world.states
    )
    provinces = list(world.provinces)
    place = luck.randrange(len(provinces))
    provinces[place] = replace(provinces[place], holder=luck.choice(names))
    number = world.next_id
    treaties = [treaty for treaty in world.treaties if luck.random() < 0.9]
    treaties.append(Treaty(number, _pair(luck, names), Terms(("defense",)), world.turn, 9))
    if luck.random() < 0.3:
        luck.shuffle(treaties)
    wars = [replace(war, score=luck.randrange(-500, 500)) for war in world.wars[-2:]]
    attacker, defender = _pair(luck, names)
    wars.append(War(number + 1, (attacker,), (defender,), world.turn, "", True))
    crisis = Crisis(
        number + 2, attacker, defender, "cede", "x", "claim", 1, pledges=((attacker, defender),)
    )
    tables = {
        name: _table_changed(getattr(world, name), luck, names)
        for name in ("aid", "leverage", "networks", "soundings")
    }
    cooldowns = dict(world.cooldowns)
    cooldowns["demand", attacker, defender] = world.turn + 3
    return replace(
        world,
        states=states,
        provinces=tuple(provinces),
        treaties=tuple(treaties),
        wars=tuple(wars),
        crises=(crisis,),
        cooldowns=cooldowns,
        next_id=number + 3,
        **tables,
    )


def _table_changed(table: object, luck: random.Random, names: list[str]) -> dict:
    result = dict(table)  # type: ignore[call-overload]
    if result and luck.random() < 0.5:
        result.pop(luck.choice(list(result)))
    if luck.random() < 0.2:
        result = dict(reversed(list(result.items())))
    result[_pair(luck, names)] = luck.randrange(9_999)
    return result


def _happening(luck: random.Random, names: list[str]) -> Event:
    first, second = _pair(luck, names)
    match luck.randrange(5):
        case 0:
            return event(
                "treaty_offered", first, second, (first, second),
                obligations=("defense",), against="", term=6, secret=True, burden=0,
            )  # fmt: skip
        case 1:
            return event("aid_given", first, second, amount=luck.randrange(9_999))
        case 2:
            step = luck.randrange(5)
            return event("posture_changed", first, step=step, before=step - 1)
        case 3:
            return event("demand_made", first, second, crisis=1, stake="cede", subject="x",
                         interest="claim")  # fmt: skip
        case _:
            return event("pole_risen", first)


def assert_same(saved: SavedCampaign, other: SavedCampaign) -> None:
    """That two campaigns are the same in everything, the order of tables too."""
    first, second = saved.history, other.history
    assert chain_start(first.setup) == chain_start(second.setup)
    assert (first.setup.teaching, first.setup.difficulty, first.setup.engine_revision) == (
        second.setup.teaching,
        second.setup.difficulty,
        second.setup.engine_revision,
    )
    assert len(first.turns) == len(second.turns)
    assert _world(first.start) == _world(second.start)
    for one, two in zip(first.turns, second.turns, strict=True):
        assert (one.turn, one.orders, one.events, one.digest) == (
            two.turn,
            two.orders,
            two.events,
            two.digest,
        )
        assert _world(one.start) == _world(two.start)
        assert _world(one.end) == _world(two.end)
        assert len(one.stages) == len(two.stages)
        for here, there in zip(one.stages, two.stages, strict=True):
            assert (here.questions, here.answers) == (there.questions, there.answers)
            assert _world(here.world) == _world(there.world)
    assert dict(saved.notebook) == dict(other.notebook)
    assert (saved.envelope, saved.pending, saved.pending_answers, tuple(saved.records)) == (
        other.envelope,
        other.pending,
        other.pending_answers,
        tuple(other.records),
    )
    assert_same_beliefs(saved.beliefs, other.beliefs)


def assert_same_beliefs(first: tuple[Beliefs, ...], second: tuple[Beliefs, ...]) -> None:
    for one, two in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.hostile, two.hostile)
        np.testing.assert_array_equal(one.ground, two.ground)


def _world(world: World) -> tuple[object, ...]:
    tables = (world.cooldowns, world.aid, world.leverage, world.networks, world.soundings)
    return (
        world.turn,
        world.next_id,
        *(world.states, world.provinces, world.treaties, world.wars, world.crises),
        *(list(table.items()) for table in tables),
    )
