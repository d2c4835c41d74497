"""A campaign to and from the value that a save holds, and the file that it is saved in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game import play
from game.advice.decision_summary import tell_turn
from game.campaign.notebook import Notebook
from game.rivals.envelope import Seat
from game.rivals.temperament import EVEN, Temperament
from game.theory.doctrine import PLAIN, Habits
from game.world.legality import check
from game.world.orders import Order
from game.world.questions import Answer
from game.world.rules import BP
from game.world.sight import seen_by

if TYPE_CHECKING:
    from game.saves.save_file import SavedCampaign, SaveFile, Stamp
    from game.saves.saved_campaign import Seat as KeptSeat

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
        envelope={name: _kept_seat(seat) for name, seat in position.envelope.items()},
        notebook=parts.notebook.kept(),
        pending=position.orders[me] if waiting and me is not None else tuple(parts.pending),
        pending_answers=dict(position.answers) if waiting else {},
        beliefs=position.beliefs,
        records=tuple(parts.summaries),
    )


def _kept_seat(seat: Seat) -> KeptSeat:
    """A seat as a save holds it: whole numbers; what is of its own only where it is."""
    kept: KeptSeat = {
        "doctrine": seat.doctrine,
        "ambition": seat.ambition,
        "temperature": seat.temperature,
    }
    if seat.habits != PLAIN:
        kept["habits"] = {name: round(of * BP) for name, of in asdict(seat.habits).items()}
    if seat.temperament != EVEN:
        traits = asdict(seat.temperament)
        kept["temperament"] = {name: round(of * BP) for name, of in traits.items()}
    return kept


def _seat(kept: KeptSeat) -> Seat:
    """A seat from a save."""
    habits = Habits(**{name: of / BP for name, of in kept.get("habits", {}).items()})
    traits = {name: of / BP for name, of in kept.get("temperament", {}).items()}
    return Seat(
        kept["doctrine"], kept["ambition"], kept["temperature"], habits, Temperament(**traits)
    )


def from_saved(saved: SavedCampaign) -> Parts:
    """The campaign that a save holds, at the very turn and question where it was left."""
    seats = {name: _seat(kept) for name, kept in saved.envelope.items()}
    position = play.between_turns(
        saved.history, seats, saved.beliefs, tuple({} for _ in saved.history.turns)
    )
    me = saved.history.setup.player
    if saved.pending_answers and me is not None and not saved.history.over:
        sight = seen_by(position.world, position.beliefs[-1], me)
        # Where today's rules refuse one of the orders, the turn waits for orders again.
        if not any(check(sight.world, me, saved.pending)):
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
    assessments = {
        state: [one for one in made if one[0] <= played]
        for state, made in parts.notebook.assessments.items()
    }
    return Parts(
        play.between_turns(
            history,
            position.envelope,
            position.beliefs[: played + 1],
            position.records[:played],
        ),
        Notebook(dict(pages.get(played, {})), pages, pins, assessments),
        (),
        tuple(parts.summaries[:played]),
    )


def _within_turn(
    position: play.Position,
    orders: Mapping[str, Sequence[Order]],
    answers: Mapping[str, Answer],
) -> play.Position:
    """The turn begun again with the same orders, and the answers that were given so far."""
    from game.saves.references import is_answer

    position = play.begin(position, orders)
    while given := {
        question.id: answers[question.id]
        for question in position.waiting
        if question.id in answers and is_answer(question, answers[question.id])
    }:
        position = play.answer(position, given)
    return position


def summaries(position: play.Position, known: Sequence[Summaries]) -> Sequence[Summaries]:
    """What a save keeps of each turn's decision records; `known` is that of the first turns."""
    records, turns = position.records, position.history.turns
    player = position.history.setup.player
    new = range(len(known), len(records))
    return [*known, *(tell_turn(records[turn], turns[turn], player) for turn in new)]


class CampaignFile:
    """The file that a campaign is saved in; while it is held, no other process can write it."""

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = None if path is None else Path(path)
        """Where the campaign was saved last or loaded from; None if it was neither."""
        self._held: SaveFile | None = None
        self._stamp: Stamp | None = None
        """Of the file as it was last read or written here."""

    def hold(self) -> None:
        """Hold the file until `release`; nothing happens where there is none yet.

        Raises `file_problems.SaveInUse` in one sentence where another process holds it.
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
        """What the file holds. Raises `file_problems.SaveProblem` if it cannot be read."""
        from game.saves import save_file

        if self.path is None:
            raise ValueError("a campaign that was never saved has no file to read")
        if self._held is None:
            saved, self._stamp = save_file.read_with_stamp(self.path)
        else:
            saved = self._held.read()
            self._stamp = self._held.stamp
        return saved

    def write(
        self, saved: SavedCampaign, path: str | Path | None = None, *, over: bool = False
    ) -> Path:
        """Write the file (another one with `path`, then this one is it); returns where it is.

        Without any path it is a new file in the folder of saves. A file that holds another
        campaign, or that another program wrote since it was read here, is written over only with
        `over`. Raises `files.file_problems.SaveProblem` in one sentence if it cannot be written.
        """
        from game.saves import save_file

        target = self.path if path is None else Path(path)
        if target is None:
            target = self.begin(saved, save_file.saves_dir())
            self.release()
        elif self._held is not None and target.absolute() in (self._held.path, self._held.asked):
            self._held.save(saved, since=self._stamp, over=over)
            self._stamp = self._held.stamp
        else:
            since = self._stamp if target == self.path else None
            self._stamp = save_file.write(target, saved, since=since, over=over)
        self.path = target
        return target

    def begin(self, saved: SavedCampaign, folder: Path) -> Path:
        """Write a new file in a folder, under the first name that nobody has, and hold it.

        Raises `files.file_problems.SaveProblem` in one sentence if it cannot be written.
        """
        from game.saves import save_file

        setup, atlas = saved.history.setup, saved.history.start.atlas
        name = atlas.name(setup.player) if setup.player else ""
        self.release()
        self._held = save_file.begin(folder, setup.map.id, name, saved)
        self.path, self._stamp = self._held.path, self._held.stamp
        return self.path
