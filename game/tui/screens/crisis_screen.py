"""A crisis: the ladder, the two sides, the odds of a war, and the options."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from game.advice.explained_form import Explained
from game.tui.safe_text import fit, fit_name, line, lines
from game.tui.screens.confirm_box import ConfirmScreen
from game.tui.screens.dialog_base import Dialog
from game.tui.widgets.bars import meter
from game.tui.widgets.forecast_card import option_head, option_row
from game.tui.widgets.list_with_ends import ListWithEnds
from game.words import percent, share
from game.words import question_sentences as question_words
from game.words.assurance_words import in_short
from game.words.grammar import Speech
from game.world.coalitions import coalitions
from game.world.model import RUNGS, Crisis
from game.world.odds import war_odds
from game.world.questions import CrisisQuestion, PledgeQuestion
from game.world.rules import BP

if TYPE_CHECKING:
    from game.campaign import Campaign

BAR = 10
BYSTANDERS = 3
"""The most bystanders that are shown."""
TELLING = 0.4
"""A bystander is shown if the two readings differ about it by at least this, 0 to 1."""
WIDEST, EDGES = 112, 6
"""The largest width of the card, and how much of it is not available for a row, in cells."""


class CrisisScreen(Dialog[str | None]):
    """Dismisses with the chosen option, or None if the player wants to think about it."""

    FRESH_KEYS_ONLY = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Think on")]

    explains = True
    about = (
        "Both sides choose at once: yield, hold or climb a rung. Backing down costs "
        "resolve, the more the higher the ladder stands; yielding costs resolve and the "
        "stake. Others judge by resolve what you will do next time. Whoever pledged is "
        "called if it ends in war (S11). The odds shown are the odds used."
    )

    def __init__(self, campaign: "Campaign", question: CrisisQuestion | PledgeQuestion) -> None:
        super().__init__(campaign)
        self.question = question
        world = campaign.world
        self._crisis = world.crisis(question.crisis)
        by, of = self._pair(question, self._crisis)
        self._sides = coalitions(world, by, of, self._crisis.pledges if self._crisis else ())
        self._odds = war_odds(world, *self._sides) / BP

    @staticmethod
    def _pair(question: CrisisQuestion | PledgeQuestion, crisis: Crisis | None) -> tuple[str, str]:
        if crisis is not None:
            return crisis.by, crisis.of
        if isinstance(question, PledgeQuestion):
            return question.by, question.of
        return question.by, question.asked

    def heading(self) -> str:
        """The question."""
        return question_words.ask(self.question, self.campaign.world)

    def body(self) -> ComposeResult:
        """What others assured, the ladder, the two sides, what they would do, who stands by."""
        assured = self._assured()
        if assured:
            yield Static(lines(*assured), id="assured", classes="said")
        with Horizontal(classes="columns"):
            yield Static(self._ladder(), id="ladder", classes="column")
            with Vertical(classes="column -aside"):
                yield Static(self._standing(), id="sides")
        if isinstance(self.question, CrisisQuestion):
            yield Static(self._their_step(self.question), id="step", classes="said")
        bystanders = self._bystanders()
        if bystanders:
            yield Static(lines(*bystanders), id="bystanders", classes="said")

    def pinned(self) -> ComposeResult:
        """The odds, the options and what the marked one means: in sight in a window of any size."""
        yield Static(self._war_line(), id="odds")
        yield Static(option_head(self._width), id="head", markup=False)
        yield ListWithEnds(
            *(Option(self._option_line(option)) for option in self.question.options),
            id="options",
            markup=False,
        )
        yield Static(id="meaning", markup=False)

    def buttons(self) -> ComposeResult:
        """Choose, or close without choosing."""
        yield Button("Choose", id="choose", variant="primary", compact=True)
        yield Button("Think on", id="back", compact=True)

    def on_mount(self) -> None:
        """Mark the option that changes nothing."""
        options = self.query_one("#options", OptionList)
        still = [
            at for at, option in enumerate(self.question.options) if option in ("hold", "none")
        ]
        options.highlighted = still[0] if still else 0
        options.focus()

    @property
    def _width(self) -> int:
        """Cells of a row of options."""
        return min(self.app.size.width, WIDEST) - EDGES

    def _option_line(self, option: str) -> Content:
        label = question_words.option(self.question, option, self.campaign.world)
        gain = self.campaign.adviser.answer_gain(self.question, option)
        return option_row(label, gain, self._width)

    def _ladder(self) -> Content:
        """The rungs from war down, with the present one marked."""
        rung = self._crisis.rung if self._crisis else 0
        rows = [line(("The ladder", "bold"))]
        for index in range(len(RUNGS) - 1, -1, -1):
            words = RUNGS[index].capitalize()
            if index == rung:
                row = line((f" ╞══ {words} ◂ it stands here", "bold $accent"))
            elif index > rung:
                row = line((f" ├── {words}", "$text-error" if index == 3 else ""))
            else:
                row = line((f" ╞══ {words}", "$text-muted"))
            rows.append(row)
        cost = self._cost_of_leaving(rung)
        if cost:
            rows.append(line((cost, "$text-muted")))
        return lines(*rows)

    def figures(self) -> Sequence[Explained]:
        """What the marked answer is worth, and the strengths behind the odds of war."""
        explain = self.campaign.adviser.explanations
        marked = self.query_one("#options", OptionList).highlighted
        option = self.question.options[marked or 0]
        return (*explain.answer(self.question, option), *explain.war(*self._sides))

    def _cost_of_leaving(self, rung: int) -> str:
        """What it costs the player to leave the crisis; empty for a crisis of others."""
        rules = self.atlas.rules
        step = min(rung, len(rules.resolve_back_down) - 1)
        if self._sides[0][0] == self.me:
            return (
                f"To back down now costs us {share(rules.resolve_back_down[step] / BP)} of resolve"
            )
        if self._sides[1][0] == self.me:
            return f"To yield costs us {share(rules.resolve_yield / BP)} of resolve, and the stake"
        return ""

    def _their_step(self, question: CrisisQuestion) -> Content:
        """What the other side would do next, under both readings."""
        other = self.name_of(question.by)
        steps = self.campaign.adviser.crisis_replies(question)
        rows = []
        for lens, words, style in (
            ("BOP", "if it fears power", "$primary"),
            ("BOT", "if it fears threat", "$warning"),
        ):
            chances = "  ".join(
                f"{option} {percent(steps[lens].get(option, 0.0)):>4}"
                for option in ("yield", "hold", "climb")
            )
            rows.append(line(f"{fit_name(other, 16)} ", (f"{words:<19}", style), chances))
        return lines(*rows)

    def _bystanders(self) -> list[Content]:
        """Whose side others would take, if the readings differ about it; and what they did."""
        leaders = (self._sides[0][0], self._sides[1][0])
        pledged = dict(self._crisis.pledges) if self._crisis else {}
        found = self.campaign.adviser.crisis_bystanders(*leaders)
        shown = [one for one in found if one.state in pledged and one.differs > 0]
        shown += [one for one in found if one.state not in pledged and one.differs >= TELLING]
        room = max(14, min(26, (self._width - 56) // 2))
        rows = []
        for stand in shown[:BYSTANDERS]:
            by_power = f"{self._beside(stand.if_power)} {percent(stand.chance_if_power)}"
            by_threat = f"{self._beside(stand.if_threat)} {percent(stand.chance_if_threat)}"
            row = line(
                f"{fit_name(self.name_of(stand.state), 16)} ",
                ("by power ", "$primary"),
                f"{fit(by_power, room)} ",
                ("by threat ", "$warning"),
                f"{fit(by_threat, room)} ",
            )
            did = f"did: {self._beside(pledged.get(stand.state, ''))}" if pledged else ""
            if row.cell_length + cell_len(did) <= self._width:
                rows.append(line(row, (did, "bold")))
            else:
                rows += [row, line((f"{'':17}{did}", "bold"))]
        if rows:
            rows.insert(0, line(("Others, by what they fear", "$text-muted")))
        return rows

    def _assured(self) -> list[Content]:
        """What others told the player of this crisis in private, and how far to believe it."""
        speech = Speech(self.atlas, we=self.me)
        rows = []
        for said, believed in self.campaign.adviser.assured(self.question.crisis):
            trust = f", credible to {percent(believed)}" if said.answer != "none" else ""
            rows.append(
                line(
                    f"{fit_name(self.name_of(said.giver), 16)} ",
                    in_short(speech, said.beside, said.answer),
                    (trust, "$text-muted"),
                )
            )
        if rows:
            rows.insert(0, line(("If it comes to war, they told us in private", "$text-muted")))
        return rows

    def _beside(self, whom: str) -> str:
        if not whom:
            return "aside"
        return "by us" if whom == self.me else f"by {self.name_of(whom)}"

    def _standing(self) -> Content:
        """Both sides: the members, why they are in it, and how reliable they are."""
        world = self.campaign.world
        crisis = self._crisis
        pledged = dict(crisis.pledges) if crisis else {}
        rows = []
        for title, side in zip(("Who demands", "Of whom"), self._sides, strict=True):
            rows.append(line((f"{title:<27}", "bold"), (" resolve", "$text-muted")))
            for index, state in enumerate(side):
                standing = world.state(state)
                name = "You" if state == self.me else self.name_of(state)
                bond = "leads" if index == 0 else "pledged" if state in pledged else "by treaty"
                value = standing.resolve if index == 0 else standing.reliability
                if index == 1:
                    rows.append(line((f"{'  beside it':<27} reliable", "$text-muted")))
                rows.append(
                    line(
                        f"  {fit_name(name, 16)} ",
                        (f"{bond:<9}", "$text-muted"),
                        f"{share(value / BP):>7}",
                    )
                )
        return lines(*rows)

    def _war_line(self) -> Content:
        leader = self._sides[0][0]
        mine = self.me in self._sides[1]
        chance = 1 - self._odds if mine else self._odds
        whose = "our side" if mine or self.me in self._sides[0] else self.spoken(leader)
        return line(
            "If it comes to war, odds for ",
            f"{whose}: ",
            (meter(chance, BAR), "$accent"),
            f" {percent(chance)}",
        )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the consequences of the option under the cursor."""
        option = self.question.options[event.option_index]
        meanings = question_words.consequences(self.question, option, self.campaign.world)
        self.set_text("meaning", lines(*(line(("· ", "$text-muted"), said) for said in meanings)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take it."""
        self._take(self.question.options[event.option_index])

    def action_choose(self) -> None:
        """Choose the option under the cursor."""
        index = self.query_one("#options", OptionList).highlighted
        if index is not None:
            self._take(self.question.options[index])

    def _take(self, option: str) -> None:
        """Take an option; one that brings war nearer or binds us to a side is confirmed first."""
        if self.app.screen is not self:
            return
        if option in ("yield", "hold", "none"):
            self.dismiss(option)
            return

        def confirmed(yes: bool | None) -> None:
            if yes:
                self.dismiss(option)

        label = question_words.option(self.question, option, self.campaign.world)
        meant = question_words.consequences(self.question, option, self.campaign.world)
        detail = lines(self._war_line(), *(line(("· ", "$text-muted"), said) for said in meant))
        self.app.push_screen(
            ConfirmScreen(f"{label}?", detail, yes=label, no="Think on"), confirmed
        )
