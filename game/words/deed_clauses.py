"""A decision of a state as a clause, for the debrief."""

from collections.abc import Iterable

from game.words.assurance_words import to_stand
from game.words.grammar import Speech, possessive
from game.words.order_labels import deed_of, standing
from game.world.model import World
from game.world.orders import Denounce, Guarantee, Offer, Order, Terms
from game.world.questions import (
    AidQuestion,
    AssuranceQuestion,
    CallQuestion,
    CrisisQuestion,
    JoinQuestion,
    OfferQuestion,
    PeaceQuestion,
    PledgeQuestion,
    Question,
    TellQuestion,
)

IDLE = {
    "alignment": "sought no pact and left none",
    "aid": "gave no aid",
    "demand": "made no demand",
    "war": "fell upon nobody",
}
"""Family of decisions -> what doing nothing is called."""


FURTHER = "sought no further pact and left no other"
"""The same for a state that offered or left a pact in the same turn."""


def deed(
    state: str,
    family: str,
    chosen: object,
    question: Question | None,
    world: World,
    *,
    further: bool = False,
) -> str:
    """A decision as a clause: "Italy offered Russia a defense pact against the United Kingdom".

    `further`: the state offered or left a pact in the same turn, so nothing means nothing more.
    """
    name = Speech(world.atlas).plain
    done = answered(chosen, question, world) if question else ordered(chosen, family, state, world)
    if further and question is None and done == IDLE["alignment"]:
        done = FURTHER
    return f"{name(state)} {done}"


def moved(orders: Iterable[Order]) -> bool:
    """Whether these orders offer, promise or leave a pact."""
    return any(isinstance(order, Offer | Denounce | Guarantee) for order in orders)


PARTICIPLES = {"gave": "given", "broke": "broken", "fell": "fallen"}
"""The verbs of `ordered` that change after "would have"."""
INFINITIVES = {
    "given": "give",
    "broken": "break",
    "fallen": "fall",
    "sent": "send",
    "sought": "seek",
    "made": "make",
    "invited": "invite",
}
"""Participle -> infinitive, for verbs that do more than lose -ed."""
BRIEFLY = {
    "accept": "accepted",
    "decline": "declined",
    "none": "stood by nobody",
    "yield": "yielded",
    "hold": "held",
    "climb": "raised the stakes",
    "honour": "honoured the call",
    "refuse": "refused the call",
}
"""Answers in a word or two, where the question is known."""


def done_instead(
    family: str, option: object, state: str, question: Question | None, world: World
) -> str:
    """A possible decision as what follows "would have": "offered Russia a defense pact"."""
    if question is None:
        verb, _, rest = ordered(option, family, state, world).partition(" ")
        return f"{PARTICIPLES.get(verb, verb)} {rest}"
    match question, option:
        case CrisisQuestion(), "yield" if demands_itself(question, world):
            return "let its demand drop"
        case JoinQuestion(), "none":
            return "stayed out"
        case PledgeQuestion(), str() if option != "none":
            return f"stood by {Speech(world.atlas).plain(str(option))}"
        case OfferQuestion(), Terms():
            return f"asked for {standing(option, world.atlas)} in its place"
        case TellQuestion(), _:
            return "told of it" if option == "accept" else "kept it to itself"
        case _, str() if option in BRIEFLY:
            return BRIEFLY[option]
    return answered(option, question, world)


def infinitive(done: str) -> str:
    """A possible order in the infinitive: "offer Russia a defense pact"."""
    verb, _, rest = done.partition(" ")
    return f"{INFINITIVES.get(verb, verb.removesuffix('ed'))} {rest}"


def ordered(chosen: object, family: str, state: str, world: World) -> str:
    """An order of a state as a verb and its object."""
    told = deed_of(chosen, world, state) if isinstance(chosen, Order) else None
    return told or IDLE.get(family, "let it rest")


def demands_itself(question: CrisisQuestion, world: World) -> bool:
    """Whether who is asked made the demand: to yield is then to drop it."""
    crisis = world.crisis(question.crisis)
    return crisis is not None and crisis.by == question.asked


def answered(chosen: object, question: Question, world: World) -> str:
    """An answer as a verb and its object: "declined a defense pact with Italy"."""
    name = Speech(world.atlas).plain
    match question:
        case OfferQuestion(by=by, terms=terms):
            offer = f"{possessive(name(by))} offer of {standing(terms, world.atlas)}"
            if question.newcomer not in ("", question.asked):
                joined = f"{name(question.newcomer)} as a party to {standing(terms, world.atlas)}"
                return f"{'accepted' if chosen == 'accept' else 'kept out'} {joined}"
            if question.joins is not None:
                verb = "accepted" if chosen == "accept" else "declined"
                into = f"invitation into {standing(terms, world.atlas)}"
                return f"{verb} {possessive(name(by))} {into}"
            if isinstance(chosen, Terms):
                pause = "," if terms.burden else ""
                return f"answered {offer}{pause} with {standing(chosen, world.atlas)}"
            return f"{'accepted' if chosen == 'accept' else 'declined'} {offer}"
        case TellQuestion(by=by, terms=terms):
            offer = f"{possessive(name(by))} offer of {standing(terms, world.atlas)}"
            if chosen == "accept":
                return f"told {name(terms.against)} of {offer}"
            return f"told {name(terms.against)} nothing of {offer}"
        case AidQuestion(by=by):
            return f"{'took' if chosen == 'accept' else 'refused'} the money of {name(by)}"
        case PledgeQuestion(by=by, of=of):
            if chosen == by:
                return f"stood by {name(by)} in its demand of {name(of)}"
            whom = name(of) if chosen == of else "nobody"
            asked = "it" if chosen == of else name(of)
            return f"stood by {whom} when {name(by)} made its demand of {asked}"
        case AssuranceQuestion(by=by, beside=beside):
            stand = to_stand(Speech(world.atlas), beside, by)
            said = {"accept": f"promised to {stand}", "refuse": f"said that it would not {stand}"}
            return f"{said.get(str(chosen), 'gave no answer')} when asked by {name(by)} in private"
        case CrisisQuestion(by=by):
            if chosen == "yield" and demands_itself(question, world):
                return f"let its demand on {name(by)} drop"
            words = {
                "yield": "yielded to",
                "hold": "held against",
                "climb": "chose to raise the stakes against",
            }
            return f"{words.get(str(chosen), 'faced')} {name(by)}"
        case CallQuestion(by=by, enemy=enemy):
            verb = "honoured" if chosen == "honour" else "refused"
            return f"{verb} the call of {name(by)} against {name(enemy)}"
        case JoinQuestion(by=by, of=of):
            if chosen == "attackers":
                return f"joined {name(by)} in its war on {name(of)}"
            if chosen == "defenders":
                return f"joined {name(of)} against {name(by)}"
            return f"stayed out of the war between {name(by)} and {name(of)}"
        case PeaceQuestion(by=by):
            return f"{'made peace with' if chosen == 'accept' else 'fought on against'} {name(by)}"
    return f"answered {name(question.by)}: {chosen}"
