"""A campaign to and from the value that a save holds, and the file that it is saved in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game import play
from game.advice.decision_summary import tell_turn
from game.campaign.notebook import Notebook
from game.rivals.envelope import Seat
from game.world.orders import Order
from game.world.questions import Answer

if TYPE_CHECKING:
    from game.saves.save_file import SavedCampaign, SaveFile

Summaries = Mapping[str, Any]
"""State -> what a save keeps of its decision records of a turn."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a campaign is made of."""

    position: play.Position
    notebook: Notebook = field(default_factory=Notebook)
    pending: Sequence[Order] = ()
    """The player's orders of the turn to come, or of the one that waits for answers."""
    summaries: Sequence[Summaries] = ()
    """One for each turn."""


def to_saved(parts: Parts) -> SavedCampaign:
    """What a save holds of a campaign."""
    from game.saves.save_file import SavedCampaign

    position = parts.position
    waiting = position.asking is not None
    me = position.history.setup.player
    return SavedCampaign(
        history=position.history,
        envelope={
            name: {
                "doctrine": seat.doctrine,
                "ambition": seat.ambition,
                "temperature": seat.temperature,
            }
            for name, seat in position.envelope.items()
        },
        notebook=parts.notebook.kept(),
        pending=position.orders[me] if waiting and me is not None else tuple(parts.pending),
        pending_answers=dict(position.answers) if waiting else {},
        beliefs=position.beliefs,
        records=tuple(parts.summaries),
    )


def from_saved(saved: SavedCampaign) -> Parts:
    """The campaign that a save holds, at the very turn and question where it was left."""
    seats = {
        name: Seat(seat["doctrine"], seat["ambition"], seat["temperature"])
        for name, seat in saved.envelope.items()
    }
    position = play.between_turns(
        saved.history, seats, saved.beliefs, tuple({} for _ in saved.history.turns)
    )
    me = saved.history.setup.player
    if saved.pending_answers and me is not None:
        position = _within_turn(position, {me: saved.pending}, saved.pending_answers)
    return Parts(position, Notebook.read(saved.notebook), saved.pending, saved.records)


def before_turn(parts: Parts, turn: int) -> Parts:
    """The campaign as it stood before a turn, with what the notebook said then."""
    position, played = parts.position, turn - 1
    history = replace(position.history, turns=position.history.turns[:played])
    pages = {at: page for at, page in parts.notebook.pages.items() if at <= played}
    pins = {
        state: [pin for pin in pinned if pin[0] <= played]
        for state, pinned in parts.notebook.pins.items()
    }
    return Parts(
        play.between_turns(
            history,
            position.envelope,
            position.beliefs[: played + 1],
            position.records[:played],
        ),
        Notebook(dict(pages.get(played, {})), pages, pins),
        (),
        tuple(parts.summaries[:played]),
    )


def _within_turn(
    position: play.Position,
    orders: Mapping[str, Sequence[Order]],
    answers: Mapping[str, Answer],
) -> play.Position:
    """The turn begun again with the same orders, and the answers that were given so far."""
    position = play.begin(position, orders)
    while given := {
        question.id: answers[question.id] for question in position.waiting if question.id in answers
    }:
        position = play.answer(position, given)
    return position


def summaries(position: play.Position, known: Sequence[Summaries]) -> Sequence[Summaries]:
    """What a save keeps of each turn's decision records; `known` is that of the first turns."""
    records, turns = position.records, position.history.turns
    new = range(len(known), len(records))
    return [*known, *(tell_turn(records[turn], turns[turn].start) for turn in new)]


class CampaignFile:
    """The file that a campaign is saved in; while it is held, no other process can write it."""

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = None if path is None else Path(path)
        """Where the campaign was saved last or loaded from; None if it was neither."""
        self._held: SaveFile | None = None

    def hold(self) -> None:
        """Hold the file until `release`; nothing happens where there is none yet.

        Raises `store.problems.SaveInUse` in one sentence where another process holds it.
        """
        from game.saves.save_file import SaveFile

        if self._held is None and self.path is not None:
            self._held = SaveFile(self.path)

    def release(self) -> None:
        """Let other processes write the file again."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def read(self) -> SavedCampaign:
        """What the file holds. Raises `store.problems.SaveProblem` if it cannot be read."""
        from game.saves import save_file

        if self.path is None:
            raise ValueError("a campaign that was never saved has no file to read")
        return save_file.read(self.path) if self._held is None else self._held.read()

    def write(self, saved: SavedCampaign, path: str | Path | None = None) -> Path:
        """Write the file (another one with `path`, then this one is it); returns where it is.

        Without any path it is a new file in the folder of saves. Raises
        `store.problems.SaveProblem` in one sentence if it cannot be written.
        """
        from game.saves import save_file

        target = (None if path is None else Path(path)) or self.path or _new_path(saved)
        if self._held is not None and target.absolute() == self._held.path:
            self._held.save(saved)
        else:
            save_file.write(target, saved)
        self.path = target
        return target


def _new_path(saved: SavedCampaign) -> Path:
    """A path in the folder of saves that no file has."""
    from game.saves import save_file

    setup, atlas = saved.history.setup, saved.history.start.atlas
    name = atlas.name(setup.player) if setup.player else ""
    return save_file.free_path(save_file.saves_dir(), setup.map.id, name)
