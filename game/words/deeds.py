"""What a state did, for a debrief: one decision as a clause, and whom it had most to fear then."""

from collections.abc import Mapping

from game.words.grammar import listed
from game.words.orders import terms as say_terms
from game.world.model import World
from game.world.orders import (
    Aid,
    DeclareWar,
    Demand,
    Denounce,
    Offer,
    OfferPeace,
    Penetrate,
    Sound,
    Terms,
)
from game.world.questions import (
    CallQuestion,
    CrisisQuestion,
    JoinQuestion,
    OfferQuestion,
    PeaceQuestion,
    PledgeQuestion,
    Question,
)


def deed(
    state: str,
    chosen: object,
    question: Question | None,
    feared: Mapping[str, str],
    world: World,
) -> str:
    """A decision as a clause: "Italy offered Russia a defense pact against the United Kingdom".

    `feared` (lens -> state) says whom the state had most to fear under each lens.
    """
    name = world.atlas.name
    done = answered(chosen, question, world) if question else _ordered(chosen, world)
    by_power, by_threat = feared.get("BOP", ""), feared.get("BOT", "")
    if by_power == by_threat:
        fears = f"with {name(by_power)} the most to be feared by either reading"
    else:
        fears = f"with {name(by_power)} the strongest and {name(by_threat)} the most threatening"
    return f"{name(state)} {done}, {fears}"


def _ordered(chosen: object, world: World) -> str:
    name = world.atlas.name
    match chosen:
        case Offer(to=to, terms=terms, joins=number) if number is not None:
            return f"invited {name(to)} into {say_terms(terms, world.atlas)}"
        case Offer(to=to, terms=terms):
            return f"offered {name(to)} {say_terms(terms, world.atlas)}"
        case Denounce(treaty=number):
            treaty = world.treaty(number)
            others = listed([name(party) for party in treaty.parties]) if treaty else "others"
            return f"left its treaty among {others}"
        case Sound(of=of):
            return f"sent an envoy to sound {name(of)}"
        case Aid(to=to):
            return f"offered aid to {name(to)}"
        case Demand(of=of, stake=stake, subject=subject):
            if stake == "cede":
                return f"demanded {world.atlas.place(subject).name} of {name(of)}"
            what = "leave a treaty" if stake == "renounce" else "stand down"
            return f"demanded that {name(of)} {what}"
        case Penetrate(of=of):
            return f"worked inside {name(of)}"
        case DeclareWar(on=on):
            return f"fell upon {name(on)}"
        case OfferPeace(to=to):
            return f"offered peace to {name(to)}"
    return "let it rest"


def answered(chosen: object, question: Question, world: World) -> str:
    """An answer as a verb and its object: "declined a defense pact with Italy"."""
    name = world.atlas.name
    match question:
        case OfferQuestion(by=by, terms=terms):
            pact = f"{say_terms(terms, world.atlas)} with {name(by)}"
            if question.newcomer not in ("", question.asked):
                joined = f"{name(question.newcomer)} as a party to {say_terms(terms, world.atlas)}"
                return f"{'accepted' if chosen == 'accept' else 'kept out'} {joined}"
            if isinstance(chosen, Terms):
                return f"answered {pact} with {say_terms(chosen, world.atlas)}"
            return f"{'accepted' if chosen == 'accept' else 'declined'} {pact}"
        case PledgeQuestion(by=by, of=of):
            crisis = f"when {name(by)} made its demand of {name(of)}"
            if chosen in ("none", None):
                return f"stood by nobody {crisis}"
            return f"stood by {name(str(chosen))} {crisis}"
        case CrisisQuestion(by=by):
            words = {
                "yield": "yielded to",
                "hold": "held against",
                "climb": "raised the stakes with",
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
