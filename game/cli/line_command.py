"""`play --plain` and `resume --plain`: the game on lines."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from game.cli.common import DONE

if TYPE_CHECKING:
    from game.campaign import Campaign


def begin(campaign: "Campaign", given: argparse.Namespace) -> int:
    """Save a new campaign and play it."""
    from game.saves.save_list import free_path, saves_dir

    folder = given.saves or saves_dir()
    folder.mkdir(parents=True, exist_ok=True)
    name = campaign.atlas.name(campaign.player or "")
    campaign.save(free_path(folder, campaign.setup.map.id, name))
    return _play(campaign, given)


def resume(path: Path, given: argparse.Namespace) -> int:
    """Go on with a save."""
    from game.campaign import Campaign

    return _play(Campaign.load(path, hold=True), given)


def _play(campaign: "Campaign", given: argparse.Namespace) -> int:
    from game.line_mode.dialogue import Dialogue, InputEndedError, JsonDialogue, TextDialogue
    from game.line_mode.session import Session
    from game.saves.codec import orders_from_json

    kind: type[JsonDialogue | TextDialogue] = JsonDialogue if given.json else TextDialogue
    dialogue: Dialogue = kind(sys.stdin, sys.stdout)
    try:
        Session(campaign, dialogue, orders_from_json).play()
    except InputEndedError:
        campaign.save()
    except KeyboardInterrupt:
        campaign.save()
        raise
    finally:
        campaign.file.release()
    return DONE
