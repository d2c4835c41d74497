"""The map: what stands where in a window, and how it is drawn."""

from __future__ import annotations

import numpy as np
import pytest
from textual.app import App, ComposeResult

from game.tui.map_paint import OVERLAY_NAMES, OVERLAYS, blocs, letters_of
from game.tui.map_raster import COAST, FAINT, KINDS, STRIPE, STRONG, fit, kinds, middles, sample
from game.tui.map_view import MapView
from game.tui.snapshot import preview, take
from game.tui.themes import DARK, LIGHT, MAP_COLOURS, SAFE, THEMES
from game.world.world_setup import build_world
from tests.tui_maps import small_map


@pytest.mark.parametrize("window", [(72, 20), (20, 20), (120, 5), (7, 3), (1, 1)])
def test_the_whole_map_fits_and_no_province_is_lost_where_there_is_room(
    window: tuple[int, int],
) -> None:
    cells = build_world(small_map())[0].atlas.cells
    view = fit(*cells.shape, *window)
    pixels = sample(cells, view)
    assert pixels.shape == (2 * window[1], window[0])
    if window[0] >= 20 and window[1] >= 10:
        assert set(np.unique(pixels[pixels >= 0])) == set(range(7))


def test_zooming_shows_less_and_keeps_the_middle_inside() -> None:
    view = fit(100, 100, 50, 25, 4.0, (90.0, 10.0))
    assert view.columns / view.across < 100
    row, column = view.pixel(90, 10)
    assert 0 <= row < 50
    assert 0 <= column < 50


def test_borders_of_states_are_stronger_than_those_of_provinces() -> None:
    pixels = np.array([[0, 1, 2], [0, 1, 2]])
    owners = np.array([0, 0, 1])
    code = kinds(pixels, owners, owners)
    assert code[0, 0] % KINDS == FAINT
    assert code[0, 1] % KINDS == STRONG


def test_land_that_another_holds_is_striped_and_water_by_land_is_coast() -> None:
    pixels = np.array([[0, 0, 0, -1]])
    code = kinds(pixels, np.array([0]), np.array([1]))
    assert STRIPE in (code[0, :3] % KINDS)
    assert code[0, 3] == KINDS + COAST


def test_the_middle_of_a_province_lies_in_it() -> None:
    cells = build_world(small_map())[0].atlas.cells
    for number, (row, column) in enumerate(middles(cells, 7)):
        assert cells[int(row), int(column)] == number


def test_states_have_letters_of_their_own() -> None:
    letters = letters_of(build_world(small_map())[0])
    assert len(set(letters)) == len(letters)


def test_blocs_are_those_bound_to_each_other() -> None:
    assert blocs(build_world(small_map())[0]) == [["BRA", "CHA"]]


@pytest.mark.parametrize("name", list(OVERLAYS))
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_overlay_says_it_by_sign_too(name: str, theme: object) -> None:
    from game.campaign import Campaign

    snapshot = take(Campaign.new(small_map(), player="ALF", seed=1))
    painting = OVERLAYS[name](snapshot, MAP_COLOURS[theme.name])  # type: ignore[attr-defined]
    count = len(snapshot.world.states)
    assert len(painting.fills) == len(painting.marks) == len(painting.letters) == count
    if name != "owner":
        assert any(painting.marks)
        assert painting.legend


def test_neighbours_differ_in_the_colour_blind_safe_palette() -> None:
    from game.tui.map_paint import owner_fills
    from game.world.legality import is_neighbour

    world = build_world(small_map())[0]
    fills = dict(
        zip(world.atlas.state_index, owner_fills(world, MAP_COLOURS[SAFE.name]), strict=True)
    )
    for first in fills:
        for second in fills:
            if first < second and is_neighbour(world, first, second):
                assert fills[first] != fills[second]


class _Map(App[None]):
    def __init__(self, theme: str = DARK.name) -> None:
        super().__init__()
        for one in THEMES:
            self.register_theme(one)
        self.theme = theme

    def compose(self) -> ComposeResult:
        yield MapView(id="map")


def _rows(view: MapView) -> list[str]:
    return [view.render_line(y).text for y in range(view.size.height)]


async def test_arrows_go_from_place_to_place_and_enter_the_province_they_show() -> None:
    app = _Map()
    async with app.run_test(size=(72, 24)) as pilot:
        view = app.query_one(MapView)
        view.show(preview(build_world(small_map())[0], "ALF"))
        view.focus()
        start = view.cursor
        await pilot.press("right", "right")
        assert view.cursor != start
        assert view.state == "CHA" or view.state == "BRA"
        for _ in range(20):
            await pilot.press("left")
        assert view.state == "ALF"


async def test_a_click_selects_what_is_under_the_mouse() -> None:
    app = _Map()
    async with app.run_test(size=(72, 24)) as pilot:
        view = app.query_one(MapView)
        view.show(preview(build_world(small_map())[0], "ALF"))
        await pilot.pause()
        ys, xs = np.nonzero(view.canvas.pixels == 3)
        await pilot.click("#map", offset=(int(xs[0]), int(ys[0]) // 2))
        assert view.state == "DEL"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (20, 5), (1, 1)])
@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name, SAFE.name])
async def test_every_line_has_the_width_of_the_window(size: tuple[int, int], theme: str) -> None:
    app = _Map(theme)
    async with app.run_test(size=size) as pilot:
        view = app.query_one(MapView)
        view.show(
            preview(build_world(small_map(BRA="[@click=app.quit]x[/]", CHA="日本国"))[0], "ALF")
        )
        for name in OVERLAYS:
            if name in ("owner", "alliances"):
                view.overlay = name
                await pilot.pause()
                assert {view.render_line(y).cell_length for y in range(view.size.height)} == {
                    view.size.width
                }


async def test_without_colour_states_are_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = _Map()
    async with app.run_test(size=(72, 24)) as pilot:
        view = app.query_one(MapView)
        view.show(preview(build_world(small_map())[0], "ALF"))
        await pilot.pause()
        text = "".join(_rows(view))
        assert "▀" not in text
        for letter in letters_of(build_world(small_map())[0]):
            assert text.count(letter) >= 3


async def test_what_changed_hands_flashes_and_fades() -> None:
    app = _Map()
    async with app.run_test(size=(72, 24)) as pilot:
        view = app.query_one(MapView)
        view.show(preview(build_world(small_map())[0], "ALF"))
        await pilot.pause()
        before = list(view.canvas.table)
        view.flash(frozenset({"pd"}))
        assert view.canvas.table != before
        view.unflash()
        assert view.canvas.table == before


def test_every_overlay_has_a_short_name() -> None:
    assert set(OVERLAY_NAMES) == set(OVERLAYS)
