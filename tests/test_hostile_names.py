"""Names that strangers chose: no string of theirs breaks a save, an export or a screen."""

import random
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from campaigns import TINY
from test_saves_hostile import populations
from tui_fake import until

from game import Campaign
from game.debrief import output_formats
from game.saves.save_list import list_saves
from game.tui.app import Intent, RealpolitikApp
from game.tui.snapshot import take
from game.world.clean_text import MOST_MARKS, clean_text
from game.world.map_document import from_data

PIECES = (
    "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\x00", "\x1b[31m", "\x1b]0;x\x07", "\u202e",
    "\u200b", "\ud7ff", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "&amp;&lt;", "]]>", "[bold red]x[/]", "[@click=app.quit]x[/]", "{{7*7}}", "${7*7}", "%s%n",
    "=cmd|'/c calc'!A1", "@SUM(1)", "../../etc/passwd", "..\\..\\x", "C:\\x", "|`rm -rf`", "'\"",
    "\\u0000", "Z" + "\u0301" * 60, "\U0001f468\u200d\U0001f469", "\u0e19\u0e35\u0e49", "ﷺ", "𒐫",
    "a" * 119, "\u3000", "\xa0", "\r\n", "\t", "\v", "NUL", "con.json", "-o", "--force", "'; --",
    "\u05d0\u05d1", "\u0627\u0644", "\U000e0041", "\ufff9x\ufffb", "\u2028",
)  # fmt: skip


class _Tags(HTMLParser):
    """The tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)


def _named(text: str) -> Campaign:
    """A campaign on a tiny map in which everything that has a name is called so."""
    states = {
        name: {**entry, "name": f"{number}{text}", "leader": f"L{text}", "adjective": f"A{text}"}
        for number, (name, entry) in enumerate(TINY["states"].items())  # type: ignore[attr-defined]
    }
    provinces = {
        name: {**entry, "name": f"P{text}"}
        for name, entry in TINY["provinces"].items()  # type: ignore[attr-defined]
    }
    doc = from_data({**TINY, "title": f"T{text}", "states": states, "provinces": provinces})
    return Campaign.new(doc, player="ASH", seed=3, turns=2)


def _strings(cases: int) -> list[str]:
    luck = random.Random(9)
    made = [*PIECES] if cases > len(PIECES) else luck.sample(PIECES, cases)
    while len(made) < cases:
        made.append("".join(luck.choices(PIECES, k=luck.randrange(2, 4))))
    return [text[:110] for text in made[:cases]]


@populations(16, 200)
def test_hostile_names_break_no_save_and_no_export(tmp_path: Path, cases: int) -> None:
    for number, text in enumerate(_strings(cases)):
        campaign = _named(text)
        campaign.submit()
        while campaign.questions():
            campaign.answer({asked.id: asked.options[-1] for asked in campaign.questions()})
        campaign.notebook.pin("BIR", 1, f"Pin {text}")
        path = campaign.save_new(tmp_path)
        campaign.file.release()
        assert path.parent == tmp_path
        again = Campaign.load(path)
        assert again.notebook.pinned("BIR") == [(1, clean_text(f"Pin {text}", keep_lines=True))]
        assert all(entry.header for entry in list_saves(tmp_path)), text
        take(again)
        report = again.debriefing.report(blind=True)
        for form in ("md", "html", "json", "text"):
            written = output_formats.written(report, form)
            if form == "html":
                page = _Tags()
                page.feed(written)
                assert "img" not in page.tags, text
                assert "<script>alert" not in written, text
            # No control but line breaks, and nothing that turns the line round.
            assert not {letter for letter in written if letter < " " and letter not in "\n\t"}
            assert "\u202e" not in written
        with zipfile.ZipFile(BytesIO(output_formats.packet(report, None))) as packet:
            for name in packet.namelist():
                assert ".." not in name
                assert not name.startswith(("/", "\\"))
        path.unlink()
        assert number < cases


@pytest.mark.parametrize(
    "text",
    [
        "\ufffe[@click=app.quit]x[/]",
        "Z" + "\u0301" * 60,
        "a" * 110,
        "\u202eevil",
        "ﷺﷺﷺ",
    ],
    ids=["link", "marks", "long", "turned", "wide"],
)
async def test_hostile_names_break_no_screen(tmp_path: Path, text: str) -> None:
    campaign = _named(text)
    campaign.save(tmp_path / "a.json")
    app = RealpolitikApp(Intent("resume", save=tmp_path / "a.json", saves=tmp_path))
    async with app.run_test(size=(100, 36)) as pilot:
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None or
                    type(app.screen).__name__ == "Briefing")  # fmt: skip
        for key in ("escape", "o", "escape", "a", "escape", "n", "escape", "t", "escape", "w",
                    "escape", "b", "escape"):  # fmt: skip
            await pilot.press(key)
            await pilot.pause()
    assert app._exception is None


@pytest.mark.parametrize("plane", range(17))
def test_noncharacters_are_dropped_at_the_border(plane: int) -> None:
    text = f"A{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}\ufdd0\ufdefB"
    assert clean_text(text) == "AB"


def test_a_letter_keeps_the_marks_that_scripts_use() -> None:
    assert clean_text("Z" + "\u0301" * 50) == "Z" + "\u0301" * MOST_MARKS
    for text in ("Tiếng Việt", "ที่นี่", "שָׁלוֹם", "हिन्दी", "e\u0301\u0323"):
        assert clean_text(text) == text
