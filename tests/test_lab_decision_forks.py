"""Decisions taken again with one thing changed (S3, W11, T14), and intentions (S10)."""

from types import SimpleNamespace

import numpy as np
import pytest

from game.lab import forks
from game.lab.scorecard import decision_forks, intentions
from game.lab.scorecard.decision_forks import chances_in, without_allies
from game.lab.scorecard.pact_forks import _leavers, _ties_lost
from game.theory.choices import alignment_appraisal, question_appraisal
from game.theory.families.arms_and_posture import appraise_arms
from game.world.questions import PledgeQuestion
from tests.lab_case import conduct
from tests.worlds import tiny_world, with_treaty


def test_a_decision_taken_again_in_its_own_world_is_the_same() -> None:
    """Only what is changed can make a difference: with nothing changed there is none."""
    held = conduct("mixed", turns=6)
    for family, appraise in (("arms", appraise_arms), ("alignment", alignment_appraisal)):
        firsts = [
            (seen, record)
            for number, (seen, record) in enumerate(held.records)
            if record.family == family
            and not any(
                one.me == seen.me and one.turn == seen.turn and other.family == family
                for one, other in held.records[max(0, number - 12) : number]
            )
        ]
        assert len(firsts) > 10
        for seen, record in firsts[:20]:
            world = held.history.turns[seen.turn - 1].start
            again = chances_in(held, seen, world, appraise)
            assert [option for option, _ in again] == [
                record.options[place] for place in range(len(record.options))
            ]
            assert np.array([chance for _, chance in again]) == pytest.approx(
                record.probabilities, abs=1e-9
            )


def test_an_answer_given_again_in_its_own_world_is_the_same() -> None:
    held = conduct("mixed", turns=12)
    replies = [one for one in held.replies if isinstance(one.question, PledgeQuestion)]
    assert replies
    for reply in replies:
        asked = reply.question
        again = chances_in(
            held,
            reply.seen,
            reply.world,
            lambda view, sight, asked=asked: question_appraisal(view, sight, asked),  # type: ignore[misc]
        )
        for option, chance in again:
            assert chance == pytest.approx(reply.chance_of(option), abs=1e-9)


def test_S3_allies_alone_are_taken_away() -> None:
    """Nothing but the treaties that bind a state goes, and only its own."""
    held = conduct("mixed", turns=6)
    world = next(
        one.start
        for one in held.history.turns
        if any(treaty.binding for treaty in one.start.treaties)
    )
    treaty = next(one for one in world.treaties if one.binding)
    alone = without_allies(world, treaty.parties[0])
    assert not any(one.binding for one in alone.treaties_of(treaty.parties[0]))
    assert (alone.states, alone.provinces) == (world.states, world.provinces)
    others = [one for one in world.treaties if treaty.parties[0] not in one.parties]
    assert [one for one in alone.treaties if treaty.parties[0] not in one.parties] == others


def test_S3_is_no_difference_where_no_ally_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    held = conduct("mixed", turns=6)
    sums = decision_forks.measure_self_help(held)
    assert sums["n"] > 3
    assert sums["with"] != sums["without"]
    monkeypatch.setattr(decision_forks, "without_allies", lambda world, _state: world)
    same = decision_forks.measure_self_help(held)
    assert same["with"] == same["without"] == sums["with"]


def test_T14_the_signature_is_taken_away_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    held = conduct("mixed", turns=12)
    sums = decision_forks.measure_signatures(held)
    assert sums["bound"] > 0
    assert float(sums["bound"]) + float(sums["others"]) == sums["n"]
    assert sums["signed"] != sums["unsigned"]
    monkeypatch.setattr(forks, "without_treaties", lambda world, _treaties: world)
    same = decision_forks.measure_signatures(held)
    assert same["unsigned"] == pytest.approx(sums["signed"])


def test_W11_age_is_the_treatys_own() -> None:
    held = conduct("BOT", turns=10)
    sums = decision_forks.measure_longevity(held)
    assert sums["n"] > 0
    assert all(0 <= float(sums[name]) <= float(sums["n"]) for name in ("new", "old", "weak"))
    assert float(sums["weak"]) > float(sums["feared"])


def test_W12_the_leavers_own_ties_do_not_count() -> None:
    """A leader has more ties to lose: what counts are the ties among those who stay."""
    world = tiny_world(states={"AAA": {"army": 400}})
    for first, second in (("AAA", "BBB"), ("AAA", "CCC"), ("AAA", "DDD"), ("BBB", "CCC")):
        world = with_treaty(world, first, second)
    held = SimpleNamespace(
        history=SimpleNamespace(turns=[SimpleNamespace(start=world)]),
        index=world.atlas.state_index,
    )
    members = ("AAA", "BBB", "CCC", "DDD")
    leavers = _leavers(held, 1, members)  # type: ignore[arg-type]
    assert leavers[0] == "AAA"
    assert set(leavers) == set(members)
    gone = forks.without_treaties(world, list(world.treaties_of("AAA")))
    assert _ties_lost(world, gone, ("BBB", "CCC", "DDD")) == 0
    assert _ties_lost(world, gone, members) == 0.75
    star = forks.without_treaties(world, [world.treaties[-1]])
    held.history.turns[0].start = star
    assert _leavers(held, 1, members) == [], "nobody else is tied"  # type: ignore[arg-type]


def test_S10_intention_is_what_a_state_then_weighs_against_another() -> None:
    """Demands and attacks by who could make them, in the turns after the belief."""
    held = conduct("mixed", turns=12)
    meant, could = intentions._hostile_moves(held)
    assert could.any()
    assert (meant[~could] == 0).all()
    assert not could[:, range(len(held.ids)), range(len(held.ids))].any(), "nobody against itself"
    made = [
        (record.turn - 1, held.index[one.actor], held.index[one.target])
        for record in held.history.turns
        for one in record.events
        if one.kind in ("demand_made", "war_declared") and one.actor in record.orders
    ]
    assert made
    first = [place for place in made if could[place]]
    assert first, "what was done had stood on a menu"
    assert all(meant[place] > 0 for place in first)
