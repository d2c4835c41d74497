"""The commands `maps check --watch`, `maps pack`, `maps unpack`."""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from game.cli.common import DONE, maps_option, printable

PAUSE = 0.3
"""Seconds between looks at a file that is watched."""


def add_commands(kinds: Any) -> None:
    """Declare the commands and their flags."""
    pack = kinds.add_parser("pack", help="a map and its notes in a zip, to share")
    pack.add_argument("map", metavar="MAP")
    pack.add_argument("--notes", type=Path, metavar="FILE", help="default: MAP.md beside it")
    pack.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: ID.zip, here")
    maps_option(pack)
    pack.set_defaults(command=_pack)
    unpack = kinds.add_parser("unpack", help="put a shared map among your own")
    unpack.add_argument("file", type=Path, metavar="FILE.zip")
    maps_option(unpack)
    unpack.set_defaults(command=_unpack)


def _pack(given: argparse.Namespace) -> int:
    from game.maps.find import resolve_map
    from game.maps.pack import pack_map

    packed = pack_map(resolve_map(given.map), notes=given.notes, target=given.output)
    print(printable(f"Wrote {packed.path}: {', '.join(packed.names)}."))
    print(f"SHA-256 of the map: {packed.digest}")
    return DONE


def _unpack(given: argparse.Namespace) -> int:
    from game.files.user_maps import user_maps_folder
    from game.maps.pack import unpack_map

    packed = unpack_map(given.file, user_maps_folder())
    print(printable(f"Wrote {', '.join(packed.names)} in {packed.path.parent}."))
    print(f"SHA-256 of the map: {packed.digest}")
    print(printable(f"Play it: realpolitik play {packed.path.stem}"))
    return DONE


def watch(path: Path) -> int:
    """Check a file and draw it, again each time it changes, until Ctrl-C."""
    for _ in changes(path):
        look(path)
    return DONE


def changes(path: Path, pause: float = PAUSE) -> Iterator[None]:
    """Yields at once, then each time the file is written, is gone, or is there again."""
    before: object = "not looked at"
    while True:
        try:
            status = path.stat()
            stamp: object = (status.st_mtime_ns, status.st_size, status.st_ino)
        except OSError:
            stamp = None
        if stamp != before:
            before = stamp
            yield
        else:
            time.sleep(pause)


def look(path: Path) -> None:
    """Print a map's picture (if it can be played) and every problem."""
    from rich.console import Console

    from game.maps.check import Checked, read_and_check, read_bytes
    from game.maps.map_problem import Problem
    from game.tui.map_preview import print_picture

    out = Console()
    if out.is_terminal:
        out.clear()
    data = read_bytes(path)
    checked = Checked(None, [data]) if isinstance(data, Problem) else read_and_check(data)
    if checked.doc is not None:
        print_picture(checked.doc, out)
    for problem in checked.problems:
        print(printable(problem.sentence()))
    state = "good" if checked.doc is not None else "not playable as it is"
    now = time.strftime("%H:%M:%S")
    print(printable(f"{now} {path}: {state}. Waiting for a change; Ctrl-C ends."), flush=True)
