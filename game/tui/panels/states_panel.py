"""The table of states: great powers, neighbours and pinned states, at most eight; others folded."""

from collections.abc import Callable, Iterable, Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets.option_list import Option

from game.advice.explained_form import Explained
from game.tui.panels.panel_frame import ListPanel
from game.tui.safe_text import bar, fit, fit_name, line
from game.tui.snapshot import Snapshot
from game.tui.widgets.explained_lines import hover_lines
from game.world.legality import is_neighbour
from game.world.model import World
from game.world.orders import BINDING, Offer

MOST_ROWS = 8
LESSER = "lesser"
"""The id of the row that shows the folded states."""
SORTS = ("power", "threat", "name")


def tie(snapshot: Snapshot, state: str) -> tuple[str, str]:
    """The relation of a state to the player: (word with a sign, style)."""
    world, me = snapshot.world, snapshot.me
    if world.at_war(me, state):
        return ("⚔ war", "bold $text-error")
    if any({crisis.by, crisis.of} == {me, state} for crisis in world.crises):
        return ("! crisis", "bold $text-warning")
    owed = {
        kind
        for treaty in world.treaties_of(me)
        if treaty.binds(me, state)
        for kind in treaty.obligations
    }
    asked = any(isinstance(order, Offer) and order.to == state for order in snapshot.pending)
    sign = "?" if asked else ""
    if owed & BINDING - {"guarantee"}:
        return (f"● ally{sign}", "$text-success")
    if "guarantee" in owed:
        return ("◐ guarded" if _guards(world, me, state) else "◐ guards", "$text-success")
    if owed & {"neutrality", "nonaggression"}:
        return (f"○ pact{sign}", "$text-success")
    if owed:
        return (f"~ accord{sign}", "$text-primary")
    if asked:
        return ("… asked", "$text-primary")
    if opposes(world, state, me):
        return ("◄ against", "$text-warning")
    if (me, state) in world.atlas.rivalries:
        return ("× rival", "$text-warning")
    return ("–", "$text-muted")


def _guards(world: World, state: str, other: str) -> bool:
    """Whether a state has given another a guarantee."""
    return any(treaty.parties == (state, other) and treaty.guarantor for treaty in world.treaties)


def opposes(world: World, state: str, me: str) -> bool:
    """Whether a state has a pact against the player."""
    return any(treaty.against == me for treaty in world.treaties_of(state))


class States(ListPanel):
    """The table of states."""

    TITLE = "States"
    HELP = (
        "Great powers, neighbours and the states you pinned. Power is a state's share of the "
        "world's capability beside the largest; threat is how dangerous it is to you as Walt "
        "would see it: power, nearness, arms for attack, and what you believe of its "
        "intentions. ▲ and ▼ mark what changed since last turn. Enter opens a dossier, p pins, "
        "s or a click on a heading sorts, l unfolds the lesser states."
    )
    CLAIMS = ("W1", "T2", "S7")

    class Marked(Message):
        """A state's row was marked."""

        def __init__(self, state: str) -> None:
            super().__init__()
            self.state = state

    class Opened(Message):
        """A state's dossier was asked for."""

        def __init__(self, state: str) -> None:
            super().__init__()
            self.state = state

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.pinned: set[str] = set()
        self.unfolded = False
        self.sort = "power"
        self._explained = ""

    def refill(self) -> None:
        """Make the list again; what is explained of its rows is no longer true."""
        self._explained, self.tooltip = "", None
        super().refill()

    def shown_states(self, snapshot: Snapshot) -> tuple[list[str], list[str]]:
        """(the states with a row of their own, the folded ones)."""
        world, me = snapshot.world, snapshot.me
        others = [state for state in world.living() if state.id != me]
        near = {state.id for state in others if me and is_neighbour(world, me, state.id)}
        ranked = sorted(
            others,
            key=lambda state: (
                state.id not in self.pinned,
                not state.great,
                state.id not in near,
                -snapshot.share(state.id),
            ),
        )
        keep = [
            state.id
            for state in ranked
            if state.great or state.id in near or state.id in self.pinned
        ][:MOST_ROWS]
        rest = [state.id for state in others if state.id not in keep]
        return self._sorted(snapshot, keep), self._sorted(snapshot, rest)

    def _sorted(self, snapshot: Snapshot, states: Iterable[str]) -> list[str]:
        if self.sort == "name":
            return sorted(states, key=snapshot.world.atlas.name)
        if self.sort == "threat":
            return sorted(states, key=lambda state: -snapshot.threat("BOT", state))
        return sorted(states, key=lambda state: -snapshot.share(state))

    def fill(self, snapshot: Snapshot) -> list[Option]:
        """A heading, the rows, and the row of folded states."""
        name, bars = self._widths()
        keep, rest = self.shown_states(snapshot)
        down = {sort: "▾" if self.sort == sort else "" for sort in SORTS}
        title = fit(f"  state{down['name']}", name + 2)
        heads = f" {fit('power' + down['power'], bars)} {fit('threat' + down['threat'], bars)}"
        options = [Option(line((f"{title}{heads} tie", "$text-muted")), disabled=True)]
        most = max((snapshot.share(state) for state in (*keep, *rest)), default=0) or 1
        for state in keep:
            options.append(self._row(snapshot, state, name, bars, most))
        if rest:
            sign = "▾" if self.unfolded else "▸"
            row = line((f"{sign} Lesser states ({len(rest)})", "$text-muted"))
            options.append(Option(row, id=LESSER))
            if self.unfolded:
                options += [self._row(snapshot, state, name, bars, most) for state in rest]
        return options

    def _widths(self) -> tuple[int, int]:
        """The width of a name and of a bar, in cells."""
        width = max(24, self.scrollable_content_region.width - 2)
        bars = 14 if width >= 70 else 7 if width >= 40 else 4
        return width - 2 * bars - 2 - 11 - 1, bars

    def _row(self, snapshot: Snapshot, state: str, name: int, bars: int, most: float) -> Option:
        world = snapshot.world
        word, style = tie(snapshot, state)
        pin = "*" if state in self.pinned else ""
        sign, sign_style = self._change(snapshot, state)
        bold = "bold" if world.state(state).great else ""
        row: Content = line(
            (sign, sign_style),
            (fit_name(f"{world.atlas.name(state)}{pin}", name), bold),
            " ",
            (bar(snapshot.share(state) / most, bars), "$primary"),
            " ",
            (bar(snapshot.threat("BOT", state), bars), "$warning"),
            " ",
            (fit(word, 10), style),
        )
        return Option(row, id=f"state:{state}")

    def _change(self, snapshot: Snapshot, state: str) -> tuple[str, str]:
        """A sign for what changed since the turn before."""
        if state not in snapshot.before:
            return ("  ", "")
        share, threat = snapshot.before[state]
        if snapshot.threat("BOT", state) > threat + 0.08:
            return ("! ", "bold $text-warning")
        change = snapshot.share(state) - share
        if abs(change) < 0.002:
            return ("  ", "")
        return ("▲ ", "$text-primary") if change > 0 else ("▼ ", "$text-muted")

    def state_of(self, option_id: str | None) -> str:
        """The state of a row; empty for the others."""
        return option_id.removeprefix("state:") if option_id and option_id != LESSER else ""

    def mark(self, state: str) -> None:
        """Mark a state's row, if it has one, without posting a message."""
        for index, option in enumerate(self.options):
            if option.id == f"state:{state}":
                with self.prevent(ListPanel.OptionHighlighted):
                    self.highlighted = index
                return

    def explain_row(self, row: int | None, figures: Callable[[str], Sequence[Explained]]) -> None:
        """Explain beside the mouse the figures of the state in a row; nothing for other rows."""
        state = self.state_of(self.get_option_at_index(row).id) if row is not None else ""
        if state != self._explained:
            self._explained = state
            self.tooltip = hover_lines(figures(state)) if state else None

    def fold(self) -> None:
        """Unfold or fold the lesser states."""
        self.unfolded = not self.unfolded
        self.refill()

    def next_sort(self) -> None:
        """Sort by the next column."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self.refill()

    def on_click(self, event: Click) -> None:
        """A click on a heading sorts by its column."""
        at = event.get_content_offset(self)
        if at is None or at.y + self.scroll_offset.y != 0:
            return
        name, bars = self._widths()
        column = 0 if at.x < name + 3 else 1 + (at.x - name - 3) // (bars + 1)
        if column < len(SORTS):
            self.sort = ("name", "power", "threat")[column]
            self.refill()

    def pin(self, state: str) -> None:
        """Pin a state to the table, or unpin it."""
        self.pinned ^= {state}
        self.refill()

    def on_option_list_option_highlighted(self, event: ListPanel.OptionHighlighted) -> None:
        """Post which state is marked."""
        event.stop()
        state = self.state_of(event.option_id)
        if state and self.has_focus:
            self.post_message(self.Marked(state))

    def on_option_list_option_selected(self, event: ListPanel.OptionSelected) -> None:
        """Open the dossier, or show the folded states."""
        event.stop()
        if event.option_id == LESSER:
            self.fold()
            return
        state = self.state_of(event.option_id)
        if state:
            self.post_message(self.Opened(state))
