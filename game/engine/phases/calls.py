"""Who else goes to war: calls in waves until nobody new joins, and bystanders who choose a side.

An obligation falls due by itself, from who entered the war against whom (casus foederis).
"""

from collections.abc import Mapping
from dataclasses import replace

from game.engine.phases.peace import follow_the_strongest
from game.engine.phases.treaty_changes import leave, tear_up
from game.engine.turn_context import Declaration, TurnContext, question_id
from game.world.coalitions import PLEDGE, Claim, bystanders, falls_due, may_enter
from game.world.events import Fact
from game.world.model import War
from game.world.questions import CallQuestion, JoinQuestion

Fresh = dict[int, tuple[str, ...]]
"""By war: who has just entered it."""


def gather(context: TurnContext, begun: Mapping[int, Declaration]) -> None:
    """Calls in waves; then bystanders choose; and again, until nobody new joins.

    So alliances chain states into wars (THEORY S11, p. 46). Then the strongest of each side leads
    it (THEORY W12, p. 47).
    """
    fresh: Fresh = {number: (war.by,) for number, war in begun.items()}
    pledges = {number: war.pledges for number, war in begun.items()}
    while True:
        fresh = _calls(context, fresh, pledges)
        pledges = {}
        if not fresh:
            fresh = _joins(context)
        if not fresh:
            break
    for war in context.world.wars:
        follow_the_strongest(context, war.id)


def _calls(
    context: TurnContext, fresh: Fresh, pledges: Mapping[int, tuple[tuple[str, str], ...]]
) -> Fresh:
    """Ask all whose obligations or pledges fall due; who honours them enters."""
    asked: dict[str, tuple[CallQuestion, Claim]] = {}
    for number, newcomers in fresh.items():
        war = context.world.war(number)
        if war is None:
            continue
        claims = falls_due(context.world, war, newcomers, pledges.get(number, ()))
        for state, claim in claims.items():
            key = question_id("call", number, state)
            question = CallQuestion(key, state, claim.partner, number, claim.enemy, claim.treaty)
            asked[key] = (question, claim)
            context.emit(
                "call_made",
                claim.partner,
                state,
                war=number,
                enemy=claim.enemy,
                treaty=claim.treaty,
            )
        context.put_war(replace(war, asked=(*war.asked, *claims)))
    answers = context.ask(question for question, _ in asked.values())
    entered: Fresh = {}
    for key in sorted(asked, key=lambda key: (context.chance("call", key), key)):
        question, claim = asked[key]
        war = context.world.war(question.war)
        if war is None:
            continue
        side = war.side(claim.partner)
        facts: dict[str, Fact] = {"war": war.id, "enemy": claim.enemy, "treaty": claim.treaty}
        if (
            answers[key] == "honour"
            and side
            and may_enter(context.world, war, question.asked, side)
        ):
            context.emit("call_honoured", question.asked, claim.partner, None, **facts)
            context.adjust(question.asked, reliability=context.rules.reliability_honoured_call)
            enter(context, war, question.asked, side)
            entered[war.id] = (*entered.get(war.id, ()), question.asked)
        elif answers[key] != "honour":
            context.emit("call_refused", question.asked, claim.partner, None, **facts)
            _refused(context, question.asked, claim)
    return entered


def _refused(context: TurnContext, state: str, claim: Claim) -> None:
    """Who refuses what it owes is believed less, and has broken the treaty.

    Its signature said little of what it would do; its conduct says it (THEORY T14, p. 48).
    """
    context.adjust(state, reliability=-context.rules.reliability_refused_call)
    if claim.treaty == PLEDGE:
        context.adjust(state, resolve=-context.rules.resolve_back_down[0])
        return
    treaty = context.world.treaty(claim.treaty)
    if treaty is not None and state in treaty.parties:
        leave(context, treaty, state, "refused", broken=True)


def enter(context: TurnContext, war: War, state: str, side: str) -> None:
    """A state enters a war: it mobilises, and every treaty with an enemy is torn up."""
    joined = war.joined(state, side)
    context.put_war(joined)
    context.emit("war_joined", state, joined.enemies(state)[0], war=war.id, side=side)
    context.change_state(state, mobilised=True)
    for enemy in joined.enemies(state):
        tear_up(context, state, enemy)


def _joins(context: TurnContext) -> Fresh:
    """Bystanders in reach choose a side or none: for security or for spoils (THEORY T6, p. 48)."""
    asked: dict[str, JoinQuestion] = {}
    for war in context.world.wars:
        attacker, defender = war.attackers[0], war.defenders[0]
        for state, options in bystanders(context.world, war):
            key = question_id("join", war.id, state)
            asked[key] = JoinQuestion(key, state, attacker, defender, war.id, options)
    cooldowns = dict(context.world.cooldowns)
    until = context.world.turn + context.rules.join_rest
    for question in asked.values():
        cooldowns["join", question.asked, str(question.war)] = until
    if asked:
        context.change(cooldowns=cooldowns)
    answers = context.ask(asked.values())
    entered: Fresh = {}
    for key in sorted(asked, key=lambda key: (context.chance("join", key), key)):
        question, side = asked[key], answers[key]
        joined = context.world.war(question.war)
        if joined is None or not isinstance(side, str) or side == "none":
            continue
        if may_enter(context.world, joined, question.asked, side):
            enter(context, joined, question.asked, side)
            entered[joined.id] = (*entered.get(joined.id, ()), question.asked)
    return entered
