"""Beliefs about intentions, per observer, learned from what each could see (THEORY S10, T13).

`hostile[i, j]` is how hostile i believes j, bp. A belief starts from the map, moves with events
its owner witnessed, and drifts back to its ground. The rule reads public events alone, so that
whoever has the archives can rebuild every belief.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass

import numpy as np

from game.world.atlas import Ints
from game.world.capability import proximity
from game.world.events import Event
from game.world.model import World
from game.world.rules import BP
from game.world.terms import calms

LEAST, MOST = 100, 9_900
"""A belief is never certain."""


@dataclass(frozen=True, slots=True, eq=False)
class Beliefs:
    """What every state believes of every other's intentions: [observer, observed], bp."""

    hostile: Ints
    ground: Ints
    """Where beliefs drift back to."""


def learn(beliefs: Beliefs, world: World, events: Iterable[Event]) -> Beliefs:
    """Beliefs after the events of a turn; `world` is the world at its end.

    What is near counts for more: a change is weighed by the observer's proximity to the actor,
    except for those it was done to. What one does to be secure frightens others, who may be right
    or wrong (THEORY S9, p. 46).
    """
    rules = world.atlas.rules
    index = world.atlas.state_index
    near = proximity(world)
    hostile = beliefs.hostile.copy()

    def tell(happening: Event, everyone: int, target: int = 0) -> None:
        actor = index[happening.actor]
        if everyone:
            change = near[:, actor] * everyone // BP
            if happening.witnesses is not None:
                saw = np.zeros(len(index), dtype=np.int64)
                for witness in happening.witnesses:
                    saw[index[witness]] = 1
                change = change * saw
            hostile[:, actor] += change
        if target and happening.target:
            hostile[index[happening.target], actor] += target

    def mutual(first: str, second: str, change: int) -> None:
        hostile[index[first], index[second]] += change
        hostile[index[second], index[first]] += change

    calmed: list[tuple[int, str, str, int]] = []
    """(how far below its ground at the most, observer, observed, by how much)."""
    events = tuple(events)
    renewed = {one.number("treaty") for one in events if _ends_a_calm(one)}
    for happening in events:
        match happening.kind:
            case "posture_changed":
                steps = happening.number("step") - happening.number("before")
                tell(happening, steps * rules.hostile_posture)
            case "demand_made":
                bullied = _is_weaker(world, happening.target, happening.actor)
                share = rules.hostile_bullying if bullied else rules.hostile_bullying // 3
                tell(happening, share, rules.hostile_bullying)
            case "mobilised":
                tell(happening, rules.hostile_posture // 2)
            case "demand_withdrawn":
                tell(happening, 0, -rules.hostile_kept_promise // 2)
            case "war_declared":
                shock = rules.hostile_surprise_war if happening.number("surprise") else 0
                tell(happening, shock + rules.hostile_bullying, rules.hostile_war)
            case "war_joined":
                tell(happening, 0, rules.hostile_war // 2)
            case "province_annexed":
                tell(happening, rules.hostile_bullying, rules.hostile_bullying)
            case "treaty_signed":
                if _first_calm(world, happening, renewed):
                    most, calm = rules.hostile_pact_most, rules.hostile_kept_promise
                    signers = happening.actor, happening.target
                    calmed += [(most, *signers, calm), (most, *signers[::-1], calm)]
                against = happening.text("against")
                if against and (happening.witnesses is None or against in happening.witnesses):
                    for signer in (happening.actor, happening.target):
                        hostile[index[against], index[signer]] += rules.hostile_pact
            case "treaty_declined":
                against = happening.text("against")
                if against and against in (happening.witnesses or ()):
                    hostile[index[against], index[happening.actor]] += rules.hostile_offer
            case "offer_told":
                tell(happening, 0, -rules.hostile_told)
                if happening.seen_by(by := happening.text("by")):
                    hostile[index[by], index[happening.actor]] += rules.hostile_told
            case "treaty_broken":
                tell(happening, rules.hostile_kept_promise // 2, rules.hostile_bullying)
            case "call_honoured":
                mutual(happening.actor, happening.target, -rules.hostile_kept_promise)
            case "assurance_kept" if happening["answer"] == "accept":
                tell(happening, 0, -rules.hostile_kept_promise // 2)
            case "assurance_broken" if happening["answer"] == "accept":
                tell(happening, 0, rules.hostile_kept_promise)
            case "call_refused":
                tell(happening, 0, rules.hostile_kept_promise)
            case "pledge_made" | "guarantee_given":
                tell(happening, 0, -rules.hostile_kept_promise)
            case "plot_found":
                tell(happening, 0, rules.hostile_bullying)
            case "leader_succeeded":
                actor = index[happening.actor]
                back = (beliefs.ground[:, actor] - hostile[:, actor]) * rules.hostile_new_leader
                hostile[:, actor] += back // BP
            case "aid_given":
                calm = _calmed_by_aid(world, happening)
                calmed.append((0, happening.target, happening.actor, calm))
            case _:
                pass
    # Last, and the least far-reaching first, so that the order of a turn's events decides nothing.
    for below, who, whom, calm in sorted(calmed):
        here = index[who], index[whom]
        least = beliefs.ground[here] - below
        hostile[here] = max(hostile[here] - calm, min(hostile[here], least))
    drift = np.full_like(hostile, rules.hostile_drift)
    for victim, wrongdoer in _wronged(world):
        here = index[victim], index[wrongdoer]
        if hostile[here] > beliefs.ground[here]:
            drift[here] = rules.hostile_old_wrong
    hostile += (beliefs.ground - hostile) * drift // BP
    np.clip(hostile, LEAST, MOST, out=hostile)
    np.fill_diagonal(hostile, LEAST)
    return Beliefs(hostile, beliefs.ground)


def _wronged(world: World) -> set[tuple[str, str]]:
    """(who was wronged, by whom): of a war or a breach of late, or of land lost and not given back.

    What was believed of a wrongdoer fades slowly; lost land is claimed beside that.
    """
    wronged = {
        (who, whom)
        for (what, who, whom), until in world.cooldowns.items()
        if what == "wronged" and until >= world.turn
    }
    for place, sheet in zip(world.provinces, world.atlas.provinces, strict=True):
        if sheet.owner and place.owner and place.owner != sheet.owner:
            wronged.add((sheet.owner, place.owner))
    return wronged


def _ends_a_calm(happening: Event) -> bool:
    """Whether it is the end of a pact that calmed, by its renewal."""
    renewed = happening.kind == "treaty_ended" and happening["why"] == "renewed"
    return renewed and calms(happening.names("obligations"))


def _first_calm(world: World, signed: Event, renewed: Set[int]) -> bool:
    """Whether a signature calms its parties: by a pact that calms, where no earlier one does.

    So a partner's goodwill counts once, however many pacts are signed and renewed. `renewed` are
    the numbers of the pacts that calmed and that were renewed in the turn.
    """
    number, renews = signed.number("treaty"), signed.number("renews")
    accedes = renews == number
    if not calms(signed.names("obligations")) or (not accedes and renews in renewed):
        return False
    return not any(
        treaty.binds(signed.actor, signed.target) and calms(treaty.obligations)
        for treaty in world.treaties_of(signed.actor)
        if (treaty.id != number if accedes else treaty.id < number)
    )


def _is_weaker(world: World, state: str, than: str) -> bool:
    """Whether a state is a lesser one beside the other: not great, or of half its means."""
    first, second = world.state(state), world.state(than)
    return (second.great and not first.great) or first.army * 2 < second.army


def _calmed_by_aid(world: World, happening: Event) -> int:
    """By how much money mends a belief; never below its ground, for aid makes no allies (T10)."""
    sheet = world.atlas.sheet(happening.target)
    tenth = max(1, sheet.start_revenue // 10)
    most = 3 * world.atlas.rules.hostile_aid // 2
    return min(most, world.atlas.rules.hostile_aid * happening.number("amount") // tenth)
