"""A fault of the program: a report that can be sent on, and one sentence."""

import os
import subprocess
import sys
from pathlib import Path

from command import ROOT

from game import Campaign, load_map
from game.files.crash_log import without_own_folders, write_crash_log
from game.history import ENGINE_REVISION
from game.tui.app import _about
from game.world.orders import Posture


def test_a_report_says_what_is_needed_and_names_no_folder_of_the_user(tmp_path: Path) -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=41)
    campaign.submit()
    while campaign.questions():
        campaign.answer({asked.id: asked.options[-1] for asked in campaign.questions()})
    step = 2 if campaign.refusal(Posture(2)) is None else 3
    campaign.order(Posture(step))
    try:
        Path(Path.home() / "private" / "x").read_text()
    except OSError as error:
        log = write_crash_log(error, tmp_path / "crash.log", about=_about(campaign))
    assert log is not None
    text = log.read_text()
    for words in (
        f"engine revision: {ENGINE_REVISION}",
        "version: ",
        "seed: 41",
        "turn: 2",
        "map: five-crowns",
        f"Posture(step={step}",
        "Traceback",
        "FileNotFoundError",
    ):
        assert words in text, words
    for own in (str(ROOT), str(Path.home()), sys.prefix):
        assert own not in text, own


def test_own_folders_are_left_out_wherever_they_stand() -> None:
    text = f"{Path.home()}/a and {sys.prefix}/b and {ROOT}/game/c"
    assert without_own_folders(text) == "~/a and <python>/b and <game>/game/c"


def test_a_fault_of_a_command_is_one_sentence_and_a_report(tmp_path: Path) -> None:
    program = (
        "import game.cli.saves_command as s, sys; s._line = None\n"
        "import game.saves.save_list as l; l.list_saves = lambda folder: 1 / 0\n"
        "from game.cli import run; sys.argv = ['realpolitik', 'saves', 'list']; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, cwd=ROOT, check=False,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert "crash.log" in done.stderr
    assert "ZeroDivisionError" in (tmp_path / "realpolitik" / "crash.log").read_text()
