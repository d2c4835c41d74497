"""The commands `saves`: list, check, export, delete saves."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.cli.common import (
    BAD,
    DONE,
    Stop,
    force_option,
    printable,
    save_path,
    saves_option,
    written,
)

if TYPE_CHECKING:
    from game.saves.save_header import Header


def add_commands(commands: Any) -> None:
    """Declare the commands and their flags."""
    save_file = commands.add_parser("saves", help="list, check, export, delete saves")
    kinds = save_file.add_subparsers(title="commands", metavar="COMMAND", required=True)
    shown = kinds.add_parser("list", help="the saves, the last one first")
    saves_option(shown)
    shown.set_defaults(command=_list)
    for name, text, command in (
        ("check", "check a save's chain, and replay it", _check),
        ("delete", "delete a save", _delete),
    ):
        kind = kinds.add_parser(name, help=text)
        kind.add_argument("save", metavar="SAVE")
        saves_option(kind)
        kind.set_defaults(command=command)
    export = kinds.add_parser("export", help="copy a save to a file")
    export.add_argument("save", metavar="SAVE")
    export.add_argument("-o", "--output", type=Path, metavar="FILE", required=True)
    force_option(export)
    saves_option(export)
    export.set_defaults(command=_export)


def _list(given: argparse.Namespace) -> int:
    from game.saves import save_list

    folder = given.saves or save_list.saves_dir()
    entries = save_list.list_saves(folder)
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
    return f"{header.title}, {who}, {when} ({header.date}), saved {header.saved_words()}"


def _check(given: argparse.Namespace) -> int:
    from game.campaign import Campaign
    from game.files.file_problems import DamagedSave
    from game.history import ENGINE_REVISION
    from game.play import replay
    from game.saves.recovery import what_can_be_had
    from game.saves.save_header import read_header

    path = save_path(given.save, given.saves)
    try:
        header = read_header(path)
        history = Campaign.load(path).history
    except DamagedSave as damage:
        raise Stop(f"{damage} {what_can_be_had(path)}", BAD) from None
    turns = len(history.turns)
    whole = f"The save is whole: {turns} turns, the sealed envelope, the notebook and the reasons."
    others = sorted({*header.revisions, history.setup.engine_revision} - {ENGINE_REVISION})
    if others:
        listed = " and ".join(str(one) for one in others)
        print(
            f"{whole} It was written under engine revision {listed}, and this is revision "
            f"{ENGINE_REVISION}, so it was not replayed."
        )
        return DONE
    if replay(history).digest != history.digest:
        raise Stop(f"{path.name}: replayed, it comes out otherwise than it was saved.", BAD)
    print(f"{whole} Replaying it gives the same digest.")
    return DONE


def _export(given: argparse.Namespace) -> int:
    from game.saves import save_file

    path = save_path(given.save, given.saves)
    written(lambda: save_file.export(path, given.output, over=given.force))
    print(printable(f"Wrote {given.output}."))
    return DONE


def _delete(given: argparse.Namespace) -> int:
    from game.saves import save_file

    path = save_path(given.save, given.saves)
    written(lambda: save_file.delete(path))
    print(printable(f"Deleted {path.name}."))
    return DONE
