"""Letters: the manner is the sender's, the matter the event's, and chance has no part in it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from words_case import happening, world

from game.words.letters import LETTERS, letter, voice_of
from game.words.voices import NEUTRAL, TONES, VOICES
from game.world.events import FACTS, Event

ATLAS = world().atlas


@pytest.mark.parametrize(
    ("state", "voice"),
    [
        ("A", "constitutional monarch"),
        ("B", "republic"),
        ("C", "autocrat"),
        ("D", "merchant"),
        ("E", "revolutionary"),
    ],
)
def test_the_voice_is_the_ideology_s(state: str, voice: str) -> None:
    assert voice_of(ATLAS, state).name == voice


def test_every_voice_has_every_tone_and_every_kind_a_tone() -> None:
    for voice in (*VOICES, NEUTRAL):
        assert set(voice.remarks) == set(TONES)
    assert {tone for _, tone, _ in LETTERS.values()} == set(TONES)
    assert set(LETTERS) <= set(FACTS)


def test_no_remark_hints_at_what_its_writer_fears() -> None:
    hints = re.compile(r"fear|threat|power|strong|weak|near|balance|rival|solidarity|afraid", re.I)
    for voice in (*VOICES, NEUTRAL):
        for remarks in voice.remarks.values():
            assert not [line for line in remarks if hints.search(line)]
            assert all(line[-1] in ".!?" for line in remarks)


def test_a_letter_speaks_for_its_sender_to_its_reader() -> None:
    text = letter(happening("demand_made"), ATLAS, "B")
    assert text is not None
    greeting, body, signature = text.split("\n")
    assert greeting == "To our good cousin of the United Kingdom:"
    assert re.search(r"[Yy]ou (will )?cede Brig", body)
    assert signature == "— Queen Ada, on the advice of ministers, for Albany"


def test_the_refused_hears_from_the_refuser() -> None:
    declined = happening("treaty_declined")
    text = letter(declined, ATLAS, "A")
    assert text is not None
    assert text.endswith("— President Bell, for the government of the United Kingdom")
    assert letter(declined, ATLAS, "B") is None
    assert letter(declined, ATLAS, "C") is None
    assert letter(declined, ATLAS, None) is None


def test_an_unnamed_leader_signs_for_the_state() -> None:
    text = letter(happening("aid_offered", "D", "A"), ATLAS, "A")
    assert text is not None
    assert text.endswith("\n— for Dorn")


def test_the_same_event_brings_the_same_letter_in_every_process() -> None:
    script = (
        "from words_case import happening, world\n"
        "from game.words.letters import LETTERS, letter\n"
        "atlas = world().atlas\n"
        "print(repr([letter(happening(k, 'A', 'B'), atlas, m) for k in LETTERS for m in 'AB']))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={
                "PYTHONHASHSEED": seed,
                "PYTHONIOENCODING": "utf-8",
                "PYTHONPATH": str(Path(__file__).parents[1]),
            },
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    here = repr([letter(happening(k, "A", "B"), ATLAS, m) for k in LETTERS for m in "AB"])
    assert outputs == {here + "\n"}


def test_other_facts_may_bring_another_phrasing() -> None:
    letters = {letter(happening("aid_offered", amount=n), ATLAS, "B") for n in range(0, 200, 10)}
    bodies = {text.split("\n")[1].replace("0.0 ", "") for text in letters if text}
    assert len(bodies) > 1


@given(st.sampled_from(sorted(FACTS)), st.data())
def test_no_event_however_odd_breaks_the_pen(kind: str, data: st.DataObject) -> None:
    ids = st.sampled_from(("A", "B", "D", "", "nobody-knows"))
    fact = st.one_of(st.text(max_size=8), st.integers(), st.lists(st.text(max_size=4)).map(tuple))
    facts = tuple(data.draw(fact) for _ in FACTS[kind])
    odd = Event(kind, data.draw(ids), data.draw(ids), facts)
    text = letter(odd, ATLAS, data.draw(st.sampled_from((None, "A", "B"))))
    assert text is None or text.count("\n") == 2
