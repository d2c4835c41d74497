"""The command `debrief SAVE... --class`: many saves of one map, side by side."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.cli.common import BAD, DONE, USAGE, Stop, printable, write_out
from game.cli.debrief_loading import Debriefed, debriefed, progress_line

if TYPE_CHECKING:
    from game.debrief.class_comparison import GroupReport

LEAST = 2
"""Saves that a class has at least."""


def debrief_class(given: argparse.Namespace, paths: Sequence[Path]) -> int:
    """Print or write the comparison; returns the exit status."""
    from game.debrief.class_comparison import GroupReport
    from game.debrief.decision_panel import codebook

    if given.packet is not None or given.rerun:
        raise Stop("--class takes neither --packet nor --rerun: these are of one save.", USAGE)
    if len(paths) < LEAST:
        raise Stop("--class compares saves: name two or more.", USAGE)
    _one_map(paths)
    made: list[Debriefed] = []
    on_progress = progress_line("saves debriefed")
    for number, path in enumerate(paths, start=1):
        one = debriefed(given, path)
        if on_progress is not None:
            on_progress(number, len(paths))
        if one.note:
            raise Stop(f"{one.note} A class wants whole saves: leave it out.", BAD)
        made.append(one)
    groups = [GroupReport(name, one.report) for name, one in zip(_names(paths), made, strict=True)]
    form = given.format or "html"
    content = _written(form, groups, made)
    if given.output is None:
        print(content, end="")
        return DONE
    write_out(given.output, content.encode(), force=given.force)
    if form == "csv":
        words = codebook([one.report for one in made])
        write_out(codebook_path(given.output), words.encode(), force=given.force)
    print(printable(f"Wrote {given.output}."))
    return DONE


def codebook_path(target: Path) -> Path:
    """Where the codebook of a table of decisions is written: beside it."""
    return target.with_name(f"{target.stem}.codebook.csv")


def _names(paths: Sequence[Path]) -> list[str]:
    """The names of the groups: of their files, with the folder where two are the same."""
    stems = [path.stem for path in paths]
    return [
        stem if stems.count(stem) == 1 else f"{path.absolute().parent.name}/{stem}"
        for path, stem in zip(paths, stems, strict=True)
    ]


def _one_map(paths: Sequence[Path]) -> None:
    """Stop unless all saves are of one map, and each campaign is there once."""
    from game.saves import save_file
    from game.world.map_document import canonical_json

    known: dict[str, Path] = {}
    digests: dict[str, Path] = {}
    for path in paths:
        history = save_file.read_history(path)
        text = canonical_json(history.setup.map)
        known.setdefault(text, path)
        if len(known) > 1:
            first = next(iter(known.values()))
            raise Stop(
                f"{first.name} and {path.name} are of different maps; --class compares saves of "
                "one.",
                USAGE,
            )
        if history.digest in digests:
            other = digests[history.digest]
            raise Stop(f"{other.name} and {path.name} hold the same campaign; name it once.", USAGE)
        digests[history.digest] = path


def _written(form: str, groups: Sequence[GroupReport], made: Sequence[Debriefed]) -> str:
    from game.debrief.class_comparison import class_document
    from game.debrief.decision_panel import panel
    from game.debrief.report_json import json_of
    from game.page.html import html
    from game.page.markdown import markdown
    from game.page.plain import plain

    match form:
        case "json":
            told = {"groups": {one.name: json_of(one.report) for one in groups}}
            return json.dumps(told, indent=1, allow_nan=False) + "\n"
        case "csv":
            return panel([(one.analysis, one.report) for one in made])
        case "md":
            return markdown(class_document(groups))
        case "text":
            return plain(class_document(groups))
    return html(class_document(groups))
