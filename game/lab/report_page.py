"""The report as a page: claims in plain words, figures with intervals, charts.

Rows that are contradicted, or undetermined, are listed first. The page is one file without links
(`game.page.html`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from game.lab.published_figures import PUBLISHED
from game.lab.report_page_players import players_section
from game.lab.report_page_rows import by_map, card, shown, verdict
from game.lab.scorecard.verdicts import FALSE_DISCOVERIES, VERDICTS, in_words
from game.page.blocks import (
    Bars,
    Block,
    Document,
    Faint,
    Lines,
    Link,
    Paragraph,
    Point,
    Section,
    Series,
    Strong,
    Table,
    Text,
    Whiskers,
)
from game.page.blocks import figure as number
from game.words.claims import CLAIMS

Part = Mapping[str, Any]
FAMILIES = (
    ("S", "What both theories share"),
    ("W", "Waltz: balance of power"),
    ("T", "Walt: balance of threat"),
    ("H", "What history and the literature have measured"),
    ("G", "The game: does it pay to know?"),
)
"""First letter of a row's id -> what such rows are about."""
TITLES = {"contradicted": "What is contradicted", "undetermined": "What is undetermined"}
ABOUT = {
    "contradicted": "Here these runs show the opposite of what was predicted, or less than what is "
    "worth the name.",
    "undetermined": "Here the interval holds both figures that would support the claim and figures "
    "that would not, or there were too few cases. More campaigns may decide it.",
}
ABLATIONS = ("kept", "feeding", "entanglement", "autonomy", "all three")
HOW = (
    "Every row declared its kind, what it is held against and the smallest effect worth the name "
    "before it was run. An interval holds 95 of 100 times (a bootstrap that draws whole campaigns, "
    "for what happens within one hangs together). A row is supported when its whole interval lies "
    "beyond the bound (or, where no effect is claimed, inside the margin), contradicted when the "
    "whole interval lies on the other side, and undetermined else, or where there are too few "
    "campaigns. Kinds are counted apart: an identity is true by the rule and is a test, not "
    "evidence; a mechanism is one rule at work; only the emergent rows are findings."
)


def document(report: Part) -> Document:
    """The whole page of a report."""
    rows = report["scorecard"]
    maps = sorted({name for row in rows for name in row["by_map"]}) or sorted(
        {row["map"] for row in report["players"]}
    )
    seen = [row for row in rows if row["verdict"] is not None]
    sections = [_glance(report, seen)]
    for name in VERDICTS[1:]:
        own = [row for row in seen if row["verdict"] == name]
        if own:
            sections.append(_without_support(name, own))
    if report["players"]:
        sections.append(players_section(report["players"]))
    for letter, title in FAMILIES:
        own = [row for row in seen if row["id"].startswith(letter)]
        if own:
            sections.append(_family(letter, title, own))
    if len(maps) > 1 and seen:
        sections.append(Section("Map by map", "maps", (by_map(seen, maps),)))
    where = ", ".join(maps) if maps else "no map"
    return Document(
        title="The laboratory",
        lead=(_summary(report, seen), f"Maps: {where}. {_size(report)}", HOW, _correction(report)),
        sections=tuple(sections),
        foot="Realpolitik, the laboratory. Claims and pages: Dar, ul Haq & Khan 2017, Alliances "
        "in International Politics, KIJAHS 4(3), 44-51; rows H: the works they name.",
    )


def _size(report: Part) -> str:
    turns = f" of {report['turns']} turns" if report["turns"] else ""
    return f"{report['runs']} seeds, campaigns{turns}, {report['seconds']:.0f} seconds."


def _summary(report: Part, seen: Sequence[Part]) -> Text:
    unseen = len(report["scorecard"]) - len(seen)
    open_ = f"; {unseen} were not asked of these runs" if unseen else ""
    return (Strong(in_words(seen) or "No row was run"), f"{open_}.")


def _correction(report: Part) -> str:
    """What chance would give, and how the verdicts are corrected for the number of rows."""
    chance = report["by_chance"]
    return (
        f"So many rows are not judged one by one: of all verdicts at most {FALSE_DISCOVERIES:.0%} "
        "may be due to chance (Benjamini & Hochberg 1995, over both questions, supported and "
        "contradicted, of every row but the identities); what is not as clear as that is "
        f"undetermined. If the true figure of each of the {chance['rows']} rows were just at its "
        f"bound, {chance['supported']:g} would be found supported by chance. "
        f"{chance['no_effect']} of them claim no effect, and are supported where nothing happens."
    )


def _glance(report: Part, seen: Sequence[Part]) -> Section:
    """The section with the most important figures and charts."""
    blocks: list[Block] = []
    if report["verdicts"]:
        blocks.append(
            Bars(
                "Verdicts, by kind of row",
                "For each kind of row, how many are supported, contradicted and undetermined.",
                tuple(report["verdicts"]),
                tuple(
                    Series(
                        name,
                        tuple(float(counts[name]) for counts in report["verdicts"].values()),
                    )
                    for name in VERDICTS
                ),
                stacked=True,
            )
        )
    if report["identification"]["by_turn"]:
        blocks += _identification(report["identification"])
    if report["worlds"]:
        blocks += _worlds(report["worlds"])
    if seen:
        blocks.append(_all(seen))
    return Section("At a glance", "glance", tuple(blocks))


def _identification(found: Part) -> list[Block]:
    """Charts of how well the inference finds the true doctrines."""
    turns = sorted(found["by_turn"], key=int)
    return [
        Paragraph(
            (
                "From conduct alone the doctrine of a great power was named right in ",
                Strong(number(found["accuracy"], percent=True)),
                f" of cases (Brier score {_three(found['brier'])}, calibration error "
                f"{_three(found['ece'])}).",
            )
        ),
        Lines(
            "Doctrines told apart, turn by turn",
            "The share of great powers whose likeliest doctrine by their conduct was their own.",
            tuple(turns),
            (Series("named right", tuple(found["by_turn"][turn] for turn in turns)),),
            percent=True,
            top=1.0,
        ),
    ]


def _worlds(worlds: Part) -> list[Block]:
    """Charts of hegemony and wars by world."""
    names = tuple(worlds)
    return [
        Bars(
            "Hegemony, by world",
            "In how many campaigns one state came to hold more than half of the world.",
            names,
            (Series("hegemony", tuple(worlds[one]["hegemony_rate"] for one in names)),),
            percent=True,
        ),
        Bars(
            "Wars in 100 turns, by world",
            "How many wars are declared in 100 turns, in each world of doctrines.",
            names,
            (Series("wars", tuple(worlds[one]["wars_per_100_turns"] for one in names)),),
        ),
    ]


def _all(seen: Sequence[Part]) -> Table:
    """The table of all rows that were run."""
    return Table(
        "Every row",
        ("row", "claim", "figure", "from", "to", "needed", "n", ""),
        tuple(
            (
                Link(row["id"], row["id"].lower()),
                CLAIMS.get(row["id"], (row["claim"], ""))[0],
                _three(row["figure"]),
                _three(row["low"]),
                _three(row["high"]),
                shown(row["parts"][0]) if row["parts"] else "",
                f"{row['n']:,}",
                verdict(row["verdict"]),
            )
            for row in seen
        ),
    )


def _without_support(name: str, rows: Sequence[Part]) -> Section:
    """The section of the rows that are contradicted, or undetermined, with the parts that are."""
    listed: list[tuple[Text, ...]] = []
    for row in rows:
        own = [part for part in row["parts"] if part["verdict"] == name]
        for part in own or row["parts"][:1]:
            listed.append(
                (
                    Link(row["id"], row["id"].lower()),
                    part["name"],
                    _three(part["figure"]),
                    _three(part["low"]),
                    _three(part["high"]),
                    shown(part),
                    row["warning"],
                )
            )
    head = ("row", "what was measured", "figure", "from", "to", "needed", "")
    table = Table("", head, tuple(listed))
    return Section(TITLES[name], name, (Paragraph(ABOUT[name]), table))


def _family(letter: str, title: str, rows: Sequence[Part]) -> Section:
    blocks: list[Block] = []
    if letter == "H":
        blocks.append(_beside(rows))
    if letter == "W":
        blocks += _ablations(rows)
    blocks += [card(row) for row in rows]
    return Section(title, f"rows-{letter.lower()}", tuple(blocks), new_page=True)


def _beside(rows: Sequence[Part]) -> Table:
    """A table: published figures beside the laboratory's."""
    return Table(
        "Published, and measured here",
        ("row", "published", "source", "measured here", "figure", "from", "to", ""),
        tuple(
            (
                Link(row["id"], row["id"].lower()),
                PUBLISHED.get(row["id"], ""),
                Faint(CLAIMS[row["id"]][1]) if row["id"] in CLAIMS else "",
                row["parts"][0]["name"],
                _three(row["figure"]),
                _three(row["low"]),
                _three(row["high"]),
                verdict(row["verdict"]),
            )
            for row in rows
        ),
    )


def _ablations(rows: Sequence[Part]) -> list[Block]:
    """W6: how often states balance when a term of the utility has weight 0."""
    row = next((row for row in rows if row["id"] == "W6"), None)
    if row is None:
        return []
    parts = {part["name"]: part for part in row["parts"]}
    charts = []
    for title, about, form in (
        (
            "Balancing above its lottery, a term switched off",
            "How much likelier states balance than by lot, with the utility's terms kept or off.",
            "balance above lottery, {} off",
        ),
        (
            "Bandwagoning of both, a term switched off",
            "Bandwagoning as a share of both, with the utility's terms kept or off.",
            "bandwagon of both, {} off",
        ),
    ):
        points = [
            Point(
                "nothing off" if name == "kept" else f"{name} off", *_ends(parts[form.format(name)])
            )
            for name in ABLATIONS
            if form.format(name) in parts
        ]
        values = [end for one in points for end in (one.low, one.high, 0.0) if end is not None]
        if points and len(values) > 2:
            low, high = min(values), max(values)
            rim = (high - low or 1.0) * 0.05
            charts.append(
                Whiskers(title, about, tuple(points), (low - rim, high + rim), mark=0.0, digits=3)
            )
    text = (
        "No rule names balance as a goal (W6). Three terms of what a move is worth could smuggle "
        "it in: care not to feed the strong, care not to be entangled, care for autonomy. Each is "
        "switched off here, and all three: what fails without a term is caused by it."
    )
    return [Paragraph(text), *charts] if charts else []


def _ends(part: Part) -> tuple[float | None, float | None, float | None]:
    return part["low"], part["figure"], part["high"]


def _three(value: float | None) -> str:
    return number(value, digits=3)
