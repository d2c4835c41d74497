"""Wars: they begin, draw others in, are fought, and end; none runs for ever."""

from collections.abc import Mapping

from game.engine.desk import Declaration, Desk, question_id
from game.engine.phases.battles import fight
from game.engine.phases.calls import gather
from game.engine.phases.peace import conclude, white_peace
from game.engine.phases.treaties import tear_up
from game.world.legality import refusal
from game.world.model import ULTIMATUM, Crisis, War, World
from game.world.orders import DeclareWar
from game.world.peace import surrender
from game.world.questions import PeaceQuestion
from game.world.rules import BP


def wars(desk: Desk) -> None:
    """Begin wars, call and gather belligerents, fight, and end what cannot go on."""
    begun = _begin(desk)
    gather(desk, begun)
    fight(desk)
    _weary(desk)
    _surrenders(desk)
    _end_by_themselves(desk)


def _begin(desk: Desk) -> Mapping[int, Declaration]:
    """Wars from ultimatums, then the declared ones, by rank and keyed draw; by their numbers."""
    declared = list(desk.declarations)
    for who, rank, order in desk.ordered(DeclareWar):
        crisis = standing_ultimatum(desk.world, who, order.on)
        pledges = crisis.pledges if crisis is not None else ()
        declared.append(Declaration(who, order.on, order.aim, crisis is None, rank, pledges))
    declared.sort(key=lambda war: (war.rank, desk.chance("war", war.by, war.on), war.by, war.on))
    begun: dict[int, Declaration] = {}
    for war in declared:
        if refusal(desk.world, war.by, DeclareWar(war.on, war.aim)) is None:
            begun[_declare(desk, war)] = war
    return begun


def standing_ultimatum(world: World, who: str, on: str) -> Crisis | None:
    """The crisis of two states that stands at an ultimatum; None where a war would surprise."""
    for crisis in world.crises:
        if {crisis.by, crisis.of} == {who, on} and crisis.rung >= ULTIMATUM:
            return crisis
    return None


def _declare(desk: Desk, declared: Declaration) -> int:
    """One war begins. A surprise costs the attacker's name (RULES, War); returns its number."""
    number = desk.new_id()
    turn = desk.world.turn
    desk.put_war(
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
    desk.tell(
        "war_declared",
        declared.by,
        declared.on,
        war=number,
        aim=declared.aim,
        surprise=int(declared.surprise),
    )
    if declared.surprise:
        desk.adjust(declared.by, reliability=-desk.rules.reliability_surprise_war)
    tear_up(desk, declared.by, declared.on)
    for crisis in desk.world.crises:
        if {crisis.by, crisis.of} == {declared.by, declared.on}:
            desk.drop_crisis(crisis.id)
    for state in (declared.by, declared.on):
        desk.change_state(state, mobilised=True)
    return number


def _weary(desk: Desk) -> None:
    """Every turn of war wears its belligerents."""
    for state in desk.world.living():
        if desk.world.wars_of(state.id):
            desk.adjust(state.id, exhaustion=desk.rules.exhaustion_turn)


def _surrenders(desk: Desk) -> None:
    """A state wholly held by its enemies can go on no more, and offers what it must.

    The enemy's leader is asked; if it declines, it may dictate terms of its own next turn.
    """
    asked: dict[str, PeaceQuestion] = {}
    for war in desk.world.wars:
        for loser in (*war.attackers, *war.defenders):
            if _is_lost(desk.world, war, loser):
                desk.adjust(loser, exhaustion=BP)
                winner = war.enemies(loser)[0]
                key = question_id("surrender", war.id, loser)
                terms = surrender(desk.world, war, loser, winner)
                asked[key] = PeaceQuestion(key, winner, loser, war.id, terms)
    answers = desk.ask(asked.values())
    made = [question for key, question in asked.items() if answers[key] == "accept"]
    made.sort(key=lambda peace: (desk.chance("surrender", peace.by, peace.war), peace.id))
    for peace in made:
        now = desk.world.war(peace.war)
        if now is not None and _is_lost(desk.world, now, peace.by):
            conclude(desk, now.id, peace.by, now.enemies(peace.by)[0], peace.terms)


def _is_lost(world: World, war: War, state: str) -> bool:
    owned = world.owned(state)
    enemies = war.enemies(state)
    return (
        bool(owned)
        and any(province.holder in enemies for province in owned)
        and all(world.at_war(province.holder, state) for province in owned)
    )


def _end_by_themselves(desk: Desk) -> None:
    """Leaders both wholly exhausted, or no battle for some turns: a war ends as it began."""
    for war in desk.world.wars:
        leaders = (war.attackers[0], war.defenders[0])
        spent = all(desk.world.state(leader).exhaustion >= BP for leader in leaders)
        if spent or desk.world.turn - war.last_battle >= desk.rules.war_fizzles:
            white_peace(desk, war)
