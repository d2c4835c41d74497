"""A campaign played through a screen of which the text alone is read: browser or socket."""

from typing import Protocol


class Player(Protocol):
    """Who can press keys and has seen what the game sent."""

    seen: str

    async def press(self, key: str) -> None:
        """Press "Space", "Escape" or "y"."""

    async def pause(self, seconds: float) -> None:
        """Wait, and take in what the game sends meanwhile."""

    def turn(self) -> int:
        """The turn of the save; 0 while there is none."""


async def play_until(player: Player, turn: int) -> None:
    """End turns; answer what is asked with silence, and close what opens."""
    for _ in range(15 * turn):
        at = player.turn()
        if at >= turn:
            return
        asked = await _seen_after(player, "Space", "for our word")
        if asked and await _seen_after(player, "Escape", "with silence?"):
            await player.press("y")
        elif not asked and player.turn() == at:
            # A question that was asked before, or something to read: it is closed.
            await _close(player)
        await player.pause(0.5)
    raise AssertionError(f"only turn {player.turn()} of {turn}: {player.seen[-2_000:]!r}")


async def _close(player: Player) -> None:
    """Press escape; where that asks whether to leave the campaign, play on."""
    mark = len(player.seen)
    await player.press("Escape")
    await player.pause(1)
    if "with silence?" in player.seen[mark:]:
        await player.press("y")
    elif "Leave the campaign?" in player.seen[mark:]:
        await player.press("Escape")


async def _seen_after(player: Player, key: str, words: str, seconds: float = 4) -> bool:
    """Press a key; whether the game sends some words within a while."""
    mark, at = len(player.seen), player.turn()
    await player.press(key)
    for _ in range(int(seconds * 5)):
        if words in player.seen[mark:]:
            return True
        if player.turn() > at:
            return False
        await player.pause(0.2)
    return False
