"""Answers to offers: accept, decline, or counter with other terms (THEORY W9, T10); then to tell.

An offer is weighed by the very terms by which one would be made. What is paid, as its burden or as
earlier aid, shifts the answer by a bounded part of its security term (see `payments`).
"""

from collections.abc import Sequence

import numpy as np

from game.theory.choice_rule import TERM, Appraisal
from game.theory.doctrine import TERMS
from game.theory.families.alignment import adversaries
from game.theory.families.pact_worth import (
    DEFENSE,
    FORMS,
    NONAGGRESSION,
    SIGNING,
    Pacts,
    each_of_its_own,
    form_of,
    pact_terms,
)
from game.theory.families.payments import add_leverage
from game.theory.lens import View
from game.theory.view_batch import Views
from game.world import public_finance
from game.world.legality import terms_refusal
from game.world.orders import Terms
from game.world.questions import AidQuestion, Answer, OfferQuestion, TellQuestion
from game.world.rules import BP
from game.world.sight import Floats, Sight, remembered

COUNTERING = 0.03
"""What it costs to haggle."""
OBLIGED = 0.02
"""What taking money from someone costs in freedom."""
NEED = 0.3
"""What money of a whole turn's revenue is worth."""
WARNED = 0.06
"""What it is worth to turn another against one that is feared, of what is faced from it."""
CONFIDENCE = 0.02
"""What telling of another's offer costs: who tells is told less."""
BETRAYED = 0.08
"""What it costs beside that to tell of the offer of a partner."""
LOYALTY = 0.04
"""What it is worth to have told a partner who seeks pacts against it."""
KIN = 0.02
"""What it is worth to have told a wholly kindred state, to a state without fears (THEORY T8)."""


@remembered
def offer_options(sight: Sight, question: OfferQuestion) -> tuple[Answer, ...]:
    """Decline, accept, and the counters that public facts put on the table."""
    options: list[Answer] = ["decline", "accept"]
    if not question.may_counter:
        return tuple(options)
    me, partner = sight.index, sight.world.atlas.state_index[question.by]
    form = form_of(question.terms.obligations)
    chosen, valid = adversaries(sight.facts)
    ids = [state.id for state in sight.world.states]
    alternatives: list[Terms] = []
    if form in (DEFENSE, 1):
        for slot in range(4):
            named = ids[int(chosen[me, partner, slot])]
            if valid[me, partner, slot] and named != question.terms.against:
                alternatives.append(Terms(FORMS[DEFENSE], named, question.terms.term))
        alternatives.append(Terms(FORMS[NONAGGRESSION], "", question.terms.term))
    elif form == NONAGGRESSION:
        alternatives.append(Terms(FORMS[3], "", question.terms.term))
    options += [
        terms
        for terms in alternatives
        if terms_refusal(sight.world, sight.me, question.by, terms) is None
    ]
    return tuple(options)


def appraise_offers(
    seen: Views, asked: Sequence[tuple[int, Sight, OfferQuestion]]
) -> list[Appraisal]:
    """The answers to offers: (the place of the view that weighs it, its sight, the offer)."""
    tables = [_on_the_table(sight, question) for _, sight, question in asked]
    worth = pact_terms(seen, each_of_its_own(tables, [place for place, _, _ in asked]))
    ends = np.cumsum([len(table.partner) for table in tables])
    return [
        _accession(part) if question.joins is not None else _answers(sight, question, part)
        for (_, sight, question), part in zip(asked, np.split(worth, ends[:-1]), strict=True)
    ]


def _answers(sight: Sight, question: OfferQuestion, worth: Floats) -> Appraisal:
    """To decline, to accept, or to counter, where the worth of what can be signed is known."""
    options = offer_options(sight, question)
    terms = np.zeros((len(options), len(TERMS)))
    terms[1:] = worth
    terms[1:, TERM["cost"]] -= SIGNING
    terms[2:, TERM["cost"]] -= COUNTERING
    aid = sight.world.leverage.get((question.by, sight.me), 0) / BP
    add_leverage(terms[1], aid)
    return Appraisal("answers", options, terms, hesitant=True)


def _accession(worth: Floats) -> Appraisal:
    """To join a treaty, or to let another join it (S6), where each pact that it adds is weighed.

    As in leaving one, what many promise is worth less than its sum.
    """
    terms = np.zeros((2, len(TERMS)))
    terms[1] = worth.sum(axis=0) / len(worth) ** 0.5
    terms[1, TERM["cost"]] -= SIGNING
    return Appraisal("answers", ("decline", "accept"), terms, hesitant=True)


@remembered
def _on_the_table(sight: Sight, question: OfferQuestion) -> Pacts:
    """What could be signed, as pacts: the same under every lens."""
    if question.joins is not None:
        return _added(sight, question, question.joins)
    options = offer_options(sight, question)
    index = sight.world.atlas.state_index
    partner = index[question.by]
    richer = public_finance.revenue(sight.world, question.by) / max(
        1, public_finance.revenue(sight.world, sight.me)
    )
    offered = [question.terms, *(option for option in options if isinstance(option, Terms))]
    return Pacts(
        np.full(len(offered), partner, dtype=np.int64),
        np.array([index.get(terms.against, -1) for terms in offered], dtype=np.int64),
        np.array([form_of(terms.obligations) for terms in offered], dtype=np.int64),
        np.array([terms.burden / BP * (-1.0 if question.final else richer) for terms in offered]),
        np.array([terms.secret for terms in offered]),
    )


def _added(sight: Sight, question: OfferQuestion, number: int) -> Pacts:
    """A pact with each of those whom an accession would add."""
    index = sight.world.atlas.state_index
    treaty = sight.world.treaty(number)
    joins = question.newcomer == sight.me
    members = treaty.parties if treaty is not None else (question.by,)
    added = [index[state] for state in (members if joins else (question.newcomer,))]
    count = len(added)
    return Pacts(
        np.array(added, dtype=np.int64),
        np.full(count, index.get(question.terms.against, -1), dtype=np.int64),
        np.full(count, form_of(question.terms.obligations), dtype=np.int64),
        np.zeros(count),
        np.zeros(count, dtype=np.bool_),
    )


def appraise_aid(view: View, sight: Sight, question: AidQuestion) -> Appraisal:
    """Whether to take money: need against the fear of who gives it."""
    giver = sight.world.atlas.state_index[question.by]
    revenue = max(1, sight.world.atlas.sheet(sight.me).start_revenue)
    terms = np.zeros((2, len(TERMS)))
    terms[1, TERM["stake"]] = NEED * min(1.0, question.amount / revenue)
    terms[1, TERM["feeding"]] = -OBLIGED * view.tau[giver] / view.scale.unit
    return Appraisal("answers", ("decline", "accept"), terms)


def appraise_tell(view: View, sight: Sight, question: TellQuestion) -> Appraisal:
    """Whether to tell a state who sought a pact against it, having declined that pact.

    It turns the one that is told against the one whose offer it was: worth the more, the more the
    lens shows to be feared from the latter (THEORY W1, T2). It pleases kindred states (T8); it is
    owed to partners, and to tell of a partner's offer breaks confidence.
    """
    index = sight.world.atlas.state_index
    maker, told = index[question.by], index[question.terms.against]
    faced, field = view.faced[view.me], view.field
    terms = np.zeros((2, len(TERMS)))
    terms[1, TERM["security"]] = WARNED * float(faced[maker])
    kinship = float(view.facts.affinity[view.me, told] - view.facts.affinity[view.me, maker])
    terms[1, TERM["ideology"]] = KIN * kinship / (1 + view.insecurity)
    terms[1, TERM["repute"]] = (
        LOYALTY * field.bound[view.me, told] - BETRAYED * field.bound[view.me, maker] - CONFIDENCE
    )
    return Appraisal("tell", ("decline", "accept"), terms, hesitant=True)
