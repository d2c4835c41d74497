"""The same seed, orders and map give the same campaign, to the last digit; and breaks are seen.

Every check here is also run against a game that was broken on purpose, and has to fail there.
"""

import builtins
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import fsum
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from breakages import BREAKAGES, MAP, SEED, TURNS, with_phase
from command import ROOT
from golden import CAMPAIGNS, FIGURES, difference, measure, path_of

from game import Campaign, load_map, play
from game.engine.turn_context import TurnContext
from game.history import canonical
from game.world.orders import Order, Penetrate

FOUR = (MAP, SEED, TURNS)


def digest_in_a_process(breakage: str = "", **env: str) -> str:
    """The digest of a short campaign, played by an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "tests/breakages.py", *([breakage] if breakage else [])],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def digests_under_hash_seeds(breakage: str = "") -> set[str]:
    return {digest_in_a_process(breakage, PYTHONHASHSEED=seed) for seed in ("0", "1", "4242")}


# the same campaign again


def test_a_campaign_comes_out_the_same_twice() -> None:
    assert measure(*FOUR) == measure(*FOUR)


def test_another_seed_makes_another_campaign() -> None:
    assert measure(MAP, SEED, TURNS)["chain"] != measure(MAP, SEED + 1, TURNS)["chain"]


def test_a_campaign_comes_out_the_same_whatever_the_hash_seed() -> None:
    assert digests_under_hash_seeds() == {measure(*FOUR)["digest"]}


def test_a_reordered_set_is_seen() -> None:
    assert len(digests_under_hash_seeds("reordered_set")) > 1


def test_chance_that_is_not_the_seed_s_is_seen() -> None:
    with BREAKAGES["clock_in_the_dice"]():
        assert measure(*FOUR) != measure(*FOUR)


def dispatched_features() -> list[str]:
    """Features of this processor that NumPy chooses code by, and that can be switched off."""
    try:
        from numpy._core import _multiarray_umath as umath
    except ImportError:
        from numpy.core import _multiarray_umath as umath
    here: Mapping[str, bool] = umath.__cpu_features__
    return [name for name in umath.__cpu_dispatch__ if here.get(name)]


def test_a_campaign_comes_out_the_same_without_the_processor_s_features() -> None:
    features = dispatched_features()
    if not features:
        pytest.skip("this processor has no feature that NumPy could do without")
    plain = digest_in_a_process(NPY_DISABLE_CPU_FEATURES=" ".join(features))
    assert plain == measure(*FOUR)["digest"]


@pytest.mark.parametrize(("name", "seed", "turns"), CAMPAIGNS)
def test_a_campaign_comes_out_as_it_did_on_other_machines(name: str, seed: int, turns: int) -> None:
    golden = json.loads(path_of(name).read_text("utf-8"))
    changed = difference(golden, measure(name, seed, turns))
    if changed:
        pytest.fail(changed, pytrace=False)


@pytest.mark.parametrize("breakage", ["shared_stream", "clock_in_the_dice", "forgotten_event"])
def test_a_golden_campaign_sees_a_break(breakage: str) -> None:
    name, seed, turns = CAMPAIGNS[0]
    whole = measure(name, seed, turns)
    with BREAKAGES[breakage]():
        assert measure(name, seed, turns)["chain"] != whole["chain"]


def richer_in_turn_two(context: TurnContext) -> None:
    """A phase that gives one state one unit of money, as the second turn ends and 3 begins."""
    if context.world.turn == 3:
        context.pay({"SAR": 1})


def test_a_failed_golden_names_the_first_turn_and_the_state_that_differ() -> None:
    whole = measure(*FOUR)
    money = whole["course"][1]["states"]["SAR"].split()[FIGURES.index("treasury")]
    with with_phase(richer_in_turn_two):
        lines = difference(whole, measure(*FOUR)).splitlines()
    assert lines[1:3] == [
        "Turn 2 is the first that differs:",
        f"state SAR at the end: treasury expected {money}, found {int(money) + 1}",
    ]


def test_a_failed_golden_names_the_first_event_that_differs() -> None:
    whole = measure(*FOUR)
    happened = whole["course"][0]["events"]
    with BREAKAGES["forgotten_event"]():
        lines = difference(whole, measure(*FOUR)).splitlines()
    assert lines[1] == "Turn 1 is the first that differs:"
    assert lines[2] == f"event {len(happened)}: expected {happened[-1]}, found nothing"


def test_a_failed_golden_names_the_first_order_that_differs() -> None:
    """Another seed: the states choose otherwise, which is the cause of all that follows."""
    whole, other = measure(*FOUR), measure(MAP, SEED + 1, TURNS)
    shown = difference(whole, other)
    turn = next(
        place
        for place, (one, two) in enumerate(zip(whole["course"], other["course"], strict=True))
        if one["orders"] != two["orders"]
    )
    assert f"Turn {turn + 1} is the first that differs:\norder " in shown


def test_two_campaigns_that_are_the_same_differ_in_nothing() -> None:
    assert difference(measure(*FOUR), json.loads(json.dumps(measure(*FOUR)))) == ""


def test_what_a_turn_s_lines_do_not_show_is_named_by_the_digest() -> None:
    whole = measure(*FOUR)
    digests = [*whole["chain"][:2], "another", *whole["chain"][3:]]
    shown = difference(whole, {**whole, "chain": digests})
    assert "Turn 3 is the first that differs:\nits digest, and nothing else" in shown


# chance is keyed


def draws_of_two_turns(*orders: Order) -> dict[tuple[Any, ...], float]:
    """Every draw of the first two turns by its key, where one state begins with these orders."""
    drawn: dict[tuple[Any, ...], float] = {}
    make = play.dice

    def listening(seed: int) -> Any:
        draw = make(seed)

        def kept(*key: Any) -> float:
            drawn.setdefault(key, draw(*key))
            return drawn[key]

        return kept

    position = Campaign.new(load_map(MAP), player="ALD", seed=SEED)._position
    with mock.patch("game.play.dice", listening):
        for given in (orders, ()):
            position = play.begin(position, {"ALD": given})
            while position.waiting:
                position = play.answer(position, play.silence(position.waiting))
    return drawn


def other_dice_fall_as_they_fell() -> bool:
    """Whether one more order leaves every draw alone that is made with and without it."""
    with_it, without_it = draws_of_two_turns(Penetrate("TAR", "lobby")), draws_of_two_turns()
    assert with_it.keys() != without_it.keys(), "the order was to need a draw of its own"
    common = with_it.keys() & without_it.keys()
    assert len(common) > 50
    return all(with_it[key] == without_it[key] for key in common)


def test_one_more_order_leaves_all_other_dice_as_they_fell() -> None:
    assert other_dice_fall_as_they_fell()


def test_a_shared_stream_is_seen() -> None:
    with BREAKAGES["shared_stream"]():
        assert not other_dice_fall_as_they_fell()


# the world is whole numbers


def test_a_float_in_the_world_is_seen() -> None:
    with BREAKAGES["float_in_the_world"](), pytest.raises(TypeError, match="float"):
        measure(*FOUR)


def test_a_numpy_number_in_the_world_is_seen() -> None:
    import numpy as np

    world = Campaign.new(load_map(MAP), seed=SEED).world
    first = replace(world.states[0], treasury=np.int64(3))
    with pytest.raises(TypeError, match="int64"):
        canonical(replace(world, states=(first, *world.states[1:])))


def test_every_world_of_a_campaign_is_canonical() -> None:
    campaign = Campaign.new(load_map(MAP), seed=SEED, turns=TURNS)
    while not campaign.over:
        campaign.submit()
    for record in campaign.history.turns:
        for world in (record.start, record.end, *(stage.world for stage in record.stages)):
            canonical(world)


# replay


def replays(history: Any) -> bool:
    return play.replay(history).digest == history.digest


def played() -> Campaign:
    campaign = Campaign.new(load_map(MAP), seed=SEED, turns=TURNS)
    while not campaign.over:
        campaign.submit()
    return campaign


def test_a_campaign_replays_from_its_orders_and_answers() -> None:
    assert replays(played().history)


def test_a_break_is_seen_by_the_replay() -> None:
    history = played().history
    for breakage in ("shared_stream", "clock_in_the_dice", "forgotten_event"):
        with BREAKAGES[breakage]():
            try:
                same = replays(history)
            except ValueError:
                same = False
        assert not same, breakage


def test_a_python_that_sums_floats_otherwise_plays_the_same_world(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From Python 3.12 on, `sum` makes up for what it rounds away."""

    def digest() -> str:
        campaign = Campaign.new(load_map("random:11:5"), seed=11, turns=20)
        while not campaign.over:
            campaign.submit()
        return campaign.digest

    def exact(values: Iterable[Any], start: Any = 0) -> Any:
        given = [start, *values]
        return fsum(given) if any(type(one) is float for one in given) else plain(given)

    before, plain = digest(), builtins.sum
    monkeypatch.setattr(builtins, "sum", exact)
    assert digest() == before


def test_a_save_replays_after_it_was_read_again(tmp_path: Path) -> None:
    campaign = played()
    loaded = Campaign.load(campaign.save(tmp_path / "a.json"))
    assert loaded.digest == campaign.digest
    assert replays(loaded.history)


# acceptance


@pytest.mark.acceptance
@pytest.mark.parametrize("name", [name for name, _, _ in CAMPAIGNS])
def test_twenty_seeds_run_are_saved_and_replay(name: str, twentieth: bool, tmp_path: Path) -> None:
    for seed in range(1, 2 if twentieth else 21):
        campaign = Campaign.new(load_map(name), seed=seed, turns=20)
        while not campaign.over:
            campaign.submit()
        loaded = Campaign.load(campaign.save(tmp_path / f"{seed}.json"))
        assert loaded.digest == campaign.digest
        assert replays(loaded.history)
