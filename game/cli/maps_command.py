"""The commands `maps`: list, check, show, make maps."""

import argparse
import json
from pathlib import Path
from typing import Any

from game.cli.common import (
    BAD,
    DONE,
    MAP,
    USAGE,
    Stop,
    force_option,
    positive,
    printable,
    whole,
    write_out,
    written,
)


def add_commands(commands: Any) -> None:
    """Declare the commands and their flags."""
    maps = commands.add_parser("maps", help="list, check, show, make maps")
    kinds = maps.add_subparsers(title="commands", metavar="COMMAND", required=True)
    kinds.add_parser("list", help="the shipped maps").set_defaults(command=_list)
    check = kinds.add_parser("check", help="every problem of a map, placed")
    check.add_argument("map", metavar="MAP", help=MAP)
    check.add_argument("--json", action="store_true")
    check.set_defaults(command=_check)
    show = kinds.add_parser("show", help="draw a map and its states")
    show.add_argument("map", metavar="MAP", help=MAP)
    show.set_defaults(command=_show)
    kinds.add_parser("schema", help="the JSON schema of format 1").set_defaults(command=_schema)
    new = kinds.add_parser("new", help="write a small map to begin from")
    new.add_argument("file", type=Path, metavar="FILE")
    new.add_argument("--random", type=whole, metavar="SEED", help="a random map instead")
    new.add_argument("--states", type=positive, metavar="N", help="of it (default: 8 to 14)")
    new.add_argument("--great", type=positive, metavar="N", help="great powers (default: 5 to 7)")
    new.set_defaults(command=_new)
    bring = kinds.add_parser("import", help="make a map from GeoJSON (extra: geo)")
    bring.add_argument("file", type=Path, metavar="FILE.geojson")
    for table in ("states", "treaties", "rivalries"):
        bring.add_argument(f"--{table}", type=Path, metavar="CSV")
    bring.add_argument("-o", "--output", type=Path, metavar="FILE", required=True)
    force_option(bring)
    bring.set_defaults(command=_import)


def _list(_given: argparse.Namespace) -> int:
    """The command `maps list`."""
    from game.maps.find import shipped_ids
    from game.maps.load import load_map
    from game.maps.map_problem import MapProblems

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


def _check(given: argparse.Namespace) -> int:
    """The command `maps check`."""
    from game.maps.check import check_file, check_map
    from game.maps.find import RANDOM, resolve_map

    if given.map.startswith(RANDOM):
        from game.maps.random_by_name import text_named

        problems = check_map(text_named(given.map).encode())
    else:
        problems = check_file(resolve_map(given.map))
    sound = not any(problem.severity == "error" for problem in problems)
    if given.json:
        report = {"ok": sound, "problems": [problem.as_json() for problem in problems]}
        print(json.dumps(report, indent=1))
    else:
        for problem in problems:
            print(printable(problem.sentence()))
        print(f"{printable(given.map)}: {'good' if sound else 'not playable as it is'}.")
    return DONE if sound else BAD


def _show(given: argparse.Namespace) -> int:
    from game.maps.load import load_map
    from game.tui.map_preview import print_map

    print_map(load_map(given.map))
    return DONE


def _schema(_given: argparse.Namespace) -> int:
    from game.maps.schema import schema_text

    print(schema_text(), end="")
    return DONE


def _new(given: argparse.Namespace) -> int:
    from game.maps.starter import write_starter

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
    """The text of a random map if the name is one; else None."""
    if given.random is None:
        if given.states is not None or given.great is not None:
            raise Stop("--states and --great belong to --random SEED.", USAGE)
        return None
    from game.random_maps import random_text

    return random_text(given.random, states=given.states, great=given.great)


def _new_file(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _import(given: argparse.Namespace) -> int:
    from game.files.exports import already_there
    from game.maps.geojson import import_map
    from game.world.map_document import from_data, pretty_json

    for path in (given.file, given.states, given.treaties, given.rivalries):
        if path is not None and not path.exists():
            raise Stop(f"There is no file {path}.", USAGE)
    if given.output.exists() and not given.force:
        raise already_there(given.output)
    result = import_map(
        given.file,
        states=given.states,
        treaties=given.treaties,
        rivalries=given.rivalries,
    )
    shown = pretty_json(from_data(result.document))
    write_out(given.output, shown.encode(), force=given.force)
    for line in result.report:
        print(printable(line))
    print(printable(f"Wrote {given.output}. Now: realpolitik maps check {given.output}"))
    return DONE
