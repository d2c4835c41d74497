"""The list of all actions of the player; footer, palette, help and the README's table use it."""

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class OrderDialog:
    """A dialog in which orders are made: its screen, where that is, and what it makes."""

    screen: str
    place: str
    """Module and class."""
    makes: tuple[str, ...]
    """The kinds of order."""
    addressed: bool = True
    """Whether it opens on a state: the selected one, or that of a dossier."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a player can do, by key, by footer or from the palette."""

    name: str
    """The screen's method is `action_<name>`; the name may have arguments in brackets."""
    key: str
    """Textual's names of the keys, separated by commas."""
    label: str
    help: str
    group: str
    shown: bool = True
    """Whether the footer shows the action."""
    display: str = ""
    """How the key is written; its own name if left out."""
    claim: str = ""
    """The id of the ledger's claim behind the action."""
    dialog: OrderDialog | None = None
    """The dialog that it opens, if it makes orders."""

    @property
    def keys(self) -> str:
        """The key as a person reads it, where the player chose no other."""
        return self.display or self.key

    @property
    def id(self) -> str:
        """The word for it in the settings: its label, such as end_turn."""
        return self.label.lower().replace(" ", "_")

    def keys_for(self, app: object) -> str:
        """The key as a person reads it, with what the player chose in the settings."""
        own: dict[str, str] = getattr(app, "own_keys", {})
        return own[self.id].replace("_", " ") if self.id in own else self.keys


ORDERS, TURN, LOOK, MAP, GAME = "Orders", "The turn", "Looking", "The map", "The game"


def _order(dialog: OrderDialog, key: str, label: str, help: str, *, claim: str) -> Action:
    """The action that opens a dialog in which orders are made."""
    name = f"order_dialog('{dialog.screen}')"
    return Action(name, key, label, help, ORDERS, claim=claim, dialog=dialog)


ACTIONS: tuple[Action, ...] = (
    _order(
        OrderDialog("treaty_desk", "game.tui.screens.treaty_dialog:TreatyDialog", ("offer",)),
        "o", "Offer",
        "Offer the selected state a treaty: what you owe each other, against whom, how long. "
        "Who declines is not asked again for some turns.",
        claim="W9",
    ),
    _order(
        OrderDialog("aid", "game.tui.screens.aid_dialog:AidDialog", ("aid",)),
        "a", "Aid",
        "Send money. It mends what one who fears threat holds against you.",
        claim="T10",
    ),
    _order(
        OrderDialog(
            "influence",
            "game.tui.screens.influence_dialog:InfluenceDialog",
            ("penetrate", "sound", "assess", "ask_assurance"),
        ),
        "i", "Influence",
        "Send envoys, lobby or propagandise inside another society, sound it out, so that you "
        "hear of talks held there, have its deeds assessed, or ask what it would do in a crisis.",
        claim="T11",
    ),
    _order(
        OrderDialog("demand", "game.tui.screens.demand_dialog:DemandDialog", ("demand",)),
        "d", "Demand",
        "Demand a province, the end of a treaty, or a calmer posture: a crisis opens.",
        claim="S11",
    ),
    _order(
        OrderDialog(
            "budget", "game.tui.screens.budget_dialog:BudgetDialog", ("budget", "posture"),
            addressed=False,
        ),
        "b", "Budget",
        "Change army, fleet, investment and posture.",
        claim="S9",
    ),
    _order(
        OrderDialog(
            "war",
            "game.tui.screens.war_room_screen:WarRoom",
            ("declare_war", "front", "offer_peace"),
        ),
        "w", "War",
        "The war room: fronts, odds, declaring war, peace terms.",
        claim="S14",
    ),
    _order(
        OrderDialog(
            "guarantee", "game.tui.screens.guarantee_dialog:GuaranteeDialog", ("guarantee",)
        ),
        "g", "Guarantee",
        "Promise the selected state, in public and alone, to defend it against anybody. It need "
        "not agree.",
        claim="S6",
    ),
    _order(
        OrderDialog("treaties", "game.tui.screens.treaties_screen:TreatiesScreen", ("denounce",)),
        "t", "Treaties",
        "The treaty desk: treaties in force, renewing them, leaving them.",
        claim="S6",
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
        "What you think each rival fears, and what you saw it do; an assessment can be ordered.",
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
    Action(
        "skip_lesson_step", "x", "Skip lesson step",
        "In the lesson: skip the present step, or end the lesson.",
        GAME, shown=False,
    ),
    Action(
        "explain", "e", "Explain",
        "What the figures of the focused panel, or of the selected state, are made of.",
        LOOK,
    ),
    Action(
        "own_dossier", "m", "Aim and points",
        "Your own dossier: each condition of your aim as it stands, and your points so far.",
        LOOK, shown=False,
    ),
    Action("help", "question_mark", "Help", "What the focused thing is, its keys and its rule.",
           GAME, display="?"),
    Action("leave", "escape,q", "Save and leave", "Save, and leave to the title or quit.", GAME,
           shown=False, display="esc or q"),
)  # fmt: skip
"""All actions of the campaign screen, in the order of the footer."""

DIALOG_OF = {
    kind: action.dialog for action in ACTIONS if action.dialog for kind in action.dialog.makes
}
"""By kind of order: the dialog in which one is made or changed."""


BY_ID = {action.id: action for action in ACTIONS}


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
            id=action.id,
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
