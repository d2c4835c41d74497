"""The debrief: verdicts from conduct alone, their evidence, and the envelopes, opened on a key."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from game.tui.screens.dialog import Dialog
from game.tui.text import fit, line, lines, plain
from game.tui.widgets.bars import meter
from game.words import doctrine as doctrine_words
from game.words import percent

if TYPE_CHECKING:
    from game.campaign import Campaign

SIGNS = {"BOP": "P", "BOT": "T", "CHANCE": "~", "UNDECIDED": "?"}
"""A verdict's letter in the list; a foil's is its first."""
NAME, BAR = 16, 18
METHOD = (
    "From conduct alone, and blind: the envelopes were not read. Every choice that a state made, "
    "its offers and its answers, is set against what each doctrine would have made of the same "
    "public facts and the same menu. What is not known of a state (its noise, its ambition, what "
    "else it cares for) is integrated over. A verdict needs a posterior of 80%; below it, the "
    "evidence is not enough, and that is a verdict too.",
    "A diagnostic turn is one where the doctrines disagreed most about what was then done. "
    "Balancing is counted under both readings: to bind oneself against the state, or the leader "
    "of the bloc, that one had most to fear; bandwagoning is to bind oneself with it.",
    "The verdict says what conduct resembled, never that a state acted because of a theory: the "
    'theory does "not purport to explain or predict what individual states will do" (ledger W14). '
    "What you yourself believed of others is imputed from public events.",
)


class DebriefScreen(Dialog[None]):
    """A list of states, and the card of the one that is marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "envelope", "Open envelope"),
        Binding("a", "all", "Open all"),
        Binding("i", "method", "Method"),
        Binding("escape", "back", "Done"),
    ]

    paged = "#verdict"

    about = (
        "The verdict comes from conduct alone and says what it resembled, never why it was "
        "done (W14). A verdict needs 80%; less is no verdict. The envelopes are opened "
        "afterwards, one by one or all at once, and set beside it."
    )

    def __init__(self, campaign: "Campaign") -> None:
        super().__init__(campaign)
        self._found: Mapping[str, Any] = {}
        self._opened: set[str] = set()
        self._method = False
        self._states: list[str] = []

    def heading(self) -> str:
        """Of what."""
        return f"Debrief: {self.atlas.title}, {len(self.campaign.history.turns)} turns"

    def body(self) -> ComposeResult:
        """The score, the list, the card."""
        yield Static(id="score", markup=False)
        with Horizontal(id="halves"):
            yield OptionList(id="states", markup=False)
            with VerticalScroll(id="verdict", can_focus=False):
                yield Static(id="detail", markup=False)

    def buttons(self) -> ComposeResult:
        """Open, explain, leave."""
        yield Button("Open the envelope", id="envelope", variant="primary", compact=True)
        yield Button("Open all", id="all", compact=True)
        yield Button("How this was inferred", id="method", compact=True)
        yield Button("Done", id="back", compact=True)

    def on_mount(self) -> None:
        """The score at once; the verdicts when they are worked out."""
        self.tell("score", self._score())
        self.tell("detail", "Reading the archives…")
        self._work_out()

    @work(thread=True, exclusive=True)
    def _work_out(self) -> None:
        """Infer, in a thread: it may take a second or two. Leaving cancels it."""
        from game.campaign import Refused

        worker = get_current_worker()
        try:
            found = self.campaign.debrief()
        except Refused as refused:
            sentence = str(refused)
            if not worker.is_cancelled:
                self.app.call_from_thread(self.tell, "detail", sentence)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_all, found)

    def _show_all(self, found: Mapping[str, Any]) -> None:
        """The verdicts are there."""
        self._found = found["states"]
        great = {state.id for state in self.campaign.history.start.states if state.great}

        def rank(state: str) -> tuple[bool, bool, str]:
            return (state == self.me, state not in great, self.name_of(state))

        self._states = sorted(self._found, key=rank)
        listed = self.query_one("#states", OptionList)
        listed.add_options(Option(self._row(state)) for state in self._states)
        listed.highlighted = 0 if self._states else None
        listed.focus()
        self._show()

    # what is shown

    def _score(self) -> Content:
        """The score, its parts and the aim."""
        if not self.me:
            return plain("")
        score = self.campaign.score()
        insight = "not scored" if score.insight is None else f"{score.insight:.0f} of 25"
        return lines(
            line(
                (f"Score {score.total:.0f} of 100", "bold $text-accent"),
                (
                    f"   aim {percent(score.aim)} reached · security {score.security:.0f} of 25 · "
                    f"insight {insight}",
                    "$text-muted",
                ),
            ),
            line((self.campaign.aim_words, "$text-muted")),
        )

    def _row(self, state: str) -> Content:
        entry = self._found[state]
        sign = SIGNS.get(entry["verdict"], entry["verdict"][:1])
        best = max(entry["posterior"].values())
        name = "You" if state == self.me else self.name_of(state)
        opened = ""
        if state in self._opened:
            opened = " =" if entry.get("doctrine") == _named(entry["verdict"]) else " ≠"
        return line(
            (f"{sign} ", "bold $accent"),
            fit(name, NAME),
            (f"{percent(best):>5}", "$text-muted"),
            (opened, "$warning"),
        )

    @property
    def _marked(self) -> str | None:
        place = self.query_one("#states", OptionList).highlighted
        return None if place is None or not self._states else self._states[place]

    def on_option_list_option_highlighted(self) -> None:
        """Show the card of the marked state."""
        self._show()

    def _show(self) -> None:
        state = self._marked
        if state is None:
            return
        self.tell("detail", self._how() if self._method else self._card(state))
        self.query_one("#verdict").scroll_home(animate=False)
        self.call_after_refresh(self.refresh_bindings)

    def _how(self) -> Content:
        rows = [line(("How this was inferred", "bold"))]
        for paragraph in METHOD:
            rows += [plain(paragraph), plain("")]
        return lines(*rows[:-1])

    def _card(self, state: str) -> Content:
        entry = self._found[state]
        posterior: Mapping[str, float] = entry["posterior"]
        best = max(posterior, key=lambda name: posterior[name])
        said = doctrine_words.verdict(self.name_of(state), entry["verdict"], posterior[best])
        rows = [line((said, "bold")), plain(doctrine_words.gloss(entry["verdict"]), "$text-muted")]
        if state == self.me:
            words = "This is you. What you believed of others is imputed from public events."
            rows.append(plain(words, "$text-muted"))
        rows.append(plain(""))
        for name, share in posterior.items():
            label = doctrine_words.title(name)
            colour = "$accent" if name == best else "$text-muted"
            rows.append(
                line(
                    f"{fit(label[:1].upper() + label[1:], 19)} ",
                    (meter(share, BAR), colour),
                    f" {percent(share):>4}",
                )
            )
        balanced, joined = entry["balanced"], entry["bandwagoned"]
        rows += [
            plain(""),
            plain(
                f"{entry['decisions']} decisions. Bound itself against whom it had most to fear: "
                f"{balanced['BOP']} times by power, {balanced['BOT']} by threat; with it: "
                f"{joined['BOP']} and {joined['BOT']}.",
                "$text-muted",
            ),
        ]
        if entry["diagnostic"]:
            rows += [plain(""), line(("What told the theories apart", "bold"))]
            rows += [line(("• ", "$accent"), one["text"]) for one in entry["diagnostic"]]
        return lines(*rows, plain(""), *self._envelope(state, entry))

    def _envelope(self, state: str, entry: Mapping[str, Any]) -> list[Content]:
        """The envelope, sealed or open, and what we had written beside it."""
        if "doctrine" not in entry:
            return [plain("The envelope stays sealed until the campaign is over.", "$text-muted")]
        if state not in self._opened:
            return [line(("▣ A sealed envelope", "$warning"), " (e opens it)")]
        sealed = entry["doctrine"]
        if state == self.me:
            words = f"Your envelope would have held {doctrine_words.title(sealed)}."
            return [line(("▢ ", "$warning"), (words, "bold"))]
        rows = [
            line(
                ("▢ ", "$warning"),
                (
                    doctrine_words.compared(self.name_of(state), entry["verdict"], sealed),
                    "bold",
                ),
            )
        ]
        noted = self.campaign.notebook.get(state)
        if noted is not None:
            wrote = f"  Your notebook said {percent(noted)} that it fears power."
            rows.append(line((wrote, "$text-muted")))
        return rows

    # what can be done

    def _open(self, states: list[str]) -> None:
        self._opened |= set(states)
        listed = self.query_one("#states", OptionList)
        for place, state in enumerate(self._states):
            listed.replace_option_prompt_at_index(place, self._row(state))
        self._method = False
        self._show()

    def action_envelope(self) -> None:
        """Open the marked state's envelope."""
        if self._marked is not None:
            self._open([self._marked])

    def on_option_list_option_selected(self) -> None:
        """Enter opens it."""
        self.action_envelope()

    def action_all(self) -> None:
        """Open every envelope."""
        self._open(self._states)

    def action_method(self) -> None:
        """How this was inferred, or the card again."""
        self._method = not self._method
        self._show()


def _named(verdict: str) -> str:
    """The doctrine that a verdict names."""
    return "RANDOM" if verdict == "CHANCE" else verdict
