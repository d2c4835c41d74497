"""A campaign as the documents of a save's tables.

`header` comes first and is short, `map` holds the map and what was chosen with it, `envelope` the
seats, `notebook` the player's own papers, `turns` and `private` a document a turn.
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
    """All tables of a save, in their order."""
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
    """The header's document."""
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
    """The map's document: the map, what was chosen with it, and the digest the chain starts at.

    Raises ValueError if the map still holds a doctrine or an ambition.
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
    """The envelope's document."""
    return {"seats": {state: dict(seat) for state, seat in saved.envelope.items()}}


def notebook_of(saved: SavedCampaign) -> dict[str, Json]:
    """The document of the player's own papers: notebook, pending orders and answers."""
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

    Raises ValueError where a turn does not begin with the world in which the last one ended.
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

    `digest` is the private digest of the turn before. Raises ValueError where beliefs are not
    one more than turns, or records not as many.
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
