"""One registry of actions: every key has its method, no key clashes, the palette finds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.files.settings import Settings, read_settings, write_settings
from game.tui.actions import ACTIONS, bindings, key_table
from game.tui.screen_registry import SCREENS, screen
from game.tui.screens.campaign_screen import CampaignScreen

TAKEN_ELSEWHERE = {"ctrl+q", "ctrl+b", "ctrl+a", "ctrl+c"}
"""Keys of terminals, multiplexers and editors."""


def test_no_key_means_two_things() -> None:
    keys = [key for action in ACTIONS for key in action.key.split(",")]
    assert len(keys) == len(set(keys))
    assert not TAKEN_ELSEWHERE & set(keys)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_action_has_its_method_its_words_and_its_row(action: object) -> None:
    name = action.name.partition("(")[0]  # type: ignore[attr-defined]
    assert callable(getattr(CampaignScreen, f"action_{name}"))
    assert action.help.endswith((".", "!"))  # type: ignore[attr-defined]
    assert f"**{action.label}.**" in key_table()  # type: ignore[attr-defined]


def test_bindings_carry_the_registry() -> None:
    assert [binding.action for binding in bindings()] == [action.name for action in ACTIONS]


def test_claims_are_those_of_the_ledger() -> None:
    from game.words.claims import CLAIMS

    assert {action.claim for action in ACTIONS if action.claim} <= set(CLAIMS)


def test_settings_are_kept_and_damage_is_forgiven(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    wanted = Settings(theme="chancery-light", difficulty="hard", teaching=True)
    write_settings(wanted, path)
    assert read_settings(path) == wanted
    path.write_text('{"theme": 7, "teaching": true, "more": []}')
    assert read_settings(path) == Settings(teaching=True)
    for damaged in ("{", "[]", ""):
        path.write_text(damaged)
        assert read_settings(path) == Settings()
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


def test_an_unknown_screen_is_an_error() -> None:
    assert "campaign" in SCREENS
    with pytest.raises(KeyError):
        screen("nowhere")
