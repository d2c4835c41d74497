"""For the teacher: a lesson of 50 minutes, a glossary, and what to read."""

from game.debrief.citation import citation, foot
from game.debrief.leading_states import six_for_a_class
from game.debrief.report_names import capital, spoken
from game.debrief.report_types import Report
from game.page.blocks import (
    Block,
    Bullets,
    Document,
    Faint,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
)
from game.words.grammar import counted, listed

GLOSSARY: tuple[tuple[str, str, str], ...] = (
    ("Anarchy", "nobody stands above states; each must look after itself in the end", "S2, S3"),
    ("Alliance", "a promise to fight together or to keep still, signed or merely lived", "S5, S6"),
    ("Balance of power", "Waltz: states join against the strongest, wherever it is", "W1, W2"),
    ("Balance of threat", "Walt: states join against the most threatening: strong, near, armed for "
     "attack and believed hostile", "T1, T2"),
    ("Balancing", "to bind oneself against the state that one has most to fear", "S4"),
    ("Bandwagoning", "to bind oneself with that state", "S4, T4, T7"),
    ("Appeasement", "to promise that state peace or neutrality, and no more", "T5"),
    ("Capability", "the mean of a state's shares of population, industry and forces", "W1"),
    ("Security dilemma", "what makes one state safe makes the next one uneasy", "S9"),
    ("Entanglement", "to be drawn into the quarrels of a partner", "S11"),
    ("Pledge", "a public promise in one crisis to fight beside a side if it comes to war", "S2"),
    ("Call", "an obligation that falls due: a partner asks for what was promised", "T14"),
    ("Lens", "the figures in which a theory sees danger: power alone, or four factors", "W1, T1"),
    ("Posterior", "the share of belief that the evidence leaves to a doctrine", "S10"),
    ("Log odds", "the logarithm of how many times likelier one theory is than another", "S10"),
    ("Envelope", "the doctrine that a state of the game followed, sealed until the end", "W14"),
    ("Diagnostic turn", "one on which the two theories expected different things", "S4"),
    ("Brier score", "the mean square of belief from truth: 0 is best, 0.25 knows nothing", "S10"),
)  # fmt: skip
"""A word, what it means, and the claims behind it."""
READING = (
    "Dar, A. I., ul Haq, I., & Khan, M. (2017). Alliances in International Politics. KIJAHS 4(3), "
    "44-51. The paper whose claims are cited here by their ids.",
    "Waltz, K. N. (1979). Theory of International Politics. Addison-Wesley. Chapter 6: balances "
    "of power.",
    "Walt, S. M. (1985). Alliance Formation and the Balance of World Power. International "
    "Security 9(4), 3-43. The shortest statement of balance of threat.",
    "Walt, S. M. (1987). The Origins of Alliances. Cornell University Press.",
    "Jervis, R. (1978). Cooperation under the Security Dilemma. World Politics 30(2), 167-214.",
    "Snyder, G. H. (1984). The Security Dilemma in Alliance Politics. World Politics 36(4), "
    "461-495. Abandonment and entrapment.",
    "Schweller, R. L. (1994). Bandwagoning for Profit. International Security 19(1), 72-107. Why "
    "some states join the stronger (H9).",
    "Levy, J. S., & Thompson, W. R. (2005). Hegemonic Threats and Great-Power Balancing in Europe, "
    "1495-1999. Security Studies 14(1), 1-33. What has been counted (H1, H3).",
)


def lesson_plan(report: Report) -> Document:
    """A plan for 50 minutes with this campaign, a glossary and a bibliography."""
    return Document(
        f"Lesson: {report.campaign.title}",
        (
            "For the teacher. Print the prediction sheet and the questions, one each for every "
            "student; keep the debrief, the answers and the figures until the reveal.",
        ),
        (
            Section("Fifty minutes", "plan", _plan(report)),
            Section("Glossary", "glossary", (_glossary(),)),
            Section("What to read", "reading", (Bullets(READING),)),
            Section("How to cite", "cite", (Paragraph(citation(report)),)),
        ),
        foot(report),
    )


def _plan(report: Report) -> tuple[Block, ...]:
    campaign = report.campaign
    states = six_for_a_class(report)
    who = listed(spoken(report, state) for state in states)
    telling = _most_telling(report, states)
    rows: list[tuple[Text, ...]] = [
        ("0-5", Strong("The two theories"), "Whom does a state fear, and so whom does it join? "
         "Waltz: the strongest. Walt: the most threatening. Write both on the board, with one "
         "line each from the glossary."),
        ("5-12", Strong("First guess"), f"Prediction sheet, first table: {who}. Where do the two "
         "readings name the same state? Such a state can hardly show its theory: why?"),
        ("12-22", Strong("Second guess"), "In pairs: read what the states did, mark each deed "
         "power or threat, and write a second guess with a reason. Then pens down."),
        ("22-27", Strong("Reveal"), "Show \"Verdicts\" of the debrief: first what conduct "
         "resembled, then the envelopes. Everybody works out a Brier score; take the class's "
         "mean. 0.25 is what an empty page scores."),
        ("27-40", Strong("Why"), "Six groups, one state each: the questions on six states, from "
         f"\"Who had most to fear of whom\" and \"State by state\". {telling}"),
        ("40-46", Strong("What it does not show"), "The last question: conduct resembled a theory; "
         "why is that no cause (W14)? Who would have done the same for another reason?"),
        ("46-50", Strong("On leaving"), "Each writes one sentence: a turn of this campaign that "
         "one of the theories explains badly, and what would have to be known to say more."),
    ]  # fmt: skip
    span = (
        f"{counted(campaign.played, 'turn')} of {campaign.title}, {campaign.first} to "
        f"{campaign.last}"
    )
    return (
        Paragraph(f"The campaign: {span}."),
        Table("", ("minutes", "what", "how"), tuple(rows)),
        Paragraph(
            (
                "If there is more time: run the campaign again with one doctrine swapped "
                "(realpolitik debrief SAVE --rerun ID=D), or let every group play it and compare "
                "them (realpolitik debrief SAVE... --class -o class.html). ",
                Faint("decisions.csv holds every decision for a seminar in method."),
            ),
            "note",
        ),
    )


def _most_telling(report: Report, states: list[str]) -> str:
    """The turn to hold up if the class gets stuck."""
    rows = [row for state in states for row in report.states[state].diagnostic]
    if not rows:
        return ""
    row = max(rows, key=lambda one: abs(one.probability["BOP"] - one.probability["BOT"]))
    return f"If a group is stuck, look at {row.date}: {capital(row.deed)}"


def _glossary() -> Table:
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (Strong(word), meaning, ids) for word, meaning, ids in GLOSSARY
    )
    return Table("", ("word", "meaning", "claims"), rows)
