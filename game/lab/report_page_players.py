"""Computer players on the page: scores by seat, and what a guess costs."""

from collections.abc import Mapping, Sequence
from typing import Any

from game.lab.players.player_rows import EVEN, beaten_by
from game.lab.scorecard.verdicts import few
from game.page.blocks import (
    Bars,
    Block,
    Paragraph,
    Point,
    Section,
    Series,
    Strong,
    Table,
    Whiskers,
    figure,
)

Part = Mapping[str, Any]


def players_section(players: Sequence[Part]) -> Section:
    """The section with each player's scores, by seat."""
    seats = list(dict.fromkeys((row["map"], row["seat"]) for row in players))
    names = list(dict.fromkeys(row["player"] for row in players))
    by_seat = {(row["map"], row["seat"], row["player"]): row for row in players}
    blocks: list[Block] = [
        Bars(
            "Score of each player, without insight",
            "The mean score of each computer player in each seat, 0 to 100.",
            tuple(f"{map}, {seat}" for map, seat in seats),
            tuple(
                Series(
                    name,
                    tuple(
                        by_seat[map, seat, name]["score"] if (map, seat, name) in by_seat else None
                        for map, seat in seats
                    ),
                )
                for name in names
            ),
            axis="points",
        )
    ]
    points = [
        Point(
            f"{row['player']} ({row['map']}, {row['seat']})",
            row["against_even"]["low"],
            row["against_even"]["figure"],
            row["against_even"]["high"],
        )
        for row in players
        if row["against_even"] is not None
    ]
    if points:
        ends = [end for one in points for end in (one.low, one.high, 0.0) if end is not None]
        rim = (max(ends) - min(ends) or 1.0) * 0.05
        blocks.append(
            Whiskers(
                "Points more than the planner told 50/50, pair by pair",
                "The paired difference in score from the planner that guesses, with its interval.",
                tuple(points),
                (min(ends) - rim, max(ends) + rim),
                mark=0.0,
                digits=1,
            )
        )
        if warning := few(min(row["campaigns"] for row in players)):
            blocks.append(Paragraph(warning, "note"))
        winners = beaten_by(players)
        blocks.append(
            Paragraph(
                ("Scripts that beat the guess: ", Strong(", ".join(winners)), ".")
                if winners
                else "No fixed script beats the planner that is told 50/50."
            )
        )
    blocks.append(_table(players))
    return Section("Players in the seat", "players", tuple(blocks))


def _table(players: Sequence[Part]) -> Table:
    """The table of computer players, one row a player and seat."""
    head = ("map", "seat", "player", "n", "score", "error", "decisions", "idle turns", "own side")
    return Table(
        "Players, seat by seat",
        head,
        tuple(
            (
                row["map"],
                row["seat"],
                Strong(row["player"]) if row["player"] == EVEN else row["player"],
                str(row["campaigns"]),
                figure(row["score"], digits=1),
                figure(row["error"], digits=1),
                f"{row['decisions']:g}",
                str(row["longest_without_matter"]),
                figure(row["own_side"], percent=True),
            )
            for row in players
        ),
    )
