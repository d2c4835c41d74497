"""The report as tables of text, for a terminal or a file."""

from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from game.lab.players.player_rows import beaten_by
from game.lab.scorecard.verdicts import FALSE_DISCOVERIES, few, in_words

PAGE = 140
"""The width, in characters, of a table that is written to a file."""
NOT_RUN = "-"
"""What stands for the verdict of a row that was not run."""


def table(report: dict[str, Any]) -> RenderableType:
    """The report as a table for a terminal."""
    card = Table(title="The scorecard", title_justify="left", expand=False)
    for heading in ("id", "verdict", "figure", "interval", "n", "kind", "expected"):
        right = heading in ("figure", "interval", "n")
        card.add_column(heading, justify="right" if right else "left", no_wrap=right)
    shown_rows = report["scorecard"]
    if report["players"]:
        shown_rows = [row for row in shown_rows if row["kind"] == "game"]
    for row in shown_rows:
        card.add_row(
            row["id"],
            row["verdict"] or NOT_RUN,
            _number(row["figure"]),
            f"{_number(row['low'])} .. {_number(row['high'])}",
            str(row["n"]),
            row["kind"],
            Text(row["expected"]),
        )
        for part in row["parts"][1:]:
            if part["verdict"] == "contradicted":
                card.add_row(
                    "",
                    part["verdict"],
                    _number(part["figure"]),
                    f"{_number(part['low'])} .. {_number(part['high'])}",
                    "",
                    "",
                    Text(part["name"]),
                )
    if report["players"]:
        return Group(
            *((card,) if shown_rows else ()), _players(report["players"]), *_beaten(report)
        )
    shown = report["identification"]
    lines = [
        *verdict_lines(report),
        f"Identification: accuracy {_number(shown['accuracy'])}, Brier {_number(shown['brier'])}, "
        f"calibration error {_number(shown['ece'])}.",
        f"Wars in 100 turns {_number(report['wars_per_100_turns'])}, "
        f"hegemony {_number(report['hegemony_rate'])}, {report['seconds']:.0f} seconds.",
    ]
    return Group(card, *(Text(line) for line in lines))


def verdict_lines(report: dict[str, Any]) -> list[str]:
    """How many rows of each kind have which verdict, what chance would give, and warnings."""
    chance = report["by_chance"]
    counted = in_words(report["scorecard"])
    if not counted:
        return ["No row was run."]
    warned = [row["id"] for row in report["scorecard"] if row["warning"]]
    lines = [
        f"{counted}.",
        f"By chance at most {chance['supported']:g} of {chance['rows']} rows would be found "
        f"supported if each were just at its bound; {chance['no_effect']} claim no effect, and "
        f"are supported where nothing happens. At most {FALSE_DISCOVERIES:.0%} of the verdicts "
        "are due to chance (Benjamini & Hochberg 1995).",
    ]
    if warned:
        lines.append(
            f"Not to be trusted, for want of campaigns or for chance: {', '.join(warned)}."
        )
    return lines


def _players(players: list[dict[str, Any]]) -> Table:
    """The table of computer players, by seat."""
    shown = Table(title="Players, scored without insight", title_justify="left", expand=False)
    for heading in ("map", "seat", "player"):
        shown.add_column(heading, no_wrap=True)
    for heading in ("n", "score", "+-", "against 50/50", "decisions", "idle turns", "own side"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for row in players:
        against = row["against_even"]
        shown.add_row(
            Text(row["map"]),
            Text(row["seat"]),
            row["player"],
            str(row["campaigns"]),
            f"{row['score']:.1f}",
            f"{row['error']:.1f}",
            _points(against) if against else "",
            f"{row['decisions']:g}",
            str(row["longest_without_matter"]),
            f"{row['own_side']:.2f}",
        )
    return shown


def _points(against: dict[str, Any]) -> str:
    if against["low"] is None:
        return f"{against['figure']:+.1f}"
    return f"{against['figure']:+.1f} ({against['low']:+.1f} .. {against['high']:+.1f})"


def _beaten(report: dict[str, Any]) -> list[Text]:
    """Which fixed scripts score higher than the planner that assumes 50/50, and a warning."""
    if not any(row["against_even"] for row in report["players"]):
        return []
    scripts = beaten_by(report["players"])
    who = ", ".join(scripts) if scripts else "no fixed script"
    warning = few(min(row["campaigns"] for row in report["players"]))
    told = f"Beats the planner told 50/50: {who}. {report['seconds']:.0f} seconds."
    return [Text(told), *((Text(warning),) if warning else ())]


def text(report: dict[str, Any]) -> str:
    """The table as text, as wide as the terminal; `PAGE` wide for a file."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=PAGE)
    with console.capture() as captured:
        console.print(table(report))
    return captured.get().rstrip("\n")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
