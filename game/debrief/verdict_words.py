"""The counts and the check that stand beside a verdict, in sentences."""

from game.debrief.report_names import times
from game.inference.crucial_tests import CrucialTests
from game.inference.fit_check import FitCheck
from game.words.grammar import counted, listed, with_article


def crucial_words(tests: CrucialTests) -> str:
    """Whom a state acted against where the two readings pointed apart."""
    if not tests.occasions:
        return "It never chose whom to stand against where the two readings pointed apart."
    acted = [
        f"{times(tests.power)} against the one to fear by power",
        f"{times(tests.threat)} against the one to fear by threat",
    ]
    if tests.neither:
        acted.append(f"{times(tests.neither)} against another")
    return (
        f"On {counted(tests.occasions, 'occasion')} the two readings pointed at different states: "
        f"it acted {listed(acted)}."
    )


def check_words(check: FitCheck, against: str) -> str:
    """What the likeliest doctrine expected of whom a state would name, and what was done."""
    said = (
        f"Of {counted(check.choices, 'choice')} of an adversary the likeliest doctrine expected "
        f"{check.expected:.0f} against {with_article(against)}; it made {check.made}."
    )
    if check.passed:
        return said
    return f"{said} What it did is too unlike what that doctrine foretells for it to be named."
