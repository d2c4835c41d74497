"""Whom an attacker must reckon with: promises, and those who would stand by a victim unasked."""

from dataclasses import replace

import pytest

from game.maps.load import load_map
from game.theory.families.expected_coalitions import foreseen, would_stand
from tests.forks import Moment, moment
from tests.worlds import with_treaty


def stands(at: Moment, me: str, victim: str, doctrine: str) -> tuple[str, ...]:
    return would_stand(at.view(me, doctrine), at.sight(me)).get(victim, ())


@pytest.mark.parametrize("doctrine", ["BOP", "BOT"])
def test_the_strongest_foresees_that_others_stand_by_its_victim(doctrine: str) -> None:
    """An attacker foresees who joins against it; a weak one has nobody to foresee (W1, T2)."""
    at = moment(load_map("five-crowns"))
    beside = stands(at, "KHA", "SAR", doctrine)
    assert beside
    assert not {"KHA", "SAR"} & set(beside)
    assert stands(at, "LYS", "KHA", doctrine) == ()
    (side,) = foreseen(at.view("KHA", doctrine), at.sight("KHA"), ("SAR",))
    assert side[0] == "SAR"
    assert set(side) >= {"SAR", *beside}


def test_who_shuns_every_alliance_foresees_nobody() -> None:
    at = moment(load_map("five-crowns"))
    assert at.frame.doctrines["ISOLATION"].lens == replace(
        at.frame.doctrines["BOT"].lens, alone=True
    )
    assert stands(at, "KHA", "SAR", "ISOLATION") == ()


def test_who_is_bound_to_the_attacker_is_not_expected_against_it() -> None:
    at = moment(load_map("five-crowns"))
    first = stands(at, "KHA", "SAR", "BOP")[0]
    bound = at.with_world(with_treaty(at.world, "KHA", first, against="SAR"))
    assert first not in stands(bound, "KHA", "SAR", "BOP")
