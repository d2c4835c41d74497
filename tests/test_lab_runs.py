"""Runs of the laboratory: worlds, forks, results that are the same wherever they are made."""

import json
from pathlib import Path
from typing import Any

import pytest

from game.lab import forks
from game.lab.command import Cancelled, SameMap, run
from game.lab.parallel import chunks
from game.lab.results_cache import CannotKeep, ResultsCache
from game.lab.run_measures import measure_chunk, worlds_needed
from game.lab.runs import WORLDS, Run, UnknownWorld, at_turn, begin, play_out, world_named
from game.lab.scorecard import pact_forks
from game.lab.scorecard.ledger import ROWS
from game.lab.text_tables import text
from game.maps.load import load_map
from game.world.events import FACTS
from tests.lab_case import conduct

FIVE = load_map("five-crowns")


@pytest.mark.parametrize("world", WORLDS)
def test_every_world_can_be_played(world: str) -> None:
    found = measure_chunk(FIVE, [Run("five-crowns", world, 5, 2)], named=True)
    assert json.loads(json.dumps(found[0][1])) == found[0][1]
    assert set(found[0][1]["identification"]) == {"ALD", "OMB", "VOR", "SAR", "KHA"}


def test_the_random_world_holds_both_theories_for_all_sizes() -> None:
    seats = begin(FIVE, Run("five-crowns", "random", 4, 1)).envelope
    assert {seat.doctrine for seat in seats.values()} == {"BOP", "BOT"}
    drawn = {
        begin(FIVE, Run("five-crowns", "random", seed, 1)).envelope["TAR"].doctrine
        for seed in range(8)
    }
    assert drawn == {"BOP", "BOT"}, "lesser states too"
    alone = begin(FIVE, Run("five-crowns", "ISOLATION", 4, 1)).envelope
    assert {seat.doctrine for seat in alone.values()} == {"ISOLATION"}


def test_a_world_is_known_by_its_name() -> None:
    assert world_named("bop", {"five-crowns": FIVE}) == "BOP"
    assert world_named("random", {}) == "random"
    assert world_named("RANDOM", {}) == "RANDOM"
    with pytest.raises(UnknownWorld, match="mixed, random, BOP"):
        world_named("CONTINENTAL", {"five-crowns": FIVE})


def test_a_fork_that_changes_nothing_changes_nothing() -> None:
    """The same dice: what is not touched by a change goes as it went."""
    held = conduct()
    world = held.history.turns[2].start
    again = forks.with_world(held, 3, world, 3)
    before = forks.as_it_was(held, 3, 3)
    assert [turn.events for turn in again.turns] == [turn.events for turn in before.turns]
    played_on = play_out(at_turn(held.position, 3), 3)
    assert played_on.history.turns[-1].digest == held.history.turns[4].digest


def test_a_fork_changes_what_follows() -> None:
    held = conduct()
    world = held.history.turns[0].start
    weak = forks.with_state(world, held.index["KHA"], army=0, fleet=0)
    after = forks.with_world(held, 1, weak, 4)
    before = forks.as_it_was(held, 1, 4)
    assert [turn.events for turn in after.turns] != [turn.events for turn in before.turns]


def test_a_fork_ends_once_its_figure_is_decided() -> None:
    """What it had come to by then is what the whole one had come to."""
    held = conduct()
    world = held.history.turns[0].start
    weak = forks.with_state(world, held.index["KHA"], army=0, fleet=0)
    whole = forks.with_world(held, 1, weak, 4)
    short = forks.with_world(held, 1, weak, 4, until=lambda then: then.turn == 3)
    assert len(whole.turns) == 4
    assert [turn.digest for turn in short.turns] == [turn.digest for turn in whole.turns[:2]]


def test_how_long_a_pact_lasts_is_the_same_if_its_fork_goes_on_to_the_horizon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = conduct("mixed", seed=4, turns=20)
    with_world, rows = forks.with_world, (pact_forks.measure_w8, pact_forks.measure_w10)
    short = [measure(held) for measure in rows]
    assert all(figures["n"] for figures in short)
    lengths = []

    def to_the_horizon(*fork: Any, until: Any) -> forks.Path:
        lengths.append((len(with_world(*fork, until=until).turns), len(with_world(*fork).turns)))
        return with_world(*fork)

    monkeypatch.setattr(forks, "with_world", to_the_horizon)
    assert [measure(held) for measure in rows] == short
    assert any(ended < went_on for ended, went_on in lengths), "no fork ended early"


def test_a_fork_can_change_one_answer() -> None:
    held = conduct()
    found = [
        (record.turn, question)
        for record in held.history.turns
        for stage in record.stages
        for question in stage.questions
        if question.kind == "offer" and stage.answers[question.id] == "accept"
    ]
    turn, question = found[0]
    after = forks.with_answer(held, turn, {question.id: "decline"}, 1).turns[0]
    assert after.answers[question.id] == "decline"
    assert after.orders == held.history.turns[turn - 1].orders
    assert "treaty_declined" in FACTS
    assert any(one.kind == "treaty_declined" for one in after.events)


def test_chunks_hold_every_run_once() -> None:
    runs = [Run("five-crowns", world, seed, 3) for world in ("BOP", "BOT") for seed in range(30)]
    parts = chunks(runs, {"five-crowns": FIVE})
    assert sorted(one for part in parts for one in part) == sorted(runs)
    assert max(map(len, parts)) > 1, "short runs go together"


def test_what_is_cut_short_is_of_every_map() -> None:
    """The maps take turns: half of the work is half of each."""
    docs = dict.fromkeys(("slow", "quick"), FIVE)
    runs = [Run(name, "BOP", seed, 30) for seed in range(40) for name in docs]
    parts = chunks(runs, docs)
    half = [run.map for part in parts[: len(parts) // 2] for run in part]
    assert abs(half.count("slow") - half.count("quick")) <= max(map(len, parts))


def small(kept: Path, jobs: int, runs: int = 2) -> dict[str, object]:
    told = run([FIVE], runs=runs, turns=3, seed=3, jobs=jobs, results_path=kept)
    return {name: value for name, value in told.items() if name != "seconds"}


def test_one_process_and_two_say_the_same(tmp_path: Path) -> None:
    """Byte for byte, but for the seconds."""
    pytest.importorskip("joblib")
    one, two = (small(tmp_path / f"{jobs}.jsonl", jobs) for jobs in (1, 2))
    assert json.dumps(one) == json.dumps(two)
    assert len(one["scorecard"]) == len(ROWS)  # type: ignore[arg-type]


def test_results_are_kept_and_gone_on_from(tmp_path: Path) -> None:
    """A torn line is dropped; what stands is not computed again."""
    kept = tmp_path / "kept.jsonl"
    whole = small(kept, 1)
    lines = kept.read_bytes().splitlines(keepends=True)
    assert len(lines) == 1 + 2 * len(worlds_needed())
    kept.write_bytes(b"".join(lines[:6]) + lines[6][:40])
    again = small(kept, 1)
    assert json.dumps(again) == json.dumps(whole)
    assert sorted(kept.read_bytes().splitlines()) == sorted(b"".join(lines).splitlines())


def test_results_of_other_sources_are_not_used(tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    with ResultsCache(kept, "old") as old:
        old.add([(Run("five-crowns", "BOP", 1, 3), {"rows": {}})])
    with ResultsCache(kept, "old") as same:
        assert len(same.results) == 1
    with ResultsCache(kept, "new") as fresh:
        assert fresh.results == {}


def test_two_laboratories_do_not_write_one_file(tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    with ResultsCache(kept, "a"), pytest.raises(CannotKeep, match="Another laboratory"):
        ResultsCache(kept, "a").__enter__()


def test_a_cancel_keeps_what_is_finished(tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"

    def stop(done: int, total: int, left: float) -> None:
        assert left >= 0
        if done >= 3:
            raise KeyboardInterrupt

    with pytest.raises(Cancelled, match=r"3 of \d+ campaigns are finished and kept"):
        run([FIVE], runs=1, turns=20, jobs=1, results_path=kept, progress=stop)
    assert len(kept.read_bytes().splitlines()) == 4


def test_a_full_disk_is_one_sentence() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with ResultsCache(None, "mark") as kept:
        kept.path, kept._file = full, full.open("w", encoding="utf-8")
        with pytest.raises(CannotKeep, match="no space left on device"):
            kept.add([(Run("five-crowns", "BOP", 1, 3), {"rows": {}})])


def test_the_same_map_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SameMap, match="five-crowns"):
        run([FIVE, FIVE], runs=1, turns=1, results_path=tmp_path / "kept.jsonl")


def test_one_world_alone_leaves_the_other_rows_open(tmp_path: Path) -> None:
    told = run(
        [FIVE], runs=1, turns=2, doctrines="BOP", jobs=1, results_path=tmp_path / "kept.jsonl"
    )
    by_id = {row["id"]: row for row in told["scorecard"]}
    assert by_id["S4"]["holds"] is None
    assert by_id["W7"]["holds"] is None
    assert told["identification"]["accuracy"] is not None
    assert told["worlds"]["BOP"]["campaigns"] == 1
    shown = text(told)
    assert all(id in shown for id in by_id)
