"""Saves damaged, tampered with and made up, by structure; and what a reader must bear."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from game import Campaign
from game.files.file_problems import SaveProblem
from game.history import chain, chain_start
from game.saves import save_file
from game.saves.codec import beliefs_from_json, pack, private_chain, turn_from_json, unpack
from game.saves.from_tables import read_start
from game.saves.recovery import what_can_be_had
from game.saves.save_list import list_saves
from game.saves.storage import bare_tables, to_bytes

PACKED = ("orders", "answers", "events", "worlds", "record", "start")

_MARK = "packed"

ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2**31, -(2**63), 10**30, 1e308, 0.5, "", "X", "ALD", "\u202e",
    "\ufffe", "a" * 5_000, "[bold]x[/]", "../../x", [], {}, [[]], {"a": {}}, [None] * 50, [1, 2, 3],
)  # fmt: skip


def deep(levels: int) -> Any:
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


def opened(tables: Any) -> Any:
    """Tables with every packed part as JSON, to be changed inside."""
    result = json.loads(json.dumps(tables))
    for document in _documents(result):
        for name in PACKED:
            if isinstance(document.get(name), str) and document[name]:
                document[name] = {_MARK: json.loads(unpack(document[name]))}
    return result


def closed(tables: Any) -> bytes:
    """The bytes of a save whose checksums fit, whatever is in it."""
    result = json.loads(json.dumps(tables))
    for document in _documents(result):
        for name in PACKED:
            value = document.get(name)
            if isinstance(value, dict) and set(value) == {_MARK}:
                document[name] = pack(json.dumps(value[_MARK]).encode())
    try:
        return to_bytes(result)
    except (AttributeError, TypeError, ValueError):
        return json.dumps(result).encode()


def rechained(content: bytes) -> bytes:
    """The same save with digests that fit what is in it, as one who tampers would write them.

    What no reader can make sense of stays as it is.
    """
    try:
        tables = json.loads(content)
        with mock.patch("game.saves.codec.check_turn"):
            setup, start, _ = read_start(tables["map"]["1"])
            digest, world = chain_start(setup), start
            for document in tables["turns"].values():
                record = turn_from_json(document, world)
                digest = chain(digest, record.orders, record.stages, record.events, record.end)
                document["digest"], world = digest, record.end
        tables["header"]["1"]["digest"] = digest
        private, beliefs = "", None
        for document in tables["private"].values():
            written = json.loads(unpack(document["record"]))
            beliefs = beliefs_from_json(document["beliefs"], beliefs, len(start.states))
            private = document["digest"] = private_chain(private, beliefs, written)
        return (
            to_bytes(bare_tables(tables))
            if "checksum" in tables["header"]["1"]
            else (json.dumps(tables).encode())
        )
    except (ValueError, LookupError, TypeError, ArithmeticError, AttributeError, RecursionError):
        return content


def _documents(tables: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tables, dict):
        for table in tables.values():
            if isinstance(table, dict):
                yield from (one for one in table.values() if isinstance(one, dict))


def mutated(tables: Any, luck: random.Random) -> str:
    """Change one to three places of opened tables; returns what was done."""
    return "; ".join(_one(tables, luck) for _ in range(luck.choice((1, 1, 1, 2, 3))))


def _one(tables: Any, luck: random.Random) -> str:
    holder, key, path = _place(tables, luck)
    if holder is None:
        return "nothing"
    value = holder[key]
    if luck.random() < 0.6:
        holder[key] = _alike(value, tables, luck)
        return f"{path} from {str(value)[:30]!r} to {str(holder[key])[:30]!r}"
    kind = luck.randrange(8)
    if kind == 0 and isinstance(holder, dict):
        del holder[key]
        return f"{path} deleted"
    if kind == 1 and isinstance(holder, list):
        holder.insert(key, value)
        return f"{path} twice"
    if kind == 2 and isinstance(holder, dict):
        holder[luck.choice(("more", "", "ZZZ", "\ud800", "99"))] = value
        return f"{path} copied to a new name"
    if kind == 3:
        other, there, where = _place(tables, luck)
        if other is not None:
            first, second = json.loads(json.dumps([holder[key], other[there]]))
            holder[key], other[there] = second, first
            return f"{path} exchanged with {where}"
    if kind == 4 and type(value) is int:
        holder[key] = value + luck.choice((1, -1, 10**6, -(10**6), 10**18))
        return f"{path} from {value} to {holder[key]}"
    if kind == 5:
        holder[key] = deep(luck.choice((3, 40, 300)))
        return f"{path} made deep"
    holder[key] = copy.deepcopy(luck.choice(ODD))
    return f"{path} made {str(holder[key])[:30]!r}"


def _alike(value: Any, tables: Any, luck: random.Random) -> Any:
    """Another value of the same kind: the changes that a type alone does not catch."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return luck.choice((value + 1, value - 1, -value, 0, value * 1_000, 10**16, -1))
    if isinstance(value, float):
        return luck.choice((0.0, 1.0, -value, value * 1e9))
    if isinstance(value, str):
        for _ in range(20):
            holder, key, _ = _place(tables, luck)
            if holder is not None and isinstance(holder[key], str):
                return holder[key]
        return luck.choice(("ALD", "BOP", "x", ""))
    if isinstance(value, list):
        changed = list(value)
        luck.shuffle(changed)
        return changed[: luck.randrange(len(changed) + 1)] if luck.random() < 0.7 else changed * 2
    if isinstance(value, dict):
        keys = list(value)
        luck.shuffle(keys)
        return {key: value[key] for key in keys[: luck.randrange(len(keys) + 1)]}
    return value


def _place(tables: Any, luck: random.Random) -> tuple[Any, Any, str]:
    """A place anywhere in the tables: what holds it, its key, and its path in words."""
    holder, key, path = None, None, ""
    value = tables
    stop = luck.choice((0.05, 0.15, 0.4))
    while isinstance(value, (dict, list)) and value:
        holder = value
        key = luck.choice(list(value)) if isinstance(value, dict) else luck.randrange(len(value))
        path += f"/{str(key)[:20]}"
        value = value[key]
        if luck.random() < stop:
            break
    return holder, key, path


def check_sentence(problem: SaveProblem) -> None:
    """That a problem is told in a sentence, fit for a terminal."""
    text = str(problem)
    assert text.endswith("."), text
    assert text.isprintable(), text
    assert len(text) < 700, text


def read_in_every_way(
    path: Path, look: Callable[[Campaign], None], *, thoroughly: bool = True
) -> bool:
    """Use a file in every way in which the game reads saves; whether it could be loaded.

    Whatever is raised but a problem in one sentence comes out.
    """
    list_saves(path.parent)
    ways: list[Callable[[Path], Any]] = [save_file.read_header, save_file.read_history]
    for read in (*ways, what_can_be_had) if thoroughly else ways:
        _bear(lambda read=read: read(path))  # type: ignore[misc]
    campaign = _bear(lambda: Campaign.load(path))
    if campaign is not None:
        look(campaign)
        return True
    found = _bear(lambda: save_file.recover(path))
    if found is not None:
        look(Campaign.load(found.path))
        save_file.delete(found.path)
    return False


def _bear(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except SaveProblem as problem:
        check_sentence(problem)
        return None
