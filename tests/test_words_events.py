"""Events into sentences: complete, grammatical, true to the record, silent about doctrines."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from words_case import happening, world

from game.words.event_sentences import TELL, describe_event, weight
from game.words.event_weights import GROUND
from game.world.events import FACTS, Event

WORLD = world()
ATLAS = WORLD.atlas
LEAKS = re.compile(
    r"balance of|waltz|walt\b|doctrine|\bBO[PT]\b|bandwagon|\blens\b|solidarity|isolation|threat",
    re.IGNORECASE,
)


def test_every_kind_has_a_sentence_and_a_weight() -> None:
    assert set(TELL) == set(FACTS)
    assert set(GROUND) == set(FACTS)


@pytest.mark.parametrize("kind", FACTS)
@pytest.mark.parametrize("me", [None, "A", "B", "C"])
def test_a_sentence_begins_large_ends_in_a_stop_and_leaks_no_doctrine(
    kind: str, me: str | None
) -> None:
    told = describe_event(happening(kind), ATLAS, me)
    assert told[0].isupper()
    assert told.endswith(".")
    assert not re.search(r"[{}_]|\s\s|\bNone\b|Party\(", told)
    assert not LEAKS.search(told)
    if me in ("A", "B") and kind in ("demand_made", "war_declared", "treaty_offered"):
        assert re.search(r"\byou\b", told, re.IGNORECASE)


@pytest.mark.parametrize(
    ("kind", "me", "facts", "expected"),
    [
        ("demand_made", "B", {}, "Albany demands that you cede Brig, on an old claim."),
        ("demand_made", "A", {}, "You demand that the United Kingdom cede Brig, on an old claim."),
        (
            "treaty_offered",
            None,
            {"secret": 1, "burden": 200},
            "Albany offers the United Kingdom a secret defense pact against Esk for 6 turns, for "
            "which Albany pays 2% of its revenue a turn.",
        ),
        (
            "treaty_countered",
            "B",
            {"burden": 200, "against": "", "obligations": ("offense", "consultation")},
            "Albany answers your offer with a pact of offense and consultation for 6 turns, for "
            "which you pay 2% of your revenue a turn.",
        ),
        ("treaty_declined", "A", {}, "The United Kingdom declines your offer of a defense pact "
         "against Esk."),
        ("treaty_signed", "B", {"renews": 3, "against": "C"}, "You and Albany renew a defense pact "
         "against the Ottoman Empire for 6 turns."),
        ("treaty_ended", "B", {"why": "expired"}, "Your defense pact with Albany ends: its term "
         "has run."),
        ("treaty_ended", None, {"why": "notice"}, "Albany leaves its defense pact with the United "
         "Kingdom, having given notice."),
        ("treaty_broken", "A", {"why": "breach"}, "You break your defense pact with the United "
         "Kingdom, without notice."),
        ("call_refused", "B", {}, "Albany refuses your call against Esk, whatever its "
         "treaty says."),
        ("call_honoured", "A", {"treaty": -1}, "You honour your pledge to the United Kingdom and "
         "go to war with Esk."),
        ("war_declared", "B", {"surprise": 1}, "Albany attacks you without an ultimatum, for "
         "Brig."),
        ("battle_fought", "A", {"won": 0}, "You attack the United Kingdom at Brig, with a "
         "chance of 43%, and are beaten off: losses 75 against 14."),
        (
            "peace_made",
            "B",
            {"indemnity": 5_000, "disarm": 1},
            "You and Albany make peace: you cede Brig, pay 50% of a turn's revenue and halve your "
            "army.",
        ),
        ("peace_offered", None, {"takes": ()}, "Albany offers the United Kingdom a white peace: "
         "all as it was."),
        ("treaty_signed", "B", {"renews": 1}, "You join Albany's defense pact against Esk."),
        ("accession_refused", "B", {}, "Albany keeps you out of its defense pact against Esk."),
        ("treaty_ended", None, {"why": "leader"}, "The defense pact of Albany and the United "
         "Kingdom ends: its strongest member has left it."),
        ("lead_passed", "B", {}, "Albany leads the attackers now, as the strongest, in your "
         "place."),
        ("state_restored", "B", {}, "Albany is a state again, by your peace, on land that you "
         "give back."),
        ("peace_made", "A", {"takes": (), "restores": ("E",)}, "You and the United Kingdom make "
         "peace: the United Kingdom gives Esk its land back."),
        ("posture_changed", None, {}, "Albany moves from balanced to forward posture."),
        ("plot_found", "B", {}, "Albany's lobby inside your own country is found out, "
         "and most of its reach there is lost."),
        ("forces_raised", "A", {"fleet": 100_000}, "You raise your army by 45 and your fleet by "
         "1.2."),
    ],
)  # fmt: skip
def test_grammar(kind: str, me: str | None, facts: dict[str, object], expected: str) -> None:
    assert describe_event(happening(kind, **facts), ATLAS, me) == expected  # type: ignore[arg-type]


def test_only_a_network_s_find_names_its_finder() -> None:
    known_to_all = happening("treaty_leaked")
    found = Event(known_to_all.kind, "C", "A", known_to_all.facts, ("C",))
    assert describe_event(known_to_all, ATLAS, "C").startswith(
        "It leaks that Albany and the United Kingdom"
    )
    assert describe_event(found, ATLAS, "C") == (
        "Your people discover that Albany has signed a secret defense pact against Esk."
    )


FACT = st.one_of(st.text(max_size=8), st.integers(), st.lists(st.text(max_size=4)).map(tuple))


@given(st.sampled_from(sorted(FACTS)), st.data())
def test_no_event_however_odd_goes_untold(kind: str, data: st.DataObject) -> None:
    ids = st.sampled_from(("A", "B", "", "nobody-knows"))
    facts = tuple(data.draw(FACT) for _ in FACTS[kind])
    odd = Event(kind, data.draw(ids), data.draw(ids), facts)
    told = describe_event(odd, ATLAS, data.draw(st.sampled_from((None, "A", "B"))))
    assert told[-1] in ".!?"
    assert told == " ".join(told.split())
    assert 0 <= weight(odd, "A", WORLD) <= 3


def test_what_touches_me_weighs_more_and_lesser_states_weigh_less() -> None:
    quarrel = happening("demand_made", "A", "B")
    small = happening("demand_made", "E", "E")
    assert WORLD.state("A").great
    assert weight(quarrel, "B", WORLD) == 3
    assert weight(quarrel, "C", WORLD) == 2
    assert weight(happening("treaty_signed", "C", "D", against="A"), "A", WORLD) == 3
    assert weight(happening("posture_changed", "A", ""), "A", WORLD) == 0
    great = WORLD.state("E").great
    assert weight(small, "C", WORLD) == (2 if great else 1)


@pytest.mark.parametrize(
    ("heard", "held", "told"),
    [
        (0, 1, "hear nothing of the one talk held"),
        (1, 1, "hear the one talk held"),
        (2, 2, "hear both talks held"),
        (0, 3, "hear none of 3 talks held"),
        (1, 3, "hear 1 of 3 talks held"),
        (3, 3, "hear all 3 talks held"),
    ],
)
def test_what_was_heard_of_talks_is_counted_in_words(heard: int, held: int, told: str) -> None:
    report = happening("talks_reported", "A", "B", heard=heard, held=held)
    assert told in describe_event(report, world().atlas, "A")
