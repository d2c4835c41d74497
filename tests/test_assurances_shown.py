"""Assurances as the player meets them: the dialog, the crisis, lines, notebook and debrief."""

import io
import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from tui_fake import SIZES, FakeCampaign, Host, settle, text_of, with_crisis, world_of

from game import Campaign, load_map
from game.advice.assurances import answers_witnessed, stands_against_whom
from game.advice.visible_history import visible_history
from game.debrief.document_assurances import as_sentences
from game.debrief.output_formats import written
from game.line_mode.dialogue import TextDialogue
from game.line_mode.session import Session
from game.saves.codec import orders_from_json
from game.tui.debrief.assurances_tab import Assurances
from game.tui.screens.crisis_screen import CrisisScreen
from game.tui.screens.debrief_screen import DebriefScreen
from game.tui.screens.influence_dialog import InfluenceDialog
from game.words import percent
from game.world.events import event
from game.world.model import Assurance, Crisis
from game.world.orders import AskAssurance
from game.world.questions import SILENCE, CrisisQuestion

ME = "GMY"
LONGEST = 12
"""Turns within which the player comes into a crisis that lasts."""


def ours(campaign: Campaign) -> list[Crisis]:
    return [one for one in campaign.world.crises if ME in (one.by, one.of)]


def passed(campaign: Campaign, *orders: AskAssurance) -> None:
    campaign.submit(list(orders))
    while asked := campaign.questions():
        campaign.answer({one.id: SILENCE[one.kind] for one in asked})


def in_a_crisis() -> Campaign:
    """A campaign in whose present turn a crisis of the player stands."""
    for seed in range(1, 9):
        campaign = Campaign.new(load_map("europe-1909"), player=ME, seed=seed)
        for _ in range(LONGEST):
            passed(campaign)
            if ours(campaign):
                return campaign
    raise AssertionError("no crisis stood at the end of any turn")


@cache
def asked() -> Campaign:
    """The campaign after a turn in which the player asked two states."""
    campaign = in_a_crisis()
    crisis = ours(campaign)[0]
    others = [one for one in ("ITA", "AUH", "UKG", "RUS") if one not in (crisis.by, crisis.of)]
    passed(
        campaign,
        AskAssurance(others[0], crisis.id, ME),
        AskAssurance(others[1], crisis.id, ""),
    )
    return campaign


@pytest.mark.parametrize("size", SIZES)
async def test_the_dialog_asks_about_each_crisis_and_says_what_it_would_tell(size: Any) -> None:
    campaign: Any = FakeCampaign(world=with_crisis(world_of()))
    app = Host(InfluenceDialog(campaign, "ITA"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "Whether" not in text_of(app)
        await pilot.press("down", "left")
        await pilot.pause()
        shown = " ".join(text_of(app).replace("│", " ").split())
        assert "it stands by us against France" in shown
        assert "25% if it fears power" in shown
        assert "It may lie" in shown
        await pilot.press("down", "right", "s")
        await pilot.pause()
    assert app.result == [AskAssurance("ITA", 9, "")]


async def test_without_a_crisis_nothing_can_be_asked() -> None:
    campaign: Any = FakeCampaign(world=replace(world_of(), crises=()))
    app = Host(InfluenceDialog(campaign, "ITA"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "left")
        await pilot.pause()
        assert "in a crisis" not in text_of(app).splitlines()[4]
        assert not app.screen.query("#whether")


@pytest.mark.parametrize("size", SIZES)
async def test_the_view_of_a_crisis_shows_what_was_assured(size: Any) -> None:
    told = (
        Assurance(1, 9, "FRN", ME, ME, "ITA", ME, "accept", 4),
        Assurance(2, 9, "FRN", ME, ME, "UKG", "", "none", 4),
    )
    campaign: Any = FakeCampaign(world=replace(with_crisis(world_of()), assurances=told))
    app = Host(CrisisScreen(campaign, CrisisQuestion("c", ME, "FRN", 9, 1)))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        rows = [line for line in text_of(app).splitlines() if "would" in line]
        assert any("Italy" in row and "would stand by us, credible to 60%" in row for row in rows)
        assert any(
            "United Kingdom" in row and "would not say whether it would stand aside" in row
            for row in rows
        )


def test_lines_ask_a_state_and_then_what_and_tell_what_was_assured() -> None:
    campaign = in_a_crisis()
    crisis = ours(campaign)[0]
    of = next(one for one in ("ITA", "AUH", "UKG") if one not in (crisis.by, crisis.of))
    target = io.StringIO()
    source = io.StringIO(f"order\nask_assurance\n{of}\n1\norders\nquit\n")
    Session(campaign, TextDialogue(source, target), orders_from_json).play()
    said = target.getvalue()
    (order,) = campaign.pending
    assert isinstance(order, AskAssurance)
    assert order.of == of
    assert f"Ordered: Ask {campaign.atlas.name(of)}" in said.replace("the United", "United")
    assert "answers in private, this turn" in said


def test_the_notebook_lists_an_answer_with_its_meaning_under_both_readings() -> None:
    campaign = asked()
    turn = len(campaign.history.turns)
    given = [one for one in campaign.report() if one.kind == "assurance_given"]
    to_me = [one for one in given if one.target == ME]
    assert len(to_me) == 2
    assert all(ME in (one.actor, one.target) for one in given)
    for one in to_me:
        deeds = campaign.adviser.witnessed_deeds(one.actor)
        (deed,) = [deed for deed in deeds if "in private" in deed.words and deed.turn == turn][-1:]
        assert abs(deed.leans) <= 3
        assert deed.reason.endswith(".")
        assert [deed.turn for deed in deeds] == sorted((deed.turn for deed in deeds), reverse=True)


@pytest.mark.parametrize(
    ("to", "beside", "answer", "against"),
    [
        ("FRN", "FRN", "accept", "GMY"),
        ("FRN", "FRN", "refuse", "FRN"),
        ("FRN", "", "accept", ""),
        ("FRN", "", "refuse", "FRN"),
        ("UKG", "GMY", "accept", "FRN"),
        ("UKG", "", "refuse", ""),
    ],
)
def test_an_answer_stands_against_one_side_or_none(
    to: str, beside: str, answer: str, against: str
) -> None:
    crisis = with_crisis(world_of()).crises[0]
    said = event("assurance_given", "ITA", to, (), crisis=9, beside=beside, answer=answer)
    assert stands_against_whom(crisis, said, ally=False) == against
    of_ally = {"refuse": {"FRN": "GMY"}}.get(answer, {}).get(to, "") if not beside else against
    assert stands_against_whom(crisis, said, ally=True) == of_ally


def test_an_answer_leans_less_than_a_deed_and_to_stand_aside_is_against_nobody() -> None:
    from game.advice.assurances import LIES
    from game.advice.witnessed_deeds import LEANINGS, OTHER_REASONS, pips

    assert LIES > OTHER_REASONS
    history = asked().history
    seen = visible_history(history, ME)
    states = [state.id for state in history.start.states if state.id != ME]
    found = list(answers_witnessed(seen, ME, states))
    assert found
    for _, _, words, ratio, reason in found:
        # With the share LIES of answers that say nothing, no ratio is beyond this.
        assert abs(ratio) < LEANINGS[2]
        if "stand aside if" in words and "will not" not in words:
            assert ratio == 0.0
            assert pips(ratio) == 0
            assert "nobody" in reason or "nothing" in reason


def test_the_dossier_does_not_give_a_lie_away() -> None:
    """What an answer was reckoned from would show whether it was true."""
    campaign = asked()
    for state in campaign.history.start.states:
        if state.id != ME:
            assert not [one for one in campaign.adviser.reasons(state.id) if "in private" in one]


def test_the_debrief_lays_side_by_side_what_was_promised_believed_and_done() -> None:
    campaign = asked()
    report = campaign.debriefing.report(blind=True)
    spans = [one for one in report.course.assurances if one.asked_by == ME]
    assert len(spans) == 2
    for one in spans:
        assert (one.believed is None) is (one.answer == "none")
        assert set(one.would) == {"BOP", "BOT"}
        assert all(0.0 <= share <= 1.0 for share in one.would.values())
        standing = campaign.world.crisis(one.crisis) is not None
        assert (one.outcome == "") is standing
        assert (one.ended is None) is standing
    for form in ("text", "html", "md"):
        page = written(report, form)
        assert "Assurances: promised, believed and done" in page
        assert "asked of" in page
    told = json.loads(written(report, "json"))["course"]["assurances"]
    assert [one["giver"] for one in told if one["asked_by"] == ME] == [one.giver for one in spans]


@pytest.mark.parametrize("size", SIZES)
async def test_a_tab_of_the_debrief_tells_what_was_asked_answered_believed_and_done(
    size: Any,
) -> None:
    campaign = asked()
    report = campaign.debriefing.report(blind=True)
    given = report.course.assurances
    screen = DebriefScreen(campaign)
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        screen._take(report)
        await pilot.press("5")
        await settle(app, pilot)
        tab = screen.query_one(Assurances)
        shown = " ".join(str(line.render()) for line in tab.query("Static"))
        assert f"{len(given)} private answers" in " ".join(text_of(app).split())
        for one in given:
            assert f"{campaign.atlas.name(one.asked_by)} asked" in shown
            if one.believed is not None:
                assert f"{percent(one.believed)} credible" in shown
            for reading in ("BOP", "BOT"):
                assert percent(one.would[reading]) in shown
        ends = [one for one in given if one.outcome]
        assert shown.count("the answer was") == len(ends)


@pytest.mark.parametrize(
    ("outcome", "war", "did", "said"),
    [
        ("kept", True, "GMY", "1911: Stood by Germany; the answer was kept."),
        ("broken", True, None, "1911: Stood aside; the answer was broken."),
        ("lapsed", False, None, "1911: No war came; the answer was never tested."),
        ("", False, None, "the crisis was still open."),
    ],
)
def test_what_became_of_an_assurance_is_told_in_a_sentence(
    outcome: str, war: bool, did: str | None, said: str
) -> None:
    report = asked().debriefing.report(blind=True)
    dates = tuple(str(1908 + turn) for turn in range(1, 9))
    report = replace(report, course=replace(report.course, dates=dates))
    one = replace(
        report.course.assurances[0],
        outcome=outcome,
        war=war,
        did=did,
        ended=3 if outcome else None,
    )
    assert as_sentences(report, one)[-1].endswith(said)


def test_a_save_with_assurances_opens_as_it_was(tmp_path: Any) -> None:
    campaign = asked()
    path = tmp_path / "one.realpolitik.json"
    campaign.save(path, over=True)
    again = Campaign.load(path)
    assert again.history.digest == campaign.history.digest
    assert again.is_the_same_as(campaign)
