"""Every kind of order is known wherever it has to be; what is missing is named with its file."""

import ast
import random
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_orders import random_orders
from worlds import tiny_doc, tiny_start, tiny_world, with_treaty, with_war

import game
from game.saves.codec import orders_from_json, orders_to_json
from game.theory.choices import (
    ORDER_FAMILIES,
    classify,
    classify_alignment,
    order_appraisal,
)
from game.theory.families.alignment import Aligning, menu_of
from game.theory.frame import frame
from game.tui.actions import DIALOG_OF
from game.words.order_labels import ORDER_WORDS
from game.world.legality import envoys, legal
from game.world.orders import ORDER_KINDS, Denounce, Guarantee, OrderKind
from game.world.sight import seen_by

HOUSE = Path(game.__file__).parent

each_kind = pytest.mark.parametrize("kind", ORDER_KINDS, ids=lambda kind: kind.__name__)


def name_of(kind: type[OrderKind]) -> str:
    return str(kind.__dataclass_fields__["kind"].default)  # type: ignore[attr-defined]


def carried_out() -> set[str]:
    """The classes of orders that some phase asks for by `desk.ordered(...)`."""
    return {
        node.args[0].id
        for path in sorted((HOUSE / "engine" / "phases").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "ordered"
        and isinstance(node.args[0], ast.Name)
    }


def test_no_two_kinds_have_one_name_and_each_has_a_file_of_its_own() -> None:
    names = [name_of(kind) for kind in ORDER_KINDS]
    assert len(set(names)) == len(names)
    assert [kind.__module__ for kind in ORDER_KINDS] == [
        f"game.world.orders.{name}" for name in names
    ]


@each_kind
def test_the_world_describes_it_whole(kind: type[OrderKind]) -> None:
    missing = sorted(kind.__abstractmethods__)
    assert not missing, f"world/orders/{name_of(kind)}.py: {kind.__name__} lacks {missing}"


@each_kind
def test_a_phase_carries_it_out(kind: type[OrderKind]) -> None:
    assert kind.__name__ in carried_out(), (
        f"engine/phases: no phase asks for desk.ordered({kind.__name__})"
    )


@each_kind
def test_a_family_of_choices_weighs_it(kind: type[OrderKind]) -> None:
    weighed = {*get_args(Aligning), *(family.kind for family in ORDER_FAMILIES.values())}
    assert (kind in weighed) is not kind.players_only, (
        f"theory: {kind.__name__} is neither in Aligning (theory/families/alignment.py) "
        "nor in ORDER_FAMILIES (theory/choices.py)"
    )


@each_kind
def test_it_has_words(kind: type[OrderKind]) -> None:
    assert name_of(kind) in ORDER_WORDS, f"words/orders.py: ORDER_WORDS lacks {name_of(kind)!r}"


@each_kind
def test_it_has_a_dialog_that_is_there(kind: type[OrderKind]) -> None:
    assert name_of(kind) in DIALOG_OF, (
        f"tui/actions.py: no OrderDialog among ACTIONS makes {name_of(kind)!r}"
    )
    module, _, screen = DIALOG_OF[name_of(kind)].place.partition(":")
    assert hasattr(import_module(module), screen), f"tui/screens: {module} has no {screen}"


def test_random_orders_give_every_kind_and_saves_take_it() -> None:
    """Properties of the engine are tried with every kind (tests/random_orders.py)."""
    world, lot = tiny_world(), random.Random(5)
    drawn = [
        order
        for _ in range(60)
        for orders in random_orders(world, lot).values()
        for order in orders
    ]
    only_in_wars_crises_and_treaties = {"front", "offer_peace", "denounce", "ask_assurance"}
    kinds = {order.kind for order in drawn}
    missing = {name_of(kind) for kind in ORDER_KINDS} - kinds - only_in_wars_crises_and_treaties
    assert not missing, f"tests/random_orders.py never gives {sorted(missing)}"
    assert list(orders_from_json(orders_to_json(drawn))) == drawn


@given(st.integers(0, 100_000))
@settings(max_examples=30)
def test_any_legal_set_is_one_option_a_family(seed: int) -> None:
    """Conduct of the player's too is read on the menus that rivals choose from (DESIGN)."""
    lot = random.Random(seed)
    world, beliefs = tiny_start()
    world = with_treaty(world, "AAA", "DDD", obligations=("guarantee",))
    world = with_war(
        with_treaty(world, "BBB", "CCC", obligations=("neutrality",)), ["AAA"], ["CCC"]
    )
    me = lot.choice(("AAA", "BBB", "DDD"))
    orders = legal(world, me, random_orders(world, lot)[me])
    sight = seen_by(world, beliefs, me)
    view = frame(tiny_doc(), *tiny_start()).view(sight, "BOT")
    menu = menu_of(sight)
    taken = classify_alignment(menu, sight, orders)
    picks = [choice.pick for choice in taken]
    assert len(picks) <= envoys(world, me)
    assert len({pick for pick in picks if pick}) == sum(pick > 0 for pick in picks)
    assert all(choice.allowed is not None and choice.allowed[choice.pick] for choice in taken)
    aligning = [order for order in orders if isinstance(order, Aligning)]
    first = aligning[0] if aligning else None
    if isinstance(first, Guarantee):
        assert menu[picks[0]] == first
    elif isinstance(first, Denounce):
        left = menu[picks[0]]
        assert isinstance(left, Denounce)
        assert left.treaty == first.treaty
        assert left == first or first not in menu
    elif first is None:
        assert picks == [0]
    for name, family in ORDER_FAMILIES.items():
        appraisal = order_appraisal(view, sight, 0.5, name)
        pick = classify(appraisal, orders).pick
        assert 0 <= pick < len(appraisal.options)
        given_one = next((one for one in orders if isinstance(one, family.kind)), None)
        if given_one is None:
            assert pick == 0
        elif given_one in appraisal.options:
            assert appraisal.options[pick] == given_one
