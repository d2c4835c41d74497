"""The debrief as typed values: what `report.debrief` makes, and what screens and documents read.

All are immutable. Shares, chances and posteriors are of 1; a state, a doctrine and a claim are
named by their ids. `report_json` writes them as the JSON of DESIGN section 6: a field's key there
is its name, or the one that its metadata give under `JSON_KEY`, in the order of the fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.debrief.rerun_types import Rerun
from game.history import ENGINE_REVISION
from game.inference.crucial_tests import CrucialTests
from game.inference.fit_check import FitCheck

JSON_KEY = "json key"
"""In the metadata of a field: its key in JSON; None leaves it out."""

Figures = Mapping[str, tuple[float | None, ...]]
"""State -> its figure at every moment of the course; None where it is not there."""
Feared = Mapping[str, tuple[str | None, ...]]
"""State -> whom it has most to fear at every moment; None for nobody."""


# one decision


@dataclass(frozen=True, slots=True)
class Likely:
    """Something that a state might have done, and how likely a doctrine makes it."""

    text: str
    """A clause without its subject: "sought no pact and left none"."""
    probability: float


@dataclass(frozen=True, slots=True)
class DoctrineReading:
    """How one doctrine reads a decision."""

    probability: float
    """How likely it makes what was done."""
    sentence: str
    reason: str
    """The clause of the sentence that gives the reason."""
    instead: Likely
    """The likeliest of what else could have been done."""
    ledger: tuple[str, ...]
    """The claims that the reason rests on."""


@dataclass(frozen=True, slots=True)
class DiagnosticTurn:
    """A decision on which the two theories disagreed about what was then done."""

    turn: int
    text: str
    """All of it in sentences: the deed, each reading, what it resembled."""
    probability: Mapping[str, float]
    """Theory -> how likely it makes the decision."""
    date: str
    family: str
    """The kind of decision, as `inference.evidence` names it."""
    deed: str
    resembled: str
    readings: Mapping[str, DoctrineReading]
    """Theory, or another doctrine that the conduct resembled -> its reading."""
    ledger: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoctrineChoice:
    """A decision under another doctrine than the one that the conduct resembled."""

    turn: int
    date: str
    family: str
    deed: str
    doctrine: str
    same: bool
    """Whether what was done is also what the doctrine makes likeliest."""
    probability: float
    """How likely the doctrine makes what was done."""
    most: Likely
    """What the doctrine makes likeliest."""
    text: str
    ledger: tuple[str, ...]


# one state


@dataclass(frozen=True, slots=True)
class Exponent:
    """An exponent of a state's lens with its 90% interval.

    `estimate` is None where none was fitted; an end of the interval, where it is unbounded.
    """

    estimate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class StateReport:
    """What a state's conduct shows. The fields up to `doctrine` are those of the contract."""

    posterior: Mapping[str, float]
    """Doctrine -> its share of belief."""
    verdict: str
    """A doctrine, `NONE`, `CHANCE` or `UNDECIDED`."""
    exponents: Mapping[str, Exponent]
    """Factor of danger -> its exponent."""
    decisions: int
    diagnostic: tuple[DiagnosticTurn, ...]
    balanced: Mapping[str, int]
    """Lens -> how often it bound itself against the state that it had most to fear."""
    bandwagoned: Mapping[str, int]
    """Lens -> how often it bound itself with that state."""
    doctrine: str | None
    """What the envelope holds; None for the player, and in a report that is blind."""
    name: str
    great: bool
    alive: bool
    """Whether it lived to the end."""
    said: str
    """The verdict as a sentence."""
    gloss: str
    """What a doctrine of that verdict does, as a sentence."""
    appeased: Mapping[str, int]
    """Lens -> how often it promised peace or neutrality, and no more, to that state (T5)."""
    aligned: Mapping[str, int]
    """Lens -> how often it bound itself at all."""
    lens_posterior: Mapping[str, float]
    """Power, threat or neither -> its share of belief, from the lens alone."""
    lens_verdict: str
    by_turn: Mapping[int, Mapping[str, float]]
    """Turn -> the posterior from all that was done by its end."""
    otherwise: tuple[DoctrineChoice, ...]
    """The diagnostic turns under the theory that the verdict does not name."""
    ledger: tuple[str, ...]
    crucial: CrucialTests
    """Whom it acted against where the two readings pointed at different states; no model."""
    crucial_said: str
    """The same in a sentence."""
    check: FitCheck | None
    """How well the likeliest doctrine foretold whom it named; None where none is likeliest."""
    check_said: str
    """The same in a sentence; empty where there is none."""
    log_odds: Mapping[int, float] = field(default_factory=dict)
    """Turn -> the natural logarithm of the odds of power against threat, from all that was done by
    its end; above 0 for power."""
    moved_by: tuple["OddsMove", ...] = ()
    """The turns that moved them most, in order of time."""


@dataclass(frozen=True, slots=True)
class OddsMove:
    """A turn that moved the odds of power against threat, with the decision that did most of it."""

    turn: int
    date: str
    change: float
    """By how much it moved the log odds; above 0 towards power."""
    deed: str


# the course of the campaign


@dataclass(frozen=True, slots=True)
class TreatySpan:
    """A treaty, and from which to which moment it stood (`until` None: to the end)."""

    id: int
    parties: tuple[str, ...]
    obligations: tuple[str, ...]
    against: str | None
    secret: bool
    binding: bool
    """Whether its parties are bound to fight."""
    since: int = field(metadata={JSON_KEY: "from"})
    until: int | None = field(metadata={JSON_KEY: "to"})


@dataclass(frozen=True, slots=True)
class WarSpan:
    """A war, and from which to which turn it was fought (`until` None: it goes on)."""

    id: int
    by: str
    on: str
    since: int = field(metadata={JSON_KEY: "from"})
    until: int | None = field(metadata={JSON_KEY: "to"})
    attackers: tuple[str, ...]
    """All that fought on the side of `by` at some time, in the order in which they came in."""
    defenders: tuple[str, ...]
    entries: tuple["WarEntry", ...] = ()
    """How each came in, and who was called and refused, in order."""


@dataclass(frozen=True, slots=True)
class WarEntry:
    """How a state came into a war, or that it was called and refused."""

    turn: int
    state: str
    side: str
    """`attackers` or `defenders`; of one that refused, the side that called it."""
    how: str
    """`began`, `attacked`, `joined` or `refused`."""
    bound: str = ""
    """What it was called by: `treaty`, `pledge`, or empty where nothing bound it."""


@dataclass(frozen=True, slots=True)
class CrisisSpan:
    """A demand, who stood by whom in it, and how it ended."""

    turn: int
    by: str
    of: str
    stake: str
    subject: str
    """The province to be ceded by name, or empty."""
    for_demand: tuple[str, ...]
    """Who pledged itself to the side of `by`."""
    against_demand: tuple[str, ...]
    outcome: str
    """`yielded`, `withdrawn`, `war`, or empty where it was open at the end."""
    ended: int | None


@dataclass(frozen=True, slots=True)
class AssuranceSpan:
    """What a state said in private that it would do if a crisis ended in war, and what it did."""

    turn: int
    crisis: int
    """The number of the crisis: the demand of `by` on `of`."""
    by: str
    of: str
    asked_by: str
    giver: str
    beside: str | None
    """By whom it was asked to stand; None where it was asked to stand aside."""
    answer: str
    """`yes`, `no` or `silence`."""
    believed: float | None
    """How credible its word was to who asked, 0 to 1; None for silence."""
    would: Mapping[str, float]
    """Reading (BOP, BOT) -> how likely it would have done as asked, had it come to war then."""
    outcome: str
    """`kept`, `broken`, `lapsed`, or empty where the crisis was open at the end."""
    ended: int | None
    war: bool
    """Whether the crisis ended in war."""
    did: str | None
    """By which side it came into that war; None where it stood aside, or there was none."""


@dataclass(frozen=True, slots=True)
class ProvinceMoved:
    """A province that changed its owner in a turn; None is nobody."""

    turn: int
    province: str
    name: str
    before: str | None = field(metadata={JSON_KEY: "from"})
    after: str | None = field(metadata={JSON_KEY: "to"})


@dataclass(frozen=True, slots=True)
class StateEliminated:
    """A state that was no more after a turn."""

    turn: int
    eliminated: str


@dataclass(frozen=True, slots=True)
class Course:
    """Power, threat and fear at every moment; every treaty and war (see `course.course`)."""

    moments: tuple[int, ...]
    """Numbers of the moments: 1 is before the first turn, the last one after the last."""
    dates: tuple[str, ...]
    power: Figures
    threat: Mapping[str, Figures]
    """Lens -> what each state looks like to the others."""
    insecurity: Mapping[str, Figures]
    """Lens -> what each state faces."""
    feared: Mapping[str, Feared]
    """Lens -> whom each state has most to fear."""
    treaties: tuple[TreatySpan, ...]
    aligned: tuple[tuple[tuple[str, ...], ...], ...]
    """By moment, the pairs that stood together by conduct (S5)."""
    wars: tuple[WarSpan, ...]
    land: tuple[ProvinceMoved | StateEliminated, ...]
    crises: tuple[CrisisSpan, ...] = ()
    assurances: tuple[AssuranceSpan, ...] = ()
    """What was assured in private, in order."""


# the player


@dataclass(frozen=True, slots=True)
class RivalScore:
    """The notebook on one rival: probabilities that it fears power, a figure for each of `turns`.

    The figures of `brier...` and `distance` are those of `NotebookScore`, for this rival alone.
    """

    turns: tuple[int, ...]
    noted: tuple[float, ...]
    """What the player wrote."""
    archives: tuple[float, ...]
    """What all that was done by then gave."""
    seen: tuple[float, ...] | None
    """What the player itself could see gave; None where that was not worked out."""
    brier: float | None
    brier_archives: float | None
    brier_seen: float | None
    distance: float | None


@dataclass(frozen=True, slots=True)
class NotebookScore:
    """The notebook beside the evidence and the envelopes: means over rivals (`player.scored`)."""

    first_turn: int = field(metadata={JSON_KEY: "from"})
    """The turn from which it counts."""
    unwritten: float
    """The Brier score of one that is empty."""
    brier: float | None
    brier_archives: float | None
    brier_seen: float | None
    distance: float | None
    states: Mapping[str, RivalScore]
    insight: float | None = None
    """The points of insight that it earned; None while the envelopes are sealed."""
    insight_copied: float | None = None
    """Those of one that copied, each turn, what the player could see before it."""


@dataclass(frozen=True, slots=True)
class PlayerReport:
    """The player's own part."""

    state: str
    imputed: bool
    """Whether its beliefs were taken to be what public events teach: always."""
    notebook: NotebookScore | None
    in_short: str = ""
    """What the player did and what became of its power, in a sentence."""
    events: tuple["OwnEvent", ...] = ()
    """The great events of its campaign, in order."""
    score: float | None = None
    """The score, 0 to 100; None where the envelopes are sealed."""
    score_parts: tuple[str, ...] = ()
    """The parts of the score in words, which add up to it."""
    aim: str = ""
    """The title of its aim."""


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event of the player's campaign, in a sentence that addresses the player."""

    turn: int
    date: str
    kind: str
    text: str


# the whole


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """Which campaign it is, and how far it was played."""

    map: str
    title: str
    seed: int
    turns: int
    played: int
    over: bool
    first: str
    """The date of the first turn."""
    last: str
    """The date of the last turn that was played."""
    step: str
    state: str | None
    """The name of the player's state; None where nobody plays."""
    difficulty: str
    teaching: bool
    memory: int
    """For how many turns conduct makes states stand together."""
    engine_revision: int = ENGINE_REVISION
    """Under which it was begun."""
    note: str = ""
    """What is to be said of that where it is not this program's; else empty."""
    digest: str = ""
    """The hexadecimal SHA-256 of the whole campaign (`history.chain`)."""
    version: str = ""
    """Of the program that made the debrief."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole debrief."""

    states: Mapping[str, StateReport]
    player: str | None
    campaign: CampaignFacts
    names: Mapping[str, str]
    """State -> its name, for every state of the map."""
    course: Course
    you: PlayerReport | None
    """None where nobody plays."""
    reruns: tuple[Rerun, ...]
    opened: bool = field(metadata={JSON_KEY: None})
    """Whether the envelopes stand beside the findings; a report that is blind has none."""
