"""Matters: every turn has some, none suggests what is worth nothing, one looks different."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from statistics import median

import pytest

from game import Campaign, load_map
from game.advice.matters import MOST, Matter
from game.advice.order_values import FRESH, HOPE, LEAST, OrderValues
from game.advice.standing_matters import may_leave, standing_matters
from game.campaign.policy import Answers
from game.lab.players import Played, play_and_count
from game.lab.players.attentive_planner import AttentivePlanner
from game.lab.players.player_results import Task, truth
from game.lab.players.scripts import Pass
from game.world.events import Event, Fact, event
from game.world.legality import refusal
from game.world.orders import DeclareWar, Offer, Order, Sound
from game.world.questions import Question

pytestmark = pytest.mark.xdist_group("attentive")
SEATS = (("five-crowns", "ALD", 1), ("five-crowns", "SAR", 2), ("europe-1909", "GMY", 3))


class _Watched(AttentivePlanner):
    """Notes each turn's matters with what they were taken from."""

    def __init__(self, assumed: dict[str, float]) -> None:
        super().__init__(assumed)
        self.shown: list[list[Matter]] = []
        self.faults: list[str] = []

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        found = campaign.adviser.matters()
        self.shown.append(found)
        self.faults += [
            f"turn {campaign.turn}: {matter.title}: {fault}"
            for matter in found
            for fault in _faults(campaign, matter)
        ]
        return super().orders(campaign)


def _faults(campaign: Campaign, matter: Matter) -> Iterator[str]:
    order = matter.order
    if order is None:
        return
    if refusal(campaign.sight.world, campaign.player or "", order) is not None:
        yield "against the rules"
    if isinstance(order, DeclareWar):
        yield "a war is suggested"
    worth = matter.worth or (0.0, 0.0)
    if sum(worth) / 2 < LEAST:
        yield f"worth {worth}"
    if isinstance(order, Offer):
        gains = campaign.adviser.order_gain(order)
        seen = campaign.adviser.forecast(order)
        if seen is None or seen.blended < HOPE:
            yield f"they would hardly ever agree: {seen}"
        if abs(gains["BOP"] - worth[0]) + abs(gains["BOT"] - worth[1]) > 1e-9:
            yield f"said to be worth {worth}, is {gains}"


@cache
def _watched(where: str, seat: str, seed: int) -> tuple[_Watched, Played]:
    document = load_map(where)
    turns = 10
    task = Task("planner-even", document, seat, seed, turns=turns)
    player = _Watched(dict.fromkeys(truth(task), 0.5))
    campaign = Campaign.new(document, player=seat, seed=seed, turns=turns)
    return player, play_and_count(campaign, player)


@pytest.mark.parametrize(("where", "seat", "seed"), SEATS)
def test_a_matter_never_suggests_what_is_worth_less_than_nothing(
    where: str, seat: str, seed: int
) -> None:
    assert _watched(where, seat, seed)[0].faults == []


@pytest.mark.parametrize(("where", "seat", "seed"), SEATS)
def test_no_turn_is_without_a_matter_and_few_without_three(
    where: str, seat: str, seed: int
) -> None:
    player, played = _watched(where, seat, seed)
    counts = [len(found) for found in player.shown]
    assert min(counts) >= 1
    assert max(counts) <= MOST
    assert sum(count == MOST for count in counts) >= 0.7 * len(counts)
    assert played.longest_without_matter == 0


@pytest.mark.parametrize(("where", "seat", "seed"), SEATS)
def test_one_matter_looks_different_under_the_readings(where: str, seat: str, seed: int) -> None:
    player, _ = _watched(where, seat, seed)
    differing = [any(matter.differs for matter in found) for found in player.shown]
    assert sum(differing) >= 0.7 * len(differing)


@pytest.mark.parametrize(("where", "seat", "seed"), SEATS)
def test_lapsing_treaties_are_one_matter_and_no_order_is_suggested_twice(
    where: str, seat: str, seed: int
) -> None:
    for found in _watched(where, seat, seed)[0].shown:
        assert sum(matter.kind == "parting" for matter in found) <= 1
        orders = [matter.order for matter in found if matter.order is not None]
        assert all(order not in orders[:at] for at, order in enumerate(orders))


def test_what_stands_open_takes_turns() -> None:
    player, _ = _watched("five-crowns", "ALD", 1)
    titles = [{matter.title for matter in found} for found in player.shown]
    assert all(first != second for first, second in pairwise(titles))
    assert len({matter.kind for found in player.shown for matter in found}) >= 5


def test_an_attentive_player_has_three_to_six_decisions_a_turn() -> None:
    """RULES, Something to decide: median 3 to 6 decisions a turn, those of all seats together."""
    made = [count for seat in SEATS for count in _watched(*seat)[1].decisions]
    assert 3 <= median(made) <= 6


def test_who_passes_decides_nothing() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=1, turns=4)
    assert set(play_and_count(campaign, Pass()).decisions) == {0}


def test_an_answer_is_a_decision_also_where_it_is_a_no() -> None:
    class Refuses(Pass):
        def answer(self, _campaign: Campaign, questions: Sequence[Question]) -> Answers:
            return {asked.id: "decline" for asked in questions if asked.kind == "offer"}

    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=1, turns=4)
    assert sum(play_and_count(campaign, Refuses()).decisions) > 0


# what last turn raised


def _after(*happened: Event, seat: str = "ALD") -> list[Matter]:
    campaign = Campaign.new(load_map("five-crowns"), player=seat, seed=1)
    campaign.report = lambda turn=None: happened  # type: ignore[method-assign]
    return campaign.adviser.matters()


def _treaty(kind: str, actor: str, target: str, against: str = "", **more: Fact) -> Event:
    facts: dict[str, Fact] = {"obligations": ("defense",), "against": against, "term": 6}
    return event(kind, actor, target, None, **{**facts, "secret": 0, "burden": 0, **more})


def test_a_pact_against_us_is_the_first_of_matters() -> None:
    signed = _treaty("treaty_signed", "VOR", "KHA", "ALD", treaty=99, renews=0)
    first = _after(signed)[0]
    assert first.kind == "against"
    assert first.title == "Pact against us: Vorrund and Kharvast"
    assert first.looks is None or "number" in first.looks[0]


def test_a_partner_in_talks_with_whom_we_fear_is_a_matter() -> None:
    offered = _treaty("treaty_offered", "VOR", "LYS", "")
    found = [matter for matter in _after(offered) if matter.kind == "talks"]
    assert [matter.title for matter in found] == ["Free City of Lys treats with Vorrund"]


def test_a_quarrel_of_whom_we_fear_is_a_matter_and_one_of_strangers_is_not() -> None:
    feared = event("war_declared", "VOR", "SAR", war=1, aim="", surprise=0)
    strange = event("war_declared", "OMB", "SAR", war=1, aim="", surprise=0)
    assert "War: Vorrund and Saravel" in [matter.title for matter in _after(feared)]
    assert not [matter for matter in _after(strange) if matter.kind == "quarrel"]


def test_the_bloc_against_us_is_told_by_name() -> None:
    """Who it is must be known to break it: a share alone names nobody."""
    campaign = Campaign.new(load_map("europe-1909"), player="GMY", seed=1)
    counsel = OrderValues.of(campaign.sight, campaign.adviser.imagined, {})
    about = [one.about for one in standing_matters(counsel, ()) if one.kind == "ring"]
    assert about == ["France, a rival or bound against us, and who would fight beside it: Russia."]


def test_a_partner_who_is_long_free_to_leave_and_stays_presses_no_more() -> None:
    """It would else be the first matter of every turn that the pact runs on."""
    campaign = Campaign.new(load_map("europe-1909"), player="GMY", seed=1)
    world = campaign.sight.world

    def told(ended: int) -> tuple[bool, bool]:
        treaties = tuple(
            replace(one, until=ended) if "GMY" in one.parties else one for one in world.treaties
        )
        sight = replace(campaign.sight, world=replace(world, treaties=treaties))
        counsel = OrderValues.of(sight, campaign.adviser.imagined, {})
        return any(may_leave(counsel, lately=True)), any(may_leave(counsel, lately=False))

    assert told(world.turn) == (True, False)
    assert told(world.turn - 1) == (True, False)
    assert told(world.turn - 2) == (False, True)


def test_what_was_heard_of_late_is_not_listened_to_again() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=1)
    on_progress = {("ALD", state.id): campaign.turn for state in campaign.world.states}
    sight = replace(campaign.sight, world=replace(campaign.sight.world, soundings=on_progress))
    counsel = OrderValues.of(sight, campaign.adviser.imagined, {})
    assert counsel.listening("VOR") is None
    fresh = OrderValues.of(campaign.sight, campaign.adviser.imagined, {})
    listening = fresh.listening("VOR")
    assert listening is not None
    assert listening.order == Sound("VOR")


def test_what_was_assessed_of_late_is_not_assessed_again() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=1)
    turn = campaign.turn

    def suggested(done: int) -> bool:
        counsel = OrderValues.of(campaign.sight, campaign.adviser.imagined, {}, {"VOR": done})
        return counsel.assessing("VOR") is not None

    assert not suggested(turn)
    assert not suggested(turn - FRESH)
    assert suggested(turn - FRESH - 1)


def test_a_written_notebook_moves_what_is_suggested() -> None:
    """The chance of a pact is blended by the notebook; sure of a state, no envoy need listen."""
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=1)
    for state in campaign.world.states:
        if state.id != "ALD":
            campaign.notebook.write(state.id, 1.0)
    assert not [matter for matter in campaign.adviser.matters() if matter.kind == "sounding"]
