"""Only changed cells are written, and the terminal looks as if all had been."""

from io import StringIO
from typing import Any

from emulated_terminal import EmulatedTerminal
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from game.tui.changed_cells import ChangedCells, ShownCells, WholeScreen

WIDTH, MIDDLE = 20, 9
STYLES = (None, Style(color="#aa3322"), Style(color="#aa3322", bold=True), Style(bgcolor="#112233"))
CONSOLE = Console(file=StringIO(), force_terminal=True, color_system="truecolor", _environ={})

pieces = st.lists(
    st.tuples(st.text("ab ▀漢字", min_size=1, max_size=4), st.sampled_from(STYLES)), max_size=8
)


def strip_of(parts: list[tuple[str, Any]], width: int) -> Strip:
    segments = [Segment(text, style) for text, style in parts]
    return Strip(segments).adjust_cell_length(width, Style())


def update_of(left: Strip, right: Strip, spans: list[tuple[int, int, int]]) -> ChopsUpdate:
    return ChopsUpdate([{0: left, MIDDLE: right}], spans, [[MIDDLE, WIDTH]])


@settings(max_examples=400)
@given(st.lists(st.tuples(pieces, pieces, st.booleans()), min_size=1, max_size=6))
def test_the_terminal_looks_as_if_every_line_had_been_written_whole(
    moments: list[tuple[list[Any], list[Any], bool]],
) -> None:
    shown, terminal = ShownCells(), EmulatedTerminal(WIDTH, 1)
    for first, second, whole in moments:
        left, right = strip_of(first, MIDDLE), strip_of(second, WIDTH - MIDDLE)
        everything = LayoutUpdate([[left, right]], Region(0, 0, WIDTH, 1))
        if whole:
            terminal.feed(WholeScreen(everything, shown).render_segments(CONSOLE))
        else:
            update = update_of(left, right, [(0, 0, WIDTH)])
            terminal.feed(ChangedCells(update, shown).render_segments(CONSOLE))
        wanted = EmulatedTerminal(WIDTH, 1)
        wanted.feed(everything.render_segments(CONSOLE))
        assert terminal.cells == wanted.cells
    again = ChangedCells(update_of(left, right, [(0, 0, WIDTH)]), shown)
    assert again.render_segments(CONSOLE) == ""


def test_a_changed_word_is_all_that_is_written() -> None:
    shown = ShownCells()
    plain = strip_of([("army 670 fleet 3", None)], WIDTH - MIDDLE + 5)
    line = [Strip.blank(MIDDLE), plain]
    WholeScreen(LayoutUpdate([line], Region(0, 0, WIDTH, 1)), shown).render_segments(CONSOLE)
    changed = strip_of([("army 671 fleet 3", None)], WIDTH - MIDDLE + 5)
    update = update_of(line[0], changed, [(0, 0, WIDTH)])
    assert ChangedCells(update, shown).render_segments(CONSOLE) == f"\x1b[1;{MIDDLE + 8}H1"


def test_outside_of_what_is_repainted_nothing_is_written() -> None:
    shown = ShownCells()
    left, right = strip_of([("a" * MIDDLE, None)], MIDDLE), strip_of([("b" * 11, None)], 11)
    update = update_of(left, right, [(0, 4, 6), (0, 12, 13)])
    assert ChangedCells(update, shown).render_segments(CONSOLE) == "\x1b[1;5Haa\x1b[1;13Hb"


def test_what_is_forgotten_is_written_anew() -> None:
    shown = ShownCells()
    left, right = strip_of([("a" * MIDDLE, None)], MIDDLE), strip_of([("b" * 11, None)], 11)
    update = ChangedCells(update_of(left, right, [(0, 0, WIDTH)]), shown)
    first = update.render_segments(CONSOLE)
    assert update.render_segments(CONSOLE) == ""
    shown.forget()
    assert update.render_segments(CONSOLE) == first


def test_what_begins_within_a_wide_character_is_written_with_its_left_half() -> None:
    shown, terminal = ShownCells(), EmulatedTerminal(WIDTH, 1)
    wide, narrow = strip_of([("漢" * 4, None)], MIDDLE), strip_of([("a" * MIDDLE, None)], MIDDLE)
    rest = Strip.blank(WIDTH - MIDDLE)
    for update in (
        update_of(wide, rest, [(0, 0, WIDTH)]),
        update_of(narrow, rest, [(0, 0, 2), (0, 3, MIDDLE)]),
    ):
        terminal.feed(ChangedCells(update, shown).render_segments(CONSOLE))
    assert [text for text, _ in terminal.cells[0][:MIDDLE]] == ["a"] * MIDDLE
