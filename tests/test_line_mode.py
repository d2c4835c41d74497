"""The game on plain lines: played to the end by programs that read nothing but the lines."""

import io
import json
import random
import re
from pathlib import Path

import pytest
from command import process

from game import Campaign, load_map
from game.advice.matter_words import promise_words
from game.campaign.answer_choices import TELL, choices
from game.cli import main
from game.line_mode.dialogue import InputEndedError, JsonDialogue, TextDialogue
from game.line_mode.session import Session
from game.saves.codec import orders_from_json, orders_to_json
from game.tui.widgets.aim_lines import aim_lines as screen_aim_lines
from game.world.orders import Assess, Offer, Order, Sound, Terms
from game.world.questions import SILENCE

WAYS = ("power", "threat")


class _Reader(io.TextIOBase):
    """Answers prompts by what was written: the menu's random line, or the end of the turn."""

    def __init__(self, seed: int) -> None:
        self.written = ""
        self.prompts = 0
        self._chance = random.Random(seed)
        self._seen = 0

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
        self.prompts += 1
        new, self._seen = self.written[self._seen :], len(self.written)
        numbers = {
            label: number for number, label in re.findall(r"^(\d+)\. (.*)$", new, re.MULTILINE)
        }
        assert numbers, new
        if "End the turn" in numbers:
            if self._chance.random() < 0.5:
                return numbers["Give an order"] + "\n"
            if self._chance.random() < 0.4:
                return numbers["End the turn"] + "\n"
            left = [one for label, one in numbers.items() if label != "Save and leave"]
            return self._chance.choice(left) + "\n"
        if "That is all" in numbers and self._chance.random() < 0.5:
            return numbers["That is all"] + "\n"
        forward = [one for label, one in numbers.items() if label != "Back"]
        return self._chance.choice(forward or list(numbers.values())) + "\n"


@pytest.mark.parametrize("seed", range(3))
def test_a_program_that_reads_only_the_lines_plays_to_the_end(seed: int) -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=seed, turns=8)
    reader = _Reader(seed)
    Session(campaign, TextDialogue(reader, reader), orders_from_json).play()  # type: ignore[arg-type]
    assert campaign.over
    assert "The campaign is over." in reader.written
    assert "Score" in reader.written
    assert sum(len(turn.orders.get("ALD", ())) for turn in campaign.history.turns) > 0


def test_json_lines_order_submit_and_answer_with_the_words_of_the_api() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=2, turns=3)
    orders: tuple[Order, ...] = (Sound("VOR"), Offer("LYS", Terms(("nonaggression",))))
    lines = [
        {"order": orders_to_json([orders[0]])[0]},
        {"order": {"kind": "sound"}},
        {"nonsense": 1},
    ]
    lines += [
        {"notebook": {"VOR": 1.5, "ZZZ": 0.5, "LYS": "much"}},
        {"deeds": "VOR"},
        {"deeds": "ALD"},
    ]
    lines += [{"notebook": {"VOR": 0.9}}, {"choose": "no such"}, {"submit": orders_to_json(orders)}]
    source = io.StringIO("".join(json.dumps(one) + "\n" for one in lines))
    target = io.StringIO()
    with pytest.raises(Exception, match=r"^$"):
        Session(campaign, JsonDialogue(source, target), orders_from_json).play()
    out = [json.loads(line) for line in target.getvalue().splitlines()]
    assert campaign.notebook.history("VOR") or campaign.notebook.now["VOR"] == 0.9
    assert any("These are no orders" in str(one) for one in out)
    assert any("The verbs are" in str(one) for one in out)
    said = [line for one in out for line in one.get("say", [])]
    assert "The notebook takes a probability from 0 to 1; 1.5 is none." in said
    assert "The notebook takes a probability from 0 to 1; 'much' is none." in said
    assert "There is no other state 'ZZZ' on this map." in said
    assert "There is no other state 'ALD' on this map." in said
    assert any(line.startswith("Vorrund would fear by power") for line in said)
    assert any("no choice" in str(one.get("error")) for one in out)
    asked = [one for one in out if "ask" in one]
    assert all({"id", "label"} <= set(choice) for one in asked for choice in one["choices"])
    assert asked[0]["state"]["player"] == "ALD"
    begun = campaign.history.turns or campaign.questions()
    assert begun


def test_the_deeds_of_a_rival_are_told_with_what_they_would_mean() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=5)
    for _ in range(3):
        campaign.submit([Assess("OMB")])
        while asked := campaign.questions():
            campaign.answer({one.id: SILENCE[one.kind] for one in asked})
    target = io.StringIO()
    source = io.StringIO("deeds\nOMB\nquit\n")
    Session(campaign, TextDialogue(source, target), orders_from_json).play()
    told = target.getvalue()
    for deed in campaign.adviser.witnessed_deeds("OMB"):
        assert deed.words in told
        assert deed.reason in told
    assert "It leans to " in told
    assert "It says nothing." in told
    assert told.count("Assessed in ") == 3


def test_a_wrong_answer_is_asked_again_in_one_sentence() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=2)
    target = io.StringIO()
    source = io.StringIO("0\n99\nnothing\nquit\n")
    Session(campaign, TextDialogue(source, target), orders_from_json).play()
    assert target.getvalue().count("Type a number from 1 to ") == 3


def test_what_was_ordered_is_saved_where_the_input_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("order\nsound\nVOR\n"))
    arguments = ["play", "five-crowns", "--as", "ALD", "--seed", "1", "--plain"]
    assert main([*arguments, "--saves", str(tmp_path)]) == 0
    (save,) = tmp_path.glob("*.json")
    assert Campaign.load(save).pending == (Sound("VOR"),)
    assert "Ordered: Send an envoy to listen in Vorrund." in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("quit\n"))
    assert main(["resume", str(save), "--plain", "--saves", str(tmp_path)]) == 0
    assert "1 order" in capsys.readouterr().out


def test_without_a_state_it_says_which_there_are() -> None:
    process("play", "five-crowns", "--plain").refused(2, "--as", "ALD")


def test_the_aim_stands_before_every_turn_with_the_figures_of_the_screen() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=5)
    source, target = io.StringIO("aim\nquit\n"), io.StringIO()
    Session(campaign, TextDialogue(source, target), orders_from_json).play()
    status = campaign.debriefing.aim_status
    assert status is not None
    on_screen = [
        str(row).strip(" ✓✗")
        for row in screen_aim_lines(status, campaign.atlas, campaign.setup.turns, 60)[1:]
    ]
    told = target.getvalue()
    assert len(on_screen) == len(status.conditions) + 1
    for said in on_screen:
        assert told.count(f": {said}\n") + told.count(f"  {said}\n") == 2, said
    for condition, said in zip(status.conditions, on_screen, strict=False):
        assert f"  {'met' if condition.met else 'missing'}: {said}\n" in told
    assert told.count(f"Your aim: {status.aim.title}, 0% of it reached.") == 2
    points = campaign.adviser.explanations.points(campaign.debriefing.most_insight())[0]
    assert f"{points.title}: {points.text}. {points.rule}\n" in told


def test_a_suggested_order_is_given_by_its_number() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=5)
    suggested = [one for one in campaign.adviser.matters() if one.order is not None]
    assert len(suggested) > 1
    source, target = io.StringIO("suggested\nfigures\n2\nsuggested\nback\nquit\n"), io.StringIO()
    Session(campaign, TextDialogue(source, target), orders_from_json).play()
    assert campaign.pending == (suggested[1].order,)
    told = target.getvalue()
    for matter in suggested:
        assert matter.order is not None
        said = promise_words(matter, campaign.adviser.forecast(matter.order))
        assert all(f"By {way}: {one}.\n" in told for way, one in zip(WAYS, said, strict=True))
        for figure in campaign.adviser.explanations.matter(matter):
            assert f"{figure.title}: {figure.text}." in told
            assert figure.rule in told


def test_to_read_what_wants_deciding_asks_a_program_nothing_more() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=5)
    asked = ("matters", "states", "quit")
    source = io.StringIO("".join(json.dumps({"choose": one}) + "\n" for one in asked))
    target = io.StringIO()
    Session(campaign, JsonDialogue(source, target), orders_from_json).play()
    menus = [line for line in target.getvalue().splitlines() if "ask" in json.loads(line)]
    assert len(menus) == len(asked)


def test_programs_read_the_figures_of_the_aim_with_each_turn() -> None:
    campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=5)
    source, target = io.StringIO('{"choose": "quit"}\n'), io.StringIO()
    Session(campaign, JsonDialogue(source, target), orders_from_json).play()
    (asked,) = [
        one for line in target.getvalue().splitlines() if "ask" in (one := json.loads(line))
    ]
    status = campaign.debriefing.aim_status
    assert status is not None
    aim = asked["state"]["aim"]
    assert aim["reached"] == status.reached
    assert [(one["kind"], one["value"], one["met"]) for one in aim["conditions"]] == [
        (one.kind, one.value, one.met) for one in status.conditions
    ]


def with_an_offer() -> Campaign:
    """A campaign in which a state offers the player a pact whose adversary could be told."""
    for seed in range(1, 20):
        campaign = Campaign.new(load_map("five-crowns"), player="ALD", seed=seed, turns=8)
        while not campaign.over:
            campaign.submit()
            while asked := campaign.questions():
                if TELL in [pick for one in asked for pick in choices(one, campaign.world)]:
                    return campaign
                campaign.answer({one.id: SILENCE[one.kind] for one in asked})
    raise AssertionError("nobody offered a pact against anybody")


class _Decliner(io.TextIOBase):
    """Declines what it is offered, and tells of it where that is among the choices."""

    def __init__(self) -> None:
        self.written = ""

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
        asked = self.written.rsplit("\nYour answer?\n", 1)[-1]
        if "End the turn" in asked:
            return "quit\n"
        told = re.search(r"^(\d+)\. Decline, and tell ", asked, re.MULTILINE)
        return f"{told[1]}\n" if told else "1\n"


def test_to_decline_an_offer_and_to_tell_of_it_is_one_numbered_answer() -> None:
    campaign = with_an_offer()
    turn = campaign.turn
    reader = _Decliner()
    Session(campaign, TextDialogue(reader, reader), orders_from_json).play()  # type: ignore[arg-type]
    assert re.search(r"^\d+\. Decline, and tell \w+", reader.written, re.MULTILINE)
    assert "do you tell" not in reader.written
    stages = campaign.history.turns[turn - 1].stages
    given = {id: answer for stage in stages for id, answer in stage.answers.items()}
    told = [id for id in given if id.startswith("tell:") and given[id] == "accept"]
    assert told
    assert all(given[id.removeprefix("tell:")] == "decline" for id in told)


def test_a_program_is_asked_as_the_api_asks_one_question_after_another() -> None:
    campaign = with_an_offer()
    turn = campaign.turn
    lines = [json.dumps({"choose": "decline"})] * 20
    source, target = io.StringIO("\n".join(lines)), io.StringIO()
    with pytest.raises(InputEndedError):
        Session(campaign, JsonDialogue(source, target), orders_from_json).play()
    out = [json.loads(line) for line in target.getvalue().splitlines()]
    assert all(one["id"] != "tell" for asked in out for one in asked.get("choices", ()))
    assert "do you tell" in target.getvalue()
    assert any(
        id.startswith("tell:")
        for stage in campaign.history.turns[turn - 1].stages
        for id in stage.answers
    )
