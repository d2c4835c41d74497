"""Computer players: each plays by the rules and the same way twice; who thinks beats a script."""

from collections.abc import Sequence
from functools import cache

import pytest

from game import Campaign, load_map
from game.lab.players import NAMES, Planner, play_and_count, policy
from game.lab.players.plan_value import PlanValue
from game.lab.players.player_results import Row, Task, run, run_all, table, tasks, truth
from game.world.map_document import MapDoc
from game.world.orders import Guarantee

SEATS = (
    ("five-crowns", "ALD"),
    ("five-crowns", "VOR"),
    ("europe-1909", "GMY"),
    ("europe-1909", "ITA"),
)
SCRIPTS = ("pass", "defend-and-sign", "arm", "bully", "bribe", "join-the-strongest")
SHORT = 3
ONCE = pytest.mark.xdist_group("players")
"""For what reads `rows`: on one worker, so that its campaigns are played once."""


@cache
def shipped(name: str) -> MapDoc:
    return load_map(name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("where", "seat"), [("five-crowns", "ALD"), ("europe-1909", "ITA")])
def test_every_player_plays_a_short_campaign_the_same_way_twice(
    name: str, where: str, seat: str
) -> None:
    task = Task(name, shipped(where), seat, seed=3, turns=SHORT)
    doctrines = truth(task)
    digests = []
    for _ in range(2):
        campaign = Campaign.new(task.map, player=seat, seed=3, turns=SHORT)
        played = play_and_count(campaign, policy(name, doctrines))
        assert campaign.over
        assert len(played.decisions) == len(campaign.history.turns) == SHORT
        refused = [one for _, one in campaign.events if one.kind == "order_refused"]
        assert not [one for one in refused if one.actor == seat and name == "pass"]
        digests.append(campaign.digest)
    assert digests[0] == digests[1]


def test_players_who_do_something_differ_from_one_who_passes() -> None:
    document = shipped("five-crowns")
    digests = {}
    for name in NAMES:
        task = Task(name, document, "ALD", seed=3, turns=SHORT)
        campaign = Campaign.new(document, player="ALD", seed=3, turns=SHORT)
        play_and_count(campaign, policy(name, truth(task)))
        digests[name] = campaign.history.digest
    assert [name for name in NAMES if digests[name] == digests["pass"]] == ["pass"]


@pytest.mark.parametrize("kind", ["planner", "ahead"])
def test_a_planner_is_told_the_truth_half_of_it_or_its_opposite(kind: str) -> None:
    told = {}
    for name in ("true", "even", "inverted"):
        player = policy(f"{kind}-{name}", {"KHA": "BOP", "OMB": "BOT"})
        assert isinstance(player, Planner)
        told[name] = player.assumed
    assert told == {
        "true": {"KHA": 1.0, "OMB": 0.0},
        "even": {"KHA": 0.5, "OMB": 0.5},
        "inverted": {"KHA": 0.0, "OMB": 1.0},
    }


@pytest.mark.parametrize(("points", "given"), [(9.0, True), (-9.0, False)])
def test_a_planner_guarantees_a_state_where_that_is_worth_an_envoy(
    points: float, given: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PlanValue, "security_of", lambda _self, _order: points)
    campaign = Campaign.new(shipped("five-crowns"), player="ALD", seed=3, turns=SHORT)
    orders = Planner({}).orders(campaign)
    assert any(isinstance(order, Guarantee) for order in orders) is given
    assert not [order for order in orders if campaign.refusal(order) is not None]


def test_the_truth_is_that_of_the_very_campaign() -> None:
    task = Task("pass", shipped("five-crowns"), "ALD", seed=5, turns=1)
    campaign = Campaign.new(task.map, player="ALD", seed=5, turns=1)
    play_and_count(campaign, policy("pass", {}))
    assert truth(task) == campaign.debriefing.doctrines()


def test_what_is_measured_is_the_same_on_two_processes() -> None:
    wanted = list(tasks(("pass", "arm"), [(shipped("five-crowns"), "ALD")], (1, 2), turns=2))
    alone, together = run_all(wanted), run_all(wanted, processes=2)
    assert alone == together
    assert [(row.player, row.campaigns) for row in table(alone)] == [("arm", 2), ("pass", 2)]


def test_insight_is_left_out_of_what_is_measured() -> None:
    outcome = run(Task("planner-true", shipped("five-crowns"), "ALD", seed=2))
    assert outcome.score == pytest.approx(
        min(100.0, (50 * outcome.reached + outcome.security) * 4 / 3 - 5 * outcome.broken)
    )


@pytest.fixture(scope="module")
def rows(twentieth: bool) -> dict[tuple[str, str, str], Row]:
    """Fifty campaigns of each player in each of four seats, or a fixed twentieth of them."""
    seats = [(shipped(where), seat) for where, seat in SEATS]
    seeds: Sequence[int] = (20, 40) if twentieth else range(1, 51)
    players = (*SCRIPTS, "planner-true")
    measured = table(run_all(list(tasks(players, seats, seeds)), processes=2))
    return {(row.player, row.map, row.seat): row for row in measured}


@pytest.mark.acceptance
@ONCE
@pytest.mark.parametrize(("where", "seat"), SEATS)
def test_passing_scores_under_35(
    rows: dict[tuple[str, str, str], Row], where: str, seat: str
) -> None:
    assert rows["pass", where, seat].score < 35


@pytest.mark.acceptance
@ONCE
@pytest.mark.parametrize(("where", "seat"), SEATS)
@pytest.mark.parametrize("script", SCRIPTS)
def test_no_script_beats_the_planner_that_knows(
    rows: dict[tuple[str, str, str], Row], where: str, seat: str, script: str, twentieth: bool
) -> None:
    fixed, planner = rows[script, where, seat], rows["planner-true", where, seat]
    slack = 2 * (fixed.error**2 + planner.error**2) ** 0.5 + 15 if twentieth else 0.0
    assert fixed.score < planner.score + slack


@pytest.mark.acceptance
@ONCE
@pytest.mark.parametrize(("where", "seat"), SEATS)
def test_signing_with_everybody_never_gathers_the_world(
    rows: dict[tuple[str, str, str], Row], where: str, seat: str
) -> None:
    assert rows["defend-and-sign", where, seat].own_side <= 0.45
