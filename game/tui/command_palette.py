"""The command palette: all actions of the registry, found by label or help text."""

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from game.tui.actions import ACTIONS, Action


class ActionCommands(Provider):
    """Offers the campaign screen's actions while that screen is on top."""

    def _available(self) -> list[Action]:
        return [
            action
            for action in ACTIONS
            if hasattr(self.screen, f"action_{action.name.partition('(')[0]}")
        ]

    async def discover(self) -> Hits:
        """All actions, before anything is typed."""
        for action in self._available():
            yield DiscoveryHit(
                f"{action.label}  ({action.keys_for(self.app)})",
                partial(self.screen.run_action, action.name),
                help=action.help,
            )

    async def search(self, query: str) -> Hits:
        """The actions whose label or help text matches."""
        matcher = self.matcher(query)
        for action in self._available():
            score = max(matcher.match(action.label), 0.6 * matcher.match(action.help))
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(f"{action.label}  ({action.keys_for(self.app)})"),
                    partial(self.screen.run_action, action.name),
                    help=action.help,
                )
