"""A reader of the debrief's sentences that knows the events alone, and none of the game's words.

A sentence is taken apart by patterns of its own; each says which events of its turn must be there
and which must not. A sentence that no pattern fits is an error.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from game.history import History, TurnRecord
from game.world.events import Event

OBLIGATIONS = ("defense", "offense", "neutrality", "nonaggression", "consultation")
LEAVING = ("notice_given", "treaty_broken", "treaty_ended", "guarantee_withdrawn")
Says = Callable[["Turn", str, Mapping[str, str]], bool]
"""Whether a turn bears a sentence out: of the turn, the actor's id, and the parts of a match."""


@dataclass(frozen=True)
class Turn:
    """A turn that can be asked what happened in it."""

    record: TurnRecord
    ids: Mapping[str, str]
    """Name within a sentence -> id of a state."""
    places: Mapping[str, str]
    """Name within a sentence -> id of a province."""

    def has(self, kinds: str, actor: str = "", target: str = "", **facts: object) -> bool:
        """Whether an event of one of some kinds happened, with this actor, target and facts."""
        return any(
            event.kind in kinds.split()
            and actor in ("", event.actor)
            and target in ("", event.target)
            and all(event[name] == value for name, value in facts.items())
            for event in self.record.events
        )

    def pair(self, kind: str, one: str, other: str) -> list[Event]:
        """The events of a kind between two states, whoever of them is the actor."""
        return [
            event
            for event in self.record.events
            if event.kind == kind and {event.actor, event.target} == {one, other}
        ]

    def pact(self, words: str) -> dict[str, object]:
        """The facts of a pact in words: "a secret defense pact against France"."""
        words = re.sub(r", for which .*? a turn$", "", words)
        bare = re.sub(r"^(?:an?|the) (?:secret )?", "", words)
        kind, _, foe = re.sub(" concerning ", " against ", bare).partition(" against ")
        kinds = tuple(name for name in OBLIGATIONS if re.search(rf"\b{name}\b", kind))
        return {"obligations": kinds, "against": self.ids[foe] if foe else ""}


def reader(history: History) -> Callable[[int, str], tuple[str, bool]]:
    """A function from (turn, sentence about a deed) to (which pattern fits, whether it is true)."""
    atlas = history.start.atlas
    ids = {spoken(atlas.name(state.id)): state.id for state in history.start.states}
    places = {re.sub("^The ", "the ", one.name): one.id for one in atlas.provinces}
    who = "|".join(sorted(map(re.escape, ids), key=len, reverse=True))

    def read(turn: int, text: str) -> tuple[str, bool]:
        seen = Turn(history.turns[turn - 1], ids, places)
        text = re.sub(r" \(weighed as the nearest on its menu: .*\)", "", text.rstrip("."))
        head = re.match(rf"(?i:({who})) ", text)
        assert head is not None, text
        actor = next(id for name, id in ids.items() if name.lower() == head[1].lower())
        rest, _, end = text[head.end() :].partition(", but ")
        for pattern, says in PATTERNS:
            made = re.fullmatch(pattern.replace("WHO", f"(?:{who})"), rest)
            if made is not None:
                return pattern, _ends(seen, end) and says(
                    seen, actor, {**made.groupdict(), "but": end}
                )
        raise AssertionError(f"no pattern reads: {text}")

    return read


def spoken(name: str) -> str:
    """A name within a sentence, by a list of its own."""
    the = r"\b(Kingdom|Empire|States|Union|Netherlands|Isles|Cantons|League|Provinces|Republic)\b"
    bare = re.sub("^[Tt]he ", "", name)
    return f"the {bare}" if bare != name or re.search(the, name) else name


def _ends(turn: Turn, end: str) -> bool:
    """Whether what stands after "but" is one of the ends that are known."""
    known = (
        "the order did not stand|it lapsed|its notice ended it first|not all agreed|"
        "the crisis was over|could not enter the war|.* (yielded|let its demand drop)"
    )
    return not end or re.fullmatch(known, end) is not None


def _offered(turn: Turn, me: str, parts: Mapping[str, str]) -> bool:
    to, terms, end = turn.ids[parts["to"]], turn.pact(parts["pact"]), parts["end"]
    if parts["but"]:
        return not turn.has("treaty_offered", me, to, **terms)
    signed = turn.pair("treaty_signed", me, to)
    same = any(all(event[name] == value for name, value in terms.items()) for event in signed)
    came = {
        ", and it was signed": same,
        ", which came to nothing": not signed,
    }.get(end, bool(signed) and not same)
    return came and turn.has("treaty_offered", me, to, **terms)


def _answered_offer(turn: Turn, me: str, parts: Mapping[str, str]) -> bool:
    by, terms, end = turn.ids[parts["by"]], turn.pact(parts["pact"]), parts["end"]
    offered = turn.has("treaty_offered", by, me, **terms) or turn.has(
        "treaty_countered", by, me, **terms
    )
    signed = any(
        all(event[name] == value for name, value in terms.items())
        for event in turn.pair("treaty_signed", me, by)
    )
    if parts["but"]:
        return offered and not signed and turn.has("treaty_lapsed", by, me, **terms)
    if parts["verb"] == "accepted":
        return offered and signed is (not end)
    return offered and turn.has("treaty_declined", by, me, **terms)


def _acceded(turn: Turn, newcomer: str, pact: str) -> bool:
    """Whether a state joined a treaty in force of these terms: it renews its own number."""
    return any(
        event["treaty"] == event["renews"]
        and all(event[name] == value for name, value in turn.pact(pact).items())
        for event in turn.record.events
        if event.kind == "treaty_signed" and event.target == newcomer
    )


def _invited(turn: Turn, me: str, parts: Mapping[str, str]) -> bool:
    to = turn.ids[parts["to"]]
    joined = _acceded(turn, to, parts["pact"])
    return turn.has("treaty_offered", me, to) and joined is (parts["end"] == ", which it joined")


def _answered_invitation(turn: Turn, me: str, parts: Mapping[str, str]) -> bool:
    by, terms = turn.ids[parts["by"]], turn.pact(parts["pact"])
    joined = _acceded(turn, me, parts["pact"])
    if parts["but"] == "it lapsed" and not turn.has("treaty_lapsed", by, me, **terms):
        return False
    if parts["verb"] == "declined":
        return turn.has("treaty_declined", by, me, **terms)
    return turn.has("treaty_offered", by, me, **terms) and joined is (not parts["but"])


def _countered(turn: Turn, me: str, parts: Mapping[str, str]) -> bool:
    by, own = turn.ids[parts["by"]], turn.pact(parts["own"])
    signed = any(
        all(event[name] == value for name, value in own.items())
        for event in turn.pair("treaty_signed", me, by)
    )
    lapsed = turn.has("treaty_lapsed", by, me, **own)
    return (
        turn.has("treaty_offered", by, me, **turn.pact(parts["pact"]))
        and turn.has("treaty_countered", me, by, **own)
        and signed is (parts["end"] == ", and it was signed")
        and (lapsed and not signed if parts["but"] else bool(parts["end"]))
    )


def _left(turn: Turn, me: str, parts: Mapping[str, str], kind: str) -> bool:
    """Whether the state left the treaty that is named: of these obligations, with these states."""
    names = {id: name for name, id in turn.ids.items()}
    partners = parts["what"].partition(" against ")[0]
    return any(
        event.kind == kind
        and event.actor == me
        and names[event.target] in partners
        and all(each in parts["what"] for each in event.names("obligations"))
        for event in turn.record.events
    )


def _held(turn: Turn, me: str, parts: Mapping[str, str]) -> bool:
    """Who held neither yielded nor climbed in some exchange: something else is recorded of it."""
    other = turn.ids[parts["by"]]
    kinds = ("crisis_held", "crisis_climbed", "demand_yielded", "demand_withdrawn")
    return any(turn.pair(kind, me, other) for kind in kinds)


def _yielded(turn: Turn, me: str, parts: Mapping[str, str]) -> bool:
    other = turn.ids[parts["by"]]
    if parts["but"]:
        return turn.has("demand_withdrawn", other, me)
    return turn.has("demand_yielded", other, me)


def _pressed(turn: Turn, me: str, parts: Mapping[str, str]) -> bool:
    other = turn.ids[parts["by"]]
    if parts["but"]:
        return bool(
            turn.pair("demand_yielded", me, other) + turn.pair("demand_withdrawn", me, other)
        )
    return turn.has("crisis_climbed", me, other)


def _joined(turn: Turn, me: str, parts: Mapping[str, str]) -> bool:
    return turn.has("war_joined", me) is (not parts["but"])


def _is_quiet(turn: Turn, me: str, kinds: str) -> bool:
    return not turn.has(kinds, me)


def _stood(turn: Turn, me: str, parts: Mapping[str, str]) -> bool:
    side = turn.ids[parts["by"]]
    return turn.has("pledge_made", me, side) is (not parts["but"])


OFFER_ENDS = r"(?P<end>, and it was signed|, which came to nothing|, and they signed .* instead|)"
PATTERNS: tuple[tuple[str, Says], ...] = (
    (r"offered aid to (?P<to>WHO), which was (?P<end>taken|refused)",
     lambda turn, me, parts: turn.has(
         "aid_given" if parts["end"] == "taken" else "aid_refused", me, turn.ids[parts["to"]])),
    (rf"offered (?P<to>WHO) (?P<pact>an? .*?){OFFER_ENDS}", _offered),
    (r"invited (?P<to>WHO) into (?P<pact>an? .*?)"
     r"(?P<end>, which it joined|, which came to nothing|)", _invited),
    (r"gave (?P<to>WHO) a guarantee",
     lambda turn, me, parts: turn.has("guarantee_given", me, turn.ids[parts["to"]])
     is (not parts["but"])),
    (r"gave notice of the end of (?P<what>.*)",
     lambda turn, me, parts: _left(turn, me, parts, "notice_given") is (not parts["but"])),
    (r"broke (?P<what>.*)",
     lambda turn, me, parts: _left(turn, me, parts, "treaty_broken") is (not parts["but"])),
    (r"sent an envoy to sound (?P<to>WHO)",
     lambda turn, me, parts: turn.has("sounding_made", me, turn.ids[parts["to"]])),
    (r"demanded that (?P<to>WHO) (?P<what>.*)",
     lambda turn, me, parts: turn.has(
         "demand_made", me, turn.ids[parts["to"]],
         stake="renounce" if parts["what"].startswith("renounce") else "stand_down")
     is (not parts["but"])),
    (r"demanded (?P<what>.*) of (?P<to>WHO)",
     lambda turn, me, parts: turn.has(
         "demand_made", me, turn.ids[parts["to"]], subject=turn.places[parts["what"]])
     is (not parts["but"])),
    (r"fell upon (?P<to>WHO)",
     lambda turn, me, parts: turn.has("war_declared", me, turn.ids[parts["to"]])
     is (not parts["but"])),
    (r"sought no pact and left none",
     lambda turn, me, _: _is_quiet(turn, me, "treaty_offered notice_given guarantee_given")),
    (r"sought no further pact and left no other",
     lambda turn, me, _: not _is_quiet(
         turn, me, f"treaty_offered guarantee_given order_refused {' '.join(LEAVING)}")
     # Where both leave, the event is of one of them.
     or turn.has(" ".join(LEAVING), "", me)),
    (r"gave no aid", lambda turn, me, _: _is_quiet(turn, me, "aid_offered")),
    (r"made no demand", lambda turn, me, _: _is_quiet(turn, me, "demand_made")),
    (r"fell upon nobody",
     lambda turn, me, _: not turn.has("war_declared", me, surprise=1)),
    (r"answered (?P<by>WHO)(?:'s|') offer of (?P<pact>.*?),? with (?P<own>an? .*?)"
     r"(?P<end>, and it was signed|, which came to nothing|)", _countered),
    (r"(?P<verb>accepted|declined) (?P<by>WHO)(?:'s|') offer of (?P<pact>an? .*?)"
     r"(?P<end>, which came to nothing|)", _answered_offer),
    (r"(?P<verb>accepted|declined) (?P<by>WHO)(?:'s|') invitation into (?P<pact>an? .*)",
     _answered_invitation),
    (r"(?P<verb>accepted|kept out) (?P<to>WHO) as a party to (?P<pact>an? .*)",
     lambda turn, me, parts: turn.has("accession_refused", me, turn.ids[parts["to"]])
     if parts["verb"] == "kept out"
     else _acceded(turn, turn.ids[parts["to"]], parts["pact"]) is (not parts["but"])),
    (r"took the money of (?P<by>WHO)",
     lambda turn, me, parts: turn.has("aid_given", turn.ids[parts["by"]], me)),
    (r"refused the money of (?P<by>WHO)",
     lambda turn, me, parts: turn.has("aid_refused", turn.ids[parts["by"]], me)),
    (r"stood by nobody when (?P<by>WHO) made its demand of (?P<of>WHO)",
     lambda turn, me, parts: turn.has(
         "demand_made", turn.ids[parts["by"]], turn.ids[parts["of"]])),
    (r"stood by (?P<by>WHO) in its demand of (?P<of>WHO)", _stood),
    (r"stood by (?P<by>WHO) when (?P<of>WHO) made its demand of it", _stood),
    (r"let its demand on (?P<by>WHO) drop",
     lambda turn, me, parts: turn.has("demand_withdrawn", me, turn.ids[parts["by"]])),
    (r"yielded to (?P<by>WHO)", _yielded),
    (r"held against (?P<by>WHO)", _held),
    (r"chose to raise the stakes against (?P<by>WHO)", _pressed),
    (r"honoured the call of (?P<by>WHO) against (?P<of>WHO)",
     lambda turn, me, parts: turn.has(
         "call_honoured", me, turn.ids[parts["by"]], enemy=turn.ids[parts["of"]])
     is (not parts["but"])),
    (r"refused the call of (?P<by>WHO) against (?P<of>WHO)",
     lambda turn, me, parts: turn.has(
         "call_refused", me, turn.ids[parts["by"]], enemy=turn.ids[parts["of"]])),
    (r"joined (?P<by>WHO) in its war on (?P<of>WHO)", _joined),
    (r"joined (?P<by>WHO) against (?P<of>WHO)", _joined),
    (r"stayed out of the war between (?P<by>WHO) and (?P<of>WHO)",
     lambda turn, me, _: True),
)  # fmt: skip
"""The pattern of a sentence without its actor, and what it says of its turn."""
