"""Scores: an aim that is reached by passing is nobody's aim."""

from dataclasses import replace

import pytest

from game.engine.turn import Turn
from game.history import History, Setup, TurnRecord
from game.scoring import (
    aim_reached,
    aim_status,
    broken_obligations,
    first_counted,
    own_side,
    strongest_other,
)
from game.scoring.coalition_shares import befriended_powers, share_of
from game.world.atlas import Aim
from game.world.map_document import MapDoc
from game.world.model import World
from game.world.orders import Denounce
from tests.worlds import play_turn, tiny_doc, tiny_world, with_state, with_treaty

NAMES = ("AAA", "BBB", "CCC", "DDD")


def history(doc: MapDoc, start: World, ends: list[World], aim: str) -> History:
    turns = tuple(
        TurnRecord(number, start, {}, (), (), replace(end, turn=number + 1), "")
        for number, end in enumerate(ends, 1)
    )
    return History(Setup(doc, 1, "AAA", len(ends), {"AAA": aim}), start, turns)


def test_an_ally_counts_by_its_word_and_the_less_the_more_it_is_shared() -> None:
    world = tiny_world(NAMES)
    alone = own_side(world, "AAA")
    assert alone == pytest.approx(0.25, abs=0.001)
    allied = with_treaty(world, "AAA", "BBB")
    assert own_side(allied, "AAA") == pytest.approx(0.25 + 0.25 * 0.75 * 0.8, abs=0.001)
    shared = with_treaty(allied, "BBB", "CCC")
    assert own_side(shared, "AAA") == pytest.approx(0.25 + 0.25 * 0.75 * 0.8 / 1.5, abs=0.001)
    doubted = with_state(allied, "BBB", reliability=4_000)
    assert own_side(doubted, "AAA") < own_side(allied, "AAA")


def test_the_strongest_other_side_leaves_us_out_whoever_leads_it() -> None:
    """A partner's own side counts too: who signs with everybody has outweighed nobody."""
    world = with_treaty(with_treaty(tiny_world(NAMES), "BBB", "CCC"), "CCC", "DDD")
    assert strongest_other(world, "AAA") > own_side(world, "AAA")
    joined = with_treaty(world, "AAA", "CCC", signed=1)
    assert strongest_other(joined, "AAA") > own_side(joined, "AAA")
    pair = with_treaty(tiny_world(NAMES), "AAA", "BBB", signed=1)
    assert strongest_other(pair, "AAA") == pytest.approx(0.25, abs=0.001)
    assert own_side(pair, "AAA") > strongest_other(pair, "AAA")


def test_a_great_partner_is_a_shield_and_no_rival() -> None:
    world = with_state(tiny_world(NAMES), "AAA", army=1_000, fleet=0)
    world = with_state(world, "BBB", army=90_000_000)
    great, small = share_of(world, "BBB"), share_of(world, "AAA")
    assert great > 2 * small
    assert strongest_other(world, "AAA") == pytest.approx(great)
    bound = with_treaty(world, "AAA", "BBB", signed=1)
    assert strongest_other(bound, "AAA") == pytest.approx(2 * small, abs=0.001)


def test_a_map_says_how_strong_a_side_an_aim_asks_for() -> None:
    doc, world = tiny_doc(NAMES), with_treaty(tiny_world(NAMES), "AAA", "BBB", signed=1)
    for side, reached in ((1.0, 1.0), (2.0, 0.25)):
        aims = {"AAA": (Aim("hold", "Hold", "hold", "", 0, side),)}
        atlas = replace(world.atlas, aims=aims)
        asked = replace(world, atlas=atlas)
        assert aim_reached(history(doc, asked, [asked] * 12, "hold"), "AAA") == reached


def test_size_alone_befriends_no_great_power() -> None:
    world = with_state(tiny_world(NAMES), "AAA", army=9_000_000, fleet=9_000_000)
    assert own_side(world, "AAA") > strongest_other(world, "AAA")
    assert befriended_powers(world, "AAA") == ()
    assert befriended_powers(with_treaty(world, "AAA", "BBB", signed=1), "AAA") == ("BBB",)


@pytest.mark.parametrize("aim", ["hold", "peace"])
def test_what_is_kept_by_luck_counts_a_quarter_and_by_statecraft_all(aim: str) -> None:
    doc, world = tiny_doc(NAMES), tiny_world(NAMES)
    spared = history(doc, world, [world] * 12, aim)
    assert aim_reached(spared, "AAA") == pytest.approx(0.25)
    bound = with_treaty(world, "AAA", "BBB", signed=1)
    kept = history(doc, world, [world] * 4 + [bound] * 8, aim)
    assert aim_reached(kept, "AAA") == pytest.approx(1.0)
    for_half = history(doc, world, [world] * 8 + [bound] * 4, aim)
    assert aim_reached(for_half, "AAA") == pytest.approx(4 / 8 + 0.25 * 4 / 8)


def test_the_treaties_of_the_map_are_nobodys_doing() -> None:
    """They run on by themselves: who passes and keeps them is merely spared."""
    doc, world = tiny_doc(NAMES), tiny_world(NAMES)
    inherited = [with_treaty(world, "AAA", "BBB")] * 12
    assert aim_reached(history(doc, world, inherited, "hold"), "AAA") == pytest.approx(0.25)


def test_a_ring_is_broken_while_our_side_is_a_match_for_any() -> None:
    aims = [{"id": "ring", "title": "Break it", "kind": "break_ring", "target": 0.9, "turns": 4}]
    doc = tiny_doc(NAMES, states={"AAA": {"aims": aims}})
    world = tiny_world(NAMES, states={"AAA": {"aims": aims}})
    ring = with_treaty(world, "BBB", "CCC")
    spared = history(doc, world, [ring] * 9, "ring")
    assert aim_reached(spared, "AAA") == pytest.approx(0.25)
    bloc, power, match = aim_status(spared, "AAA").conditions
    assert (bloc.kind, power.kind, match.kind) == ("bloc", "bound_power", "match")
    assert bloc.met
    assert not power.met
    assert match.value < match.needed
    broken = with_treaty(ring, "AAA", "BBB", signed=1)
    half = history(doc, world, [ring] * 7 + [broken] * 2, "ring")
    assert aim_reached(half, "AAA") == pytest.approx(2 / 4 + 0.25 * 4 / 6)
    assert aim_reached(history(doc, world, [broken] * 9, "ring"), "AAA") == 1.0


@pytest.mark.parametrize("turns", [6, 12, 30])
def test_no_aim_of_keeping_is_won_early_or_lost_for_good_early(turns: int) -> None:
    aims = [{"id": "peace", "title": "Peace", "kind": "peace", "turns": 1}]
    doc = tiny_doc(NAMES, states={"AAA": {"aims": aims}})
    world = tiny_world(NAMES, states={"AAA": {"aims": aims}})
    bound = with_treaty(world, "AAA", "BBB", signed=1)
    whole = History(Setup(doc, 1, "AAA", turns, {"AAA": "peace"}), world, ())
    counted = turns - first_counted(turns) + 1
    for played in range(1, turns + 1):
        so_far = history(doc, world, [bound] * played, "peace").turns
        reached = aim_reached(replace(whole, turns=so_far), "AAA")
        if played < turns // 2:
            assert reached < 1.0
    late = [world] * (turns - (counted + 1) // 2) + [bound] * ((counted + 1) // 2)
    assert aim_reached(history(doc, world, late, "peace"), "AAA") == 1.0


def test_what_is_taken_is_judged_by_what_is_held_at_the_end() -> None:
    doc, world = tiny_doc(NAMES), tiny_world(NAMES)
    grown = with_state(world, "AAA", army=9_000_000, fleet=9_000_000)
    assert aim_reached(history(doc, world, [grown, world], "grow"), "AAA") == 0.0
    assert aim_reached(history(doc, world, [world, grown], "grow"), "AAA") == 1.0


def test_a_treaty_of_many_that_is_broken_is_one_broken_word() -> None:
    doc = tiny_doc(NAMES)
    world = with_treaty(tiny_world(NAMES), "AAA", "BBB", "CCC", "DDD")
    world = with_treaty(world, "AAA", "BBB", obligations=("nonaggression",))
    done: Turn = play_turn(world, {"AAA": [Denounce(t.id, breach=True) for t in world.treaties]})
    record = TurnRecord(1, world, {}, (), done.events, done.world, "")
    assert sum(one.kind == "treaty_broken" for one in done.events) == 4
    kept = History(Setup(doc, 1, "AAA", 1, {}), world, (record,))
    assert broken_obligations(kept, "AAA") == 2
    assert broken_obligations(kept, "BBB") == 0


def test_a_guarantee_of_others_is_no_side_of_ones_own() -> None:
    """They gave it unasked: whom it defends has done nothing for it."""
    doc, world = tiny_doc(NAMES), tiny_world(NAMES)
    given = with_treaty(world, "BBB", "AAA", obligations=("guarantee",), signed=1)
    assert aim_reached(history(doc, world, [given] * 12, "hold"), "AAA") == pytest.approx(0.25)
