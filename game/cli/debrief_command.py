"""The command `debrief`: which theory each state's conduct resembled, in six forms."""

import argparse
import sys
from pathlib import Path
from typing import Any

from game.cli.common import (
    BAD,
    DONE,
    USAGE,
    Stop,
    force_option,
    positive,
    printable,
    save_path,
    saves_option,
    write_out,
)
from game.cli.debrief_class import codebook_path, debrief_class
from game.cli.debrief_loading import debriefed

FORMS = ("text", "md", "html", "json", "csv")
ENDINGS = {".txt": "text", ".htm": "html", **{f".{form}": form for form in FORMS if form != "text"}}
"""File ending -> form."""


def add_command(commands: Any) -> None:
    """Declare the command and its flags."""
    parser = commands.add_parser("debrief", help="which theory each state's conduct resembled")
    parser.add_argument("save", metavar="SAVE", nargs="+")
    parser.add_argument(
        "--format",
        choices=FORMS,
        help="default: by the ending of FILE, else text; with --class html",
    )
    parser.add_argument("--blind", action="store_true", help="do not open the envelopes")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE")
    parser.add_argument(
        "--states", metavar="A,B", help="look into the conduct of these states alone"
    )
    parser.add_argument(
        "--class",
        dest="of_class",
        action="store_true",
        help="compare many saves of one map: whose notebook was best, who played how",
    )
    parser.add_argument(
        "--packet",
        type=Path,
        metavar="FILE.zip",
        help="write a teacher's packet: lesson, sheets to hand out, page, figures, save",
    )
    parser.add_argument(
        "--rerun",
        action="append",
        default=[],
        metavar="ID=D",
        help="run the campaign again with a state's doctrine swapped",
    )
    parser.add_argument(
        "--exponents",
        action=argparse.BooleanOptionalAction,
        help="fit the exponents of every lens; default: for md, html, json and a packet",
    )
    parser.add_argument("--times", type=positive, default=5, metavar="N", help="of each rerun")
    force_option(parser)
    saves_option(parser)
    parser.set_defaults(command=debrief)


def debrief(given: argparse.Namespace) -> int:
    """Print or write a debrief; returns the exit status."""
    if len(given.save) > 1 and not given.of_class:
        raise Stop(f"{len(given.save)} saves are compared with --class; else name one.", USAGE)
    paths = [save_path(name, given.saves) for name in given.save]
    if given.format is None and given.output is not None:
        given.format = ENDINGS.get(given.output.suffix.lower())
    _check_targets(given, paths)
    return debrief_class(given, paths) if given.of_class else _debrief_one(given, paths[0])


def _debrief_one(given: argparse.Namespace, path: Path) -> int:
    from game.debrief import output_formats
    from game.debrief.decision_panel import codebook

    made = debriefed(given, path)
    form = given.format or "text"
    if given.packet is not None:
        if made.note:
            raise Stop(f"{made.note} A packet wants a whole save: resume it first.", BAD)
        content = output_formats.packet(made.report, made.save, made.analysis)
        write_out(given.packet, content, force=given.force)
        print(printable(f"Wrote {given.packet}."))
    if given.output is not None:
        written = output_formats.written(made.report, form, made.analysis)
        write_out(given.output, written.encode(), force=given.force)
        if form == "csv":
            words = codebook([made.report])
            write_out(codebook_path(given.output), words.encode(), force=given.force)
    elif given.packet is None:
        print(output_formats.written(made.report, form, made.analysis), end="")
    if made.note:
        sys.stdout.flush()
        raise Stop(made.note, BAD)
    return DONE


def _check_targets(given: argparse.Namespace, paths: list[Path]) -> None:
    """Raise where a file to be written is a save, or is there already without --force."""
    from game.files.exports import already_there

    targets = [target for target in (given.output, given.packet) if target is not None]
    if given.format == "csv" and given.output is not None:
        targets.append(codebook_path(given.output))
    for target in targets:
        for path in paths:
            if target.exists() and target.samefile(path):
                raise Stop(f"{target} is the save itself; name another file.", BAD)
        if target.exists() and not given.force:
            raise already_there(target)
