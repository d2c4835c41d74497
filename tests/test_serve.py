"""The game in a browser: who may play, whose folder it is, and how it ends."""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from command import ROOT, Commands
from golden_saves import unpacked
from played_turns import play_until

from game import Campaign, load_map
from game.files.file_problems import SaveInUse
from game.saves.save_file import SaveFile
from game.saves.save_header import read_header

aiohttp = pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

from game.cli.web_server import GameService  # noqa: E402 (only where the extra is installed)


class Served:
    """`serve` in a process of its own."""

    def __init__(self, saves: Path, *flags: str) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.saves = saves
        self.child = subprocess.Popen(
            [sys.executable, "-m", "game", "serve", "--port", str(self.port),
             "--saves", str(saves), *flags],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert self.child.stdout is not None
        self.said = self.child.stdout.readline()
        self.base = f"http://localhost:{self.port}"
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("localhost", self.port)):
                break
            time.sleep(0.05)

    def close(self) -> None:
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(30)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    server = Served(tmp_path)
    yield server
    server.close()


@contextlib.asynccontextmanager
async def visiting(server: Served) -> AsyncIterator["Visitor"]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(f"{server.base}/") as response:
            assert response.status == 200
            page = await response.text()
        yield Visitor(server, session, page)


class Visitor:
    """A browser that opened the page."""

    def __init__(self, server: Served, session: "aiohttp.ClientSession", page: str) -> None:
        self.server, self.session, self.page = server, session, page
        cookies = {one.key: one.value for one in session.cookie_jar}
        self.folder = server.saves / "visitors" / cookies["realpolitik-visitor"]
        self.seen = ""

    def playing(self, origin: str | None = None) -> "aiohttp.client._WSRequestContextManager":
        return self.session.ws_connect(
            f"{self.server.base}/ws?width=120&height=40", origin=origin or self.server.base
        )

    async def watch(self, socket_: "aiohttp.ClientWebSocketResponse", seconds: float) -> str:
        """What the game has drawn, once it was watched for a while; without its colours."""
        await self.take(socket_, seconds)
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.seen)

    async def take(self, socket_: "aiohttp.ClientWebSocketResponse", seconds: float) -> None:
        """Take in what the game draws for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with contextlib.suppress(asyncio.TimeoutError):
                message = await socket_.receive(timeout=0.2)
                if message.type == aiohttp.WSMsgType.BINARY:
                    self.seen += message.data.decode("utf-8", errors="replace")

    async def until(self, socket_: "aiohttp.ClientWebSocketResponse", words: str) -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            if words in await self.watch(socket_, 0.5):
                return
        raise AssertionError(f"never {words!r}: {(await self.watch(socket_, 0.1))[-2_000:]}")

    async def press(self, socket_: "aiohttp.ClientWebSocketResponse", keys: str) -> None:
        await socket_.send_str(json.dumps(["stdin", keys]))


async def test_another_page_and_another_name_may_not_play(served: Served) -> None:
    async with visiting(served) as visitor:
        for origin in ("http://evil.example", "null", f"http://localhost:{served.port + 1}"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                async with visitor.playing(origin):
                    pass
            assert refused.value.status == 403
        async with visitor.session.get(f"{served.base}/ws") as response:
            assert response.status == 403
        for name in ("evil.example", f"evil.example:{served.port}"):
            async with visitor.session.get(f"{served.base}/", headers={"Host": name}) as response:
                assert response.status == 403
        async with visitor.playing() as socket_:
            await visitor.until(socket_, "Settings")
        no_cookie = aiohttp.ClientSession()
        async with (
            no_cookie,
            no_cookie.get(f"{served.base}/ws", headers={"Origin": served.base}) as response,
        ):
            assert response.status == 403


async def test_the_page_asks_nothing_of_others_and_names_no_path(served: Served) -> None:
    async with visiting(served) as visitor:
        links = re.findall(r"https?://[^\"' )]+", visitor.page)
        assert {link.split("/")[2] for link in links} <= {f"localhost:{served.port}", "www.w3.org"}
        assert str(ROOT) not in visitor.page
        assert sys.executable not in visitor.page
        assert str(served.saves) not in visitor.page
        async with visitor.session.get(f"{served.base}/") as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy
        for path in ("/static/", "/static/css/", "/static/../server.py"):
            async with visitor.session.get(f"{served.base}{path}") as response:
                assert response.status in (403, 404)
        assert str(served.saves) not in served.said


async def test_each_visitor_has_a_folder_of_its_own(served: Served) -> None:
    async with visiting(served) as first, visiting(served) as second:
        assert first.folder != second.folder
        first.folder.mkdir(parents=True)
        unpacked("format-2-revision-5-player", first.folder)
        async with first.playing() as one, second.playing() as two:
            await first.until(one, "Aldmoor")
            await second.until(two, "Settings")
            assert "Aldmoor" not in await second.watch(two, 1.0)
        async with first.session.get(f"{served.base}/") as response:
            assert response.status == 200
        again = {one.key: one.value for one in first.session.cookie_jar}["realpolitik-visitor"]
        assert first.folder.name == again


async def _resumed(visitor: Visitor, socket_: "aiohttp.ClientWebSocketResponse") -> Path:
    """Go on with the save of the visitor's folder; its path."""
    [path] = visitor.folder.glob("*.json")
    await visitor.until(socket_, "Aldmoor")
    await visitor.press(socket_, "c")
    until = time.monotonic() + 60
    while time.monotonic() < until:
        await visitor.watch(socket_, 0.3)
        try:
            SaveFile(path).close()
        except SaveInUse:
            return path
    raise AssertionError(f"never opened: {(await visitor.watch(socket_, 0.1))[-1_500:]}")


def _is_free_within(path: Path, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            SaveFile(path).close()
        except SaveInUse:
            time.sleep(0.1)
        else:
            return True
    return False


@pytest.mark.parametrize("end", ["page closed", "server ended", "server killed"])
async def test_a_game_ends_with_its_page_and_with_the_server(tmp_path: Path, end: str) -> None:
    served = Served(tmp_path)
    try:
        async with visiting(served) as visitor:
            visitor.folder.mkdir(parents=True)
            unpacked("format-2-revision-5-player", visitor.folder)
            async with visitor.playing() as socket_:
                path = await _resumed(visitor, socket_)
                if end == "server ended":
                    served.child.send_signal(signal.SIGTERM)
                elif end == "server killed":
                    served.child.kill()
                if end != "page closed":
                    assert await asyncio.to_thread(_is_free_within, path, 5.0)
            assert await asyncio.to_thread(_is_free_within, path, 5.0)
    finally:
        served.close()


async def test_over_a_network_the_token_is_wanted(tmp_path: Path) -> None:
    served = Served(tmp_path, "--host", "0.0.0.0")
    try:
        token = re.search(r"token=([A-Za-z0-9_-]{20,})", served.said)
        assert token is not None
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            for path in ("/", "/?token=wrong", "/?token=%C3%A4", "/ws", "/static/js/textual.js"):
                async with session.get(f"{served.base}{path}") as response:
                    assert response.status == 403
            async with session.get(f"{served.base}/?token={token[1]}") as response:
                assert response.status == 200
            async with session.get(f"{served.base}/") as response:
                assert response.status == 200
            async with session.ws_connect(f"{served.base}/ws", origin=served.base):
                pass
    finally:
        served.close()


class OverSocket:
    """A visitor who plays the one save of its folder through the websocket."""

    def __init__(
        self, visitor: Visitor, socket_: "aiohttp.ClientWebSocketResponse", path: Path
    ) -> None:
        self.visitor, self.socket, self.path = visitor, socket_, path

    @property
    def seen(self) -> str:
        return self.visitor.seen

    async def press(self, key: str) -> None:
        await self.visitor.press(self.socket, {"Space": " ", "Escape": "\x1b"}.get(key, key))

    async def pause(self, seconds: float) -> None:
        await self.visitor.take(self.socket, seconds)

    def turn(self) -> int:
        return read_header(self.path).turn


VISITORS, TURNS = 20, 10


@pytest.mark.hostile
async def test_twenty_play_ten_turns_at_once_and_a_killed_server_frees_their_saves(
    served: Served,
) -> None:
    played: list[Path] = []
    killed = asyncio.Event()

    async def play(seed: int) -> None:
        async with visiting(served) as visitor:
            visitor.folder.mkdir(parents=True)
            campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=seed, turns=20)
            campaign.save(visitor.folder / "campaign.json")
            campaign.file.release()
            async with visitor.playing() as socket_:
                [path] = visitor.folder.glob("*.json")
                await visitor.until(socket_, "Continue")
                await visitor.press(socket_, "c")
                await visitor.until(socket_, "End turn")
                player = OverSocket(visitor, socket_, path)
                begun = player.turn()
                await play_until(player, begun + TURNS)
                assert player.turn() - begun >= TURNS
                played.append(path)
                while len(played) < VISITORS:
                    await player.pause(0.5)
                await killed.wait()

    async with asyncio.TaskGroup() as group:
        for seed in range(VISITORS):
            group.create_task(play(seed))
        while len(played) < VISITORS:
            await asyncio.sleep(0.2)
        for path in played:
            with pytest.raises(SaveInUse):
                SaveFile(path)
        served.child.kill()
        until = time.monotonic() + 5
        for path in played:
            assert await asyncio.to_thread(_is_free_within, path, until - time.monotonic())
        killed.set()


def test_a_wrong_port_is_refused(
    capsys: pytest.CaptureFixture[str], served: Served, tmp_path: Path
) -> None:
    run = Commands(capsys)
    for wrong in ("0", "70000", "x", "-1"):
        run("serve", "--port", wrong).refused(2, "--port")
    run("serve", "--port", str(served.port), "--saves", tmp_path).refused(1, "--port")
    run("serve", "--public-url", "ftp://x").refused(2, "address")


async def test_a_game_py_in_the_folder_breaks_no_visitor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "game.py").write_text("raise SystemExit(7)\n")
    monkeypatch.chdir(tmp_path)

    async def nothing(*_: object) -> None:
        return None

    service = GameService(
        "visitor",
        [sys.executable, "-m", "game", "--version"],
        tmp_path / "settings",
        write_bytes=nothing,
        write_str=nothing,
        close=nothing,
        download_manager=None,
    )
    process = await service._open_app_process()
    written, _ = await process.communicate()
    assert process.returncode == 0
    assert written
