"""The game in a real browser: Chromium opens the page of `serve` and plays.

For these the package playwright must be installed, and a Chromium be on the machine (or its path
in CHROMIUM): `pytest -m acceptance tests/test_serve_in_chromium.py`.
"""

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp import web
from golden_saves import unpacked
from played_turns import play_until
from test_serve import Served

from game.files.file_problems import SaveProblem
from game.saves.save_header import read_header

playwright = pytest.importorskip("playwright.async_api")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
SIZE = {"width": 1200, "height": 800}
pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    server = Served(tmp_path / "saves")
    yield server
    server.close()


@pytest.fixture
async def browser() -> AsyncIterator["playwright.Browser"]:
    async with playwright.async_playwright() as started:
        one = await started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield one
        await one.close()


class Visitor:
    """A visitor with a browser profile of its own, at the game's page."""

    def __init__(self, server: Served, page: "playwright.Page", folder: Path) -> None:
        self.server, self.page, self.folder = server, page, folder
        self.seen = ""
        page.on("websocket", self._listen)

    def _listen(self, socket: "playwright.WebSocket") -> None:
        socket.on("framereceived", self._take)

    def _take(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            self.seen += frame.decode("utf-8", errors="replace")

    @classmethod
    async def come(
        cls, browser: "playwright.Browser", server: Served, *, save: str | None = None
    ) -> "Visitor":
        """A new visitor opens the page; a `save` lies in its folder before."""
        context = await browser.new_context(viewport=SIZE)
        await context.request.get(f"{server.base}/")
        cookies = {one["name"]: one["value"] for one in await context.cookies()}
        folder = server.saves / "visitors" / cookies["realpolitik-visitor"]
        if save is not None:
            folder.mkdir(parents=True)
            unpacked(save, folder)
        visitor = cls(server, await context.new_page(), folder)
        await visitor.page.goto(f"{server.base}/")
        return visitor

    async def until_seen(self, words: str, seconds: float = 60) -> None:
        """Wait until the game has sent some words."""
        for _ in range(int(seconds * 10)):
            if words in self.seen:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"never {words!r}: {self.seen[-3_000:]!r}")

    async def enter_until(self, words: str, seconds: float) -> None:
        """Press enter until some words are seen: a key that comes too early does nothing."""
        for _ in range(10):
            if words in self.seen:
                return
            await self.press("Enter")
            with contextlib.suppress(AssertionError):
                await self.until_seen(words, seconds)
        await self.until_seen(words, seconds)

    async def pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)
            await asyncio.sleep(0.15)

    def turn(self) -> int:
        """The latest turn of the visitor's saves; 0 where there is none that can be read."""
        turns = [0]
        for path in self.folder.glob("*.json"):
            try:
                turns.append(read_header(path).turn)
            except SaveProblem:
                continue
        return max(turns)


async def test_a_new_visitor_plays_ten_turns_with_the_keys(
    browser: "playwright.Browser", served: Served, tmp_path: Path
) -> None:
    visitor = await Visitor.come(browser, served)
    faults: list[str] = []
    visitor.page.on("pageerror", lambda error: faults.append(str(error)))
    await visitor.until_seen("New campaign")
    await visitor.page.screenshot(path=tmp_path / "title.png")
    await visitor.press("n")
    await visitor.until_seen("The Five Crowns")
    await visitor.enter_until("Everything is set", seconds=3)
    await visitor.enter_until("enter begins", seconds=15)
    await visitor.press("Enter")
    await visitor.until_seen("Two readings")
    await asyncio.sleep(1)
    await visitor.page.screenshot(path=tmp_path / "begun.png")
    await play_until(visitor, 11)
    await visitor.page.screenshot(path=tmp_path / "played.png")
    assert visitor.turn() >= 11
    assert not faults


async def test_a_page_of_another_origin_cannot_play(
    browser: "playwright.Browser", served: Served
) -> None:
    async def attack(request: web.Request) -> web.Response:
        del request
        script = (
            f"const one = new WebSocket('ws://localhost:{served.port}/ws?width=80&height=24');"
            "one.onopen = () => document.title = 'open';"
            "one.onmessage = () => document.title = 'played';"
            "one.onerror = () => document.title = 'refused';"
        )
        return web.Response(text=f"<script>{script}</script>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/", attack)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "localhost", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        # The victim has played here: its cookies are in the browser, for all ports of this host.
        victim = await Visitor.come(browser, served)
        await victim.until_seen("New campaign")
        page = await victim.page.context.new_page()
        for host in ("localhost", "127.0.0.1"):
            await page.goto(f"http://{host}:{port}/")
            await page.wait_for_function("document.title !== ''")
            assert await page.title() == "refused"
        # The same visitor's own page may, so what refuses is the other page's origin.
        await page.goto(f"{served.base}/")
        mine = Visitor(served, page, victim.folder)
        await page.reload()
        await mine.until_seen("New campaign")
    finally:
        await runner.cleanup()


async def test_two_visitors_see_nothing_of_each_other(
    browser: "playwright.Browser", served: Served
) -> None:
    first = await Visitor.come(browser, served, save="format-2-revision-7-player")
    second = await Visitor.come(browser, served)
    await first.until_seen("Aldmoor")
    await second.until_seen("New campaign")
    assert first.folder != second.folder
    await second.press("l")
    await asyncio.sleep(2)
    assert "Aldmoor" not in second.seen
    assert "format-2-revision-7-player" not in second.seen
    assert not list(second.folder.glob("*.json"))


async def test_a_written_debrief_is_a_download_and_no_file_of_the_server(
    browser: "playwright.Browser", served: Served, tmp_path: Path
) -> None:
    visitor = await Visitor.come(browser, served, save="format-2-revision-7-ended")
    stranger = await Visitor.come(browser, served)
    await visitor.until_seen("1 finished campaign")
    await visitor.press(*["ArrowDown"] * 4, "Enter")
    await visitor.until_seen("Campaigns that ended")
    await visitor.press("Enter")
    await visitor.until_seen("What told the theories apart")
    for key, ending in (("H", "html"), ("J", "json"), ("P", "zip")):
        async with visitor.page.expect_download(timeout=120_000) as coming:
            await visitor.press(key)
        download = await coming.value
        assert download.suggested_filename.endswith(f".{ending}")
        target = tmp_path / f"got.{ending}"
        await download.save_as(target)
        assert target.stat().st_size > 10_000
    assert (tmp_path / "got.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert not list(served.saves.rglob("debriefs"))
    address = download.url
    refused = await stranger.page.context.request.get(address)
    assert refused.status == 404
