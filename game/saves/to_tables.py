"""A campaign as the documents of a save's tables.

`header` is first and short; `map` has the map and the setup; `envelope` the seats; `notebook` the
player's notes and pending orders; `turns` and `private` have one document for each turn.
"""

import json
from datetime import UTC, datetime

from game.history import ENGINE_REVISION, History, chain_start
from game.saves.checksums import Tables
from game.saves.codec import (
    Json,
    answers_to_json,
    beliefs_to_json,
    cleaned,
    orders_to_json,
    pack_json,
    private_chain,
    turn_to_json,
)
from game.saves.save_header import Header, header_to_json
from game.saves.saved_campaign import SavedCampaign
from game.saves.world_deltas import bare, difference
from game.world.map_document import canonical_json, without_secrets


def to_tables(saved: SavedCampaign) -> Tables:
    """All tables of a save, in the order of the file."""
    return {
        "header": {"1": header_of(saved)},
        "map": {"1": map_of(saved.history)},
        "envelope": {"1": envelope_of(saved)},
        "notebook": {"1": notebook_of(saved)},
        "turns": _numbered(turns_of(saved.history)),
        "private": _numbered(private_of(saved)),
    }


def _numbered(documents: list[dict[str, Json]]) -> dict[str, Json]:
    return {str(number): document for number, document in enumerate(documents, start=1)}


def header_of(saved: SavedCampaign) -> dict[str, Json]:
    """The document of the header."""
    history = saved.history
    atlas, player = history.world.atlas, history.setup.player
    header = Header(
        title=atlas.title,
        map_id=atlas.map_id,
        player=player or "",
        state=atlas.name(player) if player else "",
        turn=history.turn,
        date=atlas.date(history.turn),
        saved_at=datetime.now(UTC).isoformat(timespec="seconds"),
        over=history.over,
        engine_revision=history.setup.engine_revision,
        digest=history.digest,
        revisions=tuple(sorted({*saved.revisions, history.setup.engine_revision, ENGINE_REVISION})),
    )
    return header_to_json(header)


def map_of(history: History) -> dict[str, Json]:
    """The document of the map: the map, the setup, and the digest with which the chain starts.

    Raises ValueError if the map still has a doctrine or an ambition.
    """
    setup = history.setup
    text = canonical_json(setup.map)
    if canonical_json(without_secrets(setup.map)) != text:
        raise ValueError("the map of a history holds doctrines or ambitions: use without_secrets")
    return {
        "map": json.loads(text),
        "setup": {
            "seed": setup.seed,
            "player": setup.player,
            "turns": setup.turns,
            "aims": dict(setup.aims),
            "teaching": setup.teaching,
            "difficulty": setup.difficulty,
            "engine_revision": setup.engine_revision,
        },
        "start": pack_json(difference(bare(history.start), history.start)),
        "digest": chain_start(setup),
    }


def envelope_of(saved: SavedCampaign) -> dict[str, Json]:
    """The document of the envelope."""
    return {"seats": {state: dict(seat) for state, seat in saved.envelope.items()}}


def notebook_of(saved: SavedCampaign) -> dict[str, Json]:
    """The document of the player's notebook, pending orders and pending answers."""
    return {
        "notebook": cleaned(dict(saved.notebook)),
        "pending": {
            "turn": saved.history.world.turn,
            "orders": orders_to_json(saved.pending),
            "answers": answers_to_json(saved.pending_answers),
        },
    }


def turns_of(history: History, first: int = 1) -> list[dict[str, Json]]:
    """The documents of the turns from the `first` on.

    Raises ValueError if a turn does not start with the world in which the one before ended.
    """
    documents = []
    for index in range(first - 1, len(history.turns)):
        record = history.turns[index]
        before = history.turns[index - 1].end if index else history.start
        if record.turn != index + 1 or difference(before, record.start):
            raise ValueError(f"turn {record.turn} of a history does not begin where one ended")
        documents.append(turn_to_json(record))
    return documents


def private_of(saved: SavedCampaign, digest: str = "", first: int = 0) -> list[dict[str, Json]]:
    """The private documents of the turns from the `first` on (0: the start).

    `digest` is the private digest of the turn before. Raises ValueError unless there is one more
    of beliefs than of turns, and as many decision records as turns.
    """
    turns = len(saved.history.turns)
    if len(saved.beliefs) != turns + 1 or len(saved.records) != turns:
        raise ValueError(
            f"{turns} turns want {turns + 1} beliefs and {turns} records, not"
            f" {len(saved.beliefs)} and {len(saved.records)}"
        )
    documents = []
    for turn in range(first, turns + 1):
        held = saved.beliefs[turn]
        record = dict(saved.records[turn - 1]) if turn else {}
        digest = private_chain(digest, held, record)
        documents.append(
            {
                "turn": turn,
                "beliefs": beliefs_to_json(held, saved.beliefs[turn - 1] if turn else None),
                "record": pack_json(record),
                "digest": digest,
            }
        )
    return documents
