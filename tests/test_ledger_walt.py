"""The ledger's claims of balance of threat: each docstring is the claim in plain words."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from game.engine.phases.influence import chance_found, depth_gained
from game.maps.load import load_map
from game.theory.choice_rule import TERM
from game.theory.families import pact_worth
from game.theory.families.pact_worth import DEFENSE, Pacts, pact_terms
from game.theory.families.war import appraise_declaring
from game.theory.view_batch import alone
from game.world.legality import purse, refusal
from game.world.model import World
from game.world.orders import (
    MEANS,
    Aid,
    DeclareWar,
    Denounce,
    Offer,
    OfferPeace,
    PeaceTerms,
    Penetrate,
    Terms,
)
from game.world.questions import CallQuestion, JoinQuestion, OfferQuestion
from tests.forks import Moment, moment
from tests.worlds import (
    play_turn,
    tiny_doc,
    tiny_world,
    with_province,
    with_state,
    with_treaty,
    with_war,
)


def most_feared(at: Moment, state: str, doctrine: str) -> str:
    """Whom a state fears most."""
    faced = at.view(state, doctrine).faced[at.world.atlas.state_index[state]]
    return at.world.states[int(faced.argmax())].id


SHIPPED = ("five-crowns", "europe-1909", "middle-east-1955", "two-leagues")


def with_and_without_autonomy(
    name: str, doctrine: str, monkeypatch: pytest.MonkeyPatch
) -> list[dict[tuple[str, str, Terms], tuple[float, float]]]:
    """Worth and chance of each binding pact on a map's opening, with the term and without it.

    By (state, partner, terms); first those with the state feared most, of states weaker than it;
    then those with weaker partners.
    """
    found = []
    for autonomy in (pact_worth.AUTONOMY, 0.0):
        monkeypatch.setattr(pact_worth, "AUTONOMY", autonomy)
        at = moment(load_map(name))
        stronger, weaker = {}, {}
        for state in (one.id for one in at.world.states):
            feared, c = most_feared(at, state, doctrine), at.sight(state).facts.c
            index, chances = at.world.atlas.state_index, at.orders(state, doctrine)
            for order, worth in at.wishes(state, doctrine).items():
                if isinstance(order, Offer) and order.terms.binding:
                    key, here = (state, order.to, order.terms), (worth, chances[order])
                    if c[index[order.to]] < c[index[state]]:
                        weaker[key] = here
                    elif order.to == feared:
                        stronger[key] = here
        found.append((stronger, weaker))
    return [
        {key: (with_it[key][place], without[key][place]) for key in with_it}
        for place in (0, 1)
        for with_it, without in (tuple(one[0] for one in found), tuple(one[1] for one in found))
    ]


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("doctrine", ["BOP", "BOT"])
def test_T4_bandwagoning_gives_influence_away(
    doctrine: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Balancing keeps influence, bandwagoning gives it away to the stronger: were there no such
    loss, each pact with a stronger state that is feared most would be worth more, and each with a
    weaker partner no more. Fork: the term taken out."""
    joining, leading, *_ = with_and_without_autonomy(name, doctrine, monkeypatch)
    assert len(joining) > 10
    assert all(without > with_it for with_it, without in joining.values())
    assert all(without <= with_it + 1e-9 for with_it, without in leading.values())


def test_T4_more_would_bandwagon_were_there_no_such_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of states that balance threat, on the shipped maps together, twice as many or more.

    Not said of states that balance power: there every pact is worth more without the term, those
    against whom one fears too, and on Europe's opening those gain more of the envoys.
    """
    chances = np.zeros(2)
    for name in SHIPPED:
        with monkeypatch.context() as patch:
            *_, joined, _ = with_and_without_autonomy(name, "BOT", patch)
        chances += np.sum(list(joined.values()), axis=0)
    assert chances[1] > 2 * chances[0] > 0


def test_T1_a_promise_of_one_believed_hostile_is_worth_less_to_who_sees_intentions() -> None:
    """Offensive intentions are part of threat: what the hostile promise is believed less, and one
    who sees power alone makes no difference."""
    at = moment()
    at = at.with_world(with_treaty(at.world, "AAA", "BBB", obligations=("nonaggression",)))
    offer = Pacts(*(np.array([one]) for one in (1, 2, DEFENSE, 0.0, False)))
    worth = {
        doctrine: [
            float(pact_terms(alone(seen), offer)[0, TERM["security"]])
            for hostile in (2_000, 8_000)
            for seen in (at.believing("AAA", "BBB", hostile).view("AAA", doctrine),)
        ]
        for doctrine in ("BOP", "BOT")
    }
    assert worth["BOT"][0] > 1.5 * worth["BOT"][1] > 0
    assert worth["BOP"][0] == worth["BOP"][1] > 0


def bully(*ties: str) -> Moment:
    """AAA, strong and offensive, has an old quarrel with its weak neighbour BBB."""
    at = moment(
        tiny_doc(
            ("AAA", "BBB", "CCC", "DDD"),
            rivalries=[["AAA", "BBB"]],
            states={"AAA": {"army": 170, "posture": 0.75}, "BBB": {"army": 80}},
        )
    )
    for tie in ties:
        at = at.with_world(with_treaty(at.world, "AAA", "BBB", obligations=(tie,)))
    return at


@pytest.mark.parametrize("tie", ["nonaggression", "defense"])
@pytest.mark.parametrize("doctrine", ["BOP", "BOT"])
def test_T5_bandwagoning_appeases_and_nothing_forbids_the_attack(doctrine: str, tie: str) -> None:
    """States may bandwagon to divert an attack: the source of danger attacks its partners less than
    it would without the tie, and may attack them all the same."""
    attack = DeclareWar("BBB")
    alone, tied = (
        at.family(appraise_declaring, "AAA", doctrine, 0.9)[attack] for at in (bully(), bully(tie))
    )
    assert 0 < tied < alone
    assert refusal(bully(tie).world, "AAA", attack) is None


def joins(at: Moment, doctrine: str, ambition: float) -> float:
    """How likely CCC joins AAA's war on BBB, on AAA's side."""
    world = with_war(at.world, ("AAA",), ("BBB",))
    question = JoinQuestion("q", "CCC", "AAA", "BBB", 1, ("none", "attackers", "defenders"))
    return float(at.with_world(world).answers(question, doctrine, ambition)["attackers"])


def test_T6_who_lives_for_spoils_joins_when_the_victor_can_be_foreseen() -> None:
    """States may bandwagon for spoils, in wartime, when the victor can be foreseen: ambition draws
    to the winning side where it is sure to win, and not where it is in doubt."""
    drawn = {}
    for army, theirs in ((100, 300), (300, 100)):
        at = moment(
            tiny_doc(
                ("AAA", "BBB", "CCC", "DDD"),
                states={"AAA": {"army": army}, "BBB": {"army": theirs}},
                beliefs=[
                    {"of": "CCC", "about": feared, "hostile": 0.02} for feared in ("AAA", "BBB")
                ],
            )
        )
        drawn[army] = joins(at, "BOT", 0.9) - joins(at, "BOT", 0.1)
        assert joins(at, "BOP", 0.9) == pytest.approx(joins(at, "BOP", 0.1))
    assert drawn[100] == pytest.approx(0, abs=0.01)
    assert drawn[300] > 0.05


def test_T6_the_aim_of_a_war_is_for_who_began_it_whoever_leads() -> None:
    """Spoils go by contribution, the leader keeping the leader's share; what a war was begun for
    goes to the one who began it."""
    world = tiny_world(states={"CCC": {"army": 300}})
    world = with_war(world, ("AAA", "CCC"), ("BBB", "DDD"), aim="bbb-north")
    world = with_province(with_province(world, "bbb-north", holder="CCC"), "ddd-north")
    world = replace(world, wars=(world.wars[0].led_by("CCC"),))
    terms = PeaceTerms(takes=("bbb-north", "ddd-north"))
    turn = play_turn(world, {"CCC": (OfferPeace(1, "BBB", terms),)}, {"peace": "accept"})
    assert turn.world.province("bbb-north").owner == "AAA"
    assert turn.world.province("ddd-north").owner == "CCC"


STEPS = (0, 1, 2, 4)
"""Bribes, in twelfths of what the donor had to spend at first."""
PACT = OfferQuestion("q", "BBB", "AAA", Terms(("defense",), "CCC", 6))


def bribed(at: Moment, turns: int = 3) -> Iterator[Moment]:
    """Every moment to which a sequence of bribes of AAA to BBB leads, the same dice for all.

    The first is the one without any.
    """
    rich = purse(at.world, "AAA")
    for steps in product(STEPS, repeat=turns):
        reached = at
        for step in steps:
            amount = min(rich * step // 12, purse(reached.world, "AAA"))
            orders = {"AAA": (Aid("BBB", amount),)} if amount else {}
            turn = play_turn(reached.world, orders, {"aid": "accept"})
            reached = reached.with_world(turn.world).having_seen(turn.events)
        yield reached


def needy(army: int, hostile: float = 0.3, foe: int = 130) -> Moment:
    """BBB is at war with CCC and without money; AAA beside it is rich, and alone could help."""
    at = moment(
        tiny_doc(
            ("AAA", "BBB", "CCC"),
            states={
                "AAA": {"army": army, "treasury": 40, "great": True},
                "BBB": {"treasury": 0, "great": True, "posture": 0.0},
                "CCC": {"army": foe, "great": True, "posture": 0.0},
            },
            beliefs=[{"of": "BBB", "about": "AAA", "hostile": hostile}],
        )
    )
    return at.with_world(with_war(at.world, ("CCC",), ("BBB",)))


def at_ease(army: int, hostile: float) -> Moment:
    """BBB is at peace and lacks nothing; AAA beside it is rich, strong and menacing."""
    return moment(
        tiny_doc(
            ("AAA", "BBB", "CCC"),
            states={"AAA": {"army": army, "fleet": 40, "treasury": 40, "posture": 0.75}},
            beliefs=[{"of": "BBB", "about": "AAA", "hostile": hostile}],
        )
    )


@pytest.mark.parametrize(
    ("start", "doctrine"),
    [
        (at_ease(400, 0.3), "BOT"),
        (at_ease(400, 0.3), "BOP"),
        (at_ease(400, 0.8), "BOT"),
        (needy(600, 0.8), "BOT"),
    ],
)
def test_T10_no_sequence_of_bribes_buys_an_alliance_against_security(
    start: Moment, doctrine: str
) -> None:
    """Aid does not make allies: no sequence of bribes turns the refusal of an alliance that a
    state's security forbids into an acceptance."""
    first, *others = bribed(start)
    assert first.answers(PACT, doctrine)["accept"] < 0.5
    assert max(at.answers(PACT, doctrine)["accept"] for at in others) < 0.5


def test_T10_no_sequence_of_bribes_buys_a_war() -> None:
    """Aid buys no war: who would not enter one for the donor does not for its money either."""
    start = at_ease(130, 0.5)
    start = start.with_world(with_war(start.world, ("AAA",), ("CCC",)))
    join = JoinQuestion("q", "BBB", "AAA", "CCC", 1, ("none", "attackers", "defenders"))
    chances = [at.answers(join, "BOT")["attackers"] for at in bribed(start, 2) if at.world.war(1)]
    assert chances[0] < 0.5
    assert max(chances) < 0.5


def test_T10_leverage_is_at_most_a_quarter_of_the_security_term() -> None:
    """Whatever is paid, a bribe shifts a decision by at most a quarter of its security."""
    for at in bribed(needy(150)):
        assert at.world.leverage.get(("AAA", "BBB"), 0) <= 2_500


@pytest.mark.parametrize("doctrine", ["BOP", "BOT"])
def test_T10_bribes_work_where_need_dependence_and_monopoly_hold(doctrine: str) -> None:
    """Aid has effect only under conditions: with need, dependence and monopoly bribes turn the
    refusal that is nearest to an acceptance; the same bribes with one of the three missing have
    half the leverage or less.

    It is seen only there: where danger decides the answer, nothing that is paid does.
    """
    start = on_the_brink(doctrine)
    assert turned(start, doctrine)
    given = purse(start.world, "AAA") // 3
    ease = with_state(replace(start.world, wars=()), "BBB", treasury=given, army=1_000)
    full = leverage(start.world, given)
    assert full > leverage(start.world, given, second=given)
    assert full > leverage(start.world, given // 20)
    assert full > 2 * leverage(ease, given)


def on_the_brink(doctrine: str) -> Moment:
    """BBB in need, beside an AAA so strong that it would refuse its pact against a CCC, were CCC
    one soldier stronger it would accept."""
    weak, strong = 100, 1_300
    while strong - weak > 1:
        middle = (weak + strong) // 2
        accepts = needy(500, 0.3, middle).answers(PACT, doctrine)["accept"] >= 0.5
        weak, strong = (weak, middle) if accepts else (middle, strong)
    return needy(500, 0.3, weak)


def turned(start: Moment, doctrine: str) -> bool:
    """Whether some bribes turn a refusal into an acceptance."""
    first, *others = bribed(start, 1)
    assert first.answers(PACT, doctrine)["accept"] < 0.5
    return max(at.answers(PACT, doctrine)["accept"] for at in others) > 0.5


def leverage(world: World, amount: int, second: int = 0) -> int:
    """The leverage that a gift of AAA to BBB buys, bp, where CCC had given a second donor's."""
    world = replace(world, aid={("CCC", "BBB"): second} if second else {})
    turn = play_turn(world, {"AAA": (Aid("BBB", amount),)}, {"aid": "accept"})
    return turn.world.leverage.get(("AAA", "BBB"), 0)


def society(openness: float, kin: bool) -> World:
    """AAA works inside BBB, open or closed, kindred or not."""
    return tiny_world(
        states={
            "AAA": {"ideology": "one"},
            "BBB": {"openness": openness, "ideology": "one" if kin else "two"},
        },
        ideologies={"one": {"name": "One"}, "two": {"name": "Two"}},
    )


@pytest.mark.parametrize("means", MEANS)
def test_T11_penetration_matters_in_open_societies_with_foundations(means: str) -> None:
    """Penetration is of very limited use: it reaches deep only where a society is open and
    foundations exist, and in a closed one it is found out more often."""
    open_kin, open_alien, closed_kin, closed_alien = (
        depth_gained(society(openness, kin), "AAA", "BBB", means)  # type: ignore[arg-type]
        for openness in (0.9, 0.1)
        for kin in (True, False)
    )
    assert open_kin > open_alien > closed_alien
    assert open_kin > 5 * closed_alien
    assert closed_kin < open_alien
    found = [
        chance_found(society(openness, True), "BBB", means)  # type: ignore[arg-type]
        for openness in (0.9, 0.1)
    ]
    assert found[0] < found[1]


def test_T11_ten_years_of_work_in_a_closed_society_see_less_than_two_in_an_open_one() -> None:
    """The same contrast in play: openness, not patience, is what penetration lives on."""
    depths = []
    for openness, turns in ((0.9, 2), (0.05, 10)):
        reached = []
        for seed in range(8):
            world = society(openness, openness > 0.5)
            for _ in range(turns):
                world = play_turn(world, {"AAA": (Penetrate("BBB"),)}, seed=seed).world
            reached.append(world.networks.get(("AAA", "BBB"), 0))
        depths.append(sum(reached))
    assert depths[0] > depths[1]


def log_odds(chance: float) -> float:
    """The log of the odds of what has a chance."""
    return math.log(chance / (1 - chance))


def test_T14_a_signature_says_little_of_the_support_that_is_given() -> None:
    """A signature says little of actual commitment: called by treaty or by a mere pledge, a state
    decides alike; what it shares in danger with the caller moves it more than the signature (in
    the log of the odds, in which a choice by utility is a sum)."""
    at = moment(
        tiny_doc(
            ("AAA", "BBB", "CCC", "DDD"),
            states={"AAA": {"army": 150, "posture": 0.75}, "CCC": {"army": 90}},
        )
    )
    signed = with_war(with_treaty(at.world, "BBB", "CCC"), ("AAA",), ("BBB",))
    pledged = with_war(at.world, ("AAA",), ("BBB",))
    harmless = with_state(signed, "AAA", army=50_000, fleet=0, posture=0)
    by_treaty, by_pledge, unshared = (
        log_odds(
            at.with_world(world).answers(
                CallQuestion("q", "CCC", "BBB", world.wars[0].id, "AAA", treaty), "BOT"
            )["honour"]
        )
        for world, treaty in ((signed, 1), (pledged, -1), (harmless, 1))
    )
    assert abs(by_treaty - by_pledge) < 0.5 * abs(by_treaty - unshared)


def test_T14_what_is_known_of_a_word_is_known_from_conduct() -> None:
    """Reliability is learned from conduct: a signature does not raise it, a kept call does and a
    refused one lowers it."""
    start = tiny_world().atlas.rules.reliability_start
    signed = play_turn(
        tiny_world(), {"AAA": (Offer("BBB", Terms(("defense",))),)}, {"offer": "accept"}
    ).world
    assert signed.state("BBB").reliability == start
    left = play_turn(signed, {"BBB": (Denounce(1),)}).world
    assert left.state("BBB").reliability == start
    for answer, better in (("honour", True), ("refuse", False)):
        turn = play_turn(signed, {"CCC": (DeclareWar("AAA"),)}, {"call": answer})
        assert (turn.world.state("BBB").reliability > start) is better
