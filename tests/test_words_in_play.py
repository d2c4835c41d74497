"""The words on what truly happens: random campaigns, every event, letter, question and refusal."""

import re

import pytest
from words_case import world

from game.dice import dice
from game.engine.turn import Turn, resolve
from game.words.event_sentences import describe_event, weight
from game.words.letters import letter
from game.words.order_labels import say
from game.words.question_sentences import ask, consequences, option
from game.words.refusal_sentences import refuse
from game.world.legal_orders import legal_orders
from game.world.legality import check
from game.world.model import World
from game.world.orders import Order
from game.world.questions import Question

RAW = re.compile(r"[{}]|Party\(|\bNone\b|\s\s|\w_\w|[.,;:]{2}|-- ")
"""What no reader should see."""


def read(text: str) -> None:
    assert text
    assert not RAW.search(text), text


def read_question(question: Question, world: World) -> None:
    read(ask(question, world))
    for answer in question.options:
        read(option(question, answer, world))
        for line in consequences(question, answer, world):
            read(line)
            assert line.endswith(".")


@pytest.mark.parametrize("seed", range(6))
def test_a_random_campaign_can_be_read_from_end_to_end(seed: int) -> None:
    chance = dice(seed)
    now, kinds = world(), set()
    for turn in range(1, 13):
        orders: dict[str, tuple[Order, ...]] = {}
        for state in now.living():
            forms = legal_orders(now, state.id)
            orders[state.id] = forms.sample(
                lambda *key, turn=turn, who=state.id: chance(turn, "order", who, *key)
            )
            for order in orders[state.id]:
                read(say(order, now, state.id))
            for refused, reason in check(now, state.id, orders[state.id] * 2):
                read(refuse(reason, now, state.id))
                read(say(refused, now))
        answers: dict[str, str] = {}
        while not isinstance(done := resolve(now, orders, answers, chance), Turn):
            for question in done.questions:
                read_question(question, done.world)
                drawn = chance(turn, "answer", question.asked, question.id)
                answers[question.id] = question.options[int(drawn * len(question.options))]
        for happening in done.events:
            kinds.add(happening.kind)
            for me in (None, "A", "B", "E"):
                read(describe_event(happening, now.atlas, me))
                assert 0 <= weight(happening, me, done.world) <= 3
                text = letter(happening, now.atlas, me)
                if text is not None:
                    read(text.replace("\n", " "))
        now = done.world
    assert len(kinds) > 8
