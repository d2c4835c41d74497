"""The steps of the lesson, in their order: what each says, where, and what completes it.

What a step names (the strongest, an offer that nobody would sign) is worked out of the campaign as
it stands, so that a change of the rules does not make the lesson wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.words import percent
from game.words.grammar import listed, possessive, with_article
from game.world.orders import Offer, Sound, Terms

if TYPE_CHECKING:
    from game.tui.lesson.lesson import Lesson

Says = Callable[["Lesson"], str]
UNLIKELY, LIKELY = 0.1, 0.5
"""The chances below which an offer surely fails, and from which it is a good one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is taught."""

    id: str
    turn: int
    """The turn in which it is taught."""
    title: str
    says: Says
    """What it is about, on the campaign screen."""
    task: Says
    """What the reader shall do."""
    done: Callable[[Lesson], bool]
    """Whether the reader has done it; a step is done too once its turn is over."""
    panel: str = ""
    """The id of the panel that it is about, which is marked; empty if it is about none."""
    inside: Mapping[str, Says] = field(default_factory=dict)
    """What it says on other screens, by the name of their class."""
    by_ending_the_turn: bool = False
    """Whether the task is to end the turn."""


def _name(lesson: Lesson, state: str) -> str:
    return with_article(lesson.campaign.atlas.name(state))


def first_by(lesson: Lesson, lens: str) -> str:
    """The state that the player should fear most under a lens."""
    readings = lesson.campaign.adviser.readings(lens)
    return min(readings, key=lambda state: readings[state].rank)


def hopeless_offer(lesson: Lesson) -> Offer | None:
    """A legal defence pact that its partner would refuse under either reading; None if none is."""
    campaign = lesson.campaign
    great = [one.id for one in campaign.world.states if one.great and one.id != campaign.player]
    for to in sorted(great, key=lambda state: -campaign.adviser.readings("BOP")[state].share):
        for against in great:
            offer = Offer(to, Terms(("defense",), against))
            if against == to or campaign.refusal(offer) is not None:
                continue
            chances = campaign.adviser.forecast(offer)
            if chances is not None and max(chances.if_power, chances.if_threat) < UNLIKELY:
                return offer
    return None


def refused_by(lesson: Lesson) -> str:
    """Who said no to an offer of ours in the last turn, or named other terms; empty if nobody."""
    campaign = lesson.campaign
    for event in campaign.report():
        no = event.kind in ("treaty_declined", "treaty_countered")
        if no and campaign.player in (event.actor, event.target):
            other = event.actor if event.actor != campaign.player else event.target
            asked = [
                order.to
                for order in campaign.history.turns[-1].orders.get(campaign.player or "", ())
                if isinstance(order, Offer)
            ]
            if other in asked:
                return other
    return ""


def _has_offered(lesson: Lesson) -> bool:
    return any(isinstance(order, Offer) for order in lesson.campaign.pending)


def _has_a_good_offer(lesson: Lesson) -> bool:
    """Whether an offer is ordered that will likely be signed, or none could be made."""
    adviser = lesson.campaign.adviser
    offers = [order for order in lesson.campaign.pending if isinstance(order, Offer)]
    chances = [adviser.forecast(order) for order in offers]
    if any(one is not None and one.blended >= LIKELY for one in chances):
        return True
    return not offers and adviser.best_offer() is None


def _opened(lesson: Lesson, screen: str, state: str = "") -> bool:
    """Whether a screen was opened in this turn, on a state if one is named."""
    return any(
        (turn, name) == (lesson.turn, screen) and state in ("", about)
        for turn, name, about in lesson.opened
    )


def _says_hopeless(lesson: Lesson) -> str:
    offer = hopeless_offer(lesson)
    known = "An envoy carries one offer or demand to another court, or listens there; you have "
    known += f"{lesson.campaign.envoys_left} a turn. "
    if offer is None:
        return f"{known}Whether an offer is signed depends on what the other fears."
    to, foe = _name(lesson, offer.to), _name(lesson, offer.terms.against or "")
    return f"{known}Nobody signs for nothing: {to} does not fear {foe}. See what becomes of it."


def _task_hopeless(lesson: Lesson) -> str:
    offer = hopeless_offer(lesson)
    if offer is None:
        return "o opens the desk: offer somebody a pact that the forecast gives little chance."
    to, foe = _name(lesson, offer.to), _name(lesson, offer.terms.against or "")
    return f"Put the cursor on {to} (arrow keys), press o, set Against to {foe}, and send it (s)."


def _says_why(lesson: Lesson) -> str:
    who = refused_by(lesson)
    if not who:
        return "What a rival signs, and what it refuses, tells whom it fears."
    return (
        f"{_name(lesson, who).capitalize()} would not have it: no reading made it worth "
        "while. A refusal costs nothing but three turns' rest, and tells something."
    )


def _task_why(lesson: Lesson) -> str:
    who = refused_by(lesson) or first_by(lesson, "BOP")
    return f"Open the dossier of {_name(lesson, who)}, and find what we know of its reasons."


STEPS = (
    Step(
        "readings", 1, "Two readings",
        lambda lesson: (
            f"By power alone (Waltz) you should fear {_name(lesson, first_by(lesson, 'BOP'))}, "
            f"the strongest. By threat (Walt) it is {_name(lesson, first_by(lesson, 'BOT'))}: "
            "near, armed for attack, thought hostile."
        ),
        lambda _: "Press v until you have seen the map by Waltz and by Walt.",
        lambda lesson: {"waltz", "walt"} <= lesson.overlays,
        panel="readings",
    ),
    Step(
        "dossier", 1, "A dossier",
        lambda _: (
            "Each rival acts on one of the two readings, and does not say which. All that is "
            "known of one stands in its dossier."
        ),
        lambda lesson: (
            f"Move the cursor to {_name(lesson, first_by(lesson, 'BOT'))} with the arrow keys "
            "and press Enter."
        ),
        lambda lesson: _opened(lesson, "DossierScreen", first_by(lesson, "BOT")),
        panel="map",
        inside={
            "DossierScreen": lambda _: (
                "Threat is four factors together: power, proximity, offence, intentions. Below "
                "the bars stands how much it is to be feared by power alone, and by threat. Esc "
                "goes back."
            )
        },
    ),
    Step(
        "offers", 1, "Their offers",
        lambda _: (
            "All states give their orders in secret; then all are opened at once. What others "
            "offer you waits for your answer."
        ),
        lambda _: "Press space to end the turn.",
        lambda _: False,
        inside={
            "AnswersScreen": lambda _: (
                "Whom an offer is against tells whom its sender fears; you cannot sign against "
                "each other's friends. The columns: what signing is worth by power, by threat. "
                "Enter chooses, s sends."
            ),
        },
        by_ending_the_turn=True,
    ),
    Step(
        "refused", 2, "An offer that fails", _says_hopeless, _task_hopeless, _has_offered,
        panel="map",
        inside={
            "ReportScreen": lambda _: (
                "What happened, as far as you saw it; the marked line may come with a letter. Left "
                "and right turn to other years. Space goes on."
            ),
            "TreatyDialog": lambda _: (
                "Every forecast has two columns, for you do not know what the other fears. Where "
                "both are low, it gains nothing by either reading. Send it all the same: s."
            ),
        },
    ),
    Step(
        "why", 3, "Why it failed", _says_why, _task_why,
        lambda lesson: _opened(
            lesson, "DossierScreen", refused_by(lesson) or first_by(lesson, "BOP")
        ),
        panel="dispatches",
        inside={
            "ReportScreen": lambda _: (
                "Your offer and its answer stand in the report. Whom they named instead, if they "
                "did, is whom they fear."
            ),
            "DossierScreen": lambda _: (
                "What we know of its reasons: the states it thought of, never its doctrine. "
                "Below: what each act of yours would do if it fears power, if it fears threat. "
                "Esc goes back."
            )
        },
    ),
    Step(
        "listen", 3, "Listening",
        lambda _: (
            "An envoy can carry an offer, or listen. One who listens hears of the talks held in "
            "that court this turn: who offered what, against whom. It is cheap, cannot be caught, "
            "and makes every forecast of that state surer."
        ),
        lambda _: "Put the cursor on a neighbour, press i, and give the order to listen there (s).",
        lambda lesson: any(isinstance(one, Sound) for one in lesson.campaign.pending),
        panel="map",
        inside={
            "InfluenceDialog": lambda _: "It takes one envoy and no money. s gives the order."
        },
    ),
    Step(
        "notebook", 4, "The notebook",
        lambda _: (
            "Write down what you think each rival fears. Your notebook blends every forecast, and "
            "a quarter of the score is how early and how well it knows."
        ),
        lambda _: "Press n, choose a rival, and move its slider.",
        lambda lesson: bool(lesson.campaign.notebook.now),
        inside={
            "NotebookScreen": lambda _: (
                "Left is threat, right is power. Below stands what the marked rival was seen to "
                "do, and by the dots to which reading each deed leans. Esc goes back."
            )
        },
    ),
    Step(
        "budget", 5, "Arms and posture",
        lambda _: (
            "Arms protect you, and frighten those who fear threat: a forward posture more than an "
            "army that stays at home. Who fears power looks at your share alone."
        ),
        lambda _: "Press b, and look at what posture and army would cost.",
        lambda lesson: _opened(lesson, "BudgetDialog"),
        inside={
            "BudgetDialog": lambda _: (
                "Money for arms comes from this year's revenue. Give an order (s), or leave all "
                "as it is (Esc)."
            )
        },
    ),
    Step(
        "good", 6, "An offer that is signed",
        lambda _: (
            "Now find terms that both of you gain from: a foe that the other fears, by the "
            "reading you believe it acts on. The matters below the map suggest some."
        ),
        lambda _: (
            f"Make an offer that the forecast by your notebook gives {percent(LIKELY)} or more "
            "(o, or a matter's number)."
        ),
        _has_a_good_offer,
        panel="matters",
        inside={
            "TreatyDialog": lambda _: (
                "Change the partner and the foe and watch the forecast. By our notebook it shall "
                f"be {percent(LIKELY)} or more."
            )
        },
    ),
    Step(
        "chronicle", 7, "The chronicle",
        lambda _: (
            "Who joined whom, against whom, is how the two theories are told apart. The chronicle "
            "keeps every turn, the alliances, and whom each has to fear by either reading."
        ),
        lambda _: "Press c and look at its tabs (1 to 4).",
        lambda lesson: _opened(lesson, "ChronicleScreen"),
        inside={
            "ChronicleScreen": lambda _: (
                "3 shows who is bound to whom, turn by turn; 4 whom each has to fear. Esc "
                "goes back."
            )
        },
    ),
    Step(
        "last", 8, "The last turn",
        lambda _: "After this turn the envelopes are opened: what each rival feared all along.",
        lambda _: "Set your notebook right once more (n), then press space.",
        lambda _: False,
        by_ending_the_turn=True,
    ),
    Step(
        "envelopes", 9, "The envelopes", lambda _: "", lambda _: "", lambda _: True,
        inside={
            "DebriefScreen": lambda lesson: (
                f"The verdicts come from conduct alone; a opens {_envelopes(lesson)}. Who fears "
                "power (Waltz) stood against the strongest; who fears threat (Walt) against "
                "whoever was strong, near, armed and thought hostile."
            )
        },
    ),
)  # fmt: skip
"""All steps; those of one turn follow one another."""


def _envelopes(lesson: Lesson) -> str:
    rivals = [
        possessive(_name(lesson, state.id))
        for state in lesson.campaign.world.states
        if state.great and state.id != lesson.campaign.player
    ]
    return f"the envelopes of {listed(rivals)}" if len(rivals) < 3 else "all the envelopes"


CRISIS = (
    "A crisis. Both sides choose at once: yield, hold or climb. By whom each bystander would stand "
    "if it fears power, and if it fears threat, is shown: what it then does is your best evidence."
)
"""What the lesson says on the ladder, in whichever turn a crisis comes."""
