"""Pages: one file that needs nothing else, in which text is only ever text."""

import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from game.page.blocks import (
    Bars,
    Block,
    Bullets,
    Card,
    Chart,
    Document,
    Edge,
    Faint,
    Folded,
    Grid,
    Lines,
    Link,
    Network,
    Paragraph,
    Point,
    Section,
    Series,
    Strong,
    Table,
    Text,
    Whiskers,
    figure,
)
from game.page.charts import drawn
from game.page.diagrams import Mark, Matrix
from game.page.html import html
from game.page.markdown import markdown

HOSTILE = "<script>alert('x')</script> & \"q\" [a](http://x) | *b* \u202eevil\x07"
CLEAN = "<script>alert('x')</script> & \"q\" [a](http://x) | *b* evil"
YEARS = tuple(str(1909 + place) for place in range(12))


class Reader(HTMLParser):
    """Every tag with its attributes, and all text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self._style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.words += data

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def rising(name: str = "Germany", by: float = 0.02) -> Series:
    return Series(name, tuple(by * place for place in range(len(YEARS))))


def line(name: str = "Germany", **named: object) -> Lines:
    return Lines("Power", f"{name} rises.", YEARS, (rising(name),), **named)  # type: ignore[arg-type]


def bars(name: str = "Germany") -> Bars:
    return Bars(
        "Counts", "Who balanced.", (name, "Russia"), (Series(name, (1, 2)), Series("b", (3, None)))
    )


def whiskers(name: str = "power") -> Whiskers:
    points = (Point(name, 0.5, 1.0, 1.5), Point("offense", None, 0.2, None), Point("x", 0, None, 1))
    return Whiskers("Exponents", "Where they lie.", points, (-1, 3))


def network(name: str = "Germany") -> Network:
    return Network(
        "Pacts", "Who is bound.", (name, "Russia"), (Edge(name, "Russia", name),), (name,)
    )


CHARTS: list[Callable[[str], Chart]] = [line, bars, whiskers, network]


def page_of(*blocks: Block, title: str = "A page") -> Document:
    return Document(title, ("Lead.",), (Section("Part", "part", blocks),))


def everywhere(words: str) -> Document:
    """A document with the same words in every place that takes words."""
    text: Text = (words, Strong(words), Faint(words), Link(words, "part"))
    table = Table(words, (words, words), ((text, words),))
    blocks: tuple[Block, ...] = (
        Paragraph(text),
        Bullets((text,)),
        table,
        Grid((Card(text, (Folded(words, (Paragraph(words),)),)),)),
        *(make(words) for make in CHARTS),
        Lines(words, words, (words, "b"), (Series(words, (1, 2)),), axis=words),
    )
    section = Section(words, "part", blocks)
    return Document(words, (text,), (section, Section("b", "b", ()), Section("c", "c", ())), words)


def test_words_from_outside_stay_words() -> None:
    page = Reader(html(everywhere(HOSTILE)))
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "iframe", "object", "embed", "base", "form"}
    assert page.words.count(CLEAN) > 25
    assert "\u202e" not in page.words
    assert "\x07" not in page.words
    plain = Reader(html(everywhere("plain")))
    assert tags == {tag for tag, _ in plain.tags}


@pytest.mark.parametrize("make", [line, bars, whiskers, network])
def test_a_page_loads_nothing_and_runs_nothing(make: Callable[[str], Chart]) -> None:
    written = html(page_of(make("Germany")))
    page = Reader(written)
    assert page.of("script") == []
    for _, attributes in page.tags:
        assert not {"src", "onclick", "onload", "xlink:href"} & set(attributes)
        assert attributes.get("href", "#").startswith("#")
    assert "url(" not in written
    assert "@import" not in written
    assert set(re.findall(r"https?://[^\s\"'<]+", written)) <= {"http://www.w3.org/2000/svg"}
    (policy,) = (one for one in page.of("meta") if "http-equiv" in one)
    assert policy["content"].startswith("default-src 'none'")


@pytest.mark.parametrize("make", [line, bars, whiskers, network])
def test_every_chart_says_what_it_shows_and_has_its_table(make: Callable[[str], Chart]) -> None:
    chart = make("Germany")
    page = Reader(html(page_of(chart)))
    (svg,) = page.of("svg")
    assert (svg["role"], svg["aria-label"]) == ("img", chart.about)
    assert len(page.of("table")) == 1
    rows = len(chart.table().rows)
    assert len(page.of("tr")) == rows + 1 > 1


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    page = Reader(html(everywhere("words")))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {one["href"].removeprefix("#") for one in page.of("a")} <= set(ids)


def test_the_same_document_is_the_same_bytes_on_another_day() -> None:
    document = everywhere("words")
    assert html(document) == html(document)
    assert not re.search(r"20[2-9]\d-\d\d-\d\d", html(document))


def drawing(chart: Chart) -> ElementTree.Element:
    return drawn(chart, "chart-1")


def test_a_line_is_drawn_for_every_series_and_told_apart_without_colour() -> None:
    names = [f"State {place}" for place in range(10)]
    chart = Lines("P", "a", YEARS, tuple(rising(name, 0.01 * at) for at, name in enumerate(names)))
    style = next(drawing(chart).iter("style")).text or ""
    looks = [
        (colour.group(1), dash.group(1))
        for at in range(10)
        if (colour := re.search(rf"\.color-{at},[^{{]*{{\s*stroke: ?(var\([^)]*\))", style))
        and (dash := re.search(rf"\.serie-{at} ?{{[^}}]*dasharray: ?([^;]*);", style))
    ]
    assert len(set(looks)) == 10
    assert len({dash for _, dash in looks}) > 2


def test_lines_and_their_legend_are_told_apart_in_black_and_white() -> None:
    """No two of eight lines have the same dashes, and the mark's legend is drawn like the mark."""
    many = tuple(rising(f"State {place}") for place in range(8))
    root = drawing(Lines("Power", "Eight rise.", YEARS, many, mark=0.1))
    strokes = [
        (box.get("style") or "").partition("dasharray: ")[2]
        for box in root.iter("path")
        if "stroke-dasharray" in (box.get("style") or "")
    ]
    assert len(strokes) == 9
    assert len(set(strokes[:8])) == 8
    style = "".join(root.itertext())
    dash = re.search(r"\.serie-8 ?{[^}]*dasharray: ?([^;}]*)", style)
    assert dash is not None
    assert strokes[8] == dash.group(1).strip()


def test_a_network_s_table_has_a_row_a_state_with_all_its_ties() -> None:
    edges = (Edge("A", "B", "bound"), Edge("C", "A", "bound"), Edge("B", "C", "at war"))
    table = Network("Ties", "Three.", ("A", "B", "C"), edges, ("bound", "at war")).table()
    assert table.rows == (("A", "B, C", "-"), ("B", "A", "C"), ("C", "A", "B"))


def test_the_long_parts_of_a_stacked_bar_bear_their_names() -> None:
    chart = Bars(
        "Verdicts",
        "Whose is whose.",
        ("Ruritania",),
        (Series("Balance of power", (0.1,)), Series("Balance of threat", (0.9,))),
        percent=True,
        stacked=True,
    )
    labels = [text.text for text in drawing(chart).iter("text") if text.get("class") == "label"]
    assert [one.strip() for one in labels if one and one.strip()] == ["Balance of threat"]


@pytest.mark.parametrize("letter", ["a", "W"])
def test_a_name_of_any_length_leaves_room_for_its_bar(letter: str) -> None:
    """A chart whose names took its whole width never came to an end."""
    name = letter * 240
    chart = Bars("Notebooks", "Whose.", (name, "x"), (Series("one", (0.2, 0.4)),), axis="error")
    points = (Point(name, 0.2, 0.5, 0.8),)
    for narrow in (False, True):
        for one in (chart, Whiskers("Exponents", "Where.", points, (0, 1))):
            root = drawn(one, "a", narrow=narrow)
            shown = [text.text or "" for text in root.iter("text")]
            assert any(text.startswith(letter * 10) and text.endswith("…") for text in shown)
            assert not any(len(text) > 70 for text in shown)
        bars = [rect for rect in drawn(chart, "a", narrow=narrow).iter("rect")
                if "rect" in (rect.get("class") or "")]  # fmt: skip
        assert min(float(bar.get("width", 0)) for bar in bars) > 10


@pytest.mark.parametrize("count", [5, 12, 19, 24])
def test_names_around_a_network_do_not_cover_one_another(count: int) -> None:
    names = tuple(f"Netherlands {place}" for place in range(count))
    root = drawing(Network("Ties", "None.", names, (), ("at war",)))
    boxes = []
    for text in (one for one in root.iter("text") if one.get("class") == "label"):
        x, y, wide = float(text.get("x", 0)), float(text.get("y", 0)), 6.5 * len(text.text or "")
        style = text.get("style") or ""
        left = x if "start" in style else x - wide if "end" in style else x - wide / 2
        boxes.append((left, left + wide, y - 10, y))
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2]
            assert apart or other[3] <= one[2], (one, other)


def test_a_chart_s_title_is_written_once_and_its_table_has_even_decimals() -> None:
    page = html(page_of(line("Germany")))
    assert page.count("Power") - page.count('aria-label="Power') == 1
    assert ">0.00<" in page
    assert ">0.02<" in page


def test_a_chart_keeps_its_letters_legible_on_a_narrow_screen() -> None:
    page = html(page_of(line()))
    assert re.search(r'<div class="wide"><svg', page)
    assert "min-width: min(34rem, var(--width))" in page
    assert 'style="--width: 860px"' in page


def test_spaces_at_the_ends_of_marked_words_stay_outside_of_their_marks_in_markdown() -> None:
    text = (Strong("1909: "), "it was done.", Faint(" (turn 1)"), " ", Strong("Then"))
    assert "**1909:** it was done. *(turn 1)* **Then**" in markdown(page_of(Paragraph(text)))


def test_the_colours_are_the_page_s_so_that_charts_turn_dark_with_it() -> None:
    style = next(drawing(line()).iter("style")).text or ""
    assert "var(--series-0)" in style
    assert not re.search(r"#[0-9a-fA-F]{6}\b", style)


def test_an_unbounded_interval_reaches_the_end_of_the_axis_and_says_so() -> None:
    chart = whiskers()
    assert chart.table().rows[1] == ("offense", "0.20", "unbounded", "unbounded")
    assert chart.table().rows[2][1] == "-"
    assert len([one for one in drawing(chart).iter("g") if one.get("class") == "ci"]) == 2


def test_nothing_to_draw_is_drawn_without_a_fault() -> None:
    empty: list[Chart] = [
        Lines("P", "a", (), ()),
        Lines("P", "a", YEARS, (Series("none", (None,) * 12),), percent=True),
        Bars("B", "a", (), ()),
        Whiskers("W", "a", (), (-1, 1)),
        Network("N", "a", (), (), ()),
        Network("N", "a", ("alone",), (), ("defense",)),
    ]
    assert len(Reader(html(page_of(*empty))).of("svg")) == len(empty)


def test_figures_stand_to_the_right_and_words_to_the_left() -> None:
    table = Table("", ("state", "share", "word"), (("Russia", "42%", "yes"), ("1", "-", "4")))
    heads = Reader(html(page_of(table))).of("th")
    assert [one.get("class", "") for one in heads] == ["", "figure", ""]


@pytest.mark.parametrize(
    ("value", "percent", "words"),
    [(0.423, True, "42%"), (0.001, True, "<1%"), (0, True, "0%"), (3.0, False, "3"),
     (-0.0004, False, "0.00"), (-0.0, False, "0"), (-0.001, True, "0%"), (0.456, False, "0.46"),
     (-0.3, False, "-0.30"), (None, True, "-"), (12345, False, "12,345")],
)  # fmt: skip
def test_figures_in_tables(value: float | None, percent: bool, words: str) -> None:
    assert figure(value, percent=percent) == words


def test_names_of_a_matrix_are_never_cut_by_its_edges() -> None:
    names = ("A", "1913 Austria-Hungary of the Ottoman Empire", "long " * 24)
    chart = Matrix("", "", names, names, (Mark("A", "A", "kind"),), ("kind",))
    across = [one for one in drawing(chart).iter("text") if one.get("text-anchor") == "end"]
    assert [one.text for one in across[:2]] == list(names[:2])
    assert (across[2].text or "").endswith("…")
    for one in across:
        assert float(one.get("x", "0")) >= 6.0 * len(one.text or "")
    for one in drawing(chart).iter("text"):
        if upright := re.search(r"translate\(\S+ (\S+)\) rotate", one.get("transform", "")):
            assert float(upright[1]) >= 6.0 * len(one.text or "")


def test_markdown_holds_what_the_page_holds_and_marks_only_its_own() -> None:
    written = markdown(everywhere(HOSTILE))
    assert "<script>" not in written
    assert "\\<script\\>" in written
    assert not re.search(r"(?<!\\)\[a(?<!\\)\]\(", written)
    plain = markdown(page_of(Paragraph("1. not a list"), line(), Table("T", ("a",), (("x|y",),))))
    assert "1\\. not a list" in plain or "\\1. not a list" in plain
    assert "| 1909 | 0.00 |" in plain
    assert "x\\|y" in plain


def test_drawing_waits_until_a_page_has_a_chart() -> None:
    code = "import sys, game.page.html, game.page.markdown; print('pygal' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
