"""Whom an attacker must reckon with: promises, and those who would stand by a victim unasked."""

from dataclasses import replace

import pytest

from game.maps.load import load_map
from game.theory.choice_rule import TERM
from game.theory.families.crisis import appraise_exchange
from game.theory.families.expected_coalitions import foreseen, would_stand
from game.world.coalitions import coalitions
from game.world.model import World
from game.world.questions import CrisisQuestion
from tests.forks import Moment, moment
from tests.worlds import with_crisis, with_treaty


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


@pytest.mark.parametrize("doctrine", ["BOP", "BOT"])
def test_an_exchange_is_weighed_with_all_whom_the_war_would_call(doctrine: str) -> None:
    """A asks of B, by whom C has pledged to stand; D is bound to A by a pact that names C.

    D comes once C is in, so that A has less to lose by a climb.
    """
    at = moment(load_map("five-crowns"))
    by, of, pledger, far = "KHA", "SAR", "ALD", "OMB"
    assert not at.world.bound_to(pledger)
    world = with_crisis(at.world, by, of, rung=2, pledges=((pledger, of),))
    question = CrisisQuestion("q", by, of, world.crises[-1].id, 1)

    def cost_of_climbing(world: World) -> float:
        now = at.with_world(world)
        made = appraise_exchange(now.view(by, doctrine), now.sight(by), question)
        return float(made.terms[made.options.index("climb"), TERM["cost"]])

    chained = with_treaty(world, by, far, against=pledger)
    assert coalitions(chained, by, of, ((pledger, of),))[0] == (by, far)
    assert cost_of_climbing(chained) > cost_of_climbing(world)
