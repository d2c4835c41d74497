"""What a peace may take, what it costs in war score, and what a beaten state must offer."""

from collections.abc import Iterable
from functools import lru_cache

from game.world.atlas import Atlas
from game.world.model import War, World
from game.world.rules import BP
from game.world.terms import PeaceTerms


@lru_cache(maxsize=4)
def _worths(atlas: Atlas) -> tuple[int, ...]:
    return tuple(max(1, place.population + place.industry) for place in atlas.provinces)


def worth(world: World, province: str) -> int:
    """A province's people and industry, world units: what it weighs at the table."""
    return _worths(world.atlas)[world.atlas.province_index[province]]


def realm(world: World, states: Iterable[str]) -> int:
    """The worth of all that some states own by right, at least 1."""
    owners = frozenset(states)
    worths = _worths(world.atlas)
    return max(
        1,
        sum(
            weight
            for weight, province in zip(worths, world.provinces, strict=True)
            if province.owner in owners
        ),
    )


def within_cap(world: World, losers: Iterable[str], provinces: tuple[str, ...]) -> bool:
    """Whether one peace may take these provinces: a fifth of the losers' land, or a single one.

    Of what all lose together, whose peace it is, as of what each of them loses.
    """
    if len(provinces) <= 1:
        return True
    taken = sum(worth(world, province) for province in provinces)
    return taken * BP <= realm(world, losers) * world.atlas.rules.annexation_cap


def price(world: World, terms: PeaceTerms) -> int:
    """What terms cost the proposer in war score, bp; what it gives counts against it."""
    rules = world.atlas.rules
    return (
        rules.score_province * (len(terms.takes) - len(terms.gives))
        + rules.score_indemnity * terms.indemnity // 5_000
        + (rules.score_disarm if terms.disarm else 0)
        + rules.score_restore * len(terms.restores)
    )


def score_of(war: War, state: str) -> int:
    """The war score as one belligerent's side has it: above 0 it is winning."""
    return war.score if war.side(state) == "attackers" else -war.score


def is_white(terms: PeaceTerms) -> bool:
    """Whether a peace moves nothing."""
    return terms == PeaceTerms()


def parties_for(war: War, state: str, other: str) -> tuple[str, ...]:
    """For whom a state speaks at the table with another: its side, where both lead (THEORY W12)."""
    leaders = (war.attackers[0], war.defenders[0])
    return (state, *war.friends(state)) if {state, other} == set(leaders) else (state,)


def restorable(world: World, owners: Iterable[str]) -> tuple[str, ...]:
    """The dead states whose own land some others own now, in the world's order."""
    held = frozenset(owners)
    lost = {
        place.owner
        for place, province in zip(world.atlas.provinces, world.provinces, strict=True)
        if place.owner != province.owner and province.owner in held
    }
    return tuple(state.id for state in world.states if not state.alive and state.id in lost)


def must_accept(world: World, war: War, proposer: str, asked: str, terms: PeaceTerms) -> bool:
    """Whether the exhausted have no choice (RULES, War).

    Above the rules' exhaustion a white peace stands, unless one's side is winning; at its full a
    white peace in any case, and what the enemy's leader offers and its war score buys.
    """
    weary = world.state(asked).exhaustion
    if is_white(terms) or not (
        terms.indemnity > 0 or terms.takes or terms.disarm or terms.restores
    ):
        winning = score_of(war, asked) > 0
        return weary >= BP or (weary > world.atlas.rules.exhaustion_must_answer and not winning)
    leader = war.enemies(asked)[0]
    affordable = price(world, terms) <= max(0, score_of(war, proposer))
    return weary >= BP and proposer == leader and affordable


def surrender(world: World, war: War, loser: str, winner: str) -> PeaceTerms:
    """What a wholly occupied state offers the enemy's leader, from its own side.

    Its provinces, as many as one peace may take and the score buys: the war's aim first, then
    what the winner claims, what the winner holds, and the richer before the poorer.
    """
    rules = world.atlas.rules
    budget = max(rules.score_province, score_of(war, winner))
    ranked = sorted(
        world.owned(loser),
        key=lambda province: (
            province.id != war.aim,
            (winner, province.id) not in world.atlas.claims,
            province.holder != winner,
            -worth(world, province.id),
            province.id,
        ),
    )
    given: tuple[str, ...] = ()
    for province in ranked:
        more = (*given, province.id)
        if rules.score_province * len(more) > budget:
            break
        if within_cap(world, (loser,), more):
            given = more
    return PeaceTerms(gives=given)
