"""Refusals: every code that the rules can return has its sentence."""

import ast
import inspect
from dataclasses import replace

import pytest
from words_case import world

from game.words.refusal_sentences import REFUSE, WHY_REFUSED, refuse
from game.world import legality
from game.world.legality import Refusal, check, refusal
from game.world.orders import (
    ORDER_KINDS,
    Demand,
    Denounce,
    Offer,
    Order,
    Posture,
    Sound,
    Terms,
)

WORLD = world()


def codes() -> set[str]:
    """Every code with which `legality` or a kind of order makes a Refusal."""
    modules = [legality, *(inspect.getmodule(kind) for kind in ORDER_KINDS)]
    return {
        node.args[0].value
        for module in modules
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Refusal"
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_code_has_words_and_no_words_are_left_over() -> None:
    assert len(codes()) > 30
    assert set(REFUSE) == codes()
    assert set(WHY_REFUSED) == codes()


def test_an_order_given_twice_is_named_with_whom_it_is_addressed_to() -> None:
    ((_, reason),) = check(WORLD, "A", [Sound("B"), Sound("B")])
    assert refuse(reason, WORLD, "A") == (
        "Your orders of this turn hold an envoy to listen in the United Kingdom already; withdraw "
        "or change that one."
    )


def test_a_barred_promise_names_every_treaty_in_its_way_and_the_terms_that_are_over() -> None:
    """To leave one's own treaty helps nothing while the other keeps one against us."""
    ours = next(one for one in WORLD.treaties if one.against == "B")
    turn = ours.until + 1
    after = replace(WORLD, turn=turn)
    asked = Offer("B", Terms(("defense",)))
    said = refuse(found, after, "A") if (found := refusal(after, "A", asked)) else ""
    assert said == (
        "A public promise to the United Kingdom is barred while you keep the defense pact with the "
        "Ottoman Empire against the United Kingdom (runs on); offer a secret pact, or leave that "
        "treaty first."
    )
    theirs = replace(
        ours, id=99, parties=("B", "D"), terms=replace(ours.terms, against="A"), until=turn + 3
    )
    both = replace(after, treaties=(*after.treaties, theirs))
    said = refuse(found, both, "A") if (found := refusal(both, "A", asked)) else ""
    assert "(runs on), and by the defense pact of " in said
    assert said.endswith("; offer a secret pact, or one without help in war.")


@pytest.mark.parametrize("code", sorted(REFUSE))
@pytest.mark.parametrize(
    "subjects", [(), ("A", 1), ("B", 2), (3, 4), ("zz", "yy"), (1, 1), ("B", "brig")]
)
def test_each_is_one_sentence_whatever_its_subjects(
    code: str, subjects: tuple[str | int, ...]
) -> None:
    text = refuse(Refusal(code, subjects), WORLD, "A")
    assert text[0].isupper() or not text[0].isalpha()
    assert text.endswith(".")
    assert "\n" not in text
    assert "Party(" not in text


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (Offer("B", Terms(("defense",))), "A public promise to the United Kingdom is barred while "
         "you keep the defense pact with the Ottoman Empire against the United Kingdom (to 1916); "
         "offer a secret pact, or leave that treaty first."),
        (Denounce(2), "You are no party to the pact of defense and consultation of the United "
         "Kingdom and Dorn (to 1916); only a party can leave it."),
        (Posture(4), "Posture moves one step a turn; from balanced the next is defensive or "
         "forward."),
        (Demand("B", "cede", "brig"), "You and the United Kingdom are in a crisis already; end "
         "that one before you make a new demand."),
    ],
)  # fmt: skip
def test_a_refusal_gives_the_rule_and_the_way_out(order: Order, words: str) -> None:
    reason = refusal(WORLD, "A", order)
    assert reason is not None
    assert refuse(reason, WORLD, "A") == words
