"""Figures that the player sees, taken apart: the rule of each, and the parts that make it.

The parts are the figures of the rules themselves, not estimates of them: put together as `how`
says they give the figure (a test holds it). Nothing here reads an envelope.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from game.theory.frame import Frame
from game.theory.lens import LEAST, could_rule, power
from game.words import army, percent, share, signed
from game.words.grammar import possessive, with_article
from game.world.capability import means
from game.world.model import World
from game.world.odds import attack_strength, defence_strength, force_against, odds, reach
from game.world.rules import BP
from game.world.sight import Sight

READINGS = {"BOP": "by power", "BOT": "by threat"}
MOST_PARTS = 6
"""The most parts of a sum that are named; the rest are added up."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a figure."""

    label: str
    value: float
    text: str
    """The value as the player reads it."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure with the parts that it is made of."""

    title: str
    value: float
    text: str
    """The value as the player reads it elsewhere too."""
    rule: str
    """How it is made, in a sentence."""
    how: Literal["sum", "product", "mean"]
    """How the parts are put together."""
    parts: tuple[Part, ...]

    @property
    def put_together(self) -> float:
        """What the parts give."""
        values = [part.value for part in self.parts]
        if self.how == "product":
            return math.prod(values)
        return sum(values) / (len(values) if self.how == "mean" else 1)


def explained_share(world: World, state: str) -> Explained:
    """A state's share of the world's capability: a mean of three shares (RULES; COW's CINC)."""
    index = world.atlas.state_index[state]
    table = means(world)
    shares = [int(row[index]) / int(row.sum()) if row.sum() else None for row in table]
    people, industry, *forces = shares
    known = [one for one in forces if one is not None]
    parts = []
    for label, value in (("people", people), ("industry", industry)):
        if value is not None:
            parts.append(Part(f"its share of all {label}", value, percent(value)))
    if known:
        mean = sum(known) / len(known)
        of_each = [
            f"{name} {percent(value)}"
            for name, value in zip(("army", "fleet"), forces, strict=True)
            if value is not None
        ]
        parts.append(Part(f"forces: {', '.join(of_each)}, their mean", mean, percent(mean)))
    value = sum(part.value for part in parts) / max(1, len(parts))
    return Explained(
        f"{_possessive(world, state)} share of capability", value, percent(value),
        "The mean of its shares of the world's people, industry and forces.", "mean", tuple(parts),
    )  # fmt: skip


def explained_danger(sight: Sight, frame: Frame, lens: str, state: str) -> Explained:
    """What one faces from a state under a lens: danger times the chance that it prevails."""
    view = frame.view(sight, lens)
    world, me = sight.world, view.me
    at = world.atlas.state_index[state]
    alpha, beta, gamma, delta = view.lens.exponents
    facts = sight.facts
    counted = bool(view.field.weight[at] > 0)
    looming = np.clip(could_rule(facts) * facts.c, LEAST, 1)
    factors = [
        ("power: its share, more if it could rule alone", alpha,
         float(power(looming, alpha)[at]) if counted else 0.0),
        ("proximity", beta, float(power(facts.D, beta)[me, at])),
        ("offence: forces and posture", gamma,
         float(power(np.maximum(facts.O, LEAST), gamma)[at])),
        ("intentions: how hostile we believe it", delta, float(view.intentions[at])),
    ]  # fmt: skip
    parts = [Part(label, value, share(value)) for label, by, value in factors if by]
    chance = float(view.chance[at])
    theirs, ours = float(view.field.hostile_side[me, at]), float(view.field.own_side[me, at])
    scale = view.scale.k / view.scale.unit
    parts += [
        Part(
            f"chance that its side prevails: {share(theirs)} / ({share(theirs)} + "
            f"{share(ours + view.strength - float(view.field.weight[me]))})",
            chance, percent(chance),
        ),
        Part("scale: the mean insecurity of all at the start is 1", scale, f"{scale:.1f}"),
    ]  # fmt: skip
    value = float(view.faced[me, at])
    rule = "Power alone" if not beta else "Power, proximity, offence and intentions together"
    if not counted:
        rule = "Lesser states are not counted by this reading"
    return Explained(
        f"What we face from {_name(world, state)}, {READINGS[lens]}", value, share(value),
        f"{rule}, times the chance that its side prevails over ours.", "product", tuple(parts),
    )  # fmt: skip


def explained_insecurity(sight: Sight, frame: Frame, lens: str) -> Explained:
    """One's insecurity under a lens: what one faces from all states together."""
    view = frame.view(sight, lens)
    faced = view.faced[view.me]
    whom = sorted(range(len(faced)), key=lambda at: (-float(faced[at]), at))
    named = [at for at in whom if faced[at] > 0][:MOST_PARTS]
    names = [state.id for state in sight.world.states]
    parts = [
        Part(f"from {_name(sight.world, names[at])}", float(faced[at]), share(float(faced[at])))
        for at in named
    ]
    rest = float(faced.sum()) - sum(part.value for part in parts)
    if rest > 1e-9:
        parts.append(Part("from all others", rest, share(rest)))
    return Explained(
        f"Insecurity {READINGS[lens]}", view.insecurity, share(view.insecurity),
        "What we face from each, added up; 1 is the mean of all states at the start.", "sum",
        tuple(parts),
    )  # fmt: skip


def explained_repute(
    worlds: Sequence[World],
    dates: Sequence[str],
    state: str,
    figure: Literal["reliability", "resolve"],
) -> Explained:
    """A state's reliability or resolve: where it began, and each turn's change since.

    `worlds` are those at the start of each turn so far and now, `dates` those of the turns.
    """
    values = [getattr(world.state(state), figure) / BP for world in worlds]
    parts = [Part("at the start", values[0], share(values[0]))]
    for before, after, date in zip(values, values[1:], dates, strict=False):
        if before != after:
            parts.append(Part(f"in {date}", after - before, signed(after - before)))
    meaning = {
        "reliability": "What its word counts for. Broken treaties and refused calls lower it; it "
        "comes back slowly.",
        "resolve": "How firm it is thought. Backing down and yielding lower it; it "
        "comes back slowly.",
    }  # fmt: skip
    return Explained(
        f"{_possessive(worlds[-1], state)} {figure}", values[-1], share(values[-1]),
        meaning[figure], "sum", tuple(parts),
    )  # fmt: skip


def explained_strengths(
    world: World, attackers: tuple[str, ...], defenders: tuple[str, ...]
) -> tuple[Explained, ...]:
    """The strengths of the two sides of a war, leaders first: the odds are made of them."""
    atlas = world.atlas
    found = []
    for title, members, foe in (
        ("attackers", attackers, defenders[0]),
        ("defenders", defenders, attackers[0]),
    ):
        parts = []
        for member in members:
            whole = title == "defenders" and member == defenders[0]
            force = world.state(member).army if whole else force_against(world, member, foe)
            strength = attack_strength if title == "attackers" else defence_strength
            value = strength(world, member, force)
            there = "" if whole else f", {percent(reach(world, member, foe) / BP)} of it there"
            label = f"{atlas.name(member)}: army {army(world.state(member).army, atlas)}{there}"
            parts.append(Part(label, float(value), army(value, atlas)))
        total = sum(int(part.value) for part in parts)
        found.append((title, total, tuple(parts)))
    (_, attack, _), (_, defence, _) = found
    a, d, chance = army(attack, atlas), army(defence, atlas), odds(attack, defence) / BP
    rule = (
        "Each army, less what distance keeps away, scaled by its posture. The odds are the square "
        f"of one side beside both squares: {a}² / ({a}² + {d}²) = {percent(chance)} for the "
        "attackers."
    )
    return tuple(
        Explained(f"Strength of the {title}", float(total), army(total, atlas), rule, "sum", parts)
        for title, total, parts in found
    )


def _name(world: World, state: str) -> str:
    return with_article(world.atlas.name(state))


def _possessive(world: World, state: str) -> str:
    name = possessive(_name(world, state))
    return name[:1].upper() + name[1:]
