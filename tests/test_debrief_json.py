"""The JSON of a debrief, which other programs read: its keys, their order and what is in them."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from report_reader import read_report

from game import Campaign, load_map
from game.debrief.report_json import json_of
from game.debrief.report_types import (
    AssuranceSpan,
    ProvinceMoved,
    Report,
    StateEliminated,
    WarSpan,
)
from game.inference.hypotheses import HYPOTHESES as DOCTRINES
from game.world.questions import SILENCE

CONTRACT = [
    "posterior", "verdict", "exponents", "decisions", "diagnostic", "balanced", "bandwagoned",
    "doctrine",
]  # fmt: skip
"""The keys of a state that DESIGN section 6 promises, in its order."""
KEYS = {
    "report": "states player campaign names course you reruns",
    "state": "posterior verdict exponents decisions diagnostic balanced bandwagoned doctrine name "
    "great alive said gloss appeased aligned lens_posterior lens_verdict by_turn otherwise ledger "
    "crucial crucial_said check check_said log_odds moved_by",
    "exponents": "power proximity offense intentions",
    "exponent": "estimate low high",
    "diagnostic": "turn text probability date family deed resembled readings ledger",
    "reading": "probability sentence reason instead ledger",
    "instead": "text probability",
    "otherwise": "turn date family deed doctrine same probability most text ledger",
    "campaign": (
        "map title seed turns played over first last step state difficulty teaching memory "
        "engine_revision note digest version"
    ),
    "course": "moments dates power threat insecurity feared treaties aligned wars land crises "
    "assurances",
    "assurance": "turn crisis by of asked_by giver beside answer believed would outcome ended war "
    "did",
    "treaty": "id parties obligations against secret binding from to",
    "war": "id by on from to attackers defenders entries",
    "moved": "turn province name from to",
    "eliminated": "turn eliminated",
    "you": "state imputed notebook in_short events score score_parts aim",
    "notebook": "from unwritten brier brier_archives brier_seen distance states insight "
    "insight_copied",
    "rival": "turns noted archives seen brier brier_archives brier_seen distance",
    "rerun": "state doctrine instead times player runs changes ledger note",
    "seat": "state doctrine handed_over",
    "run": "before after parts",
    "outcome": "treaties pacts against wars annexed eliminated capability",
    "changes": "treaties pacts wars annexed capability eliminated",
}
"""The keys of every object of the JSON. A program may rely on each: none may go or be renamed."""


@cache
def played() -> Campaign:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=5, turns=6)
    while not campaign.over:
        offer = campaign.adviser.best_offer()
        if offer is not None and campaign.refusal(offer) is None:
            campaign.order(offer)
        campaign.notebook.write("VOR", 0.8)
        campaign.submit()
        while asked := campaign.questions():
            campaign.answer({one.id: SILENCE[one.kind] for one in asked})
    return campaign


@cache
def report() -> Report:
    """A debrief with a run again, a war, and land that changed hands."""
    made = played().debriefing.report()
    course = replace(
        made.course,
        wars=(WarSpan(1, "VOR", "LYS", 2, None, ("VOR",), ("LYS", "ALD")),),
        assurances=(
            AssuranceSpan(
                2,
                7,
                "VOR",
                "LYS",
                "LYS",
                "ALD",
                None,
                "accept",
                0.5,
                {"BOP": 0.9, "BOT": 0.2},
                "broken",
                2,
                True,
                "VOR",
            ),
        ),
        land=(ProvinceMoved(3, "x", "X", "LYS", None), StateEliminated(3, "LYS")),
    )
    return replace(made, course=course, reruns=(played().debriefing.rerun("SAR", "BOT", times=1),))


def keys(told: dict[str, Any]) -> str:
    return " ".join(told)


def objects(told: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every object of the JSON, with its name in `KEYS`."""
    course, you, rerun = told["course"], told["you"], told["reruns"][0]
    found = [
        ("report", told), ("campaign", told["campaign"]), ("course", course), ("you", you),
        ("notebook", you["notebook"]), ("rerun", rerun), ("seat", rerun["player"]),
        ("changes", rerun["changes"]), ("moved", course["land"][0]),
        ("eliminated", course["land"][1]),
    ]  # fmt: skip
    found += [("treaty", one) for one in course["treaties"]]
    found += [("war", one) for one in course["wars"]]
    found += [("assurance", one) for one in course["assurances"]]
    found += [("rival", one) for one in you["notebook"]["states"].values()]
    for run in rerun["runs"]:
        found += [("run", run), ("outcome", run["before"]), ("outcome", run["after"])]
    for entry in told["states"].values():
        found += [("state", entry), ("exponents", entry["exponents"])]
        found += [("exponent", one) for one in entry["exponents"].values()]
        found += [("otherwise", one) for one in entry["otherwise"]]
        found += [("instead", one["most"]) for one in entry["otherwise"]]
        for one in entry["diagnostic"]:
            found.append(("diagnostic", one))
            for reading in one["readings"].values():
                found += [("reading", reading), ("instead", reading["instead"])]
    return found


def test_every_key_of_the_json_is_there_in_its_order() -> None:
    found = objects(json_of(report()))
    assert {name for name, _ in found} == set(KEYS)
    for name, told in found:
        assert keys(told) == KEYS[name], name


def test_a_state_begins_with_the_keys_of_the_contract_and_a_blind_one_has_no_doctrine() -> None:
    opened, blind = json_of(report()), played().debrief(blind=True)
    for state, entry in opened["states"].items():
        assert list(entry)[: len(CONTRACT)] == CONTRACT
        assert list(entry["posterior"]) == list(DOCTRINES)
        for kind in ("balanced", "bandwagoned", "appeased", "aligned"):
            assert list(entry[kind]) == ["BOP", "BOT"]
        assert all(list(one["probability"]) == ["BOP", "BOT"] for one in entry["diagnostic"])
        others = [key for key in entry if key != "doctrine"]
        assert list(blind["states"][state]) == others
    assert any(entry["doctrine"] for entry in opened["states"].values())
    assert opened["states"]["ALD"]["doctrine"] is None


def test_the_python_api_gives_the_json_of_the_contract() -> None:
    told = played().debrief()
    assert told == json_of(played().debriefing.report())
    assert told["states"]["SAR"]["verdict"] in (*DOCTRINES, "CHANCE", "UNDECIDED")
    assert json.loads(json.dumps(told, allow_nan=False)) == told


@pytest.mark.parametrize("blind", [True, False])
def test_nothing_of_a_report_is_lost_in_its_json(blind: bool) -> None:
    made = played().debriefing.report(blind=True) if blind else report()
    assert read_report(json.loads(json.dumps(json_of(made)))) == made


def test_a_value_that_json_does_not_know_is_refused() -> None:
    made: Any = replace(report(), player=object())
    with pytest.raises(TypeError, match="object"):
        json_of(made)
