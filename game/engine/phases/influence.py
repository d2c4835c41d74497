"""Influence: work inside others, soundings, assessments, what aid buys, what becomes known."""

from collections.abc import Mapping
from dataclasses import replace
from heapq import nsmallest

from game.engine.turn_context import TurnContext
from game.world.capability import capability
from game.world.events import Fact
from game.world.legality import envoys
from game.world.model import World
from game.world.orders import Assess, Means, Penetrate, Sound
from game.world.public_finance import revenue, surplus
from game.world.rules import BP

REACH_AND_RISK: dict[Means, tuple[int, int]] = {
    "envoys": (7_000, 5_000),
    "lobby": (10_000, 10_000),
    "propaganda": (13_000, 16_000),
}
"""By means: how deep it reaches and how easily it is found, bp of the plain figure."""


def influence(context: TurnContext) -> None:
    """Fade what there is, then add this turn's work (THEORY T10, T11)."""
    _fade(context)
    _leverage(context)
    _penetrate(context)
    _sound(context)
    _assess(context)
    _leaks(context)


def _fade(context: TurnContext) -> None:
    world, rules = context.world, context.rules
    given = {(gift.by, gift.to) for gift in context.gifts if gift.accepted}
    keep = BP - rules.leverage_fades
    aid = {
        pair: left
        for pair, amount in world.aid.items()
        if (left := amount if pair in given else amount * keep // BP) > 0
    }
    leverage = {pair: left for pair, bp in world.leverage.items() if (left := bp * keep // BP) > 0}
    networks = {
        pair: left
        for pair, depth in world.networks.items()
        if (left := depth - rules.network_fades) > 0
    }
    if (aid, leverage, networks) != (world.aid, world.leverage, world.networks):
        context.change(aid=aid, leverage=leverage, networks=networks)


def _leverage(context: TurnContext) -> None:
    """Aid buys leverage only with dependence, monopoly and need (THEORY T10, p. 48)."""
    world = context.world
    leverage = dict(world.leverage)
    for gift in context.gifts:
        if gift.accepted:
            pair = (gift.by, gift.to)
            leverage[pair] = max(leverage.get(pair, 0), bought(world, gift.by, gift.to))
    leverage = {pair: bp for pair, bp in leverage.items() if bp > 0}
    if leverage != world.leverage:
        context.change(leverage=leverage)


def bought(world: World, donor: str, recipient: str) -> int:
    """The leverage that a donor's recent aid buys over a recipient, bp.

    In proportion to the share of revenue it is, up to a cap; halved by a second donor of some
    weight; a small part where the recipient lacks nothing.
    """
    rules = world.atlas.rules
    income = max(1, revenue(world, recipient))
    amount = world.aid.get((donor, recipient), 0)
    dependence = min(rules.aid_dependence_cap, amount * BP // income)
    shared = any(
        given * 4 >= amount
        for (other, to), given in world.aid.items()
        if to == recipient and other != donor
    )
    plain = rules.leverage_cap * dependence // rules.aid_dependence_cap
    counts = BP if in_need(world, recipient) else rules.leverage_without_need
    return plain * counts // BP // (2 if shared else 1)


def in_need(world: World, state: str) -> bool:
    """Whether a state needs money: it spends more than it has coming, has none, or is at war."""
    return (
        surplus(world, state) < 0
        or world.state(state).treasury * 10 < max(1, revenue(world, state))
        or bool(world.wars_of(state))
    )


def depth_gained(world: World, actor: str, target: str, means: Means) -> int:
    """What a turn's work adds to a network, bp, by openness and foundations (THEORY T11, p. 49)."""
    index = world.atlas.state_index
    openness = world.atlas.sheet(target).openness
    kinship = int(world.atlas.affinity[index[actor], index[target]])
    plain = world.atlas.rules.network_gain * openness // BP * (BP + kinship) // (2 * BP)
    gain = plain * REACH_AND_RISK[means][0] // BP
    return gain * (BP - world.networks.get((actor, target), 0)) // BP


def chance_found(world: World, target: str, means: Means) -> int:
    """The chance that a penetration is found out, bp: the more closed the society, the greater."""
    closed = BP - world.atlas.sheet(target).openness // 2
    return world.atlas.rules.network_found * closed // BP * REACH_AND_RISK[means][1] // BP


def _penetrate(context: TurnContext) -> None:
    """Work inside others succeeds by a depth, or is found out and undone."""
    networks = dict(context.world.networks)
    work = context.ordered(Penetrate)
    for who, _, order in work:
        pair = (who, order.of)
        if context.happens(
            chance_found(context.world, order.of, order.means), "plot", who, order.of, order.means
        ):
            networks[pair] = networks.get(pair, 0) // 3
            context.emit("plot_found", who, order.of, (who, order.of), means=order.means)
            continue
        depth = networks.get(pair, 0) + depth_gained(context.world, who, order.of, order.means)
        networks[pair] = min(BP, depth)
        context.emit(
            "penetration_made", who, order.of, (who,), means=order.means, depth=networks[pair]
        )
    if work:
        context.change(networks={pair: depth for pair, depth in networks.items() if depth > 0})


def _sound(context: TurnContext) -> None:
    """Envoys sent to listen, then those that were left without an errand (RULES, Envoys).

    Each of the latter listens to whom its state has not heard for longest, of these the strongest;
    that is the same for all, every turn, and has no event.
    """
    turn = context.world.turn
    soundings = {
        pair: heard
        for pair, heard in context.world.soundings.items()
        if turn - heard < context.rules.sounding_kept
    }
    for who, _, order in context.ordered(Sound):
        soundings[who, order.of] = turn
        context.emit("sounding_made", who, order.of, (who, order.of))
    for who in context.world.playing():
        sent = sum(order.envoys for order in context.orders.get(who, ()))
        for other in unheard(context, who, soundings, envoys(context.world, who) - sent):
            soundings[who, other] = turn
    if soundings != context.world.soundings:
        context.change(soundings=soundings)


def unheard(
    context: TurnContext, state: str, soundings: Mapping[tuple[str, str], int], most: int
) -> list[str]:
    """Some others in the system, the longest unheard first, then the strongest, then by draw."""
    shares, index = capability(context.world).tolist(), context.world.atlas.state_index
    ranks = {
        other: (soundings.get((state, other), -1), -shares[index[other]])
        for other in context.world.playing()
        if other != state
    }
    first = nsmallest(most, ranks.values())
    # A draw only for those who can be among the first.
    near = [other for other, rank in ranks.items() if first and rank <= first[-1]]
    near.sort(key=lambda other: (*ranks[other], context.chance("listen", state, other)))
    return near[: len(first)]


def _assess(context: TurnContext) -> None:
    """Record that assessments were made. They change nothing in the world."""
    for who, _, order in context.ordered(Assess):
        context.emit("assessment_made", who, order.of, (who,))


def _leaks(context: TurnContext) -> None:
    """A secret treaty may become known: to all by a leak, to one by its network in a party."""
    for treaty in context.world.treaties:
        if not treaty.terms.secret:
            continue
        facts: dict[str, Fact] = {
            "treaty": treaty.id,
            "obligations": treaty.obligations,
            "against": treaty.against,
        }
        if context.happens(context.rules.treaty_leaks, "leak", treaty.parties[0], treaty.id):
            context.put_treaty(replace(treaty, terms=replace(treaty.terms, secret=False)))
            context.emit("treaty_leaked", treaty.parties[0], treaty.parties[1], None, **facts)
            continue
        finders = tuple(
            state.id
            for state in context.world.living()
            if not treaty.seen_by(state.id) and _finds(context, state.id, treaty.parties, treaty.id)
        )
        if finders:
            context.put_treaty(replace(treaty, known_to=(*treaty.known_to, *finders)))
        for finder in finders:
            context.emit("treaty_leaked", finder, treaty.parties[0], (finder,), **facts)


def _finds(context: TurnContext, state: str, parties: tuple[str, ...], number: int) -> bool:
    depth = max(context.world.networks.get((state, party), 0) for party in parties)
    chance = context.rules.network_finds * depth // BP
    return chance > 0 and context.happens(chance, "find", state, number)
