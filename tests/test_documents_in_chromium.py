"""Documents in a real browser: nothing is wider than the window, and a debrief prints on 12 pages.

For these the package playwright must be installed, and a Chromium be on the machine (or its path
in CHROMIUM): `pytest -m acceptance tests/test_documents_in_chromium.py`.
"""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from test_cli_debrief import Writing

from game import Campaign, load_map, play_out
from game.debrief.class_comparison import GroupReport, class_document
from game.debrief.output_formats import written
from game.page.html import html

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
MOST_PAGES = 12
TOO_WIDE = """() => {
  const seen = (one) => {
    for (let up = one; up; up = up.parentElement)
      if (getComputedStyle(up).overflowX === "auto") return false;
    return one.getBoundingClientRect().right > innerWidth + 1;
  };
  const wide = [...document.querySelectorAll("body *")].filter(seen);
  const names = wide.map((one) => `${one.tagName}: ${one.textContent.slice(0, 60)}`);
  return [document.documentElement.scrollWidth - innerWidth, names.slice(0, 5)];
}"""
"""How many px the page is wider than its window, and which elements reach beyond its edge."""
pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as started:
        one = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield one
        one.close()


@cache
def played(map: str, state: str | None, turns: int, seed: int) -> Campaign:
    campaign = Campaign.new(load_map(map), player=state, seed=seed, turns=turns)
    play_out(campaign, Writing(0.7))
    return campaign


def pages() -> dict[str, str]:
    made = {
        f"{map}-{state}": written(played(map, state, 30, 3).debriefing.report(), "html")
        for map, state in (("europe-1909", "GMY"), ("five-crowns", "ALD"))
    }
    groups: Sequence[GroupReport] = [
        GroupReport(f"group-{seed}", played("five-crowns", "KHA", 12, seed).debriefing.report())
        for seed in (4, 5, 6)
    ]
    return {**made, "class": html(class_document(groups))}


def test_documents_fit_a_telephone_and_a_desk_and_print_on_twelve_pages(
    browser: "playwright.Browser", tmp_path: Path
) -> None:
    for name, text in pages().items():
        path = tmp_path / f"{name}.html"
        path.write_text(text, "utf-8")
        for width in (400, 1200):
            for scheme in ("light", "dark"):
                size = {"width": width, "height": 900}
                page = browser.new_page(viewport=size, color_scheme=scheme)
                faults: list[str] = []
                page.on("console", lambda message, into=faults: into.append(message.text))
                page.goto(path.as_uri())
                assert page.evaluate(TOO_WIDE) == [0, []], (name, width)
                assert not faults
                page.screenshot(path=tmp_path / f"{name}-{width}-{scheme}.png", full_page=True)
                page.close()
        page = browser.new_page()
        page.goto(path.as_uri())
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        page.close()
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= MOST_PAGES, name
