"""The dispatches: the most important events of the last turn, seven lines at most."""

from textual.message import Message
from textual.widgets.option_list import Option

from game.tui.panels.panel_frame import ListPanel
from game.tui.safe_text import line, plain
from game.tui.snapshot import Snapshot
from game.words import event_sentences as event_words
from game.words import event_weights
from game.words.letters import sender_of
from game.world.events import Event

MOST_LINES = 7
SIGNS = (("  ", ""), ("· ", "$text-muted"), ("• ", "$text-primary"), ("! ", "bold $text-warning"))
"""By weight."""


def headlines(snapshot: Snapshot) -> list[tuple[int, Event]]:
    """(event, weight) of the last turn, the most important first."""
    me, world, happened = snapshot.me or None, snapshot.world, snapshot.happened
    return [
        (event_weights.weight(happened[at], me, world), happened[at])
        for at in event_weights.weightiest(happened, me, world)
    ]


class Dispatches(ListPanel):
    """What happened, in a sentence each."""

    TITLE = "Dispatches"
    HELP = (
        "What happened last turn, as far as you could see it: what touches you first, then the "
        "great powers' doings. Enter opens the dossier of who did it, or the letter that came with "
        "it where ✉ stands; r shows the whole report. "
        "Whatever needs an answer of yours opens by itself when the turn ends."
    )
    CLAIMS = ("T13", "T14")

    class Opened(Message):
        """The player wants a state's dossier, a letter, or (with neither) the report."""

        def __init__(self, state: str = "", letter: Event | None = None) -> None:
            super().__init__()
            self.state = state
            self.letter = letter

    def fill(self, snapshot: Snapshot) -> list[Option]:
        """The lines, and how many more there are."""
        found = headlines(snapshot)
        atlas = snapshot.world.atlas
        options = []
        for number, (weight, happening) in enumerate(found[:MOST_LINES]):
            sign, style = SIGNS[weight]
            text = event_words.describe_event(happening, atlas, snapshot.me or None)
            mark = " ✉" if sender_of(happening, atlas, snapshot.me or None) else ""
            row = line((sign, style), text, (mark, "$text-accent"))
            options.append(Option(row, id=f"{number}:{happening.actor}"))
        more = len(found) - MOST_LINES
        if more > 0:
            options.append(Option(line((f"  {more} more in the report", "$text-muted")), id="more"))
        if not found:
            quiet = "Nothing has happened yet." if snapshot.turn == 1 else "A quiet turn."
            options.append(Option(line((quiet, "$text-muted")), disabled=True))
        self.border_title = plain(f" {self.TITLE} ")
        return options

    def on_option_list_option_selected(self, event: ListPanel.OptionSelected) -> None:
        """Open the dossier of the event's actor, or the report."""
        event.stop()
        index, _, state = (event.option_id or "").partition(":")
        snapshot = self.snapshot
        if snapshot is not None and index.isdigit():
            happening = headlines(snapshot)[int(index)][1]
            if sender_of(happening, snapshot.world.atlas, snapshot.me or None):
                self.post_message(self.Opened(letter=happening))
                return
        self.post_message(self.Opened(state))
