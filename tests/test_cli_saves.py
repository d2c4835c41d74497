"""The command line: saves."""

import re
from pathlib import Path

import pytest
from command import Commands

from game import Campaign, load_map
from game.history import ENGINE_REVISION


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


@pytest.fixture(scope="module")
def bytes_of_a_save(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    campaign = Campaign.new(load_map("five-crowns"), seed=5, turns=4)
    while not campaign.over:
        campaign.submit()
    return campaign.save(tmp_path_factory.mktemp("saves") / "crowns.json").read_bytes()


@pytest.fixture
def save(tmp_path: Path, bytes_of_a_save: bytes) -> Path:
    path = tmp_path / "crowns.json"
    path.write_bytes(bytes_of_a_save)
    return path


def test_saves_are_listed(run: Commands, save: Path) -> None:
    (save.parent / "notes.json").write_text("[]")
    lines = run("saves", "list", "--saves", save.parent).out.splitlines()
    assert lines[0].startswith("crowns ")
    assert "The Five Crowns, AI against AI, over (415)" in lines[0]
    assert lines[1].startswith("notes: ")
    assert len(lines) == 2


def test_an_empty_folder_has_no_saves(run: Commands, tmp_path: Path) -> None:
    done = run("saves", "list", "--saves", tmp_path / "none")
    assert done.status == 0
    assert done.out.startswith("No saves in ")


def test_a_save_is_checked_by_name_and_by_path(run: Commands, save: Path) -> None:
    by_name = run("saves", "check", "crowns", "--saves", save.parent)
    assert (by_name.status, by_name) == (0, run("saves", "check", save))
    assert "4 turns" in by_name.out
    assert "same digest" in by_name.out


def test_a_save_of_other_rules_is_checked_by_its_chain_alone(
    run: Commands, save: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.history.ENGINE_REVISION", 99)
    done = run("saves", "check", save)
    assert done.status == 0
    assert f"engine revision {ENGINE_REVISION}, and this is revision 99" in done.out


def test_a_save_that_comes_out_otherwise_is_told(
    run: Commands, save: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from game.engine import turn

    monkeypatch.setattr(turn, "PHASES", turn.PHASES[:-3] + turn.PHASES[-2:])
    run("saves", "check", save).refused(1, "crowns")


def test_a_save_is_exported_and_deleted(run: Commands, save: Path, tmp_path: Path) -> None:
    copy = tmp_path / "sub" / "copy.json"
    run("saves", "export", save, "-o", copy).refused(1, "copy")
    copy.parent.mkdir()
    assert run("saves", "export", save, "-o", copy).status == 0
    assert run("saves", "check", copy).status == 0
    assert run("saves", "delete", save).status == 0
    assert not save.exists()
    assert copy.exists()


def test_what_is_no_save_is_not_deleted(run: Commands, tmp_path: Path) -> None:
    other = tmp_path / "thesis.json"
    other.write_text("my life's work")
    run("saves", "delete", other).refused(1, "thesis")
    assert other.exists()


@pytest.mark.parametrize("command", ["check", "delete"])
def test_an_unknown_save_is_wrong_usage(run: Commands, save: Path, command: str) -> None:
    run("saves", command, "crwns", "--saves", save.parent).refused(2, "crwns", "crowns")


def test_an_unknown_save_is_not_exported(run: Commands, tmp_path: Path) -> None:
    run("saves", "export", "x", "-o", tmp_path / "y", "--saves", tmp_path).refused(2, '"x"')


DAMAGES = {
    "cut": lambda whole: whole[: len(whole) * 2 // 3],
    "a digit changed": lambda whole: whole.replace(b'"seed":5', b'"seed":6'),
    "empty": lambda _: b"",
    "noise": lambda whole: bytes(reversed(whole)),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(
    "command", [("debrief",), ("saves", "check"), ("resume",)], ids=lambda words: words[-1]
)
def test_a_damaged_save_is_told_and_left_as_it_is(
    run: Commands, save: Path, command: tuple[str, ...], damage: str
) -> None:
    whole = save.read_bytes()
    broken = DAMAGES[damage](whole)
    assert broken != whole
    save.write_bytes(broken)
    done = run(*command, save)
    if command == ("debrief",) and damage == "cut":
        assert done.status == 1
        told = re.search(r"campaign is unfinished: turn ([123]) of 4", done.out)
        assert told is not None
        survived = f"damaged: this is the blind debrief of its first {told[1]} turns."
        assert done.err.strip().endswith(survived)
    else:
        done.refused(1)
    assert save.read_bytes() == broken


def test_resuming_a_damaged_save_recovers_what_is_whole(run: Commands, save: Path) -> None:
    whole = save.read_bytes()
    save.write_bytes(whole[: whole.index(b'"private":{')])
    run("resume", save).refused(1, "recovered")
    (new,) = (path for path in save.parent.glob("*.json") if path != save)
    assert len(Campaign.load(new).history.turns) == 4


def test_without_a_save_there_is_nothing_to_resume(run: Commands, tmp_path: Path) -> None:
    run("resume", "--saves", tmp_path).refused(2, "realpolitik play")
