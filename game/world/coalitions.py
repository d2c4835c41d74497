"""Who fights on which side: whose word falls due in a war, and who would come if all kept theirs.

The one home of these rules. The engine calls states to war by them; rivals, advisers and the screen
foresee a war's two sides by them.
"""

from dataclasses import dataclass

from game.world.capability import capability
from game.world.legality import CALMEST_THAT_FIGHTS, is_neighbour, truce_until, within_reach
from game.world.memo import changed
from game.world.model import Treaty, War, World

PLEDGE = -1
"""The treaty number of a call that rests on a pledge."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What binds a state to fight: sorted, the strongest first."""

    weight: int
    """0 a named adversary, 1 any, 2 a pledge."""
    treaty: int
    partner: str
    enemy: str


def may_enter(world: World, war: War, state: str, side: str) -> bool:
    """Whether a state could fight on a side: no truce, no comrade there, no enemy here."""
    standing = world.state(state)
    if not standing.alive or standing.committed == 0 or war.side(state):
        return False
    members, foes = war.attackers, war.defenders
    if side == "defenders":
        members, foes = foes, members
    comrades = {friend for other in world.wars_of(state) for friend in other.friends(state)}
    return not (
        any(world.at_war(state, member) for member in members)
        or any(foe in comrades for foe in foes)
        or any(truce_until(world, state, foe) >= world.turn for foe in foes)
    )


def falls_due(
    world: World,
    war: War,
    newcomers: tuple[str, ...],
    pledges: tuple[tuple[str, str], ...] = (),
) -> dict[str, Claim]:
    """Whose word falls due now that `newcomers` are in, each with its strongest claim."""
    claims: dict[str, list[Claim]] = {}
    for enemy in newcomers:
        for partner in war.enemies(enemy):
            for treaty in world.treaties_of(partner):
                if _defends(war, treaty, partner, enemy):
                    weight = 0 if treaty.against else 1
                    for state in treaty.defended_by(partner):
                        claim = Claim(weight, treaty.id, partner, enemy)
                        claims.setdefault(state, []).append(claim)
    attacker, target = war.opener, war.victim
    if attacker in newcomers and not war.surprise:
        for treaty in world.treaties_of(attacker):
            if "offense" in treaty.obligations and treaty.against == target:
                for state in treaty.others(attacker):
                    claims.setdefault(state, []).append(Claim(0, treaty.id, attacker, target))
    for state, partner in pledges:
        if not (war.surprise and partner == attacker):
            enemies = war.enemies(partner)
            if enemies:
                claims.setdefault(state, []).append(Claim(2, PLEDGE, partner, enemies[0]))
    due = {}
    for state in sorted(claims, key=world.atlas.state_index.__getitem__):
        if state in war.asked:
            continue
        for claim in sorted(claims[state], key=lambda claim: (claim.weight, claim.treaty)):
            if may_enter(world, war, state, war.side(claim.partner)):
                due[state] = claim
                break
    return due


def bystanders(world: World, war: War) -> list[tuple[str, tuple[str, ...]]]:
    """Who may choose a side in a war, with the options open to it.

    Great powers, neighbours and rivals of either leader, in reach of an enemy, in a posture that
    fights; not those who were called, nor those asked a short while ago.
    """
    leaders = (war.attackers[0], war.defenders[0])
    found = []
    for state in world.playing():
        standing = world.state(state)
        if (
            standing.posture < CALMEST_THAT_FIGHTS
            or war.side(state)
            or state in war.asked
            or world.cooldown_until("join", state, str(war.id)) >= world.turn
        ):
            continue
        concerned = standing.great or any(
            is_neighbour(world, state, leader) or (state, leader) in world.atlas.rivalries
            for leader in leaders
        )
        if not concerned:
            continue
        options = tuple(
            side
            for side, foes in (("attackers", war.defenders), ("defenders", war.attackers))
            if any(within_reach(world, state, foe) for foe in foes)
            and may_enter(world, war, state, side)
        )
        if options:
            found.append((state, ("none", *options)))
    return found


def _defends(war: War, treaty: Treaty, partner: str, enemy: str) -> bool:
    """Whether a treaty of `partner` falls due because `enemy` entered the war against it.

    Each obligation has its own case, against a named adversary or not (THEORY S6, p. 45).
    A named adversary that enters against a partner makes it due, even where the partner began
    the war, unless by surprise; without a name it holds for the one that was attacked.
    """
    if not treaty.defended_by(partner) or enemy in treaty.parties:
        return False
    if treaty.against:
        began_by_surprise = war.surprise and partner == war.opener
        return treaty.against == enemy and not began_by_surprise
    return partner == war.victim


def strongest(world: World, members: tuple[str, ...]) -> str:
    """The most capable of some states; of equals, the first named."""
    shares, index = capability(world), world.atlas.state_index
    return max(members, key=lambda member: int(shares[index[member]]))


def without_party(world: World, treaty: Treaty, state: str) -> Treaty | None:
    """What is left of a treaty when a party leaves it; None where it ends for all.

    It goes on among the rest if they are two or more, unless the strongest leaves (THEORY W12,
    p. 47). One that has left already changes nothing.
    """
    ends = len(treaty.others(state)) < 2 or strongest(world, treaty.parties) == state
    return None if ends else treaty.without(state)


def coalitions(
    world: World,
    attacker: str,
    target: str,
    pledges: tuple[tuple[str, str], ...] = (),
    surprise: bool = False,
    absent: str = "",
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The two sides of a war if all who are called came: (attackers, defenders), leaders first.

    The war is one that `attacker` would begin against `target` now. `pledges` are those of their
    crisis, (who, stands by whom); after a `surprise` less is owed. `absent` is a state that answers
    no call. It follows the engine's waves (THEORY S11, p. 46): each who comes may make the word of
    others fall due. Bystanders, whom nothing binds, are not foreseen here.
    """
    war = opened(world, attacker, target, surprise)
    world = _torn_up(world, attacker, (target,))
    fresh: tuple[str, ...] = (attacker,)
    while fresh:
        came = []
        for state, claim in falls_due(world, war, fresh, pledges).items():
            side = war.side(claim.partner)
            if state != absent and may_enter(world, war, state, side):
                war = war.joined(state, side)
                world = _torn_up(world, state, war.enemies(state))
                came.append(state)
        fresh = tuple(came)
    return war.attackers, war.defenders


def defenders(world: World, attacked: str, attacker: str) -> tuple[str, ...]:
    """Who is called to defend a state as soon as another attacks it."""
    due = falls_due(world, opened(world, attacker, attacked), (attacker,))
    return tuple(state for state, claim in due.items() if claim.partner == attacked)


def opened(world: World, attacker: str, target: str, surprise: bool = False) -> War:
    """A war as it would begin now between two states; its number is the world's next."""
    return War(world.next_id, (attacker,), (target,), world.turn, "", surprise)


def _torn_up(world: World, state: str, enemies: tuple[str, ...]) -> World:
    """The world without a state's part in the treaties that it has with enemies."""
    shared = [
        treaty
        for treaty in world.treaties_of(state)
        if any(enemy in treaty.parties for enemy in enemies)
    ]
    if not shared:
        return world
    left = [
        without_party(world, treaty, state) if treaty in shared else treaty
        for treaty in world.treaties
    ]
    treaties = tuple(treaty for treaty in left if treaty is not None)
    return changed(world, treaties=treaties)
