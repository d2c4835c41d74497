"""What is saved is what is read: values of every kind, worlds, whole campaigns."""

import json
import subprocess
import sys
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from campaigns import (
    assert_same,
    assert_same_beliefs,
    begun,
    campaign,
    large_map,
    played,
    shipped_map,
    tiny_map,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from game.files.file_problems import MovedOn
from game.history import canonical
from game.saves import save_file
from game.saves.codec import (
    answers_from_json,
    answers_to_json,
    beliefs_from_json,
    beliefs_to_json,
    orders_from_json,
    orders_to_json,
    pack,
    pack_json,
    private_digest,
    turn_from_json,
    turn_to_json,
    unpack,
    unpack_visible,
)
from game.saves.world_deltas import apply, difference
from game.world.beliefs import Beliefs
from game.world.model import Assurance, Crisis, State, Treaty, War, World
from game.world.orders import (
    MEANS,
    OBLIGATIONS,
    STAKES,
    Aid,
    AskAssurance,
    Assess,
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
    Sound,
    Terms,
)
from game.world.world_setup import build_world

text = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=12)
number = st.integers(-(10**12), 10**12)
flag = st.booleans()
terms = st.builds(
    Terms, st.lists(st.sampled_from(OBLIGATIONS), max_size=5).map(tuple), text, number, flag, number
)
names = st.lists(text, max_size=4).map(tuple)
orders = st.one_of(
    st.builds(Offer, text, terms),
    st.builds(Denounce, number, flag),
    st.builds(Demand, text, st.sampled_from(STAKES), text),
    st.builds(Aid, text, number),
    st.builds(Penetrate, text, st.sampled_from(MEANS)),
    st.builds(Sound, text),
    st.builds(Assess, text),
    st.builds(AskAssurance, text, number, text),
    st.builds(Budget, number, number, number),
    st.builds(Posture, number),
    st.builds(DeclareWar, text, text),
    st.builds(Front, text, number, flag),
    st.builds(OfferPeace, number, text, st.builds(PeaceTerms, names, names, number, flag)),
)
answers = st.dictionaries(text, st.one_of(text, terms), max_size=5)

FOUNDED = build_world(tiny_map())[0]
pairs = st.tuples(text, text)
tables = st.dictionaries(pairs, number, max_size=5)
states = st.tuples(
    *[
        st.builds(
            State, st.just(state.id), flag, flag, number, number, number, number, number, number,
            number, number, flag, number,
        )
        for state in FOUNDED.states
    ]
)  # fmt: skip
treaties = st.builds(
    Treaty, st.integers(1, 6), names, terms, number, number, text, text, names, names
)
wars = st.builds(War, st.integers(1, 6), names, names, number, text, flag, number, names, flag)
crises = st.builds(
    Crisis, st.integers(1, 6), text, text, st.sampled_from(STAKES), text, text, number, number,
    st.lists(pairs, max_size=2).map(tuple),
)  # fmt: skip
assurances = st.builds(
    Assurance, st.integers(1, 6), number, text, text, text, text, text,
    st.sampled_from(("accept", "refuse", "none")), number,
)  # fmt: skip
worlds = st.builds(
    lambda **parts: replace(FOUNDED, **parts),
    turn=st.integers(1, 99),
    states=states,
    treaties=st.lists(treaties, max_size=4).map(tuple),
    wars=st.lists(wars, max_size=3).map(tuple),
    crises=st.lists(crises, max_size=3).map(tuple),
    cooldowns=st.dictionaries(st.tuples(text, text, text), number, max_size=4),
    aid=tables,
    leverage=tables,
    networks=tables,
    soundings=tables,
    next_id=st.integers(1, 999),
    assurances=st.lists(assurances, max_size=3).map(tuple),
)


@given(st.lists(orders, max_size=6))
def test_orders_come_back(given_orders: list[Order]) -> None:
    value = json.loads(json.dumps(orders_to_json(given_orders)))
    assert orders_from_json(value) == tuple(given_orders)


@given(answers)
def test_answers_come_back(given_answers: dict[str, Any]) -> None:
    assert answers_from_json(json.loads(json.dumps(answers_to_json(given_answers)))) == (
        given_answers
    )


@given(worlds, worlds)
@settings(deadline=None)
def test_any_world_is_had_from_any_other_and_its_difference(old: World, new: World) -> None:
    back = apply(old, json.loads(json.dumps(difference(old, new))))
    assert canonical(back) == canonical(new)
    for part in fields(World):
        if part.name in ("rests", "aid", "leverage", "networks", "soundings"):
            assert list(getattr(back, part.name)) == list(getattr(new, part.name))
        elif part.name != "atlas":
            assert getattr(back, part.name) == getattr(new, part.name)


def test_equal_worlds_differ_in_nothing() -> None:
    assert difference(FOUNDED, replace(FOUNDED)) == {}


@pytest.mark.parametrize(
    "change",
    [
        [],
        {"turn": "2"},
        {"turn": 2.0},
        {"turn": True},
        {"atlas": 1},
        {"states": {"change": [[0, 3, 1.5]]}},
        {"states": {"change": [[99, 3, 1]]}},
        {"states": {"change": [[-1, 3, 1]]}},
        {"states": {"change": [[0, 99, 1]]}},
        {"states": {"change": [[0, 3]]}},
        {"states": {"list": [["ASH"]]}},
        {"states": {"list": [True]}},
        {"states": {}},
        {"treaties": {"list": [[1, ["A"], [["friendship"], "", 1, False, 0], 0, 1, "", "", []]]}},
        {"aid": {"drop": [["A", "B"]], "set": []}},
        {"aid": {"whole": [["A", 1]]}},
        {"aid": {"whole": [["A", "B", 0.5]]}},
    ],
)
def test_what_is_no_difference_is_refused(change: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        apply(FOUNDED, change)


def test_a_treaty_saved_before_a_field_was_added_is_read_with_its_default() -> None:
    before = [1, ["ASH", "BIR"], [["defense"], "", 6, False, 0], 0, 9, "", "ASH", []]
    (treaty,) = apply(FOUNDED, {"treaties": {"list": [before]}}).treaties
    assert (treaty.leavers, treaty.notice_also_by) == (("ASH",), ())
    (treaty,) = apply(FOUNDED, {"treaties": {"list": [[*before, ["BIR"]]]}}).treaties
    assert treaty.leavers == ("ASH", "BIR")
    stated = [*before, ["BIR"], ["faded", ""], True]
    (treaty,) = apply(FOUNDED, {"treaties": {"list": [stated]}}).treaties
    assert (treaty.why_leaves("ASH"), treaty.why_leaves("BIR"), treaty.fixed) == ("faded", "", True)
    for wrong in (before[:-1], [*stated, []]):
        with pytest.raises(ValueError, match="not a whole Treaty"):
            apply(FOUNDED, {"treaties": {"list": [wrong]}})


def test_an_added_field_is_in_the_digest_where_it_says_something_alone() -> None:
    treaty = Treaty(1, ("ASH", "BIR"), Terms(("defense",)), 0, 9)
    plain = [1, ["ASH", "BIR"], [["defense"], "", 6, False, 0], 0, 9, "", "", []]
    assert canonical(treaty) == plain
    noticed = canonical(treaty.with_leavers({"BIR": "", "ASH": ""}))
    assert noticed == [*plain[:6], "ASH", [], ["notice_also_by", ["BIR"]]]
    stated = canonical(treaty.with_leavers({"BIR": "faded"}))
    assert stated == [*plain[:6], "BIR", [], ["notice_why", ["faded"]]]


@given(st.binary(max_size=300))
def test_packed_bytes_come_back(content: bytes) -> None:
    assert unpack(pack(content)) == content


@pytest.mark.parametrize("packed", [None, 3, "", "ä", "AAAA", pack(b"x" * 90)[:-8]])
def test_what_was_not_packed_is_refused(packed: Any) -> None:
    with pytest.raises(ValueError, match="packed"):
        unpack(packed)


@pytest.mark.parametrize("letter", ["\x1b", "\u202e", "\u200b", "\n", "\x00", "\u2028"])
def test_nothing_invisible_comes_in(letter: str) -> None:
    with pytest.raises(ValueError, match="invisible"):
        unpack_visible(pack_json([["demand_made", f"A{letter}B"]]))
    escaped = json.dumps({f"A{letter}B": 1}).encode()
    with pytest.raises(ValueError, match="invisible"):
        unpack_visible(pack(escaped))


def test_quotes_and_backslashes_are_visible() -> None:
    assert json.loads(unpack_visible(pack_json(['a\\n"b', "ü\u00a0ー"]))) == ['a\\n"b', "ü\u00a0ー"]


def test_beliefs_come_back() -> None:
    luck = np.random.default_rng(3)
    first = Beliefs(luck.integers(100, 9_900, (5, 5)), luck.integers(100, 9_900, (5, 5)))
    second = Beliefs(luck.integers(100, 9_900, (5, 5)), first.ground)
    whole = beliefs_from_json(beliefs_to_json(first, None), None, 5)
    change = beliefs_to_json(second, first)
    assert set(change) == {"hostile"}
    assert_same_beliefs((first, second), (whole, beliefs_from_json(change, whole, 5)))
    with pytest.raises(ValueError, match="number of states"):
        beliefs_from_json(beliefs_to_json(first, None), None, 6)


def test_a_turn_comes_back_and_strangers_are_refused() -> None:
    record = campaign(1).history.turns[0]
    document = json.loads(json.dumps(turn_to_json(record)))
    back = turn_from_json(document, record.start)
    assert (back.orders, back.events, back.answers) == (
        record.orders,
        record.events,
        record.answers,
    )
    with pytest.raises(ValueError, match="states that there are not"):
        turn_from_json({**document, "orders": pack_json({"NOBODY": []})}, record.start)
    with pytest.raises(ValueError, match="no event"):
        turn_from_json(
            {**document, "events": pack_json([["x", "ASH", "", [], None]])}, record.start
        )
    with pytest.raises(ValueError, match="other fields"):
        turn_from_json({**document, "more": 1}, record.start)


@pytest.mark.parametrize("turns", [0, 1, 5])
def test_a_campaign_comes_back(tmp_path: Any, turns: int) -> None:
    saved = replace(
        campaign(turns, player="BIR"),
        notebook={
            "now": {"ASH": 0.25},
            "pages": {"1": {"ASH": 0.5}},
            "pins": {"CED": [[1, "one\ntwo"]]},
        },
        pending=(Offer("CED", Terms(("defense",))), Posture(1)),
        pending_answers={"offer 1": "accept", "offer 2": Terms(("offense",), against="ASH")},
    )
    save_file.write(tmp_path / "a.json", saved)
    assert_same(save_file.read(tmp_path / "a.json"), saved)


@pytest.mark.parametrize("name", ["europe-1909", "five-crowns"])
def test_campaigns_on_the_shipped_maps_come_back(tmp_path: Any, name: str) -> None:
    saved = campaign(4, shipped_map(name))
    save_file.write(tmp_path / "a.json", saved)
    assert_same(save_file.read(tmp_path / "a.json"), saved)


def test_a_start_that_is_not_as_founded_comes_back(tmp_path: Any) -> None:
    saved = begun(tiny_map())
    start = replace(saved.history.start, next_id=77)
    saved = played(replace(saved, history=replace(saved.history, start=start)), 2)
    save_file.write(tmp_path / "a.json", saved)
    assert save_file.read(tmp_path / "a.json").history.start.next_id == 77


def test_saving_turn_by_turn_gives_the_same_file_as_saving_at_once(tmp_path: Any) -> None:
    saved = begun(tiny_map())
    with save_file.SaveFile(tmp_path / "a.json") as file:
        for _ in range(4):
            file.save(saved)
            saved = played(saved, 1)
        file.save(saved)
    save_file.write(tmp_path / "b.json", saved)
    first, second = (json.loads((tmp_path / f"{name}.json").read_text("utf-8")) for name in "ab")
    for tables in (first, second):
        for name in ("saved_at", "checksum"):
            del tables["header"]["1"][name]
    assert first == second
    assert list(first) == ["header", "map", "envelope", "notebook", "turns", "private"]


def test_a_resumed_save_is_added_to(tmp_path: Any) -> None:
    save_file.write(tmp_path / "a.json", campaign(2))
    with save_file.SaveFile(tmp_path / "a.json") as file:
        longer = played(file.read(), 2)
        file.save(longer)
    assert_same(save_file.read(tmp_path / "a.json"), longer)
    assert_same(longer, campaign(4))


def test_another_campaign_takes_a_save_s_place_only_where_that_is_asked(tmp_path: Any) -> None:
    save_file.write(tmp_path / "a.json", campaign(3))
    other = campaign(1, seed=8)
    for stranger in (other, campaign(2)):
        with pytest.raises(MovedOn, match="another campaign, or later turns"):
            save_file.write(tmp_path / "a.json", stranger)
    assert_same(save_file.read(tmp_path / "a.json"), campaign(3))
    save_file.write(tmp_path / "a.json", other, over=True)
    assert_same(save_file.read(tmp_path / "a.json"), other)
    assert_same(save_file.read(tmp_path / "a.json.bak"), campaign(3))


def test_a_map_with_secrets_is_not_saved(tmp_path: Any) -> None:
    doc = tiny_map()
    states = {**doc.states, "ASH": doc.states["ASH"].model_copy(update={"doctrine": "BOP"})}
    with pytest.raises(ValueError, match="without_secrets"):
        save_file.write(tmp_path / "a.json", begun(doc.model_copy(update={"states": states})))
    assert not (tmp_path / "a.json").exists()


def test_beliefs_and_records_must_fit_the_turns(tmp_path: Any) -> None:
    saved = campaign(2)
    with pytest.raises(ValueError, match="2 turns want 3 beliefs and 2 records"):
        save_file.write(tmp_path / "a.json", replace(saved, beliefs=saved.beliefs[:-1]))


def test_a_turn_is_lean_at_51_states(tmp_path: Any) -> None:
    saved = campaign(3, large_map(51))
    assert max(len(json.dumps(turn_to_json(record))) for record in saved.history.turns) <= 20_000


def test_the_envelope_and_the_private_table_hold_what_the_rest_does_not(tmp_path: Any) -> None:
    save_file.write(tmp_path / "a.json", campaign(2))
    tables = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert tables["envelope"]["1"]["seats"]["ASH"]["doctrine"] == "BOP"
    public = json.dumps([tables["header"], tables["map"]["1"]["map"]["states"], tables["turns"]])
    assert "BOP" not in public
    assert "BOT" not in public


def test_the_chain_tells_a_changed_history() -> None:
    history = campaign(4).history
    assert save_file.check_chain(history) is None
    second = history.turns[1]
    for changed in (
        replace(second, orders={**second.orders, "ASH": ()}),
        replace(second, events=second.events[1:]),
        replace(second, end=replace(second.end, next_id=5_000)),
        replace(second, stages=second.stages[:1]),
    ):
        turns = (history.turns[0], changed, *history.turns[2:])
        assert save_file.check_chain(replace(history, turns=turns)) == 2


def test_the_private_digest_tells_changed_beliefs_and_records() -> None:
    saved = campaign(3)
    digest = private_digest(saved.beliefs, saved.records)
    assert private_digest(saved.beliefs, (*saved.records[:2], {})) != digest
    hostile = saved.beliefs[1].hostile.copy()
    hostile[0, 1] += 1
    changed = (saved.beliefs[0], Beliefs(hostile, saved.beliefs[1].ground), *saved.beliefs[2:])
    assert private_digest(changed, saved.records) != digest


def test_the_list_of_saves_loads_nothing_heavy() -> None:
    check = (
        "import sys, game.saves.save_list as s; s.list_saves(s.saves_dir());"
        "print(sorted({'numpy', 'pydantic', 'tinydb', 'textual', 'filelock'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
