"""How hard an aim is, is told from what was measured of that very aim, and of no other."""

from dataclasses import replace

import pytest

from game import load_map
from game.advice.aim_words import how_hard
from game.maps import aim_figures
from game.maps.aim_figures import AimFigure, aim_figure
from game.maps.find import shipped_ids
from game.world.world_setup import build_world


def test_every_aim_of_every_shipped_map_was_measured_as_it_is_now() -> None:
    for map_id in shipped_ids():
        atlas = build_world(load_map(map_id))[0].atlas
        for state, aims in atlas.aims.items():
            for aim in aims:
                found = aim_figure(map_id, state, aim)
                assert found is not None, (map_id, state, aim.id)
                assert 0.0 <= found.reached <= 1.0
                assert found.campaigns > 0


def test_an_aim_that_was_changed_or_is_unknown_has_no_figure() -> None:
    aim = build_world(load_map("five-crowns"))[0].atlas.aims["ALD"][0]
    assert aim_figure("five-crowns", "ALD", replace(aim, target=0.01)) is None
    assert aim_figure("five-crowns", "ALD", replace(aim, kind="hold")) is None
    assert aim_figure("five-crowns", "ALD", replace(aim, side=1.5)) is None
    assert aim_figure("five-crowns", "ALD", replace(aim, turns=aim.turns + 1)) is None
    assert aim_figure("elsewhere", "ALD", aim) is None


def test_the_file_names_no_aim_that_is_not_there() -> None:
    there = {
        f"{map_id}/{state}/{aim.id}"
        for map_id in shipped_ids()
        for state, aims in build_world(load_map(map_id))[0].atlas.aims.items()
        for aim in aims
    }
    assert set(aim_figures._measured()) == there


@pytest.mark.parametrize(
    ("reached", "called"),
    [(0.0, "Very hard"), (0.3, "Hard"), (0.55, "Open"), (0.8, "Within reach"), (1.0, "Within")],
)
def test_hardness_is_told_in_words_and_a_figure(reached: float, called: str) -> None:
    told = how_hard(AimFigure(reached, 6))
    assert told.startswith(called)
    assert f"{reached:.0%}" in told
    assert "6 campaigns" in told
