"""The commands `maps`: list, check, show, make maps."""

import argparse
import json
from pathlib import Path
from typing import Any

from game.cli import maps_share_command
from game.cli.common import (
    BAD,
    DONE,
    MAP,
    USAGE,
    Stop,
    force_option,
    maps_option,
    positive,
    printable,
    whole,
    write_out,
    written,
)

MOST_IMPORT_ROWS = 400
"""Rows that an import may be asked for: mending borders takes time with their square."""


def add_commands(commands: Any) -> None:
    """Declare the commands and their flags."""
    maps = commands.add_parser("maps", help="list, check, show, make maps")
    kinds = maps.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listed = kinds.add_parser("list", help="the shipped maps and your own")
    maps_option(listed)
    listed.set_defaults(command=_list)
    check = kinds.add_parser("check", help="every problem of a map, placed")
    check.add_argument("map", metavar="MAP", help=MAP)
    check.add_argument("--json", action="store_true")
    check.add_argument("--watch", action="store_true", help="again at every change, with a picture")
    maps_option(check)
    check.set_defaults(command=_check)
    show = kinds.add_parser("show", help="draw a map and its states")
    show.add_argument("map", metavar="MAP", help=MAP)
    maps_option(show)
    show.set_defaults(command=_show)
    edit = kinds.add_parser("edit", help="paint and change a map in the terminal")
    edit.add_argument("map", metavar="FILE", help="a map's file, or the id of one of your own")
    maps_option(edit)
    edit.set_defaults(command=_edit)
    maps_share_command.add_commands(kinds)
    kinds.add_parser("schema", help="the JSON schema of format 1").set_defaults(command=_schema)
    new = kinds.add_parser("new", help="write a small map to begin from")
    new.add_argument("file", type=Path, metavar="FILE")
    new.add_argument("--random", type=whole, metavar="SEED", help="a random map instead")
    new.add_argument("--states", type=positive, metavar="N", help="of it (default: 8 to 14)")
    new.add_argument("--great", type=positive, metavar="N", help="great powers (default: 5 to 7)")
    new.set_defaults(command=_new)
    bring = kinds.add_parser("import", help="make a map from GeoJSON or TopoJSON (extra: geo)")
    bring.add_argument("file", type=Path, metavar="FILE")
    for table in ("states", "treaties", "rivalries", "seas"):
        bring.add_argument(f"--{table}", type=Path, metavar="CSV", help=f"table of {table}")
    for part in ("id", "name", "owner"):
        bring.add_argument(f"--{part}", metavar="PROPERTY", help=f"holds a province's {part}")
    bring.add_argument("--layer", metavar="NAME", help="of TopoJSON (default: the fullest)")
    bring.add_argument("--rows", type=positive, metavar="N", help="of the grid, at most 400")
    bring.add_argument("--projection", choices=("flat", "conic"), default="flat")
    bring.add_argument("--clip", type=_bounds, metavar="W,S,E,N", help="degrees: --clip=-10,...")
    bring.add_argument("--title", metavar="TEXT")
    bring.add_argument(
        "--give-slivers", action="store_true", help="detached scraps go to the land they touch"
    )
    bring.add_argument("-o", "--output", type=Path, metavar="FILE", required=True)
    force_option(bring)
    bring.set_defaults(command=_import)


def _list(_given: argparse.Namespace) -> int:
    from game.files.user_maps import user_maps_folder
    from game.maps.find import ids_in, maps_folder

    shipped = maps_folder()
    for name in ids_in(shipped):
        _list_one(shipped / f"{name}.json")
    own = user_maps_folder()
    names = ids_in(own)
    if names:
        print(printable(f"Yours, in {own}:"))
    for name in names:
        _list_one(own / f"{name}.json")
    return DONE


def _list_one(path: Path) -> None:
    from game.maps.load import load_map
    from game.maps.map_problem import MapProblems

    try:
        doc = load_map(path)
    except MapProblems as problems:
        print(printable(f"{path.stem}: {problems}"))
        return
    playable = sum(state.committed_at(1) > 0 for state in doc.states.values())
    print(
        f"{path.stem:<16} {doc.title}: {playable} states, {len(doc.provinces)} provinces, "
        f"{doc.calendar.turns} turns"
    )


def _check(given: argparse.Namespace) -> int:
    """The command `maps check`."""
    from game.maps.check import check_file, check_map
    from game.maps.find import RANDOM, resolve_map, shipped_ids

    read: Path | None = None
    if given.map.startswith(RANDOM):
        from game.maps.random_by_name import text_named

        if given.watch:
            raise Stop("A random map does not change; --watch needs a file.", USAGE)
        problems = check_map(text_named(given.map).encode())
    else:
        path = resolve_map(given.map)
        if given.watch:
            return maps_share_command.watch(path)
        read = path
        problems = check_file(path)
    sound = not any(problem.severity == "error" for problem in problems)
    if given.json:
        report = {"ok": sound, "problems": [problem.as_json() for problem in problems]}
        print(json.dumps(report, indent=1))
    else:
        if (
            read is not None
            and read.name != Path(given.map).name
            and given.map not in shipped_ids()
        ):
            print(printable(f"There is no file {given.map}; reading {read}."))
        for problem in problems:
            print(printable(problem.sentence()))
        print(f"{printable(given.map)}: {'good' if sound else 'not playable as it is'}.")
    return DONE if sound else BAD


def _show(given: argparse.Namespace) -> int:
    from game.maps.load import load_map
    from game.tui.map_preview import print_map

    print_map(load_map(given.map))
    return DONE


def _edit(given: argparse.Namespace) -> int:
    from game.cli.common import on_screen
    from game.maps.find import RANDOM, resolve_map, shipped_ids
    from game.maps.map_draft import MapDraft
    from game.tui.app import Intent

    if given.map.startswith(RANDOM):
        raise Stop(
            f"A random map has no file; write one first: realpolitik maps new my.json "
            f"--random {given.map.removeprefix(RANDOM)}",
            USAGE,
        )
    path = resolve_map(given.map)
    if given.map in shipped_ids():
        raise Stop(
            f"{path.stem} is shipped with the game; edit a copy of {path}, or name that file.",
            USAGE,
        )
    # Raises MapProblems here, before the screen opens, for what is no map.
    MapDraft(path)
    return on_screen(Intent("edit", map=str(path)))


def _schema(_given: argparse.Namespace) -> int:
    from game.maps.schema import schema_text

    print(schema_text(), end="")
    return DONE


def _new(given: argparse.Namespace) -> int:
    from game.maps.schema import schema_text
    from game.maps.starter import write_starter

    text = _random_text(given)
    given.file = given.file if given.file.suffix else given.file.with_suffix(".json")
    if given.file.exists():
        raise Stop(f"{given.file} exists already; choose another name.", BAD)
    if text is None:
        written(lambda: write_starter(given.file))
    else:
        written(lambda: _new_file(given.file, text))
    beside = given.file.with_name("map.schema.json")
    if not beside.exists():
        written(lambda: _new_file(beside, schema_text()))
        print(f"Wrote {beside}, for editors that complete and check as you type.")
    print(f"Wrote {given.file}. Change it, then: realpolitik maps check {given.file} --watch")
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


def _bounds(text: str) -> tuple[float, float, float, float]:
    """Four numbers for --clip, for argparse."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text[:60]!r} is not WEST,SOUTH,EAST,NORTH in degrees"
        ) from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise argparse.ArgumentTypeError(f"{text[:60]!r} is no window: west < east, south < north")
    return west, south, east, north


def _import(given: argparse.Namespace) -> int:
    from game.files.exports import already_there
    from game.maps.geojson import PropertyNames, import_map
    from game.maps.geojson.csv_tables import read_seas
    from game.world.map_document import from_data, pretty_json

    for path in (given.file, given.states, given.treaties, given.rivalries, given.seas):
        if path is not None and not path.exists():
            raise Stop(f"There is no file {path}.", USAGE)
    if given.rows is not None and given.rows > MOST_IMPORT_ROWS:
        raise Stop(f"--rows is {MOST_IMPORT_ROWS} at most, not {given.rows}.", USAGE)
    if given.output.exists() and not given.force:
        raise already_there(given.output)
    result = import_map(
        given.file,
        states=given.states,
        treaties=given.treaties,
        rivalries=given.rivalries,
        seas=read_seas(given.seas) if given.seas is not None else (),
        names=PropertyNames(given.id, given.name, given.owner),
        layer=given.layer,
        rows=given.rows,
        projection=given.projection,
        clip=given.clip,
        title=given.title,
        give_slivers=given.give_slivers,
    )
    shown = pretty_json(from_data(result.document))
    write_out(given.output, shown.encode(), force=given.force)
    for line in result.report:
        print(printable(line))
    print(printable(f"Wrote {given.output}. Now: realpolitik maps check {given.output}"))
    return DONE
