"""Aims in words: what reaches one."""

from game import words
from game.words.grammar import possessive, with_article
from game.world.atlas import Aim, Atlas


def reached(aim: Aim, share: float) -> str:
    """An aim's title and how much of it is reached (0 to 1)."""
    return f"{aim.title}: {words.percent(share)} reached"


def in_words(aim: Aim, atlas: Atlas) -> str:
    """What reaches an aim, in a sentence."""
    share = words.percent(float(aim.target)) if isinstance(aim.target, int | float) else ""
    match aim.kind:
        case "break_ring":
            return f"No hostile bloc above {share} of the world for {aim.turns} turns running."
        case "grow":
            return f"Gain {share} of the world's capability on your share at the start."
        case "broker":
            return f"{aim.target} crises in which you pledged yourself end without war."
        case "hold":
            return "Lose no province."
        case "contain":
            name = possessive(with_article(atlas.name(str(aim.target))))
            return f"Keep {name} share at the end no larger than at the start."
        case "take":
            return f"Own {atlas.place(str(aim.target)).name} at the end."
        case "league":
            return f"Your side holds {share} of the world for {aim.turns} turns running."
        case "peace":
            return f"Stay out of war for {aim.turns} turns running."
    return ""
