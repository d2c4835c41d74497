"""Wars: they begin, draw others in, are fought, and end; none runs for ever."""

from collections.abc import Mapping

from game.engine.phases.battles import fight
from game.engine.phases.calls import gather
from game.engine.phases.peace import conclude, white_peace
from game.engine.phases.treaty_changes import tear_up
from game.engine.turn_context import Declaration, TurnContext, question_id
from game.world.legality import refusal
from game.world.model import ULTIMATUM, Crisis, War, World
from game.world.orders import DeclareWar
from game.world.peace_terms import surrender
from game.world.questions import PeaceQuestion
from game.world.rules import BP


def wars(context: TurnContext) -> None:
    """Begin wars, call and gather belligerents, fight, and end what cannot go on."""
    begun = _begin(context)
    gather(context, begun)
    fight(context)
    _weary(context)
    _surrenders(context)
    _end_by_themselves(context)


def _begin(context: TurnContext) -> Mapping[int, Declaration]:
    """Wars from ultimatums, then the declared ones, by rank and keyed draw; by their numbers."""
    declared = list(context.declarations)
    for who, rank, order in context.ordered(DeclareWar):
        crisis = standing_ultimatum(context.world, who, order.on)
        pledges = crisis.pledges if crisis is not None else ()
        declared.append(Declaration(who, order.on, order.aim, crisis is None, rank, pledges))
    declared.sort(key=lambda war: (war.rank, context.chance("war", war.by, war.on), war.by, war.on))
    begun: dict[int, Declaration] = {}
    for war in declared:
        if refusal(context.world, war.by, DeclareWar(war.on, war.aim)) is None:
            begun[_declare(context, war)] = war
    return begun


def standing_ultimatum(world: World, who: str, on: str) -> Crisis | None:
    """The crisis of two states that stands at an ultimatum; None where a war would surprise."""
    for crisis in world.crises:
        if {crisis.by, crisis.of} == {who, on} and crisis.rung >= ULTIMATUM:
            return crisis
    return None


def _declare(context: TurnContext, declared: Declaration) -> int:
    """One war begins. A surprise costs the attacker's name (RULES, War); returns its number."""
    number = context.new_id()
    turn = context.world.turn
    context.put_war(
        War(
            number,
            (declared.by,),
            (declared.on,),
            turn,
            declared.aim,
            declared.surprise,
            last_battle=turn,
            opened_by=declared.by,
            opened_on=declared.on,
        )
    )
    context.emit(
        "war_declared",
        declared.by,
        declared.on,
        war=number,
        aim=declared.aim,
        surprise=int(declared.surprise),
    )
    if declared.surprise:
        context.adjust(declared.by, reliability=-context.rules.reliability_surprise_war)
    context.rest(declared.on, declared.by, wronged=context.rules.wrong_remembered)
    tear_up(context, declared.by, declared.on)
    for crisis in context.world.crises:
        if {crisis.by, crisis.of} == {declared.by, declared.on}:
            context.drop_crisis(crisis.id)
    for state in (declared.by, declared.on):
        context.change_state(state, mobilised=True)
    return number


def _weary(context: TurnContext) -> None:
    """Every turn of war wears its belligerents."""
    for state in context.world.living():
        if context.world.wars_of(state.id):
            context.adjust(state.id, exhaustion=context.rules.exhaustion_turn)


def _surrenders(context: TurnContext) -> None:
    """A state wholly held by its enemies can go on no more, and offers what it must.

    Not in the turn in which it entered. The enemy's leader is asked; if it declines, it may
    dictate terms of its own next turn.
    """
    asked: dict[str, PeaceQuestion] = {}
    entered = {event.actor for event in context.events if event.kind == "war_joined"}
    for war in context.world.wars:
        for loser in (*war.attackers, *war.defenders):
            if loser not in entered and _is_lost(context.world, war, loser):
                context.adjust(loser, exhaustion=BP)
                winner = war.enemies(loser)[0]
                key = question_id("surrender", war.id, loser)
                terms = surrender(context.world, war, loser, winner)
                asked[key] = PeaceQuestion(key, winner, loser, war.id, terms)
    answers = context.ask(asked.values())
    made = [question for key, question in asked.items() if answers[key] == "accept"]
    made.sort(key=lambda peace: (context.chance("surrender", peace.by, peace.war), peace.id))
    for peace in made:
        now = context.world.war(peace.war)
        if now is not None and _is_lost(context.world, now, peace.by):
            conclude(context, now.id, peace.by, now.enemies(peace.by)[0], peace.terms)


def _is_lost(world: World, war: War, state: str) -> bool:
    owned = world.owned(state)
    enemies = war.enemies(state)
    return (
        bool(owned)
        and any(province.holder in enemies for province in owned)
        and all(world.at_war(province.holder, state) for province in owned)
    )


def _end_by_themselves(context: TurnContext) -> None:
    """Leaders both wholly exhausted, or no battle for some turns: a war ends as it began."""
    for war in context.world.wars:
        leaders = (war.attackers[0], war.defenders[0])
        spent = all(context.world.state(leader).exhaustion >= BP for leader in leaders)
        if spent or context.world.turn - war.last_battle >= context.rules.war_fizzles:
            white_peace(context, war)
