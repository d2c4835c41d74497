"""The first tab: a list of states, the card of the marked one, and its diagnostic turns."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from game.debrief.diagnostic_turns import THEORIES
from game.debrief.document_states import counted_words
from game.debrief.report_types import DiagnosticTurn, Report, StateReport
from game.tui.debrief.tab_base import DebriefTab
from game.tui.safe_text import fit, fit_name, line, lines, plain
from game.tui.widgets.bars import meter
from game.tui.widgets.list_with_ends import ListWithEnds
from game.words import percent
from game.words import verdict_sentences as doctrine_words
from game.words.grammar import with_article

if TYPE_CHECKING:
    from game.campaign import Campaign

SIGNS = {"BOP": "P", "BOT": "T", "CHANCE": "~", "UNDECIDED": "?", "NONE": "-"}
"""Verdict -> its letter in the list; other doctrines have their first letter."""
NAME, BAR, NARROW_BAR = 16, 18, 12
ROOM = 54
"""Cells of a card in which the bars have their full width."""
LEAST = 0.005
"""The least probability of a doctrine other than BOP and BOT that is shown."""


class Verdicts(DebriefTab):
    """Shows verdicts first; true doctrines stay hidden until the player opens them."""

    class Opened(Message):
        """Asks the screen for the map of a diagnostic turn."""

        def __init__(self, turn: int, words: str) -> None:
            super().__init__()
            self.turn = turn
            self.words = words

    def __init__(self, campaign: "Campaign", *, id: str) -> None:
        super().__init__(campaign, id=id)
        self._opened: set[str] = set()
        self._states: list[str] = []

    def compose(self) -> ComposeResult:
        """The list, and beside it the card."""
        with Horizontal(id="halves"):
            yield ListWithEnds(id="states", markup=False)
            with VerticalScroll(id="verdict", can_focus=False):
                yield Static("Reading the archives…", id="detail", markup=False)
                turns = ListWithEnds(id="turns", markup=False)
                turns.display = False
                yield turns

    @property
    def _found(self) -> Mapping[str, StateReport]:
        return self.report.states if self.report else {}

    def fill(self, report: Report) -> None:
        """The verdicts are there."""
        first = self.report is None
        self.report = report
        if not first:
            self.show()
            return
        great = {state.id for state in self.campaign.history.start.states if state.great}

        def rank(state: str) -> tuple[bool, bool, str]:
            return (state == self.me, state not in great, self.name_of(state))

        self._states = sorted(self._found, key=rank)
        if not self._states:
            self.set_text("detail", "Nothing was played yet, so there is nothing to judge.")
            return
        listed = self.query_one("#states", OptionList)
        listed.add_options(Option(self._row(state)) for state in self._states)
        listed.highlighted = 0
        listed.focus()
        self.show()

    def enter(self) -> None:
        """Focus the list of states."""
        self.query_one("#states").focus()

    # what is shown

    def _row(self, state: str) -> Content:
        entry = self._found[state]
        sign = SIGNS.get(entry.verdict, entry.verdict[:1])
        best = max(entry.posterior.values())
        name = "You" if state == self.me else self.name_of(state)
        opened = ""
        if state in self._opened and entry.doctrine is not None and state != self.me:
            opened = " =" if entry.doctrine == named(entry.verdict) else " ≠"
        return line(
            (f"{sign} ", "bold $accent"),
            fit_name(name, NAME),
            (f"{percent(best):>5}", "$text-muted"),
            (opened, "$warning"),
        )

    @property
    def marked(self) -> str | None:
        """The state whose card is shown."""
        index = self.query_one("#states", OptionList).highlighted
        return None if index is None or not self._states else self._states[index]

    def show(self) -> None:
        """Show the card of the marked state."""
        state = self.marked
        if state is None:
            return
        self.set_text("detail", self._card(state))
        turns = self.query_one("#turns", OptionList)
        diagnostic_turns = self._found[state].diagnostic
        turns.set_options(
            Option(
                lines(diagnostic(one), plain(""))
                if one is not diagnostic_turns[-1]
                else diagnostic(one)
            )
            for one in diagnostic_turns
        )
        turns.display = bool(diagnostic_turns)
        self.query_one("#verdict").scroll_home(animate=False)

    def _card(self, state: str) -> Content:
        entry = self._found[state]
        posterior = entry.posterior
        best = max(posterior, key=lambda name: posterior[name])
        said = doctrine_words.verdict(self.name_of(state), entry.verdict, posterior[best])
        rows = [plain(entry.crucial_said), line((said, "bold"))]
        rows += self._envelope(state, entry)
        rows += [plain(entry.check_said)] if entry.check_said else []
        rows.append(plain(doctrine_words.gloss(entry.verdict), "$text-muted"))
        if state == self.me:
            words = "This is you. What you believed of others is imputed from public events."
            rows.append(plain(words, "$text-muted"))
        rows.append(plain(""))
        by_lens = entry.lens_posterior
        wide = BAR if self.query_one("#verdict").size.width >= ROOM else NARROW_BAR
        rows.append(line((f"{'':<{20 + wide}}{'all':>5}{'lens':>7}", "$text-muted")))
        shown = [name for name, share in posterior.items() if share >= LEAST or name in THEORIES]
        for name in shown:
            share = posterior[name]
            label = doctrine_words.title(name)
            colour = "$accent" if name == best else "$text-muted"
            alone = f"  {percent(by_lens[name]):>5}" if name in by_lens else ""
            rows.append(
                line(
                    f"{fit(label[:1].upper() + label[1:], 19)} ",
                    (meter(share, wide), colour),
                    f" {percent(share):>4}",
                    (alone, "$text-muted"),
                )
            )
        if len(shown) < len(posterior):
            rows.append(plain("the other doctrines less than 1% each", "$text-muted"))
        rows += [plain(""), plain(counted_words(entry), "$text-muted")]
        if entry.diagnostic:
            hint = "  (m or a click opens that turn's map)"
            rows += [
                plain(""),
                line(("What told the theories apart", "bold"), (hint, "$text-muted")),
            ]
        return lines(*rows)

    def _envelope(self, state: str, entry: StateReport) -> list[Content]:
        """The envelope, sealed or open, and what we had written beside it."""
        if self.report is None or not self.report.opened:
            return [plain("The envelope stays sealed until the campaign is over.", "$text-muted")]
        if state not in self._opened:
            return [line(("▣ A sealed envelope", "$warning"), " (e opens it)")]
        if entry.doctrine is None or state == self.me:
            words = "There is no envelope of yours: nobody told you what to fear."
            return [line(("▢ ", "$warning"), (words, "bold"))]
        compared = doctrine_words.compared(
            with_article(self.name_of(state)), entry.verdict, entry.doctrine
        )
        rows = [line(("▢ ", "$warning"), (compared, "bold"))]
        noted = self.campaign.notebook.now.get(state)
        if noted is not None:
            wrote = f"  Your notebook said {percent(noted)} that it fears power."
            rows.append(line((wrote, "$text-muted")))
        return rows

    # what can be done

    def unseal(self, states: Sequence[str]) -> None:
        """Show the true doctrines of some states."""
        self._opened |= set(states)
        listed = self.query_one("#states", OptionList)
        for index, state in enumerate(self._states):
            listed.replace_option_prompt_at_index(index, self._row(state))
        self.show()

    def open_marked(self) -> None:
        """Show the true doctrine of the marked state."""
        if self.marked is not None:
            self.unseal([self.marked])

    def open_all(self) -> None:
        """Show all true doctrines."""
        self.unseal(self._states)

    def open_map(self) -> None:
        """Ask for the map of the marked diagnostic turn, the first one if none is marked."""
        state = self.marked
        diagnostic_turns = self._found[state].diagnostic if state is not None else ()
        if not diagnostic_turns:
            self.app.bell()
            return
        turns = self.query_one("#turns", OptionList)
        one = diagnostic_turns[turns.highlighted or 0]
        self.post_message(self.Opened(one.turn, f"{one.deed} {one.resembled}"))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the card of the state that is marked now."""
        if event.option_list.id == "states":
            self.show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click: on a state it opens the envelope, on a turn its map."""
        if event.option_list.id == "turns":
            self.open_map()
        else:
            self.open_marked()


def diagnostic(one: DiagnosticTurn) -> Content:
    """A diagnostic turn: what was done, how each theory reads it, the claims behind that."""
    rows = [line(("• ", "$accent"), (f"{one.date}: ", "bold"), one.deed)]
    for name, reading in one.readings.items():
        sign = SIGNS.get(name, name[:1])
        rows.append(line(("  " + sign + " ", "bold $accent"), reading.sentence))
    sources = f"  turn {one.turn}; {', '.join(one.ledger)}"
    rows.append(line(("  " + one.resembled, ""), (sources, "$text-muted")))
    return lines(*rows)


def named(verdict: str) -> str:
    """The doctrine that a verdict names."""
    return "RANDOM" if verdict == "CHANCE" else verdict
