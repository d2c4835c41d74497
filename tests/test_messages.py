"""What the player is told in a sentence has one base class, and every door knows it."""

import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from command import Commands

import game
from game.messages import Interruption, PlayerMessage
from game.tui.app import Intent, RealpolitikApp
from tests.test_tui_app import until


class NewMessage(PlayerMessage):
    """A message that no door has heard of."""

    status = 2


def exceptions_of_the_game() -> list[type[BaseException]]:
    """Every exception class that a module of the game defines for others to see."""
    found = []
    for module in pkgutil.walk_packages(game.__path__, "game."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            own = inspect.isclass(value) and value.__module__ == module.name
            if own and issubclass(value, BaseException) and not name.startswith("_"):
                found.append(value)
    return found


def test_every_exception_of_the_game_is_a_message_or_an_interruption() -> None:
    found = exceptions_of_the_game()
    assert len(found) > 20
    assert [kind for kind in found if not issubclass(kind, (PlayerMessage, Interruption))] == []
    assert [kind for kind in found if issubclass(kind, PlayerMessage) and not kind.__doc__] == []


def says_no(*_: Any, **__: Any) -> Any:
    raise NewMessage("The map is being redrawn; try again.")


def test_any_message_ends_a_command_with_its_sentence_and_its_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("game.maps.load.load_map", says_no)
    for command in (("maps", "show", "x"), ("autoplay", "x"), ("lab", "x"), ("play", "x")):
        Commands(capsys)(*command).refused(2, "The map is being redrawn; try again.")


async def test_any_message_on_opening_a_campaign_is_told_on_the_title(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.campaign.Campaign.load", says_no)
    app = RealpolitikApp(Intent("resume", save=tmp_path / "a.json", saves=tmp_path))
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app._notifications))
        (told,) = app._notifications
        assert told.message == "The map is being redrawn; try again."
        assert type(app.screen).__name__ == "TitleScreen"
