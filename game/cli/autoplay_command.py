"""The command `autoplay`: AI states play among themselves, and it is written down as it goes."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.cli.common import (
    BAD,
    DIFFICULTIES,
    DONE,
    INTERRUPTED,
    MAP,
    USAGE,
    Stop,
    force_option,
    positive,
    printable,
    whole,
    written,
)

if TYPE_CHECKING:
    from game.campaign import Campaign

BETWEEN_SAVES = 1.0
"""Seconds: a turn is written as it ends, but no more often than this."""


def add_command(commands: Any) -> None:
    """Declare the command and its flags."""
    parser = commands.add_parser("autoplay", help="let AI states play among themselves")
    parser.add_argument("map", metavar="MAP", help=MAP)
    parser.add_argument("--seed", type=whole, default=1, metavar="N")
    parser.add_argument("--turns", type=positive, metavar="N", help="default: the calendar's")
    parser.add_argument(
        "--doctrine", action="append", default=[], metavar="ID=D", help="set a state's doctrine"
    )
    parser.add_argument("--difficulty", choices=DIFFICULTIES, default="normal")
    parser.add_argument(
        "--save",
        type=Path,
        metavar="FILE",
        help="write it as it goes; where FILE holds this very campaign, go on with it",
    )
    force_option(parser)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(command=autoplay)


def autoplay(given: argparse.Namespace) -> int:
    """Play a campaign to its end; returns the exit status."""
    campaign = _begun(given)
    if given.save is None:
        while not campaign.over:
            campaign.submit()
    else:
        campaign = _opened(campaign, given.save, given.force)
        try:
            _play_and_save(campaign)
        finally:
            campaign.file.release()
    outcome = campaign.debriefing.outcome()
    if given.json:
        print(json.dumps(outcome, indent=1))
    else:
        _print_outcome(outcome, campaign)
    return DONE


def _begun(given: argparse.Namespace) -> "Campaign":
    from game.campaign import Campaign
    from game.maps.load import load_map

    doctrines = {}
    for pair in given.doctrine:
        state, equals, doctrine = pair.partition("=")
        if not equals:
            raise Stop(f"--doctrine takes ID=D, such as GMY=BOP, not {pair!r}.", USAGE)
        doctrines[state] = doctrine
    return Campaign.new(
        load_map(given.map),
        seed=given.seed,
        turns=given.turns,
        doctrines=doctrines,
        difficulty=given.difficulty,
    )


def _opened(campaign: "Campaign", path: Path, force: bool) -> "Campaign":
    """The campaign with its file open: as far as it stands there already, else from its beginning.

    Stops where the file holds anything else and no force is used.
    """
    from game.campaign import Campaign
    from game.files.exports import already_there
    from game.files.file_problems import DamagedSave
    from game.saves import save_file

    if path.is_dir():
        raise Stop(f"{path} is a folder; name a file in it.", BAD)
    if not path.absolute().parent.is_dir():
        raise Stop(f"There is no folder {path.absolute().parent} to save in.", BAD)
    if path.exists() and not force:
        try:
            there = Campaign.load(path, hold=True)
        except DamagedSave:
            raise already_there(path) from None
        if there.is_the_same_as(campaign):
            if there.history.turns:
                print(f"Going on after turn {len(there.history.turns)}.", file=sys.stderr)
            return there
        there.file.release()
        raise already_there(path)
    if path.exists():
        aside: list[Path] = []
        written(lambda: aside.append(save_file.set_aside(path)))
        print(printable(f"What was in {path} is now in {aside[0]}."), file=sys.stderr)
    written(lambda: campaign.save(path))
    campaign.file.hold()
    return campaign


def _play_and_save(campaign: "Campaign") -> None:
    """Play to the end, and write it down as it goes; Ctrl-C leaves what can be gone on with."""
    last = time.monotonic()
    try:
        while not campaign.over:
            campaign.submit()
            if time.monotonic() - last >= BETWEEN_SAVES or campaign.over:
                written(campaign.save)
                last = time.monotonic()
    except KeyboardInterrupt:
        written(campaign.save)
        turns = len(campaign.history.turns)
        where = printable(str(campaign.file.path))
        raise Stop(
            f"Stopped after turn {turns}; it is saved in {where}, and the same command goes on from"
            " there.",
            INTERRUPTED,
        ) from None


def _print_outcome(outcome: dict[str, Any], campaign: Any) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(f"{campaign.atlas.title}, {outcome['turns']} turns"))
    for column in ("state", "doctrine", "share", "score"):
        table.add_column(column, justify="left" if column in ("state", "doctrine") else "right")
    ranked = sorted(outcome["states"].items(), key=lambda pair: -pair[1]["capability"])
    for state, row in ranked:
        mark = " (great power)" if row["great"] else "" if row["alive"] else " (eliminated)"
        table.add_row(
            Text(campaign.atlas.name(state) + mark),
            row["doctrine"],
            f"{row['capability']:.1%}",
            f"{row['score']:.0f}",
        )
    console = Console(soft_wrap=True)
    console.print(table)
    happened = ", ".join(
        f"{kind.replace('_', ' ')} {count}" for kind, count in outcome["events"].items() if count
    )
    console.print(Text(happened))
    won = outcome["winner"]
    console.print(Text(f"Winner: {campaign.atlas.name(won) if won else 'nobody'}"))
    console.print(Text(f"Digest: {outcome['digest']}"))
