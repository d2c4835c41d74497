"""A new campaign before its first turn: what was chosen for it, checked, and the envelope drawn."""

import secrets
from collections.abc import Mapping

from game import play
from game.campaign.checks import check_aim, check_doctrines, check_player
from game.history import History, Setup
from game.rivals.envelope import seal
from game.world.map_document import MapDoc, without_secrets
from game.world.world_setup import build_world


def opening(
    map: MapDoc,
    *,
    player: str | None = None,
    seed: int | None = None,
    aim: str | None = None,
    teaching: bool = False,
    difficulty: str = "normal",
    turns: int | None = None,
    doctrines: Mapping[str, str] | None = None,
) -> play.Position:
    """The position before the first turn; see `Campaign.new` for the arguments.

    Raises Refused for an unknown state, doctrine or aim, or a player that stands off the map.
    """
    if player is not None:
        check_player(map, player)
    check_doctrines(map, doctrines or {})
    world, beliefs = build_world(map)
    if aim is not None and player is not None:
        check_aim(world.atlas, player, aim)
    setup = Setup(
        map=without_secrets(map),
        seed=seed if seed is not None else secrets.randbelow(1_000_000),
        player=player,
        turns=turns or map.calendar.turns,
        aims={player: aim} if player and aim else {},
        teaching=teaching,
        difficulty=difficulty,
    )
    envelope = seal(map, world, setup.seed, difficulty, doctrines, alike=teaching)
    return play.between_turns(History(setup, world), envelope, (beliefs,))
