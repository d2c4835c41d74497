"""The lesson and other first games on The Five Crowns: what a newcomer meets, turn by turn."""

from collections.abc import Sequence
from functools import cache

import pytest

from game import Campaign, load_map
from game.tui.lesson import lesson
from game.tui.screens.title_screen import FIRST_MAP, FIRST_STATE
from game.world.questions import CrisisQuestion, OfferQuestion, Question

QUIET = ("decline", "none", "hold")


@cache
def _begun(
    seed: int, difficulty: str, *, as_lesson: bool = True
) -> tuple[Campaign, dict[int, list[Question]]]:
    """Three turns of one who orders nothing, declines and holds, with what was asked in each."""
    campaign = Campaign.new(
        load_map(FIRST_MAP),
        player=FIRST_STATE,
        seed=seed,
        difficulty=difficulty,
        doctrines=lesson.DOCTRINES if as_lesson else None,
    )
    asked: dict[int, list[Question]] = {1: [], 2: []}
    for turn in (1, 2):
        campaign.submit()
        while waiting := campaign.questions():
            asked[turn].extend(waiting)
            campaign.answer({one.id: _quiet(one.options) for one in waiting})
    campaign.submit()
    asked[3] = list(campaign.questions())
    return campaign, asked


def _quiet(options: tuple[str, ...]) -> str:
    return next((one for one in QUIET if one in options), options[0])


def _torn(asked: Sequence[Question]) -> bool:
    """Whether two offers exclude each other: one is against another who offers a pact too."""
    offers = {one.by: one.terms for one in asked if isinstance(one, OfferQuestion)}
    return any(
        terms.binding and terms.against in offers and offers[terms.against].binding
        for terms in offers.values()
    )


def _told_apart(campaign: Campaign, asked: Sequence[Question]) -> bool:
    """Whether Vorrund alone makes a demand, and Ombrel would stand aside by one reading alone."""
    crises = [one.by for one in asked if isinstance(one, CrisisQuestion)]
    stands = {one.state: one for one in campaign.adviser.crisis_bystanders("VOR", FIRST_STATE)}
    ombrel = stands["OMB"]
    sides = (ombrel.if_power, ombrel.if_threat)
    return crises == ["VOR"] and sides == ("", FIRST_STATE) and ombrel.differs > 0.5


def good_seeds(most: int = 300) -> list[int]:
    """The seeds that the lesson could have; for when the rules have moved."""
    found = []
    for seed in range(1, most):
        campaign, asked = _begun(seed, lesson.DIFFICULTY)
        if _torn(asked[1]) and _told_apart(campaign, asked[3]):
            found.append(seed)
    return found


def test_turn_1_of_the_lesson_brings_two_pacts_that_exclude_each_other() -> None:
    _, asked = _begun(lesson.SEED, lesson.DIFFICULTY)
    assert _torn(asked[1]), "the rules have moved: choose another of `good_seeds`"


def test_turn_3_of_the_lesson_brings_a_crisis_that_the_readings_forecast_oppositely() -> None:
    """A neighbour stands aside if it fears power, and by the player if it fears threat."""
    campaign, asked = _begun(lesson.SEED, lesson.DIFFICULTY)
    assert _told_apart(campaign, asked[3]), "the rules have moved: choose another of `good_seeds`"
    stands = campaign.adviser.crisis_bystanders("VOR", FIRST_STATE)
    assert stands[0].differs == max(one.differs for one in stands)


@pytest.mark.parametrize("seed", range(1, 26))
def test_no_first_game_loses_a_province_in_its_first_turns(seed: int) -> None:
    campaign, _ = _begun(seed, "normal", as_lesson=False)
    lost = [
        place.id
        for place in campaign.history.world.provinces
        if campaign.atlas.place(place.id).owner == FIRST_STATE
        and FIRST_STATE not in (place.owner, place.holder)
    ]
    assert lost == []
    assert not campaign.world.wars_of(FIRST_STATE)


def test_outside_the_lesson_the_neighbours_doctrines_are_drawn_from_the_seed() -> None:
    """Each of the five may fear power or threat, and every campaign has both."""
    drawn = [
        {state: seat.doctrine for state, seat in campaign._position.envelope.items()}
        for campaign in (Campaign.new(load_map(FIRST_MAP), seed=seed) for seed in range(20))
    ]
    for state in ("ALD", "OMB", "VOR", "SAR", "KHA"):
        assert {doctrines[state] for doctrines in drawn} == {"BOP", "BOT"}
    assert all({"BOP", "BOT"} == set(doctrines.values()) for doctrines in drawn)


def test_every_lesson_has_the_same_doctrines() -> None:
    campaign, _ = _begun(lesson.SEED, lesson.DIFFICULTY)
    doctrines = {state: campaign._position.envelope[state].doctrine for state in lesson.DOCTRINES}
    assert doctrines == lesson.DOCTRINES
