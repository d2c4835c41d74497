"""One registry of what a player can do: footer, palette, help and the README's table read it."""

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a player can do, by key, by footer or from the palette."""

    name: str
    """The screen's method is `action_<name>`; arguments in brackets are allowed."""
    key: str
    """Textual's names of the keys, joined by commas."""
    label: str
    help: str
    group: str
    shown: bool = True
    """Whether the footer shows it."""
    display: str = ""
    """How the key is written; its own name if left out."""
    claim: str = ""
    """The claim of the ledger behind it."""

    @property
    def keys(self) -> str:
        """The key as a person reads it, where the player chose no other."""
        return self.display or self.key

    def keys_for(self, app: object) -> str:
        """The key as a person reads it, with what the player chose in the settings."""
        own: dict[str, str] = getattr(app, "own_keys", {})
        return own[self.name].replace("_", " ") if self.name in own else self.keys


ORDERS, TURN, LOOK, MAP, GAME = "Orders", "The turn", "Looking", "The map", "The game"

ACTIONS: tuple[Action, ...] = (
    Action(
        "offer", "o", "Offer",
        "Offer the selected state a treaty: what you owe each other, against whom, how long. "
        "Who declines is not asked again for some turns.",
        ORDERS, claim="W9",
    ),
    Action(
        "aid", "a", "Aid",
        "Send money. It calms one who fears threat, and little moves one who fears power.",
        ORDERS, claim="T10",
    ),
    Action(
        "influence", "i", "Influence",
        "Send envoys, lobby or propagandise inside another society, or sound it out.",
        ORDERS, claim="T11",
    ),
    Action(
        "demand", "d", "Demand",
        "Demand a province, the end of a treaty, or a calmer posture: a crisis opens.",
        ORDERS, claim="S11",
    ),
    Action(
        "budget", "b", "Budget",
        "Change army, fleet, investment and posture.",
        ORDERS, claim="S9",
    ),
    Action(
        "war", "w", "War",
        "The war room: fronts, odds, declaring war, peace terms.",
        ORDERS, claim="S14",
    ),
    Action(
        "treaties", "t", "Treaties",
        "The treaty desk: treaties in force, renewing them, leaving them.",
        ORDERS, claim="S6",
    ),
    Action(
        "undo", "u", "Undo",
        "Take back the last change to this turn's orders; again for the one before.",
        TURN,
    ),
    Action("redo", "U", "Redo", "Put back what was undone.", TURN, shown=False),
    Action(
        "remove_order", "delete,backspace", "Remove order",
        "Take the marked order off this turn's list.",
        TURN, shown=False, display="del",
    ),
    Action(
        "raise_order", "left_square_bracket", "Rank higher",
        "Rank the marked order higher: if acceptances conflict, the higher rank stands.",
        TURN, shown=False, display="[",
    ),
    Action(
        "lower_order", "right_square_bracket", "Rank lower",
        "Rank the marked order lower.",
        TURN, shown=False, display="]",
    ),
    Action(
        "end_turn", "space", "End turn",
        "End the turn: all orders are opened at once and resolved.",
        TURN, display="space",
    ),
    Action(
        "pass_turns", "shift+space,greater_than_sign", "Pass turns",
        "Pass turns until something awaits you or touches you.",
        TURN, shown=False, display="shift+space or >",
    ),
    Action("matter(1)", "1", "First matter", "Go where the first matter is met.", TURN,
           shown=False),
    Action("matter(2)", "2", "Second matter", "Go where the second matter is met.", TURN,
           shown=False),
    Action("matter(3)", "3", "Third matter", "Go where the third matter is met.", TURN,
           shown=False),
    Action(
        "overlay", "v", "Overlay",
        "Colour the map by owner, power, threat as Waltz or as Walt sees it, or alliances.",
        LOOK, claim="T1",
    ),
    Action(
        "notebook", "n", "Notebook",
        "What you think each rival fears, and the evidence you pinned.",
        LOOK,
    ),
    Action(
        "chronicle", "c", "Chronicle",
        "Every turn so far: what happened, charts of power, threat and money, the alliances, who "
        "fears whom. From any turn a new campaign can be begun.",
        LOOK,
    ),
    Action("report", "r", "Report", "Read the last turn's report again.", LOOK),
    Action(
        "dossier", "enter", "Dossier",
        "Open the dossier of the state under the cursor.",
        LOOK, shown=False,
    ),
    Action("pin", "p", "Pin state", "Keep the selected state in the short table, or let it go.",
           LOOK, shown=False),
    Action("sort", "s", "Sort states", "Sort the states by power, threat or name.", LOOK,
           shown=False),
    Action("lesser", "l", "Lesser states", "Unfold or fold the lesser states.", LOOK, shown=False),
    Action("tab(5)", "5", "States", "Show the states (in a narrow window).", LOOK, shown=False),
    Action("tab(6)", "6", "Dispatches", "Show the dispatches (in a narrow window).", LOOK,
           shown=False),
    Action("tab(7)", "7", "Readings", "Show the two readings (in a narrow window).", LOOK,
           shown=False),
    Action("tab(8)", "8", "Orders", "Show this turn's orders (in a narrow window).", LOOK,
           shown=False),
    Action("tab(9)", "9", "Map", "Give the map the whole window (in a narrow window).", LOOK,
           shown=False),
    Action("zoom(1)", "plus,equals_sign", "Zoom in", "Zoom the map in.", MAP, shown=False,
           display="+"),
    Action("zoom(-1)", "minus", "Zoom out", "Zoom the map out; the whole map is the end of it.",
           MAP, shown=False, display="-"),
    Action("spotlight", "f", "Spotlight", "Dim every state but the selected one.", MAP,
           shown=False),
    Action("home", "h", "Home", "Put the cursor on your capital.", MAP, shown=False),
    Action("help", "question_mark", "Help", "What the focused thing is, its keys and its rule.",
           GAME, display="?"),
    Action("leave", "escape,q", "Save and leave", "Save, and leave to the title or quit.", GAME,
           shown=False, display="esc or q"),
)  # fmt: skip
"""Everything that can be done on the campaign screen, in the footer's order."""

BY_NAME = {action.name: action for action in ACTIONS}


def bindings(actions: tuple[Action, ...] = ACTIONS) -> list[Binding]:
    """Textual bindings of actions, for a screen's `BINDINGS`."""
    return [
        Binding(
            action.key,
            action.name,
            action.label,
            show=action.shown,
            key_display=action.display or None,
            tooltip=action.help,
            id=action.name,
        )
        for action in actions
    ]


def key_table() -> str:
    """The keys as a Markdown table, for the README."""
    rows = ["| key | what it does |", "|---|---|"]
    for action in ACTIONS:
        keys = action.keys.replace("|", "\\|")
        rows.append(f"| `{keys}` | **{action.label}.** {action.help} |")
    return "\n".join(rows) + "\n"
