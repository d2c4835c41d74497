"""The command line: it reads arguments, calls the API, prints, and returns an exit status.

0: done. 1: the file or map is bad, or could not be written. 2: wrong usage. 130: Ctrl-C.
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

from game.cli import (
    autoplay_command,
    debrief_command,
    lab_command,
    line_command,
    maps_command,
    saves_command,
    serve_command,
)
from game.cli.common import (
    BAD,
    DIFFICULTIES,
    DONE,
    INTERRUPTED,
    MAP,
    USAGE,
    Stop,
    maps_option,
    on_screen,
    printable,
    save_path,
    saves_option,
    whole,
)
from game.files.user_maps import use_maps_folder
from game.messages import PlayerMessage

NEW_OBJECTS = 20_000
"""Python looks for unreachable objects after so many new ones (its own default is 700)."""


class _Parser(argparse.ArgumentParser):
    """A parser that reports an error in one sentence and accepts no abbreviated flags."""

    def __init__(self, **named: Any) -> None:
        super().__init__(allow_abbrev=False, **named)

    def error(self, message: str) -> NoReturn:
        raise Stop(f"{self.prog}: {message}. See {self.prog} --help.", USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status."""
    try:
        parser = _parser()
        given = parser.parse_args(arguments)
        if getattr(given, "maps_folder", None) is not None:
            use_maps_folder(given.maps_folder)
        command: Callable[[argparse.Namespace], int] = given.command
        status = command(given)
        sys.stdout.flush()
    except PlayerMessage as message:
        print(_sentence(str(message)), file=sys.stderr)
        return message.status
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _hush()
        return BAD
    except OSError as error:
        _hush()
        print(printable(_why(error)), file=sys.stderr)
        return BAD
    return status


def run() -> NoReturn:
    """The console script: it exits with the command's status.

    A campaign creates many small objects that stay in use, and few reference cycles. With Python's
    default threshold the garbage collector would take a tenth of the time.
    """
    gc.set_threshold(NEW_OBJECTS)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        sys.exit(main())
    except Exception as fault:  # a fault of the program: a sentence, and a report of it
        from game.files.crash_log import write_crash_log

        log = write_crash_log(fault, about={"command": " ".join(sys.argv[1:2])})
        where = f"the details are in {log}" if log else "the details could not be written down"
        print(f"The game met a fault of its own and had to stop; {where}.", file=sys.stderr)
        sys.exit(BAD)


def _hush() -> None:
    """Send standard output to the null device, so that Python does not report the error again
    when it flushes the stream at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _why(error: OSError) -> str:
    where = f" {error.filename}" if error.filename else ""
    return f"Could not read or write{where}: {error.strerror or error}."


def _sentence(text: str) -> str:
    cleaned = printable(text)
    return cleaned if cleaned.endswith((".", "?", ")")) else f"{cleaned}."


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="realpolitik",
        description="A strategy game of alliances. Without a command: the title screen.",
    )
    parser.set_defaults(command=_title)
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    parser.add_argument("--saves", type=Path, metavar="DIR", help="the folder of the saves")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    play = commands.add_parser("play", help="begin a campaign")
    play.add_argument("map", nargs="?", metavar="MAP", help=MAP)
    play.add_argument("--as", dest="state", metavar="ID", help="the state to lead")
    play.add_argument("--seed", type=whole, metavar="N", help="the seed of all chance")
    play.add_argument("--teaching", action="store_true", help="doctrines and reasons open")
    play.add_argument("--difficulty", choices=DIFFICULTIES, default="normal")
    play.add_argument("--plain", action="store_true", help="on plain lines, without a screen")
    play.add_argument("--json", action="store_true", help="as --plain, in JSON lines")
    saves_option(play)
    maps_option(play)
    play.set_defaults(command=_play)

    resume = commands.add_parser("resume", help="continue a campaign (without SAVE: the last)")
    resume.add_argument("save", nargs="?", metavar="SAVE")
    resume.add_argument("--plain", action="store_true", help="on plain lines, without a screen")
    resume.add_argument("--json", action="store_true", help="as --plain, in JSON lines")
    saves_option(resume)
    resume.set_defaults(command=_resume)

    autoplay_command.add_command(commands)
    debrief_command.add_command(commands)
    maps_command.add_commands(commands)
    saves_command.add_commands(commands)
    lab_command.add_command(commands)

    serve_command.add_command(commands)
    return parser


def _title(given: argparse.Namespace) -> int:
    if given.version:
        from importlib.metadata import version

        print(version("realpolitik"))
        return DONE
    from game.tui.app import Intent

    return on_screen(Intent(saves=given.saves))


def _play(given: argparse.Namespace) -> int:
    """The command `play`."""
    from game.campaign import Campaign
    from game.maps.load import load_map
    from game.tui.app import Intent

    name = given.map or "five-crowns"
    doc = load_map(name)
    if given.state is not None:
        # Raises Refused here, before the screen opens, for a state that cannot be played.
        campaign = Campaign.new(
            doc,
            player=given.state,
            seed=given.seed,
            teaching=given.teaching,
            difficulty=given.difficulty,
        )
    if given.plain or given.json:
        if given.state is None:
            states = ", ".join(sorted(doc.states))
            raise Stop(f"Say whom to lead, with --as and one of {states}.", USAGE)
        return line_command.begin(campaign, given)
    return on_screen(
        Intent(
            kind="play",
            map=name if given.map or given.state else None,
            state=given.state,
            seed=given.seed,
            teaching=given.teaching,
            difficulty=given.difficulty,
            saves=given.saves,
        )
    )


def _resume(given: argparse.Namespace) -> int:
    """The command `resume`."""
    from game.files.file_problems import DamagedSave, SaveProblem
    from game.saves.save_file import read, recover
    from game.tui.app import Intent

    path = _last(given.saves) if given.save is None else save_path(given.save, given.saves)
    if given.plain or given.json:
        return line_command.resume(path, given)
    try:
        read(path)
    except DamagedSave as damage:
        try:
            recovered = recover(path)
        except DamagedSave:
            raise
        except SaveProblem as problem:
            raise Stop(f"{damage} {problem}", BAD) from None
        raise Stop(recovered.sentence, BAD) from None
    return on_screen(Intent(kind="resume", save=path, saves=given.saves))


def _last(given: Path | None) -> Path:
    """The newest save."""
    from game.saves import save_list

    folder = given or save_list.saves_dir()
    for entry in save_list.list_saves(folder):
        if entry.header is not None:
            return entry.path
    raise Stop(f"There is no save in {folder}; begin one with realpolitik play.", USAGE)
