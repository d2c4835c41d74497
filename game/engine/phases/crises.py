"""Crises: demands, pledges, and the ladder that either side can leave (RULES, The turn)."""

from collections.abc import Mapping
from dataclasses import replace

from game.engine.phases.treaty_changes import leave
from game.engine.turn_context import Declaration, TurnContext, question_id
from game.world.legality import (
    CALMEST_THAT_FIGHTS,
    is_neighbour,
    refusal,
    within_reach,
)
from game.world.model import ULTIMATUM, Crisis, World
from game.world.orders import Demand
from game.world.questions import Answer, CrisisQuestion, PledgeQuestion


def crises(context: TurnContext) -> None:
    """Open crises, publish pledges, then up to three exchanges; those that end in war go on."""
    _prune(context)
    opened = _open(context)
    _pledges(context, opened)
    most = 1 if context.world.atlas.step == "month" else context.rules.crisis_exchanges
    frozen: set[int] = set()
    for exchange in range(1, most + 1):
        moving = [crisis for crisis in context.world.crises if crisis.id not in frozen]
        if not moving:
            break
        answers = context.ask(
            CrisisQuestion(
                question_id("crisis", crisis.id, exchange, asked),
                asked,
                other,
                crisis.id,
                exchange,
                ("yield", "hold", "climb")
                if _may_climb_in(context.world, crisis, asked, other)
                else ("yield", "hold"),
            )
            for crisis in moving
            for asked, other in ((crisis.by, crisis.of), (crisis.of, crisis.by))
        )
        for crisis in moving:
            if _exchange(context, crisis, exchange, answers):
                frozen.add(crisis.id)
    _fade(context)


def _may_climb_in(world: World, crisis: Crisis, state: str, other: str) -> bool:
    """Whether a side of a crisis may take it a rung higher.

    From an ultimatum only who made the demand: the other has refused it by holding, and begins no
    war by that.
    """
    refuses = crisis.rung >= ULTIMATUM and state == crisis.of
    return not refuses and may_climb(world, state, other)


def may_climb(world: World, state: str, other: str) -> bool:
    """Whether a state may mobilise against another: not from the calmest postures, nor too far."""
    able = world.state(state).posture >= CALMEST_THAT_FIGHTS
    comrades = any(other in war.friends(state) for war in world.wars)
    return able and not comrades and within_reach(world, state, other)


def _prune(context: TurnContext) -> None:
    """A crisis whose stake is gone, or whose sides are at war or no more, is over without cost."""
    for crisis in context.world.crises:
        if context.world.at_war(crisis.by, crisis.of) or not _stands(context.world, crisis):
            _withdraw(context, crisis)


def _stands(world: World, crisis: Crisis) -> bool:
    if not (world.state(crisis.by).alive and world.state(crisis.of).alive):
        return False
    if crisis.stake == "cede":
        last = len(world.owned(crisis.of)) == 1
        return world.province(crisis.subject).owner == crisis.of and not last
    if crisis.stake == "renounce":
        treaty = world.treaty(int(crisis.subject))
        return treaty is not None and crisis.of in treaty.parties
    return world.state(crisis.of).posture > 0


def _open(context: TurnContext) -> list[Crisis]:
    """Each demand that still stands opens a crisis; of two that cross, one, by rank and draw."""
    demands = sorted(
        context.ordered(Demand),
        key=lambda item: (
            item[1],
            context.chance("demand", item[0], item[2].of),
            item[0],
            item[2].of,
        ),
    )
    opened = []
    for who, _, demand in demands:
        refused = refusal(context.world, who, demand)
        if refused is not None:
            context.emit("order_refused", who, witnesses=(), order="demand", reason=refused.code)
            continue
        crisis = Crisis(
            context.new_id(),
            who,
            demand.of,
            demand.stake,
            demand.subject,
            demand.interest(context.world, who),
            context.world.turn,
        )
        context.put_crisis(crisis)
        rules = context.rules
        context.rest(who, demand.of, demand=rules.demand_rest, demanded=rules.asking_remembered)
        context.emit(
            "demand_made",
            who,
            demand.of,
            crisis=crisis.id,
            stake=crisis.stake,
            subject=crisis.subject,
            interest=crisis.interest,
        )
        opened.append(crisis)
    return opened


def _pledges(context: TurnContext, opened: list[Crisis]) -> None:
    """Third parties stand by one side in public, or by none, before the first exchange."""
    asked = {
        question_id("pledge", crisis.id, state): PledgeQuestion(
            question_id("pledge", crisis.id, state), state, crisis.by, crisis.of, crisis.id, options
        )
        for crisis in opened
        for state, options in bystanders(context.world, crisis)
    }
    answers = context.ask(asked.values())
    for key, question in asked.items():
        side = answers[key]
        crisis = context.world.crisis(question.crisis)
        if crisis is None or not isinstance(side, str) or side == "none":
            continue
        context.put_crisis(replace(crisis, pledges=(*crisis.pledges, (question.asked, side))))
        against = crisis.of if side == crisis.by else crisis.by
        context.emit("pledge_made", question.asked, side, crisis=crisis.id, against=against)


def bystanders(world: World, crisis: Crisis) -> list[tuple[str, tuple[str, ...]]]:
    """Who is asked for a pledge, with the options open to it.

    Treaty partners of either side, great powers in reach of either, neighbours of the target;
    nobody stands by one whom it fights, nor against a comrade.
    """
    sides = (crisis.by, crisis.of)
    found = []
    for state in world.playing():
        if state in sides:
            continue
        partner = any(
            side in treaty.parties for treaty in world.treaties_of(state) for side in sides
        )
        strong = world.state(state).great and any(
            within_reach(world, state, side) for side in sides
        )
        if not (partner or strong or is_neighbour(world, state, crisis.of)):
            continue
        friends = {friend for war in world.wars_of(state) for friend in war.friends(state)}
        open_to = tuple(
            side
            for side, other in (sides, sides[::-1])
            if not world.at_war(state, side) and other not in friends
        )
        if open_to:
            found.append((state, ("none", *open_to)))
    return found


def _exchange(
    context: TurnContext, crisis: Crisis, exchange: int, answers: Mapping[str, Answer]
) -> bool:
    """Carry out one exchange; True if the crisis now rests until next turn."""
    by = answers[question_id("crisis", crisis.id, exchange, crisis.by)]
    of = answers[question_id("crisis", crisis.id, exchange, crisis.of)]
    now = context.world.crisis(crisis.id)
    if now is None or context.world.at_war(crisis.by, crisis.of) or not _stands(context.world, now):
        if now is not None:
            _withdraw(context, now)
        return False
    if by == "yield":
        lost = context.rules.resolve_back_down[min(now.rung, ULTIMATUM)]
        context.adjust(crisis.by, resolve=-lost)
        _withdraw(context, now)
    elif of == "yield":
        _yield(context, now)
    elif "climb" in (by, of):
        climbers = [side for side, way in ((crisis.by, by), (crisis.of, of)) if way == "climb"]
        _climb(context, now, climbers)
    else:
        context.emit("crisis_held", crisis.by, crisis.of, crisis=crisis.id, rung=now.rung)
        return True
    return False


def _close(context: TurnContext, crisis: Crisis, how: str) -> None:
    context.drop_crisis(crisis.id)
    context.emit(
        how,
        crisis.by,
        crisis.of,
        crisis=crisis.id,
        stake=crisis.stake,
        subject=crisis.subject,
        rung=crisis.rung,
    )


def _withdraw(context: TurnContext, crisis: Crisis) -> None:
    _close(context, crisis, "demand_withdrawn")


def _yield(context: TurnContext, crisis: Crisis) -> None:
    """The target gives way: the stake, and some resolve."""
    _close(context, crisis, "demand_yielded")
    context.adjust(crisis.of, resolve=-context.rules.resolve_yield)
    if crisis.stake == "cede":
        native = context.world.atlas.place(crisis.subject).owner == crisis.by
        context.change_province(
            crisis.subject,
            owner=crisis.by,
            holder=crisis.by,
            annexed=-1 if native else context.world.turn,
        )
        context.emit("province_ceded", crisis.of, crisis.by, province=crisis.subject)
    elif crisis.stake == "renounce":
        treaty = context.world.treaty(int(crisis.subject))
        if treaty is not None:
            leave(context, treaty, crisis.of, "demand")
    else:
        before = context.world.state(crisis.of).posture
        context.change_state(crisis.of, posture=before - 1)
        context.emit("posture_changed", crisis.of, step=before - 1, before=before)


def _climb(context: TurnContext, crisis: Crisis, climbers: list[str]) -> None:
    """One rung up, whoever climbs; from an ultimatum it is war, and who climbed attacks.

    Where both climb into war, the one who made the demand attacks.
    """
    rung = crisis.rung + 1
    for climber in climbers:
        other = crisis.of if climber == crisis.by else crisis.by
        context.emit("crisis_climbed", climber, other, crisis=crisis.id, rung=rung)
        if not context.world.state(climber).mobilised:
            context.change_state(climber, mobilised=True)
            context.emit("mobilised", climber, other, crisis=crisis.id)
    if crisis.rung < ULTIMATUM:
        context.put_crisis(replace(crisis, rung=rung))
        return
    context.drop_crisis(crisis.id)
    attacker = climbers[0]
    target = crisis.of if attacker == crisis.by else crisis.by
    aim = crisis.subject if crisis.stake == "cede" and attacker == crisis.by else ""
    context.declarations.append(Declaration(attacker, target, aim, False, -1, crisis.pledges))


def _fade(context: TurnContext) -> None:
    """A crisis that nobody resolves within some turns is forgotten, without cost."""
    for crisis in context.world.crises:
        if context.world.turn - crisis.since >= context.rules.crisis_fades:
            _withdraw(context, crisis)
