"""How a debrief is cited: what identifies a campaign and the program that debriefed it."""

from game.debrief.report_types import Report
from game.words.grammar import counted


def identity(report: Report) -> str:
    """The version, the revision of the rules, the map, the seed and the digest, in a line."""
    campaign = report.campaign
    seat = f", played as {campaign.state}" if campaign.state else ", AI against AI"
    return (
        f"Realpolitik {campaign.version}, rules of revision {campaign.engine_revision}; map "
        f"{campaign.map}, seed {campaign.seed}{seat}, {counted(campaign.played, 'turn')} of "
        f"{campaign.turns}; digest {campaign.digest}"
    )


def citation(report: Report) -> str:
    """How to cite it, in a sentence."""
    campaign = report.campaign
    return (
        f"Realpolitik (version {campaign.version}): debrief of a campaign on {campaign.title}, "
        f"seed {campaign.seed}, digest {campaign.digest[:16]}."
    )


def foot(report: Report) -> str:
    """The foot of every document: what it was made from, and how to cite it."""
    return f"{identity(report)}. Cite as: {citation(report)}"
