"""Conduct that is not the game's own: simple rules for one state, on which the debrief is tried.

None of them knows `game.theory`; each sees what a player sees. A rule likes every other state by a
number from -1 to 1, and all that it does follows from its likes. `EXPECTED` says which verdicts
are right beside those that name no doctrine.
"""

import random
from collections.abc import Mapping, Sequence
from itertools import islice

from game import Answers, Campaign, Offer, Order, Question, Terms, play_out
from game.world.orders import Aid, Denounce

MODEST = frozenset({"UNDECIDED", "NONE", "CHANCE"})
LIKED, DISLIKED = 0.3, -0.3
Likes = Mapping[str, float]


def shares(campaign: Campaign) -> dict[str, float]:
    """Every other living state's share of capability."""
    return {state: reading.share for state, reading in campaign.readings("BOP").items()}


def ranked(values: Mapping[str, float]) -> dict[str, float]:
    """From 1 for the largest value to -1 for the least."""
    order = sorted(values, key=lambda state: (-values[state], state))
    most = max(1, len(order) - 1)
    return {state: 1.0 - 2.0 * place / most for place, state in enumerate(order)}


class Rule:
    """A policy whose every act follows from how much it likes each other state."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._turn = -1
        self._known: Likes = {}

    def likes(self, campaign: Campaign) -> Likes:
        raise NotImplementedError

    def _now(self, campaign: Campaign) -> Likes:
        if campaign.turn != self._turn:
            self._turn, self._known = campaign.turn, self.likes(campaign)
        return self._known

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        likes, me = self._now(campaign), campaign.sight.me
        if not likes:
            return ()
        worst = min(likes, key=lambda state: (likes[state], state))
        foe = worst if likes[worst] < DISLIKED else ""
        wanted: list[Order] = [
            Denounce(treaty.id)
            for treaty in campaign.world.treaties_of(me)
            if any(likes.get(state, 0.0) < DISLIKED for state in treaty.others(me))
        ]
        friends = [state for state in likes if likes[state] > LIKED]
        for friend in sorted(friends, key=lambda state: (-likes[state], state)):
            against = [foe, ""] if foe and foe != friend else [""]
            offers = [Offer(friend, Terms(("defense",), name, 6)) for name in against]
            wanted += list(islice((it for it in offers if campaign.refusal(it) is None), 1))
        return list(islice((it for it in wanted if campaign.refusal(it) is None), 2))

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        return {question.id: self._said(campaign, question) for question in questions}

    def _said(self, campaign: Campaign, question: Question) -> str:
        likes = self._now(campaign)

        def of(state: str) -> float:
            return likes.get(state, 0.0)

        match question.kind:
            case "offer":
                good = of(question.by) > 0.15 and of(question.terms.against) <= of(question.by)
                return "accept" if good else "decline"
            case "aid":
                return "accept" if of(question.by) > DISLIKED else "decline"
            case "pledge":
                gap = of(question.by) - of(question.of)
                helped = question.by if gap > 0.5 else question.of if gap < -0.5 else "none"
                return helped if helped in question.options else "none"
            case "crisis":
                return "hold" if "hold" in question.options else question.options[0]
            case "call":
                return "honour" if of(question.by) >= of(question.enemy) else "refuse"
            case "join":
                gap = of(question.by) - of(question.of)
                side = "attackers" if gap > 0.9 else "defenders" if gap < -0.9 else "none"
                return side if side in question.options else "none"
        return "accept"


class Silence(Rule):
    """Does nothing and answers nothing, ever."""

    def likes(self, campaign: Campaign) -> Likes:
        return {}

    def answer(self, campaign: Campaign, questions: Sequence[Question]) -> Answers:
        return {}


class WeakestNeighbour(Rule):
    """Likes the weakest of those at its border, and nobody else."""

    def likes(self, campaign: Campaign) -> Likes:
        share = shares(campaign)
        near = {s: campaign.factors(s)["proximity"] for s in share}
        close = [s for s in share if near[s] >= 0.9 * max(near.values())]
        return {s: float(s == min(close, key=lambda it: (share[it], it))) for s in share}


class RichestIsTheFoe(Rule):
    """Stands against whoever has the most money, with those that have the least."""

    def likes(self, campaign: Campaign) -> Likes:
        money = {s: float(campaign.world.state(s).treasury) for s in shares(campaign)}
        return {state: -like for state, like in ranked(money).items()}


class CopiesTheStrongest(Rule):
    """Likes whom the strongest state is allied with, and dislikes whom its treaties name."""

    def likes(self, campaign: Campaign) -> Likes:
        share = shares(campaign)
        leader = max(share, key=lambda state: (share[state], state))
        likes = dict.fromkeys(share, 0.0)
        for treaty in campaign.world.treaties_of(leader):
            likes.update({s: 0.8 for s in treaty.others(leader) if s in likes})
            if treaty.against in likes:
                likes[treaty.against] = -0.8
        return likes


class Rotates(Rule):
    """Another friend and another foe every three turns, in a fixed order."""

    def likes(self, campaign: Campaign) -> Likes:
        order = sorted(shares(campaign))
        step = campaign.turn // 3
        likes = dict.fromkeys(order, 0.0)
        likes[order[step % len(order)]] = 1.0
        likes[order[(step + len(order) // 2) % len(order)]] = -1.0
        return likes


class LikesItsKind(Rule):
    """Likes states by likeness of ideology alone."""

    def likes(self, campaign: Campaign) -> Likes:
        atlas, me = campaign.world.atlas, campaign.sight.index
        kin = {s: float(atlas.affinity[me, atlas.state_index[s]]) for s in shares(campaign)}
        most = max(max(kin.values()), 1.0)
        return {state: 2 * kin[state] / most - 1 for state in kin}


class BuysTheCheapest(Rule):
    """Likes whoever has the least money, and sends it some; dislikes nobody."""

    def likes(self, campaign: Campaign) -> Likes:
        money = {s: float(campaign.world.state(s).treasury) for s in shares(campaign)}
        return {state: max(0.0, -like) for state, like in ranked(money).items()}

    def orders(self, campaign: Campaign) -> Sequence[Order]:
        likes = self._now(campaign)
        gift = Aid(max(likes, key=lambda s: (likes[s], s)), 100)
        rest = super().orders(campaign)
        return [*rest, gift] if campaign.refusal(gift) is None else rest


class FixedForever(Rule):
    """One friend and one foe, drawn before the first turn."""

    def likes(self, campaign: Campaign) -> Likes:
        if not self._known:
            order = sorted(shares(campaign))
            friend, foe = self.random.sample(order, 2)
            return {**dict.fromkeys(order, 0.0), friend: 1.0, foe: -1.0}
        return self._known


class LastAggressor(Rule):
    """Dislikes whoever last demanded something or began a war, anywhere; likes its victim."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.last = ("", "")

    def likes(self, campaign: Campaign) -> Likes:
        if campaign.turn > 1:
            for event in campaign.report():
                if event.kind in ("demand_made", "war_declared"):
                    self.last = (event.actor, event.target)
        likes = dict.fromkeys(shares(campaign), 0.1)
        for state, like in zip(self.last, (-1.0, 0.8), strict=True):
            if state in likes:
                likes[state] = like
        return likes


class RandomWithMemory(Rule):
    """Random likes that change one by one, seldom."""

    def likes(self, campaign: Campaign) -> Likes:
        return {
            state: self.random.uniform(-1, 1)
            if state not in self._known or self.random.random() < 0.12
            else self._known[state]
            for state in shares(campaign)
        }


class WaltzByHeart(Rule):
    """The strongest is the foe; of the others, the weaker the better."""

    def likes(self, campaign: Campaign) -> Likes:
        share = shares(campaign)
        foe = max(share, key=lambda state: (share[state], state))
        return {s: -1.0 if s == foe else 0.2 + 0.8 * (1 - share[s] / share[foe]) for s in share}


class NearestIsTheFoe(Rule):
    """Stands against the nearest strong neighbour, with those beyond it."""

    def likes(self, campaign: Campaign) -> Likes:
        near = {s: campaign.factors(s)["proximity"] for s in shares(campaign)}
        share = shares(campaign)
        foe = max(near, key=lambda state: (round(near[state], 2), share[state], state))
        return {s: -1.0 if s == foe else 1.0 - near[s] for s in near}


class JoinsTheStrongest(Rule):
    """Courts the strongest, against the weakest."""

    def likes(self, campaign: Campaign) -> Likes:
        return ranked(shares(campaign))


class FearsTheArmed(Rule):
    """The most heavily armed state is the foe, wherever it is."""

    def likes(self, campaign: Campaign) -> Likes:
        armed = {s: campaign.factors(s)["offense"] for s in shares(campaign)}
        foe = max(armed, key=lambda state: (armed[state], state))
        return {s: -1.0 if s == foe else 1.0 - armed[s] for s in armed}


class FearsTheHostile(Rule):
    """Whoever is believed the most hostile is the foe, however weak."""

    def likes(self, campaign: Campaign) -> Likes:
        hostile = {s: campaign.factors(s)["intentions"] for s in shares(campaign)}
        foe = max(hostile, key=lambda state: (hostile[state], state))
        return {s: -1.0 if s == foe else 0.6 - hostile[s] for s in hostile}


class OldRivals(Rule):
    """Its rivals and those who hold what it claims are foes for good; its allies' foes too."""

    def likes(self, campaign: Campaign) -> Likes:
        atlas, me = campaign.world.atlas, campaign.sight.me
        likes = dict.fromkeys(shares(campaign), 0.2)
        for first, second in atlas.rivalries:
            if me in (first, second):
                other = second if first == me else first
                if other in likes:
                    likes[other] = -0.9
        for treaty in campaign.world.treaties_of(me):
            likes.update({s: 0.7 for s in treaty.others(me) if likes.get(s, -1.0) > 0})
        return likes


class LeavesAlone(Rule):
    """Leaves every treaty and signs none."""

    def likes(self, campaign: Campaign) -> Likes:
        return dict.fromkeys(shares(campaign), -0.5)


class AlphabetsOrder(Rule):
    """Likes states by the alphabet, and turns it round half-way."""

    def likes(self, campaign: Campaign) -> Likes:
        order = sorted(shares(campaign), reverse=campaign.turn > campaign.setup.turns // 2)
        return ranked({state: -float(place) for place, state in enumerate(order)})


RULES: Mapping[str, type[Rule]] = {
    "silence": Silence,
    "weakest-neighbour": WeakestNeighbour,
    "richest-is-foe": RichestIsTheFoe,
    "copies-the-strongest": CopiesTheStrongest,
    "rotates": Rotates,
    "likes-its-kind": LikesItsKind,
    "buys-the-cheapest": BuysTheCheapest,
    "fixed-forever": FixedForever,
    "last-aggressor": LastAggressor,
    "random-with-memory": RandomWithMemory,
    "waltz-by-heart": WaltzByHeart,
    "nearest-is-foe": NearestIsTheFoe,
    "joins-the-strongest": JoinsTheStrongest,
    "fears-the-armed": FearsTheArmed,
    "fears-the-hostile": FearsTheHostile,
    "old-rivals": OldRivals,
    "leaves-alone": LeavesAlone,
    "alphabet": AlphabetsOrder,
}
EXPECTED: Mapping[str, frozenset[str]] = {
    "silence": frozenset({"ISOLATION"}),
    "likes-its-kind": frozenset({"SOLIDARITY"}),
    "waltz-by-heart": frozenset({"BOP"}),
    "joins-the-strongest": frozenset({"BANDWAGON"}),
    "leaves-alone": frozenset({"ISOLATION"}),
}
"""Rule -> the doctrines that are a right verdict on it, beside `MODEST`."""


def expected(rule: str) -> frozenset[str]:
    """The right verdicts on a rule."""
    return MODEST | EXPECTED.get(rule, frozenset())


def play(campaign: Campaign, rule: str, seed: int) -> None:
    """Play a campaign out with a rule in the player's seat."""
    play_out(campaign, RULES[rule](seed))
