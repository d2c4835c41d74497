"""Figures that the player sees, taken apart: the rule of each, and the parts that make it.

The parts are the figures of the rules themselves, not estimates of them: put together as `how`
says they give the figure (a test holds it). Nothing here reads an envelope.
"""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from game.advice.explained_form import (
    CHANGED_PERCENT,
    CHANGED_SHARE,
    PERCENT,
    SHARE,
    Explained,
    Form,
    Part,
    explained,
)
from game.theory.frame import Frame
from game.theory.lens import LEAST, could_rule, power
from game.words import army, percent, share
from game.words.grammar import possessive, with_article
from game.words.rounding import rounded_parts
from game.world.atlas import Atlas
from game.world.capability import means
from game.world.model import World
from game.world.odds import attack_strength, defence_strength, force_against, odds, reach
from game.world.rules import BP
from game.world.sight import Sight

READINGS = {"BOP": "by power", "BOT": "by threat"}
MOST_PARTS = 6
"""The most parts of a sum that are named; the rest are added up."""


def explained_share(world: World, state: str) -> Explained:
    """A state's share of the world's capability: a mean of three shares (RULES; COW's CINC)."""
    index = world.atlas.state_index[state]
    table = means(world)
    shares = [int(row[index]) / int(row.sum()) if row.sum() else None for row in table]
    people, industry, *forces = shares
    named = [("people", people), ("industry", industry)]
    parts = [(f"its share of all {label}", value) for label, value in named if value is not None]
    known = [
        (name, value)
        for name, value in zip(("army", "fleet"), forces, strict=True)
        if value is not None
    ]
    if known:
        parts.append(("forces", sum(value for _, value in known) / len(known)))
    mean = sum(part for _, part in parts) / max(1, len(parts))
    if known:
        all_steps = [PERCENT.steps(part) for _, part in parts]
        steps = rounded_parts(all_steps, PERCENT.shown_steps(mean), mean=True)[-1]
        parts[-1] = (f"forces: {_of_arms(known, steps)}, their mean", parts[-1][1])
    return explained(
        f"{_possessive(world, state)} share of capability", mean,
        "The mean of its shares of the world's people, industry and forces.", "mean", parts,
        PERCENT,
    )  # fmt: skip


def _of_arms(arms: Sequence[tuple[str, float]], mean: int) -> str:
    """The shares of the arms, rounded so that their mean is the one shown, in percent."""
    shown = rounded_parts([PERCENT.steps(value) for _, value in arms], mean, mean=True)
    said = (
        f"{name} {PERCENT.part(value, steps, first=False)}"
        for (name, value), steps in zip(arms, shown, strict=True)
    )
    return ", ".join(said)


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


def explained_insecurity(sight: Sight, frame: Frame, lens: str, of: str = "") -> Explained:
    """A state's insecurity under a lens: what it faces from all states together.

    `sight` is that of the player, or of a state as the player imagines it: then `of` is its id.
    """
    view = frame.view(sight, lens)
    faced = view.faced[view.me]
    whom = sorted(range(len(faced)), key=lambda at: (-float(faced[at]), at))
    named = [at for at in whom if faced[at] > 0][:MOST_PARTS]
    names = [state.id for state in sight.world.states]
    parts = [(f"from {_name(sight.world, names[at])}", float(faced[at])) for at in named]
    rest = float(faced.sum()) - sum(part for _, part in parts)
    if rest > 1e-9:
        parts.append(("from all others", rest))
    title, rule = f"Insecurity {READINGS[lens]}", "What we face from each, added up"
    if of:
        title = f"Insecurity of {_name(sight.world, of)}, {READINGS[lens]}"
        rule = "What it faces from each, as we can imagine it, added up"
    return explained(
        title, view.insecurity, f"{rule}; 1 is the mean of all states at the start.", "sum", parts,
        SHARE,
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
    meaning = {
        "reliability": "What its word counts for. Broken treaties and refused calls lower it; it "
        "comes back slowly.",
        "resolve": "How firm it is thought. Backing down and yielding lower it; it "
        "comes back slowly.",
    }  # fmt: skip
    values = [getattr(world.state(state), figure) / BP for world in worlds]
    title = f"{_possessive(worlds[-1], state)} {figure}"
    return _course(title, values, dates, meaning[figure], CHANGED_SHARE)


def explained_network(worlds: Sequence[World], dates: Sequence[str], me: str, of: str) -> Explained:
    """How deep the network of `me` in a state is, 0 to 1: where it began, and each turn's change.

    `worlds` and `dates` as in `explained_repute`.
    """
    values = [world.networks.get((me, of), 0) / BP for world in worlds]
    return _course(
        f"Depth of our network in {_name(worlds[-1], of)}", values, dates,
        "Work inside its society deepens it; it fades, and what is found out is lost.",
        CHANGED_PERCENT,
    )  # fmt: skip


def _course(
    title: str, values: Sequence[float], dates: Sequence[str], rule: str, form: Form
) -> Explained:
    """A figure by what it was at the start of the first turn, and each turn's change since."""
    parts = [("at the start", values[0])]
    for before, after, date in zip(values, values[1:], dates, strict=False):
        if before != after:
            parts.append((f"in {date}", after - before))
    return explained(title, values[-1], rule, "sum", parts, form)


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
        parts: list[tuple[str, float]] = []
        for member in members:
            whole = title == "defenders" and member == defenders[0]
            force = world.state(member).army if whole else force_against(world, member, foe)
            strength = attack_strength if title == "attackers" else defence_strength
            value = strength(world, member, force)
            there = "" if whole else f", {percent(reach(world, member, foe) / BP)} of it there"
            label = f"{atlas.name(member)}: army {army(world.state(member).army, atlas)}{there}"
            parts.append((label, float(value)))
        total = sum(int(part) for _, part in parts)
        found.append((title, total, parts))
    (_, attack, _), (_, defence, _) = found
    a, d, chance = army(attack, atlas), army(defence, atlas), odds(attack, defence) / BP
    rule = (
        "Each army, less what distance keeps away, scaled by its posture. The odds are the square "
        f"of one side beside both squares: {a}² / ({a}² + {d}²) = {percent(chance)} for the "
        "attackers."
    )
    return tuple(
        explained(
            f"Strength of the {title}", float(total), rule, "sum", parts,
            _army_form(total, atlas),
        )
        for title, total, parts in found
    )  # fmt: skip


def _army_form(total: int, atlas: Atlas) -> Form:
    """Armies in the map's own unit, to the decimals with which their total is written."""
    unit = atlas.army_unit if atlas.army_unit > 0 else 1.0
    own = total / unit
    places = (
        0 if own >= 9.95 or own == 0 else 1 if own >= 0.995 else 1 - math.floor(math.log10(own))
    )
    return Form(lambda units: f"{units / unit:,.{places}f}", places, per=unit)


def _name(world: World, state: str) -> str:
    return with_article(world.atlas.name(state))


def _possessive(world: World, state: str) -> str:
    name = possessive(_name(world, state))
    return name[:1].upper() + name[1:]
