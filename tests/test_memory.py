"""A campaign's memory: a decision that is over leaves what letters need, and nothing of its menus.

What was dropped is computed again, and comes out the same.
"""

import gc
import json
import tracemalloc
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from game import Campaign, Refused, load_map, play
from game.advice.decision_summary import summarise
from game.advice.visible_history import visible_history
from game.campaign.opening import opening
from game.history import History
from game.inference.evidence import gather
from game.lab.conduct import in_full
from game.theory.choice_rule import BriefRecord, Record
from game.theory.families.alignment import AlignmentMenu
from game.theory.lens import View
from game.world import memo
from game.world.sight import seen_by

GROWTH = 0.2 * 2**20
"""The most a campaign of 20 states may grow in a turn, bytes."""


def played(name: str, turns: int, *, full: bool) -> play.Position:
    position = replace(opening(load_map(name), seed=3, turns=turns), full_records=full)
    for _ in range(turns):
        position = play.begin(position, {})
    return position


def test_a_campaign_of_twenty_states_grows_little_once_ten_turns_are_played() -> None:
    campaign = Campaign.new(load_map("random:1:20"), seed=1, turns=16)
    tracemalloc.start()
    try:
        while len(campaign.history.turns) < 10:
            campaign.submit()
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        while not campaign.over:
            campaign.submit()
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown / 6 < GROWTH


def views_alive() -> int:
    return sum(isinstance(thing, View) for thing in gc.get_objects())


def test_no_view_outlives_its_turn() -> None:
    """Nor does it wait for the collector of cycles, which comes late where arrays are large."""
    gc.collect()
    before = views_alive()
    gc.disable()
    try:
        position = played("random:1:20", 2, full=False)
        assert views_alive() == before
    finally:
        gc.enable()
    assert len(position.records) == 2


def test_worlds_that_are_past_hold_nothing_that_was_worked_out_of_them() -> None:
    position = played("five-crowns", 3, full=False)
    for record in position.history.turns:
        for world in (record.start, *(stage.world for stage in record.stages)):
            with pytest.raises(AttributeError):
                object.__getattribute__(world, "memo")


def same(one: object, other: object) -> bool:
    """Whether two menus, arrays or other parts of records are the same."""
    if isinstance(one, AlignmentMenu) and isinstance(other, AlignmentMenu):
        return list(one) == list(other)
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other)
    return bool(one == other)


@pytest.fixture(scope="module", params=["five-crowns", "europe-1909"])
def both(request: pytest.FixtureRequest) -> tuple[play.Position, play.Position]:
    """One campaign twice: with its full records, and without."""
    return played(request.param, 4, full=True), played(request.param, 4, full=False)


def test_decisions_computed_again_are_those_that_were_taken(
    both: tuple[play.Position, play.Position],
) -> None:
    full, brief = both
    families = set()
    for index, kept in enumerate(full.records):
        again = play.decided(brief, index + 1, list(kept))
        assert list(again) == list(kept)
        for state, records in kept.items():
            taken = in_full(records)
            assert len(again[state]) == len(taken)
            for one, other in zip(again[state], taken, strict=True):
                families.add(one.family)
                for part in fields(Record):
                    assert same(getattr(one, part.name), getattr(other, part.name)), part.name
    assert {"alignment", "answers", "arms", "posture"} <= families


def test_both_ways_of_keeping_records_give_one_history(
    both: tuple[play.Position, play.Position],
) -> None:
    full, brief = both
    assert full.history.digest == brief.history.digest
    assert play.private_digest(full) == play.private_digest(brief)


def test_a_brief_record_says_what_the_full_one_said(
    both: tuple[play.Position, play.Position],
) -> None:
    full, brief = both
    for kept, short, turn in zip(full.records, brief.records, full.history.turns, strict=True):
        for state, records in kept.items():
            world = seen_by(turn.start, full.beliefs[0], state).world
            for one, other in zip(records, short[state], strict=True):
                assert isinstance(other, BriefRecord)
                assert other.full is None
                assert summarise(other, world, state) == summarise(one, world, state)


def test_a_turn_that_was_not_played_has_no_decisions() -> None:
    campaign = Campaign.new(load_map("five-crowns"), seed=3, turns=1)
    campaign.submit()
    for turn in (0, 2):
        with pytest.raises(ValueError, match=f"no turn {turn}"):
            campaign.debriefing.decisions(turn)


def test_rivals_records_are_sealed_until_it_is_over() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=3, turns=2)
    campaign.submit()
    with pytest.raises(Refused, match="sealed"):
        campaign.debriefing.decisions(1)


def remembering_worlds(history: History) -> int:
    """How many past worlds hold what was worked out of them."""
    return sum(memo._remembers(world) for record in history.turns for world in record.worlds)


def test_looking_back_at_a_campaign_leaves_its_past_worlds_as_they_were() -> None:
    history = played("five-crowns", 6, full=False).history
    found = list(gather(history))
    assert len({one.turn for one in found}) == 6
    assert visible_history(history, "ALD").turns
    assert remembering_worlds(history) == 0


def test_looking_back_takes_nothing_from_who_looks_still() -> None:
    history = played("five-crowns", 3, full=True).history
    before = remembering_worlds(history)
    assert before > 0
    list(gather(history))
    assert remembering_worlds(history) == before


def test_decisions_that_were_told_are_let_go_and_can_be_saved_again(tmp_path: Path) -> None:
    campaign = Campaign.new(load_map("five-crowns"), seed=3, turns=4)
    for turn in range(1, 5):
        campaign.submit()
        campaign.save(tmp_path / f"{turn}.json")
        assert not any(campaign._position.records)
    kept = Campaign.load(tmp_path / "4.json")
    read, told = (list(one._decision_summaries()) for one in (kept, campaign))
    assert read == json.loads(json.dumps(told))
    assert all(kept._decision_summaries())
