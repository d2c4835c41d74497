"""Two writers of one save, and what may happen to a save while it is being played."""

import os
import random
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from campaigns import assert_same, campaign, played
from command import ROOT
from hostile_saves import check_sentence
from test_saves_hostile import populations

from game import Campaign, load_map
from game.files.atomic import backup_of
from game.files.file_problems import CannotWrite, MovedOn, SaveInUse, SaveProblem
from game.saves import save_file
from game.saves.save_list import list_saves
from game.saves.save_lock import lock_of

RIVAL = "BRE"


@populations(20, 200)
def test_no_acknowledged_change_is_lost_between_writers(tmp_path: Path, cases: int) -> None:
    """Writers that read, change and save in any order: a save that worked stays."""
    path = tmp_path / "a.json"
    begun = Campaign.new(load_map("five-crowns"), player="ALD", seed=3)
    rival = next(state for state in begun.atlas.state_index if state != "ALD")
    refused = 0
    for number in range(cases):
        luck = random.Random(f"writers {number}")
        begun.save(path, over=True)
        writers = [Campaign.load(path), Campaign.load(path)]
        acknowledged = dict(begun.notebook.now)
        for _ in range(luck.randrange(3, 9)):
            place = luck.randrange(2)
            if luck.random() < 0.3:
                writers[place] = Campaign.load(path)
                assert writers[place].notebook.now == acknowledged
                continue
            writers[place].notebook.write(rival, round(luck.random(), 3))
            try:
                writers[place].save()
            except MovedOn as problem:
                check_sentence(problem)
                refused += 1
            else:
                acknowledged = dict(writers[place].notebook.now)
            assert Campaign.load(path).notebook.now == acknowledged
    assert refused > cases / 2


def test_turns_that_another_program_played_are_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save_file.write(path, campaign(2))
    with save_file.SaveFile(path) as file:
        mine = file.read()
        theirs = played(mine, 1)
        # A writer that knows nothing of locks.
        other = tmp_path / "b.json"
        save_file.write(other, theirs)
        other.replace(path)
        with pytest.raises(MovedOn, match="written by another program since"):
            file.save(played(mine, 2))
    assert_same(save_file.read(path), theirs)


BEGIN = """
import sys
from pathlib import Path
from game import Campaign, load_map
campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=int(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
print(campaign.save_new(Path(sys.argv[1])).name, flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("many", [5, pytest.param(20, marks=pytest.mark.hostile)])
def test_many_who_begin_at_once_each_get_a_save(tmp_path: Path, many: int) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", BEGIN, str(tmp_path), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for number in range(many)
    ]
    try:
        for child in children:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        names = [child.stdout.readline().strip() for child in children if child.stdout]
        assert len(set(names)) == many
        assert all(names)
    finally:
        for child in children:
            child.kill()
            child.wait()
    seeds = {Campaign.load(entry.path).setup.seed for entry in list_saves(tmp_path)}
    assert seeds == set(range(many))


def test_threads_that_begin_at_once_each_get_a_save(tmp_path: Path) -> None:
    made: list[save_file.SaveFile] = []
    saved = campaign(1)
    threads = [
        threading.Thread(target=lambda: made.append(save_file.begin(tmp_path, "tiny", "A", saved)))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({file.path for file in made}) == 12
    for file in made:
        file.close()


def test_a_save_that_is_a_link_can_be_played(tmp_path: Path) -> None:
    path, link = tmp_path / "a.json", tmp_path / "link.json"
    campaign_ = Campaign.new(load_map("five-crowns"), player="ALD", seed=3)
    campaign_.save(path)
    link.symlink_to(path)
    mine = Campaign.load(link, hold=True)
    for probability in (0.2, 0.4):
        mine.notebook.write("BRE" if "BRE" in mine.atlas.state_index else "SAR", probability)
        mine.save()
    mine.file.release()
    assert link.is_symlink()
    assert Campaign.load(path).notebook.now == mine.notebook.now


@pytest.mark.parametrize("lost", ["lock", "both locks", "folder"])
def test_deleting_a_lock_lets_nobody_else_in(tmp_path: Path, lost: str) -> None:
    path = tmp_path / "saves" / "a.json"
    path.parent.mkdir()
    with save_file.SaveFile(path) as file:
        file.save(campaign(1))
        if lost == "folder":
            shutil.rmtree(path.parent)
            path.parent.mkdir()
        else:
            lock_of(path).unlink()
        if lost == "both locks":
            # Whoever deletes both may open it; then the one who plays on is told, or is first.
            file.save(campaign(2))
        with pytest.raises(SaveInUse):
            save_file.SaveFile(path)
        file.save(campaign(3))
    assert_same(save_file.read(path), campaign(3))


def _full(path: Path) -> None:
    path.parent.chmod(0o500)


@pytest.mark.parametrize("what", ["folder gone", "directory", "link", "pipe", "other file"])
def test_play_goes_on_whatever_becomes_of_the_file(tmp_path: Path, what: str) -> None:
    path = tmp_path / "saves" / "a.json"
    path.parent.mkdir()
    with save_file.SaveFile(path) as file:
        file.save(campaign(1))
        aside = tmp_path / "aside.json"
        if what == "folder gone":
            shutil.rmtree(path.parent)
        else:
            path.rename(aside)
        if what == "directory":
            path.mkdir()
        elif what == "link":
            path.symlink_to(aside)
        elif what == "pipe":
            os.mkfifo(path)
        elif what == "other file":
            path.write_text("my life's work")
        if what != "folder gone":
            with pytest.raises(SaveProblem) as problem:
                file.save(campaign(2))
            check_sentence(problem.value)
            path.rename(tmp_path / "moved away")
        file.save(campaign(3))
    assert_same(save_file.read(path), campaign(3))


def test_a_pipe_as_backup_or_as_save_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save_file.write(path, campaign(2))
    os.mkfifo(backup_of(path))
    whole = path.read_bytes()
    path.write_bytes(whole[:-300])
    assert len(save_file.recover(path).saved.history.turns) == 2
    path.write_bytes(whole)
    save_file.write(path, campaign(3))
    assert_same(save_file.read(path), campaign(3))
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    for read in (save_file.read, save_file.read_header, save_file.read_history, save_file.recover):
        with pytest.raises(SaveProblem, match="no ordinary file"):
            read(pipe)
    assert pipe not in [entry.path for entry in list_saves(tmp_path)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_becomes_read_only_is_told_and_a_later_save_succeeds(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with save_file.SaveFile(path) as file:
        file.save(campaign(1))
        tmp_path.chmod(0o500)
        with pytest.raises(CannotWrite):
            file.save(campaign(2))
        tmp_path.chmod(0o700)
        file.save(campaign(2))
    assert_same(save_file.read(path), campaign(2))
