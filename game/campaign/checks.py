"""What a campaign cannot be begun, run again or answered with: each check raises Refused."""

from collections.abc import Mapping, Sequence

from game import scoring
from game.campaign.refused import Refused
from game.theory.doctrine import doctrines as known_doctrines
from game.world.atlas import Atlas
from game.world.map_document import MapDoc
from game.world.questions import Answer, OfferQuestion, Question

LISTED = 8
"""How many of a map's states are named to one who looks for another."""


def check_player(map: MapDoc, player: str) -> None:
    """Raise Refused if a map has no such state, or it stands off the map in the first turn."""
    if player not in map.states:
        known = ", ".join(list(map.states)[:LISTED])
        raise Refused(f"There is no state {player!r} on this map; it has {known}.")
    if map.states[player].committed_at(1) == 0:
        raise Refused(f"{map.states[player].name} stands off the map and cannot be played.")


def check_states(map: MapDoc, states: Sequence[str]) -> None:
    """Raise Refused if a map lacks one of some states."""
    for state in states:
        if state not in map.states:
            known = ", ".join(list(map.states)[:LISTED])
            raise Refused(f"There is no state {state!r} on this map; it has {known}.")


def check_aim(atlas: Atlas, player: str, aim: str) -> None:
    """Raise Refused if a state has no such aim to choose."""
    offered = [one.id for one in scoring.aims_of(atlas, player)]
    if aim not in offered:
        raise Refused(f"There is no aim {aim!r} for {player}; choose of {', '.join(offered)}.")


def check_doctrines(map: MapDoc, doctrines: Mapping[str, str]) -> None:
    """Raise Refused if a state or its doctrine (state -> doctrine) is unknown on a map."""
    known = known_doctrines(map)
    for state, doctrine in doctrines.items():
        if state not in map.states:
            raise Refused(f"There is no state {state!r} on this map.")
        if doctrine not in known:
            raise Refused(f"There is no doctrine {doctrine!r}; there are {', '.join(known)}.")


def check_answers(waiting: Sequence[Question], answers: Mapping[str, Answer]) -> None:
    """Raise Refused if a question (by id) does not wait, or its answer is none of its options."""
    by_id = {question.id: question for question in waiting}
    for name, given in answers.items():
        if name not in by_id:
            raise Refused(f"Nobody asks {name!r} now.")
        question = by_id[name]
        if isinstance(given, str):
            if given not in question.options:
                raise Refused(f"{given!r} is no answer; choose of {', '.join(question.options)}.")
        elif not isinstance(question, OfferQuestion) or not question.may_counter:
            raise Refused("Other terms can be put only against an offer that is not final.")
