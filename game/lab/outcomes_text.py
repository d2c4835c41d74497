"""The report of `lab --history` as a document: one source for text and for a page."""

from collections.abc import Mapping
from typing import Any

from game.page.blocks import Block, Document, Paragraph, Section, Table, figure, words_of

HOW = (
    "The campaigns give every pair of states a score: in how many of them it signed a defence "
    "pact that it had not before; for sides, that and how often it fought on one side, less how "
    "often it was opposed. The area under the curve (AUC) is the chance that a pair to which it "
    "happened ranks above one to which it did not: 0.5 is chance, 1 is perfect. Intervals hold 95 "
    "of 100 times: a bootstrap over campaigns and pairs."
)


def document(told: Mapping[str, Any]) -> Document:
    """The whole report."""
    lead = (
        f"Map {told['map']}: {told['runs']} campaigns of {told['turns']} turns from seed "
        f"{told['seed']}, {told['pairs']} pairs of states.",
        HOW,
        *((told["warning"],) if told["warning"] else ()),
    )
    ordering = Table(
        "How the campaigns order what followed",
        ("outcome", "AUC", "from", "to", "happened", "did not"),
        tuple(
            (
                row["what"],
                figure(row["auc"]),
                figure(row["low"]),
                figure(row["high"]),
                figure(row["happened"]),
                figure(row["not"]),
            )
            for row in told["orderings"]
        ),
    )
    rates = Table(
        "Base rates: the share of pairs",
        ("outcome", "in history", "in a campaign"),
        tuple(
            (
                row["what"],
                figure(row["history"], percent=True),
                figure(row["campaigns"], percent=True),
            )
            for row in told["base_rates"]
        ),
    )
    return Document(
        title="What followed, and how the campaigns order it",
        lead=lead,
        sections=(
            Section("Orderings", "orderings", (ordering, rates)),
            Section("New defence pacts", "pacts", _missed(told["pacts"])),
            Section("Sides in war", "sides", _missed(told["sides"])),
        ),
        foot="Realpolitik, the laboratory.",
    )


def _missed(told: Mapping[str, Any]) -> tuple[Block, ...]:
    """The pairs that were most over- and under-predicted, each a table."""
    named = (
        ("over", "Most over-predicted: likely in the campaigns, and did not happen"),
        ("under", "Most under-predicted: unlikely in the campaigns, and happened"),
    )
    return tuple(
        Table(
            caption,
            ("pair", "score"),
            tuple((" and ".join(row["pair"]), figure(row["score"])) for row in told[kind]),
        )
        if told[kind]
        else Paragraph(f"{caption}: none.")
        for kind, caption in named
    )


def text(page: Document) -> str:
    """A report as plain text."""
    lines = [page.title, *(words_of(one) for one in page.lead)]
    for section in page.sections:
        lines += ["", section.title]
        for block in section.blocks:
            if isinstance(block, Table):
                lines += ["", f"  {block.caption}", *_rows(block)]
            elif isinstance(block, Paragraph):
                lines += ["", f"  {words_of(block.text)}"]
    return "\n".join(lines)


def _rows(table: Table) -> list[str]:
    """A table's lines, its columns as wide as their widest cell."""
    cells = [table.head, *(tuple(words_of(cell) for cell in row) for row in table.rows)]
    widths = [max(len(row[index]) for row in cells) for index in range(len(table.head))]
    return [
        "    "
        + "  ".join(
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
