"""`debrief` on the command line: a class, some states alone, the table of decisions, bad input."""

import csv
import io
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from command import Commands

from game import Campaign, load_map, play_out
from game.saves.checksums import table_text, with_checksums, without_checksums
from game.world.orders import Order
from game.world.questions import Answer, Question

GROUPS = (("ALD", 3, 0.9), ("KHA", 4, 0.1), ("ALD", 5, 0.5))
"""The state that each group of a class led, its seed, and what it wrote of every rival."""


class Writing:
    """A player that passes, and writes the same probability of every rival."""

    def __init__(self, value: float) -> None:
        self.value = value

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        for state in campaign.world.playing():
            if state != campaign.player:
                campaign.notebook.write(state, self.value)
        offer = campaign.adviser.best_offer()
        return [] if offer is None else [offer]

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> dict[str, Answer]:
        return {}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


@cache
def groups() -> tuple[Campaign, ...]:
    made = []
    for state, seed, value in GROUPS:
        campaign = Campaign.new(load_map("five-crowns"), player=state, seed=seed, turns=7)
        play_out(campaign, Writing(value))
        made.append(campaign)
    return tuple(made)


@pytest.fixture
def saves(tmp_path: Path) -> list[Path]:
    return [one.save(tmp_path / f"group-{at}.json") for at, one in enumerate(groups(), start=1)]


def unfinished(path: Path) -> Path:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=9, turns=7)
    campaign.submit([])
    while questions := campaign.questions():
        campaign.answer({one.id: one.options[-1] for one in questions})
    return campaign.save(path)


def other_map(path: Path) -> Path:
    campaign = Campaign.new(load_map("two-leagues"), seed=1, turns=2)
    while not campaign.over:
        campaign.submit()
    return campaign.save(path)


def damaged(path: Path, whole: Path) -> Path:
    path.write_bytes(whole.read_bytes()[:-2000])
    return path


def newer(path: Path, whole: Path) -> Path:
    """A save of a later format, with a checksum that fits."""
    tables = json.loads(whole.read_text("utf-8"))
    header = without_checksums({**tables["header"]["1"], "format": 99})
    texts = {name: table_text(name, one) for name, one in tables.items() if name != "header"}
    head = table_text("header", {"1": with_checksums(header, texts)})
    path.write_text("{" + ",".join([head, *texts.values()]) + "}", "utf-8")
    return path


# a class


def test_a_class_is_told_whose_notebook_was_best_and_how_each_group_played(
    run: Commands, saves: list[Path], tmp_path: Path
) -> None:
    target = tmp_path / "class.html"
    done = run("debrief", *saves, "--class", "-o", target)
    assert (done.status, done.err) == (0, "")
    page = target.read_text("utf-8")
    scores = {}
    for path, campaign in zip(saves, groups(), strict=True):
        told = campaign.debriefing.report()
        assert told.you is not None
        assert told.you.notebook is not None
        assert told.you.notebook.brier is not None
        scores[path.stem] = told.you.notebook.brier
        assert campaign.history.digest in page
        assert told.states[told.you.state].said.rstrip(".") in page
    best = min(scores, key=lambda name: scores[name])
    assert f"{best.capitalize()} had the best notebook" in page
    assert "<script" not in page
    words = run("debrief", *saves, "--class", "--format", "text").out
    assert f"{best.capitalize()} had the best notebook" in " ".join(words.split())


def test_a_class_in_json_and_csv_holds_every_group(
    run: Commands, saves: list[Path], tmp_path: Path
) -> None:
    told = run("debrief", *saves, "--class", "--format", "json").json
    assert list(told["groups"]) == [path.stem for path in saves]
    for path, campaign in zip(saves, groups(), strict=True):
        assert told["groups"][path.stem] == campaign.debrief()
    target = tmp_path / "all.csv"
    assert run("debrief", *saves, "--class", "--format", "csv", "-o", target).status == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8"))))
    known = {campaign.history.digest[:16] for campaign in groups()}
    assert {row["campaign"] for row in rows} == known
    book = (tmp_path / "all.codebook.csv").read_text("utf-8")
    assert all(digest in book for digest in known)
    run("debrief", *saves, "--class", "--format", "csv", "-o", target).refused(1, "all.csv")


def test_an_unfinished_campaign_of_a_class_keeps_its_envelopes_sealed(
    run: Commands, saves: list[Path], tmp_path: Path
) -> None:
    late = unfinished(tmp_path / "late.json")
    done = run("debrief", saves[0], late, "--class", "--format", "json")
    told = done.json["groups"]
    assert all("doctrine" not in entry for entry in told["late"]["states"].values())
    assert told["late"]["you"]["score"] is None
    words = " ".join(run("debrief", saves[0], late, "--class", "--format", "text").out.split())
    assert "Unfinished: late" in words


def test_saves_that_are_no_class_are_refused_in_a_sentence(
    run: Commands, saves: list[Path], tmp_path: Path
) -> None:
    other = other_map(tmp_path / "leagues.json")
    run("debrief", saves[0], other, "--class").refused(2, "group-1.json", "leagues.json", "map")
    run("debrief", saves[0], "--class").refused(2, "two or more")
    run("debrief", saves[0], saves[0], "--class").refused(2, "same campaign")
    run("debrief", saves[0], saves[1]).refused(2, "--class")
    run("debrief", *saves, "--class", "--packet", tmp_path / "x.zip").refused(2, "--packet")
    run("debrief", *saves, "--class", "--rerun", "KHA=BOP").refused(2, "--rerun")
    run("debrief", saves[0], "nobody", "--class").refused(2, "nobody")
    run("debrief", saves[0], damaged(tmp_path / "torn.json", saves[1]), "--class").refused(
        1, "torn.json"
    )
    later = newer(tmp_path / "later.json", saves[1])
    run("debrief", saves[0], later, "--class").refused(1, "later", "format 99")
    run("debrief", later, "--states", "KHA").refused(1, "later", "format 99")
    run("debrief", *saves, "--class", "-o", saves[2]).refused(1, "the save itself")


# some states alone


@pytest.mark.parametrize("flags", [(), ("--blind",)])
def test_states_restrict_the_debrief_to_those_that_are_named(
    run: Commands, saves: list[Path], flags: tuple[str, ...]
) -> None:
    some = run("debrief", saves[0], "--states", "SAR,KHA", "--format", "json", *flags).json
    whole = run("debrief", saves[0], "--format", "json", *flags).json
    assert set(some["states"]) == {"KHA", "SAR"}
    for state, entry in some["states"].items():
        assert entry == whole["states"][state]
    assert some["you"] is None
    rows = run("debrief", saves[0], "--states", "KHA", "--format", "csv", *flags).out
    assert {row["state"] for row in csv.DictReader(io.StringIO(rows))} == {"KHA"}
    refused = run("debrief", saves[0], "--states", "KHA,XXX", *flags)
    refused.refused(2, "'XXX'", "ALD")
    run("debrief", saves[0], "--states", ",", *flags).refused(2, "--states")


def test_states_of_a_damaged_save_are_those_that_are_left(
    run: Commands, saves: list[Path], tmp_path: Path
) -> None:
    torn = damaged(tmp_path / "torn.json", saves[0])
    done = run("debrief", torn, "--states", "KHA", "--format", "json")
    assert done.status == 1
    assert "torn.json is damaged" in done.err
    assert set(json.loads(done.out)["states"]) == {"KHA"}


def test_a_file_gets_the_form_that_its_ending_names(
    run: Commands, saves: list[Path], tmp_path: Path
) -> None:
    begins = {"a.html": "<!DOCTYPE html>", "a.HTM": "<!DOCTYPE html>", "a.json": "{", "a.md": "# ",
              "a.csv": "campaign,map,", "a.txt": "Debrief: ", "a": "Debrief: "}  # fmt: skip
    for name, first in begins.items():
        target = tmp_path / name
        assert run("debrief", saves[0], "-o", target).status == 0
        assert target.read_text("utf-8").startswith(first), name
    assert (tmp_path / "a.codebook.csv").exists()
    other = tmp_path / "b.html"
    assert run("debrief", saves[0], "--format", "md", "-o", other).status == 0
    assert other.read_text("utf-8").startswith("# ")


# the table of decisions


def test_the_table_of_decisions_comes_with_its_codebook(
    run: Commands, saves: list[Path], tmp_path: Path
) -> None:
    target = tmp_path / "panel.csv"
    assert run("debrief", saves[0], "--format", "csv", "-o", target).status == 0
    text = target.read_text("utf-8")
    assert text == run("debrief", saves[0], "--format", "csv").out
    head = next(csv.reader(io.StringIO(text)))
    book = list(csv.reader((tmp_path / "panel.codebook.csv").open(encoding="utf-8")))
    assert [row[0] for row in book[1 : 1 + len(head)]] == head
    target.unlink()
    run("debrief", saves[0], "--format", "csv", "-o", target).refused(1, "panel.codebook.csv")
    assert not target.exists()
