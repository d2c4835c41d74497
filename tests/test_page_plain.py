"""A document as plain text: every word is there, and no line is longer than a terminal's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from game.page.blocks import (
    Bars,
    Block,
    Bullets,
    Card,
    Document,
    Faint,
    Folded,
    Grid,
    Lines,
    Link,
    Paragraph,
    Section,
    Series,
    Strong,
    Table,
)
from game.page.plain import plain

WORDS = st.text(
    st.sampled_from("abcdefghij klm nop qr st-uv wx yz.,;é中文字[b]\\\u202e\x07"), max_size=300
)


def page_of(*blocks: Block) -> Document:
    return Document("A page", ("Lead.",), (Section("Part", "part", blocks),))


def body(*blocks: Block, width: int = 80) -> str:
    """The text of some blocks alone."""
    return plain(page_of(*blocks), width).partition("Part\n----\n\n")[2]


def everywhere(words: str) -> Document:
    """A document with the same words in every place that takes words."""
    table = Table(words, ("a", words or "b"), ((words, Strong(words)), ("1", "2")))
    blocks: tuple[Block, ...] = (
        Paragraph((words, Strong(words), Faint(words), Link(words, "part"))),
        Bullets((words, "second"), ordered=True),
        table,
        Grid((Card(words, (Folded(words, (Paragraph(words), Bullets((words,)))),)),)),
        Bars(words, words, (words, "x"), (Series(words, (1, 2)),)),
        Lines("t", words, ("1909", "1910"), tuple(Series(words, (1, None)) for _ in range(30))),
    )
    return Document(words, (words,), (Section(words, "part", blocks),), words)


@given(WORDS, st.integers(40, 120))
def test_no_line_is_longer_than_the_width(words: str, width: int) -> None:
    for line in plain(everywhere(words), width).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1), st.integers(40, 120))
def test_every_word_is_there_in_its_order(words: list[str], width: int) -> None:
    text = " ".join(words)
    assert body(Paragraph(text), width=width).split() == words
    assert body(Bullets((text,)), width=width).split() == ["-", *words]
    cell = body(Table("", ("head", "x"), ((text, "y"),)), width=width).splitlines()
    assert [cell[0].split(), {*cell[1]}] == [["head", "x"], {"-"}]
    assert " ".join(cell[2:]).replace("y", "").split() == words


@given(st.lists(st.lists(st.text("abc 12", max_size=30), min_size=3, max_size=3), min_size=1))
def test_a_row_of_a_table_is_not_lost(rows: list[list[str]]) -> None:
    table = Table("", ("a", "b", "c"), tuple(tuple(row) for row in rows))
    written = body(table).splitlines()[2:]
    joined = "".join(sorted("".join(written).replace(" ", "")))
    assert joined == "".join(sorted("".join(map("".join, rows)).replace(" ", "")))


def test_what_hangs_from_a_bullet_stands_below_its_first_word() -> None:
    lines = body(Bullets(("one " * 30,))).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("- one")
    assert lines[1].startswith("  one")


def test_the_blocks_of_a_card_are_indented_below_its_title() -> None:
    card = Card("Title", (Paragraph("words"), Bullets(("point",))))
    assert body(card) == "Title\n  words\n  - point\n"


def test_columns_are_aligned_and_figures_stand_to_the_right() -> None:
    table = Table("Power", ("state", "share"), (("Russia", "7%"), ("Italy", "<1%")))
    assert body(table) == ("Power:\nstate   share\n-------------\nRussia     7%\nItaly     <1%\n")


def test_a_cell_without_room_is_broken_between_words() -> None:
    table = Table("", ("state", "feared"), (("Russia", "Germany " * 12),))
    lines = body(table, width=40).splitlines()
    assert lines[2].startswith("Russia  Germany Germany")
    assert lines[3].startswith("        Germany")


def test_a_table_with_more_columns_than_there_is_room_for_is_told_row_by_row() -> None:
    head = ("state", *(f"column{place}" for place in range(12)))
    table = Table("Many", head, (("Russia", *(f"{place}" for place in range(12))),))
    written = body(table)
    assert written.startswith("Many:\n- Russia: column0 0; column1 1; ")
    assert "column11 11" in " ".join(written.split())


def test_a_chart_says_what_it_shows_and_becomes_its_table() -> None:
    chart = Lines("Power", "Germany rises.", ("1909", "1910"), (Series("Germany", (0.1, None)),))
    assert body(chart) == (
        "Germany rises.\n\nPower:\n      Germany\n-------------\n1909     0.10\n1910        -\n"
    )


@pytest.mark.parametrize("table", [Table("None", ("a",), ()), Table("", ("a",), ())])
def test_an_empty_table_says_so_or_nothing(table: Table) -> None:
    assert body(table, Paragraph("after")).endswith("after\n")
    assert ("None: nothing." in body(table)) is bool(table.caption)


def test_markup_and_control_characters_do_nothing() -> None:
    written = plain(everywhere("[bold]a[/] \x1b[31mred \u202eevil"))
    assert "[bold]a[/]" in written
    assert "\x1b" not in written
    assert "\u202e" not in written
