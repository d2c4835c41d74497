"""The cards of a dossier: a state's means, its threat, levers, reasons and treaties."""

from typing import TYPE_CHECKING

from textual.content import Content

from game.advice.aim_words import in_words
from game.advice.explained_points import LEAST_INSIGHT
from game.tui.safe_text import fit, line, lines, plain
from game.tui.widgets.aim_lines import aim_lines
from game.tui.widgets.bars import meter
from game.tui.widgets.explained_lines import part_lines
from game.words import army, fleet, money, percent, share
from game.words import order_labels as order_words
from game.words.deed_readings import fears
from game.words.grammar import ordinal
from game.words.phrases import term_end
from game.world.rules import BP, POSTURES

if TYPE_CHECKING:
    from game.campaign import Campaign

FACTORS = (
    ("power", "Power", "its share of the world"),
    ("proximity", "Proximity", "how near it is"),
    ("offense", "Offence", "its means of attack"),
    ("intentions", "Intentions", "how hostile we believe it"),
)
"""Walt's four factors: name, label, meaning (THEORY T1)."""
BAR = 10
ACT, EFFECT = 29, 22
"""Cells of the levers card's columns."""
AIM_WIDTH = 46
"""Cells of the line with the aim's title."""


def standing_line(campaign: "Campaign", state: str) -> Content:
    """Forces, posture and money, as known."""
    standing = campaign.world.state(state)
    parts = [
        f"army {army(standing.army, campaign.atlas)}",
        f"fleet {fleet(standing.fleet, campaign.atlas)}",
        f"posture {POSTURES[standing.posture]}",
        f"treasury {money(standing.treasury)}",
        f"reliability {share(standing.reliability / BP)}",
        f"resolve {share(standing.resolve / BP)}",
    ]
    if standing.mobilised:
        parts.append("mobilised")
    if standing.exhaustion:
        parts.append(f"exhaustion {percent(standing.exhaustion / BP)}")
    if not standing.alive:
        parts = ["It is no more."]
    return line((" · ".join(parts), "$text-muted"))


def own_card(campaign: "Campaign", most_insight: float | None = None) -> Content:
    """The player's aim, its points so far, and how safe it is under either reading.

    `most_insight` is the most that the notebook can be worth; None while that is worked out.
    """
    insecurity = campaign.adviser.insecurity()
    rows = [line(("No aim", "bold"))]
    status = campaign.debriefing.aim_status
    if status is not None:
        rows = aim_lines(status, campaign.atlas, campaign.setup.turns, AIM_WIDTH)
        rows.append(line((in_words(status.aim, campaign.atlas), "$text-muted")))
        points = campaign.adviser.explanations.points(most_insight)[0]
        rows.append(line((points.title, "bold"), f"  {points.text}"))
        rows += part_lines(points, AIM_WIDTH)
        if most_insight is not None:
            sealed = f"0 to {most_insight:.1f} for insight, sealed"
            if most_insight < LEAST_INSIGHT:
                sealed = "nothing for insight as yet: the notebook has told nothing"
            rows.append(line((f"  and {sealed}", "$text-muted")))
    for lens, words in (("BOP", "by power"), ("BOT", "by threat")):
        rows.append(line(f"  Insecurity {words:<10} {share(insecurity[lens])}"))
    rows.append(line(("  1 is the mean of all states at the start", "$text-muted")))
    return lines(*rows)


def threat_card(campaign: "Campaign", state: str) -> Content:
    """The four factors of threat as bars, and the state's rank under either reading."""
    factors = campaign.adviser.threat_factors(state)
    readings = {lens: campaign.adviser.readings(lens) for lens in ("BOP", "BOT")}
    largest = max((entry.share for entry in readings["BOP"].values()), default=1.0)
    rows = [line(("Its threat to us, factor by factor", "bold"))]
    for name, label, meaning in FACTORS:
        value = factors[name]
        drawn = value / max(largest, value, 1e-9) if name == "power" else value
        rows.append(
            line(
                f"  {label:<11}",
                (meter(drawn, BAR), "$accent"),
                f" {share(value):>4}  ",
                (meaning, "$text-muted"),
            )
        )
    for lens, words in (("BOP", "By power"), ("BOT", "By threat")):
        entry = readings[lens].get(state)
        if entry is not None:
            count = len(readings[lens])
            rows.append(
                line(
                    f"  {words:<11}",
                    (meter(entry.threat, BAR), "$warning"),
                    f" {share(entry.threat):>4}  ",
                    (f"{ordinal(entry.rank)} of {count} to fear", "$text-muted"),
                )
            )
    return lines(*rows)


def feared_line(campaign: "Campaign", state: str) -> Content:
    """Whom the state would fear most under either reading."""
    feared = campaign.adviser.feared(state)
    said = fears(campaign.atlas, campaign.player or "", feared)
    return line(("It would fear ", "$text-muted"), said)


def levers_card(campaign: "Campaign", state: str) -> Content:
    """The effect of each possible act on the state, under either reading."""
    heads = fit("if it fears power", EFFECT) + fit("if it fears threat", EFFECT)
    rows = [line((fit("What would move it", ACT + 2), "bold"), (heads, "$text-muted"))]
    for lever in campaign.adviser.levers(state):
        act = lever.act.removeprefix("We ")
        rows.append(
            line(
                f" {fit(act[:1].upper() + act[1:], ACT)} ",
                _moved(lever.if_power),
                _moved(lever.if_threat),
            )
        )
    return lines(*rows)


def reasons_card(campaign: "Campaign", state: str) -> Content:
    """What is known about its reasons, and how to learn more."""
    sealed = campaign.over or not campaign.player
    known = [] if sealed else campaign.adviser.reasons(state)
    reasons = [line("  ", reason) for reason in known] or [
        line(("  nothing yet: sound it out, or build a network there", "$text-muted"))
    ]
    return lines(line(("What we know of its reasons", "bold")), *reasons)


def treaties_card(campaign: "Campaign", state: str) -> Content:
    """The state's known treaties; those with the player are marked."""
    rows = []
    for treaty in campaign.world.treaties_of(state):
        others = ", ".join(
            "us" if party == campaign.player else campaign.atlas.name(party)
            for party in treaty.others(state)
        )
        terms = order_words.standing(treaty.terms, campaign.atlas, campaign.player or "")
        joint = "with"
        if treaty.guarantor:
            joint = "to" if treaty.guarantor == state else "from"
        mark = ("  ● ", "$accent") if campaign.player in treaty.parties else "  · "
        end = f"({term_end(campaign.world, treaty)})"
        rows.append(line(mark, f"{joint} {others}: {terms} ", (end, "$text-muted")))
    title = "Our treaties" if state == campaign.player else "Its treaties that we know of"
    return lines(line((title, "bold")), *(rows or [plain("  none")]))


def _moved(effect: str) -> tuple[str, str]:
    """An effect in its column, in a muted colour if it is 0."""
    words = fit(effect.replace("(", "").replace(")", ""), EFFECT)
    return (words, "$text-muted" if effect.startswith("nothing") else "")
