"""What exists: states, provinces, treaties, wars, crises; and the World that holds them.

A world is a value. A turn makes a new one and never changes the old. Everything in it is an
integer, a string, or a collection of them; what never changes is in its `atlas`. It holds no
doctrine, no ambition and no belief: those are the envelope's and `beliefs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from game.world.atlas import Atlas
from game.world.copies import with_changes
from game.world.memo import HasMemo, derived
from game.world.terms import Obligation, Stake, Terms

ADDED: Mapping[str, bool] = {"added": True}
"""Marks a field that came after the first saves of a format, with a default for those without it.

Digests leave such a field out while it has its default, so that a world without it keeps the
digest that it always had. It stands after all older fields of its class.
"""


@dataclass(frozen=True, slots=True)
class State:
    """A state as it stands. Money in units, shares in bp, forces in world units (10^7 at load)."""

    id: str
    alive: bool
    great: bool
    """Whether it is a great power now (a pole of the system)."""
    army: int
    fleet: int
    treasury: int
    posture: int
    """Index into `rules.POSTURES`."""
    resolve: int
    reliability: int
    """How its word is held in the world, from conduct (THEORY T14)."""
    invested: int = 0
    """Revenue gained for good by investment, units a turn."""
    exhaustion: int = 0
    mobilised: bool = False
    committed: int = 10_000
    """What share of it counts in the system; 0 for a power that stands off the map."""
    successions: int = field(default=0, metadata=ADDED)
    """How many of its heirs have come to lead it."""
    succeeded: int = field(default=0, metadata=ADDED)
    """The last turn of the leader before the present one; 0 for who leads it from the start."""


_DEFENDING: frozenset[Obligation] = frozenset({"defense", "guarantee"})
"""The obligations that promise to defend a party that is attacked."""


def changed_in_states(old: Sequence[State], new: Sequence[State]) -> frozenset[str]:
    """What of states differs, as `derived` names it: "states", and within it what others read."""
    if old == new:
        return frozenset()
    changed = {"states"}
    if [_weight(state) for state in old] != [_weight(state) for state in new]:
        changed |= {"weights", "standing"}
    elif [_standing(state) for state in old] != [_standing(state) for state in new]:
        changed.add("standing")
    return frozenset(changed)


def _weight(state: State) -> tuple[str, int, int, bool, int, int]:
    """What of a state its means and its revenue depend on ("weights" in `derived`)."""
    return state.id, state.army, state.fleet, state.alive, state.committed, state.invested


def _standing(state: State) -> tuple[int, bool, int]:
    """What else of a state others reckon with ("standing" in `derived`)."""
    return state.posture, state.great, state.reliability


@dataclass(frozen=True, slots=True)
class Province:
    """A province as it stands. Empty ids are nobody's."""

    id: str
    owner: str
    """Whose it is by right."""
    holder: str
    """Whose army stands in it."""
    annexed: int = -1
    """The turn in which its owner annexed it; -1 if it was the owner's from the start."""


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty in force. From the end of turn `until` it runs on till a party leaves."""

    id: int
    parties: tuple[str, ...]
    terms: Terms
    signed: int
    """The turn of signing; 0 or less for those of the map."""
    until: int
    payer: str = ""
    """Who pays the burden."""
    notice_by: str = ""
    """Who gave notice, and so leaves with the turn after; of several, the first by id."""
    known_to: tuple[str, ...] = ()
    """Who else knows of a secret treaty."""
    notice_also_by: tuple[str, ...] = field(default=(), metadata=ADDED)
    """Who else gave notice in the same turn, by id."""
    notice_why: tuple[str, ...] = field(default=(), metadata=ADDED)
    """The reasons that were stated, in the order of `leavers`; empty where none stated any."""
    fixed: bool = field(default=False, metadata=ADDED)
    """Whether it ends with its term, and does not run on."""

    def past_term(self, turn: int) -> bool:
        """Whether its term is over in a turn, so that leaving it breaks no word."""
        return turn > self.until

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What the parties owe each other."""
        return self.terms.obligations

    @property
    def against(self) -> str:
        """The named adversary, or empty."""
        return self.terms.against

    @property
    def binding(self) -> bool:
        """Whether the parties are bound to fight beside each other."""
        return self.terms.binding

    @property
    def leavers(self) -> tuple[str, ...]:
        """The parties that gave notice: each of them leaves with the turn after."""
        return (self.notice_by, *self.notice_also_by) if self.notice_by else ()

    def why_leaves(self, state: str) -> str:
        """The reason that a party stated with its notice; empty where it stated none."""
        return dict(zip(self.leavers, self.notice_why, strict=False)).get(state, "")

    def with_leavers(self, stated: Mapping[str, str]) -> Treaty:
        """The treaty with those states as the parties that gave notice: state -> its reason."""
        first, *rest = sorted(stated) or [""]
        why = tuple(stated[state] for state in sorted(stated))
        return replace(
            self,
            notice_by=first,
            notice_also_by=tuple(rest),
            notice_why=why if any(why) else (),
        )

    def without(self, state: str) -> Treaty:
        """The treaty with one party fewer; what it paid, and its notice, go with it."""
        left = self.with_leavers(
            {other: self.why_leaves(other) for other in self.leavers if other != state}
        )
        payer = "" if self.payer == state else self.payer
        return replace(left, parties=self.others(state), payer=payer)

    @property
    def guarantor(self) -> str:
        """Who alone owes anything by it, if it is a guarantee; else empty."""
        return self.parties[0] if "guarantee" in self.terms.obligations else ""

    def owes(self, state: str) -> bool:
        """Whether a party owes anything by it: who is guaranteed owes nothing."""
        return self.guarantor in ("", state)

    def helpers(self, state: str) -> tuple[str, ...]:
        """The parties that have promised something to one of them."""
        others, guarantor = self.others(state), self.guarantor
        return tuple([other for other in others if other == guarantor]) if guarantor else others

    def defended_by(self, state: str) -> tuple[str, ...]:
        """The parties that have promised to defend one of them if it is attacked."""
        return () if _DEFENDING.isdisjoint(self.terms.obligations) else self.helpers(state)

    def others(self, state: str) -> tuple[str, ...]:
        """The parties but one."""
        return tuple([party for party in self.parties if party != state])

    def binds(self, first: str, second: str) -> bool:
        """Whether both are parties."""
        return first in self.parties and second in self.parties

    def seen_by(self, state: str) -> bool:
        """Whether a state knows that the treaty exists."""
        return not self.terms.secret or state in self.parties or state in self.known_to


@dataclass(frozen=True, slots=True)
class War:
    """A war. The first of each side leads it: the strongest (THEORY W12, p. 47)."""

    id: int
    attackers: tuple[str, ...]
    defenders: tuple[str, ...]
    since: int
    aim: str
    """The province it began about, or empty."""
    surprise: bool
    score: int = 0
    """Above 0 the attackers are winning: bp of war score."""
    asked: tuple[str, ...] = ()
    """Who was already asked to join or called, once a war."""
    active: bool = True
    last_battle: int = 0
    """The turn in which a battle was last fought in it; that of its beginning before."""
    opened_by: str = ""
    """Who began it; empty where its first attacker did."""
    opened_on: str = ""
    """On whom; empty where it was its first defender."""

    @property
    def opener(self) -> str:
        """Who began it, whoever leads the attackers now."""
        return self.opened_by or self.attackers[0]

    @property
    def victim(self) -> str:
        """On whom it was begun, whoever leads the defenders now."""
        return self.opened_on or self.defenders[0]

    def led_by(self, state: str) -> War:
        """The war with a belligerent as the leader of its side."""
        ranked = (state, *self.friends(state))
        attackers = ranked if state in self.attackers else self.attackers
        defenders = ranked if state in self.defenders else self.defenders
        return self._of(attackers, defenders)

    def side(self, state: str) -> str:
        """`attackers`, `defenders`, or empty for one who is not in it."""
        if state in self.attackers:
            return "attackers"
        return "defenders" if state in self.defenders else ""

    def enemies(self, state: str) -> tuple[str, ...]:
        """Those on the other side; none for one who is not in it."""
        side = self.side(state)
        if not side:
            return ()
        return self.defenders if side == "attackers" else self.attackers

    def friends(self, state: str) -> tuple[str, ...]:
        """Those on the same side, without the state itself."""
        side = self.side(state)
        if not side:
            return ()
        members = self.attackers if side == "attackers" else self.defenders
        return tuple(member for member in members if member != state)

    def joined(self, state: str, side: str) -> War:
        """The war with one more belligerent, last on its side."""
        return with_changes(self, {side: (*getattr(self, side), state)})

    def without(self, state: str) -> War:
        """The war with a belligerent out of it."""
        return self._of(
            tuple(member for member in self.attackers if member != state),
            tuple(member for member in self.defenders if member != state),
        )

    def _of(self, attackers: tuple[str, ...], defenders: tuple[str, ...]) -> War:
        """The war with other sides; who began it on whom stays on record."""
        return replace(
            self,
            attackers=attackers,
            defenders=defenders,
            opened_by=self.opener,
            opened_on=self.victim,
        )


@dataclass(frozen=True, slots=True)
class Crisis:
    """A demand that has not been met or withdrawn. Rungs: 0 demand, 1 mobilised, 2 ultimatum."""

    id: int
    by: str
    of: str
    stake: Stake
    subject: str
    interest: str
    """What the demand stands on: claim, border, rivalry, treaty or war."""
    since: int
    rung: int = 0
    pledges: tuple[tuple[str, str], ...] = ()
    """(who, stands by whom), published."""


@dataclass(frozen=True, slots=True)
class Assurance:
    """What a state said in private that it would do if a crisis of others ended in war."""

    id: int
    """Its number among the assurances that are remembered."""
    crisis: int
    by: str
    """Who made the demand of that crisis."""
    of: str
    """Of whom."""
    to: str
    """Who asked, and was told."""
    giver: str
    """Who was asked."""
    beside: str
    """By whom it was asked to stand: a side of the crisis; empty where it was to stand aside."""
    answer: str
    """yes, no, or silence."""
    turn: int

    @property
    def word_given(self) -> bool:
        """Whether it binds: to do as asked, or (a no to standing aside) not to stand aside."""
        return self.answer == "accept" or (self.answer == "refuse" and not self.beside)


RUNGS = ("demand", "mobilisation", "ultimatum", "war")
"""The ladder of a crisis."""
ULTIMATUM = RUNGS.index("ultimatum")
"""The rung from which a climb is war."""


@dataclass(frozen=True, slots=True, eq=False)
class World(HasMemo):
    """The whole system at one moment of turn `turn` (from 1), public and secret facts alike.

    Rivals and screens never take it: they take what `sight.seen_by` makes of it.
    """

    atlas: Atlas
    turn: int
    states: tuple[State, ...]
    """In the atlas's order."""
    provinces: tuple[Province, ...]
    """In the atlas's order."""
    treaties: tuple[Treaty, ...] = ()
    wars: tuple[War, ...] = ()
    crises: tuple[Crisis, ...] = ()
    cooldowns: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    """(what, who, whom) -> the last turn in which it may not be repeated."""
    aid: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(donor, recipient) -> money of recent aid, fading (dependence)."""
    leverage: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(donor, recipient) -> bp of leverage bought by aid (THEORY T10)."""
    networks: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(whose, in whom) -> bp of depth of a penetration (THEORY T11)."""
    soundings: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(whose, of whom) -> the turn of the last sounding."""
    next_id: int = 1
    """The number that the next treaty, war or crisis gets."""
    assurances: tuple[Assurance, ...] = field(default=(), metadata=ADDED)
    """What was said in private about the crises that are open, in the order in which it was said;
    each state sees those alone that it gave or was given."""

    def state(self, id: str) -> State:
        """The state of that id. Raises KeyError for an unknown id."""
        return self.states[self.atlas.state_index[id]]

    def province(self, id: str) -> Province:
        """The province of that id. Raises KeyError for an unknown id."""
        return self.provinces[self.atlas.province_index[id]]

    def treaty(self, id: int) -> Treaty | None:
        """The treaty of that number, if it is in force."""
        return _treaties_by_number(self).get(id)

    def war(self, id: int) -> War | None:
        """The war of that number, if it is being fought."""
        return next((war for war in self.wars if war.id == id), None)

    def crisis(self, id: int) -> Crisis | None:
        """The crisis of that number, if it is open."""
        return next((crisis for crisis in self.crises if crisis.id == id), None)

    def living(self) -> tuple[State, ...]:
        """The states that are alive, in order."""
        return tuple(state for state in self.states if state.alive)

    def leader(self, state: str) -> str:
        """Who leads a state now; empty where the map does not say."""
        sheet, count = self.atlas.sheet(state), self.state(state).successions
        return sheet.heirs[count - 1][0] if count else sheet.leader

    def playing(self) -> tuple[str, ...]:
        """Ids of the living states that are in the system, in order (off-map powers are not)."""
        return _playing(self)

    def treaties_of(self, state: str) -> tuple[Treaty, ...]:
        """Every treaty that a state is party to."""
        return _treaties_by_state(self).get(state, ())

    def bound_to(self, state: str) -> frozenset[str]:
        """Everyone bound by treaty to fight beside a state, in some case."""
        return _bound_to(self, state)

    def wars_of(self, state: str) -> tuple[War, ...]:
        """Every war that a state is in."""
        return _wars_by_state(self).get(state, ())

    def at_war(self, first: str, second: str) -> bool:
        """Whether two states are at war with each other."""
        return (first, second) in _enemies(self)

    def owned(self, state: str) -> tuple[Province, ...]:
        """The provinces that are a state's by right."""
        return _provinces_by_owner(self).get(state, ())

    def cooldown_until(self, what: str, who: str, whom: str) -> int:
        """The last turn in which that may not be repeated; 0 if it may."""
        return self.cooldowns.get((what, who, whom), 0)


@derived("weights")
def _playing(world: World) -> tuple[str, ...]:
    return tuple([state.id for state in world.states if state.alive and state.committed > 0])


@derived("treaties")
def _treaties_by_number(world: World) -> Mapping[int, Treaty]:
    return {treaty.id: treaty for treaty in world.treaties}


@derived("treaties")
def _treaties_by_state(world: World) -> Mapping[str, tuple[Treaty, ...]]:
    return _grouped((party, treaty) for treaty in world.treaties for party in treaty.parties)


@derived("treaties")
def _bound_to(world: World, state: str) -> frozenset[str]:
    binding = [treaty for treaty in world.treaties_of(state) if treaty.binding]
    return frozenset([other for treaty in binding for other in treaty.helpers(state)])


@derived("wars")
def _wars_by_state(world: World) -> Mapping[str, tuple[War, ...]]:
    return _grouped(
        (state, war) for war in world.wars for state in (*war.attackers, *war.defenders)
    )


@derived("wars")
def _enemies(world: World) -> frozenset[tuple[str, str]]:
    return frozenset(
        pair
        for war in world.wars
        for first in war.attackers
        for second in war.defenders
        for pair in ((first, second), (second, first))
    )


@derived("provinces")
def _provinces_by_owner(world: World) -> Mapping[str, tuple[Province, ...]]:
    return _grouped((province.owner, province) for province in world.provinces)


Thing = TypeVar("Thing")


def _grouped(pairs: Iterable[tuple[str, Thing]]) -> Mapping[str, tuple[Thing, ...]]:
    """Things by whom they belong to, in order, each once."""
    groups: dict[str, list[Thing]] = {}
    for whose, thing in pairs:
        group = groups.setdefault(whose, [])
        if not (group and group[-1] is thing):
            group.append(thing)
    return {whose: tuple(group) for whose, group in groups.items()}
