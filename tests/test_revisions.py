"""Campaigns that were played by other rules: that is said, and nothing is compared across."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command import Commands
from golden_saves import expected, names, unpacked
from tui_fake import until

from game import Campaign
from game.debrief import output_formats, rerun
from game.history import ENGINE_REVISION
from game.tui.app import Intent, RealpolitikApp
from game.words.revision_words import revision_words

OLD = [name for name in names() if name.endswith("ai") and expected(name)["revision"] in (2, 3, 4)]
ENDED = next(name for name in names() if name.endswith("revision-4-ended"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


@pytest.mark.parametrize("name", OLD)
def test_debriefing_and_checking_an_older_save_say_so(
    run: Commands, tmp_path: Path, name: str
) -> None:
    path = unpacked(name, tmp_path)
    said = f"begun under revision {expected(name)['revision']} of the engine, and this is revision"
    for form in ("text", "md", "html"):
        assert said in run("debrief", path, "--format", form).out.replace("\n", " "), form
    checked = run("saves", "check", path)
    assert checked.status == 0
    assert f"engine revision {expected(name)['revision']}, and this is" in checked.out
    assert revision_words(Campaign.load(path).history)


def test_a_campaign_of_today_is_not_spoken_of(run: Commands, tmp_path: Path) -> None:
    name = next(one for one in names() if expected(one)["revision"] == ENGINE_REVISION)
    path = unpacked(name, tmp_path)
    assert "under revision" not in run("debrief", path).out
    assert "same digest" in run("saves", "check", path).out


def test_a_rerun_is_never_compared_with_what_other_rules_gave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = Campaign.load(unpacked(ENDED, tmp_path))
    compared: list[Any] = []
    honest = rerun.outcome

    def watched(history: Any, state: str) -> Any:
        compared.append(history)
        return honest(history, state)

    monkeypatch.setattr(rerun, "outcome", watched)
    made = campaign.debriefing.rerun("SAR", "BOP", times=2)
    assert all(history is not campaign.history for history in compared)
    assert len(compared) == 4
    assert "neither run is compared with what was played" in made.note
    report = replace(campaign.debriefing.report(), reruns=(made,))
    assert made.note in " ".join(output_formats.written(report, "text").split())


async def test_opening_an_older_save_says_so(tmp_path: Path) -> None:
    path = unpacked("format-1-revision-3-player", tmp_path)
    app = RealpolitikApp(Intent("resume", save=path, saves=tmp_path))
    async with app.run_test(size=(110, 40)) as pilot:
        await until(pilot, lambda: getattr(app.screen, "snapshot", None) is not None)
        assert any("under revision 3" in one.message for one in app._notifications)


def test_a_save_tells_every_revision_that_wrote_it(tmp_path: Path) -> None:
    from game.saves.save_file import read_header

    path = unpacked("format-1-revision-3-player", tmp_path)
    campaign = Campaign.load(path, hold=True)
    campaign.submit()
    campaign.save()
    campaign.file.release()
    assert read_header(path).revisions == (3, ENGINE_REVISION)
