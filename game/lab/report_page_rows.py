"""Rows of the scorecard on the page: a card for each, with its parts and their intervals."""

from collections.abc import Mapping, Sequence
from typing import Any

from game.lab.published_figures import PUBLISHED
from game.page.blocks import (
    Block,
    Bullets,
    Card,
    Faint,
    Inline,
    Link,
    Paragraph,
    Point,
    Strong,
    Table,
    Text,
    Whiskers,
    figure,
)
from game.words.claims import CLAIMS

Part = Mapping[str, Any]
NOT_RUN = "not run"
KINDS = {
    "identity": "identity: true by how the rule is built",
    "mechanism": "mechanism: one rule, seen at work",
    "emergent": "emergent: no rule says it",
    "game": "game: paired campaigns of computer players",
}


def verdict(found: str | None) -> Inline:
    """A row's verdict in words; that it is contradicted is strong."""
    return Strong(found) if found == "contradicted" else found or NOT_RUN


def shown(part: Part) -> str:
    """The bounds of a part's interval, in words."""
    least, most = part["at_least"], part["at_most"]
    if least is not None and most is not None:
        return f"{_three(least)} to {_three(most)}"
    if least is not None:
        return f"at least {_three(least)}"
    return f"at most {_three(most)}" if most is not None else "reported"


def card(row: Part) -> Card:
    """The card of a row: claim, source, what is expected, what was measured, with intervals."""
    id = row["id"]
    claim, source = CLAIMS.get(id, (row["claim"], ""))
    blocks: list[Block] = [Paragraph((claim, Faint(f" {source}") if source else ""))]
    facts: list[Text] = [
        ("Expected: ", row["expected"]),
        ("Held against: ", row["null"]),
        (
            KINDS[row["kind"]],
            f"; n = {row['n']:,} in {row['campaigns']:,} campaigns; "
            f"worlds: {', '.join(row['worlds'])}",
        ),
    ]
    if row["p_adjusted"] is not None:
        facts.append(
            ("Chance of so clear a figure, corrected for all rows: ", _three(row["p_adjusted"]))
        )
    if id in PUBLISHED:
        facts.append(("Published: ", Strong(PUBLISHED[id])))
    blocks.append(Bullets(tuple(facts)))
    blocks += _charts(row["parts"])
    if row["warning"]:
        blocks.append(Paragraph(row["warning"], "note"))
    missing = [part["name"] for part in row["parts"] if part["figure"] is None]
    if missing:
        blocks.append(Paragraph(f"Too few cases for: {'; '.join(missing)}.", "note"))
    return Card((f"{id}: ", verdict(row["verdict"])), tuple(blocks), id.lower())


def _charts(parts: Sequence[Part]) -> list[Block]:
    """Charts of the judged parts (one for each bound), then of the parts that are only reported."""
    blocks: list[Block] = []
    judged = [part for part in parts if part["verdict"] is not None and part["figure"] is not None]
    for bounds in dict.fromkeys((part["at_least"], part["at_most"]) for part in judged):
        own = [part for part in judged if (part["at_least"], part["at_most"]) == bounds]
        blocks.append(_whiskers(own, [bound for bound in bounds if bound is not None]))
    reported = [part for part in parts if part["verdict"] is None and part["figure"] is not None]
    if reported:
        rows = tuple(
            (part["name"], _three(part["figure"]), _three(part["low"]), _three(part["high"]))
            for part in reported
        )
        blocks.append(Table("Reported beside it", ("", "figure", "from", "to"), rows))
    return blocks


def _whiskers(parts: Sequence[Part], bounds: Sequence[float]) -> Whiskers:
    """A chart of parts, each with its interval; the axis shows the bounds too."""
    ends = [
        end
        for part in parts
        for end in (part["figure"], part["low"], part["high"])
        if end is not None
    ]
    low, high = min(*ends, *bounds, 0.0), max(*ends, *bounds, 0.0)
    rim = (high - low or 1.0) * 0.06
    nearest = min(bounds, key=lambda bound: abs(bound - parts[0]["figure"]), default=None)
    return Whiskers(
        f"Needed: {shown(parts[0])}",
        f"Estimates with their intervals; needed: {shown(parts[0])}.",
        tuple(Point(part["name"], part["low"], part["figure"], part["high"]) for part in parts),
        (low - rim, high + rim),
        mark=nearest,
        digits=3,
    )


def by_map(rows: Sequence[Part], maps: Sequence[str]) -> Table:
    """Each row's figure on each map."""
    return Table(
        "The first figure of each row, map by map",
        ("row", "needed", *maps),
        tuple(
            (
                Link(row["id"], row["id"].lower()),
                shown(row["parts"][0]) if row["parts"] else "",
                *(_three(row["by_map"].get(one)) for one in maps),
            )
            for row in rows
        ),
    )


def _three(value: float | None) -> str:
    return figure(value, digits=3)
