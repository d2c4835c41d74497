"""The choices behind acts: what stood open, what was taken, and what each option offered.

To `name` is to choose an adversary that was not named of late, and with whom to stand against it.
To `seek` is to choose a pact among all that could be offered against the same adversary, or against
nobody: with whom, of what form. To `answer` is to sign or to decline what another offers. To take a
`side` is to stand by one of two that quarrel. To `leave` is to be rid of a treaty rather than to
bind oneself. How often a state acts is no choice here; what it keeps up, repeats or declines again
within some turns is none either.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from game.history import History
from game.inference.act_figures import LENSES, Treatment
from game.inference.acts import AGAIN
from game.inference.deeds import Deed, deeds
from game.inference.open_choices import adversaries_open
from game.inference.option_figures import (
    ANSWER,
    LEAVE,
    NAME,
    SEEK,
    SIDE,
    Draft,
    Options,
    plain_figures,
)
from game.inference.replay import Replay, replaying
from game.theory.families.alignment import menu_of
from game.theory.families.pact_worth import (
    DEFENSE,
    GUARANTEE,
    Pacts,
    each_of_its_own,
    form_of,
)
from game.world.beliefs import Beliefs
from game.world.orders import Guarantee, Offer, Terms
from game.world.questions import OfferQuestion
from game.world.rules import BP
from game.world.sight import Floats, Sight, seen_by


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceSet:
    """One choice: its options as rows, and which was taken."""

    turn: int
    state: str
    kind: str
    """name, seek, answer, side or leave."""
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
    found: list[ChoiceSet] = []
    with replaying(history) as replay:
        measured = replay.frame
        for drafts in drafts_by_turn(replay, states):
            if not drafts:
                continue
            options = Options(drafts)
            ends = np.cumsum([len(draft.plain) for draft in drafts])[:-1]
            through = {
                lens: np.split(options.through(partial(measured.views, doctrine=lens)), ends)
                for lens in LENSES
            }
            for place, draft in enumerate(drafts):
                seen = {lens: rows[place] for lens, rows in through.items()}
                found.append(choice_set(draft, seen))
    return found


def choice_set(draft: Draft, seen: Mapping[str, Floats]) -> ChoiceSet:
    """A choice with what some lenses show of its options."""
    ids = [state.id for state in draft.deed.world.states]
    partner = tuple(ids[at] for at in draft.pacts.partner)
    against = tuple(ids[at] if at >= 0 else "" for at in draft.pacts.against)
    if draft.kind == ANSWER:
        partner, against = ("", *partner), ("", *against)
    return ChoiceSet(
        draft.turn,
        draft.deed.state,
        draft.kind,
        draft.taken,
        partner,
        against,
        draft.plain,
        seen,
    )


def drafts_by_turn(replay: Replay, states: Sequence[str] | None = None) -> Iterator[list[Draft]]:
    """The choices of some states (default: all), turn by turn."""
    treatment = Treatment()
    habits: dict[str, _Habits] = {}
    for record, beliefs, deciding in replay.turns(states):
        drafts: list[Draft] = []
        for deed in deeds(record, set(deciding), beliefs):
            drafts += _drafts(record.turn, deed, beliefs, habits, treatment)
        yield drafts
        treatment.learn(record.events)


class _Habits:
    """What a state chose before: how often, and when last."""

    def __init__(self) -> None:
        self.partners: Counter[str] = Counter()
        self.adversaries: Counter[str] = Counter()
        self.last: dict[tuple[object, ...], int] = {}
        self._addressed: tuple[int, set[str]] = (0, set())

    def addressed(self, turn: int, partner: str) -> set[str]:
        """To whom it offered something this turn before it turned to a partner."""
        if self._addressed[0] != turn:
            self._addressed = (turn, set())
        before = set(self._addressed[1])
        self._addressed[1].add(partner)
        return before - {partner}

    def again(self, turn: int, *what: object) -> bool:
        """Whether the same counted within `AGAIN` turns; if not, it counts now."""
        before = self.last.get(what)
        if before is not None and turn - before <= AGAIN:
            return True
        self.last[what] = turn
        return False


def _drafts(
    turn: int,
    deed: Deed,
    beliefs: Beliefs,
    habits: dict[str, _Habits],
    treatment: Treatment,
) -> Iterator[Draft]:
    """The choices that a deed stands for; none where it is none anew."""
    mine = habits.setdefault(deed.state, _Habits())
    sight = seen_by(deed.world, beliefs, deed.state)
    ids = [state.id for state in deed.world.states]
    partners, adversaries = (
        np.log1p(np.array([float(count[state]) for state in ids]))
        for count in (mine.partners, mine.adversaries)
    )
    for kind, pacts, taken in _choices(turn, deed, sight, mine):
        if kind == ANSWER or len(pacts.partner) > 1:
            plain = plain_figures(kind, sight, pacts, treatment, (partners, adversaries))
            yield Draft(turn, deed, kind, sight, pacts, taken, plain)


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
    """A pact that was offered, among all that could be: whom it names and with whom where it names
    somebody anew, else with whom and of what form.

    To whom something was offered before in the same turn, nothing more can be.
    """
    order = deed.deed
    if isinstance(order, Offer):
        terms = order.terms
        form, against = form_of(terms.obligations), terms.against
    else:
        assert isinstance(order, Guarantee)
        terms, form, against = Terms(("guarantee",)), GUARANTEE, ""
    again = mine.again(turn, SEEK, deed.chosen, against, form)
    foe_again = bool(against) and mine.again(turn, SEEK, against)
    addressed = mine.addressed(turn, deed.chosen)
    mine.partners[deed.chosen] += 1
    mine.adversaries[against] += bool(against)
    if again or deed.kept:
        return
    if terms.binding:
        yield LEAVE, _stay_or_leave(deed), 0
    index = deed.world.atlas.state_index
    partner, adversary = index[deed.chosen], index.get(against, -1)
    own = _pacts([partner], [adversary], [form], -terms.burden / BP, terms.secret)
    menu = menu_of(sight).new
    left = ~np.isin(menu.partner, [index[state] for state in addressed])
    paid = menu.burden < 0
    same = (
        left
        & (menu.partner == partner)
        & (menu.against == adversary)
        & (menu.form == form)
        & (menu.secret == terms.secret)
        & (paid == (terms.burden > 0))
    )
    if adversary < 0 or foe_again:
        yield SEEK, *_with(menu, left & (menu.against == adversary), same, own)
        return
    # Whoever could be named to the chosen partner, beside what is on the menu.
    alike = left & menu.named & (menu.form == form) & (paid == (terms.burden > 0))
    known = set(menu.against[alike & (menu.partner == partner)].tolist()) | {adversary}
    more = [
        index[state]
        for state in adversaries_open(deed.world, deed.state, deed.chosen, against)
        if index[state] not in known
    ]
    options, taken = _with(menu, alike, same, own)
    if more:
        count = len(more)
        options = _joined(options, _pacts([partner] * count, more, [form] * count, own.burden[0]))
    yield NAME, options, taken


def _with(
    menu: Pacts, listed: NDArray[np.bool_], same: NDArray[np.bool_], own: Pacts
) -> tuple[Pacts, int]:
    """What is listed of a menu, and the place in it of what was done; added where it is not on it.

    `same`: which of the menu it is.
    """
    if same.any():
        return menu.where(listed), int(np.count_nonzero(listed[: int(np.argmax(same))]))
    options = menu.where(listed)
    return _joined(options, own), len(options.partner)


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
