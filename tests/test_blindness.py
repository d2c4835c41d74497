"""The debrief is blind: what envelopes and private papers hold changes nothing in its output."""

import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from command import Commands

from game import Campaign, load_map
from game.debrief import packet as packets
from game.debrief.report import debrief
from game.store import saves


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    campaign = Campaign.new(load_map("five-crowns"), seed=11, turns=5)
    while not campaign.over:
        campaign.submit()
    return campaign.save(tmp_path_factory.mktemp("blind") / "crowns.json")


def other_doctrines(tables: dict[str, Any]) -> None:
    """Every state's seat goes to another, and doctrines change sides."""
    swap = {"BOP": "BOT", "BOT": "BOP"}
    for document in tables["envelope"].values():
        text = json.dumps(document)
        for one, other in swap.items():
            text = text.replace(f'"{one}"', f'"<{other}>"')
        document.clear()
        document.update(json.loads(text.replace("<", "").replace(">", "")))


def noise_in_the_private_papers(tables: dict[str, Any]) -> None:
    luck = random.Random(1)
    for document in tables["private"].values():
        for key in list(document):
            document[key] = luck.randrange(1_000_000)


def neither_table(tables: dict[str, Any]) -> None:
    tables["envelope"] = {}
    tables["private"] = {}


def nonsense_in_both(tables: dict[str, Any]) -> None:
    tables["envelope"] = {"1": {"BOP": "not a seat"}}
    tables["private"] = {"1": [None, "letters"]}


SCRAMBLES: list[Callable[[dict[str, Any]], None]] = [
    other_doctrines,
    noise_in_the_private_papers,
    neither_table,
    nonsense_in_both,
]


def scrambled(save: Path, scramble: Callable[[dict[str, Any]], None], folder: Path) -> Path:
    tables = json.loads(save.read_text("utf-8"))
    before = json.dumps([tables["envelope"], tables["private"]])
    scramble(tables)
    assert json.dumps([tables["envelope"], tables["private"]]) != before
    path = folder / save.name
    path.write_text(json.dumps(tables, separators=(",", ":")), "utf-8")
    return path


def blind_output(run: Commands, path: Path, form: str = "json") -> str:
    done = run("debrief", path, "--blind", "--format", form)
    assert done.status == 0, done.err
    return done.out


FORMS = ("text", "md", "html", "json")


@pytest.fixture(scope="module")
def honest(save: Path) -> dict[str, str]:
    """What the save gives before anything is scrambled, by form."""
    report = debrief(saves.read_history(save))
    return {form: packets.written(report, form) for form in FORMS}


@pytest.mark.parametrize("scramble", SCRAMBLES, ids=lambda one: one.__name__)
def test_scrambling_what_is_sealed_changes_nothing(
    run: Commands,
    save: Path,
    honest: dict[str, str],
    tmp_path: Path,
    scramble: Callable[[dict[str, Any]], None],
) -> None:
    path = scrambled(save, scramble, tmp_path)
    forms = FORMS if scramble is other_doctrines else ("json",)
    for form in forms:
        assert blind_output(run, path, form) == honest[form]


def test_a_blind_packet_is_the_same_and_holds_no_save(
    run: Commands, save: Path, tmp_path: Path
) -> None:
    packed = []
    (tmp_path / "scrambled").mkdir()
    for path in (save, scrambled(save, other_doctrines, tmp_path / "scrambled")):
        target = tmp_path / "packet.zip"
        assert run("debrief", path, "--blind", "--packet", target).status == 0
        packed.append(target.read_bytes())
    assert packed[0] == packed[1]
    assert "campaign.json" not in zipfile.ZipFile(tmp_path / "packet.zip").namelist()


def test_the_public_record_does_change_it(run: Commands, save: Path, tmp_path: Path) -> None:
    other = Campaign.new(load_map("five-crowns"), seed=12, turns=5)
    while not other.over:
        other.submit()
    path = other.save(tmp_path / "other.json")
    assert blind_output(run, path) != blind_output(run, save)


def test_a_label_that_is_read_is_seen(run: Commands, save: Path, tmp_path: Path) -> None:
    """An inference that peeks at the envelope, made on purpose, is caught by the same check."""
    from game.debrief import inquiry

    def peeking(path: Path) -> Any:
        history = read_history(path)
        tables = json.loads(Path(path).read_text("utf-8"))
        labels.update({"text": json.dumps(tables["envelope"])})
        return history

    def findings(evidence: Any) -> Any:
        found = honest(evidence)
        if labels["text"].count('"BOP"') > labels["text"].count('"BOT"'):
            found.pop(next(iter(found)))
        return found

    labels: dict[str, str] = {}
    read_history, honest = saves.read_history, inquiry.findings
    with (
        mock.patch("game.store.saves.read_history", peeking),
        mock.patch("game.debrief.inquiry.findings", findings),
    ):
        outputs = {
            blind_output(run, scrambled(save, other_doctrines, tmp_path)),
            blind_output(run, save),
        }
    assert len(outputs) == 2


def test_the_history_holds_no_doctrine_and_no_ambition(save: Path) -> None:
    history = saves.read_history(save)
    assert all(state.doctrine is None for state in history.setup.map.states.values())
    assert all(state.ambition is None for state in history.setup.map.states.values())
