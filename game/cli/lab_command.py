"""The command `lab`: plays many campaigns and reports how the theories do, in three forms."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.cli.common import (
    BAD,
    DONE,
    MAP,
    USAGE,
    Stop,
    force_option,
    positive,
    whole,
    write_out,
)

if TYPE_CHECKING:
    from game.world.map_document import MapDoc

MINUTE = 60.0
HISTORY_TURNS = 16
"""Turns that a campaign runs under --history where none are named."""


def add_command(commands: Any) -> None:
    """Declare the command and its flags."""
    parser = commands.add_parser("lab", help="many campaigns, and a scorecard of the theories")
    parser.add_argument("maps", nargs="+", metavar="MAP", help=MAP)
    parser.add_argument("--runs", type=positive, default=20, metavar="N", help="per map and world")
    parser.add_argument("--turns", type=positive, metavar="N", help="default: the calendar's")
    parser.add_argument("--seed", type=whole, default=1, metavar="N", help="of the first run")
    parser.add_argument(
        "--doctrines", metavar="WORLD", help="one world alone: mixed, random, or a doctrine for all"
    )
    parser.add_argument(
        "--player",
        action="append",
        default=[],
        metavar="POLICY",
        help="a computer player in a seat: a name, planner, ahead, scripts or all",
    )
    parser.add_argument(
        "--as", dest="state", metavar="ID", help="its seat (default: a great power)"
    )
    parser.add_argument(
        "--history",
        type=Path,
        metavar="FILE.csv",
        help="score how campaigns order what followed between pairs of one map's states",
    )
    parser.add_argument(
        "--deduction",
        action="store_true",
        help="when what a player who watches could see settles what the great powers fear",
    )
    parser.add_argument(
        "--worth",
        action="store_true",
        help="whether the values beside orders and answers agree with what comes of them",
    )
    parser.add_argument("--jobs", type=positive, metavar="N", help="processes (default: all cores)")
    parser.add_argument("--cluster", metavar="ADDRESS", help="of a Dask scheduler (extra: cluster)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_const", const="json", dest="format")
    form.add_argument(
        "--format",
        choices=("text", "json", "html"),
        help="html: a page with charts (default: by the ending of FILE, else text)",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE")
    force_option(parser)
    parser.set_defaults(command=lab)


def lab(given: argparse.Namespace) -> int:
    """Play and judge many campaigns; returns the exit status."""
    from game.lab import command
    from game.lab.report_formats import as_text
    from game.maps.load import load_map

    docs = [load_map(name) for name in given.maps]
    if given.output is not None:
        _room_for(given.output, given.force)
    if given.history is not None:
        return _history(given, docs)
    if given.deduction:
        return _deduction(given, docs)
    if given.worth:
        return _worth(given, docs)
    on_progress = _Progress()
    report = command.run(
        docs,
        runs=given.runs,
        turns=given.turns,
        seed=given.seed,
        doctrines=given.doctrines,
        players=given.player,
        seat=given.state,
        jobs=given.jobs,
        cluster=given.cluster,
        progress=on_progress,
    )
    return _shown(given, as_text(report, given.format, given.output))


def _shown(given: argparse.Namespace, shown: str) -> int:
    """Print a report, or write it to the file that was named."""
    if given.output is None:
        print(shown)
    else:
        # What somebody put there since stays as .bak: hours of work are not refused at the end.
        write_out(given.output, f"{shown}\n".encode(), force=True)
    return DONE


def _history(given: argparse.Namespace, docs: "Sequence[MapDoc]") -> int:
    """`--history`: how campaigns of one map order what a file says followed."""
    from game.lab.outcomes import history_report, read_outcomes
    from game.lab.outcomes_text import document
    from game.lab.report_formats import document_as_text

    for flag, value in (
        ("--player", given.player),
        ("--as", given.state),
        ("--doctrines", given.doctrines),
        ("--cluster", given.cluster),
        ("--deduction", given.deduction),
        ("--worth", given.worth),
    ):
        if value:
            raise Stop(f"{flag} does not go with --history; leave it out.", USAGE)
    if len(docs) != 1:
        raise Stop("--history is about one map; name one.", USAGE)
    (doc,) = docs
    report = history_report(
        doc,
        read_outcomes(given.history, doc),
        runs=given.runs,
        turns=given.turns or HISTORY_TURNS,
        seed=given.seed,
        jobs=given.jobs,
    )
    return _shown(given, document_as_text(report, document, given.format, given.output))


def _deduction(given: argparse.Namespace, docs: "Sequence[MapDoc]") -> int:
    """`--deduction`: by which turn what a passing player could see settles its rivals."""
    from game.lab.command import seat_on
    from game.lab.deduction import deduction_report, document
    from game.lab.report_formats import document_as_text

    for flag, value in (
        ("--player", given.player),
        ("--doctrines", given.doctrines),
        ("--cluster", given.cluster),
        ("--worth", given.worth),
    ):
        if value:
            raise Stop(f"{flag} does not go with --deduction; leave it out.", USAGE)
    if given.state is not None:
        for doc in docs:
            seat_on(doc, given.state)
    report = deduction_report(
        docs,
        runs=given.runs,
        turns=given.turns,
        seed=given.seed,
        seat=given.state,
        jobs=given.jobs,
    )
    return _shown(given, document_as_text(report, document, given.format, given.output))


def _worth(given: argparse.Namespace, docs: "Sequence[MapDoc]") -> int:
    """`--worth`: whether the values shown agree with what comes of an act."""
    from game.lab.report_formats import document_as_text
    from game.lab.shown_worth import document, worth_report

    for flag, value in (
        ("--player", given.player),
        ("--as", given.state),
        ("--doctrines", given.doctrines),
        ("--cluster", given.cluster),
    ):
        if value:
            raise Stop(f"{flag} does not go with --worth; leave it out.", USAGE)
    report = worth_report(
        docs, runs=given.runs, turns=given.turns, seed=given.seed, jobs=given.jobs
    )
    return _shown(given, document_as_text(report, document, given.format, given.output))


def _room_for(path: Path, force: bool) -> None:
    """Raise Stop if the report could not be written, before hours of work are spent on it."""
    from game.files.exports import already_there

    folder = path.absolute().parent
    if path.is_dir():
        raise Stop(f"{path} is a folder; name a file in it.", BAD)
    if not folder.is_dir():
        raise Stop(f"There is no folder {folder} to write in.", BAD)
    if path.exists() and not force:
        raise already_there(path)
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise Stop(f"Nothing may be written to {path}.", BAD)


class _Progress:
    """Shows progress: in one line of a terminal, or one line a minute in a log."""

    def __init__(self) -> None:
        self.line = sys.stderr.isatty()
        self.last = time.monotonic()

    def __call__(self, done: int, total: int, seconds: float) -> None:
        minutes, rest = divmod(round(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        left = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
        text = f"{done} of {total} campaigns, {left} left"
        if self.line:
            end = "" if done < total else "\r"
            print(f"\r{text:<50}", end=end, file=sys.stderr, flush=True)
        elif time.monotonic() - self.last >= MINUTE:
            self.last = time.monotonic()
            print(text, file=sys.stderr, flush=True)
