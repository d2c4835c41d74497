"""Makes one sentence of each event."""

from collections.abc import Callable

from game.words import army, fleet, money, percent
from game.words.assurance_words import (
    broken_sentence,
    given_sentence,
    kept_sentence,
    lapsed_sentence,
)
from game.words.causes import (
    STATED,
    WHY_BROKEN,
    WHY_DEMANDED,
    WHY_ENDED,
    WHY_LEFT,
)
from game.words.event_weights import weight
from game.words.facts import Facts
from game.words.grammar import Speech, counted, listed, sentence
from game.words.order_labels import ORDER_WORDS
from game.words.phrases import (
    MEANS,
    PLOTS,
    RUNG_STEPS,
    pact_name,
    posture,
    rung,
    whose_place,
)
from game.words.refusal_sentences import WHY_REFUSED
from game.world.atlas import Atlas
from game.world.events import Event
from game.world.rules import BP

__all__ = ["describe_event", "weight"]


def describe_event(event: Event, atlas: Atlas, me: str | None = None) -> str:
    """An event as one sentence, addressed to `me` ("You ...") or, if None, to nobody.

    It says what the event records and nothing else. Raises KeyError for an unknown kind.
    """
    return sentence(TELL[event.kind](Facts(event, Speech(atlas, you=me))))


def _why(table: dict[str, str], code: str) -> str:
    return table.get(code, code.replace("_", " "))


def _pair(facts: Facts) -> str:
    return facts.speech.both(facts.event.actor, facts.event.target)


def _bare_pact(facts: Facts) -> str:
    return pact_name(facts.names("obligations"))


def _named_pact(facts: Facts) -> str:
    against = f" against {facts.party('against')}" if facts.text("against") else ""
    return f"{_bare_pact(facts)}{against}"


def _with(facts: Facts) -> str:
    joint = "of" if _is_guarantee(facts) else "with"
    return f" {joint} {facts.target}" if facts.event.target else ""


def _is_guarantee(facts: Facts) -> bool:
    return facts.names("obligations") == ("guarantee",)


def _treaty_signed(facts: Facts) -> str:
    if facts.number("renews") == facts.number("treaty") != 0:
        return f"{facts.target:joins} {facts.actor:'s} {_named_pact(facts)}"
    verb = "renew" if facts.number("renews") else "sign"
    return f"{_pair(facts)} {verb} {facts.full_pact}"


def _notice_given(facts: Facts) -> str:
    given = f"{facts.actor:gives} notice of {facts.actor:its} {_bare_pact(facts)}{_with(facts)}"
    return given + _stated(facts.text("why"))


def _stated(why: str) -> str:
    """The reason that a state stated for leaving, if it stated one."""
    return f", stating {STATED[why]}" if why in STATED else ""


def _treaty_ended(facts: Facts) -> str:
    why = facts.text("why")
    if why in WHY_LEFT or why in STATED:
        left = f"{facts.actor:leaves} {facts.actor:its} {_bare_pact(facts)}{_with(facts)}"
        return f"{left}{_stated(why)}" if why in STATED else f"{left}, {WHY_LEFT[why]}"
    because = f": {_why(WHY_ENDED, why)}" if why else ""
    if _is_guarantee(facts):
        return f"{facts.actor:'s} guarantee{_with(facts)} ends{because}"
    for party, other in ((facts.actor, facts.target), (facts.target, facts.actor)):
        if party.person:
            return f"{party:'s} {_bare_pact(facts)} with {other} ends{because}"
    return f"The {_bare_pact(facts)} of {_pair(facts)} ends{because}"


def _treaty_broken(facts: Facts) -> str:
    stated = _stated(facts.text("why"))
    why = _why(WHY_BROKEN, "breach" if stated else facts.text("why")) + stated
    broken = f"{facts.actor:breaks} {facts.actor:its} {_bare_pact(facts)}{_with(facts)}"
    return f"{broken}{f', {why}' if why else ''}"


def _guarantee_withdrawn(facts: Facts) -> str:
    why = facts.text("why")
    left = f"{facts.actor:withdraws} {facts.actor:its} guarantee of {facts.target}"
    return f"{left}, {WHY_LEFT[why]}" if why in WHY_LEFT else f"{left}: {_why(WHY_ENDED, why)}"


def _offer_told(facts: Facts) -> str:
    offer = f"{facts.party('by'):'s} offer of {facts.short_pact}"
    return f"{facts.actor:tells} {facts.target} of {offer}"


def _talks_reported(facts: Facts) -> str:
    held, heard = facts.number("held"), facts.number("heard")
    people = f"{facts.actor:'s} people in {facts.target:land}"
    if not held:
        return f"{people} report that nothing is being negotiated there with others"
    if heard == held:
        whole = {1: "the one talk", 2: "both talks"}.get(held, f"all {held} talks")
        return f"{people} hear {whole} held there with others"
    if held == 1:
        return f"{people} hear nothing of the one talk held there with others"
    return f"{people} hear {heard or 'none'} of {held} talks held there with others"


def _treaty_leaked(facts: Facts) -> str:
    if facts.event.witnesses is None:
        return f"It leaks that {_pair(facts)} have signed a secret {_named_pact(facts)}"
    signed = f"{facts.target:has} signed a secret {_named_pact(facts)}"
    return f"{facts.actor:'s} people discover that {signed}"


def _demand_made(facts: Facts) -> str:
    if facts.text("stake") == "renounce" and facts.text("interest") == "treaty":
        against = f"{facts.target:its} treaty against {facts.actor:it}"
        return f"{facts.actor:demands} that {facts.target} renounce {against}"
    stands_on = _why(WHY_DEMANDED, facts.text("interest"))
    demanded = f"{facts.actor:demands} that {facts.target} {facts.meeting(facts.event.target)}"
    return f"{demanded}{f', {stands_on}' if stands_on else ''}"


def _demand_yielded(facts: Facts) -> str:
    step = {0: "demand", 1: "mobilisation"}.get(facts.number("rung"), "ultimatum")
    met = facts.meeting(facts.event.target)
    return f"{facts.target:yields} to {facts.actor:'s} {step}, and will {met}"


def _demand_withdrawn(facts: Facts) -> str:
    after = {0: "", 1: ", after mobilisation"}.get(facts.number("rung"), ", after an ultimatum")
    demand = f"{facts.actor:its} demand on {facts.target} over {facts.stake}"
    return f"{facts.actor:lets} {demand} drop{after}"


def _crisis_held(facts: Facts) -> str:
    if not facts.event.target:
        return f"{facts.actor:holds}; the crisis stays at {rung(facts.number('rung'))}"
    return f"{_pair(facts)} both hold; the crisis stays at {rung(facts.number('rung'))}"


def _crisis_climbed(facts: Facts) -> str:
    step = RUNG_STEPS[min(max(facts.number("rung"), 0), len(RUNG_STEPS) - 1)]
    against = f" against {facts.target}" if facts.event.target else ""
    return f"{facts.actor:climbs} the ladder{against}, {step}"


def _pledge_made(facts: Facts) -> str:
    against = f" against {facts.party('against')}" if facts.text("against") else ""
    return f"{facts.actor:pledges} to stand by {facts.target}{against}, in public"


def _mobilised(facts: Facts) -> str:
    against = f" against {facts.target}" if facts.event.target else ""
    return f"{facts.actor:mobilises}{against}"


def _war_declared(facts: Facts) -> str:
    aim = f", for {facts.speech.place(facts.text('aim'))}" if facts.text("aim") else ""
    if facts.number("surprise"):
        return f"{facts.actor:attacks} {facts.target} without an ultimatum{aim}"
    return f"{facts.actor:declares} war on {facts.target}{aim}"


def _by_word(facts: Facts) -> str:
    return "pledge" if facts.number("treaty") < 0 else "treaty"


def _call_made(facts: Facts) -> str:
    word = _by_word(facts)
    return f"{facts.actor:calls} on {facts.target} to fight {facts.party('enemy')}, by {word}"


def _call_honoured(facts: Facts) -> str:
    joint = "to" if facts.number("treaty") < 0 else "with"
    to = f" {joint} {facts.target}" if facts.event.target else ""
    honoured = f"{facts.actor:honours} {facts.actor:its} {_by_word(facts)}{to}"
    return f"{honoured} and {facts.actor:/goes} to war with {facts.party('enemy')}"


def _call_refused(facts: Facts) -> str:
    whose = f"{facts.target:'s} call" if facts.event.target else "the call"
    bound = f"whatever {facts.actor:its} {_by_word(facts)} says"
    return f"{facts.actor:refuses} {whose} against {facts.party('enemy')}, {bound}"


def _war_joined(facts: Facts) -> str:
    side = facts.text("side")
    beside = f" on the side of the {side}" if side else ""
    against = f", against {facts.target}" if facts.event.target else ""
    return f"{facts.actor:enters} the war{beside}{against}"


def _lead_passed(facts: Facts) -> str:
    side = facts.text("side") or "side"
    return f"{facts.actor:leads} the {side} now, as the strongest, in {facts.target:'s} place"


def _state_restored(facts: Facts) -> str:
    land = f", on land that {facts.party('from'):gives} back" if facts.text("from") else ""
    return f"{facts.actor:is} a state again, by {facts.target:'s} peace{land}"


def _battle_fought(facts: Facts) -> str:
    atlas = facts.speech.atlas
    lost = army(facts.number("attacker_losses"), atlas)
    theirs = army(facts.number("defender_losses"), atlas)
    where = f" at {facts.speech.place(facts.text('province'))}" if facts.text("province") else ""
    chance = f"with a chance of {percent(facts.number('odds') / BP)}"
    losses = f"losses {lost} against {theirs}"
    if facts.number("won"):
        return f"{facts.actor:beats} {facts.target}{where}, {chance}: {losses}"
    beaten = f"{facts.actor:/is} beaten off"
    return f"{facts.actor:attacks} {facts.target}{where}, {chance}, and {beaten}: {losses}"


def _province_taken(facts: Facts) -> str:
    lost_by = f" from {facts.party('from')}" if facts.text("from") else ""
    return f"{facts.actor:takes} {facts.speech.place(facts.text('province'))}{lost_by}"


def _province_annexed(facts: Facts) -> str:
    lost_by = f" from {facts.party('from')}" if facts.text("from") else ""
    return f"{facts.actor:annexes} {facts.speech.place(facts.text('province'))}{lost_by}"


def _peace_offered(facts: Facts) -> str:
    moved = facts.peace
    if not moved:
        return f"{facts.actor:offers} {facts.target} a white peace: all as it was"
    return f"{facts.actor:offers} {facts.target} peace: {moved}"


def _peace_made(facts: Facts) -> str:
    kind = "a separate peace" if facts.number("separate") else "peace"
    return f"{_pair(facts)} make {kind}: {facts.peace or 'all as it was'}"


def _war_ended(facts: Facts) -> str:
    if not facts.event.target:
        return f"{facts.actor:'s} war is over"
    return f"The war between {_pair(facts)} is over"


def _penetration_made(facts: Facts) -> str:
    means = MEANS.get(facts.text("means"), f"by {facts.text('means') or 'quiet means'}")
    depth = percent(facts.number("depth") / BP)
    where = f"{facts.actor:works} inside {facts.target:land} {means}"
    return f"{where}; {facts.actor:its} reach is {depth}"


def _assessment_made(facts: Facts) -> str:
    said = f"{facts.actor:has} {facts.target:'s} deeds assessed"
    return f"{said}; the figure is in your notebook" if facts.actor.person == "you" else said


def _plot_found(facts: Facts) -> str:
    plot = PLOTS.get(facts.text("means"), "work")
    where = f" inside {facts.target:land}" if facts.event.target else ""
    found = "are found at work" if plot == "envoys" else "is found out"
    lost = f", and most of {facts.actor:its} reach there is lost" if facts.event.target else ""
    return f"{facts.actor:'s} {plot}{where} {found}{lost}"


def _forces(facts: Facts) -> list[tuple[str, str]]:
    """Each kind of forces that changed, and by how much."""
    atlas = facts.speech.atlas
    changes = (
        ("army", army(abs(facts.number("army")), atlas)),
        ("fleet", fleet(abs(facts.number("fleet")), atlas)),
    )
    return [(arm, by) for arm, by in changes if by != "0"]


def _forces_changed(does: str, facts: Facts) -> str:
    arms = listed(f"{facts.actor:its} {arm} by {by}" for arm, by in _forces(facts))
    return f"{does} {arms or 'no forces'}"


def _forces_disbanded(facts: Facts) -> str:
    arms = listed(f"{by} of {facts.actor:its} {arm}" for arm, by in _forces(facts))
    return f"{facts.actor:disbands} {arms or 'no forces'}"


def _posture_changed(facts: Facts) -> str:
    before, now = posture(facts.number("before")), posture(facts.number("step"))
    return f"{facts.actor:moves} from {before} to {now} posture"


def _leader_succeeded(facts: Facts) -> str:
    """Who leads a state from now on, and after whom where the map names it."""
    leader, before = facts.text("leader"), facts.text("predecessor")
    after = f", in the place of {whose_place(leader, before)}" if before else ""
    return f"{facts.actor:is} now led by {leader}{after}"


def _power_committed(facts: Facts) -> str:
    part = percent(facts.number("share") / BP)
    return f"{facts.actor:commits} {part} of {facts.actor:its} weight to affairs here"


def _order_refused(facts: Facts) -> str:
    words = ORDER_WORDS.get(facts.text("order"))
    order = words.noun if words else "order"
    why = _why(WHY_REFUSED, facts.text("reason"))
    return f"{facts.actor:'s} {order} does not stand{f': {why}' if why else ''}"


def _aid(facts: Facts) -> str:
    return f"{money(facts.number('amount'))} in aid"


TELL: dict[str, Callable[[Facts], str]] = {
    "treaty_offered": lambda f: f"{f.actor:offers} {f.target} {f.full_pact}",
    "treaty_signed": _treaty_signed,
    "treaty_declined": lambda f: f"{f.target:declines} {f.actor:'s} offer of {f.short_pact}",
    "treaty_countered": lambda f: f"{f.actor:answers} {f.target:'s} offer with {f.counter_pact}",
    "treaty_lapsed": lambda f: (
        f"{f.actor:'s} offer to {f.target} of {f.short_pact} lapses, without blame"
    ),
    "accession_refused": lambda f: (
        f"{f.actor:keeps} {f.target} out of {f.actor:its} {_named_pact(f)}"
    ),
    "offer_told": _offer_told,
    "talks_leaked": lambda f: f"It leaks that {f.actor} offered {f.target} {f.short_pact}",
    "notice_given": _notice_given,
    "treaty_ended": _treaty_ended,
    "treaty_broken": _treaty_broken,
    "treaty_leaked": _treaty_leaked,
    "guarantee_given": lambda f: (
        f"{f.actor:guarantees} {f.target} against anybody, for {counted(f.number('term'), 'turn')}"
    ),
    "guarantee_withdrawn": _guarantee_withdrawn,
    "aid_offered": lambda f: f"{f.actor:offers} {f.target} {_aid(f)}",
    "aid_given": lambda f: f"{f.target:takes} {_aid(f)} from {f.actor}",
    "aid_refused": lambda f: f"{f.target:refuses} {_aid(f)} from {f.actor}",
    "demand_made": _demand_made,
    "demand_yielded": _demand_yielded,
    "demand_withdrawn": _demand_withdrawn,
    "crisis_held": _crisis_held,
    "crisis_climbed": _crisis_climbed,
    "pledge_made": _pledge_made,
    "assurance_given": given_sentence,
    "assurance_kept": kept_sentence,
    "assurance_broken": broken_sentence,
    "assurance_lapsed": lapsed_sentence,
    "mobilised": _mobilised,
    "demobilised": lambda f: f"{f.actor:sends} {f.actor:its} reserves home",
    "province_ceded": lambda f: (
        f"{f.actor:cedes} {f.speech.place(f.text('province'))} to {f.target}"
    ),
    "war_declared": _war_declared,
    "call_made": _call_made,
    "call_honoured": _call_honoured,
    "call_refused": _call_refused,
    "war_joined": _war_joined,
    "lead_passed": _lead_passed,
    "battle_fought": _battle_fought,
    "province_taken": _province_taken,
    "peace_offered": _peace_offered,
    "peace_refused": lambda f: f"{f.target:refuses} {f.actor:'s} peace; the war goes on",
    "peace_made": _peace_made,
    "province_annexed": _province_annexed,
    "war_ended": _war_ended,
    "state_eliminated": lambda f: f"{f.actor:is} no more",
    "state_restored": _state_restored,
    "penetration_made": _penetration_made,
    "plot_found": _plot_found,
    "talks_reported": _talks_reported,
    "sounding_made": lambda f: f"{f.actor:sends} an envoy to listen in {f.target:land}",
    "assessment_made": _assessment_made,
    "forces_raised": lambda f: _forces_changed(f"{f.actor:raises}", f),
    "forces_cut": lambda f: _forces_changed(f"{f.actor:cuts}", f),
    "forces_disbanded": _forces_disbanded,
    "invested": lambda f: f"{f.actor:invests} {money(f.number('amount'))} at home",
    "posture_changed": _posture_changed,
    "bankrupt": lambda f: f"{f.actor:is} bankrupt",
    "pole_risen": lambda f: f"{f.actor:is} counted among the great powers from now on",
    "pole_fallen": lambda f: f"{f.actor:is} no longer counted among the great powers",
    "power_committed": _power_committed,
    "leader_succeeded": _leader_succeeded,
    "order_refused": _order_refused,
}
"""Kind of event -> the function that makes its sentence."""
