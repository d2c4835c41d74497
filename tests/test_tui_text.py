"""Outside text reaches the screen as text, whatever stands in it."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from game.tui.safe_text import bar, fit, line, lines, notify, plain

HOSTILE = [
    "[@click=app.quit]x[/]",
    "a [/b] c",
    "[bold red]shout[/]",
    "[[red]]",
    "ends with \\",
    "[/",
    "$accent",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_text_is_shown_as_it_is(name: str) -> None:
    assert plain(name).plain == name
    assert line((name, "bold"), " and ", plain(name)).plain == f"{name} and {name}"
    assert lines(name, plain(name)).plain == f"{name}\n{name}"
    assert not plain(name).spans


def test_controls_and_bidi_do_not_reach_the_screen() -> None:
    nasty = "a\x1b[31mb\u202ec\u200bd\x07"
    assert plain(nasty).plain == "a[31mbcd"
    assert line(nasty).plain == "a[31mbcd"
    assert "\x1b" not in fit(nasty, 20)


def test_spaces_that_lay_a_line_out_stay() -> None:
    assert line("  ★ x  y ").plain == "  ★ x  y "
    assert line("·  ═   ─    \\ · ").plain == "·  ═   ─    \\ · "
    assert line("★ \u2003 x\n\ty").plain == "★ x y"


@pytest.mark.parametrize(("text", "width"), [("Österreich", 6), ("日本国", 4), ("a", 3), ("", 2)])
def test_fit_fills_exactly_the_cells_it_is_given(text: str, width: int) -> None:
    from rich.cells import cell_len

    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, right=True)) == width


def test_a_bar_grows_with_its_share_and_keeps_its_width() -> None:
    drawn = [bar(share / 10, 5) for share in range(11)]
    assert all(len(one) == 5 for one in drawn)
    assert drawn[0] == "     "
    assert drawn[10] == "━━━━━"
    assert len({*drawn}) == 11


class _Shown(App[None]):
    """Widgets as the screens use them, with one name in all of them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.shown = name

    def compose(self) -> ComposeResult:
        title = Static(plain(self.shown), id="static")
        title.border_title = plain(self.shown)
        yield title
        yield Button(plain(self.shown), id="button")
        yield OptionList(Option(plain(self.shown)), id="list", markup=False)


@pytest.mark.parametrize("name", HOSTILE)
async def test_no_widget_takes_a_name_for_markup(name: str) -> None:
    app = _Shown(name)
    async with app.run_test(size=(80, 20)) as pilot:
        notify(app, name)
        await pilot.pause()
        for id in ("static", "button", "list"):
            await pilot.click(f"#{id}", offset=(1, 0))
        await pilot.pause()
        assert app.is_running
        assert app.query_one("#static", Static).visual is not None
        assert str(app.query_one("#static", Static).render()) == name
