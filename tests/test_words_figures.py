"""Figures in the player's own units, and orders as labels."""

from dataclasses import replace

import pytest
from words_case import world

from game.words import army, fleet, money, percent, share, signed
from game.words.grammar import Party, listed, plain_form, possessive, with_article
from game.words.order_labels import say, terms
from game.words.phrases import term_left
from game.world.model import Treaty
from game.world.orders import (
    Budget,
    DeclareWar,
    Demand,
    Denounce,
    Front,
    Offer,
    OfferPeace,
    Order,
    PeaceTerms,
    Penetrate,
    Posture,
    Terms,
)

WORLD = world()
ATLAS = WORLD.atlas


def test_money_percent_and_shares() -> None:
    assert [money(units) for units in (123_456, 0, -80_000, -1, 12_345_678)] == [
        "12.3", "0.0", "-8.0", "0.0", "1,234.6",
    ]  # fmt: skip
    assert [percent(part) for part in (0.34, 0, 1, 0.001, -0.12, 0.997, sum([0.1] * 10), 1.2)] == [
        "34%", "0%", "100%", "<1%", "-12%", ">99%", "100%", "120%",
    ]  # fmt: skip
    assert [share(value) for value in (0.333, 1.0, 0.0, -0.25)] == [".33", "1.00", ".00", "-.25"]
    assert [signed(value) for value in (0.31, -0.12, 0.0, -0.001)] == [
        "+.31",
        "-.12",
        "+.00",
        "+.00",
    ]


def test_forces_are_shown_as_the_map_gave_them() -> None:
    assert army(WORLD.state("A").army, ATLAS) == "670"
    assert fleet(WORLD.state("A").fleet, ATLAS) == "7.0"
    assert fleet(WORLD.state("E").fleet, ATLAS) == "0"
    assert army(1, replace(ATLAS, army_unit=0.0)) == "0"
    small = replace(ATLAS, army_unit=1_000_000.0)
    assert [army(units, small) for units in (670_000, 7_000_000, 1)] == ["0.67", "7.0", "<0.01"]


def test_english() -> None:
    assert [plain_form(verb) for verb in ("demands", "refuses", "presses", "relies", "is")] == [
        "demand", "refuse", "press", "rely", "are",
    ]  # fmt: skip
    assert with_article("Netherlands") == "the Netherlands"
    assert with_article("The Hague") == "the Hague"
    assert with_article("Austria-Hungary") == "Austria-Hungary"
    assert [possessive(name) for name in ("France", "the Netherlands")] == [
        "France's", "the Netherlands'",
    ]  # fmt: skip
    assert [listed(parts) for parts in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "", "a", "a and b", "a, b and c",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (Offer("B", Terms(("defense",), "C")), "Offer the United Kingdom a defense pact against "
         "the Ottoman Empire for 6 turns"),
        (Denounce(1), "Give notice of the end of the defense pact with the Ottoman Empire against "
         "the United Kingdom"),
        (Denounce(99, breach=True), "Break a treaty no longer in force at once"),
        (Demand("B", "cede", "brig"), "Demand that the United Kingdom cede Brig"),
        (Demand("B", "renounce", "2"), "Demand that the United Kingdom renounce the pact of "
         "defense and consultation with Dorn"),
        (Demand("B", "renounce", "\u00b2"), "Demand that the United Kingdom renounce a treaty of "
         "its own"),
        (Penetrate("B", "lobby"), "Work inside the United Kingdom through a lobby"),
        (Budget(1_200, -300, 500), "Budget: army +12%, fleet -3% and 5% of revenue invested"),
        (Budget(), "Budget: as last year"),
        (Posture(3), "Move to a forward posture"),
        (DeclareWar("B", "brig"), "Attack the United Kingdom without an ultimatum, for Brig"),
        (Front("B", 2, False), "Against the United Kingdom: hold, weight 2"),
        (OfferPeace(10, "E"), "Offer Esk a white peace"),
        (OfferPeace(10, "E", PeaceTerms(("esk",), (), -3_000)), "Offer Esk peace: Esk cedes Esk; "
         "you pay 30% of a turn's revenue"),
    ],
)  # fmt: skip
def test_orders_as_labels(order: Order, words: str) -> None:
    assert say(order, WORLD, "A") == words


def test_terms() -> None:
    secret = Terms(("neutrality",), "A", 1, True, 250)
    assert terms(secret, ATLAS, "A") == (
        "a secret neutrality pact concerning you for 1 turn, for which its sender pays 2% of its "
        "revenue a turn"
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("the Cantons of Tarn", "the Cantons of Tarn offer what is their own"),
        ("The Free Cities", "The Free Cities offer what is their own"),
        ("the United States", "the United States offers what is its own"),
        ("Italy", "Italy offers what is its own"),
    ],
)
def test_a_name_of_several_takes_the_verb_of_several(name: str, told: str) -> None:
    party = Party(name)
    assert f"{party:offers} what is {party:its} own" == told


def test_a_treaty_runs_on_after_its_term_unless_it_is_fixed() -> None:
    treaty = Treaty(1, ("A", "B"), Terms(("defense",)), 0, 8)
    assert [term_left(treaty, turn) for turn in (1, 7, 8, 9)] == [
        "8 turns left",
        "2 turns left",
        "last turn",
        "runs on",
    ]
    assert term_left(replace(treaty, fixed=True), 9) == "last turn"
