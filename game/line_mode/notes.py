"""The notebook on lines: what rivals were seen to do, and what is written of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.line_mode.dialogue import Choice, Dialogue
from game.messages import PlayerMessage
from game.words import percent
from game.words.deed_readings import fears, leaning_clause, surely

if TYPE_CHECKING:
    from game.campaign import Campaign

NOTES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
"""What can be written of a rival by numbers: the probability that it fears power."""


class Notes:
    """Reads and writes the notebook of a campaign."""

    def __init__(self, campaign: Campaign, dialogue: Dialogue) -> None:
        self._campaign, self._dialogue = campaign, dialogue

    def rival(self, question: str) -> str:
        """Another state that plays."""
        campaign = self._campaign
        others = [one for one in campaign.world.playing() if one != campaign.player]
        return self._dialogue.choose(
            question, [Choice(one, campaign.atlas.name(one)) for one in others]
        )

    def ask(self) -> None:
        """Ask of whom, and what is to be written."""
        campaign = self._campaign
        notes = campaign.notebook.now
        others = [one for one in campaign.world.playing() if one != campaign.player]
        choices = [
            Choice(one, f"{campaign.atlas.name(one)}: {percent(notes.get(one, 0.5))}")
            for one in others
        ]
        state = self._dialogue.choose(
            "Of whom? The figure says how surely it fears power.", choices
        )
        shares = [Choice(str(note), percent(note)) for note in NOTES]
        share = self._dialogue.choose("How surely does it fear power, not threat?", shares)
        campaign.notebook.write(state, float(share))

    def write(self, state: str, probability: Any) -> None:
        """Write what a program says of a state; say in a sentence what is wrong with it."""
        if not self._is_rival(state):
            return
        try:
            self._campaign.notebook.write(state, float(probability))
        except PlayerMessage as problem:
            self._dialogue.say(str(problem))
        except (TypeError, ValueError):
            self._dialogue.say(
                f"The notebook takes a probability from 0 to 1; {probability!r} is none."
            )

    def tell_deeds(self, state: str) -> None:
        """What was seen of a rival, the newest first, and what each deed would mean."""
        if not self._is_rival(state):
            return
        campaign = self._campaign
        name = campaign.atlas.name(state)
        said = fears(campaign.atlas, campaign.player or "", campaign.adviser.feared(state))
        lines = [f"{name} would fear {said}."]
        lines += [
            f"Assessed in {campaign.atlas.date(turn)}: {surely(share)}."
            for turn, share in campaign.notebook.assessed(state)
        ]
        deeds = campaign.adviser.witnessed_deeds(state)
        lines += [
            f"  {deed.date}: {deed.words} It {leaning_clause(deed.leans)}. {deed.reason}"
            for deed in deeds
        ]
        if not deeds:
            lines.append("We have seen nothing yet of what it does.")
        self._dialogue.say(*lines)

    def _is_rival(self, state: str) -> bool:
        """Whether a name is that of another state; if not, that is said."""
        known = state in self._campaign.atlas.state_index and state != self._campaign.player
        if not known:
            self._dialogue.say(f"There is no other state {state!r} on this map.")
        return known
