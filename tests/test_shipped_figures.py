"""The figures of the shipped maps in the guide, and the campaigns that they are measured from."""

import re

import pytest
from guide_tables import GUIDE

from game.inference.posterior import SURE
from game.lab.players import SCRIPTS
from game.lab.run_measures import measure
from game.lab.runs import MIXED, Run
from game.maps.find import shipped_ids
from game.maps.load import load_map
from tests.map_figures import CAMPAIGNS, TURNS, conduct_row, last, script_row

BLIND = 0.9
"""The least share of the decided verdicts that is right (issue 21)."""

FOUND = {"doctrine": "BOP", "by_turn": {"2": ["BOT", 0.6, 0.7], "9": ["BOP", 0.9, 0.1]}}


def test_the_last_word_of_the_inference_counts_up_to_a_turn() -> None:
    assert last(FOUND) == (True, 0.9)
    assert last(FOUND, 8) == (False, 0.6)
    assert last(FOUND, 1) is None


def test_a_row_tells_the_decided_from_all() -> None:
    doc = load_map("five-crowns")
    unsure = {"doctrine": "BOT", "by_turn": {"9": ["BOP", SURE - 0.01, 0.5]}}
    result = {"wars": 3, "hegemony": True, "identification": {"ALD": FOUND, "VOR": unsure}}
    row = conduct_row(doc, {Run(doc.id, MIXED, 1, 40): result, Run(doc.id, MIXED, 2, 60): result})
    assert row == "| `five-crowns` | 7 | 19 | 2 | 0.50 | 0.50 | 0.50 | **1.00** | 6.0 | 1.00 |"


def test_a_row_of_scripts_has_the_mean_of_each() -> None:
    doc = load_map("five-crowns")
    made = {
        Run(doc.id, MIXED, seed, 12, player, "ALD"): {"outcome": {"score": 10.0 * seed}}
        for seed in (1, 2)
        for player in SCRIPTS
    }
    row = script_row(doc, made)
    assert row == "| `five-crowns` | Aldmoor | 2 |" + " 15 |" * len(SCRIPTS)


def test_the_guide_has_figures_of_every_shipped_map_and_all_are_told_apart() -> None:
    for name in shipped_ids():
        rows = re.findall(rf"^\| `{name}` \|(.*)\|$", GUIDE.read_text("utf-8"), re.MULTILINE)
        conduct, scripts = rows
        (told_apart,) = re.findall(r"\*\*(.*?)\*\*", conduct)
        assert float(told_apart) >= BLIND
        assert len(scripts.split("|")) == 2 + len(SCRIPTS)


@pytest.mark.acceptance
@pytest.mark.parametrize("name", shipped_ids())
def test_campaigns_run_clean_and_tell_the_theories_apart(name: str, twentieth: bool) -> None:
    """Forty campaigns of forty turns; a twentieth is two, whose verdicts may be wrong once more."""
    doc = load_map(name)
    decided = []
    for seed in range(1, 1 + (CAMPAIGNS // 20 if twentieth else CAMPAIGNS)):
        found = measure(doc, Run(name, MIXED, seed, TURNS), named=True)["identification"]
        ends = filter(None, map(last, found.values()))
        decided += [right for right, sure in ends if sure >= SURE]
    assert len(decided) >= 2
    assert decided.count(False) <= (1 - BLIND) * len(decided) + twentieth
