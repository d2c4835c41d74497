"""How the line mode speaks and listens: as text with numbered choices, or as JSON lines."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TextIO

from game.messages import Interruption


class InputEndedError(Interruption):
    """The input ended."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line that can be chosen."""

    id: str
    label: str


class Dialogue(Protocol):
    """What a session needs of its reader."""

    picks_once: bool
    """Whether one choice answers an offer and what is asked next of who declines it; a program is
    asked as the Python API asks, one question after another.
    """

    def say(self, *lines: str) -> None:
        """Write lines that need no answer."""

    def choose(self, question: str, choices: Sequence[Choice]) -> str:
        """The id of the chosen one. Raises `InputEndedError` where the input ends."""

    def command(self, question: str, choices: Sequence[Choice], state: dict[str, Any]) -> Any:
        """What to do next in a turn: the id of a choice, or an object with verbs of the API."""


class TextDialogue:
    """Numbered choices on plain lines; an answer is a number or the choice's id."""

    picks_once = True

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source, self._target = source, target

    def say(self, *lines: str) -> None:
        """Write the lines."""
        for line in lines:
            self._target.write(f"{line}\n")

    def choose(self, question: str, choices: Sequence[Choice]) -> str:
        """Ask until the answer is one of the choices."""
        self.say("", question)
        for number, choice in enumerate(choices, start=1):
            self.say(f"{number}. {choice.label}")
        while True:
            self._target.write("> ")
            self._target.flush()
            answer = self._source.readline()
            if not answer:
                raise InputEndedError
            found = _find(answer.strip(), choices)
            if found is not None:
                return found
            self.say(f"Type a number from 1 to {len(choices)}.")

    def command(self, question: str, choices: Sequence[Choice], state: dict[str, Any]) -> str:
        """As `choose`; the state is for programs."""
        del state
        return self.choose(question, choices)


def _find(answer: str, choices: Sequence[Choice]) -> str | None:
    if answer.isdecimal() and 1 <= int(answer) <= len(choices):
        return choices[int(answer) - 1].id
    return next((one.id for one in choices if one.id == answer), None)


class JsonDialogue:
    """One JSON object a line, both ways.

    Out: `{"say": [...]}` and `{"ask": ..., "choices": [{"id", "label"}], "state": {...}}`. In:
    `{"choose": id}`, or in a turn one of the verbs of the Python API, such as
    `{"order": {"kind": "sound", "of": "FRN"}}` or `{"submit": []}`.
    """

    picks_once = False

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source, self._target = source, target

    def say(self, *lines: str) -> None:
        """One object with the lines."""
        self._write({"say": list(lines)})

    def choose(self, question: str, choices: Sequence[Choice]) -> str:
        """Ask until an answer chooses."""
        while True:
            given = self.command(question, choices, {})
            if isinstance(given, str):
                return given
            self._write({"error": 'Here something must be chosen, such as {"choose": "1"}.'})

    def command(self, question: str, choices: Sequence[Choice], state: dict[str, Any]) -> Any:
        """Ask, and read one object."""
        asked: dict[str, Any] = {
            "ask": question,
            "choices": [{"id": one.id, "label": one.label} for one in choices],
        }
        self._write({**asked, "state": state} if state else asked)
        while True:
            line = self._source.readline()
            if not line:
                raise InputEndedError
            try:
                given = json.loads(line)
            except ValueError:
                self._write({"error": "This line is not JSON."})
                continue
            if not isinstance(given, dict):
                self._write({"error": "A line must be an object."})
            elif "choose" not in given:
                return given
            elif (found := _find(str(given["choose"]), choices)) is not None:
                return found
            else:
                self._write({"error": f"There is no choice {given['choose']!r}."})

    def _write(self, value: dict[str, Any]) -> None:
        self._target.write(json.dumps(value, ensure_ascii=False) + "\n")
        self._target.flush()
