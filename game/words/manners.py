"""How a writer's temperament shows in its letters: the same deed in another tone.

A line of manner is style alone, like a voice's remark: it gives no reason, names no fact, and fits
every event of its tone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal[-1, 0, 1]
"""A trait: little of it, neither, much of it."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a state writes: what shows of its temperament."""

    patience: Level = 0
    candour: Level = 0
    pride: Level = 0

    def lines(self, tone: str) -> tuple[str, ...]:
        """The lines that its marked traits have for a tone; none where nothing is marked."""
        traits = (("patience", self.patience), ("candour", self.candour), ("pride", self.pride))
        return tuple(line for trait in traits for line in LINES.get(trait, {}).get(tone, ()))


PLAIN = Manner()
"""A manner that shows nothing."""

LINES: Mapping[tuple[str, Level], Mapping[str, tuple[str, ...]]] = {
    ("pride", 1): {
        "offer": ("We shall not ask a second time.", "An offer of ours is not made twice."),
        "accord": ("You have chosen your company well.",),
        "refusal": ("You might have known better than to ask.", "Such a paper is beneath us."),
        "parting": ("It was never worthy of us.",),
        "demand": ("It is owed to us, and we shall have it.", "We do not beg for what is ours."),
        "yielding": ("Do not mistake this for a habit.", "It will be remembered here."),
        "call": ("We are not used to waiting.",),
        "peace": ("Our head is as high as before.",),
        "protest": ("It is an insult, and has been entered as one.",),
    },
    ("pride", -1): {
        "offer": ("Should it not suit you, we shall gladly ask again.",),
        "accord": ("We are honoured by it.",),
        "refusal": ("We are sorry to disappoint you, and hope to be asked again.",),
        "parting": ("The fault may well be ours.",),
        "demand": ("We do not like to ask, and would not if we could help it.",),
        "yielding": ("We do not mind being told that we were wrong.", "There is no shame in it."),
        "call": ("We should be grateful, whatever you can spare.",),
        "peace": ("We have both been foolish.",),
        "protest": ("Perhaps it was a misunderstanding.",),
    },
    ("candour", 1): {
        "offer": ("There is nothing behind it but what it says.", "To be plain: we want it."),
        "accord": ("We mean it as it stands.",),
        "refusal": ("To be plain: no.", "You should not hope for another answer."),
        "parting": ("To be plain: it had become a burden.",),
        "gift": ("To be plain: we expect to be remembered for it.",),
        "demand": ("We say it once, and openly.",),
        "yielding": ("To be plain: we do not care to fight over it.",),
        "loyalty": ("You may take every word of it as it stands.",),
        "war": ("There is no other way to put it.",),
        "call": ("We say openly that we cannot do it alone.",),
        "peace": ("To be plain: we have had enough.",),
        "protest": ("We say so to your face.",),
    },
    ("candour", -1): {
        "offer": ("The rest is better said than written.", "There is more to it, in time."),
        "accord": ("What else was said need not stand here.",),
        "refusal": ("The moment is not quite the right one.", "Matters may look otherwise later."),
        "parting": ("Circumstances, of which we need not speak, advise it.",),
        "gift": ("One may think of it what one likes.",),
        "demand": ("You will know what is meant, and what is not said.",),
        "yielding": ("For the present, and with certain reservations.",),
        "loyalty": ("As matters stand, and so far as it can be said.",),
        "war": ("Of the reasons there are several.",),
        "call": ("The particulars will follow by another hand.",),
        "peace": ("What it means for later may be left open.",),
        "protest": ("We draw certain conclusions, and keep them.",),
    },
    ("patience", 1): {
        "offer": ("Take what time you need.", "It will keep until you have slept on it."),
        "refusal": ("Time may bring another answer.",),
        "demand": ("We can wait for your answer, and shall.",),
        "yielding": ("We have waited longer for less.",),
        "call": ("Come when you are ready.",),
        "peace": ("We should have waited, had you asked.",),
        "protest": ("We can let it rest for now.",),
    },
    ("patience", -1): {
        "offer": ("We want your answer by return.", "It does not keep."),
        "refusal": ("Let us lose no more time over it.",),
        "demand": ("At once, if you please.", "Our clock is fast."),
        "yielding": ("And now to other things.",),
        "call": ("Today rather than tomorrow.",),
        "peace": ("Let it be over by the evening.",),
        "protest": ("We want an answer today.",),
    },
}
"""(trait, level) -> tone -> lines. A tone that is missing shows nothing of the trait."""
