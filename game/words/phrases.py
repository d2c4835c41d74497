"""Phrases that sentences about events, orders, questions and letters share."""

from collections.abc import Sequence

from game.words import percent
from game.words.grammar import Speech, article, counted, listed
from game.world.model import RUNGS, Treaty, World
from game.world.orders import BINDING, Terms
from game.world.rules import BP, POSTURES

PACTS = {
    "defense": "defense pact",
    "offense": "offense pact",
    "neutrality": "neutrality pact",
    "nonaggression": "nonaggression pact",
    "consultation": "pact of consultation",
    "guarantee": "guarantee",
}
"""Obligation -> the name of a treaty with that one obligation."""

MEANS = {
    "envoys": "through envoys",
    "lobby": "through a lobby",
    "propaganda": "by propaganda",
}
"""Means of penetration -> words for doing it."""

PLOTS = {
    "envoys": "envoys",
    "lobby": "lobby",
    "propaganda": "propaganda",
}
"""Means of penetration -> words for finding it."""

RUNG_STEPS = (
    "making a demand",
    "mobilising",
    "delivering an ultimatum",
    "going to war",
)
"""Rung -> what a state does by reaching it."""


def pact_name(obligations: Sequence[str]) -> str:
    """What a treaty is called, without an article: "defense pact"."""
    if not obligations:
        return "treaty"
    if len(obligations) == 1:
        return PACTS.get(obligations[0], f"pact of {obligations[0]}")
    return f"pact of {listed(obligations)}"


def pact(speech: Speech, obligations: Sequence[str], against: str, secret: bool = False) -> str:
    """A treaty with its article and adversary: "a secret defense pact against France"."""
    named = adversary(speech, obligations, against)
    return article(f"{'secret ' if secret else ''}{pact_name(obligations)}{named}")


def adversary(speech: Speech, obligations: Sequence[str], against: str) -> str:
    """Whom a treaty names: " against France"; " concerning France" where nobody need fight it."""
    if not against:
        return ""
    preposition = "concerning" if BINDING.isdisjoint(obligations) else "against"
    return f" {preposition} {speech.party(against)}"


def pact_in_full(speech: Speech, terms: Terms, payer: str = "", *, term: bool = True) -> str:
    """All the terms of a treaty. `payer` pays the burden; without one, "its sender" does."""
    text = pact(speech, terms.obligations, terms.against, terms.secret)
    if term:
        text += f" for {counted(terms.term, 'turn')}"
    if terms.burden:
        pays = f"{speech.party(payer):pays}" if payer else "its sender pays"
        whose = f"{speech.party(payer):its}" if payer else "its"
        text += f", for which {pays} {percent(terms.burden / BP)} of {whose} revenue a turn"
    return text


def treaty_of(speech: Speech, treaty: Treaty, me: str = "") -> str:
    """A treaty in force, by its parties: "the defense pact of France and Russia"; with `me` one of
    them, "the defense pact with Russia".
    """
    if treaty.guarantor:
        return _guarantee(speech, treaty, me)
    name = pact_name(treaty.obligations)
    named = adversary(speech, treaty.obligations, treaty.against)
    if me and me in treaty.parties:
        partners = listed(speech.plain(party) for party in treaty.others(me))
        return f"the {name} with {partners}{named}"
    return f"the {name} of {listed(speech.plain(party) for party in treaty.parties)}{named}"


def _guarantee(speech: Speech, treaty: Treaty, me: str) -> str:
    giver, held = (speech.plain(party) for party in treaty.parties)
    if me in treaty.parties:
        return f"the guarantee of {held}" if me == treaty.guarantor else f"the guarantee by {giver}"
    return f"the guarantee of {held} by {giver}"


def ends(world: World, treaty: Treaty) -> str:
    """The date at which a treaty ends, in the map's calendar."""
    return world.atlas.date(max(1, treaty.until))


BESIDE = ", with "
"""What joins two names of who leads a state: "George V, with Sir Edward Grey"."""


def whose_place(leader: str, before: str) -> str:
    """In whose place a state is led now: who led it before, but for a name that leads it still.

    Of "George V, with Arthur Balfour" after "George V, with Sir Edward Grey": Sir Edward Grey.
    """
    (first, _, second), (first_before, _, second_before) = (
        names.partition(BESIDE) for names in (leader, before)
    )
    if first == first_before:
        return second_before or before
    return first_before if second == second_before else before


RUNS_ON = "runs on"
"""Said of a treaty whose term is over and that no party has left."""


def term_end(world: World, treaty: Treaty) -> str:
    """Until when a treaty's term runs, "to 1916"; past it, that it runs on till one leaves."""
    if treaty.past_term(world.turn) and not treaty.fixed:
        return RUNS_ON
    return f"to {ends(world, treaty)}"


def term_left(treaty: Treaty, turn: int) -> str:
    """How long a treaty's term still runs, in turns; past it, that it runs on till one leaves."""
    left = treaty.until - turn + 1
    if left < 1 and not treaty.fixed:
        return RUNS_ON
    return "last turn" if left <= 1 else f"{left} turns left"


def rung(step: int) -> str:
    """The name of a rung of the ladder; a number off the ladder takes the nearest rung."""
    return RUNGS[min(max(step, 0), len(RUNGS) - 1)]


def posture(step: int) -> str:
    """The name of a posture; a number off the scale takes the nearest posture."""
    return POSTURES[min(max(step, 0), len(POSTURES) - 1)]


def to_meet(speech: Speech, of: str, stake: str, subject: str) -> str:
    """What a state would do to meet a demand, in the plain form: "cede Alsace"."""
    party = speech.party(of)
    if stake == "cede":
        return f"cede {speech.place(subject)}"
    if stake == "renounce":
        whose = {"you": "yours", "we": "ours"}.get(party.person, "its own")
        return f"renounce a treaty of {whose}"
    if stake == "stand_down":
        return f"stand down from {party:its} posture"
    return f"meet a demand ({stake})" if stake else "meet a demand"


def to_meet_in(world: World, speech: Speech, of: str, stake: str, subject: str) -> str:
    """As `to_meet`, but with a world, from which a treaty is named."""
    treaty = world.treaty(int(subject)) if stake == "renounce" and subject.isdecimal() else None
    if treaty is None:
        return to_meet(speech, of, stake, subject)
    return f"renounce {treaty_of(speech, treaty, of)}"


def stake_in(world: World, speech: Speech, of: str, stake: str, subject: str) -> str:
    """As `stake_name`, but with a world, from which a treaty is named."""
    treaty = world.treaty(int(subject)) if stake == "renounce" and subject.isdecimal() else None
    return stake_name(speech, stake, subject) if treaty is None else treaty_of(speech, treaty, of)


def stake_name(speech: Speech, stake: str, subject: str) -> str:
    """What a crisis is about, as a noun: "Alsace", "a treaty", "a posture"."""
    if stake == "cede":
        return speech.place(subject)
    return {"renounce": "a treaty", "stand_down": "a posture"}.get(stake, stake or "a demand")


def peace(
    speech: Speech,
    proposer: str,
    other: str,
    takes: Sequence[str],
    gives: Sequence[str],
    indemnity: int,
    disarm: bool,
    restores: Sequence[str] = (),
) -> str:
    """What a peace changes ("France cedes Alsace"), in words; empty for a white peace."""
    winner, loser = speech.party(proposer), speech.party(other)
    duties: dict[str, list[str]] = {proposer: [], other: []}
    if takes:
        duties[other].append(f"{loser:/cedes} {speech.places(takes)}")
    if gives:
        duties[proposer].append(f"{winner:/cedes} {speech.places(gives)}")
    if indemnity:
        payer = other if indemnity > 0 else proposer
        part = percent(abs(indemnity) / BP)
        duties[payer].append(f"{speech.party(payer):/pays} {part} of a turn's revenue")
    if disarm:
        duties[other].append(f"{loser:/halves} {loser:its} army")
    if restores:
        risen = listed(speech.plain(state) for state in restores)
        duties[other].append(f"{loser:/gives} {risen} its land back")
    clauses = [
        f"{speech.party(who).person or speech.plain(who)} {listed(done)}"
        for who, done in duties.items()
        if done
    ]
    return "; ".join(reversed(clauses))
