"""Making peace: the terms carried out, a war ended or one belligerent out of it."""

from dataclasses import replace

from game.engine.turn_context import TurnContext
from game.world.capability import capability
from game.world.coalitions import strongest
from game.world.events import Fact
from game.world.legality import purse
from game.world.model import War
from game.world.orders import PeaceTerms
from game.world.peace_terms import parties_for
from game.world.public_finance import UPKEEP_PER, revenue
from game.world.rules import BP


def conclude(
    context: TurnContext, number: int, proposer: str, other: str, terms: PeaceTerms
) -> None:
    """Peace between two enemies: between leaders it ends the war, else one leaves it."""
    war = context.world.war(number)
    if war is None:
        return
    leaders = (war.attackers[0], war.defenders[0])
    whole = proposer in leaders and other in leaders
    context.emit(
        "peace_made",
        proposer,
        other,
        war=number,
        takes=terms.takes,
        gives=terms.gives,
        indemnity=terms.indemnity,
        disarm=int(terms.disarm),
        restores=terms.restores,
        separate=int(not whole),
    )
    if terms.indemnity:
        payer, paid = (other, proposer) if terms.indemnity > 0 else (proposer, other)
        _indemnity(context, payer, paid, abs(terms.indemnity))
    for province in terms.takes:
        annex(context, province, _taker(context, war, province, proposer))
    for province in terms.gives:
        annex(context, province, _taker(context, war, province, other))
    if terms.disarm:
        _disarm(context, other)
    for dead in terms.restores:
        restore(context, dead, proposer, parties_for(war, other, proposer))
    if whole:
        end_war(context, war)
        return
    quitter = other if proposer in leaders else proposer
    _desert(context, war, quitter)
    quit_war(context, war, quitter)


def _desert(context: TurnContext, war: War, quitter: str) -> None:
    """Who leaves its comrades to fight on is believed less; nobody blames the exhausted."""
    spent = context.world.state(quitter).exhaustion > context.rules.exhaustion_must_answer
    if war.friends(quitter) and not spent:
        context.adjust(quitter, reliability=-context.rules.reliability_separate_peace)


def restore(context: TurnContext, dead: str, by: str, owners: tuple[str, ...]) -> None:
    """A dead state lives again on what some own of its land, with a small army and no money.

    Men: its army is raised from the people it gets back.
    """
    world = context.world
    back = [
        (place.id, province.owner)
        for place, province in zip(world.atlas.provinces, world.provinces, strict=True)
        if place.owner == dead and province.owner in owners
    ]
    if world.state(dead).alive or not back:
        return
    for province, _ in back:
        context.change_province(province, owner=dead, holder=dead, annexed=-1)
    rules = context.rules
    context.change_state(
        dead,
        alive=True,
        resolve=rules.resolve_start,
        reliability=rules.reliability_start,
        exhaustion=0,
        invested=0,
    )
    keeps = revenue(context.world, dead) * rules.restored_army // BP
    army = keeps * UPKEEP_PER // max(1, world.atlas.sheet(dead).army_upkeep)
    context.change_state(dead, army=army)
    facts: dict[str, Fact] = {"from": back[0][1]}
    context.emit("state_restored", dead, by, None, **facts)
    context.emit("forces_raised", dead, army=army, fleet=0)


def _taker(context: TurnContext, war: War, province: str, maker: str) -> str:
    """Who gets a province that a peace moves: of the side that makes it, whoever lost or won it.

    What was taken from a comrade goes back to it. So spoils go by contribution; what nobody won
    goes to the one who makes the peace, the leader's share, and the war's aim to the one who began
    it (THEORY T6, p. 48).
    """
    holder = context.world.province(province).holder
    comrades = war.friends(maker)
    native = context.world.atlas.place(province).owner
    if native in comrades:
        return native
    if province == war.aim:
        return war.opener if war.opener in comrades else maker
    return holder if holder in comrades else maker


def annex(context: TurnContext, province: str, taker: str) -> None:
    """A province passes to a new owner by right of conquest; its own lost land comes back whole."""
    before = context.world.province(province).owner
    native = context.world.atlas.place(province).owner == taker
    annexed = -1 if native else context.world.turn
    context.change_province(province, owner=taker, holder=taker, annexed=annexed)
    facts: dict[str, Fact] = {"province": province, "from": before}
    context.emit("province_annexed", taker, before, None, **facts)


def _indemnity(context: TurnContext, payer: str, paid: str, share: int) -> None:
    """A share of a turn's revenue, as far as the payer's purse reaches."""
    due = revenue(context.world, payer) * share // BP
    amount = min(due, purse(context.world, payer))
    context.pay({payer: -amount, paid: amount})


def _disarm(context: TurnContext, state: str) -> None:
    """Half the army goes home."""
    army = context.world.state(state).army
    context.change_state(state, army=army - army // 2)
    context.emit("forces_disbanded", state, army=army // 2, fleet=0)


def end_war(context: TurnContext, war: War) -> None:
    """A war is over for all: a truce holds, occupied land goes back."""
    for attacker in war.attackers:
        for defender in war.defenders:
            _truce(context, attacker, defender)
    context.drop_war(war.id)
    context.emit("war_ended", war.attackers[0], war.defenders[0], war=war.id)
    give_back(context)


def quit_war(context: TurnContext, war: War, state: str) -> None:
    """One belligerent is out of a war; if its side is empty, the war is over."""
    if not war.friends(state):
        end_war(context, war)
        return
    for enemy in war.enemies(state):
        _truce(context, state, enemy)
    context.put_war(war.without(state))
    led = state in (war.attackers[0], war.defenders[0])
    follow_the_strongest(context, war.id, (war.side(state), state) if led else None)
    give_back(context)


def follow_the_strongest(
    context: TurnContext, number: int, gone: tuple[str, str] | None = None
) -> None:
    """The lead of each side passes to its strongest member (THEORY W12, p. 47).

    From a leader that is there, only where a comrade is clearly stronger, so that equals do not
    take it by turns; from one that is `gone` (side, who), to the strongest of the rest.
    """
    war = context.world.war(number)
    if war is None:
        return
    shares, index = capability(context.world), context.world.atlas.state_index
    for side in ("attackers", "defenders"):
        members = war.attackers if side == "attackers" else war.defenders
        best, first = strongest(context.world, members), members[0]
        if gone is not None and gone[0] == side:
            first = gone[1]
        elif int(shares[index[best]]) * BP < int(shares[index[first]]) * context.rules.leads_at:
            continue
        if best != first:
            war = war.led_by(best)
            context.put_war(war)
            context.emit("lead_passed", best, first, war=number, side=side)


def white_peace(context: TurnContext, war: War) -> None:
    """A war that nobody can or will go on with ends as it began."""
    conclude(context, war.id, war.attackers[0], war.defenders[0], PeaceTerms())


def give_back(context: TurnContext) -> None:
    """Occupied land goes back to its owner where the two are no longer at war."""
    world = context.world
    if all(province.holder == province.owner for province in world.provinces):
        return
    provinces = tuple(
        province
        if province.holder == province.owner or world.at_war(province.holder, province.owner)
        else replace(province, holder=province.owner)
        for province in world.provinces
    )
    if provinces != world.provinces:
        context.change(provinces=provinces)


def _truce(context: TurnContext, first: str, second: str) -> None:
    one, other = sorted((first, second))
    context.rest(one, other, truce=context.rules.truce)
