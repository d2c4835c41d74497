"""The debrief is blind: what envelopes and private papers hold changes nothing in its output."""

import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from command import Commands

from game import Campaign, load_map
from game.debrief import output_formats as packets
from game.debrief.report import debrief
from game.history import History
from game.inference import exponents
from game.inference.choice_sets import choice_sets
from game.inference.counts import alignments
from game.inference.evidence import gather
from game.inference.option_figures import Draft
from game.inference.posterior import findings
from game.inference.replay import Replay
from game.saves import save_file


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
    done = run("debrief", path, "--blind", "--no-exponents", "--format", form)
    assert done.status == 0, done.err
    return done.out


FORMS = ("text", "md", "html", "json")


@pytest.fixture(scope="module")
def honest(save: Path) -> dict[str, str]:
    """What the save gives before anything is scrambled, by form."""
    report = debrief(save_file.read_history(save))
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
        target = tmp_path / f"{path.parent.name}.zip"
        assert run("debrief", path, "--blind", "--packet", target).status == 0
        packed.append(target.read_bytes())
    assert packed[0] == packed[1]
    assert "campaign.json" not in zipfile.ZipFile(target).namelist()


def test_the_public_record_does_change_it(run: Commands, save: Path, tmp_path: Path) -> None:
    other = Campaign.new(load_map("five-crowns"), seed=12, turns=5)
    while not other.over:
        other.submit()
    path = other.save(tmp_path / "other.json")
    assert blind_output(run, path) != blind_output(run, save)


def test_a_label_that_is_read_is_seen(run: Commands, save: Path, tmp_path: Path) -> None:
    """An inference that peeks at the envelope, made on purpose, is caught by the same check."""
    from game.debrief import analysis

    def peeking(path: Path) -> Any:
        history = read_history(path)
        tables = json.loads(Path(path).read_text("utf-8"))
        labels.update({"text": json.dumps(tables["envelope"])})
        return history

    def findings(*read: Any) -> Any:
        found = honest(*read)
        if labels["text"].count('"BOP"') > labels["text"].count('"BOT"'):
            found.pop(next(iter(found)))
        return found

    labels: dict[str, str] = {}
    read_history, honest = save_file.read_history, analysis.findings
    with (
        mock.patch("game.saves.save_file.read_history", peeking),
        mock.patch("game.debrief.analysis.findings", findings),
    ):
        outputs = {
            blind_output(run, scrambled(save, other_doctrines, tmp_path)),
            blind_output(run, save),
        }
    assert len(outputs) == 2


def test_the_history_holds_no_doctrine_and_no_ambition(save: Path) -> None:
    history = save_file.read_history(save)
    assert all(state.doctrine is None for state in history.setup.map.states.values())
    assert all(state.ambition is None for state in history.setup.map.states.values())


def everything_inferred(history: History, monkeypatch: pytest.MonkeyPatch) -> str:
    """All that `inference/` makes of a history, to the last digit: a short fit stands for a long.

    The fit tries a few lenses alone; it reads what a whole one does.
    """
    monkeypatch.setattr(exponents, "LEVELS", ((0.5, 1.0), *[(0.0, 1.0)] * 3))
    monkeypatch.setattr(exponents, "FEWEST", 3)
    evidence = list(gather(history))
    told: dict[str, Any] = {"alignments": alignments(evidence)}
    for state, found in findings(choice_sets(history)).items():
        told[state] = [
            found.posterior,
            found.verdict,
            found.lens,
            found.lens_verdict,
            found.by_turn,
            found.decisions,
            repr(found.check),
        ]
    told["fit"] = repr(exponents.fits(history, sorted(told.keys() - {"alignments"})))
    return json.dumps(told)


def test_scrambling_changes_nothing_that_is_inferred(
    save: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = everything_inferred(save_file.read_history(save), monkeypatch)
    for scramble in (other_doctrines, nonsense_in_both):
        other = save_file.read_history(scrambled(save, scramble, tmp_path))
        assert everything_inferred(other, monkeypatch) == honest


def labelled(history: History, doctrine: str) -> History:
    """A history whose map says what every state follows: as a leak would have it."""
    states = {
        name: entry.model_copy(update={"doctrine": doctrine, "ambition": 0.9})
        for name, entry in history.setup.map.states.items()
    }
    leaking = history.setup.map.model_copy(update={"states": states})
    return replace(history, setup=replace(history.setup, map=leaking))


def test_a_label_smuggled_into_the_map_is_not_read(
    save: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = save_file.read_history(save)
    honest = everything_inferred(history, monkeypatch)
    assert everything_inferred(labelled(history, "BOP"), monkeypatch) == honest


def test_a_smuggled_label_that_is_read_is_seen(save: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An inference that reads the map's labels, made on purpose, fails the test above."""
    history = save_file.read_history(save)
    read = exponents.drafts_by_turn

    def peeking(replay: Replay, *rest: Any) -> Iterator[list[Draft]]:
        for drafts in read(replay, *rest):
            labels = [
                replay.history.setup.map.states[draft.deed.state].doctrine for draft in drafts
            ]
            yield [
                replace(draft, taken=0) if label == "BOP" else draft
                for draft, label in zip(drafts, labels, strict=True)
            ]

    honest = everything_inferred(history, monkeypatch)
    monkeypatch.setattr(exponents, "drafts_by_turn", peeking)
    assert everything_inferred(labelled(history, "BOP"), monkeypatch) != honest
