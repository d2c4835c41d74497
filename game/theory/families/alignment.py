"""Alignment: whom to bind oneself with, against whom, and what to leave (S4, S6, S12, W8).

The menu depends on public facts alone; what each option is worth is in `pacts`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from game.theory.choice_rule import TERM, Appraisal
from game.theory.doctrine import TERMS
from game.theory.families.pact_worth import (
    CONSULTATION,
    DEFENSE,
    FORMS,
    GUARANTEE,
    NEUTRALITY,
    NONAGGRESSION,
    OFFENSE,
    each_of_its_own,
    form_of,
    hopes,
    kept_by,
    leaving_terms,
    pact_terms,
    pacts_of,
)
from game.theory.lens import Indices
from game.theory.view_batch import Views
from game.world.legality import accession_refusal, closed, may_give_notice, reaches
from game.world.memo import derived
from game.world.model import Treaty, World
from game.world.orders import Denounce, Guarantee, Offer, Sound, Terms
from game.world.rules import BP
from game.world.sight import Facts, Floats, Sight, remembered

Aligning = Offer | Denounce | Guarantee | Sound
"""The orders that the family is about."""
ENVOY = 0.018
"""What sending an envoy costs."""
TRIBUTE = 500
"""The burden that a weaker state may offer for a stronger one's promise, bp of its revenue."""
BREACH = 0.05
"""What leaving without notice costs in name."""
ESCAPE = 0.03
"""What being free at once is worth when a partner's quarrel is about to become one's own."""
LISTEN = 0.033
"""What a sounding is worth."""
MOST_INVITED = 2
"""Treaties on a menu at the most into which a third state can be invited."""
LONG_UNHEARD = 10
"""Turns after which it makes no difference any more how long ago a state was heard."""
_LEADING = np.array([True, False, True, False])
"""Which of the four adversaries of a pair more than a defence pact can be against: the strongest,
and the one that menaces either most."""
_EACH_PARTNER = np.array(
    [
        *(
            row
            for slot in range(4)
            for row in (
                (0, slot, DEFENSE, 0, 1),
                (0, slot, DEFENSE, TRIBUTE, 0),
                (0, slot, OFFENSE, 0, 0),
            )
        ),
        (0, -1, DEFENSE, 0, 0),
        (0, -1, NONAGGRESSION, 0, 0),
        (0, -1, NEUTRALITY, 0, 0),
        (0, -1, CONSULTATION, 0, 0),
    ],
    dtype=np.int64,
)
"""What each partner can be offered at the most, as `PactRow`s without the partner; against the
adversary of that place among the four of the pair, and secret where it is not open to both."""
_NEUTRALITY = 14
"""The place among them of a promise of neutrality."""


def adversaries(facts: Facts) -> tuple[Indices, NDArray[np.bool_]]:
    """Who a pact of each pair could be against: at most four, by public facts alone.

    The two strongest, and the two most menacing to either (strong, near, armed). Returns
    ([state, state, 4], whether each is a choice of its own). Remembered with the facts.
    """
    known: tuple[Indices, NDArray[np.bool_]] | None = facts.cache.get("adversaries")
    if known is not None:
        return known
    count = len(facts.c)
    here = np.arange(count)
    menace = facts.c * facts.O * facts.D
    menace[:, ~facts.there] = -1.0
    first_two = _first_two(np.argsort(-facts.c, kind="stable")[:4], count)
    # The two that menace either most are among the six that menace each of them most: of six, the
    # pair itself and the two strongest are left out.
    worst = np.argsort(-menace, axis=1, kind="stable")[:, :6]
    width = worst.shape[1]
    named = np.empty((count, count, 2 * width), dtype=np.int64)
    named[:, :, :width] = worst[:, None, :]
    named[:, :, width:] = worst[None, :, :]
    named.sort(axis=2)
    i, m = here[:, None, None], here[None, :, None]
    both = np.maximum(menace[i, named], menace[m, named])
    both[(named == i) | (named == m)] = -1.0
    both[(named == first_two[..., :1]) | (named == first_two[..., 1:])] = -1.0
    chosen = np.zeros((count, count, 4), dtype=np.int64)
    valid = np.zeros((count, count, 4), dtype=np.bool_)
    chosen[..., :2] = first_two
    valid[..., :2] = (first_two != i) & facts.there[first_two]
    for slot in (2, 3):
        most = both.argmax(axis=2)[..., None]
        chosen[..., slot] = np.take_along_axis(named, most, axis=2)[..., 0]
        valid[..., slot] = np.take_along_axis(both, most, axis=2)[..., 0] > 0
        both[named == chosen[..., slot, None]] = -1.0
    facts.cache["adversaries"] = (chosen, valid)
    return chosen, valid


def _first_two(strongest: Indices, count: int) -> Indices:
    """The two strongest that are no party to a pact, for each pair: [state, state, 2].

    The first of the pair stands where there is none.
    """
    i, m = np.arange(count)[:, None, None], np.arange(count)[None, :, None]
    outside = (strongest != i) & (strongest != m)
    result = np.full((count, count, 2), i)
    for slot in range(min(2, len(strongest))):
        first = outside.argmax(axis=2)[..., None]
        found = np.take_along_axis(outside, first, axis=2)
        result[..., slot] = np.where(found, strongest[first], i)[..., 0]
        outside &= np.arange(len(strongest)) != first
    return result


@derived("treaties")
def opposed_publicly(world: World) -> Mapping[str, set[str]]:
    """By state, whom its binding public treaties name as adversary."""
    opposed: dict[str, set[str]] = {}
    for treaty in world.treaties:
        if treaty.against and treaty.binding and not treaty.terms.secret:
            for party in treaty.parties:
                opposed.setdefault(party, set()).add(treaty.against)
    return opposed


@derived("treaties")
def bound_publicly(world: World) -> NDArray[np.bool_]:
    """Who has a binding public treaty with whom: [state, state]."""
    index = world.atlas.state_index
    bound = np.zeros((len(world.states), len(world.states)), dtype=np.bool_)
    for treaty in world.treaties:
        if treaty.binding and not treaty.terms.secret:
            members = [index[party] for party in treaty.parties]
            for member in members:
                bound[member, members] = True
                bound[member, member] = False
    return bound


@dataclass(frozen=True, slots=True, eq=False)
class OpenPacts:
    """What each state could offer each other by what all know of."""

    adversaries: Indices
    """See `adversaries`: [state, partner, 4]."""
    in_public: NDArray[np.bool_]
    """Whether a pact against each may be open to both: [state, partner, 4]."""
    offers: NDArray[np.bool_]
    """Which entries of `_EACH_PARTNER` can be offered: [state, partner, entry]."""


def open_pacts(sight: Sight) -> OpenPacts:
    """The pacts that can be offered between any two states; remembered with the facts."""
    world, facts = sight.world, sight.facts
    known: OpenPacts | None = facts.cache.get("open pacts")
    if known is not None:
        return known
    every, is_choice = adversaries(facts)
    bound, reach = bound_publicly(world), reaches(world)
    here = np.arange(len(facts.c))
    i, m = here[:, None, None], here[None, :, None]
    in_public = ~(bound[i, every] | bound[m, every])
    named = is_choice & (reach[i, every] | reach[m, every]) & (_LEADING | in_public)
    leading = named & _LEADING & in_public
    pays = facts.c[None, :, None] > 1.5 * facts.c[:, None, None]
    offers = np.empty((len(here), len(here), len(_EACH_PARTNER)), dtype=np.bool_)
    offers[..., 0:12:3] = named
    offers[..., 1:12:3] = leading & pays
    offers[..., 2:12:3] = leading
    offers[..., 12:] = True
    known = facts.cache["open pacts"] = OpenPacts(every, in_public, offers)
    return known


@derived("treaties")
def fellows(world: World, state: str) -> frozenset[str]:
    """Everyone with whom a state has any treaty."""
    return frozenset(party for treaty in world.treaties_of(state) for party in treaty.others(state))


class AlignmentMenu(Sequence[Aligning | None]):
    """The alignment options of a state: nothing, pacts, guarantees, treaties to leave, to widen,
    and one ear.

    Built from public facts and its own treaties.
    """

    def __init__(self, sight: Sight) -> None:
        # Of its own, with nothing worked out: what holds a menu holds no arrays of its views.
        self.sight = Sight(sight.me, sight.world, sight.hostile, sight.facts)
        world = sight.world
        self.ids = list(world.atlas.state_index)
        self.partners = self._partners()
        self.owed = self._owed()
        offers = self._offers()
        self.leaving = [
            (treaty, breach)
            for treaty in world.treaties_of(sight.me)
            if treaty.owes(sight.me)
            for breach in ((False, True) if treaty.binding else (False,))
            if breach or may_give_notice(treaty, sight.me)
        ]
        self.inviting = self._whom_to_invite()
        self.listening = self._whom_to_hear()
        self.kept = kept_by(sight, list(dict.fromkeys(treaty for treaty, _ in self.leaving)))
        index = world.atlas.state_index
        rows = [(m, -1, GUARANTEE, 0, 0) for m in self._whom_to_guarantee()]
        pacts = len(offers) + len(rows)
        rows += [
            (m, index.get(treaty.against, -1), form_of(treaty.obligations), 0, 0)
            for treaty, m in self.inviting
        ]
        new = len(offers) + len(rows)
        self.whole = pacts_of(offers, [*rows, *self.kept.rows])
        self.pacts = self.whole.part(0, pacts)
        self.invitations = self.whole.part(pacts, new)
        self.new = self.whole.part(0, new)
        """What can be offered: both."""
        self.is_held = np.arange(len(self.whole.partner)) >= new
        """Which of the whole are in force, and can be left."""
        self.partners_by_option = self._partners_by_option()
        """Whom each option addresses: [option]; -1 for nobody."""

    def _partners(self) -> list[int]:
        """Who can be offered anything: in the system, not at war with us, not resting."""
        world, me = self.sight.world, self.sight.me
        barred = {me, *self._opposed()}
        barred.update(foe for war in world.wars_of(me) for foe in war.enemies(me))
        return [
            m
            for m, name in enumerate(self.ids)
            if self.sight.facts.there[m]
            and name not in barred
            and world.cooldown_until("offer", me, name) < world.turn
        ]

    def _opposed(self) -> set[str]:
        """Whom our binding public treaties name as adversary, and whose name us."""
        me, opposed = self.sight.me, opposed_publicly(self.sight.world)
        return {*opposed.get(me, ()), *(name for name, named in opposed.items() if me in named)}

    def _offers(self) -> Indices:
        """The pacts of mutual promises that can be offered, by partner: [offer, part of `PactRow`].

        Worked out for all partners at once, a column for each entry of `_EACH_PARTNER`.
        """
        me, m = self.sight.index, np.array(self.partners, dtype=np.int64)
        open_to_all = open_pacts(self.sight)
        is_open, a = open_to_all.offers[me][m], open_to_all.adversaries[me][m]
        whose = self._fellows_of_rivals()
        is_open[:, _NEUTRALITY] = [self.ids[partner] in whose for partner in self.partners]
        for name, owed in self.owed.items():
            if self.sight.world.atlas.state_index[name] in self.partners:
                row = self.partners.index(self.sight.world.atlas.state_index[name])
                is_open[row] &= self._not_owed(owed, a[row].tolist())
        place, column = np.nonzero(is_open)
        rows = _EACH_PARTNER[column]
        against = rows[:, 1] >= 0
        slot, place_named = rows[against, 1], place[against]
        rows[against, 1] = a[place_named, slot]
        rows[against, 4] &= ~open_to_all.in_public[me, m[place_named], slot]
        rows[:, 0] = m[place]
        return rows

    def _fellows_of_rivals(self) -> set[str]:
        """All who have a treaty with a rival of ours."""
        world = self.sight.world
        rivals = (other for first, other in world.atlas.rivalries if first == self.sight.me)
        return {name for rival in rivals for name in fellows(world, rival)}

    def _not_owed(self, owed: set[tuple[str, str]], adversaries: Sequence[int]) -> list[bool]:
        """Which offers to a partner would add to what is owed already, by `_EACH_PARTNER`."""
        adds = []
        for against in (self.ids[a] for a in adversaries):
            defense = ("defense", against) not in owed and ("defense", "") not in owed
            adds += [defense, defense, ("offense", against) not in owed]
        peace = not owed & {("nonaggression", ""), ("defense", ""), ("neutrality", "")}
        return [*adds, ("defense", "") not in owed, peace, peace, not owed]

    def _owed(self) -> Mapping[str, set[tuple[str, str]]]:
        """What we and each other owe already, while nobody leaves: (obligation, against)."""
        world, me = self.sight.world, self.sight.me
        owed: dict[str, set[tuple[str, str]]] = {}
        for treaty in world.treaties_of(me):
            if treaty.leavers or not treaty.owes(me):
                continue
            for other in treaty.others(me):
                owed.setdefault(other, set()).update(
                    (kind, treaty.against) for kind in treaty.obligations
                )
        return owed

    def _whom_to_invite(self) -> list[tuple[Treaty, int]]:
        """Into each of our alliances, the strong state nearest to its adversary, or to us."""
        world, facts = self.sight.world, self.sight.facts
        partners = np.array(self.partners, dtype=np.int64)
        result: list[tuple[Treaty, int]] = []
        for treaty in world.treaties_of(self.sight.me):
            if len(result) == MOST_INVITED or not treaty.binding or closed(self.sight.me, treaty):
                continue
            about = world.atlas.state_index.get(treaty.against, self.sight.index)
            adds = {(kind, treaty.against) for kind in treaty.obligations}
            strong_near = facts.c[partners] * facts.D[partners, about]
            for m in partners[np.argsort(-strong_near, kind="stable")[:3]].tolist():
                name, number = self.ids[m], treaty.id
                if accession_refusal(world, self.sight.me, name, number, treaty.terms) is None and (
                    adds - self.owed.get(name, set())
                ):
                    result.append((treaty, m))
                    break
        return result

    def _whom_to_guarantee(self) -> list[int]:
        """Everybody in the system who can be given a guarantee."""
        world, me, there = self.sight.world, self.sight.me, self.sight.facts.there
        # Nothing can bar a guarantee but a war or a treaty that one of the two has with the other,
        # or against it.
        concerned = {*self._opposed(), *fellows(world, me)}
        concerned.update(foe for war in world.wars_of(me) for foe in war.enemies(me))
        return [
            m
            for m, name in enumerate(self.ids)
            if there[m]
            and name != me
            and (name not in concerned or Guarantee(name).refusal(world, me) is None)
        ]

    def _whom_to_hear(self) -> int:
        """The strongest of those in reach of our curiosity whom we heard longest ago.

        -1 where there is nobody else in the system.
        """
        world, facts = self.sight.world, self.sight.facts
        since = np.full(len(self.ids), LONG_UNHEARD)
        for (who, whom), heard in world.soundings.items():
            if who == self.sight.me:
                m = world.atlas.state_index[whom]
                since[m] = min(world.turn - heard, LONG_UNHEARD)
        since[~facts.there] = -1
        since[self.sight.index] = -1
        longest = since.max()
        return int(np.where(since == longest, facts.c, -1.0).argmax()) if longest >= 0 else -1

    def __len__(self) -> int:
        fixed = 1 + len(self.pacts.partner) + len(self.leaving) + len(self.inviting)
        return fixed + (self.listening >= 0)

    @overload
    def __getitem__(self, index: int) -> Aligning | None: ...
    @overload
    def __getitem__(self, place: slice) -> "Sequence[Aligning | None]": ...
    def __getitem__(self, index: int | slice) -> "Aligning | Sequence[Aligning | None] | None":
        """The order that an option stands for; None for nothing. Raises IndexError past the end."""
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        index = range(len(self))[index]
        if index == 0:
            return None
        index -= 1
        if index < len(self.pacts.partner):
            if self.pacts.form[index] == GUARANTEE:
                return Guarantee(self.ids[int(self.pacts.partner[index])])
            against = int(self.pacts.against[index])
            return Offer(
                self.ids[int(self.pacts.partner[index])],
                Terms(
                    FORMS[int(self.pacts.form[index])],
                    self.ids[against] if against >= 0 else "",
                    self.sight.world.atlas.rules.offer_term,
                    bool(self.pacts.secret[index]),
                    round(-float(self.pacts.burden[index]) * BP),
                ),
            )
        index -= len(self.pacts.partner)
        if index < len(self.leaving):
            treaty, breach = self.leaving[index]
            return Denounce(treaty.id, breach)
        index -= len(self.leaving)
        if index < len(self.inviting):
            treaty, partner = self.inviting[index]
            return Offer(self.ids[partner], treaty.terms, treaty.id)
        return Sound(self.ids[self.listening])

    def _partners_by_option(self) -> Indices:
        result = np.full(len(self), -1, dtype=np.int64)
        result[1 : 1 + len(self.pacts.partner)] = self.pacts.partner
        widening = 1 + len(self.pacts.partner) + len(self.leaving)
        result[widening : widening + len(self.inviting)] = self.invitations.partner
        if self.listening >= 0:
            result[-1] = self.listening
        return result

    def place_of(self, order: Aligning) -> int:
        """The option nearest to an order: exact where it is on the menu, else the same kind.

        0 where the order addresses nobody on the menu.
        """
        index = self.sight.world.atlas.state_index
        if isinstance(order, Denounce):
            ways = [
                (breach != order.breach, number)
                for number, (treaty, breach) in enumerate(self.leaving)
                if treaty.id == order.treaty
            ]
            return 1 + len(self.pacts.partner) + min(ways)[1] if ways else 0
        if isinstance(order, Sound):
            return len(self) - 1 if self.listening >= 0 else 0
        partner = index.get(order.to, -1)
        with_it = self.pacts.partner == partner
        if isinstance(order, Guarantee):
            given = np.flatnonzero(with_it & (self.pacts.form == GUARANTEE))
            return 1 + int(given[0]) if len(given) else 0
        for number, (treaty, m) in enumerate(self.inviting):
            if treaty.id == order.joins and m == partner:
                return 1 + len(self.pacts.partner) + len(self.leaving) + number
        form = form_of(order.terms.obligations)
        against = index.get(order.terms.against, -1)
        fits = [
            (
                int(self.pacts.form[at]) != form,
                int(self.pacts.against[at]) != against,
                int(self.pacts.against[at]) != -1,
                bool(self.pacts.secret[at]) != order.terms.secret,
                abs(-float(self.pacts.burden[at]) * BP - order.terms.burden),
                at,
            )
            for at in np.flatnonzero(with_it & (self.pacts.form != GUARANTEE))
        ]
        return 1 + int(min(fits)[-1]) if fits else 0


@remembered
def menu_of(sight: Sight) -> AlignmentMenu:
    """The alignment options of a state: the same under every lens."""
    return AlignmentMenu(sight)


@remembered
def _is_drawing_us_in(sight: Sight, treaty: Treaty) -> bool:
    """Whether a partner stands in a crisis or a war, so that an obligation may fall due."""
    others = set(treaty.others(sight.me))
    return any(others & {crisis.by, crisis.of} for crisis in sight.world.crises) or any(
        others & {*war.attackers, *war.defenders} for war in sight.world.wars
    )


def appraise_each(seen: Views, menus: Sequence[AlignmentMenu]) -> list[Appraisal]:
    """Alignment menus, each as the state whose view is in its place weighs it."""
    whole = each_of_its_own([menu.whole for menu in menus])
    held = np.concatenate([menu.is_held for menu in menus])
    worth, hoped = pact_terms(seen, whole, held), hopes(seen, whole)
    result = []
    for menu in menus:
        new, size = len(menu.new.partner), len(menu.is_held)
        offered = worth[:new] * hoped[:new, None]
        result.append(_appraisal(menu, offered, leaving_terms(menu.kept, worth[new:size])))
        worth, hoped = worth[size:], hoped[size:]
    return result


def _appraisal(menu: AlignmentMenu, offered: Floats, leaving: Floats) -> Appraisal:
    """A menu of which it is known what each offer and each farewell is worth."""
    terms = np.zeros((len(menu), len(TERMS)))
    pacts, inviting = len(menu.pacts.partner), len(menu.inviting)
    terms[1 : 1 + pacts] = offered[:pacts]
    terms[1:, TERM["cost"]] -= ENVOY
    for number, (treaty, breach) in enumerate(menu.leaving):
        index = menu.kept.places.get(treaty.id)
        if index is not None:
            terms[1 + pacts + number] += leaving[index]
        if treaty.past_term(menu.sight.world.turn) and not breach:
            terms[1 + pacts + number, TERM["cost"]] += ENVOY
        if breach:
            terms[1 + pacts + number, TERM["repute"]] -= BREACH
            if _is_drawing_us_in(menu.sight, treaty):
                terms[1 + pacts + number, TERM["repute"]] += ESCAPE
    first = 1 + pacts + len(menu.leaving)
    terms[first : first + inviting] += offered[pacts:]
    if menu.listening >= 0:
        terms[-1, TERM["stake"]] += LISTEN
    return Appraisal("alignment", menu, terms, hesitant=True)
