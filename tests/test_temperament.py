"""Temperaments: drawn beside the doctrine, small in what is decided, plain in what is written."""

import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from words_case import happening, world

from game import Campaign, load_map
from game.rivals.envelope import seal
from game.rivals.temperament import EVEN, MOST, Temperament, tempered
from game.theory.choice_rule import TEMPERATURE, TERM, Appraisal
from game.theory.choices import alignment_appraisal, order_appraisal, question_appraisal
from game.theory.doctrine import TERMS
from game.words.letters import LETTERS, letter
from game.words.manners import LINES, PLAIN, Level, Manner
from game.words.voices import TONES
from game.world.orders import Demand, Offer, Terms
from game.world.questions import CrisisQuestion
from game.world.world_setup import build_world
from tests.forks import Moment, moment
from tests.worlds import play_turn, tiny_doc, with_crisis

PROUD, MODEST = Temperament(pride=1.0), Temperament(pride=0.0)
PATIENT, HASTY = Temperament(patience=1.0), Temperament(patience=0.0)
traits = st.builds(Temperament, *[st.floats(0, 1)] * 3)
FEAR = [TERM[name] for name in ("security", "feeding", "entanglement", "ideology", "gains")]


def start() -> Moment:
    return moment(tiny_doc(rivalries=[["AAA", "BBB"]], states={"BBB": {"posture": 0.75}}))


def asked_in_vain() -> Moment:
    """BBB declined a pact that AAA offered, and AAA dropped a demand that it made of BBB; both
    may be asked for again."""
    at = start()
    offer = Offer("BBB", Terms(("defense",), "CCC"))
    turn = play_turn(at.world, {"AAA": (offer, Demand("BBB", "stand_down"))}, {"offer": "decline"})
    world = turn.world
    while world.cooldown_until("offer", "AAA", "BBB") or world.crises:
        world = play_turn(world).world
    return at.with_world(world)


def offers(at: Moment, temperament: Temperament, to: str) -> list[float]:
    """What each offer of AAA to a state is worth to it, weighed by BOT."""
    sight = at.sight("AAA")
    plain = alignment_appraisal(at.view("AAA", "BOT"), sight)
    weighed = tempered(plain, sight, temperament)
    return [
        float(weighed.terms[place].sum())
        for place in range(1, len(plain.options))
        if isinstance(plain.options[place], Offer) and plain.options[place].to == to
    ]


def crisis(temperament: Temperament, asked: str = "BBB") -> dict[str, float]:
    """What each answer in a crisis is worth, beside the even temperament's."""
    at = start()
    at = at.with_world(with_crisis(at.world, "AAA", "BBB"))
    other = "AAA" if asked == "BBB" else "BBB"
    question = CrisisQuestion(
        "q", asked, other, at.world.crises[0].id, 1, ("hold", "yield", "climb")
    )
    sight = at.sight(asked)
    plain = question_appraisal(at.view(asked, "BOT"), sight, question)
    change = tempered(plain, sight, temperament).terms.sum(axis=1) - plain.terms.sum(axis=1)
    return dict(zip(plain.options, (float(one) for one in change), strict=True))


# what is decided


def test_the_proud_do_not_soon_ask_again_who_declined_and_others_as_ever() -> None:
    at = asked_in_vain()
    first, again = offers(at, EVEN, "BBB"), offers(at, PROUD, "BBB")
    assert first
    assert np.allclose(np.subtract(first, again), MOST)
    assert np.allclose(np.subtract(offers(at, MODEST, "BBB"), first), MOST)
    assert offers(at, PROUD, "DDD") == offers(at, EVEN, "DDD")
    assert offers(start(), PROUD, "BBB") == offers(start(), EVEN, "BBB")


def test_the_patient_wait_before_they_demand_again() -> None:
    worth = {}
    for name, at in (("first", start()), ("again", asked_in_vain())):
        sight = at.sight("AAA")
        plain = order_appraisal(at.view("AAA", "BOT"), sight, 0.5, "demand")
        place = list(plain.options).index(Demand("BBB", "stand_down"))
        for temper in (PATIENT, EVEN, HASTY):
            worth[name, temper] = float(tempered(plain, sight, temper).terms[place].sum())
    assert worth["first", PATIENT] == worth["first", HASTY]
    assert worth["again", HASTY] - worth["again", EVEN] == pytest.approx(MOST)
    assert worth["again", EVEN] - worth["again", PATIENT] == pytest.approx(MOST)


def test_what_was_asked_in_vain_is_forgotten_in_time() -> None:
    at = asked_in_vain()
    for _ in range(at.world.atlas.rules.asking_remembered):
        at = at.with_world(play_turn(at.world).world)
    assert offers(at, PROUD, "BBB") == offers(at, EVEN, "BBB")


@pytest.mark.parametrize("asked", ["AAA", "BBB"])
def test_the_proud_do_not_like_to_yield_and_the_patient_let_a_crisis_stand(asked: str) -> None:
    assert crisis(PROUD, asked) == pytest.approx({"hold": 0, "yield": -MOST, "climb": 0})
    assert crisis(PATIENT, asked) == pytest.approx({"hold": MOST, "yield": 0, "climb": 0})
    assert crisis(HASTY, asked) == pytest.approx({"hold": -MOST, "yield": 0, "climb": 0})
    assert crisis(Temperament(candour=1.0), asked) == dict.fromkeys(("hold", "yield", "climb"), 0)


@given(temperament=traits)
def test_a_temperament_moves_no_option_by_more_than_the_noise_and_no_fear_at_all(
    temperament: Temperament,
) -> None:
    assert MOST < TEMPERATURE
    at = asked_in_vain()
    at = at.with_world(with_crisis(at.world, "DDD", "AAA"))
    sight, view = at.sight("AAA"), at.view("AAA", "BOT")
    question = CrisisQuestion("q", "AAA", "DDD", at.world.crises[-1].id, 1, ("hold", "yield"))
    menus = [
        alignment_appraisal(view, sight),
        question_appraisal(view, sight, question),
        *(order_appraisal(view, sight, 0.5, family) for family in ("demand", "aid", "war")),
    ]
    for plain in menus:
        weighed = tempered(plain, sight, temperament)
        change = weighed.terms - plain.terms
        assert np.abs(change.sum(axis=1)).max() <= MOST + 1e-12
        assert not change[:, FEAR].any()


def test_the_even_temper_changes_nothing() -> None:
    at = asked_in_vain()
    sight = at.sight("AAA")
    menu = alignment_appraisal(at.view("AAA", "BOP"), sight)
    assert tempered(menu, sight, EVEN) is menu
    unknown = Appraisal("exchange", ("hold", "yield"), np.zeros((2, len(TERMS))))
    assert tempered(unknown, sight, EVEN) is unknown


# how it is drawn


def test_temperaments_are_drawn_from_the_seed_whatever_the_doctrine() -> None:
    doc = load_map("five-crowns")
    world_, _ = build_world(doc)
    for seed in range(5):
        plain = seal(doc, world_, seed)
        swapped = seal(doc, world_, seed, doctrines=dict.fromkeys(doc.states, "SOLIDARITY"))
        hard = seal(doc, world_, seed, "hard")
        for state, seat in plain.items():
            assert seat.temperament == swapped[state].temperament == hard[state].temperament


def test_the_traits_have_nothing_to_do_with_each_other_the_doctrine_or_the_habits() -> None:
    """Over 200 campaigns: no correlation beyond three standard errors."""
    doc = load_map("five-crowns")
    world_, _ = build_world(doc)
    seats = [seat for seed in range(200) for seat in seal(doc, world_, seed).values()]
    rows = np.array(
        [
            (
                seat.temperament.patience,
                seat.temperament.candour,
                seat.temperament.pride,
                seat.doctrine == "BOP",
                seat.habits.feeding,
                seat.habits.entanglement,
                seat.temperature,
                seat.ambition,
            )
            for seat in seats
        ],
        dtype=float,
    )
    assert rows[:, :3].min() < 0.01
    assert rows[:, :3].max() > 0.99
    related = np.corrcoef(rows.T)[:3]
    related[np.arange(3), np.arange(3)] = 0.0
    assert np.abs(related).max() < 3.5 / len(seats) ** 0.5


def test_for_teaching_all_are_alike() -> None:
    doc = load_map("five-crowns")
    world_, _ = build_world(doc)
    assert {seat.temperament for seat in seal(doc, world_, 3, alike=True).values()} == {EVEN}
    assert len({seat.temperament for seat in seal(doc, world_, 3).values()}) == len(doc.states)


def test_a_save_keeps_temperaments_and_one_without_them_has_even_ones(tmp_path: Path) -> None:
    doc = load_map("five-crowns")
    for teaching in (False, True):
        campaign = Campaign.new(doc, player="ALD", seed=4, teaching=teaching)
        campaign.save(tmp_path / f"{teaching}.json")
        kept = Campaign.load(tmp_path / f"{teaching}.json")
        assert kept._position.envelope == campaign._position.envelope
        written = (tmp_path / f"{teaching}.json").read_text(encoding="utf-8")
        assert ("temperament" in written) is not teaching


# what is written

ATLAS = world().atlas
DEEDS = sorted(LETTERS)


@pytest.mark.parametrize(
    "manners",
    [
        (Manner(pride=-1), PLAIN, Manner(pride=1)),
        (Manner(candour=-1), PLAIN, Manner(candour=1)),
        (Manner(patience=-1), PLAIN, Manner(patience=1)),
    ],
)
def test_the_same_deed_is_told_in_another_tone(manners: tuple[Manner, ...]) -> None:
    """A demand, a refusal and an offer of the one, of the other, and of who is neither."""
    for kind, reader in (("demand_made", "B"), ("treaty_declined", "A"), ("treaty_offered", "B")):
        texts = [letter(happening(kind), ATLAS, reader, manner) for manner in manners]
        assert len(set(texts)) == 3
        assert texts[1] is not None
        head, _, tail = texts[1].split("\n")
        assert all(text and text.startswith(head) and text.endswith(tail) for text in texts)


def test_a_manner_adds_one_line_and_a_plain_one_none() -> None:
    levels: tuple[Level, ...] = (-1, 0, 1)
    for kind, reader in product(DEEDS, "AB"):
        plain = letter(happening(kind), ATLAS, reader)
        assert plain == letter(happening(kind), ATLAS, reader, PLAIN)
        for patience, candour, pride in product(levels, levels, levels):
            manner = Manner(patience, candour, pride)
            text = letter(happening(kind), ATLAS, reader, manner)
            if plain is None:
                assert text is None
                continue
            head, body, tail = plain.split("\n")
            lines = manner.lines(LETTERS[kind][1])
            expected = [f"{head}\n{body} {line}\n{tail}" for line in lines] or [plain]
            assert text in expected


def test_no_line_of_manner_hints_at_what_its_writer_fears() -> None:
    hints = re.compile(r"fear|threat|power|strong|weak|near|balance|rival|solidarity|afraid", re.I)
    for tones in LINES.values():
        assert set(tones) <= set(TONES)
        for lines in tones.values():
            assert all(line[-1] in ".!?" and not hints.search(line) for line in lines)


def test_only_a_marked_trait_shows() -> None:
    assert Temperament(0.74, 0.5, 0.26).manner == PLAIN
    assert Temperament(0.75, 0.25, 1.0).manner == Manner(1, -1, 1)


def test_a_campaign_s_letters_are_in_their_sender_s_manner() -> None:
    """Of many letters of a campaign, each is what its sender's temperament makes of it."""
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=12)
    marked = 0
    while not campaign.over and marked < 5:
        campaign.submit()
        while waiting := campaign.questions():
            campaign.answer({one.id: one.options[-1] for one in waiting})
        for event in campaign.report():
            plain = letter(event, campaign.atlas, "ALD")
            told = campaign.letter(event)
            assert (plain is None) == (told is None)
            if plain is not None and told is not None and told != plain:
                sender = next(state for state in (event.actor, event.target) if state != "ALD")
                lines = campaign._position.envelope[sender].temperament.manner.lines(
                    LETTERS[event.kind][1]
                )
                assert any(line in told for line in lines)
                marked += 1
    assert marked >= 5
