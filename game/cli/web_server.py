"""The game in a browser: textual-serve, behind a door that checks who comes in.

A page of another site may not drive a game (Origin and Host are checked), each visitor has a folder
of saves of its own (by a cookie), and whoever comes over a network needs the token of the address.
A visitor's game is a process of its own; it ends with the page, and with the server.
"""

import asyncio
import contextlib
import os
import re
import secrets
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from game.tui.safe_text import SERVER

VISITOR, KEY = "realpolitik-visitor", "realpolitik-key"
"""Cookies: whose folder it is, and that the token was known."""
YEAR = 365 * 24 * 3600
MOST_GAMES = 50
"""So many visitors play at once; more are asked to come back later."""
PATIENCE = 4.0
"""Seconds that a game has to save and end, before it is ended by force."""
ADDED = """<script>
const openElsewhere = window.open.bind(window);
window.open = (url, ...named) => {
  if (!String(url).startsWith(`${location.origin}/download/`)) return openElsewhere(url, ...named);
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
  return null;
};
addEventListener("load", () => {
  const waiting = setInterval(() => {
    const keyboard = document.querySelector(".xterm-helper-textarea");
    const begun = document.body.classList.contains("-first-byte");
    if (keyboard && begun) { keyboard.focus(); clearInterval(waiting); }
  }, 50);
});
</script>
<style>
  body, body .shade, body .intro, body .xterm .xterm-viewport { background: #14171c; }
  body .xterm .xterm-viewport { scrollbar-width: none; }
  body Button, body Button:hover { background: #88a5d0; color: #14171c; }
</style>"""
"""Added to the page. The script follows the address of a download as a link, for a browser stops a
window that opens by itself, and gives the keyboard to the game once it has drawn something, so that
keys count before the first click. The style gives the page the colours of the game's standard
theme, beyond its last cell."""
_LINK = re.compile(r"<link\b[^>]*\bhref=\"https?://([^/\"]*)[^>]*>")
"""A link to a style or a font, and its host: only those of this server stay in the page."""
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
_VISITOR = re.compile(r"[A-Za-z0-9_-]{22}")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host name or address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


HOME = Path(__file__).resolve().parents[2]
"""The folder in which the package lies."""


class GameService(AppService):
    """One visitor's game."""

    def __init__(self, visitor: str, arguments: list[str], config: Path, **named: Any) -> None:
        super().__init__("", **named)
        self.visitor = visitor
        self._arguments = arguments
        self._config = config

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width=width, height=height)
        environment |= {SERVER: str(os.getpid()), "XDG_CONFIG_HOME": str(self._config)}
        self._process = await asyncio.create_subprocess_exec(
            *self._arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
            # Python looks for modules in the working folder first: a game.py there is not the game.
            cwd=HOME,
        )
        self._stdin = self._process.stdin
        return self._process

    async def stop(self) -> None:
        """End the game: it is asked to, and after a while made to."""
        with contextlib.suppress(asyncio.TimeoutError, ConnectionError):
            await asyncio.wait_for(super().stop(), PATIENCE)
        process = self._process
        if process is not None and process.returncode is None:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(process.wait(), PATIENCE)
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


class GameServer(Server):
    """Serves the game to browsers."""

    def __init__(self, host: str, port: int, saves: Path, public_url: str | None) -> None:
        super().__init__(
            "realpolitik", host=host, port=port, title="Realpolitik", public_url=public_url
        )
        self.saves = saves
        self.token = "" if is_loopback(host) else secrets.token_urlsafe(16)
        self._games: set[GameService] = set()
        self._hosts = self._allowed_hosts(public_url)

    def _allowed_hosts(self, public_url: str | None) -> set[str]:
        """What may stand in the header Host: else another site's name could lead here."""
        names = {self.host, *(["localhost", "127.0.0.1", "[::1]"] if not self.token else [])}
        hosts = {name if self.port == 80 else f"{name}:{self.port}" for name in names}
        return hosts | ({urlsplit(public_url).netloc} if public_url else set())

    @property
    def address(self) -> str:
        """What a visitor opens."""
        base = self.public_url.rstrip("/")
        return f"{base}/?token={self.token}" if self.token else f"{base}/"

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._check)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Say where the game is."""
        del app
        print(f"The game is at {self.address} (Ctrl-C ends it).", flush=True)

    async def on_shutdown(self, app: web.Application) -> None:
        """End every game."""
        del app
        await asyncio.gather(*(game.stop() for game in list(self._games)))

    @web.middleware
    async def _check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let in who may come in."""
        wide = self.host in ("0.0.0.0", "::") and not self._was_given_public_url
        if not wide and request.headers.get("Host", "").lower() not in self._hosts:
            raise web.HTTPForbidden(text="This game is not served under that name.")
        if request.path == "/ws":
            origin = urlsplit(request.headers.get("Origin", ""))
            if origin.netloc.lower() != request.headers.get("Host", "").lower():
                raise web.HTTPForbidden(text="This game is not played from another page.")
            if not _VISITOR.fullmatch(request.cookies.get(VISITOR, "")):
                raise web.HTTPForbidden(text="Open the game's own page first.")
        if self.token and not self._knows_token(request):
            raise web.HTTPForbidden(text="Open the whole address that you were given.")
        if request.path.startswith("/static") and request.path.endswith("/"):
            raise web.HTTPNotFound
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = self._policy(request)
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @property
    def _was_given_public_url(self) -> bool:
        return urlsplit(self.public_url).hostname not in ("0.0.0.0", "::", None)

    def _knows_token(self, request: web.Request) -> bool:
        given = (request.query.get("token", ""), request.cookies.get(KEY, ""))
        # As bytes: text that is not ASCII cannot be compared in constant time.
        return any(secrets.compare_digest(one.encode(), self.token.encode()) for one in given)

    def _policy(self, request: web.Request) -> str:
        host = request.headers.get("Host", "")
        return (
            "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src"
            " 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;"
            f" connect-src 'self' ws://{host} wss://{host}; frame-ancestors 'none'"
        )

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page: nothing on it comes from another host, and it names no path."""
        secure = self.public_url.startswith("https")
        behind = self._was_given_public_url and secure
        host = request.headers["Host"]
        http, ws = ("https", "wss") if behind else ("http", "ws")
        size = request.query.get("fontsize", "16")
        context = {
            "font_size": int(size) if size.isdecimal() and 6 <= int(size[:3]) <= 60 else 16,
            "app_websocket_url": f"{ws}://{host}/ws",
            "config": {"static": {"url": f"{http}://{host}/static/"}},
            "application": {"name": self.title},
        }
        text = aiohttp_jinja2.render_string("app_index.html", request, context)
        page = _LINK.sub(lambda link: link[0] if link[1] == host else "", text)
        page = page.replace("</head>", f"{ADDED}</head>")
        response = web.Response(text=page, content_type="text/html")
        visitor = request.cookies.get(VISITOR, "")
        if not _VISITOR.fullmatch(visitor):
            visitor = secrets.token_urlsafe(16)
        for name, value in ((VISITOR, visitor), (KEY, self.token)):
            response.set_cookie(
                name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=secure
            )
        return response

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """A file that a visitor's game gives it, to that visitor alone."""
        waiting = self.download_manager._active_downloads.get(request.match_info["key"])
        visitor = request.cookies.get(VISITOR)
        if waiting is None or getattr(waiting.app_service, "visitor", None) != visitor:
            raise web.HTTPNotFound(text="This file was fetched already; write it again.")
        waiting.file_name = _NOT_PLAIN.sub("_", waiting.file_name)
        return await super().handle_download(request)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A visitor's game, from the opening of the page to its closing."""
        if len(self._games) >= MOST_GAMES:
            raise web.HTTPServiceUnavailable(text="Too many play here now; come back later.")
        visitor = request.cookies[VISITOR]
        folder = self.saves / "visitors" / visitor
        folder.mkdir(parents=True, exist_ok=True)
        websocket = web.WebSocketResponse(heartbeat=15)
        await websocket.prepare(request)
        game = GameService(
            visitor,
            [sys.executable, "-m", "game", "--saves", str(folder)],
            folder / "settings",
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=websocket.close,
            download_manager=self.download_manager,
        )
        self._games.add(game)
        try:
            await game.start(_cells(request, "width", 80), _cells(request, "height", 24))
            # What a page sends that this one does not: the game ends, and nothing is said.
            with contextlib.suppress(ValueError, LookupError, TypeError, AssertionError):
                await self._process_messages(websocket, game)
        finally:
            await asyncio.shield(game.stop())
            self._games.discard(game)
        return websocket

    async def _process_messages(self, websocket: web.WebSocketResponse, game: AppService) -> None:
        async for message in websocket:
            if message.type != WSMsgType.TEXT:
                continue
            kind, *rest = message.json()
            if kind == "stdin":
                await game.send_bytes(rest[0].encode("utf-8"))
            elif kind == "resize":
                width, height = (int(rest[0][side]) for side in ("width", "height"))
                await game.set_terminal_size(_within(width), _within(height))
            elif kind == "ping":
                await websocket.send_json(["pong", rest[0]])
            elif kind == "blur":
                await game.blur()
            elif kind == "focus":
                await game.focus()


def _cells(request: web.Request, name: str, standard: int) -> int:
    text = request.query.get(name, "")
    return _within(int(text)) if text.isdecimal() and len(text) < 6 else standard


def _within(cells: int) -> int:
    return min(max(cells, 1), 500)
