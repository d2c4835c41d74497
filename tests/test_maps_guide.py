"""The modding guide: its map can be made by it, and what it names is there."""

import argparse
import json
import re
from typing import Any

import pytest
from command import Commands
from guide_tables import GUIDE, blocks, filled, merged, steps

from game.campaign import Campaign
from game.cli import _parser
from game.maps.check import check_map, read_and_check
from game.maps.find import shipped_ids
from game.world.map_document import AIM_KINDS, OBLIGATIONS, from_data

TEXT = GUIDE.read_text("utf-8")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


def told(data: dict[str, Any]) -> list[str]:
    return [problem.sentence() for problem in check_map(json.dumps(data).encode())]


def test_tables_and_pictures_are_current() -> None:
    assert filled(TEXT) == TEXT, "run: python tests/guide_tables.py"


def test_the_map_is_playable_after_each_step_and_good_after_the_fourth() -> None:
    made = steps(TEXT)
    assert len(made) == 5
    for data in made:
        assert read_and_check(json.dumps(data).encode()).doc is not None
    assert "cannot be told apart" in " ".join(told(made[0]))
    assert told(made[3]) == told(made[4]) == []


def test_the_guides_map_is_played_to_its_end() -> None:
    campaign = Campaign.new(from_data(steps(TEXT)[-1]), seed=1)
    while not campaign.over:
        campaign.submit()
    assert campaign.debriefing.outcome()["turns"] == 16


def test_each_recipe_gives_a_map_that_can_be_played() -> None:
    recipes = blocks(TEXT, "json recipe")
    assert len(recipes) == 6
    for recipe in recipes:
        data = merged(steps(TEXT)[-1], json.loads(recipe))
        assert told(data) == []
        campaign = Campaign.new(from_data(data), seed=3)
        campaign.submit()


def test_the_guides_doctrine_is_taken_by_the_game() -> None:
    (block,) = blocks(TEXT, "json doctrine")
    data = merged(steps(TEXT)[-1], json.loads(block))
    assert told(data) == []
    campaign = Campaign.new(from_data(data), seed=1)
    campaign.submit()
    assert campaign.debriefing.outcome()["states"]["ALB"]["doctrine"] == "NEIGHBOURS"


def test_every_kind_of_aim_obligation_and_shipped_map_is_there() -> None:
    for name in (*AIM_KINDS, *OBLIGATIONS, *shipped_ids()):
        assert f"`{name}`" in TEXT
    for example in re.findall(r"\| `(\{\"id\".*?\})` \|", TEXT):
        aims = {"states": {"ALB": {"aims": [json.loads(example)]}}}
        assert from_data(merged(steps(TEXT)[-1], aims)).states["ALB"].aims


def commands_named() -> list[list[str]]:
    lines = re.findall(r"(?:^    |`)(realpolitik [^`\n]+)", TEXT, re.MULTILINE)
    return [line.split("  ")[0].split()[1:] for line in lines]


def test_each_command_it_names_exists(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    parser: argparse.ArgumentParser = _parser()
    found = commands_named()
    assert len(found) >= 12
    for words in found:
        words = [word.strip('"') for word in words if word not in (">", "map.schema.json")]
        if words == ["maps", "import"]:
            continue
        if "--title" in words:
            at = words.index("--title")
            words[at + 1 : at + 3] = ["Title"]
        parser.parse_args(words)


def test_its_links_lead_somewhere() -> None:
    heads = {
        re.sub(r"[^a-z0-9 -]", "", head.lower()).replace(" ", "-")
        for head in re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)
    }
    links = re.findall(r"\]\(#(.*?)\)", TEXT)
    assert len(links) >= 9
    assert set(links) <= heads
