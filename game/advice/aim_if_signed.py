"""What a treaty would change of the sides that an aim asks about, said before it is signed."""

from collections.abc import Iterator
from dataclasses import replace

from game import words
from game.scoring import asks_for_a_match, hostile_bloc, own_side, strongest_other
from game.scoring.coalition_shares import befriended_powers
from game.world.atlas import Aim
from game.world.legality import renewing
from game.world.memo import changed
from game.world.model import Treaty, World
from game.world.orders import Offer
from game.world.questions import OfferQuestion


def aim_if_signed(aim: Aim, world: World, me: str, deal: Offer | OfferQuestion) -> str:
    """What a treaty would change of the conditions of an aim, in a sentence; empty if nothing.

    `deal` is an offer that `me` would make, or one that is put before it; also an invitation into
    a treaty in force. `world` is the world as `me` sees it.
    """
    after = _signed(world, me, deal)
    if after is None:
        return ""
    changes = list(_changes(aim, world, after, me))
    return f"For your aim: {'; '.join(changes)}." if changes else ""


def _signed(world: World, me: str, deal: Offer | OfferQuestion) -> World | None:
    """The world with the treaty in force; None for an invitation into one that is no more."""
    if deal.joins is not None:
        joined = world.treaty(deal.joins)
        if joined is None:
            return None
        newcomer = deal.to if isinstance(deal, Offer) else deal.newcomer
        parties = (*joined.parties, newcomer)
        treaties = tuple(
            replace(one, parties=parties) if one is joined else one for one in world.treaties
        )
        return changed(world, treaties=treaties)
    other = deal.to if isinstance(deal, Offer) else deal.by
    renewed = renewing(world, me, other, deal.terms)
    kept = tuple(one for one in world.treaties if one is not renewed)
    treaty = Treaty(-1, (me, other), deal.terms, world.turn, world.turn + deal.terms.term)
    return changed(world, treaties=(*kept, treaty))


def _changes(aim: Aim, world: World, after: World, me: str) -> Iterator[str]:
    """The conditions that the treaty would change, as far as the percentages shown tell."""
    matched = asks_for_a_match(aim)
    if aim.kind == "break_ring":
        bloc = words.percent(hostile_bloc(world, me)), words.percent(hostile_bloc(after, me))
        if bloc[0] != bloc[1]:
            wanted = words.percent(float(aim.target))
            yield f"hostile bloc {bloc[0]}, then {bloc[1]}, wanted at most {wanted}"
    if matched:
        powers = len(befriended_powers(world, me)), len(befriended_powers(after, me))
        if powers[0] != powers[1]:
            yield f"great powers newly bound {powers[0]}, then {powers[1]}"
    if not matched and aim.kind != "league":
        return
    side = words.percent(own_side(world, me)), words.percent(own_side(after, me))
    needed = side[0], side[0]
    if matched:
        needed = (
            words.percent(aim.side * strongest_other(world, me)),
            words.percent(aim.side * strongest_other(after, me)),
        )
    if side[0] == side[1] and needed[0] == needed[1]:
        return
    if aim.kind == "league":
        yield f"our side {side[0]}, then {side[1]}, wanted {words.percent(float(aim.target))}"
    elif needed[0] == needed[1]:
        yield f"our side {side[0]}, then {side[1]}, a match at {needed[1]}"
    else:
        yield f"our side {side[0]}, then {side[1]}, a match at {needed[0]}, then {needed[1]}"
