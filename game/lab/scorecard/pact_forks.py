"""Forks about a pact: without it, or without its reason (S11, S14, T5, W8, W10, W12).

One pact is sampled in each campaign.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.lab import forks
from game.lab.conduct import Booleans, Conduct, bonds, in_full
from game.lab.forks import Path
from game.lab.scorecard.row import Measured
from game.theory.families.alignment import AlignmentMenu
from game.theory.families.pact_worth import BINDS
from game.world.model import Treaty, World
from game.world.orders import Terms
from game.world.questions import OfferQuestion
from game.world.sight import facts_of

SOON = 5
"""Effects of a pact are counted over so many turns after it."""
LIFE = 8
"""The duration of a pact is compared over so many turns."""


@dataclass(frozen=True, slots=True, eq=False)
class Fork:
    """The turns as they happened, and as they would have been with the change."""

    before: Path
    after: Path
    members: tuple[str, ...]
    against: str
    """The adversary that the pact names, or empty."""


def accepted(conduct: Conduct, last: int) -> list[tuple[int, OfferQuestion]]:
    """Offers that were accepted and signed, up to a turn: (turn, the question)."""
    found = []
    for record in conduct.history.turns[: max(0, last)]:
        signed = {
            frozenset((one.actor, one.target))
            for one in record.events
            if one.kind == "treaty_signed"
        }
        for stage in record.stages:
            for question in stage.questions:
                if (
                    isinstance(question, OfferQuestion)
                    and stage.answers.get(question.id) == "accept"
                    and frozenset((question.by, question.asked)) in signed
                ):
                    found.append((record.turn, question))
    return found


def declined_pact(conduct: Conduct, *, named: bool) -> Fork | None:
    """A binding pact that was signed, and the same turns had it been declined.

    `named`: only of pacts that name an adversary. None if the campaign has no such pact.
    """
    candidates = [
        (turn, question)
        for turn, question in accepted(conduct, forks.last_turn(conduct, SOON))
        if question.terms.binding
        and (question.terms.against or not named)
        and not question.terms.secret
        and any(
            conduct.history.turns[turn - 1].start.state(name).great
            for name in (question.by, question.asked)
        )
    ]
    return _fork(conduct, "S11" if named else "S14", candidates, SOON)


def _fork(
    conduct: Conduct, row: str, candidates: Sequence[tuple[int, OfferQuestion]], horizon: int
) -> Fork | None:
    if not candidates:
        return None
    turn, question = candidates[forks.sample(conduct, row, len(candidates))]
    return Fork(
        forks.as_it_was(conduct, turn, horizon),
        forks.with_answer(conduct, turn, {question.id: "decline"}, horizon),
        (question.by, question.asked),
        question.terms.against,
    )


def offers_against(path: Path, targets: Sequence[str], begin: int, concerned: str = "") -> float:
    """The expected number of offers of binding pacts against some states, from a turn on.

    If `concerned` names a state, only offers by or to it count. Offers by or to the targets
    themselves are left out. Probabilities are summed, not the offers that were drawn: on another
    menu the same dice give an unrelated draw.
    """
    index = path.position.history.start.atlas.state_index
    named = [index[name] for name in targets]
    total = 0.0
    for state, record in path.decisions(begin):
        if state not in targets and isinstance(record.options, AlignmentMenu):
            pacts = record.options.pacts
            counted = (
                (BINDS[pacts.form] > 0)
                & np.isin(pacts.against, named)
                & ~np.isin(pacts.partner, named)
            )
            if concerned and state != concerned:
                counted &= pacts.partner == index[concerned]
            total += float(record.probabilities[1 : 1 + len(counted)][counted].sum())
    return total


def could_name(path: Path, state: str, targets: Sequence[str]) -> bool:
    """Whether a state's menu in the second turn held a pact against one of some states."""
    index = path.position.history.start.atlas.state_index
    named = [index[name] for name in targets]
    made = path.position.records[path.begun] if len(path.position.records) > path.begun else {}
    return any(
        bool(np.isin(record.options.pacts.against, named).any())
        for record in in_full(made.get(state, ()))
        if isinstance(record.options, AlignmentMenu)
    )


def members_wars(path: Path, members: Sequence[str]) -> int:
    """The number of wars that members entered."""
    begun = set()
    before = {war.id for war in path.turns[0].start.wars if any(map(war.side, members))}
    for world in path.worlds:
        begun |= {war.id for war in world.wars if any(map(war.side, members))}
    return len(begun - before)


def measure_t5(conduct: Conduct) -> Measured:
    """Fork: without a state's treaty with the state it fears most; how likely that attacks it.

    The treaty is a binding pact (bandwagoning), or nonaggression or neutrality (appeasement).
    """
    none = {"n": 0.0, "with": 0.0, "without": 0.0}
    candidates = []
    for turn, question in accepted(conduct, forks.last_turn(conduct, LIFE)):
        if "consultation" in question.terms.obligations:
            continue
        for weak, strong in ((question.by, question.asked), (question.asked, question.by)):
            seen = conduct.seen[turn - 1].get(conduct.index[weak])
            if seen is not None and seen.feared and seen.feared[0] == conduct.index[strong]:
                candidates.append((turn, question, weak, strong))
    if not candidates:
        return none
    turn, question, weak, strong = candidates[forks.sample(conduct, "T5", len(candidates))]
    before = forks.as_it_was(conduct, turn, LIFE)
    after = forks.with_answer(conduct, turn, {question.id: "decline"}, LIFE)
    return {
        "n": 1.0,
        "with": _chance_of_attack(before, strong, weak),
        "without": _chance_of_attack(after, strong, weak),
    }


def _chance_of_attack(path: Path, source: str, target: str) -> float:
    """The expected number of demands on, and attacks against, a state by another one."""
    total = 0.0
    for state, record in path.decisions(path.begun + 1):
        if state == source and record.family in ("demand", "war"):
            for option, chance in zip(record.options, record.probabilities, strict=True):
                named = getattr(option, "of", getattr(option, "on", ""))
                total += float(chance) if named == target else 0.0
    return total


def named_pacts(conduct: Conduct, last: int) -> list[tuple[int, Treaty]]:
    """Pacts of two states against a living third, as (turn, treaty in force at its start)."""
    return [
        (record.turn, treaty)
        for record in conduct.history.turns[: max(0, last)]
        for treaty in record.start.treaties
        if treaty.binding
        and len(treaty.parties) == 2
        and treaty.against
        and record.start.state(treaty.against).alive
        and treaty.until - record.turn >= 2
    ]


def _life(path: Path, parties: Sequence[str], against: str) -> int:
    """For how many turns from the first two states stayed bound against a third."""
    for number, world in enumerate(path.worlds):
        if not _stand_together(world, parties, against):
            return number
    return len(path.turns)


def _stand_together(world: World, parties: Sequence[str], against: str) -> bool:
    """Whether two are bound against a third."""
    return any(
        treaty.against == against and treaty.binding and treaty.binds(*parties)
        for treaty in world.treaties
    )


def _lives(conduct: Conduct, turn: int, treaty: Treaty, world: World) -> float:
    """By how many turns longer a pact of two lasts in another world than it did.

    The fork ends with the pact: nothing after that counts.
    """

    def is_over(then: World) -> bool:
        return not _stand_together(then, treaty.parties, treaty.against)

    before = forks.as_it_was(conduct, turn, LIFE)
    after = forks.with_world(conduct, turn, world, LIFE, until=is_over)
    lives = [_life(path, treaty.parties, treaty.against) for path in (after, before)]
    return float(lives[0] - lives[1])


def measure_w8(conduct: Conduct) -> Measured:
    """Fork: the adversary has no forces any more; how long the pact against it lasts."""
    none = {"n": 0.0, "gap": 0.0}
    candidates = named_pacts(conduct, forks.last_turn(conduct, LIFE))
    if not candidates:
        return none
    turn, treaty = candidates[forks.sample(conduct, "W8", len(candidates))]
    world = conduct.history.turns[turn - 1].start
    index = conduct.index[treaty.against]
    weak = forks.with_state(
        world, index, army=world.states[index].army // 10, fleet=world.states[index].fleet // 10
    )
    return {"n": 1.0, "gap": _lives(conduct, turn, treaty, weak)}


def measure_w10(conduct: Conduct) -> Measured:
    """Fork: a member signs a treaty with the adversary; how long the pact lasts."""
    none = {"n": 0.0, "gap": 0.0}
    candidates = [
        (turn, treaty)
        for turn, treaty in named_pacts(conduct, forks.last_turn(conduct, LIFE))
        if not _tied(conduct.history.turns[turn - 1].start, treaty.parties[0], treaty.against)
    ]
    if not candidates:
        return none
    turn, treaty = candidates[forks.sample(conduct, "W10", len(candidates))]
    world = conduct.history.turns[turn - 1].start
    settled = Treaty(
        0,
        (treaty.parties[0], treaty.against),
        Terms(("nonaggression",), "", LIFE),
        turn - 1,
        turn + LIFE,
    )
    return {"n": 1.0, "gap": _lives(conduct, turn, treaty, forks.with_treaty(world, settled))}


def _tied(world: World, first: str, second: str) -> bool:
    return any(treaty.binds(first, second) for treaty in world.treaties)


def measure_w12(conduct: Conduct) -> Measured:
    """Fork: an alliance of three or more without its leader, or without another member.

    Measured: the share of the ties among those who stay that is gone some turns later, beyond what
    is gone by then where nobody leaves. The leaver's own ties do not count: it may have more of
    them. Only alliances in which some of those who stay are tied to each other, whoever leaves.
    """
    none = {"n": 0.0, "leader": 0.0, "member": 0.0}
    candidates = [
        (record.turn, members, leavers)
        for record in conduct.history.turns[: max(0, forks.last_turn(conduct, SOON))]
        for members in _alliances(record.start)
        if len(leavers := _leavers(conduct, record.turn, members)) > 1
    ]
    if not candidates:
        return none
    turn, members, leavers = candidates[forks.sample(conduct, "W12", len(candidates))]
    world = conduct.history.turns[turn - 1].start
    other = leavers[1 + forks.sample(conduct, "W12 who", len(leavers) - 1)]
    as_it_was = forks.as_it_was(conduct, turn, SOON).worlds[-1]
    gone = []
    for leaver in (leavers[0], other):
        rest = [member for member in members if member != leaver]
        left = [
            treaty
            for treaty in world.treaties
            if treaty.binding
            and leaver in treaty.parties
            and set(treaty.others(leaver)) & set(rest)
        ]
        after = forks.with_world(conduct, turn, forks.without_treaties(world, left), SOON)
        lost = _ties_lost(world, after.worlds[-1], rest)
        gone.append(lost - _ties_lost(world, as_it_was, rest))
    return {"n": 1.0, "leader": gone[0], "member": gone[1]}


def _leavers(conduct: Conduct, turn: int, members: Sequence[str]) -> list[str]:
    """The leader, then every other member without which some of the rest are tied to each other.

    Empty where the rest are not tied without the leader.
    """
    world = conduct.history.turns[turn - 1].start
    c = facts_of(world).c
    ranked = sorted(members, key=lambda name: (-c[conduct.index[name]], name))
    tied = [
        name
        for name in ranked
        if _ties(world, [member for member in members if member != name]).any()
    ]
    return tied if ranked[0] in tied else []


def _alliances(world: World) -> list[tuple[str, ...]]:
    """Groups of three or more that are bound, directly or through others."""
    bound = bonds(world)
    left = {index for index in range(len(world.states)) if bound[index].any()}
    groups = []
    while left:
        group, edge = set(), {min(left)}
        while edge:
            group |= edge
            edge = {int(other) for index in edge for other in bound[index].nonzero()[0]} - group
        left -= group
        if len(group) >= 3:
            groups.append(tuple(world.states[index].id for index in sorted(group)))
    return groups


def _ties(world: World, members: Sequence[str]) -> Booleans:
    """Which members are tied: [member, member]."""
    indices = [world.atlas.state_index[name] for name in members]
    return bonds(world)[indices][:, indices]


def _ties_lost(before: World, after: World, members: Sequence[str]) -> float:
    """The share, 0 to 1, of the ties among members that is gone."""
    old, new = _ties(before, members), _ties(after, members)
    return float((old & ~new).sum() / old.sum())
