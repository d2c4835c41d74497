"""The command `debrief`: which theory each state's conduct resembled, in five forms."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from game.campaign import Campaign
    from game.debrief.report_types import Report
    from game.debrief.rerun_types import Rerun

FORMS = ("text", "md", "html", "json")


def add_command(commands: Any) -> None:
    """Declare the command and its flags."""
    parser = commands.add_parser("debrief", help="which theory each state's conduct resembled")
    parser.add_argument("save", metavar="SAVE")
    parser.add_argument("--format", choices=FORMS, default="text")
    parser.add_argument("--blind", action="store_true", help="do not open the envelopes")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE")
    parser.add_argument(
        "--packet",
        type=Path,
        metavar="FILE.zip",
        help="write a teacher's packet: page, figures, save, questions and answers",
    )
    parser.add_argument(
        "--rerun",
        action="append",
        default=[],
        metavar="ID=D",
        help="run the campaign again with a state's doctrine swapped",
    )
    parser.add_argument(
        "--exponents", action="store_true", help="fit the exponents too, which takes minutes"
    )
    parser.add_argument("--times", type=positive, default=5, metavar="N", help="of each rerun")
    force_option(parser)
    saves_option(parser)
    parser.set_defaults(command=debrief)


def debrief(given: argparse.Namespace) -> int:
    """Print or write a debrief; returns the exit status."""
    from game.debrief import output_formats as packets
    from game.files.exports import already_there

    path = save_path(given.save, given.saves)
    for target in (given.output, given.packet):
        _not_onto(target, path)
        if target is not None and target.exists() and not given.force:
            raise already_there(target)
    report, save, note = _report(given, path)
    if given.packet is not None:
        if note:
            raise Stop(f"{note} A packet wants a whole save: resume it first.", BAD)
        write_out(given.packet, packets.packet(report, save), force=given.force)
        print(printable(f"Wrote {given.packet}."))
    if given.output is not None:
        content = packets.written(report, given.format).encode()
        write_out(given.output, content, force=given.force)
    elif given.packet is None:
        print(packets.written(report, given.format), end="")
    if note:
        sys.stdout.flush()
        raise Stop(note, BAD)
    return DONE


def _report(given: argparse.Namespace, path: Path) -> tuple[Report, bytes | None, str]:
    """The report, the save for a packet (none where it stays blind), and what is wrong with it."""
    from game.campaign import Campaign
    from game.files.file_problems import DamagedSave

    if given.blind:
        if given.rerun:
            raise Stop("A campaign is run again with its envelopes open: leave --blind out.", USAGE)
        try:
            return _blind(path, given.exponents), None, ""
        except DamagedSave as damage:
            return _survived(path, damage)
    try:
        campaign = Campaign.load(path)
    except DamagedSave as damage:
        if given.rerun:
            raise
        return _survived(path, damage)
    if given.exponents:
        campaign.debriefing.fit_exponents(progress=_progress_line("parts of the fit"))
    if campaign.debriefing.sealed:
        if given.rerun:
            raise Stop("The envelopes are sealed until the campaign is over: no run again.", BAD)
        return campaign.debriefing.report(blind=True), None, ""
    reruns = tuple(_again(campaign, pair, given.times) for pair in given.rerun)
    report = replace(campaign.debriefing.report(), reruns=reruns)
    save = campaign.debriefing.save_bytes() if given.packet is not None else None
    return report, save, ""


def _survived(path: Path, damage: Exception) -> tuple[Report, None, str]:
    """(the blind debrief of what is left of a damaged save, a sentence that says so)."""
    from game.debrief.report import debrief
    from game.saves.recovery import surviving
    from game.words.grammar import counted

    history = surviving(path)
    if history is None:
        raise damage
    played = len(history.turns)
    turns = "turn" if played == 1 else counted(played, "turn")
    note = f"{printable(path.name)} is damaged: this is the blind debrief of its first {turns}."
    return debrief(history), None, note


def _blind(path: Path, exponents: bool) -> Report:
    from game.debrief.analysis import Analysis
    from game.debrief.report import debrief
    from game.saves import save_file

    made = Analysis(save_file.read_history(path))
    if exponents:
        made.fit(list(made.findings), _progress_line("parts of the fit"))
    return debrief(made.history, analysis=made)


def _again(campaign: Campaign, pair: str, times: int) -> Rerun:
    state, equals, doctrine = pair.partition("=")
    if not equals:
        raise Stop(f"--rerun takes ID=D, such as GMY=BOP, not {pair!r}.", USAGE)
    on_progress = _progress_line("turns run again")
    return campaign.debriefing.rerun(state, doctrine, times=times, progress=on_progress)


def _progress_line(what: str) -> Callable[[int, int], None] | None:
    """A function that shows progress in one line of a terminal and removes it at the end.

    None if standard error is no terminal.
    """
    if not sys.stderr.isatty():
        return None

    def progress(done: int, total: int) -> None:
        line = f"{done} of {total} {what}"
        print(f"\r{line:<48}", end="" if done < total else "\r", file=sys.stderr, flush=True)

    return progress


def _not_onto(target: Path | None, save: Path) -> None:
    """Raise Stop if a debrief would overwrite its own save."""
    if target is not None and target.exists() and target.samefile(save):
        raise Stop(f"{target} is the save itself; name another file.", BAD)
