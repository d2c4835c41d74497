"""Matters, taken apart: the figure that a matter is about, and what its order is worth."""

from collections.abc import Callable

from game.advice.estimated_beliefs import in_the_place_of
from game.advice.explained import (
    READINGS,
    explained_danger,
    explained_insecurity,
    explained_strengths,
)
from game.advice.explained_choices import explained_terms, explained_worth
from game.advice.explained_form import PERCENT, Explained, explained
from game.advice.leaving import likeliest_to_leave
from game.advice.order_values import Matter, order_terms
from game.scoring.coalition_shares import bloc_against
from game.theory.families.expected_coalitions import would_defend
from game.theory.frame import Frame
from game.words.grammar import with_article
from game.world.beliefs import Beliefs
from game.world.orders import Order
from game.world.rules import BP
from game.world.sight import Sight


def explained_matter(
    sight: Sight, estimate: Beliefs, frame: Frame, matter: Matter
) -> tuple[Explained, ...]:
    """The figures that a matter is about, by its kind: what could beat us, a bloc, a danger.

    Empty for a matter that has none of its own, but the worth of its order (`explained_order`).
    """
    explain = _OF_KIND.get(matter.kind)
    if explain is not None and (found := explain(sight, estimate, frame, matter.state)):
        return found
    at = sight.world.atlas.state_index.get(matter.state)
    if at is None or matter.state == sight.me or not sight.facts.there[at]:
        return ()
    return tuple(explained_danger(sight, frame, lens, matter.state) for lens in READINGS)


def explained_order(sight: Sight, frame: Frame, order: Order) -> tuple[Explained, ...]:
    """What an order is worth to the player, under both readings, term by term.

    Empty for one that is on no menu.
    """
    terms = order_terms(sight, frame, order)
    return explained_worth(terms) if terms else ()


def _window(sight: Sight, _estimate: Beliefs, _frame: Frame, state: str) -> tuple[Explained, ...]:
    """The strengths of a rival that attacked, and of us with all who promised us help."""
    ours = dict.fromkeys((sight.me, *would_defend(sight, sight.me, state)))
    defenders = tuple(one for one in ours if one != state)
    return explained_strengths(sight.world, (state,), defenders)


def _ring(sight: Sight, _estimate: Beliefs, _frame: Frame, state: str) -> tuple[Explained, ...]:
    """The members of the strongest bloc against us."""
    atlas = sight.world.atlas
    bloc = bloc_against(sight.world, state)
    parts = [(with_article(atlas.name(member)), share / BP) for member, share in bloc]
    return (
        explained(
            "The strongest bloc against us", sum(share for _, share in bloc) / BP,
            "A rival, one at war with us or bound against us, and all who are bound to fight "
            "beside it and not beside us: their shares of the world's capability.", "sum", parts,
            PERCENT,
        ),
    )  # fmt: skip


def _feared(sight: Sight, _estimate: Beliefs, frame: Frame, _state: str) -> tuple[Explained, ...]:
    """What we face from each."""
    return tuple(explained_insecurity(sight, frame, lens) for lens in READINGS)


def _fears(sight: Sight, estimate: Beliefs, frame: Frame, state: str) -> tuple[Explained, ...]:
    """What another faces from each, as we can imagine it."""
    theirs = in_the_place_of(sight, state, estimate)
    return tuple(explained_insecurity(theirs, frame, lens, state) for lens in READINGS)


def _parting(sight: Sight, estimate: Beliefs, frame: Frame, state: str) -> tuple[Explained, ...]:
    """What leaving our pact is worth to a partner."""
    likely = likeliest_to_leave(sight, estimate, frame)
    if likely is None or likely.partner != state:
        return ()
    name = with_article(sight.world.atlas.name(state))
    return explained_terms(
        likely.terms, f"What notice is worth to {name},", "Above 0 it gains by leaving our pact."
    )


_OF_KIND: dict[str, Callable[[Sight, Beliefs, Frame, str], tuple[Explained, ...]]] = {
    "parting": _parting,
    "readings": _feared,
    "ring": _ring,
    "sounding": _fears,
    "window": _window,
}
"""Kind of matter -> what explains its figure; of other kinds it is the danger of their state."""
