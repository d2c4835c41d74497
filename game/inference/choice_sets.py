"""The choices behind acts: what stood open, what was taken, and what each option offered.

Three kinds of choices are made of a history. To `seek` is to choose a pact among all that could be
offered: with whom, against whom, of what form. To `answer` is to sign or to decline what another
offers. To take a `side` is to stand by one of two that quarrel. How often a state acts is no
choice here; what it keeps up, repeats or declines again within some turns is none either.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.history import History
from game.inference.act_figures import LENSES, Treatment
from game.inference.acts import AGAIN
from game.inference.deeds import Deed, deeds
from game.inference.open_choices import adversaries_open
from game.inference.rebuilt_beliefs import rebuilt
from game.theory.doctrine import TERMS
from game.theory.families.alignment import adversaries, menu_of
from game.theory.families.pact_worth import (
    DEFENSE,
    GUARANTEE,
    Pacts,
    each_of_its_own,
    form_of,
    hopes,
    pact_terms,
)
from game.theory.frame import Frame, frame
from game.theory.lens import ties
from game.theory.view_batch import side_by_side
from game.world.beliefs import Beliefs
from game.world.memo import remembering
from game.world.orders import Guarantee, Offer, Terms
from game.world.questions import OfferQuestion
from game.world.rules import BP
from game.world.sight import Floats, Sight, seen_by

NAME, SEEK, ANSWER, SIDE, LEAVE = "name", "seek", "answer", "side", "leave"
KINDS = (NAME, SEEK, ANSWER, SIDE, LEAVE)
FORM_COLUMNS = ("offense", "nonaggression", "consultation", "neutrality", "guarantee")
"""A column for each form of pact but defence, in the order of `pact_worth.FORMS`."""
OF_EITHER = (
    "kinship",
    "share",
    "strength",
    "nearness",
    "hostility",
    "armament",
    "wealth",
    "tie",
    "treatment",
)
COLUMNS = (
    *FORM_COLUMNS,
    "named",
    "paid",
    "secret",
    "accept",
    "accept named",
    "leave",
    *(f"partner {name}" for name in (*OF_EITHER, "habit")),
    *(f"adversary {name}" for name in (*OF_EITHER, "habit")),
    "prominent",
)
"""What can be said of an option without any lens: `ChoiceSet.plain` has them as columns. Shares,
nearness, hostility, armament and wealth are logarithms against the mean of all states; habit is the
logarithm of 1 and how often the state chose the same before; the rest as `act_figures.FIGURES`."""
COLUMN = {name: index for index, name in enumerate(COLUMNS)}
SEEN = (*TERMS, "opposed", "courted")
"""What a lens makes of an option: the terms of the pact it stands for (those that are sought times
how likely the partner is to agree); the logarithm of how dangerous its adversary looks, beside the
most dangerous state; how dangerous its partner looks, of the same."""
FAINT = 0.02
"""A danger below this share of the greatest counts as this share."""
SMALL = 1e-3
"""The least figure of which a logarithm is taken."""


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceSet:
    """One choice: its options as rows, and which was taken."""

    turn: int
    state: str
    kind: str
    """seek, answer or side."""
    taken: int
    partner: tuple[str, ...]
    """With whom each option is: [option]; empty for nobody."""
    against: tuple[str, ...]
    """Against whom: [option]; empty for nobody."""
    plain: Floats
    """[option, column of COLUMNS]."""
    seen: Mapping[str, Floats]
    """Lens -> [option, column of SEEN]."""


def choice_sets(history: History, states: Sequence[str] | None = None) -> list[ChoiceSet]:
    """The choices of some states (default: all), in order of time."""
    return [choice for choice, _, _ in seen_choices(history, states)]


def seen_choices(
    history: History, states: Sequence[str] | None = None, kinds: Sequence[str] = KINDS
) -> Iterator[tuple[ChoiceSet, Sight, Pacts]]:
    """The same of some kinds, each with what the state saw and its options as pacts.

    In an answer the pact is one, and the choice has two options.
    """
    with remembering([world for record in history.turns for world in record.worlds]):
        beliefs = rebuilt(history)
        measured = frame(history.setup.map, history.start, beliefs[0])
        treatment = Treatment()
        habits: dict[str, _Habits] = {}
        for index, record in enumerate(history.turns):
            wanted = {
                state.id
                for state in record.start.states
                if state.alive and state.committed > 0 and (states is None or state.id in states)
            }
            drafts: list[_Draft] = []
            for deed in deeds(record, wanted, beliefs[index]):
                drafts += _drafts(record.turn, deed, beliefs[index], habits)
            drafts = [draft for draft in drafts if draft.kind in kinds]
            made = _filled(record.turn, drafts, measured, treatment)
            for choice, draft in zip(made, drafts, strict=True):
                yield choice, draft.sight, draft.pacts
            treatment.learn(record.events)


class _Habits:
    """What a state chose before: how often, and when last."""

    def __init__(self) -> None:
        self.partners: Counter[str] = Counter()
        self.adversaries: Counter[str] = Counter()
        self.last: dict[tuple[object, ...], int] = {}

    def again(self, turn: int, *what: object) -> bool:
        """Whether the same counted within `AGAIN` turns; if not, it counts now."""
        before = self.last.get(what)
        if before is not None and turn - before <= AGAIN:
            return True
        self.last[what] = turn
        return False


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A choice of which the figures are not worked out yet."""

    deed: Deed
    kind: str
    sight: Sight
    pacts: Pacts
    """The options; in an answer the one pact that is offered."""
    taken: int
    partner_habit: Floats
    """[state]."""
    adversary_habit: Floats
    """[state]."""


def _drafts(
    turn: int, deed: Deed, beliefs: Beliefs, habits: dict[str, _Habits]
) -> Iterator[_Draft]:
    """The choices that a deed stands for; none where it is none anew."""
    mine = habits.setdefault(deed.state, _Habits())
    sight = seen_by(deed.world, beliefs, deed.state)
    ids = [state.id for state in deed.world.states]
    before = [
        np.log1p(np.array([float(count[state]) for state in ids]))
        for count in (mine.partners, mine.adversaries)
    ]
    for kind, pacts, taken in _choices(turn, deed, sight, mine):
        if kind == ANSWER or len(pacts.partner) > 1:
            yield _Draft(deed, kind, sight, pacts, taken, before[0], before[1])


def _choices(
    turn: int, deed: Deed, sight: Sight, mine: _Habits
) -> Iterator[tuple[str, Pacts, int]]:
    """Each choice as its kind, its options, and the index of the one that was taken."""
    if deed.kind in ("pledges", "joins"):
        if not mine.again(turn, SIDE, deed.chosen):
            yield SIDE, _sides(deed), deed.open.index(deed.chosen)
        mine.adversaries[deed.chosen] += 1
    elif deed.kind in ("signs", "declines") and deed.question is not None and not deed.opposed:
        yield from _answer(turn, deed, mine)
    elif deed.kind in ("offers", "guarantees") and not deed.opposed:
        yield from _sought(turn, deed, sight, mine)
    elif deed.kind == "counters" and deed.opposed:
        yield from _countered(turn, deed, mine)
    elif deed.kind == "leaves":
        yield LEAVE, _stay_or_leave(deed), 1


def _stay_or_leave(deed: Deed) -> Pacts:
    """Two options: to bind oneself, or to be rid of a treaty."""
    place = deed.world.atlas.state_index[deed.chosen]
    return _pacts([place, place], [-1, -1], [DEFENSE, DEFENSE])


def _sides(deed: Deed) -> Pacts:
    """Two options: to stand against either."""
    index = deed.world.atlas.state_index
    first, second = (index[state] for state in deed.open)
    return _pacts([second, first], [first, second], [DEFENSE, DEFENSE])


def _answer(turn: int, deed: Deed, mine: _Habits) -> Iterator[tuple[str, Pacts, int]]:
    """To sign or to decline: one pact."""
    assert isinstance(deed.question, OfferQuestion)
    terms, signed = deed.question.terms, deed.kind == "signs"
    form = form_of(terms.obligations)
    if signed:
        mine.partners[deed.chosen] += 1
        mine.adversaries[terms.against] += bool(terms.against)
    if mine.again(turn, ANSWER, deed.chosen, terms.against, form, signed):
        return
    index = deed.world.atlas.state_index
    against = index.get(terms.against, -1)
    burden = terms.burden / BP * (-1.0 if deed.question.final else 1.0)
    pacts = _pacts([index[deed.chosen]], [against], [form], burden, terms.secret)
    yield ANSWER, pacts, int(signed)
    if signed and terms.binding:
        yield LEAVE, _stay_or_leave(deed), 0


def _sought(turn: int, deed: Deed, sight: Sight, mine: _Habits) -> Iterator[tuple[str, Pacts, int]]:
    """A pact that was offered, among all that could be; with its adversary alone where that is
    named again."""
    order = deed.deed
    if isinstance(order, Offer):
        terms = order.terms
        form, against = form_of(terms.obligations), terms.against
    else:
        assert isinstance(order, Guarantee)
        terms, form, against = Terms(("guarantee",)), GUARANTEE, ""
    again = mine.again(turn, SEEK, deed.chosen, against, form)
    foe_again = bool(against) and mine.again(turn, SEEK, against)
    mine.partners[deed.chosen] += 1
    mine.adversaries[against] += bool(against)
    if again or deed.kept:
        return
    if terms.binding:
        yield LEAVE, _stay_or_leave(deed), 0
    index = deed.world.atlas.state_index
    partner, adversary = index[deed.chosen], index.get(against, -1)
    menu = menu_of(sight).new
    open_now = menu.against == adversary
    same = (
        open_now
        & (menu.partner == partner)
        & (menu.form == form)
        & (menu.secret == terms.secret)
        & ((menu.burden < 0) == (terms.burden > 0))
    )
    listed = menu.where(open_now)
    if same.any():
        yield SEEK, listed, int(np.count_nonzero(open_now[: int(np.argmax(same))]))
    else:
        own = _pacts([partner], [adversary], [form], -terms.burden / BP, terms.secret)
        yield SEEK, _joined(listed, own), len(listed.partner)
    if adversary >= 0 and not foe_again:
        open_to = adversaries_open(deed.world, deed.state, deed.chosen, against)
        yield _named(deed, open_to, deed.chosen, against, form)


def _named(
    deed: Deed, open_to: Sequence[str], partner: str, chosen: str, form: int
) -> tuple[str, Pacts, int]:
    """Whom a pact with a partner names, among all that it could."""
    index = deed.world.atlas.state_index
    count = len(open_to)
    pacts = _pacts([index[partner]] * count, [index[it] for it in open_to], [form] * count)
    return NAME, pacts, open_to.index(chosen)


def _countered(turn: int, deed: Deed, mine: _Habits) -> Iterator[tuple[str, Pacts, int]]:
    """Whom a counter names, among those that it could name to that partner."""
    again = mine.again(turn, SEEK, deed.chosen)
    mine.adversaries[deed.chosen] += 1
    if again or not isinstance(deed.deed, Terms):
        return
    form = form_of(deed.deed.obligations)
    yield _named(deed, deed.open, deed.beside, deed.chosen, form)


def _pacts(
    partner: Sequence[int],
    against: Sequence[int],
    form: Sequence[int],
    burden: float = 0.0,
    secret: bool = False,
) -> Pacts:
    return Pacts(
        np.array(partner, dtype=np.int64),
        np.array(against, dtype=np.int64),
        np.array(form, dtype=np.int64),
        np.full(len(partner), burden),
        np.full(len(partner), secret),
    )


def _joined(first: Pacts, second: Pacts) -> Pacts:
    made = each_of_its_own([first, second])
    return Pacts(made.partner, made.against, made.form, made.burden, made.secret)


def _filled(
    turn: int, drafts: Sequence[_Draft], measured: Frame, treatment: Treatment
) -> Iterator[ChoiceSet]:
    """The choices of a turn with their figures."""
    if not drafts:
        return
    sights = [draft.sight for draft in drafts]
    pacts = each_of_its_own([draft.pacts for draft in drafts])
    ends = np.cumsum([len(draft.pacts.partner) for draft in drafts])[:-1]
    through: dict[str, list[Floats]] = {}
    for lens in LENSES:
        views = side_by_side(measured.views(sights, lens))
        worth, hoped = pact_terms(views, pacts), hopes(views, pacts)
        danger = views.mine[pacts.of, pacts.adversary]
        worst = np.maximum(views.mine.max(axis=1), 1e-12)[pacts.of]
        opposed = np.where(pacts.named, np.log(np.maximum(danger / worst, FAINT)), 0.0)
        courted = views.mine[pacts.of, pacts.partner] / worst
        rows = np.column_stack([worth, opposed, courted])
        through[lens] = np.split(rows, ends)
        for rows_of, hope, draft in zip(through[lens], np.split(hoped, ends), drafts, strict=True):
            if draft.kind in (NAME, SEEK):
                rows_of[:, : len(TERMS)] *= hope[:, None]
            elif draft.kind == SIDE:
                rows_of[:, : len(TERMS)] = 0.0
            elif draft.kind == LEAVE:
                rows_of[:] = 0.0
    for place, draft in enumerate(drafts):
        plain = _plain(draft, treatment)
        seen = {lens: through[lens][place] for lens in LENSES}
        ids = [state.id for state in draft.deed.world.states]
        partner = tuple(ids[at] for at in draft.pacts.partner)
        against = tuple(ids[at] if at >= 0 else "" for at in draft.pacts.against)
        if draft.kind == ANSWER:
            plain = np.concatenate([np.zeros_like(plain), plain])
            seen = {lens: np.concatenate([np.zeros_like(row), row]) for lens, row in seen.items()}
            partner, against = ("", *partner), ("", *against)
        yield ChoiceSet(
            turn, draft.deed.state, draft.kind, draft.taken, partner, against, plain, seen
        )


def _plain(draft: _Draft, treatment: Treatment) -> Floats:
    """What can be said of the options without a lens: [option, column]."""
    pacts, sight = draft.pacts, draft.sight
    table = _states(sight, treatment)
    rows = np.zeros((len(pacts.partner), len(COLUMNS)))
    if draft.kind == LEAVE:
        rows[1, COLUMN["leave"]] = 1.0
        return rows
    for form, name in enumerate(FORM_COLUMNS, start=1):
        rows[:, COLUMN[name]] = pacts.form == form
    rows[:, COLUMN["named"]] = pacts.named
    rows[:, COLUMN["paid"]] = pacts.burden
    rows[:, COLUMN["secret"]] = pacts.secret
    if draft.kind == ANSWER:
        rows[:, COLUMN["accept"]] = 1.0
        rows[:, COLUMN["accept named"]] = pacts.named
    first, second = COLUMN["partner kinship"], COLUMN["adversary kinship"]
    width = len(OF_EITHER)
    rows[:, first : first + width] = table[pacts.partner]
    rows[:, first + width] = draft.partner_habit[pacts.partner]
    rows[:, second : second + width] = np.where(pacts.named[:, None], table[pacts.adversary], 0.0)
    rows[:, second + width] = np.where(pacts.named, draft.adversary_habit[pacts.adversary], 0.0)
    rows[:, COLUMN["prominent"]] = pacts.named & _is_prominent(draft)
    return rows


def _is_prominent(draft: _Draft) -> NDArray[np.bool_]:
    """Whether each adversary is one of those that public facts suggest to the pair: [option]."""
    suggested, _ = adversaries(draft.sight.facts)
    pairs = suggested[draft.sight.index, draft.pacts.partner]
    return np.asarray((pairs == draft.pacts.adversary[:, None]).any(axis=1))


def _states(sight: Sight, treatment: Treatment) -> Floats:
    """The plain figures of every state: [state, figure of OF_EITHER]."""
    facts, me, world = sight.facts, sight.index, sight.world
    money = np.array([float(max(0, state.treasury)) for state in world.states])
    tied, _ = ties(world)
    treated = np.array([treatment.of(sight.me, state.id) for state in world.states])
    there = facts.there

    def log(figure: Floats) -> Floats:
        value = np.log(np.maximum(figure, SMALL))
        return np.asarray(value - value[there].mean())

    return np.column_stack(
        [
            facts.affinity[me],
            log(facts.c),
            facts.c / max(float(facts.c[there].max()), SMALL),
            log(facts.D[me]),
            log(sight.hostile),
            log(facts.O),
            log(money / max(1.0, float(money.sum()))),
            tied[me].astype(np.float64),
            np.tanh(treated),
        ]
    )
