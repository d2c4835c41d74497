"""What is asked and said in private about a crisis of others, in clauses."""

from game.words.facts import Facts
from game.words.grammar import Party, Speech
from game.world.model import Crisis

IN_WAR = "if the crisis ends in war"


def to_stand(speech: Speech, beside: str, to: str) -> str:
    """What is asked or promised, in the infinitive: "stand by Russia", "stand aside".

    `to` is who asks: to stand by it is "to stand by it" where it is spoken of before.
    """
    if not beside:
        return "stand aside"
    if beside == to:
        return f"stand by {speech.party(to):it}"
    return f"stand by {speech.party(beside)}"


def what_was_said(speech: Speech, giver: str, to: str, beside: str, answer: str) -> str:
    """What a state answered, as a clause: "Italy promises Russia, in private, to stand aside"."""
    actor, target = speech.party(giver), speech.party(to)
    what = to_stand(speech, beside, to)
    if answer == "accept":
        return f"{actor:promises} {target}, in private, to {what} {IN_WAR}"
    if answer == "refuse" and beside:
        helped = "" if beside == to else f" for {speech.party(beside)}"
        return f"{actor:tells} {target}, in private, to expect no help{helped} {IN_WAR}"
    if answer == "refuse":
        return f"{actor:warns} {target}, in private, that {_not_aside(actor)} {IN_WAR}"
    return f"{actor:leaves} {target} without an answer whether {_would(actor)} {what} {IN_WAR}"


def _not_aside(actor: Party) -> str:
    return f"{actor.person or _pronoun(actor)} will not stand aside"


def _would(actor: Party) -> str:
    return f"{actor.person or _pronoun(actor)} would"


def _pronoun(actor: Party) -> str:
    """The pronoun of a state as a subject."""
    return "they" if f"{actor:its}" == "their" else "it"


def in_short(speech: Speech, beside: str, answer: str) -> str:
    """What a state said it would do in a war, without its name: "would stand aside"."""
    if answer == "none":
        return f"would not say whether it would {to_stand(speech, beside, '')}"
    return f"would{'' if answer == 'accept' else ' not'} {to_stand(speech, beside, '')}"


def did_words(speech: Speech, did: str) -> str:
    """What a state did in the war that a crisis ended in, in the past."""
    return f"stood by {speech.party(did)}" if did else "stood aside"


def given_sentence(facts: Facts) -> str:
    """The event of an answer, as a clause."""
    one = facts.event
    return what_was_said(
        facts.speech, one.actor, one.target, facts.text("beside"), facts.text("answer")
    )


def promised(facts: Facts) -> str:
    """What was promised by a word that binds, in the infinitive."""
    if facts.text("answer") == "refuse":
        return "not to stand aside"
    return f"to {to_stand(facts.speech, facts.text('beside'), facts.event.target)}"


def kept_sentence(facts: Facts) -> str:
    """The event of a word that was kept."""
    did = did_words(facts.speech, facts.text("did"))
    return f"{facts.actor:keeps} {facts.actor:its} private word to {facts.target}, and {did}"


def broken_sentence(facts: Facts) -> str:
    """The event of a word that was broken."""
    did = did_words(facts.speech, facts.text("did"))
    word = f"{facts.actor:its} private word to {facts.target} {promised(facts)}"
    return f"{facts.actor:breaks} {word}: {facts.actor.person or _pronoun(facts.actor)} {did}"


def lapsed_sentence(facts: Facts) -> str:
    """The event of an answer that bound nobody, or was never put to the test."""
    answer = f"What {facts.actor} said in private to {facts.target} about the crisis"
    if not facts.number("war"):
        return f"{answer} lapses: it ended without war"
    did = did_words(facts.speech, facts.text("did"))
    return f"{answer} lapses: {facts.actor.person or _pronoun(facts.actor)} {did}"


LETTER_TONES = {"refuse": "refusal", "none": "refusal"}
"""The tone of a letter that does not promise what was asked, by the answer."""


def letter_words(facts: Facts) -> str:
    """An answer as its writer puts it in a letter."""
    beside, answer = facts.text("beside"), facts.text("answer")
    by = facts.speech.party(beside)
    if answer == "accept":
        return f"we should stand by {by}" if beside else "we should stand aside"
    if answer == "refuse":
        return f"we should not stand by {by}" if beside else "we should not stand aside"
    return "we prefer not to say what we should do"


def crisis_words(crisis: Crisis | None, speech: Speech) -> str:
    """A crisis by its two sides: "the crisis of Germany and France"."""
    if crisis is None:
        return "a crisis that is over"
    return f"the crisis of {speech.plain(crisis.by)} and {speech.plain(crisis.of)}"
