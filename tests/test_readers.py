"""Players that learn from what they see: the reader's beliefs, and what `follow` takes."""

from game import Campaign, load_map
from game.campaign.policy import play_out
from game.lab.players import Planner, policy
from game.lab.players.readers import Follow, Reader, copy_evidence
from game.world.questions import SILENCE

FIVE = load_map("five-crowns")


def begun(turns: int = 6, **named: object) -> Campaign:
    return Campaign.new(FIVE, player="ALD", seed=3, turns=turns, **named)  # type: ignore[arg-type]


def test_the_reader_starts_at_even_and_moves_with_what_it_sees() -> None:
    campaign = begun()
    reader = policy("reader", {"KHA": "BOP", "OMB": "BOT"})
    assert isinstance(reader, Reader)
    reader.orders(campaign)
    assert set(reader.assumed.values()) == {0.5}
    assert set(reader.assumed) == {"OMB", "VOR", "SAR", "KHA"}
    play_out(campaign, reader)
    estimates = campaign.branch(6).adviser.doctrine_estimates(list(reader.assumed))
    assert reader.assumed == {state: one.power for state, one in estimates.items()}
    assert any(abs(held - 0.5) > 0.1 for held in reader.assumed.values())


def test_what_the_reader_assumes_does_not_depend_on_what_is_sealed() -> None:
    """Two campaigns that look alike so far, with opposite doctrines, are read alike."""
    read = []
    for doctrine in ("BOP", "BOT"):
        campaign = begun(doctrines=dict.fromkeys(("OMB", "VOR", "SAR", "KHA"), doctrine))
        read.append((copy_evidence(campaign), dict(campaign.notebook.now)))
    assert read[0] == read[1]
    told = [policy("reader", {"KHA": held}) for held in ("BOP", "BOT")]
    assert all(isinstance(one, Planner) and one.assumed == {} for one in told)


def test_follow_writes_the_evidence_and_takes_the_best_valued_answer() -> None:
    campaign, follow = begun(), Follow()
    asked = 0
    while not campaign.over:
        given = follow.orders(campaign)
        rivals = list(campaign.notebook.now)
        if campaign.history.turns:
            estimates = campaign.adviser.doctrine_estimates(rivals)
            assert campaign.notebook.now == {name: one.power for name, one in estimates.items()}
        campaign.submit([order for order in given if campaign.refusal(order) is None][:1])
        while questions := campaign.questions():
            answers = follow.answer(campaign, questions)
            for question in questions:
                gains = {
                    option: sum(campaign.adviser.answer_gain(question, option).values())
                    for option in question.options
                }
                assert gains[str(answers[question.id])] == max(gains.values())
                asked += 1
            silent = {question.id: SILENCE[question.kind] for question in questions}
            campaign.answer({**silent, **answers})
    assert asked
