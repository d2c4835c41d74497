"""A document as one HTML file that loads nothing else: no script, no link, no font."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from xml.etree import ElementTree

from game.page.blocks import (
    Bars,
    Block,
    Bullets,
    Card,
    Chart,
    Document,
    Faint,
    Folded,
    Grid,
    Inline,
    Lines,
    Link,
    Network,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    Whiskers,
    figure_columns,
    pieces,
)
from game.page.style import CSS
from game.world.clean_text import clean_text

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The page's content security policy: it may load nothing."""

Element = ElementTree.Element


def html(document: Document) -> str:
    """The whole file. The same document gives the same bytes."""
    root = Element("html", lang="en")
    head = _add(root, "head")
    _add(head, "meta", charset="utf-8")
    _add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    policy = {"http-equiv": "Content-Security-Policy", "content": POLICY}
    ElementTree.SubElement(head, "meta", policy)
    _add(head, "title").text = _safe(document.title)
    _add(head, "style").text = CSS
    main = _add(_add(root, "body", "handout" if document.handout else ""), "main")
    _add(main, "h1").text = _safe(document.title)
    for text in document.lead:
        _run(_add(main, "p", "lead"), text)
    if len(document.sections) > 2:
        _contents(main, document)
    numbers = count(1)
    for section in document.sections:
        _section(main, section, numbers)
    if document.foot:
        _add(_add(main, "footer"), "p", "note").text = _safe(document.foot)
    written = ElementTree.tostring(root, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{written}\n"


def _add(parent: Element, tag: str, kind: str = "", **attributes: str) -> Element:
    if kind:
        attributes["class"] = kind
    return ElementTree.SubElement(parent, tag, attributes)


def _safe(text: str) -> str:
    """Text without invisible characters; spaces at its ends stay. ElementTree escapes it."""
    cleaned = clean_text(text)
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{cleaned}{after}" if cleaned else before


def _contents(main: Element, document: Document) -> None:
    nav = _add(main, "nav")
    nav.set("aria-label", "Contents")
    listed = _add(nav, "ol")
    for section in document.sections:
        link = _add(_add(listed, "li"), "a", href=f"#{section.anchor}")
        link.text = _safe(section.title)


def _section(main: Element, section: Section, numbers: Iterator[int]) -> None:
    part = _add(main, "section", "new-page" if section.new_page else "", id=section.anchor)
    _add(part, "h2").text = _safe(section.title)
    for block in section.blocks:
        _block(part, block, numbers)


def _block(parent: Element, block: Block, numbers: Iterator[int], *, narrow: bool = False) -> None:
    """Add a block to an element."""
    match block:
        case Paragraph():
            _run(_add(parent, "p", block.tone), block.text)
        case Bullets():
            listed = _add(parent, "ol" if block.ordered else "ul")
            for item in block.items:
                _run(_add(listed, "li"), item)
        case Table():
            _table(parent, block)
        case Lines() | Bars() | Whiskers() | Network() | Chart():
            _chart(parent, block, numbers, narrow)
        case Grid():
            grid = _add(parent, "div", "grid")
            for inner in block.blocks:
                _block(grid, inner, numbers, narrow=True)
        case Card():
            named = {"id": block.anchor} if block.anchor else {}
            card = _add(parent, "section", "card", **named)
            _run(_add(card, "h3"), block.title)
            for inner in block.blocks:
                _block(card, inner, numbers)
        case Folded():
            folded = _add(parent, "details")
            _add(folded, "summary").text = _safe(block.summary)
            for inner in block.blocks:
                _block(folded, inner, numbers)


def _chart(parent: Element, chart: Chart, numbers: Iterator[int], narrow: bool) -> None:
    from game.page.charts import drawn

    figure = _add(parent, "figure", "network" if isinstance(chart, Network) else "")
    if chart.title:
        _add(figure, "figcaption").text = _safe(chart.title)
    room = _add(figure, "div", "wide")
    room.append(drawn(chart, f"chart-{next(numbers)}", narrow=narrow))
    folded = _add(figure, "details")
    _add(folded, "summary").text = "The same as a table"
    _table(folded, replace(chart.table(), caption=""))


def _table(parent: Element, table: Table) -> None:
    """Add a table to an element."""
    made = _add(_add(parent, "div", "wide"), "table")
    if table.caption:
        _add(made, "caption").text = _safe(table.caption)
    figures = figure_columns(table)
    top = _add(_add(made, "thead"), "tr")
    for index, words in enumerate(table.head):
        _add(top, "th", "figure" if figures[index] else "", scope="col").text = _safe(words)
    body = _add(made, "tbody")
    for row in table.rows:
        line = _add(body, "tr")
        for index, cell in enumerate(row):
            _run(_add(line, "td", "figure" if figures[index] else ""), cell)


def _run(parent: Element, text: Text) -> None:
    """Put a run of text into an element."""
    last: Element | None = None
    for piece in pieces(text):
        if isinstance(piece, str):
            words = _safe(piece)
            if last is None:
                parent.text = (parent.text or "") + words
            else:
                last.tail = (last.tail or "") + words
            continue
        last = _marked(parent, piece)
        last.text = _safe(piece.words)


def _marked(parent: Element, piece: Inline) -> Element:
    match piece:
        case Strong():
            return _add(parent, "strong")
        case Faint():
            return _add(parent, "span", "faint")
        case Link():
            return _add(parent, "a", href=f"#{piece.anchor}")
    raise TypeError(f"no mark for {type(piece).__name__}")
