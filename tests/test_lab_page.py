"""The laboratory's report as a page: every row that was seen, and what fails shown as failing."""

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from game.lab.command import run
from game.lab.lab_report import report
from game.lab.published_figures import PUBLISHED
from game.lab.report_formats import as_text
from game.lab.report_page import document
from game.lab.runs import Run
from game.lab.scorecard.ledger import ROWS
from game.maps.load import load_map
from game.page.html import html
from tests.command import Commands
from tests.lab_case import BY_ID
from tests.test_lab_players import outcomes


class Page(HTMLParser):
    """Ids, links and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if named.get("href"):
            self.links.append(str(named["href"]))

    def handle_data(self, data: str) -> None:
        self.words += data


@cache
def told() -> dict[str, Any]:
    """A small report of all worlds on two maps."""
    import tempfile

    maps = [load_map("five-crowns"), load_map("random:3:5:3")]
    with tempfile.TemporaryDirectory() as folder:
        return run(maps, runs=2, turns=4, jobs=1, results_path=Path(folder) / "kept.jsonl")


def row_of(report_: dict[str, Any], id: str) -> dict[str, Any]:
    return next(row for row in report_["scorecard"] if row["id"] == id)


def test_the_page_shows_every_row_with_its_claim_and_verdict() -> None:
    page = Page(html(document(told())))
    for id, row in BY_ID.items():
        assert id.lower() in page.ids
        verdict = row_of(told(), id)["verdict"]
        assert f"{id}: {verdict}" in page.words
        assert row.expected in page.words
    assert "p. 47" in page.words
    assert page.tags.count("svg") > len(BY_ID) // 2


def test_the_page_needs_nothing_else_and_every_link_leads_somewhere() -> None:
    page = Page(html(document(told())))
    assert "script" not in page.tags
    assert all(link.startswith("#") for link in page.links)
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_same_report_is_the_same_page() -> None:
    again = json.loads(json.dumps(told()))
    assert html(document(again)) == html(document(told()))


def test_published_figures_stand_beside_ours() -> None:
    page = Page(html(document(told())))
    for id, published in PUBLISHED.items():
        assert row_of(told(), id)["published"] == published
        assert page.words.count(published) == 2, "in the table, and on its row's card"
    assert row_of(told(), "S4")["published"] is None


@pytest.mark.parametrize("verdict", ["contradicted", "undetermined"])
def test_a_row_without_support_is_listed_with_its_figure(verdict: str) -> None:
    shown = {**told(), "scorecard": [dict(row) for row in told()["scorecard"]]}
    for number, row in enumerate(shown["scorecard"]):
        row["verdict"] = verdict if number < 3 else "supported"
    section = next(one for one in document(shown).sections if one.anchor == verdict)
    (listed,) = (block for block in section.blocks if hasattr(block, "rows"))
    assert {row[0].words.upper() for row in listed.rows} == {"S1", "S2", "S3"}


def test_the_page_warns_of_few_campaigns_and_says_how_many_rows_are_corrected() -> None:
    page = Page(html(document(told())))
    assert "Only 4 campaigns of a world: too few for an interval to trust." in page.words
    assert "Benjamini & Hochberg 1995" in page.words
    assert "identity: 6 of 6 supported" in page.words


def test_W6_is_shown_with_each_term_off() -> None:
    page = Page(html(document(told())))
    for term in ("feeding", "entanglement", "autonomy", "all three"):
        assert f"{term} off" in page.words
    assert "nothing off" in page.words


def test_players_have_a_section_and_unseen_rows_have_none() -> None:
    games = outcomes(
        {"planner-true": [60.0, 70.0], "planner-even": [50.0, 55.0], "arm": [9.0, 8.0]}
    )
    results = {
        run_: {"outcome": {name: getattr(one, name) for name in one.__slots__}}
        for run_, one in games.items()
    }
    shown = report(results, list(results), world=None, seconds=1.0)
    page = Page(html(document(shown)))
    assert "players" in page.ids
    assert "g1" in page.ids
    assert "s4" not in page.ids
    assert "No fixed script beats" in page.words
    assert f"{len(ROWS)} were not asked of these runs" in page.words


def test_the_table_counts_kinds_apart_and_says_what_chance_would_give() -> None:
    shown = " ".join(as_text(told(), "text", None).split())
    assert "identity: 6 of 6 supported" in shown
    assert "due to chance (Benjamini & Hochberg 1995)" in shown
    assert "Not to be trusted, for want of campaigns or for chance: S2, S3" in shown


def test_a_report_of_nothing_seen_is_a_page_too() -> None:
    empty = report({}, [Run("five-crowns", "mixed", 1, 3)], world=None, seconds=0.0)
    assert "No row was run" in Page(html(document(empty))).words


@pytest.mark.parametrize(
    ("form", "name", "begins"),
    [
        (None, None, "The scorecard"),
        (None, "a.txt", "The scorecard"),
        (None, "a.html", "<!DOCTYPE html>"),
        (None, "a.JSON", "{"),
        ("html", "a.txt", "<!DOCTYPE html>"),
        ("text", "a.html", "The scorecard"),
    ],
)
def test_the_form_is_named_or_follows_the_file(
    form: str | None, name: str | None, begins: str
) -> None:
    assert as_text(told(), form, Path(name) if name else None).startswith(begins)


def test_the_command_writes_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    target = tmp_path / "report.html"
    commands = Commands(capsys)
    lab = ("lab", "five-crowns", "--runs", 1, "--turns", 1, "--doctrines", "BOP", "--jobs", 1)
    ran = commands(*lab, "-o", target)
    assert (ran.status, ran.out) == (0, ""), ran.err
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")
    commands(*lab, "-o", tmp_path).refused(1, "is a folder")
    commands(*lab, "--json", "--format", "html").refused(2, "--json")
