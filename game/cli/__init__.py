"""The command line (thin): it reads arguments, calls the API, prints, and sets the exit status.

0 done; 1 the thing asked about is bad or could not be written; 2 wrong usage; 130 Ctrl-C.
"""

import argparse
import gc
import json
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from game.cli import debrief_command, lab_command, line_command, maps_command, saves_command
from game.cli.common import (
    BAD,
    DONE,
    INTERRUPTED,
    MAP,
    USAGE,
    Stop,
    positive,
    printable,
    save_path,
    saves_option,
    whole,
    written,
)
from game.messages import PlayerMessage

if TYPE_CHECKING:
    from game.tui.app import Intent

DIFFICULTIES = ("easy", "normal", "hard")
THINGS = 20_000
"""How many more things there are before the youngest are looked through for garbage."""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one sentence, and that guesses no shortened flags."""

    def __init__(self, **named: Any) -> None:
        super().__init__(allow_abbrev=False, **named)

    def error(self, message: str) -> NoReturn:
        raise Stop(f"{self.prog}: {message}. See {self.prog} --help.", USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status."""
    try:
        parser = _parser()
        given = parser.parse_args(arguments)
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
    """The console script: exits with the command's status.

    A campaign makes many small things that last, and little garbage that only a collector finds:
    looking for it at every 700th thing would take a tenth of the time.
    """
    gc.set_threshold(THINGS)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(main())


def _hush() -> None:
    """Drop what standard output could not take, so that nothing more is said of it at the end."""
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
    play.set_defaults(command=_play)

    resume = commands.add_parser("resume", help="continue a campaign (without SAVE: the last)")
    resume.add_argument("save", nargs="?", metavar="SAVE")
    resume.add_argument("--plain", action="store_true", help="on plain lines, without a screen")
    resume.add_argument("--json", action="store_true", help="as --plain, in JSON lines")
    saves_option(resume)
    resume.set_defaults(command=_resume)

    auto = commands.add_parser("autoplay", help="let AI states play among themselves")
    auto.add_argument("map", metavar="MAP", help=MAP)
    auto.add_argument("--seed", type=whole, default=1, metavar="N")
    auto.add_argument("--turns", type=positive, metavar="N", help="default: the calendar's")
    auto.add_argument(
        "--doctrine", action="append", default=[], metavar="ID=D", help="set a state's doctrine"
    )
    auto.add_argument("--difficulty", choices=DIFFICULTIES, default="normal")
    auto.add_argument("--save", type=Path, metavar="FILE")
    auto.add_argument("--json", action="store_true")
    auto.set_defaults(command=_autoplay)

    debrief_command.add_command(commands)
    maps_command.add_commands(commands)
    saves_command.add_commands(commands)
    lab_command.add_command(commands)

    serve = commands.add_parser("serve", help="the game in a browser (extra: web)")
    serve.add_argument("--host", default="localhost")
    serve.add_argument("--port", type=positive, default=8000)
    serve.set_defaults(command=_serve)
    return parser


def _title(given: argparse.Namespace) -> int:
    if given.version:
        from importlib.metadata import version

        print(version("realpolitik"))
        return DONE
    from game.tui.app import Intent

    return _screen(Intent())


def _screen(intent: "Intent") -> int:
    """Open the game on the screen."""
    from game.tui.app import run_app

    served = "TEXTUAL_DRIVER" in os.environ
    if not served and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Stop("The screen needs a terminal; without one there is play --plain.", USAGE)
    return run_app(intent)


def _play(given: argparse.Namespace) -> int:
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
    return _screen(
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
        except SaveProblem:
            raise damage from None
        raise Stop(recovered.sentence, BAD) from None
    return _screen(Intent(kind="resume", save=path, saves=given.saves))


def _last(given: Path | None) -> Path:
    """The save that was written last."""
    from game.saves import save_list

    folder = given or save_list.saves_dir()
    for entry in save_list.list_saves(folder):
        if entry.header is not None:
            return entry.path
    raise Stop(f"There is no save in {folder}; begin one with realpolitik play.", USAGE)


def _autoplay(given: argparse.Namespace) -> int:
    from game.campaign import Campaign
    from game.maps.load import load_map

    doctrines = {}
    for pair in given.doctrine:
        state, equals, doctrine = pair.partition("=")
        if not equals:
            raise Stop(f"--doctrine takes ID=D, such as GMY=BOP, not {pair!r}.", USAGE)
        doctrines[state] = doctrine
    campaign = Campaign.new(
        load_map(given.map),
        seed=given.seed,
        turns=given.turns,
        doctrines=doctrines,
        difficulty=given.difficulty,
    )
    if given.save is not None and not given.save.absolute().parent.is_dir():
        raise Stop(f"There is no folder {given.save.absolute().parent} to save in.", BAD)
    while not campaign.over:
        campaign.submit()
    if given.save is not None:
        written(lambda: campaign.save(given.save))
    outcome = campaign.debriefing.outcome()
    if given.json:
        print(json.dumps(outcome, indent=1))
    else:
        _print_outcome(outcome, campaign)
    return DONE


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


def _serve(given: argparse.Namespace) -> int:
    try:
        from textual_serve.server import Server
    except ImportError:
        raise Stop(
            "To serve the game install its extra web: pip install 'realpolitik[web]'.", USAGE
        ) from None
    Server(f"{shlex.quote(sys.executable)} -m game", host=given.host, port=given.port).serve()
    return DONE
