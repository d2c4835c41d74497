"""Answers: all questions to the player, one at a time. It cannot be left without answering."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from game.advice.explained_form import Explained
from game.campaign import answer_choices
from game.campaign.answer_choices import COUNTER, TELL
from game.tui.safe_text import fit, line, lines, notify, plain
from game.tui.screens.confirm_box import ConfirmScreen
from game.tui.screens.crisis_screen import CrisisScreen
from game.tui.screens.dialog_base import Dialog
from game.tui.screens.treaty_dialog import TreatyDialog
from game.tui.widgets.forecast_card import option_head, option_row
from game.tui.widgets.list_with_ends import ListWithEnds
from game.words import order_labels as order_words
from game.words import question_sentences as question_words
from game.world.orders import Offer, Terms
from game.world.questions import (
    SILENCE,
    Answer,
    CrisisQuestion,
    OfferQuestion,
    PledgeQuestion,
    Question,
)

if TYPE_CHECKING:
    from game.campaign import Campaign

WIDEST, EDGES = 112, 8
"""The largest width of the card, and how much of it is not available for a row, in cells."""


def _exclude(one: OfferQuestion, other: OfferQuestion) -> bool:
    """Whether one of two pacts to fight is against the sender of the other, so that both can't be.

    A secret one may be broken word, but it can be signed.
    """
    if not (one.terms.binding and other.terms.binding) or one.terms.secret or other.terms.secret:
        return False
    return one.terms.against == other.by or other.terms.against == one.by


class AnswersScreen(Dialog[dict[str, Answer] | None]):
    """Dismisses with an answer for every question, by its id, and with those to what is asked
    next of who declines an offer: whether to tell of it.
    """

    FRESH_KEYS_ONLY = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "silence", "Silence"),
        Binding("n", "next", "Next"),
        Binding("p", "next(-1)", "Previous", show=False),
        Binding("s", "send", "Send"),
    ]

    explains = True
    about = (
        "Everything that others ask of you this turn. Each answer is shown with what it "
        "would mean and what it is worth to your security, read by power and by threat. "
        "Enter chooses; an offer can be countered once, and their answer to a counter is "
        "final (W9). Silence declines, refuses and stays out, but holds in a crisis."
    )

    def __init__(self, campaign: "Campaign", questions: Sequence[Question]) -> None:
        super().__init__(campaign)
        self._questions = list(questions)
        self._answers: dict[str, Answer] = {}
        """Question -> what was picked: one of its choices, or the terms of a counter-offer."""
        self._at = 0

    @property
    def question(self) -> Question:
        """The question that is shown."""
        return self._questions[self._at]

    def heading(self) -> str:
        """How many questions there are."""
        left = len(self._questions) - len(self._answers)
        count = len(self._questions)
        if left == 0:
            ready = (
                "Our answer is ready: send it" if count == 1 else "All answers are ready: send them"
            )
            return f"{self.campaign.date}: {ready}"
        if count == 1:
            return f"{self.campaign.date}: this waits for our word"
        return f"{self.campaign.date}: {left} of {count} wait for our word"

    def body(self) -> ComposeResult:
        """The list of questions, then the one in view with its options and what they mean."""
        yield ListWithEnds(id="asked", markup=False)
        yield Static(id="question", classes="said", markup=False)
        yield Static(id="head", markup=False)
        yield ListWithEnds(id="options", markup=False)
        yield Static(id="meaning", markup=False)

    def buttons(self) -> ComposeResult:
        """Send, or answer nothing."""
        one = len(self._questions) == 1
        label = "Send the answer" if one else "Send all answers"
        yield Button(label, id="send", variant="primary", compact=True)
        rest = "Answer with silence" if one else "Answer the rest with silence"
        yield Button(rest, id="silence", compact=True)

    def on_mount(self) -> None:
        """Show the first question; a crisis opens its ladder at once."""
        self.query_one("#asked", OptionList).display = len(self._questions) > 1
        self._show(0)

    # showing

    def _show(self, at: int) -> None:
        self._at = at
        question = self.question
        world = self.campaign.world
        self._list()
        self.set_text("question", question_words.ask(question, world))
        self.set_text("head", line("  ", option_head(self._width)))
        options = self.query_one("#options", OptionList)
        options.clear_options()
        options.add_options(
            Option(self._option_line(question, option), id=f"{question.id}/{option}")
            for option in self._choices(question)
        )
        options.highlighted = self._chosen(question)
        options.focus()
        self.ignore_older_keys()
        self._explain()
        crisis = isinstance(question, CrisisQuestion | PledgeQuestion)
        if crisis and question.id not in self._answers:
            self._open_ladder()

    def _choices(self, question: Question) -> tuple[str, ...]:
        return answer_choices.choices(question, self.campaign.world)

    def _given(self, question: Question) -> str:
        """The option that was chosen; empty where none was."""
        given = self._answers.get(question.id, "")
        return COUNTER if isinstance(given, Terms) else str(given)

    def _chosen(self, question: Question) -> int:
        offered, wanted = self._choices(question), self._given(question)
        return offered.index(wanted) if wanted in offered else 0

    def _option_line(self, question: Question, option: str) -> Content:
        given = self._answers.get(question.id)
        mark = ("● ", "$accent") if self._given(question) == option else ("○ ", "$text-muted")
        label = answer_choices.label(question, option, self.campaign.world)
        if option == COUNTER:
            if isinstance(given, Terms):
                said = order_words.terms(given, self.atlas, self.me, question.by)
                label = f"Counter with {said}"
            return line(mark, option_row(label, None, self._width))
        gain = answer_choices.gain(self.campaign.adviser, question, option)
        return line(mark, option_row(label, gain, self._width))

    @property
    def _width(self) -> int:
        """Cells of a row of options."""
        return min(self.app.size.width, WIDEST) - EDGES

    def _list(self) -> None:
        """The questions, each with whether it is answered."""
        self.query_one("#heading", Static).update(plain(self.heading()))
        listed = self.query_one("#asked", OptionList)
        listed.clear_options()
        for index, question in enumerate(self._questions):
            asked = question_words.ask(question, self.campaign.world)
            mark = self._mark_of(question)
            style = "bold" if index == self._at else "$text-muted"
            listed.add_option(Option(line(mark, (fit(asked, self._width).rstrip(), style))))
        listed.highlighted = self._at

    def _mark_of(self, question: Question) -> tuple[str, str]:
        """How a question was answered: yes, no, a counter-offer, or not yet; to hold is no no."""
        given = self._answers.get(question.id)
        if given is None:
            return ("! ", "$text-warning")
        if isinstance(given, Terms):
            return ("↔ ", "$text-accent")
        no = given in (SILENCE[question.kind], TELL, "yield") and given != "hold"
        return ("✗ ", "$text-muted") if no else ("✓ ", "$text-success")

    def _explain(self) -> None:
        """Show the consequences of the marked option, and its worth under both readings."""
        option = self._marked()
        if option is None:
            return
        question = self.question
        campaign = self.campaign
        meanings = answer_choices.what_follows(question, option, campaign.world, campaign.aim)
        meanings += self._crossing(question)
        self.set_text("meaning", lines(*(line(("· ", "$text-muted"), said) for said in meanings)))

    def _crossing(self, question: Question) -> list[str]:
        """A sentence for each offer of the same turn that crosses this one: another's that excludes
        it, or one that the player made to its sender.
        """
        if not isinstance(question, OfferQuestion):
            return []
        excluded = [
            f"{self.opening(other.by)} offers a pact too: only one of the two can be signed. "
            "If you sign both, the higher of their ranks or chance decides."
            for other in self._questions
            if isinstance(other, OfferQuestion)
            and _exclude(question, other)
            and self._answers.get(other.id) not in (SILENCE[other.kind], TELL)
        ]
        if question.final:
            return excluded
        return excluded + [
            f"This turn you have yourself offered {self.spoken(order.to)} "
            f"{order_words.terms(order.terms, self.atlas)}."
            for order in self.campaign.pending
            if isinstance(order, Offer) and order.to == question.by and order.joins is None
        ]

    def figures(self) -> Sequence[Explained]:
        """What the marked answer is worth."""
        option = self._marked()
        if option is None or option == COUNTER:
            return ()
        weighed = answer_choices.weighed(self.question, option)
        return self.campaign.adviser.explanations.answer(*weighed)

    def _marked(self) -> str | None:
        index = self.query_one("#options", OptionList).highlighted
        return None if index is None else self._choices(self.question)[index]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Explain the option under the cursor."""
        if event.option_list.id == "options":
            self._explain()

    # answering

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose an answer, or go to the question that was picked."""
        if event.option_list.id == "asked":
            self._show(event.option_index)
            return
        option = self._choices(self.question)[event.option_index]
        if event.option_id != f"{self.question.id}/{option}" or self.app.screen is not self:
            return  # a second key of a burst: it was meant for the question before
        if isinstance(self.question, CrisisQuestion | PledgeQuestion):
            self._open_ladder()
        elif option == COUNTER:
            self._counter()
        else:
            self._answer(option)

    def _answer(self, given: Answer) -> None:
        self._answers[self.question.id] = given
        count = len(self._questions)
        later = [*range(self._at + 1, count), *range(self._at)]
        unanswered = [at for at in later if self._questions[at].id not in self._answers]
        if unanswered:
            self._show(unanswered[0])
        else:
            self._show(self._at)
            self.query_one("#send", Button).focus()

    def _counter(self) -> None:
        question = self.question
        if not isinstance(question, OfferQuestion):
            return

        def take(terms: object) -> None:
            if isinstance(terms, Terms):
                self._answer(terms)

        desk = TreatyDialog(self.campaign, question.by, question.terms, countering=True)
        self.app.push_screen(desk, take)

    def _open_ladder(self) -> None:
        question = self.question
        if not isinstance(question, CrisisQuestion | PledgeQuestion):
            return

        def take(answer: str | None) -> None:
            if answer is not None:
                self._answer(answer)
                if len(self._questions) == 1:
                    self.action_send()

        self.app.push_screen(CrisisScreen(self.campaign, question), take)

    def action_next(self, by: int = 1) -> None:
        """The next question; after the last comes the first."""
        self._show((self._at + by) % len(self._questions))

    def action_send(self) -> None:
        """Send the answers, if all questions have one."""
        for at, question in enumerate(self._questions):
            if question.id not in self._answers:
                self.app.bell()
                notify(self.app, "This one has no answer yet: Enter chooses the marked one.")
                self._show(at)
                return
        self.dismiss(self._with_what_follows(self._answers))

    def _with_what_follows(self, given: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers, with those to what is asked next of who declines an offer."""
        sent: dict[str, Answer] = {}
        for question in self._questions:
            sent |= answer_choices.answers(question, given[question.id])
        return sent

    def action_silence(self) -> None:
        """Ask whether to answer the other questions with silence."""
        rest = [asked for asked in self._questions if asked.id not in self._answers]
        if not rest:
            self.action_send()
            return
        said = [
            lines(
                plain(question_words.ask(question, self.campaign.world)),
                line(("  → ", "$accent"), self._silent(question)),
            )
            for question in rest
        ]

        def take(yes: bool | None) -> None:
            if yes:
                silent = {question.id: SILENCE[question.kind] for question in rest}
                self.dismiss(self._with_what_follows({**silent, **self._answers}))

        confirm: ModalScreen[bool | None] = ConfirmScreen(
            "Answer the rest with silence?", lines(*said), yes="Keep silent", no="Go on answering"
        )
        self.app.push_screen(confirm, take)

    def _silent(self, question: Question) -> str:
        return question_words.option(question, SILENCE[question.kind], self.campaign.world)
