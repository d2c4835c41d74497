"""Questions to a state as sentences, and the labels of its possible answers."""

from game.words import money, percent
from game.words.assurance_words import crisis_words, to_stand
from game.words.consequences import consequences
from game.words.grammar import Speech, listed, sentence
from game.words.order_labels import peace_terms
from game.words.phrases import adversary, pact_in_full, pact_name, rung, to_meet_in, treaty_of
from game.world.model import World
from game.world.odds import war_odds
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
from game.world.rules import BP

__all__ = ["ask", "consequences", "option"]


def ask(question: Question, world: World) -> str:
    """A question as it is put to the state that is asked. `world` is what that state sees."""
    speech = Speech(world.atlas, you=question.asked)
    by = speech.party(question.by)
    match question:
        case OfferQuestion(joins=number, newcomer=newcomer) if number is not None:
            treaty = world.treaty(number)
            if newcomer == question.asked or treaty is None:
                which = treaty_of(speech, treaty) if treaty else "a treaty"
                return sentence(f"{by:invites} you into {which}")
            named = adversary(speech, treaty.obligations, treaty.against)
            which = f"your {pact_name(treaty.obligations)}{named}"
            return sentence(f"{by:invites} {speech.party(newcomer)} into {which}; do you agree?")
        case OfferQuestion(terms=terms, final=final):
            offered = pact_in_full(speech, terms, question.asked if final else question.by)
            if final:
                return sentence(f"{by:answers} your offer with {offered}, and will not be moved")
            return sentence(f"{by:offers} you {offered}")
        case TellQuestion(terms=terms):
            declined = f"{by:'s} {pact_name(terms.obligations)}"
            told = speech.party(terms.against)
            return sentence(f"You declined {declined} against {told}; do you tell {told}?")
        case AidQuestion(amount=amount):
            return sentence(f"{by:offers} you {money(amount)} in aid")
        case PledgeQuestion(of=of):
            about = _about(world, speech, question.crisis, of)
            return sentence(f"{by:demands} that {speech.party(of)} {about}; by whom do you stand?")
        case AssuranceQuestion(beside=beside):
            about = crisis_words(world.crisis(question.crisis), speech)
            stand = to_stand(speech, beside, "")
            return sentence(f"{by:asks} you in private: if {about} ends in war, will you {stand}?")
        case CrisisQuestion():
            return _ask_crisis(question, world, speech)
        case CallQuestion(enemy=enemy, treaty=number):
            treaty = world.treaty(number)
            bound = f"under {treaty_of(speech, treaty, question.asked)}" if treaty else ""
            bound = bound or ("by your pledge" if number < 0 else "by treaty")
            return sentence(f"{by:calls} on you, {bound}, to fight {speech.party(enemy)}")
        case JoinQuestion():
            war = world.war(question.war)
            sides = (war.attackers, war.defenders) if war else ((question.by,), (question.of,))
            fighting = " against ".join(
                listed(speech.plain(state) for state in side) for side in sides
            )
            chance = percent(war_odds(world, *sides) / BP)
            return sentence(
                f"War: {fighting}, at odds of {chance} for the attackers; will you stay out of it?"
            )
        case PeaceQuestion(terms=offered_peace):
            moved = peace_terms(
                offered_peace, world.atlas, question.by, question.asked, question.asked
            )
            return sentence(f"{by:offers} you {moved}")


def option(question: Question, option: str, world: World) -> str:
    """An answer as a label for a button: "Sign", "Stand by Austria-Hungary", "Climb to ultimatum".

    `option` is one of the question's options, or "counter".
    """
    speech = Speech(world.atlas, you=question.asked)
    match question:
        case PledgeQuestion():
            return "Stand aside" if option == "none" else f"Stand by {speech.plain(option)}"
        case CrisisQuestion():
            crisis = world.crisis(question.crisis)
            step = crisis.rung if crisis else 0
            if option == "climb":
                return "Go to war" if step >= 2 else f"Climb to {rung(step + 1)}"
            if option == "yield" and crisis is not None:
                if crisis.by == question.asked:
                    return "Back down"
                met = to_meet_in(world, speech, crisis.of, crisis.stake, crisis.subject)
                return f"Yield: {met}"
        case AssuranceQuestion(beside=beside):
            stand = to_stand(speech, beside, "")
            refusal = f"Answer that you will not {stand}"
            labels = {"accept": f"Promise to {stand}", "refuse": refusal}
            return labels.get(option, "Give no answer")
        case TellQuestion(terms=terms):
            told = speech.plain(terms.against)
            return "Keep it to yourself" if option == "decline" else f"Tell {told}"
        case JoinQuestion():
            sides = {"attackers": question.by, "defenders": question.of}
            if option in sides:
                return f"Join {speech.plain(sides[option])}"
        case _:
            pass
    return LABELS.get((question.kind, option), option.replace("_", " ").capitalize())


LABELS = {
    ("offer", "accept"): "Sign",
    ("offer", "decline"): "Decline",
    ("offer", "counter"): "Counter with other terms",
    ("aid", "accept"): "Take the money",
    ("aid", "decline"): "Decline",
    ("crisis", "yield"): "Yield",
    ("crisis", "hold"): "Hold",
    ("call", "honour"): "Honour it",
    ("call", "refuse"): "Refuse",
    ("join", "none"): "Stay out",
    ("peace", "accept"): "Make peace",
    ("peace", "decline"): "Fight on",
}
"""Labels of answers that name no state."""


def _about(world: World, speech: Speech, number: int, of: str) -> str:
    crisis = world.crisis(number)
    if crisis is None:
        return "meet a demand"
    return to_meet_in(world, speech, of, crisis.stake, crisis.subject)


def _ask_crisis(question: CrisisQuestion, world: World, speech: Speech) -> str:
    crisis = world.crisis(question.crisis)
    by = speech.party(question.by)
    if crisis is None:
        return sentence(f"The crisis with {by} goes on; do you yield, hold or climb?")
    stands = f"the ladder stands at {rung(crisis.rung)}"
    if crisis.by == question.asked:
        met = to_meet_in(world, speech, crisis.of, crisis.stake, crisis.subject)
        return sentence(f"You demand that {by} {met}; {stands}: do you back down, hold or climb?")
    met = to_meet_in(world, speech, question.asked, crisis.stake, crisis.subject)
    return sentence(f"{by:demands} that you {met}; {stands}: do you yield, hold or climb?")
