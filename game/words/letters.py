"""Letters: an event in the words of the state that did it.

The style depends on the leader, the ideology and the temperament alone, so a letter says nothing
about a doctrine.
Which of several phrasings is used follows from a hash of the event: the same event always gives
the same letter.
"""

import hashlib
from collections.abc import Sequence

from game.words import money
from game.words.assurance_words import LETTER_TONES, letter_words
from game.words.facts import Facts
from game.words.grammar import Speech, sentence
from game.words.manners import PLAIN, Manner
from game.words.phrases import pact_name, rung, whose_place
from game.words.voices import NEUTRAL, VOICES, Voice
from game.world.atlas import Atlas
from game.world.events import Event


def sender_of(event: Event, atlas: Atlas, me: str | None) -> str | None:
    """Who wrote the letter that an event brought to `me`; None if it brings none to `me`."""
    if me is None or event.kind not in LETTERS:
        return None
    writer = LETTERS[event.kind][0]
    if writer == TO_ALL:
        return event.actor if event.actor != me and event.actor in atlas.state_index else None
    if writer == OTHER:
        writer = TARGET if me == event.actor else ACTOR
    sender, reader = (event.actor, event.target) if writer == ACTOR else (event.target, event.actor)
    return sender if reader == me != sender and sender in atlas.state_index else None


def letter(
    event: Event,
    atlas: Atlas,
    me: str | None,
    manner: Manner = PLAIN,
    leader: str | None = None,
) -> str | None:
    """The letter that an event brought to `me`: salutation, body and signature, a line each.

    None if the event brings no letter to `me`. `manner` is how its sender writes, `leader` who led
    it then; None: who led it at the start.
    """
    sender = sender_of(event, atlas, me)
    if sender is None or me is None:
        return None
    _, tone, bodies = LETTERS[event.kind]
    facts = Facts(event, Speech(atlas, you=me, we=sender))
    body = sentence(_chosen(bodies, event, "body").format(**_words(facts)))
    voice = voice_of(atlas, sender)
    tone = LETTER_TONES.get(facts.text("answer"), tone)
    said = [body, _chosen(voice.remarks[tone], event, "remark")]
    if lines := manner.lines(tone):
        said.append(_chosen(lines, event, "manner"))
    greeting = f"{voice.salutation} {facts.speech.plain(me)}:"
    return "\n".join((greeting, " ".join(said), _signature(voice, atlas, sender, leader)))


def voice_of(atlas: Atlas, state: str) -> Voice:
    """The style of a state, by keywords in its ideology's id and name."""
    ideology = atlas.sheet(state).ideology
    words = f"{ideology} {atlas.ideologies.get(ideology, '')}".casefold()
    for voice in VOICES:
        if any(keyword in words for keyword in voice.keywords):
            return voice
    return NEUTRAL


def _signature(voice: Voice, atlas: Atlas, sender: str, leader: str | None) -> str:
    state = Speech(atlas).plain(sender)
    leader = atlas.sheet(sender).leader if leader is None else leader
    return f"— {leader}, {voice.office.format(state=state)}" if leader else f"— for {state}"


def _chosen(phrasings: Sequence[str], event: Event, what: str) -> str:
    """One of several phrasings, chosen by a hash of the event."""
    named = repr((what, event.kind, event.actor, event.target, event.facts))
    digest = hashlib.blake2b(named.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return phrasings[int.from_bytes(digest, "big") % len(phrasings)]


NEXT_STEPS = {
    "demand": "a demand",
    "mobilisation": "mobilisation",
    "ultimatum": "an ultimatum",
    "war": "war",
}
"""The rungs of the ladder, as the next step in a threat."""


def _pact(facts: Facts) -> str:
    if not facts.number("term"):
        return facts.short_pact
    return facts.counter_pact if facts.event.kind == "treaty_countered" else facts.full_pact


def _words(facts: Facts) -> dict[str, object]:
    """Placeholder -> words from the event, for the body of a letter."""
    speech, event = facts.speech, facts.event
    moved = facts.peace if event.kind in ("peace_offered", "peace_made") else ""
    return {
        "pact": _pact(facts),
        "treaty": pact_name(facts.names("obligations")),
        "amount": money(facts.number("amount")),
        "meet": facts.meeting(event.target),
        "stake": facts.stake,
        "rung": NEXT_STEPS[rung(facts.number("rung"))],
        "enemy": speech.party(facts.text("enemy") or facts.text("against")),
        "maker": speech.party(facts.text("by")),
        "aim": f" It is about {speech.place(facts.text('aim'))}." if facts.text("aim") else "",
        "word": "pledge" if facts.number("treaty") < 0 else "treaty",
        "peace": moved or "all as it was",
        "assurance": letter_words(facts) if event.kind == "assurance_given" else "",
        "predecessor": whose_place(facts.text("leader"), facts.text("predecessor")) or "another",
    }


ACTOR, TARGET, OTHER, TO_ALL = "actor", "target", "other", "to all"
"""The writer: the event's actor, its target, the one of the two that is not the reader, or the
actor to every other state."""

LETTERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "treaty_offered": (
        ACTOR,
        "offer",
        ("We offer you {pact}", "We propose to you {pact}", "Let there be, between us, {pact}"),
    ),
    "treaty_signed": (
        OTHER,
        "accord",
        ("We have put our name to {pact}", "It is signed: {pact}"),
    ),
    "treaty_declined": (
        TARGET,
        "refusal",
        ("We decline your offer of {pact}", "You offered {pact}; we decline with thanks"),
    ),
    "treaty_countered": (
        ACTOR,
        "offer",
        ("Not quite as you put it. We would sign {pact}", "In place of your draft: {pact}"),
    ),
    "offer_told": (
        ACTOR,
        "loyalty",
        (
            "You should know that {maker} offered us {pact}; we declined",
            "We declined {pact} that {maker} offered us, and think that you should know",
        ),
    ),
    "notice_given": (
        ACTOR,
        "parting",
        ("We give notice: our {treaty} will end", "Our {treaty} will not be continued"),
    ),
    "treaty_broken": (
        ACTOR,
        "parting",
        ("Our {treaty} binds us no longer", "From today we hold our {treaty} for void"),
    ),
    "guarantee_given": (
        ACTOR,
        "loyalty",
        (
            "We have made it known that whoever attacks you has us to fight",
            "Should anybody attack you, we shall be beside you; all the world may know it",
        ),
    ),
    "guarantee_withdrawn": (
        ACTOR,
        "parting",
        ("Our guarantee protects you no longer", "We have withdrawn our guarantee"),
    ),
    "aid_offered": (
        ACTOR,
        "gift",
        ("We place {amount} at your disposal", "You will find {amount} waiting for your signature"),
    ),
    "aid_refused": (
        TARGET,
        "refusal",
        ("We return your {amount}", "Your {amount} goes back as it came"),
    ),
    "demand_made": (
        ACTOR,
        "demand",
        ("We demand that you {meet}", "You will {meet}; that is our demand"),
    ),
    "crisis_climbed": (
        ACTOR,
        "demand",
        ("You have our answer: {rung}", "Words have been tried. The next one is {rung}"),
    ),
    "demand_yielded": (
        TARGET,
        "yielding",
        ("We yield, and will {meet}", "You shall have it: we will {meet}"),
    ),
    "demand_withdrawn": (
        ACTOR,
        "yielding",
        ("In the matter of {stake} our demand lapses", "In the matter of {stake} we desist"),
    ),
    "pledge_made": (
        ACTOR,
        "loyalty",
        ("If it comes to war with {enemy}, we stand with you", "We are with you against {enemy}"),
    ),
    "assurance_given": (
        ACTOR,
        "loyalty",
        (
            "You ask, between ourselves, what we should do if it comes to war: {assurance}",
            "For your ear alone: if it comes to war, {assurance}",
        ),
    ),
    "war_declared": (
        ACTOR,
        "war",
        ("A state of war exists between us.{aim}", "We are at war with you.{aim}"),
    ),
    "call_made": (
        ACTOR,
        "call",
        ("By {word}, we call on you to fight {enemy}", "The {word} falls due: against {enemy}"),
    ),
    "call_honoured": (
        ACTOR,
        "loyalty",
        ("You called. We are at war with {enemy}", "We march against {enemy}, as promised"),
    ),
    "call_refused": (
        ACTOR,
        "refusal",
        ("We shall not fight {enemy} for you", "Your call against {enemy} reached us. We stay"),
    ),
    "peace_offered": (
        ACTOR,
        "peace",
        ("We offer peace: {peace}", "Let it end, on these terms: {peace}"),
    ),
    "peace_refused": (
        TARGET,
        "refusal",
        ("Your peace is not ours", "We do not take the peace you offer"),
    ),
    "peace_made": (
        OTHER,
        "peace",
        ("There is peace between us: {peace}", "It is over. What was agreed: {peace}"),
    ),
    "leader_succeeded": (
        TO_ALL,
        "greeting",
        (
            "From today it is we who write to you, after {predecessor}",
            "{predecessor} led us until now; we have followed",
        ),
    ),
    "plot_found": (
        TARGET,
        "protest",
        ("Your people here have been found out", "What you had at work among us has come to light"),
    ),
}
"""Kind -> who writes it, its tone, and its phrasings."""
