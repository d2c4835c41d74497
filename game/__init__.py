"""Realpolitik: a strategy game of alliances whose rivals follow Waltz or Walt.

    from game import Campaign, load_map

Both are imported when they are first used, so that `import game` is fast.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.campaign import Campaign
    from game.maps.load import load_map

__all__ = ["Campaign", "load_map"]


def __getattr__(name: str) -> Any:
    if name == "Campaign":
        from game.campaign import Campaign

        return Campaign
    if name == "load_map":
        from game.maps.load import load_map

        return load_map
    raise AttributeError(f"module 'game' has no attribute {name!r}")
