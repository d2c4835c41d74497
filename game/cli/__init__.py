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

from game.cli import debriefing, laboratory
from game.cli.common import (
    BAD,
    DONE,
    INTERRUPTED,
    MAP,
    USAGE,
    Stop,
    map_named,
    positive,
    printable,
    readable,
    save_path,
    saves_option,
    whole,
    written,
)

if TYPE_CHECKING:
    from game.store.header import Header
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
    except Stop as stop:
        print(_sentence(str(stop)), file=sys.stderr)
        return stop.status
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
    saves_option(play)
    play.set_defaults(command=_play)

    resume = commands.add_parser("resume", help="continue a campaign (without SAVE: the last)")
    resume.add_argument("save", nargs="?", metavar="SAVE")
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

    debriefing.add_command(commands)

    _maps_commands(commands)
    _saves_commands(commands)

    laboratory.add_command(commands)

    serve = commands.add_parser("serve", help="the game in a browser (extra: web)")
    serve.add_argument("--host", default="localhost")
    serve.add_argument("--port", type=positive, default=8000)
    serve.set_defaults(command=_serve)
    return parser


def _maps_commands(commands: Any) -> None:
    maps = commands.add_parser("maps", help="list, check, show, make maps")
    kinds = maps.add_subparsers(title="commands", metavar="COMMAND", required=True)
    kinds.add_parser("list", help="the shipped maps").set_defaults(command=_maps_list)
    check = kinds.add_parser("check", help="every problem of a map, placed")
    check.add_argument("map", metavar="MAP", help=MAP)
    check.add_argument("--json", action="store_true")
    check.set_defaults(command=_maps_check)
    show = kinds.add_parser("show", help="draw a map and its states")
    show.add_argument("map", metavar="MAP", help=MAP)
    show.set_defaults(command=_maps_show)
    kinds.add_parser("schema", help="the JSON schema of format 1").set_defaults(
        command=_maps_schema
    )
    new = kinds.add_parser("new", help="write a small map to begin from")
    new.add_argument("file", type=Path, metavar="FILE")
    new.add_argument("--random", type=whole, metavar="SEED", help="a random map instead")
    new.add_argument("--states", type=positive, metavar="N", help="of it (default: 8 to 14)")
    new.add_argument("--great", type=positive, metavar="N", help="great powers (default: 5 to 7)")
    new.set_defaults(command=_maps_new)
    bring = kinds.add_parser("import", help="make a map from GeoJSON (extra: geo)")
    bring.add_argument("file", type=Path, metavar="FILE.geojson")
    for table in ("states", "treaties", "rivalries"):
        bring.add_argument(f"--{table}", type=Path, metavar="CSV")
    bring.add_argument("-o", "--output", type=Path, metavar="FILE", required=True)
    bring.set_defaults(command=_maps_import)


def _saves_commands(commands: Any) -> None:
    saves = commands.add_parser("saves", help="list, check, export, delete saves")
    kinds = saves.add_subparsers(title="commands", metavar="COMMAND", required=True)
    shown = kinds.add_parser("list", help="the saves, the last one first")
    saves_option(shown)
    shown.set_defaults(command=_saves_list)
    for name, text, command in (
        ("check", "check a save's chain, and replay it", _saves_check),
        ("delete", "delete a save", _saves_delete),
    ):
        kind = kinds.add_parser(name, help=text)
        kind.add_argument("save", metavar="SAVE")
        saves_option(kind)
        kind.set_defaults(command=command)
    export = kinds.add_parser("export", help="copy a save to a file")
    export.add_argument("save", metavar="SAVE")
    export.add_argument("-o", "--output", type=Path, metavar="FILE", required=True)
    saves_option(export)
    export.set_defaults(command=_saves_export)


# playing


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
        raise Stop("The screen needs a terminal; without one there is autoplay.", USAGE)
    return run_app(intent)


def _play(given: argparse.Namespace) -> int:
    from game.campaign import Campaign, Refused
    from game.tui.app import Intent

    name = given.map or "five-crowns"
    doc = map_named(name)
    if given.state is not None:
        try:
            Campaign.new(doc, player=given.state, seed=given.seed)
        except Refused as refused:
            raise Stop(str(refused), USAGE) from None
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
    from game.store import saves
    from game.store.problems import DamagedSave, SaveProblem
    from game.tui.app import Intent

    path = _last(given.saves) if given.save is None else save_path(given.save, given.saves)
    try:
        saves.read(path)
    except DamagedSave as damage:
        try:
            recovered = saves.recover(path)
        except SaveProblem:
            raise Stop(str(damage), BAD) from None
        raise Stop(recovered.sentence, BAD) from None
    except SaveProblem as problem:
        raise Stop(str(problem), problem.status) from None
    return _screen(Intent(kind="resume", save=path, saves=given.saves))


def _last(given: Path | None) -> Path:
    """The save that was written last."""
    from game.store import shelf

    folder = given or shelf.saves_dir()
    for entry in shelf.list_saves(folder):
        if entry.header is not None:
            return entry.path
    raise Stop(f"There is no save in {folder}; begin one with realpolitik play.", USAGE)


def _autoplay(given: argparse.Namespace) -> int:
    from game.campaign import Campaign, Refused

    doctrines = {}
    for pair in given.doctrine:
        state, equals, doctrine = pair.partition("=")
        if not equals:
            raise Stop(f"--doctrine takes ID=D, such as GMY=BOP, not {pair!r}.", USAGE)
        doctrines[state] = doctrine
    doc = map_named(given.map)
    try:
        campaign = Campaign.new(
            doc,
            seed=given.seed,
            turns=given.turns,
            doctrines=doctrines,
            difficulty=given.difficulty,
        )
    except Refused as refused:
        raise Stop(str(refused), USAGE) from None
    if given.save is not None and not given.save.absolute().parent.is_dir():
        raise Stop(f"There is no folder {given.save.absolute().parent} to save in.", BAD)
    while not campaign.over:
        campaign.submit()
    if given.save is not None:
        written(lambda: campaign.save(given.save))
    outcome = campaign.outcome()
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


# maps


def _maps_list(_given: argparse.Namespace) -> int:
    from game.store.maps.find import shipped_ids
    from game.store.maps.problem import MapProblems
    from game.store.maps.read import load_map

    for name in shipped_ids():
        try:
            doc = load_map(name)
        except MapProblems as problems:
            print(printable(f"{name}: {problems}"))
            continue
        playable = sum(state.committed_at(1) > 0 for state in doc.states.values())
        print(
            f"{name:<16}{doc.title}: {playable} states, {len(doc.provinces)} provinces, "
            f"{doc.calendar.turns} turns"
        )
    return DONE


def _maps_check(given: argparse.Namespace) -> int:
    from game.store.maps.check import check_file, check_map
    from game.store.maps.find import RANDOM, resolve_map
    from game.store.maps.problem import UnknownMap

    try:
        if given.map.startswith(RANDOM):
            from game.store.mapmaker.named import text_named

            problems = check_map(text_named(given.map).encode())
        else:
            problems = check_file(resolve_map(given.map))
    except UnknownMap as unknown:
        raise Stop(str(unknown), USAGE) from None
    sound = not any(problem.severity == "error" for problem in problems)
    if given.json:
        report = {"ok": sound, "problems": [problem.as_json() for problem in problems]}
        print(json.dumps(report, indent=1))
    else:
        for problem in problems:
            print(printable(problem.sentence()))
        print(f"{printable(given.map)}: {'good' if sound else 'not playable as it is'}.")
    return DONE if sound else BAD


def _maps_show(given: argparse.Namespace) -> int:
    from game.tui.preview import print_map

    print_map(map_named(given.map))
    return DONE


def _maps_schema(_given: argparse.Namespace) -> int:
    from game.store.maps.schema import schema_text

    print(schema_text(), end="")
    return DONE


def _maps_new(given: argparse.Namespace) -> int:
    from game.store.maps.starter import write_starter

    text = _random_text(given)
    if given.file.exists():
        raise Stop(f"{given.file} exists already; choose another name.", BAD)
    if text is None:
        written(lambda: write_starter(given.file))
    else:
        written(lambda: _new_file(given.file, text))
    print(f"Wrote {given.file}. Change it, then: realpolitik maps check {given.file}")
    return DONE


def _random_text(given: argparse.Namespace) -> str | None:
    """The text of the random map that is asked for, if one is."""
    if given.random is None:
        if given.states is not None or given.great is not None:
            raise Stop("--states and --great belong to --random SEED.", USAGE)
        return None
    from game.store.mapmaker import BadSize, random_text

    try:
        return random_text(given.random, states=given.states, great=given.great)
    except BadSize as problem:
        raise Stop(str(problem), USAGE) from None


def _new_file(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _maps_import(given: argparse.Namespace) -> int:
    from game.store.mapimport import ImportProblem, import_map
    from game.world.mapdoc import from_data, pretty_json

    for path in (given.file, given.states, given.treaties, given.rivalries):
        if path is not None and not path.exists():
            raise Stop(f"There is no file {path}.", USAGE)
    try:
        result = import_map(
            given.file,
            states=given.states,
            treaties=given.treaties,
            rivalries=given.rivalries,
        )
    except ImportProblem as problem:
        raise Stop(str(problem), BAD) from None
    shown = pretty_json(from_data(result.document))
    written(lambda: given.output.write_text(shown, encoding="utf-8"))
    for line in result.report:
        print(printable(line))
    print(printable(f"Wrote {given.output}. Now: realpolitik maps check {given.output}"))
    return DONE


# saves


def _saves_list(given: argparse.Namespace) -> int:
    from game.store import shelf

    folder = given.saves or shelf.saves_dir()
    entries = shelf.list_saves(folder)
    if not entries:
        print(printable(f"No saves in {folder}."))
    for entry in entries:
        if entry.header is None:
            print(printable(f"{entry.name}: {entry.problem}"))
        else:
            print(f"{entry.name:<32}{_line(entry.header)}")
    return DONE


def _line(header: "Header") -> str:
    who = header.state or "AI against AI"
    when = "over" if header.over else f"turn {header.turn}"
    return (
        f"{header.title}, {who}, {when} ({header.date}), saved {header.moment:%Y-%m-%d %H:%M} UTC"
    )


def _saves_check(given: argparse.Namespace) -> int:
    from game.history import ENGINE_REVISION
    from game.play import replay
    from game.store import saves

    path = save_path(given.save, given.saves)
    history = readable(lambda: saves.read_history(path))
    turns = len(history.turns)
    if history.setup.engine_revision != ENGINE_REVISION:
        print(
            f"The chain of {turns} turns is whole. It was played under engine revision "
            f"{history.setup.engine_revision}, not {ENGINE_REVISION}, so it was not replayed."
        )
        return DONE
    if replay(history).digest != history.digest:
        raise Stop(f"{path.name}: replayed, it comes out otherwise than it was saved.", BAD)
    print(f"The chain of {turns} turns is whole, and replaying gives the same digest.")
    return DONE


def _saves_export(given: argparse.Namespace) -> int:
    from game.store import saves

    path = save_path(given.save, given.saves)
    written(lambda: saves.export(path, given.output))
    print(printable(f"Wrote {given.output}."))
    return DONE


def _saves_delete(given: argparse.Namespace) -> int:
    from game.store import saves

    path = save_path(given.save, given.saves)
    written(lambda: saves.delete(path))
    print(printable(f"Deleted {path.name}."))
    return DONE
