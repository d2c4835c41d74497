"""Aims in words: what reaches one, how it stands, and what is missing."""

from game import words
from game.maps.aim_figures import AimFigure
from game.scoring import AimStatus, Condition, first_counted
from game.words.grammar import counted, possessive, with_article
from game.world.atlas import Aim, Atlas


def in_words(aim: Aim, atlas: Atlas) -> str:
    """What reaches an aim, in a sentence."""
    share = words.percent(float(aim.target)) if isinstance(aim.target, int | float) else ""
    side = "a side of your own"
    if aim.side != 1:
        side += f" {aim.side:g} times as strong as the strongest without you"
    match aim.kind:
        case "break_ring":
            return f"No hostile bloc above {share} of the world, and {side} to keep it."
        case "grow":
            return f"At the end, {share} of the world's capability more than at the start."
        case "broker":
            return f"{aim.target} crises in which you pledged yourself end without war."
        case "hold":
            return f"Lose no province, and have {side} behind you."
        case "contain":
            name = possessive(with_article(atlas.name(str(aim.target))))
            return f"Keep {name} share no larger than at the start, by {side}."
        case "take":
            return f"Own {atlas.place(str(aim.target)).name} at the end."
        case "league":
            return f"Have a side of your own that holds {share} of the world."
        case "peace":
            return f"Stay out of war, with {side} behind you."
    return ""


HARDNESS = ((0.3, "Very hard"), (0.55, "Hard"), (0.8, "Open"), (1.01, "Within reach"))
"""The share of an aim that a computer player reached, below which it is called so."""


def how_hard(figure: AimFigure) -> str:
    """How hard an aim is, by what was measured of it, in a sentence."""
    called = next(name for below, name in HARDNESS if figure.reached < below)
    return (
        f"{called}: a computer player that knows what everybody fears reached "
        f"{words.percent(figure.reached)} of it ({counted(figure.campaigns, 'campaign')})."
    )


def condition_words(condition: Condition, atlas: Atlas) -> str:
    """One condition of an aim with its figure and what is asked for, for its reader's state."""
    value, needed = words.percent(condition.value), words.percent(condition.needed)
    match condition.kind:
        case "bloc":
            return f"hostile bloc {value}, wanted at most {needed}"
        case "side":
            return f"our side {value}, wanted {needed}"
        case "match":
            return f"our side {value}, a match at {needed}"
        case "bound_power":
            return f"great powers newly bound to us: {int(condition.value) or 'none'}"
        case "provinces":
            return f"own provinces held: {condition.value:.0f} of {condition.needed:.0f}"
        case "share":
            gained, wanted = words.signed(condition.value), words.signed(condition.needed)
            return f"share gained {gained}, wanted {wanted}"
        case "share_of":
            name = possessive(with_article(atlas.name(condition.subject)))
            return f"{name} share {value}, wanted at most {needed}"
        case "crises":
            return (
                f"crises settled with our pledge: {condition.value:.0f} of {condition.needed:.0f}"
            )
        case "province":
            name = atlas.place(condition.subject).name
            return f"{name} is {'ours' if condition.met else 'not ours'}"
    return "at peace" if condition.met else f"at war ({counted(int(condition.value), 'war')})"


def turns_words(status: AimStatus, turns: int) -> str:
    """How many of the turns that count an aim has stood; nothing for an aim of taking.

    `turns` is the length of the campaign.
    """
    if not status.turns_needed:
        return ""
    stood = f"stood {status.turns_stood} of {status.turns_needed} turns"
    if status.turns_stood > status.turns_needed:
        stood = f"stood {status.turns_stood} turns, {status.turns_needed} needed"
    return f"{stood}, from turn {first_counted(turns)}"


def status_words(
    status: AimStatus, atlas: Atlas, turns: int
) -> tuple[tuple[bool | None, str], ...]:
    """How an aim stands, in rows: whether a condition is met, and it in words.

    The last row counts the turns that it stood and has None; an aim of taking has no such row.
    `turns` is the length of the campaign.
    """
    rows: list[tuple[bool | None, str]] = [
        (condition.met, condition_words(condition, atlas)) for condition in status.conditions
    ]
    if stood := turns_words(status, turns):
        rows.append((None, stood))
    return tuple(rows)
