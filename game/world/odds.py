"""The odds of battle and war: what is shown is what is used (RULES, War). Integers, bp.

Strength is forces, less with distance; the attacker's posture and the defender's posture and
ground scale it. A fleet carries an army over the sea.
"""

from game.world.capability import steps
from game.world.memo import derived
from game.world.model import World
from game.world.rules import ATTACK_FACTOR, BP, DEFENCE_FACTOR, TERRAIN_DEFENCE


def reach(world: World, state: str, against: str) -> int:
    """How much of its army a state can bring to another, bp: less with every step.

    Over the sea, no more than its fleet carries.
    """
    index = world.atlas.state_index
    half_steps = int(steps(world)[index[state], index[against]])
    near = max(1, 8 * BP // (6 + half_steps))
    if half_steps <= 2:
        return near
    standing = world.state(state)
    carried = standing.fleet * world.atlas.rules.fleet_carries * BP // max(1, standing.army)
    by_sea = half_steps >= 2 * world.atlas.rules.sea_step
    return min(near, max(carried, near // 4)) if by_sea else near


def force_against(world: World, state: str, against: str) -> int:
    """The army a state can bring against another, world units."""
    return world.state(state).army * reach(world, state, against) // BP


def attack_strength(world: World, state: str, army: int) -> int:
    """Strength of an army of `state` in attack, world units."""
    return army * ATTACK_FACTOR[world.state(state).posture] // BP


def defence_strength(world: World, state: str, army: int, terrain: str = "plain") -> int:
    """Strength of an army of `state` in defence on a terrain, world units."""
    posture = DEFENCE_FACTOR[world.state(state).posture]
    return army * posture // BP * TERRAIN_DEFENCE[terrain] // BP


def odds(attack: int, defence: int) -> int:
    """The attacker's chance to win, bp, of two strengths: a squared contest, never certain.

    At even strength 5,000; at two to one 8,000. Within 200 and 9,800.
    """
    if attack <= 0:
        return 200
    total = attack * attack + defence * defence
    return min(9_800, max(200, attack * attack * BP // max(1, total)))


def landing_odds(world: World, attacker: str, defender: str) -> int:
    """The chance, bp, that a landing gets past the defender's fleet."""
    return odds(world.state(attacker).fleet, world.state(defender).fleet)


@derived("states", "provinces")
def war_odds(world: World, attackers: tuple[str, ...], defenders: tuple[str, ...]) -> int:
    """The chance, bp, that the attackers' side prevails over the defenders', all forces counted.

    Alliances aggregate capabilities, in war by real distance (THEORY S7, p. 44).
    Each brings what it can against the other side's leader; leaders count whole.
    """
    attack = sum(
        attack_strength(world, state, force_against(world, state, defenders[0]))
        for state in attackers
    )
    defence = sum(
        defence_strength(
            world,
            state,
            world.state(state).army
            if state == defenders[0]
            else force_against(world, state, attackers[0]),
        )
        for state in defenders
    )
    return odds(attack, defence)
