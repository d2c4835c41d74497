"""The command `serve`: the game in a browser, for this machine alone unless asked otherwise."""

import argparse
import logging
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from game.cli.common import BAD, DONE, USAGE, Stop, positive, saves_option

MOST_PORT = 65_535


def add_command(commands: Any) -> None:
    """Declare the command and its flags."""
    parser = commands.add_parser("serve", help="the game in a browser (extra: web)")
    parser.add_argument(
        "--host",
        default="localhost",
        help="default: this machine alone; with another, only who has the whole address may play",
    )
    parser.add_argument("--port", type=port, default=8000, metavar="N")
    parser.add_argument(
        "--public-url", metavar="URL", help="the address that visitors open, behind a proxy"
    )
    saves_option(parser)
    parser.set_defaults(command=serve)


def port(text: str) -> int:
    """A port's number, for argparse."""
    number = positive(text)
    if number > MOST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: they go from 1 to {MOST_PORT}")
    return number


def serve(given: argparse.Namespace) -> int:
    """Serve until Ctrl-C; returns the exit status."""
    try:
        from game.cli.web_server import GameServer
    except ImportError:
        raise Stop(
            "To serve the game install its extra web: pip install 'realpolitik[web]'.", USAGE
        ) from None
    from game.saves.save_list import saves_dir

    if given.public_url is not None:
        parts = urlsplit(given.public_url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Stop(f"{given.public_url!r} is no address such as https://example.org.", USAGE)
    _can_listen(given.host, given.port)
    saves: Path = given.saves or saves_dir()
    saves.mkdir(parents=True, exist_ok=True)
    # What browsers do wrong is not the console's affair.
    logging.getLogger("textual-serve").setLevel(logging.CRITICAL)
    GameServer(given.host, given.port, saves.absolute(), given.public_url).serve()
    return DONE


def _can_listen(host: str, number: int) -> None:
    """Stop where a port cannot be had, before anything is begun."""
    try:
        family = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((host, number))
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Stop(
            f"Nothing can be served at port {number} of {host}: {why}; choose another (--port).",
            BAD,
        ) from None
