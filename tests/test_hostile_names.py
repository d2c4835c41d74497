"""Names and ids that strangers chose: no string of theirs breaks a save or an export."""

import csv
import unicodedata
import zipfile
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from command import Commands
from hostile_maps import (
    AIMS,
    DOCTRINES,
    IDEOLOGIES,
    MAP,
    PROVINCES,
    SEAS,
    STATES,
    as_bytes,
    as_id,
    hostile_map,
    map_data,
    strings,
)
from test_saves_hostile import populations

from game import Campaign
from game.debrief.class_comparison import GroupReport, class_document
from game.debrief.decision_panel import FORMULA
from game.lab import command
from game.lab.report_formats import as_text
from game.maps.check import read_and_check
from game.page.html import html
from game.saves.save_list import list_saves
from game.tui.snapshot import take
from game.world.clean_text import MOST_MARKS, clean_text

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of what no text of ours has, but for line breaks and tabs."""
PARTS = (*STATES, *PROVINCES, *SEAS, *IDEOLOGIES, *DOCTRINES, *AIMS, MAP)
LAB_EVERY = 10
"""The laboratory plays many campaigns of a map: it is asked about one map in so many."""


class _Tags(HTMLParser):
    """The tags of a page, and what they do."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.given: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.given |= {name for name, _ in attrs}


def check_text(written: str) -> None:
    """No control but line breaks and tabs, and nothing that turns the line round."""
    assert not {
        f"{ord(letter):x}"
        for letter in set(written) - {"\n", "\t"}
        if unicodedata.category(letter) in UNSEEN
    }


def check_page(written: str) -> None:
    """A page that runs nothing and loads nothing."""
    check_text(written)
    page = _Tags()
    page.feed(written)
    assert not page.tags & {"img", "script", "iframe", "object", "embed", "link", "base", "form"}
    assert not [name for name in page.given if name.startswith("on") or name == "src"]


def check_file(name: str, content: bytes) -> None:
    """A file of an export, whatever its form."""
    written = content.decode()
    if name.endswith(".html"):
        check_page(written)
    elif name.endswith(".csv"):
        cells = [cell for row in csv.reader(StringIO(written)) for cell in row]
        assert not [one for one in cells if one.startswith(FORMULA) and not _is_number(one)]
        check_text(written)
    elif not name.endswith(".json"):
        check_text(written)
        if name.endswith(".md"):
            assert "<" not in written.replace("\\<", "")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def played(text: str) -> Campaign:
    """Two turns of a campaign on the map of a text."""
    campaign = Campaign.new(hostile_map([text]), player=as_id([text], STATES[0]), seed=3, turns=2)
    while not campaign.over:
        campaign.submit()
        while asked := campaign.questions():
            campaign.answer({one.id: one.options[-1] for one in asked})
    return campaign


@populations(16, 200)
def test_hostile_names_and_ids_break_no_save_and_no_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cases: int
) -> None:
    for number, text in enumerate(strings(cases)):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            export_everything(text, folder, Commands(capsys), lab=number % LAB_EVERY == 0)
        except BaseException as error:
            raise AssertionError(f"case {number}: {text!r}") from error


def export_everything(text: str, folder: Path, run: Commands, *, lab: bool) -> None:
    """Save and load a campaign, and write whatever the game writes of it and of its map."""
    campaign, rival = played(text), as_id([text], STATES[1])
    campaign.notebook.pin(rival, 1, f"Pin {text}")
    path = campaign.save_new(folder)
    campaign.file.release()
    assert path.parent == folder
    again = Campaign.load(path)
    assert again.notebook.pinned(rival) == [(1, clean_text(f"Pin {text}", keep_lines=True))]
    assert all(entry.header for entry in list_saves(folder))
    take(again)
    report = again.debriefing.report()
    for form in ("md", "html", "json", "text", "csv"):
        check_file(f"x.{form}", again.debriefing.content(report, form))
    with zipfile.ZipFile(BytesIO(again.debriefing.content(report, "zip"))) as packet:
        for name in packet.namelist():
            assert ".." not in name
            assert not name.startswith(("/", "\\"))
            check_file(name, packet.read(name))
    check_page(html(class_document([GroupReport(text, report), GroupReport("x", report)])))
    map_path = folder / "hostile.json"
    map_path.write_bytes(as_bytes(map_data([text])))
    for arguments in (
        ("maps", "check", map_path),
        ("maps", "show", map_path),
        ("maps", "pack", map_path, "-o", folder / "map.zip"),
        ("saves", "list", "--saves", folder),
        ("saves", "check", path),
        ("saves", "export", path, "-o", folder / "export.json"),
        ("debrief", path, "--no-exponents"),
    ):
        ran = run(*arguments)
        assert ran.status == 0, ran
        check_text(ran.out + ran.err)
    if lab:
        doc = hostile_map([text])
        made = command.run([doc], runs=1, turns=1, jobs=1, results_path=folder / "lab.jsonl")
        check_page(as_text(made, "html", None))
        check_text(as_text(made, "text", None))


@pytest.mark.parametrize(
    "letter",
    ["\ud7ff", "\ue000", "\u0600", "\U0001fae8"],
    ids=["unassigned", "private use", "a sign that formats", "younger than Python 3.11"],
)
def test_a_leader_s_name_of_any_letters_is_read_again(tmp_path: Path, letter: str) -> None:
    """The name of who succeeds is in the turn's events, and these were refused."""
    campaign = played(letter)
    told = [one for record in campaign.history.turns for one in record.events]
    assert any(letter in str(one["leader"]) for one in told if one.kind == "leader_succeeded")
    path = campaign.save(tmp_path / "a.json")
    assert Campaign.load(path).digest == campaign.digest


@pytest.mark.parametrize("text", ["A  B", " A", "A\u3000", "Z" + "\u0301" * 9])
def test_an_id_that_no_text_would_be_is_read_again(tmp_path: Path, text: str) -> None:
    """Spaces and marks that a cleaned text loses are part of an id."""
    campaign, rival = played(text), as_id([text], STATES[1])
    campaign.notebook.write(rival, 0.7)
    campaign.notebook.pin(rival, 1, "It armed.")
    path = campaign.save(tmp_path / "a.json")
    again = Campaign.load(path)
    assert again.player == as_id([text], STATES[0])
    assert again.notebook.now == {rival: 0.7}
    assert again.notebook.pinned(rival) == [(1, "It armed.")]


@populations(16, 200)
def test_a_hostile_id_is_taken_or_refused_in_a_sentence(cases: int) -> None:
    taken = 0
    for text in strings(cases):
        for number in PARTS:
            checked = read_and_check(as_bytes(map_data([text], raw=number)))
            wrong = [one for one in checked.problems if one.severity == "error"]
            assert (checked.doc is None) == bool(wrong), (text, number)
            for problem in checked.problems:
                assert problem.sentence().isprintable(), (text, number)
            taken += checked.doc is not None
    assert 0 < taken < cases * len(PARTS)


@pytest.mark.parametrize("plane", range(17))
def test_noncharacters_are_dropped_at_the_border(plane: int) -> None:
    text = f"A{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}\ufdd0\ufdefB"
    assert clean_text(text) == "AB"


def test_a_letter_keeps_the_marks_that_scripts_use() -> None:
    assert clean_text("Z" + "\u0301" * 50) == "Z" + "\u0301" * MOST_MARKS
    for text in ("Tiếng Việt", "ที่นี่", "שָׁלוֹם", "हिन्दी", "e\u0301\u0323"):
        assert clean_text(text) == text
