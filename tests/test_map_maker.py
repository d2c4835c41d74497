"""Random maps: good, plausible, the same everywhere, and made to be played."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, Commands

from game import Campaign, load_map
from game.maps.check import check_map
from game.maps.map_problem import UnknownMap
from game.random_maps import BadSize, random_map, random_text
from game.random_maps.languages import TONGUES, Names
from game.scoring import aims_of
from game.world.capability import capability
from game.world.map_document import MapDoc
from game.world.world_setup import build_world

SAMPLE = (0, 3, 17, 44, 101, 160, 199, -5)
SIZES = ((4, 2), (4, 4), (5, 2), (16, 16), (40, 8), (90, None), (200, 7))
FINGERPRINT = "f7d47e391371d12d26bdcdfbd345135268cc0d7c430865e94af9f0d2c8f128a0"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


def assert_plausible(doc: MapDoc) -> None:
    """Shares from great to small, nobody half the world, everybody in reach of everybody."""
    world, _ = build_world(doc)
    share = capability(world)
    great = [state.great for state in world.states]
    if sum(great) >= 5:
        assert max(share) < 3_000
    assert max(share) < 5_000
    assert world.atlas.distance.max() < 10_000
    assert all(state.capital for state in world.atlas.states)
    names = [entry.name for entry in doc.states.values()]
    names += [str(entry.name) for entry in doc.provinces.values()]
    names += [entry.name for entry in doc.seas.values()]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(text.isascii() for text in (*names, doc.title, doc.briefing))
    assert len({entry.colour for entry in doc.states.values()}) == len(doc.states)


@pytest.mark.parametrize("seed", SAMPLE)
def test_a_random_map_is_good_without_a_warning_and_plausible(seed: int) -> None:
    assert check_map(random_text(seed).encode()) == []
    doc = random_map(seed)
    assert 8 <= len(doc.states) <= 14
    world, _ = build_world(doc)
    assert 5 <= sum(state.great for state in world.states) <= 7
    assert_plausible(doc)


@pytest.mark.acceptance
@pytest.mark.parametrize("seed", range(200))
def test_two_hundred_random_maps_are_good(seed: int) -> None:
    test_a_random_map_is_good_without_a_warning_and_plausible(seed)


@pytest.mark.parametrize(("states", "great"), SIZES)
def test_a_random_map_has_the_size_that_is_asked_for(states: int, great: int | None) -> None:
    text = random_text(7, states=states, great=great)
    doc = MapDoc.model_validate_json(text)
    problems = check_map(text.encode())
    assert [one for one in problems if one.severity == "error"] == []
    assert states < 5 or problems == []
    assert len(doc.states) == states
    world, _ = build_world(doc)
    if great is not None:
        assert sum(state.great for state in world.states) == great
    assert_plausible(doc)


@pytest.mark.parametrize(("states", "great"), [(3, None), (201, None), (9, 10), (9, 1), (30, 17)])
def test_a_size_that_cannot_be_is_refused(states: int, great: int | None) -> None:
    with pytest.raises(BadSize):
        random_map(1, states=states, great=great)


def test_the_same_seed_gives_the_same_bytes_in_every_process() -> None:
    told = hashlib.sha256(random_text(11).encode()).hexdigest()
    assert told == FINGERPRINT
    program = (
        "import hashlib; from game.random_maps import random_text;"
        "print(hashlib.sha256(random_text(11).encode()).hexdigest())"
    )
    for seed in ("0", "77"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == told
    assert random_text(12) != random_text(11)


def test_a_file_and_a_name_give_the_same_map(run: Commands, tmp_path: Path) -> None:
    path = tmp_path / "strange.json"
    done = run("maps", "new", path, "--random", 7, "--states", 6, "--great", 3)
    assert done.status == 0
    assert path.read_text("utf-8") == random_text(7, states=6, great=3)
    assert load_map(path) == load_map("random:7:6:3")
    assert run("maps", "check", "random:7:6:3").out == "random:7:6:3: good.\n"
    run("maps", "new", path, "--random", 8).refused(1, "strange.json")
    assert path.read_text("utf-8") == random_text(7, states=6, great=3)


@pytest.mark.parametrize(
    "name", ["random:", "random:x", "random:1:2:3:4", "random:7:2", "random:" + "9" * 40]
)
def test_a_name_of_no_random_map_is_told_in_a_sentence(name: str) -> None:
    with pytest.raises(UnknownMap, match="random"):
        load_map(name)


def test_a_random_map_plays_to_its_end(run: Commands) -> None:
    told = run("autoplay", "random:3", "--turns", 8, "--json").json
    assert (told["map"], told["turns"]) == ("random-3", 8)
    assert told["events"]["treaty_signed"] > 0
    campaign = Campaign.new(
        load_map("random:3"), seed=1, player=next(iter(load_map("random:3").states))
    )
    assert len(aims_of(campaign.atlas, campaign.player or "")) > 0


OPENINGS = (
    "gunsmiths", "two chairs", "too young", "frontier posts", "old map", "with whom", "a ball",
    "regiments", "men who signed", "no master",
)  # fmt: skip


def test_random_maps_begin_in_many_ways_and_differ_in_shape() -> None:
    found = [random_map(seed) for seed in range(30)]
    openings = set()
    for doc in found:
        opening = doc.briefing.split("\n")[0]
        for part in OPENINGS:
            openings |= {part} if part in opening else set()
    assert len(openings) >= 7
    assert sum(bool(doc.straits or doc.links) for doc in found) >= 10


@pytest.mark.parametrize("seed", range(20))
def test_great_powers_have_heirs_who_come_by_chance(seed: int) -> None:
    """Each name once, with no year; lesser states keep their leaders."""
    doc = random_map(seed)
    leaders = [state.leader for state in doc.states.values()]
    counts = [len(state.heirs) for state in doc.states.values()]
    assert set(counts) <= {0, 2}
    assert f"{counts.count(2)} of them great powers" in doc.description
    for state in doc.states.values():
        assert all(heir.year is None and "{" not in heir.name for heir in state.heirs)
        leaders += [heir.name for heir in state.heirs]
    named = [name for name in leaders if name != "the Council of Nine"]
    assert len(set(named)) == len(named)


def test_no_map_fills_its_frame() -> None:
    for seed in range(8):
        doc = random_map(seed)
        width = len(next(iter(doc.legend)))
        rim = [*doc.grid[:2], *doc.grid[-2:]]
        rim += [row[: 2 * width] for row in doc.grid]
        cells = {row[at : at + width] for row in rim for at in range(0, len(row), width)}
        assert all(doc.legend[cell].province is None for cell in cells)


def test_names_that_one_would_not_print_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["Stupidavia", "Hellovia", "Killava", "Gudovia"])
    monkeypatch.setattr(Names, "_drawn", lambda *_: next(drawn))
    assert Names(None).land(TONGUES[0], 0) == "Gudovia"  # type: ignore[arg-type]
