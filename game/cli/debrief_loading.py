"""A save, read and debriefed as the flags of `debrief` say."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from game.cli.common import BAD, USAGE, Stop, printable

if TYPE_CHECKING:
    from game.campaign import Campaign
    from game.debrief.analysis import Analysis
    from game.debrief.report_types import Report
    from game.debrief.rerun_types import Rerun
    from game.history import History

FITTING = "lenses held against what was chosen"


@dataclass(frozen=True, slots=True)
class Debriefed:
    """What was made of a save."""

    report: Report
    analysis: Analysis
    save: bytes | None = None
    """The save for a packet; None where it stays blind, or where none is asked for."""
    note: str = ""
    """What is wrong with the save, in a sentence; empty where nothing is."""


def debriefed(given: argparse.Namespace, path: Path) -> Debriefed:
    """The debrief of a save; of a damaged one, the blind debrief of what is left of it."""
    from game.campaign import Campaign
    from game.files.file_problems import DamagedSave
    from game.saves import save_file

    try:
        if given.blind:
            if given.rerun:
                words = "A campaign is run again with its envelopes open: leave --blind out."
                raise Stop(words, USAGE)
            return _blind(given, save_file.read_history(path))
        campaign = Campaign.load(path)
    except DamagedSave as damage:
        if given.rerun:
            raise
        return _survived(given, path, damage)
    states = wanted_states(given)
    if states is not None:
        campaign.debriefing.only(states)
    analysis = campaign.debriefing.analysis
    if wants_exponents(given):
        analysis.fit(list(analysis.findings), progress_line(FITTING))
    if campaign.debriefing.sealed:
        if given.rerun:
            raise Stop("The envelopes are sealed until the campaign is over: no run again.", BAD)
        return Debriefed(campaign.debriefing.report(blind=True), analysis)
    reruns = tuple(_again(campaign, pair, given.times) for pair in given.rerun)
    report = replace(campaign.debriefing.report(), reruns=reruns)
    save = campaign.debriefing.save_bytes() if given.packet is not None else None
    return Debriefed(report, analysis, save)


def wants_exponents(given: argparse.Namespace) -> bool:
    """Whether the exponents are fitted: as asked, else for the forms that show them."""
    if given.exponents is not None:
        return bool(given.exponents)
    shown = given.packet is not None or given.format in ("md", "html", "json")
    return shown and not given.of_class


def wanted_states(given: argparse.Namespace) -> tuple[str, ...] | None:
    """The states of `--states A,B`; None for all. Raises Stop where none is named."""
    if given.states is None:
        return None
    states = tuple(dict.fromkeys(part.strip() for part in given.states.split(",") if part.strip()))
    if not states:
        raise Stop("--states takes ids with commas between them, such as GMY,FRN.", USAGE)
    return states


def _blind(given: argparse.Namespace, history: History) -> Debriefed:
    from game.campaign.checks import check_states
    from game.debrief.analysis import Analysis
    from game.debrief.report import debrief

    states = wanted_states(given)
    if states is not None:
        check_states(history.setup.map, states)
    made = Analysis(history, states)
    if wants_exponents(given):
        made.fit(list(made.findings), progress_line(FITTING))
    return Debriefed(debrief(history, analysis=made), made)


def _survived(given: argparse.Namespace, path: Path, damage: Exception) -> Debriefed:
    """The blind debrief of what is left of a damaged save, with a sentence that says so."""
    from game.saves.recovery import surviving
    from game.words.grammar import counted

    history = surviving(path)
    if history is None:
        raise damage
    played = len(history.turns)
    turns = "turn" if played == 1 else counted(played, "turn")
    note = f"{printable(path.name)} is damaged: this is the blind debrief of its first {turns}."
    return replace(_blind(given, history), note=note)


def _again(campaign: Campaign, pair: str, times: int) -> Rerun:
    state, equals, doctrine = pair.partition("=")
    if not equals:
        raise Stop(f"--rerun takes ID=D, such as GMY=BOP, not {pair!r}.", USAGE)
    on_progress = progress_line("turns run again")
    return campaign.debriefing.rerun(state, doctrine, times=times, progress=on_progress)


def progress_line(what: str) -> Callable[[int, int], None] | None:
    """A function that shows progress in one line of a terminal and removes it at the end.

    None if standard error is no terminal.
    """
    if not sys.stderr.isatty():
        return None

    def progress(done: int, total: int) -> None:
        line = f"{done} of {total} {what}"
        print(f"\r{line:<48}", end="" if done < total else "\r", file=sys.stderr, flush=True)

    return progress
