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
    in_vain = 0
    for _ in range(15 * turn):
        at = player.turn()
        if at >= turn:
            return
        asked = await _seen_after(player, "Space", "for our word")
        while asked and await _seen_after(player, "Escape", "with silence?"):
            asked = await _seen_after(player, "y", "for our word", seconds=30)
        if player.turn() > at:
            await _until_seen(player, "Report of", len(player.seen) - 20_000, seconds=5)
            await player.press("Escape")
            await player.pause(0.5)
            continue
        in_vain += 1
        if in_vain % 2:
            # A question that was asked before, or something to read: it is closed. Not every time,
            # for where nothing is open the key opens something, which space then closes.
            await _close(player)
    raise AssertionError(f"only turn {player.turn()} of {turn}: {player.seen[-2_000:]!r}")


async def _close(player: Player) -> None:
    """Press escape; where that asks whether to leave the campaign, play on."""
    mark = len(player.seen)
    await player.press("Escape")
    await player.pause(2)
    if "with silence?" in player.seen[mark:]:
        await player.press("y")
    elif "Leave the campaign?" in player.seen[mark:]:
        await player.press("Escape")
    await player.pause(0.5)


async def _seen_after(player: Player, key: str, words: str, seconds: float = 8) -> bool:
    """Press a key; whether the game sends some words within a while, before a new turn begins."""
    mark = len(player.seen)
    await player.press(key)
    return await _until_seen(player, words, mark, seconds, before=player.turn() + 1)


async def _until_seen(
    player: Player, words: str, mark: int, seconds: float, before: int | None = None
) -> bool:
    """Wait for some words behind a mark in what was seen, at most until a turn has begun."""
    for _ in range(int(seconds * 5)):
        if words in player.seen[max(0, mark) :]:
            return True
        if before is not None and player.turn() >= before:
            return False
        await player.pause(0.2)
    return False
