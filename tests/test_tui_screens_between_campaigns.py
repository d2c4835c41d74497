"""Debrief, maps and saves: what is read between campaigns and after them."""

import time
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button, OptionList
from tui_fake import (
    HOSTILE,
    SIZES,
    FakeCampaign,
    Host,
    settle,
    text_of,
    until,
    world_of,
)

from game.campaign import Campaign
from game.campaign.notebook import Notebook
from game.lab import command
from game.maps.find import maps_folder, resolve_map
from game.maps.load import load_map
from game.tui.screens.confirm_box import ConfirmScreen
from game.tui.screens.debrief_screen import DebriefScreen
from game.tui.screens.laboratory_screen import LaboratoryScreen
from game.tui.screens.maps_screen import MapsScreen
from game.tui.screens.saves_screen import SavesScreen
from game.world.questions import SILENCE


def played(count: int, **chosen: Any) -> Campaign:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=7, **chosen)
    for _ in range(count):
        campaign.submit()
        while campaign.questions():
            campaign.answer({asked.id: SILENCE[asked.kind] for asked in campaign.questions()})
    return campaign


# the debrief


@pytest.mark.parametrize("size", SIZES)
async def test_debrief_fits_and_shows_hostile_names_as_text(size: Any) -> None:
    campaign: Any = FakeCampaign(world=world_of(hostile=True), over=True)
    screen = DebriefScreen(campaign)
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        assert HOSTILE[0][:14] in text_of(app)
        for button in screen.query(Button):
            assert screen.region.contains_region(button.region)
        await pilot.click("#detail")
        await pilot.click("#states", offset=(4, 1))
        assert app.is_running


async def test_envelopes_stay_sealed_until_opened() -> None:
    campaign: Any = FakeCampaign(over=True, notebook=Notebook(now={"FRN": 0.8}))
    app = Host(DebriefScreen(campaign))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        assert "Score 61.0 of 100   aim 25 of 50" in text_of(app)
        await pilot.press("down")  # France
        await pilot.pause()
        shown = text_of(app)
        assert "its conduct resembled balance of power (96%)" in shown
        counts, verdict = "On 5 occasions the readings pointed apart", "its conduct resembled"
        assert -1 < shown.find(counts) < shown.find(verdict)
        assert "Of 6 choices of an adversary" in shown
        assert "A sealed envelope" in shown
        assert "envelope of France holds" not in shown
        assert "It signed with France against Russia" in shown
        await pilot.press("e")
        await pilot.pause()
        shown = text_of(app)
        assert "envelope of France holds balance of power" in shown
        assert "Your notebook said 80%" in shown
        await pilot.press("up")
        await pilot.pause()
        assert "A sealed envelope" in text_of(app)
        await pilot.press("a")
        await pilot.pause()
        assert "A sealed envelope" not in text_of(app)
        await pilot.press("i")
        await pilot.pause()
        assert "From conduct alone, and blind" in text_of(app)


async def test_debrief_of_a_real_campaign() -> None:
    campaign = played(4, turns=4)
    assert campaign.over
    screen = DebriefScreen(campaign)
    app = Host(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        assert screen.query_one("#states", OptionList).option_count == 7
        assert "its conduct" in text_of(app)


async def test_debrief_before_the_end_is_refused_in_words() -> None:
    app = Host(DebriefScreen(played(1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        assert "envelopes are sealed" in text_of(app)


# maps


@pytest.fixture
def maps(tmp_path: Path) -> Path:
    good = resolve_map("five-crowns").read_text(encoding="utf-8")
    (tmp_path / "good.json").write_text(good, encoding="utf-8")
    named = good.replace('"title": "The Five Crowns"', f'"title": "{HOSTILE[0]}"')
    assert named != good
    (tmp_path / "hostile.json").write_text(named, encoding="utf-8")
    (tmp_path / "bad.json").write_text(good.replace('"owner": "', '"owner": "[/b]'), "utf-8")
    (tmp_path / "nothing.json").write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("size", SIZES)
async def test_broken_map_stays_with_its_problems(maps: Path, size: Any) -> None:
    screen = MapsScreen(maps)
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        shown = text_of(app)
        for words in ("bad", "good", "hostile", "nothing", "wrong", "[/b]", "line "):
            assert words in shown
        assert screen.query_one("#play", Button).disabled
        await pilot.press("down", "down")
        await pilot.pause()
        assert HOSTILE[0] in text_of(app)
        assert not screen.query_one("#play", Button).disabled
        await pilot.click("#words")
        assert app.is_running
        (maps / "bad.json").unlink()
        await pilot.press("c")
        await settle(app, pilot)
        assert screen.query_one("#maps", OptionList).option_count == 3


async def test_shipped_maps_are_listed() -> None:
    screen = MapsScreen()
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        shown = text_of(app)
        assert "five-crowns" in shown
        assert "europe-1909" in shown
        assert str(maps_folder())[-20:] in shown


# saves


class Shelf(Host):
    """A host that remembers what it was told to load."""

    loaded: Path | None = None

    def load(self, path: Path) -> None:
        self.loaded = path


async def test_saves_are_loaded_and_damaged_ones_recovered(tmp_path: Path) -> None:
    played(2).save(tmp_path / "whole.json")
    played(2).save(tmp_path / "torn.json")
    content = (tmp_path / "torn.json").read_bytes()
    (tmp_path / "torn.json").write_bytes(content[: len(content) * 4 // 5])
    (tmp_path / "junk.json").write_bytes(b'{"hea')
    screen = SavesScreen(tmp_path)
    app = Shelf(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert "cannot be opened" in shown
        assert "Aldmoor" in shown
        names = [entry.name for entry in screen._entries]
        for _ in range(names.index("torn")):
            await pilot.press("down")
        await pilot.press("enter")
        await settle(app, pilot)
        assert app.loaded is None
        assert "damaged" in text_of(app)
        await pilot.press("r")
        await settle(app, pilot)
        assert screen.query_one("#saves", OptionList).option_count == 4
        for _ in range([entry.name for entry in screen._entries].index("whole")):
            await pilot.press("down")
        await pilot.press("enter")
        await settle(app, pilot)
    assert app.done
    assert app.loaded == tmp_path / "whole.json"
    assert (tmp_path / "torn.json").read_bytes() == content[: len(content) * 4 // 5]


async def test_deleting_asks_first(tmp_path: Path) -> None:
    played(1).save(tmp_path / "mine.json")
    app = Shelf(SavesScreen(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", "enter")
        await pilot.pause()
        assert (tmp_path / "mine.json").exists()
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("y")
        await pilot.pause()
        assert not (tmp_path / "mine.json").exists()
        assert "Nothing is saved yet" in text_of(app)


async def test_only_ended_campaigns_have_debriefs(tmp_path: Path) -> None:
    played(1).save(tmp_path / "going.json")
    played(2, turns=2).save(tmp_path / "ended.json")
    screen = SavesScreen(tmp_path, finished=True)
    app = Shelf(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert [entry.name for entry in screen._entries] == ["ended"]
        assert "Read its debrief" in text_of(app)


async def test_the_laboratory_runs_is_cancelled_and_tells_the_scorecard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = {
        "id": "W1", "verdict": "supported", "warning": "few", "figure": 0.5, "low": 0.4,
        "high": 0.6, "n": 12,
        "kind": "emergent", "expected": "balance is commoner than [b]bandwagon[/b]",
        "parts": [{}, {"name": "of the weak", "verdict": "contradicted", "figure": None}],
    }  # fmt: skip
    asked: list[dict[str, Any]] = []
    cancels = True

    def run(maps: Any, **options: Any) -> dict[str, Any]:
        asked.append({"maps": [doc.id for doc in maps], **options})
        try:
            while cancels:
                options["progress"](3, 40, 61.0)
                time.sleep(0.01)
        except KeyboardInterrupt:
            raise command.Cancelled("Stopped: 3 of 40 campaigns are finished and kept.") from None
        return {"scorecard": [row], "identification": {"accuracy": 0.9}}

    monkeypatch.setattr(command, "run", run)
    app = Host(LaboratoryScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one("#random").focus()
        await pilot.press("right", "s")
        await until(pilot, lambda: "3 of 40 campaigns, 1:01 left" in text_of(app))
        await pilot.press("c")
        await until(pilot, lambda: "finished and kept" in text_of(app))
        cancels = False
        await pilot.press("s")
        await until(pilot, lambda: "1 of 1 supported; doctrines told apart: 90%" in text_of(app))
        assert "balance is commoner than [b]bandwagon[/b]" in text_of(app)
        assert "of the weak" in text_of(app)
    assert asked[0]["maps"] == ["five-crowns", "random-1"]
    assert asked[0]["doctrines"] is None


async def test_the_scorecard_fills_while_campaigns_are_played(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is marked stays marked, the focus where it was; at the end the whole is told."""
    rows = [
        {
            "id": id, "verdict": None, "warning": "", "figure": None, "low": None, "high": None,
            "n": 0,
            "kind": "emergent", "expected": f"what {id} expects", "parts": [],
        }
        for id in ("W1", "W2", "W3")
    ]  # fmt: skip
    go_on = [False, False]

    def run(maps: Any, **options: Any) -> dict[str, Any]:
        for step in range(2):
            seen = [{**row, "verdict": "supported", "n": 5 + step} for row in rows[: step + 1]]
            told = {"scorecard": [*seen, *rows[step + 1 :]], "identification": {"accuracy": None}}
            options["so_far"](told)
            while not go_on[step]:
                time.sleep(0.01)
        return {**told, "scorecard": [{**row, "verdict": "supported"} for row in rows]}

    monkeypatch.setattr(command, "run", run)
    screen = LaboratoryScreen()
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: "n 5" in text_of(app))
        listed = screen.query_one(OptionList)
        listed.highlighted = 2
        await until(pilot, lambda: "W3  what W3 expects" in text_of(app))
        go_on[0] = True
        await until(pilot, lambda: text_of(app).count("n 6") == 2)
        assert listed.highlighted == 2
        assert not listed.has_focus
        go_on[1] = True
        await until(pilot, lambda: "emergent: 3 of 3 supported." in text_of(app))
        await until(pilot, lambda: listed.has_focus)


async def test_computer_players_can_be_seated_in_the_laboratory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from game.lab.lab_report import report
    from tests.test_lab_players import outcomes

    games = outcomes({"planner-true": [60.0, 70.0], "planner-even": [50.0, 55.0]})
    results = {
        one: {"outcome": {name: getattr(what, name) for name in what.__slots__}}
        for one, what in games.items()
    }
    asked: list[Any] = []

    def run(maps: Any, **options: Any) -> dict[str, Any]:
        asked.append(options["players"])
        return report(results, list(results), world=None, seconds=1.0)

    monkeypatch.setattr(command, "run", run)
    screen = LaboratoryScreen()
    app = Host(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        screen.query_one("#player").focus()
        await pilot.press("right", "s")
        await until(pilot, lambda: "game: 0 of 1 supported" in text_of(app))
        await until(pilot, lambda: "G1" in text_of(app))
        shown = text_of(app)
        assert "planner-true" in shown
        assert "+12.5 to a guess" in shown
        assert "S4" not in shown
    assert asked == [["planner"]]
