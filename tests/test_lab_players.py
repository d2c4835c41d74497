"""`lab --player`: computer players in the player's seat, and the rows G1 to G4."""

import json
from pathlib import Path
from typing import Any

import pytest

from game.campaign import Campaign
from game.lab.command import UnknownPlayer, UnknownSeat, players_named, run, seat_on
from game.lab.players import FAMILIES, NAMES, SCRIPTS, Planner
from game.lab.players.player_results import Outcome, truth
from game.lab.players.player_rows import beaten_by, game_rows, players_table
from game.lab.players.reading import Follow, Reader
from game.lab.run_measures import measure_chunk, outcome_of, task
from game.lab.runs import Run
from game.lab.scorecard.ledger import ROWS
from game.lab.text_tables import text
from game.maps.load import load_map
from game.world.questions import SILENCE
from tests.command import Commands

FIVE = load_map("five-crowns")
PLAYERS = ("pass", "planner-even", "planner-true")


def short(kept: Path, jobs: int = 1, **named: Any) -> dict[str, Any]:
    told = run([FIVE], runs=2, turns=2, jobs=jobs, players=PLAYERS, results_path=kept, **named)
    return {name: value for name, value in told.items() if name != "seconds"}


def outcomes(scores: dict[str, list[float]], map: str = "five-crowns") -> dict[Run, Outcome]:
    """Made-up outcomes: by player, a score a seed."""
    return {
        Run(map, "mixed", seed, 12, player, "ALD"): Outcome(
            player, map, "ALD", "hold", seed, score, 0.5, 12.5, 0, 0.3, 3.0, 1, 12
        )
        for player, own in scores.items()
        for seed, score in enumerate(own)
    }


def test_players_have_names_and_groups() -> None:
    assert players_named(["all"]) == (*SCRIPTS, *FAMILIES["planner"])
    assert players_named(["all", "ahead"]) == NAMES
    assert players_named(["planner"]) == FAMILIES["planner"]
    assert players_named(["pass", "scripts", "pass"]) == tuple(SCRIPTS)
    with pytest.raises(UnknownPlayer, match=r"machiavelli.*planner-true"):
        players_named(["machiavelli"])


def test_a_seat_is_the_first_great_power_or_whom_one_names() -> None:
    assert seat_on(FIVE, None) == "ALD"
    assert seat_on(FIVE, "TAR") == "TAR"
    with pytest.raises(UnknownSeat, match=r"five-crowns.*XXX"):
        seat_on(FIVE, "XXX")
    with pytest.raises(UnknownSeat, match="name a player"):
        run([FIVE], seat="ALD")


def test_G1_and_G2_are_paired_seed_by_seed() -> None:
    """The seeds differ far more than the players: only pair by pair can one tell."""
    level = [10.0, 50.0, 90.0] * 20
    told = game_rows(
        outcomes(
            {
                "planner-true": [one + 9.0 for one in level],
                "planner-even": level,
                "planner-inverted": [one - 3.0 for one in level],
            }
        )
    )
    assert [(row["id"], row["figure"], row["holds"], row["n"]) for row in told] == [
        ("G1", 9.0, True, 60),
        ("G2", 3.0, False, 60),
    ]
    assert {row["kind"] for row in told} == {"game"}


def test_G3_is_what_reading_gains_and_G4_what_the_best_script_lacks() -> None:
    told = game_rows(
        outcomes(
            {
                "planner-true": [60.0, 70.0] * 9,
                "planner-even": [50.0, 60.0] * 9,
                "reader": [55.0, 65.0] * 9,
                "arm": [20.0, 30.0] * 9,
                "follow": [52.0, 62.0] * 9,
            }
        )
    )
    figures = {row["id"]: (row["figure"], row["holds"]) for row in told}
    assert figures == {"G1": (10.0, True), "G3": (5.0, True), "G4": (8.0, False)}
    assert told[-1]["null"] == "the best script, follow"


def test_who_reads_begins_at_even_and_follows_what_it_saw() -> None:
    campaign = Campaign.new(FIVE, player="ALD", seed=3, turns=6)
    reader, guessed = Reader(Planner({})), []
    while not campaign.over:
        reader.orders(campaign)
        guessed.append(dict(reader.planner.assumed))
        campaign.submit([])
        while waiting := campaign.questions():
            campaign.answer({one.id: SILENCE[one.kind] for one in waiting})
    assert set(guessed[0].values()) == {0.5}
    seen = campaign.adviser.doctrine_estimates(list(guessed[-1]))
    assert any(abs(one.power - 0.5) > 0.05 for one in seen.values())
    assert guessed[-1] != guessed[0]


def test_who_follows_copies_the_figure_and_takes_the_dearest_answer() -> None:
    campaign = Campaign.new(FIVE, player="ALD", seed=3, turns=6)
    follow = Follow()
    given = follow.orders(campaign)
    assert campaign.adviser.best_offer() in given
    estimates = campaign.adviser.doctrine_estimates(["VOR"])
    assert campaign.notebook.now["VOR"] == pytest.approx(estimates["VOR"].power)
    campaign.submit([])
    waiting = campaign.questions()
    assert waiting
    for asked in waiting:
        taken = follow.answer(campaign, [asked])[asked.id]
        worth = {
            option: sum(campaign.adviser.answer_gain(asked, option).values())
            for option in asked.options
        }
        assert worth[taken] == max(worth.values())


def test_a_row_of_the_game_needs_both_its_players() -> None:
    assert game_rows(outcomes({"planner-even": [1.0], "arm": [2.0]})) == []
    rows = game_rows(outcomes({"planner-even": [1.0], "planner-inverted": [2.0]}))
    assert [row["id"] for row in rows] == ["G2"]
    assert rows[0]["figure"] == -1.0


def test_a_script_that_beats_a_guess_is_named() -> None:
    table = players_table(
        outcomes({"planner-even": [50.0] * 9, "arm": [60.0] * 9, "bully": [40.0] * 9})
    )
    assert [row["player"] for row in table] == ["arm", "bully", "planner-even"]
    assert table[0]["against_even"] == {
        "figure": 10.0, "low": 10.0, "high": 10.0, "n": 9, "better": True,
    }  # fmt: skip
    assert table[2]["against_even"] is None
    assert beaten_by(table) == ["arm (five-crowns, ALD)"]


def test_rivals_follow_the_world_that_is_named() -> None:
    run_ = Run("five-crowns", "BOP", 1, 2, "pass", "ALD")
    assert set(truth(task(FIVE, run_)).values()) == {"BOP"}
    mixed = Run("five-crowns", "mixed", 1, 2, "pass", "ALD")
    assert set(truth(task(FIVE, mixed)).values()) == {"BOP", "BOT"}


def test_an_outcome_is_kept_whole() -> None:
    ((run_, measured),) = measure_chunk(
        FIVE, [Run("five-crowns", "mixed", 1, 2, "arm", "VOR")], named=False
    )
    again = json.loads(json.dumps(measured))
    assert outcome_of(again) == outcome_of(measured)
    assert (outcome_of(again).seat, outcome_of(again).player) == ("VOR", run_.player)


def test_one_process_and_two_say_the_same_of_players(tmp_path: Path) -> None:
    pytest.importorskip("joblib")
    one, two = (short(tmp_path / f"{jobs}.jsonl", jobs) for jobs in (1, 2))
    assert json.dumps(one) == json.dumps(two)
    assert [row["player"] for row in one["players"]] == ["pass", "planner-true", "planner-even"]
    assert [row["campaigns"] for row in one["players"]] == [2, 2, 2]
    assert [row["id"] for row in one["scorecard"][len(ROWS) :]] == ["G1", "G4"]
    assert all(row["holds"] is None for row in one["scorecard"][: len(ROWS)])


def test_players_results_are_kept_and_gone_on_from(tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    whole = short(kept)
    lines = kept.read_bytes().splitlines(keepends=True)
    assert len(lines) == 1 + 2 * len(PLAYERS)
    kept.write_bytes(b"".join(lines[:3]))
    assert json.dumps(short(kept)) == json.dumps(whole)
    assert len(kept.read_bytes().splitlines()) == len(lines)


def test_the_table_of_players_is_shown(tmp_path: Path) -> None:
    told = run(
        [FIVE], runs=1, turns=1, jobs=1, players=["planner"], results_path=tmp_path / "kept.jsonl"
    )
    shown = text(told)
    assert all(
        word in shown
        for word in ("planner-inverted", "ALD", "G1", "no fixed script", "Only 1 camp")
    )


@pytest.fixture
def commands(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Commands:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Commands(capsys)


def test_the_command_line_seats_a_player(commands: Commands) -> None:
    ran = commands(
        *("lab", "five-crowns", "random:3:5:3", "--player", "pass", "--runs", 1, "--turns", 1),
        *("--jobs", 1, "--json"),
    )
    assert ran.status == 0, ran.err
    rows = ran.json["players"]
    assert [(row["map"], row["player"]) for row in rows] == [
        ("five-crowns", "pass"),
        ("random-3-5-3", "pass"),
    ]
    assert len(ran.json["scorecard"]) == len(ROWS)


def test_bad_players_are_one_sentence(commands: Commands) -> None:
    lab = ("lab", "five-crowns", "--runs", 1)
    commands(*lab, "--player", "bismarck").refused(2, "bismarck", "join-the-strongest")
    commands(*lab, "--player", "pass", "--as", "XXX").refused(2, "XXX", "ALD")
    commands(*lab, "--as", "ALD").refused(2, "--player")
