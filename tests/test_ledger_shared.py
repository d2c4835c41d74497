"""The ledger's claims that both theories share: each docstring is the claim in plain words."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from game.advice.estimated_beliefs import confidence, in_the_place_of
from game.maps.load import load_map
from game.theory.choices import question_appraisal
from game.theory.families.arms_and_posture import appraise_arms
from game.theory.families.expected_coalitions import would_attack
from game.world.alignment_kinds import ALIGNED, DEEDS, coalitions, formal, informal
from game.world.events import event
from game.world.legality import refusal
from game.world.model import ULTIMATUM, World
from game.world.odds import war_odds
from game.world.orders import (
    OBLIGATIONS,
    Budget,
    DeclareWar,
    Obligation,
    Offer,
    Order,
    Terms,
)
from game.world.questions import CrisisQuestion, OfferQuestion, PledgeQuestion
from tests.forks import Moment, against, distance, moment
from tests.worlds import (
    events_of,
    play_turn,
    state_of,
    tiny_doc,
    tiny_world,
    with_crisis,
    with_state,
    with_treaty,
    with_war,
)


@cache
def europe() -> Moment:
    return moment(load_map("europe-1909"))


@cache
def crowns() -> Moment:
    return moment(load_map("five-crowns"))


def test_S2_a_broken_word_is_nowhere_barred_and_costs_a_name() -> None:
    """The system is anarchic: only the costs that others impose keep a state to its word."""
    world = with_treaty(tiny_world(), "AAA", "BBB", obligations=("nonaggression",))
    attack = DeclareWar("BBB")
    assert refusal(world, "AAA", attack) is None
    broken = play_turn(world, {"AAA": (attack,)})
    honest = play_turn(tiny_world(), {"AAA": (attack,)})
    assert events_of(broken, "treaty_broken")
    assert state_of(broken, "AAA").reliability < state_of(honest, "AAA").reliability


def test_S5_formal_informal_and_coalition_are_three_things() -> None:
    """An alliance is a formal or an informal arrangement, and a wartime coalition is neither.

    Each of the three occurs without the two others, so none can be reduced to another.
    """
    pair = frozenset(("AAA", "BBB"))
    peace = tiny_world()
    signed = with_treaty(peace, "AAA", "BBB")
    fought = with_war(peace, ("AAA", "BBB"), ("CCC",))
    deeds = [
        (1, event("pledge_made", "AAA", "BBB", crisis=1, against="CCC")),
        (1, event("aid_given", "BBB", "AAA", amount=1)),
    ]
    assert (formal(signed), informal([], 1), coalitions(signed)) == ({pair}, set(), set())
    assert (formal(peace), informal(deeds, 1), coalitions(peace)) == (set(), {pair}, set())
    assert (formal(fought), informal([], 1), coalitions(fought)) == (set(), set(), {pair})


def test_S5_to_stand_by_another_is_an_alignment_though_nothing_is_signed() -> None:
    """An alliance may be informal: who shuns pacts takes no side in a quarrel either, where one
    that fears the same would."""
    at = moment()
    crisis = with_crisis(at.world, "AAA", "BBB")
    question = PledgeQuestion("q", "CCC", "AAA", "BBB", 1, ("none", "AAA", "BBB"))
    stands = {
        doctrine: at.with_world(crisis).answers(question, doctrine)["AAA"]
        for doctrine in ("BOT", "ISOLATION")
    }
    assert stands["BOT"] > 0.5 > stands["ISOLATION"]


def test_S5_conduct_counts_what_is_done_not_what_is_signed_and_fades() -> None:
    """Informal alignment is lived: deeds make it, quarrels unmake it, time wears it away."""
    assert not {kind for kind in DEEDS if kind.startswith("treaty")}
    pledge = (1, event("pledge_made", "AAA", "BBB", crisis=1, against="CCC"))
    assert informal([pledge], 1) == {frozenset(("AAA", "BBB"))}
    assert not informal([pledge], 2)
    assert not informal([pledge, (1, event("plot_found", "BBB", "AAA", means="lobby"))], 1)
    assert ALIGNED > 0


@pytest.mark.parametrize("kind", OBLIGATIONS)
def test_S6_every_obligation_can_be_signed_with_or_without_an_adversary(kind: Obligation) -> None:
    """Alliances oblige to use force or not to, against a named adversary or against nobody."""
    for foe in ("", "CCC"):
        terms = Terms((kind,), foe)
        turn = play_turn(tiny_world(), {"AAA": (Offer("BBB", terms),)}, {"offer": "accept"})
        needs_a_name = kind == "offense" and not foe
        assert bool(turn.world.treaties) is not needs_a_name


@pytest.mark.parametrize(
    ("kind", "foe", "called"),
    [
        ("defense", "", True),
        ("defense", "AAA", True),
        ("defense", "DDD", False),
        ("offense", "AAA", False),
        ("neutrality", "", False),
        ("nonaggression", "", False),
        ("consultation", "", False),
    ],
)
def test_S6_an_obligation_falls_due_for_its_own_case_alone(
    kind: Obligation, foe: str, called: bool
) -> None:
    """What is owed to one who is attacked depends on the obligation and on whom it names."""
    world = with_treaty(tiny_world(), "BBB", "CCC", obligations=(kind,), against=foe)
    turn = play_turn(world, {"AAA": (DeclareWar("BBB"),)})
    assert bool(events_of(turn, "call_made")) is called


@pytest.mark.parametrize(
    ("kind", "word"),
    [("neutrality", True), ("nonaggression", True), ("defense", True), ("consultation", False)],
)
def test_S6_to_attack_a_partner_breaks_all_but_the_lightest_obligation(
    kind: Obligation, word: bool
) -> None:
    """An obligation of non-use of force is invoked by its breach; a consultation merely ends."""
    world = with_treaty(tiny_world(), "AAA", "BBB", obligations=(kind,))
    turn = play_turn(world, {"AAA": (DeclareWar("BBB"),)})
    assert bool(events_of(turn, "treaty_broken")) is word
    assert not turn.world.treaties


def test_S6_the_ambitious_seek_pacts_to_take() -> None:
    """Alliances may also serve to increase power: the ambitious offer offence pacts more."""
    shares = []
    for ambition in (0.1, 0.9):
        shares.append(
            sum(
                chance
                for state in crowns().world.states
                for order, chance in crowns().orders(state.id, "BOT", ambition).items()
                if isinstance(order, Offer) and "offense" in order.terms.obligations
            )
        )
    assert shares[1] > 1.5 * shares[0] > 0


def row() -> World:
    """BBB between its two neighbours AAA and CCC; DDD behind CCC; AAA is at war with BBB."""
    return tiny_world(states={"AAA": {"army": 130}})


def test_S7_strength_is_aggregated_and_discounted_by_distance() -> None:
    """Alliances aggregate capabilities: a side's odds rise with each ally, the nearer the more."""
    world = row()
    alone = war_odds(world, ("AAA",), ("BBB",))
    near = war_odds(world, ("AAA",), ("BBB", "CCC"))
    far = war_odds(world, ("AAA",), ("BBB", "DDD"))
    assert near < far < alone


def test_S7_sides_that_are_stronger_win_more() -> None:
    """In war an ally's strength counts by real distance: the score follows the sides' strength."""
    names = ("BBB", "AAA", "CCC")
    scores = []
    for defenders in (("BBB",), ("BBB", "CCC")):
        total = 0
        for seed in range(12):
            world = tiny_world(names, states={"AAA": {"army": 150, "posture": 0.75}})
            world = with_war(world, ("AAA",), defenders)
            for turn in range(2):
                world = play_turn(world, seed=seed * 10 + turn).world
            total += world.wars[0].score if world.wars else 0
        scores.append(total)
    assert scores[1] < scores[0]


def forecast_error(at: Moment, observer: str, other: str, asker: str) -> float:
    """How wrong an observer is about another's answer to an offer, from common knowledge."""
    question = OfferQuestion("q", other, asker, Terms(("defense",), "", 6))
    true = at.answers(question, "BOT")
    sight = in_the_place_of(at.sight(observer), other, europe().beliefs)
    view = at.frame.view(sight, "BOT")
    return distance(true, at.chances(question_appraisal(view, sight, question), "BOT"))


def test_S8_a_treaty_narrows_what_partners_must_guess() -> None:
    """Alliances reduce uncertainty: what an ally will answer is forecast better than what a like
    stranger will."""
    start = europe()
    errors: list[list[float]] = [[], []]
    powers = [state.id for state in start.world.states if state.great][:5]
    for observer in powers:
        for other in powers:
            if other == observer:
                continue
            stranger = [
                treaty for treaty in start.world.treaties if not treaty.binds(observer, other)
            ]
            apart = start.with_world(replace(start.world, treaties=tuple(stranger)))
            tied = apart.with_world(
                with_treaty(apart.world, observer, other, obligations=("consultation",))
            )
            assert confidence(tied.sight(observer), other) > confidence(
                apart.sight(observer), other
            )
            asker = next(state for state in powers if state not in (observer, other))
            for at, found in zip((apart, tied), errors, strict=True):
                found.append(forecast_error(at, observer, other, asker))
    assert np.mean(errors[1]) < 0.8 * np.mean(errors[0])


def armed(at: Moment, state: str) -> Moment:
    """The same moment after a state has armed and taken an offensive posture, for all to see."""
    standing = at.world.state(state)
    world = with_state(at.world, state, army=standing.army * 3 // 2, posture=4)
    steps = [
        event("posture_changed", state, step=step, before=step - 1)
        for step in range(standing.posture + 1, 5)
    ]
    return at.with_world(world).having_seen(steps)


def test_S9_what_makes_one_secure_makes_others_insecure() -> None:
    """The security dilemma: after one arms, the others' insecurity rises, and so do their arms and
    their pacts against it."""
    before = crowns()
    arming = max(before.world.states, key=lambda state: (state.army, state.id)).id
    after = armed(before, arming)
    others = [state.id for state in before.world.states if state.id != arming]
    assert after.insecurity(arming) < before.insecurity(arming)
    assert all(after.insecurity(other) > before.insecurity(other) for other in others)
    pacts, arms = [], []
    for at in (before, after):
        pacts.append(sum(against(at.orders(other, "BOT"), arming) for other in others))
        arms.append(sum(growth(at, other) for other in others))
    assert pacts[1] > pacts[0]
    assert arms[1] > arms[0]


def growth(at: Moment, state: str) -> float:
    """By how much a state is expected to raise its forces, bp of its cap."""
    budgets = at.family(appraise_arms, state, "BOT")
    return sum(
        chance * (budget.army + budget.fleet)
        for budget, chance in budgets.items()
        if isinstance(budget, Budget)
    )


def counter_pacts(chances: dict[Order, float], foes: tuple[str, ...]) -> float:
    """How likely a binding offer to a third state against one of two is."""
    thirds = {
        order: chance for order, chance in chances.items() if getattr(order, "to", "") not in foes
    }
    return sum(against(thirds, foe) for foe in foes)


def test_S11_a_pact_provokes_a_counter_pact() -> None:
    """Alliances can be dangerous: a pact drives the state it names into new alliances.

    Fork: the same moment with the pact taken out.
    """
    start = crowns()
    bare = start.with_world(replace(start.world, treaties=()))
    names = [state.id for state in bare.world.states]
    for doctrine in ("BOP", "BOT"):
        rises = []
        for named in names:
            for first, second in combinations([name for name in names if name != named], 2):
                world = with_treaty(bare.world, first, second, against=named)
                provoked = bare.with_world(world)
                before, after = (
                    counter_pacts(at.orders(named, doctrine), (first, second))
                    for at in (bare, provoked)
                )
                assert provoked.insecurity(named, doctrine) >= bare.insecurity(named, doctrine)
                rises.append(after - before)
        assert np.mean(rises) > 0


@pytest.mark.parametrize("doctrine", ["BOP", "BOT"])
@pytest.mark.parametrize("army", [70, 80, 90])
def test_S14_a_pact_in_itself_neither_prevents_nor_promotes_war(doctrine: str, army: int) -> None:
    """Alliances may in themselves neither prevent nor promote war: one pact makes a war of its
    members far likelier, another makes the same war far less likely, and no rule bars it.

    The war meant is one that an ultimatum leads to: by a surprise attack no offence pact falls due.
    The attacker is weaker than its victim; alone, one that balances power hardly ever dares.
    """
    parts = {
        "rivalries": [["AAA", "BBB"]],
        "states": {"AAA": {"army": army, "posture": 0.75}, "BBB": {"posture": 0.75}},
    }
    alone = moment(tiny_doc(("CCC", "AAA", "BBB", "DDD"), **parts))
    joined = with_treaty(alone.world, "AAA", "CCC", obligations=("offense",), against="BBB")
    guarded = with_treaty(joined, "BBB", "DDD", against="AAA")
    assert would_attack(alone.with_world(joined).sight("AAA"), "AAA", "BBB") == ("CCC",)
    as_it_is, more, less = (
        ends_in_war(alone.with_world(world), doctrine) for world in (alone.world, joined, guarded)
    )
    assert more > 10 * as_it_is
    assert more > 10 * less
    assert more > 0.9 or doctrine == "BOP"


def ends_in_war(at: Moment, doctrine: str) -> float:
    """How likely AAA goes to war with BBB once its ultimatum has run."""
    assert refusal(at.world, "AAA", DeclareWar("BBB")) is None
    world = with_crisis(at.world, "AAA", "BBB", rung=ULTIMATUM)
    question = CrisisQuestion("q", "AAA", "BBB", world.crises[-1].id, 1)
    return at.with_world(world).answers(question, doctrine)["climb"]
