"""Styles of letters: how each kind of government offers, refuses, insists and yields.

A remark is style alone: it gives no reason, names no fact, and fits every event of its tone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

TONES = (
    "offer", "accord", "refusal", "parting", "gift", "demand", "yielding", "loyalty", "war",
    "call", "peace", "protest", "greeting",
)  # fmt: skip
"""The tones: what a letter can be about."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The style of one kind of government."""

    name: str
    keywords: tuple[str, ...]
    """Parts of an ideology's id or name that select this style."""
    salutation: str
    """The salutation, before the reader's name."""
    office: str
    """The signature, after the writer's name; `{state}` is the writer's state."""
    remarks: Mapping[str, tuple[str, ...]]
    """Tone -> remarks."""


NEUTRAL = Voice(
    name="neutral",
    keywords=(),
    salutation="To the government of",
    office="for {state}",
    remarks={
        "offer": ("We await your answer.", "The pen is yours."),
        "accord": ("May it outlast the ink.", "We shall both be asked to mean it."),
        "refusal": ("We remain, with regret, unmoved.", "No offence is meant by it."),
        "parting": ("Papers will be returned on request.", "We thank you for as long as it ran."),
        "gift": ("A receipt will suffice.", "Nothing is asked in this letter."),
        "demand": ("A prompt answer would be a kindness to both.", "We have written it plainly."),
        "yielding": ("We trust the matter rests.", "Let the record be brief."),
        "loyalty": ("A word is a word.", "We put it in writing so that it can be held to us."),
        "war": ("Our envoys are on the evening train.", "This letter needs no answer."),
        "call": (
            "We count the days.",
            "The text is known to you.",
        ),
        "peace": ("Enough has been said in the other language.", "Let the clerks take over."),
        "protest": ("We expect fewer visitors.", "We note it, and keep the note."),
        "greeting": ("Business goes on as before.", "The seal is the same."),
    },
)

AUTOCRAT = Voice(
    name="autocrat",
    keywords=(
        "autocra",
        "absolut",
        "tsar",
        "czar",
        "despot",
        "dictator",
        "tyran",
        "sultan",
        "caliph",
        "fascis",
        "junta",
        "militar",
        "shogun",
        "imperial",
    ),
    salutation="We, to",
    office="who is {state}",
    remarks={
        "offer": ("It is not Our habit to ask.", "We dictate this letter once."),
        "accord": ("Our word is the only parliament it had to pass.", "So We have willed it."),
        "refusal": ("We are not obliged to say why, and shall not.", "The audience is over."),
        "parting": ("What We signed, We may unsign.", "Our seal has been recovered."),
        "gift": ("Gratitude may be sent by the usual courier.", "It was a small chest of many."),
        "demand": ("We do not negotiate with the calendar.", "You have heard Our pleasure."),
        "yielding": ("It pleases Us to be generous.", "Our patience is larger than the matter."),
        "loyalty": ("Our word, once given, does not wander.", "Let the heralds write it large."),
        "war": (
            "We shall dine in your capital or not at all.",
            "God will sort the correspondence.",
        ),
        "call": ("We do not call twice.", "Bring your army; leave your jurists."),
        "peace": ("Let the cannon be covered.", "Let the bells see to it."),
        "protest": (
            "We are not amused, and We are not surprised.",
            "We prefer guests who are announced.",
        ),
        "greeting": (
            "You will find Our hand steadier than the last.",
            "The throne was not empty for an hour.",
        ),
    },
)

MONARCH = Voice(
    name="constitutional monarch",
    keywords=("monarch", "royal", "crown", "kingdom", "king", "queen", "dynast"),
    salutation="To our good cousin of",
    office="on the advice of ministers, for {state}",
    remarks={
        "offer": (
            "Our ministers think it wise, and for once agree.",
            "The Cabinet has slept on it.",
        ),
        "accord": (
            "The families will be pleased; so, less visibly, are we.",
            "A toast was drunk, and then the text was read.",
        ),
        "refusal": (
            "We would not press you to ask twice.",
            "Believe us, cousin, with undiminished affection.",
        ),
        "parting": ("All seasons end; this one on paper.", "We keep the portrait you sent."),
        "gift": ("The Treasury sighed, and signed.", "Pray do not mention it; they will."),
        "demand": (
            "We put it as gently as the Foreign Office allows.",
            "Our ministers used a shorter word.",
        ),
        "yielding": ("Let us speak of the regatta.", "We find the point smaller than the quarrel."),
        "loyalty": (
            "A promise, cousin, is a species of engagement.",
            "One stands by one's signature; it is rather the point of having one.",
        ),
        "war": (
            "The ambassador regrets that he must return the dinner service.",
            "We take no pleasure in it, and no step back.",
        ),
        "call": (
            "You will remember the toast. This is what it was about.",
            "Our ministers enclose the clause.",
        ),
        "peace": ("The choirs are rehearsing.", "We had begun to forget what it was like."),
        "protest": ("One had hoped for better manners.", "Kindly have them knock."),
        "greeting": (
            "The ministers have been introduced to us.",
            "The portrait is already being painted.",
        ),
    },
)

REPUBLIC = Voice(
    name="republic",
    keywords=("republic", "democra", "liberal", "parliament", "constitution", "federal"),
    salutation="To the people and government of",
    office="for the government of {state}",
    remarks={
        "offer": (
            "It is drafted for signature rather than for applause.",
            "We would rather sign it before the elections.",
        ),
        "accord": ("We shall have to live up to the preamble.", "Posterity will find it in order."),
        "refusal": ("Our thanks, and our regrets, were unanimous.", "It was tabled, warmly."),
        "parting": (
            "It had fewer friends than signatures.",
            "The file is closed, and the archivist content.",
        ),
        "gift": (
            "The taxpayer sends his regards.",
            "It came out of a budget, and will be missed there.",
        ),
        "demand": (
            "Our public reads your answer tomorrow.",
            "We would rather read it out as settled.",
        ),
        "yielding": (
            "A committee will be found to call it prudence.",
            "We shall explain it to the chamber as a triumph.",
        ),
        "loyalty": (
            "We shall be held to it, which is the idea.",
            "We are told that this is what signatures are for.",
        ),
        "war": (
            "There will be singing today. We would have preferred silence.",
            "We have said it in one sentence, since one is enough.",
        ),
        "call": (
            "You too have a chamber; kindly wake it.",
            "The clause was debated; now it is due.",
        ),
        "peace": (
            "There will be an inquiry, as is our custom.",
            "The mothers will be told first.",
        ),
        "protest": (
            "We had thought our newspapers told you everything.",
            "We are an open country; we are not a careless one.",
        ),
        "greeting": (
            "The oath was short, and the applause shorter.",
            "We have inherited the desk, and what lies on it.",
        ),
    },
)

REVOLUTIONARY = Voice(
    name="revolutionary",
    keywords=(
        "revolution",
        "communis",
        "socialis",
        "jacobin",
        "soviet",
        "people",
        "anarch",
        "commune",
        "worker",
    ),
    salutation="Citizens of",
    office="in the name of the people of {state}",
    remarks={
        "offer": ("History does not wait, and neither do couriers.", "We print it on both sides."),
        "accord": (
            "Even a revolution needs neighbours.",
            "The delegates rose, and stayed standing.",
        ),
        "refusal": (
            "We did not storm a palace for this.",
            "We read it aloud, twice, for the pleasure of it.",
        ),
        "parting": ("The old paper has gone to the stove.", "We are freeing the archive of it."),
        "gift": ("From each according to his ability.", "It was a chandelier once."),
        "demand": ("The people ask; they seldom ask softly.", "Our drums are already paid for."),
        "yielding": ("One step back; the dialectic permits it.", "The barricade can be rebuilt."),
        "loyalty": ("Comradeship is a verb here.", "The volunteers outran the decree."),
        "war": ("To your soldiers we bear no grudge.", "Every printing press has the order."),
        "call": ("Comrades sign with their boots.", "The hour is on the poster."),
        "peace": ("Bread first; then speeches.", "Let the drums be used for dancing."),
        "protest": (
            "We know conspirators when we see them; we were some.",
            "We have opened a file, and you are in it.",
        ),
        "greeting": (
            "Persons pass; the cause signs its own letters.",
            "Nobody here is anybody's heir.",
        ),
    },
)

MERCHANT = Voice(
    name="merchant",
    keywords=(
        "merchant",
        "mercantil",
        "trade",
        "trading",
        "guild",
        "oligarch",
        "plutocra",
        "commerc",
    ),
    salutation="To the esteemed house of",
    office="for the account of {state}",
    remarks={
        "offer": (
            "The terms are good until the ledger closes.",
            "We have seen worse bargains sold.",
        ),
        "accord": ("Both copies are stamped; kindly keep yours dry.", "A fair day's business."),
        "refusal": ("Our compliments, and our pen undipped.", "We must let this lot pass."),
        "parting": ("The account is closed in good order.", "Every lease runs out."),
        "gift": ("Enter it under goodwill.", "No interest is charged on this page."),
        "demand": ("Payment is due on presentation.", "Our insurers have read it too."),
        "yielding": ("A small loss, promptly taken.", "We have written it off."),
        "loyalty": ("A house lives by its signature.", "We honour our paper, at par."),
        "war": (
            "Trade is suspended; so is conversation.",
            "It will cost us both, as we have reckoned.",
        ),
        "call": ("You signed for this cargo.", "We present the bill."),
        "peace": ("The harbours could open on Monday.", "War is a poor customer."),
        "protest": (
            "Samples are usually declared.",
            "We do not pay commission on this sort of thing.",
        ),
        "greeting": (
            "The books have been handed over, and are in order.",
            "The house has changed hands, not its name.",
        ),
    },
)

CLERIC = Voice(
    name="cleric",
    keywords=("theocra", "papal", "church", "cleric", "holy", "priest", "temple"),
    salutation="Peace be upon",
    office="servant of the faithful of {state}",
    remarks={
        "offer": ("We have prayed on it, and found no objection.", "Bring clean hands and a pen."),
        "accord": ("It was blessed before it was read.", "Let no clerk put it asunder."),
        "refusal": (
            "The answer came at vespers, and was short.",
            "We shall remember you elsewhere.",
        ),
        "parting": (
            "There is a time to embrace, and a time to refrain.",
            "Go in peace, if you can.",
        ),
        "gift": (
            "Let not your left hand know the sum.",
            "It came from the poor box and the rich one.",
        ),
        "demand": ("We have counselled meekness, to you.", "The trumpets are being polished."),
        "yielding": ("Blessed are the meek; it is a start.", "We turn the cheek, once."),
        "loyalty": ("Our yea is yea.", "We swore it on something."),
        "war": ("Both sides will claim the same ally.", "May you be forgiven, at length."),
        "call": ("An oath is an oath, whoever heard it.", "The bells say your name."),
        "peace": (
            "Let the swords be beaten into something.",
            "Let there be a Te Deum, and a short one.",
        ),
        "protest": ("We forgive; we keep the address.", "The serpent, too, came with an offer."),
        "greeting": (
            "We ask for your prayers, and the unpaid dues.",
            "The keys were handed to us at dawn.",
        ),
    },
)

VOICES = (REVOLUTIONARY, MERCHANT, CLERIC, AUTOCRAT, MONARCH, REPUBLIC)
"""In the order in which keywords are searched: "people's republic" before "republic"."""
