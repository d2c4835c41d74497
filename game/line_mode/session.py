"""A whole campaign on lines: the turn's menu, the questions of others, the debrief."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from game.advice.aim_words import in_words
from game.campaign import answer_choices
from game.campaign.answer_choices import COUNTER, TELL
from game.campaign.refused import Refused
from game.debrief.output_formats import written
from game.line_mode.aim_lines import aim_figures, aim_lines
from game.line_mode.dialogue import Choice, Dialogue
from game.line_mode.figure_lines import figure_lines
from game.line_mode.matters import Matters
from game.line_mode.notes import Notes
from game.line_mode.order_menus import OrderMenus
from game.messages import PlayerMessage
from game.words import army, event_sentences, fleet, money, percent, share
from game.words import order_labels as order_words
from game.words import question_sentences as question_words
from game.words.assurance_words import what_was_said
from game.words.deed_readings import fears
from game.words.grammar import Speech, counted, sentence, with_article
from game.words.order_consequences import if_declined, what_is_answered, what_is_heard
from game.world.orders import AskAssurance, Offer, Order, Penetrate, Sound
from game.world.questions import Answer, CrisisQuestion, Question
from game.world.rules import POSTURES

if TYPE_CHECKING:
    from game.campaign import Campaign

MENU = (
    Choice("order", "Give an order"),
    Choice("orders", "Read this turn's orders"),
    Choice("undo", "Take the last change back"),
    Choice("matters", "What wants deciding, and orders that would meet it"),
    Choice("suggested", "Give one of the suggested orders, or see what its figures are made of"),
    Choice("aim", "Your aim and your points so far"),
    Choice("states", "The states, by power and by threat"),
    Choice("dossier", "One state's dossier"),
    Choice("treaties", "Treaties in force"),
    Choice("deeds", "What a rival did, and what it would mean"),
    Choice("notebook", "Write the notebook"),
    Choice("report", "Read the last report again"),
    Choice("submit", "End the turn"),
    Choice("quit", "Save and leave"),
)


class Session:
    """Plays a campaign with whoever reads and writes the lines."""

    def __init__(
        self, campaign: Campaign, dialogue: Dialogue, decode: Callable[[Any], tuple[Order, ...]]
    ) -> None:
        self._campaign, self._dialogue = campaign, dialogue
        self._decode = decode
        """Makes orders of their JSON; raises ValueError."""
        self._menus = OrderMenus(campaign, dialogue)
        self._notes = Notes(campaign, dialogue)
        self._matters = Matters(campaign, dialogue)
        self._aim_said_in = 0
        """The turn for which the aim's conditions were last said."""

    def play(self) -> None:
        """Play until it is over or left. Raises `InputEndedError` where the input ends."""
        campaign = self._campaign
        if not campaign.history.turns:
            self._dialogue.say(*self._briefing())
        while not campaign.over:
            if questions := campaign.questions():
                self._answer_all(questions)
            elif not self._step():
                return
        self._dialogue.say(*self._ending())

    # a turn

    def _step(self) -> bool:
        """One command of the turn's menu; False where the reader leaves."""
        campaign = self._campaign
        if self._aim_said_in != campaign.turn:
            self._aim_said_in = campaign.turn
            self._dialogue.say("", *aim_lines(campaign))
        ordered = counted(len(campaign.pending), "order")
        question = (
            f"{campaign.date}, turn {campaign.turn} of {campaign.setup.turns}: {ordered}, "
            f"{counted(campaign.envoys_left, 'envoy')} left, {money(campaign.purse)} to spend."
        )
        given = self._dialogue.command(question, MENU, self._state())
        try:
            if isinstance(given, dict):
                self._verbs(given)
            elif given == "quit":
                self._save()
                return False
            else:
                getattr(self, f"_do_{given}")()
        except Refused as refused:
            self._dialogue.say(str(refused))
        return True

    def _verbs(self, given: dict[str, Any]) -> None:
        """The verbs of the Python API, from a program."""
        if "order" in given or "submit" in given:
            wanted = [given["order"]] if "order" in given else given["submit"]
            try:
                orders = self._decode(wanted or [])
            except ValueError as wrong:
                self._dialogue.say(f"These are no orders: {wrong}")
                return
            if "order" in given:
                self._campaign.order(orders[0])
            else:
                self._campaign.submit(orders or None)
                self._turned()
        elif "undo" in given:
            self._do_undo()
        elif isinstance(note := given.get("notebook"), dict):
            for state, probability in note.items():
                self._notes.write(state, probability)
        elif isinstance(of := given.get("deeds"), str):
            self._notes.tell_deeds(of)
        else:
            self._dialogue.say("The verbs are choose, order, submit, undo, notebook and deeds.")

    def _do_order(self) -> None:
        order = self._menus.ask()
        if order is not None:
            self._give(order)

    def _give(self, order: Order) -> None:
        """Give an order, and say what is likely to come of it. Raises Refused."""
        self._campaign.order(order)
        said = order_words.say(order, self._campaign.world, self._campaign.player or "")
        self._dialogue.say(f"Ordered: {said}.")
        seen = self._campaign.adviser.forecast(order)
        if seen is not None:
            self._dialogue.say(
                f"They agree: {percent(seen.if_power)} if they fear power, "
                f"{percent(seen.if_threat)} if they fear threat."
            )
        if isinstance(order, Offer):
            told = self._campaign.adviser.would_tell(order)
            tells = None if told is None else (told.if_power, told.if_threat)
            me = self._campaign.player or ""
            self._dialogue.say(if_declined(order, self._campaign.world, me, tells))
        elif isinstance(order, Sound | Penetrate):
            chance = self._campaign.adviser.hearing(order)
            self._dialogue.say(what_is_heard(order, chance, self._campaign.atlas.rules))
        elif isinstance(order, AskAssurance):
            would = self._campaign.adviser.assurance_forecast(order)
            likely = (would.if_power, would.if_threat)
            me = self._campaign.player or ""
            self._dialogue.say(what_is_answered(order, self._campaign.world, me, likely))
        self._save()

    def _do_orders(self) -> None:
        world, me = self._campaign.world, self._campaign.player or ""
        said = [order_words.say(one, world, me) for one in self._campaign.pending]
        self._dialogue.say(*(said or ["No orders yet."]))

    def _do_undo(self) -> None:
        done = self._campaign.undo()
        self._dialogue.say("Taken back." if done else "There is nothing to take back this turn.")

    def _do_matters(self) -> None:
        self._matters.say()

    def _do_suggested(self) -> None:
        order = self._matters.ask()
        if order is not None:
            self._give(order)

    def _do_aim(self) -> None:
        campaign = self._campaign
        points = campaign.adviser.explanations.points(campaign.debriefing.most_insight())
        self._dialogue.say(*aim_lines(campaign), *figure_lines(points))

    def _do_states(self) -> None:
        campaign = self._campaign
        by_power, by_threat = (campaign.adviser.readings(lens) for lens in ("BOP", "BOT"))
        lines = []
        for state, reading in sorted(by_power.items(), key=lambda pair: pair[1].rank):
            standing = campaign.world.state(state)
            lines.append(
                f"{campaign.atlas.name(state)}: {percent(reading.share)} of all power; to fear, "
                f"number {reading.rank} by power and {by_threat[state].rank} by threat; "
                f"army {army(standing.army, campaign.atlas)}, fleet "
                f"{fleet(standing.fleet, campaign.atlas)}, posture {POSTURES[standing.posture]}."
            )
        self._dialogue.say(*lines)

    def _do_dossier(self) -> None:
        campaign = self._campaign
        state = self._notes.rival("Whose?")
        factors = campaign.adviser.threat_factors(state)
        lines = [f"{campaign.atlas.name(state)}, its threat to us factor by factor:"]
        lines += [f"  {name}: {share(value)}" for name, value in factors.items()]
        said = fears(campaign.atlas, campaign.player or "", campaign.adviser.feared(state))
        lines.append(f"It would fear {said}.")
        for lever in campaign.adviser.levers(state):
            lines.append(
                f"  {lever.act}: {lever.if_power} if it fears power, {lever.if_threat} if threat."
            )
        known = campaign.adviser.reasons(state)
        lines += ["What we know of its reasons:", *(f"  {one}" for one in known or ["nothing yet"])]
        self._dialogue.say(*lines)

    def _do_deeds(self) -> None:
        self._notes.tell_deeds(self._notes.rival("Whose?"))

    def _do_notebook(self) -> None:
        self._notes.ask()
        self._save()

    def _do_treaties(self) -> None:
        campaign = self._campaign
        lines = []
        for treaty in campaign.world.treaties:
            parties = " and ".join(campaign.atlas.name(party) for party in treaty.parties)
            terms = order_words.standing(treaty.terms, campaign.atlas, campaign.player or "")
            lines.append(f"{parties}: {terms}, to {campaign.atlas.date(max(1, treaty.until))}.")
        self._dialogue.say(*(lines or ["No treaty is in force."]))

    def _do_report(self) -> None:
        campaign = self._campaign
        if not campaign.history.turns:
            self._dialogue.say("There is no report before the first turn is played.")
            return
        lines = [f"Report of {campaign.atlas.date(len(campaign.history.turns))}:"]
        for event in campaign.report():
            lines.append(event_sentences.describe_event(event, campaign.atlas, campaign.player))
            written = campaign.letter(event)
            lines += [f"  {row}" for row in (written or "").splitlines()]
        self._dialogue.say(*lines)

    def _do_submit(self) -> None:
        self._campaign.submit()
        self._turned()

    def _turned(self) -> None:
        """Save; report the turn once it is over."""
        self._save()
        if not self._campaign.questions():
            self._do_report()

    def _save(self) -> None:
        """Save where the campaign has a file; a failure is said and the game goes on."""
        if self._campaign.file.path is None:
            return
        try:
            self._campaign.save()
        except PlayerMessage as problem:
            self._dialogue.say(str(problem))

    # questions

    def _answer_all(self, questions: Sequence[Question]) -> None:
        """Ask the reader of each; of an offer that is declined the answer holds for what is asked
        next, too.
        """
        given: dict[str, Answer] = {}
        while questions:
            for asked in questions:
                if asked.id not in given:
                    given |= self._answer(asked)
            self._campaign.answer({asked.id: given[asked.id] for asked in questions})
            self._turned()
            questions = self._campaign.questions()

    def _answer(self, question: Question) -> Mapping[str, Answer]:
        """The reader's answer; a counter-offer is made of the terms that were offered."""
        world, adviser = self._campaign.world, self._campaign.adviser
        picks = answer_choices.choices(question, world)
        if not self._dialogue.picks_once:
            picks = tuple(pick for pick in picks if pick != TELL)
        choices = [Choice(pick, answer_choices.label(question, pick, world)) for pick in picks]
        self._dialogue.say("", question_words.ask(question, world))
        for choice in choices:
            if choice.id == COUNTER:
                continue
            gain = answer_choices.gain(adviser, question, choice.id)
            aim = self._campaign.aim
            meant = " ".join(answer_choices.what_follows(question, choice.id, world, aim))
            self._dialogue.say(
                f"  {choice.label}: {gain['BOP']:+.2f} to our security by power, "
                f"{gain['BOT']:+.2f} by threat. {meant}"
            )
        if isinstance(question, CrisisQuestion):
            self._dialogue.say(*self._assured(question.crisis))
        while True:
            chosen = self._dialogue.choose("Your answer?", choices)
            if chosen != COUNTER:
                break
            self._dialogue.say("Say the treaty that you would sign.")
            if (counter := self._menus.terms(question.by)) is not None:
                return {question.id: counter}
        if self._dialogue.picks_once:
            return answer_choices.answers(question, chosen)
        return {question.id: chosen}

    def _assured(self, crisis: int) -> list[str]:
        """What others told the reader of a crisis in private, and how far to believe it."""
        campaign = self._campaign
        speech = Speech(campaign.atlas, you=campaign.player)
        rows = []
        for said, believed in campaign.adviser.assured(crisis):
            told = what_was_said(speech, said.giver, said.to, said.beside, said.answer)
            rows.append(sentence(told))
            if said.answer != "none":
                rows[-1] += f" It is credible to {percent(believed)}."
        return rows

    # what is said at the beginning, in between for programs, and at the end

    def _briefing(self) -> list[str]:
        campaign = self._campaign
        aim = campaign.aim
        return [
            f"{campaign.atlas.title}. You lead "
            f"{with_article(campaign.atlas.name(campaign.player or ''))}, "
            f"for {campaign.setup.turns} turns.",
            *([f"Your aim: {aim.title}. {in_words(aim, campaign.atlas)}"] if aim else []),
            "Each rival fears power (Waltz) or threat (Walt), and does not say which. Watch what "
            "they do, write it down, and use it.",
        ]

    def _state(self) -> dict[str, Any]:
        campaign = self._campaign
        return {
            "turn": campaign.turn,
            "date": campaign.date,
            "player": campaign.player,
            "envoys": campaign.envoys_left,
            "purse": campaign.purse,
            "orders": len(campaign.pending),
            "aim": aim_figures(campaign),
        }

    def _ending(self) -> list[str]:
        campaign = self._campaign
        lines = ["The campaign is over."]
        lines += written(campaign.debriefing.report(), "text").splitlines()
        return lines
