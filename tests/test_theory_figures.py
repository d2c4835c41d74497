"""What the theory's sums come to where small faults went unseen: sides, land, gifts, counters."""

from dataclasses import replace

import pytest

from game.maps.load import load_map
from game.theory.choice_rule import TERM
from game.theory.choices import classify_answer, question_appraisal
from game.theory.doctrine import Lens
from game.theory.families.aid_and_penetration import AID_STEPS, _gifts
from game.theory.families.alignment import menu_of
from game.theory.families.answers import offer_options
from game.theory.families.arms_and_posture import appraise_posture
from game.theory.families.bargaining import dropping, pressed
from game.theory.families.crisis import (
    CLIMBING,
    CLIMBS,
    FACE,
    RISKED,
    WAR_FOUGHT,
    WAR_LOST,
    WAVERS,
    _growth,
    appraise_exchange,
)
from game.theory.families.expected_coalitions import chance_of_war
from game.theory.families.pact_worth import (
    CONSULTATION,
    DEFENSE,
    NEUTRALITY,
    NONAGGRESSION,
    OFFENSE,
    form_of,
)
from game.theory.families.war import (
    WEIGHT,
    _sides_of,
    appraise_peace,
    front_options,
    peace_options,
)
from game.theory.lens import Scale, view
from game.world import public_finance
from game.world.model import War
from game.world.odds import war_odds
from game.world.orders import Demand, Denounce, Front, Offer, PeaceTerms, Terms
from game.world.questions import CrisisQuestion, OfferQuestion, PeaceQuestion
from game.world.rules import BP
from tests.forks import moment
from tests.worlds import with_crisis, with_province, with_state, with_treaty, with_war


def test_the_sides_of_a_war_are_seen_from_the_friend_s() -> None:
    war = War(1, ("AAA", "BBB"), ("CCC", "DDD"), 1, "", False)
    assert _sides_of(war, "BBB", "CCC") == (("AAA", "BBB"), ("CCC", "DDD"))
    assert _sides_of(war, "DDD", "AAA") == (("CCC", "DDD"), ("AAA", "BBB"))
    assert _sides_of(None, "BBB", "CCC") == (("BBB",), ("CCC",))


def test_the_chance_of_a_war_is_that_of_the_war_room_and_never_certain() -> None:
    """Who would fight on both sides is counted on one's own; against nobody it is nearly sure."""
    at = moment()
    sight = at.sight("AAA")
    shown = war_odds(at.world, ("AAA", "BBB"), ("CCC",)) / BP
    assert chance_of_war(sight, ("AAA", "BBB"), ("CCC",)) == shown
    assert chance_of_war(sight, ("AAA", "BBB", "AAA"), ("CCC", "BBB")) == shown
    assert shown < chance_of_war(sight, ("AAA", "BBB"), ("BBB",)) < 1


def test_growth_by_land_is_a_part_of_oneself_and_never_more_than_the_whole() -> None:
    at = moment()
    sight, view = at.sight("AAA"), at.view("AAA", "BOT")
    land = Demand("BBB", "cede", "bbb-north")
    ordinary = _growth(view, sight, land, "AAA")
    assert 0 < ordinary < 1
    assert _growth(view, sight, Demand("BBB", "stand_down"), "AAA") == 0
    world = with_state(at.world, "CCC", army=0, fleet=0)
    for province in ("ccc-north", "ccc-south"):
        world = with_province(world, province, owner="BBB", holder="BBB")
    ruined = at.with_world(world)
    assert _growth(ruined.view("CCC", "BOT"), ruined.sight("CCC"), land, "CCC") == 1


def test_a_gift_is_weighed_by_what_it_is_to_its_taker_and_to_its_giver() -> None:
    """As a share of the taker's revenue up to three tenths, and of the giver's own as its cost."""
    at = moment()
    rich = at.with_world(with_state(at.world, "AAA", treasury=10**9))
    gifts = _gifts(rich.sight("AAA"))
    options = gifts.options[1:]
    income = public_finance.revenue(rich.world, "AAA")
    assert {option.amount for option in options} == {income * step // BP for step in AID_STEPS}
    for place, option in enumerate(options):
        theirs = public_finance.revenue(rich.world, option.to)
        assert gifts.strengthened[place] == min(0.3, option.amount / theirs)
    assert gifts.strengthened.min() < 0.3


@pytest.mark.parametrize("doctrine", ["BOP", "BOT"])
def test_a_counter_off_the_menu_counts_as_the_one_against_the_same_adversary(doctrine: str) -> None:
    at = moment(load_map("five-crowns"))
    question = OfferQuestion("q", "ALD", "KHA", Terms(("defense",), term=6))
    sight = at.sight("ALD")
    appraisal = question_appraisal(at.view("ALD", doctrine), sight, question)
    counters = [option for option in appraisal.options if isinstance(option, Terms)]
    adversaries = list(dict.fromkeys(option.against for option in counters))
    assert len(adversaries) >= 2
    for adversary in adversaries:
        off = Terms(("consultation",), against=adversary, term=11, burden=7)
        assert off not in counters
        taken = appraisal.options[classify_answer(appraisal, off).pick]
        assert isinstance(taken, Terms)
        assert taken.against == adversary
    nobody = replace(counters[0], against="VOR", term=11)
    if "VOR" not in adversaries:
        taken = appraisal.options[classify_answer(appraisal, nobody).pick]
        assert taken == counters[0]


def test_every_order_on_the_menu_of_alignment_is_found_at_its_own_place() -> None:
    """Offers, leaving, invitations and soundings; who is not on it counts as nothing."""
    at = moment(load_map("five-crowns"))
    others = [state for state in at.world.playing() if state != "ALD"]
    world = with_treaty(at.world, "ALD", others[0])
    world = with_treaty(world, "ALD", others[1], obligations=("nonaggression",))
    menu = menu_of(at.with_world(world).sight("ALD"))
    kinds: set[str] = set()
    for place in range(1, len(menu)):
        order = menu[place]
        assert order is not None
        assert menu.place_of(order) == place, order
        joins = isinstance(order, Offer) and order.joins is not None
        kinds.add("invitation" if joins else order.kind)
    assert kinds == {"guarantee", "offer", "invitation", "denounce", "sound"}
    assert menu.place_of(Denounce(999)) == 0
    assert menu.place_of(Offer("nowhere", Terms(("defense",)))) == 0


@pytest.mark.parametrize(("rung", "war"), enumerate(RISKED))
def test_the_higher_the_rung_the_dearer_it_is_to_hold_to_back_down_and_to_climb(
    rung: int, war: float
) -> None:
    at = moment()
    world = with_crisis(at.world, "AAA", "BBB", stake="cede", subject="bbb-north", rung=rung)
    crisis = world.crises[0].id
    held = at.with_world(world)
    terms = {}
    for me, other in (("AAA", "BBB"), ("BBB", "AAA")):
        question = CrisisQuestion("q", me, other, crisis, 1)
        appraisal = appraise_exchange(held.view(me, "BOT"), held.sight(me), question)
        for option, row in zip(appraisal.options, appraisal.terms, strict=True):
            terms[me, option] = {name: float(row[place]) for name, place in TERM.items()}
    rules = world.atlas.rules
    win = 0.5
    fought = WAR_FOUGHT + WAR_LOST * (1 - win)
    # Who demands climbs on till it is met or there is war; who is asked may end it by climbing.
    at_war = 1 - pressed(held.sight("AAA"), "BBB", win, "cede", rung + 1)
    assert terms["AAA", "climb"]["cost"] == pytest.approx(-CLIMBING - at_war * fought)
    at_war = war * (1 - dropping(held.sight("BBB"), "AAA", win))
    assert terms["BBB", "climb"]["cost"] == pytest.approx(-CLIMBING - at_war * fought)
    for me in ("AAA", "BBB"):
        assert terms[me, "hold"]["repute"] == pytest.approx(-FACE * WAVERS * (rung + (me == "AAA")))
    backed_down = rules.resolve_back_down[rung] / BP
    assert terms["AAA", "yield"]["repute"] == pytest.approx(-FACE * backed_down)
    assert terms["AAA", "hold"]["cost"] == pytest.approx(0)
    # To hold risks the war, and in it what is asked.
    assert terms["BBB", "hold"]["cost"] == pytest.approx(-CLIMBS * war * fought)
    lost = terms["BBB", "yield"]["stake"]
    assert lost < 0
    assert terms["BBB", "hold"]["stake"] == pytest.approx(CLIMBS * war * (1 - win) * lost)


@pytest.mark.parametrize(("me", "other", "sign"), [("AAA", "BBB", 1), ("BBB", "AAA", -1)])
def test_who_is_winning_by_the_score_has_more_to_lose_by_a_white_peace(
    me: str, other: str, sign: int
) -> None:
    """The score is the attackers': above 0 they are winning."""
    found = []
    for score in (-5_000, 0, 5_000):
        at = moment()
        at = at.with_world(with_war(at.world, ("AAA",), ("BBB",), score=score))
        question = PeaceQuestion("q", me, other, at.world.wars[0].id, PeaceTerms())
        appraisal = appraise_peace(at.view(me, "BOT"), at.sight(me), question)
        found.append(float(appraisal.terms[1, TERM["repute"]]))
    worse, even, better = found[::sign]
    assert worse > even > better
    assert even - better == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("exponents", "sees"),
    [((1, 1, 0, 0), False), ((1, 1, 1, 0), True), ((1, 1, 0, 1), True), ((1, 1, 1, 1), True)],
)
def test_who_sees_arms_or_intentions_counts_the_fright_that_a_posture_gives(
    exponents: tuple[float, float, float, float], sees: bool
) -> None:
    at = moment()
    sight = at.sight("AAA")
    seen = view(sight, Lens(exponents, False), Scale(1.0, 1.0))
    terms = appraise_posture(seen, sight, 0.5).terms[:, TERM["entanglement"]]
    assert bool(terms.any()) is sees


@pytest.mark.parametrize(
    ("obligations", "form"),
    [
        (("defense", "offense", "nonaggression"), OFFENSE),
        (("nonaggression", "defense"), DEFENSE),
        (("neutrality", "nonaggression"), NONAGGRESSION),
        (("consultation", "neutrality"), NEUTRALITY),
        (("consultation",), CONSULTATION),
    ],
)
def test_a_treaty_counts_as_its_most_binding_obligation(
    obligations: tuple[str, ...], form: int
) -> None:
    assert form_of(obligations) == form


def test_who_meets_one_enemy_alone_may_hold_and_who_meets_two_may_lay_the_weight_on_one() -> None:
    at = moment()
    one = at.with_world(with_war(at.world, ("BBB",), ("AAA",)))
    assert front_options(one.sight("BBB")) == (None, Front("AAA", 1, False))
    two = at.with_world(with_war(at.world, ("BBB",), ("AAA", "CCC")))
    expected = [None]
    for enemy in ("AAA", "CCC"):
        expected += [Front(enemy, WEIGHT, True), Front(enemy, 1, False)]
    assert list(front_options(two.sight("BBB"))) == expected


def test_peace_is_offered_to_the_leader_of_the_other_side() -> None:
    """Nobody but a leader offers more than a white peace."""
    at = moment()
    world = with_war(at.world, ("BBB", "DDD"), ("AAA", "CCC"), score=6_000)
    at = at.with_world(with_province(world, "aaa-north", holder="BBB"))
    for me, leader in (("BBB", "AAA"), ("DDD", "AAA"), ("AAA", "BBB"), ("CCC", "BBB")):
        offers = [option for option in peace_options(at.sight(me)) if option is not None]
        assert {option.to for option in offers} == {leader}
        assert len(offers) > 1 if me == "BBB" else len(offers) >= 1
        if me in ("CCC", "DDD"):
            assert [option.terms for option in offers] == [PeaceTerms()]


def test_the_counters_to_a_defence_pact_name_others_whom_it_could_be_against() -> None:
    at = moment(load_map("five-crowns"))
    question = OfferQuestion("q", "ALD", "KHA", Terms(("defense",), term=6))
    decline, accept, *counters = offer_options(at.sight("ALD"), question)
    assert (decline, accept) == ("decline", "accept")
    named = [terms.against for terms in counters if terms.obligations == ("defense",)]
    assert len(named) == len(set(named)) >= 2
    assert not {"", "ALD", "KHA"} & set(named)
    assert counters[-1] == Terms(("nonaggression",), term=6)
    final = replace(question, final=True)
    assert offer_options(at.sight("ALD"), final) == ("decline", "accept")


def test_whom_one_never_heard_is_heard_before_whom_one_heard_lately() -> None:
    """Of those the strongest first; whom one heard ten turns ago counts as never heard."""
    at = moment(states={"BBB": {"army": 300}, "DDD": {"army": 200}})
    world = replace(at.world, turn=20)

    def on_progress(**turns: int) -> str:
        soundings = {("AAA", state): turn for state, turn in turns.items()}
        menu = menu_of(at.with_world(replace(world, soundings=soundings)).sight("AAA"))
        return world.states[menu.listening].id

    assert on_progress() == "BBB"
    assert on_progress(BBB=15) == "DDD"
    assert on_progress(BBB=15, CCC=1, DDD=12) == "CCC"
    assert on_progress(BBB=10, CCC=1, DDD=12) == "BBB"
