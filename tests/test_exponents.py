"""The exponents of a state's lens: their evidence, their intervals, what they are shown to know."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.history import History
from game.inference import exponents
from game.inference.choice_fit import fitted, stacked
from game.inference.choice_sets import choice_sets, drafts_by_turn
from game.inference.exponents import FEWEST, KINDS, MASS, NAMES, NOTHING, Interval
from game.inference.hypotheses import open_lens
from game.inference.option_figures import NAME, SEEK, SEEN, Draft, Options
from game.inference.rebuilt_beliefs import rebuilt
from game.maps.load import load_map
from game.theory.doctrine import BUILT_IN, Doctrine, Lens, Weights
from game.theory.lens import calibrate, views
from game.world.sight import Floats
from tests.conduct import drawn, play_out

STATES = ("ALD", "OMB", "SAR")
POWER, THREAT = BUILT_IN["BOP"].lens, BUILT_IN["BOT"].lens


@cache
def history() -> History:
    doc = load_map("five-crowns")
    return play_out(doc, 5, 20, drawn(doc, 5)).history


def test_the_evidence_of_a_lens_is_that_of_the_choices_as_a_theory_s_lens_shows_them() -> None:
    """The choices of the verdict, each with its own lens, fitted one kind after the other."""
    count, found = exponents.evidence(history(), STATES, [THREAT, POWER])
    choices = choice_sets(history(), STATES)
    for state in STATES:
        by_kind = {
            kind: [one for one in choices if (one.state, one.kind) == (state, kind)]
            for kind in KINDS
        }
        assert count[state] == sum(map(len, by_kind.values())) >= FEWEST
        for place, lens in enumerate(("BOT", "BOP")):
            own = sum(
                float(fitted(stacked(some, [replace(open_lens(kind), lens=lens)])).evidence[0])
                for kind, some in by_kind.items()
                if some
            )
            # The search ends a little short of the maximum, and not at the same place.
            assert found[state][place] == pytest.approx(own, abs=0.05)
        assert found[state][0] != pytest.approx(found[state][1], abs=0.1)


def test_states_fitted_together_are_fitted_as_each_alone() -> None:
    tried = exponents.lenses()[::50]
    _, together = exponents.evidence(history(), STATES, tried)
    for state in STATES:
        _, alone = exponents.evidence(history(), [state], tried)
        np.testing.assert_allclose(together[state], alone[state], atol=0.02)


def test_lenses_tried_together_are_each_what_they_are_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever they have in common, and wherever one array ends and the next begins."""
    monkeypatch.setattr(exponents, "AT_ONCE", 2)
    whole = [(1.0, 1.0, 1.0, 0.0), (1.0, 1.0, 1.0, 1.0), (1.0, 1.0, 0.0, 1.0), (1.0, 0.0, 1.0, 1.0)]
    tried = [Lens(one, poles_only) for poles_only in (False, True) for one in whole]
    _, together = exponents.evidence(history(), ["SAR"], tried)
    for place, lens in enumerate(tried):
        _, alone = exponents.evidence(history(), ["SAR"], [lens])
        assert together["SAR"][place] == pytest.approx(float(alone["SAR"][0]), abs=0.05)
    assert len(set(together["SAR"].round(1))) >= 4


def choosing(lens: Lens) -> Callable[..., Iterator[list[Draft]]]:
    """The choices of a history as one would have made them who takes what saves it most."""
    scale = calibrate(history().start, rebuilt(history())[0], Doctrine("", lens, Weights()))

    def saving(*given: Any) -> Iterator[list[Draft]]:
        for drafts in drafts_by_turn(*given):
            some = [draft for draft in drafts if draft.kind in (NAME, SEEK)]
            made = []
            for draft in some:
                shown = Options([draft]).through(partial(views, lens=lens, scale=scale))
                security: Floats = shown[:, SEEN.index("security")]
                made.append(replace(draft, taken=int(np.argmax(security))))
            yield made

    return saving


@pytest.mark.parametrize(("lens", "rival"), [(POWER, THREAT), (THREAT, POWER)])
def test_choices_made_by_a_lens_are_explained_by_it_and_not_by_the_rival_s(
    lens: Lens, rival: Lens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And of all lenses in which a factor counts wholly or not at all none does much better."""
    monkeypatch.setattr(exponents, "drafts_by_turn", choosing(lens))
    tried = [one for one in exponents.lenses() if set(one.exponents) <= {0.0, 1.0}]
    states = [state.id for state in history().start.states]
    _, found = exponents.evidence(history(), states, tried)
    heights = sum(found.values(), np.zeros(len(tried)))
    own = heights[tried.index(lens)]
    assert own > heights.max() - 5
    assert own > heights[tried.index(rival)] + 10


LEVELS = np.array([-0.5, 0.0, 0.5, 1.0, 1.5, 2.0])
STEP = 0.5


@given(st.lists(st.floats(0.001, 1.0), min_size=6, max_size=6))
def test_an_interval_holds_its_share_and_its_estimate(weights: Sequence[float]) -> None:
    shares = np.array(weights) / sum(weights)
    found = exponents._interval(LEVELS, shares)
    assert found.estimate is not None
    low = LEVELS[0] - STEP / 2 if found.low is None else found.low
    high = LEVELS[-1] + STEP / 2 if found.high is None else found.high
    assert low <= found.estimate <= high
    # How much of each level's cell lies within.
    part = np.minimum(LEVELS + STEP / 2, high) - np.maximum(LEVELS - STEP / 2, low)
    assert (np.clip(part, 0, STEP) / STEP * shares).sum() >= MASS - 1e-3
    assert found.low is None or found.low >= LEVELS[0]
    assert found.high is None or found.high <= LEVELS[-1]


def test_an_interval_is_where_the_share_is_and_open_where_it_leaves_what_was_tried() -> None:
    def at(*shares: float) -> Interval:
        return exponents._interval(LEVELS, np.array(shares))

    middle = at(0, 0, 0, 1, 0, 0)
    assert middle.low == pytest.approx(0.75, abs=0.06)
    assert middle.high == pytest.approx(1.25, abs=0.06)
    assert middle.estimate == pytest.approx(1.0, abs=0.01)
    assert at(0, 0, 0, 0.2, 0.3, 0.5).high is None
    assert at(0.5, 0.3, 0.2, 0, 0, 0).low is None
    everywhere = at(*[1 / 6] * 6)
    assert everywhere.low is None or everywhere.high is None


def test_every_exponent_is_tried_with_every_other() -> None:
    tried = exponents.lenses()
    assert len(set(tried)) == len(tried) == 2 * np.prod([len(one) for one in exponents.LEVELS])
    assert {POWER, THREAT} <= set(tried)


def few_lenses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try few lenses; the history is read alike."""
    monkeypatch.setattr(exponents, "LEVELS", ((0.5, 1.0), *[(0.0, 1.0)] * 3))


def test_exponents_are_told_with_intervals_and_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    few_lenses(monkeypatch)
    told: list[tuple[int, int]] = []
    found = exponents.fits(history(), STATES, lambda done, total: told.append((done, total)))
    assert tuple(found) == STATES
    for fit in found.values():
        assert tuple(fit.exponents) == NAMES
        for one in fit.exponents.values():
            assert one.estimate is not None
            assert one.low is None or one.low <= one.estimate
            assert one.high is None or one.high >= one.estimate
    assert told == [(done, len(told)) for done in range(1, len(told) + 1)]


def test_a_fit_is_ended_by_its_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    few_lenses(monkeypatch)
    told = []

    def stop(done: int, total: int) -> None:
        told.append(done)
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exponents.fits(history(), ["ALD"], stop)
    assert told == [1, 2, 3]


def test_a_state_that_hardly_chose_has_no_exponents() -> None:
    doc = load_map("five-crowns")
    short = play_out(doc, 2, 1, drawn(doc, 2))
    found = exponents.fits(short.history, ["ALD"])["ALD"]
    assert found.decisions < FEWEST
    assert all(one == NOTHING for one in found.exponents.values())


def test_a_fit_leaves_nothing_behind_with_what_states_saw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fields of hundreds of lenses would fill the memory."""
    few_lenses(monkeypatch)
    kept: list[Options] = []

    class Watched(Options):
        def __init__(self, drafts: Sequence[Draft]) -> None:
            super().__init__(drafts)
            kept.append(self)

    monkeypatch.setattr(exponents, "Options", Watched)
    exponents.fits(history(), ["ALD"])
    assert kept
    for one in kept:
        for sight in one.sights:
            tried = {lens.field for lens in exponents.lenses()} - {POWER, POWER.danger}
            assert not tried & {key[0] for key in sight.facts.cache if isinstance(key, tuple)}
