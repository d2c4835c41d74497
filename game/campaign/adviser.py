"""What the player can know of a campaign and work out from it: `campaign.adviser`.

Nothing here reads an envelope: the adviser sees what the player sees, and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.advice import assurances
from game.advice import forecast as forecasts
from game.advice.best_offer import best_offer
from game.advice.budget_effects import BudgetEffects, budget_effects
from game.advice.decision_summary import summary_words
from game.advice.estimated_beliefs import estimate_beliefs, in_the_place_of
from game.advice.forecast import Forecast, Stand
from game.advice.imagined import Imagined
from game.advice.levers import Lever, levers
from game.advice.matters import Matter, matters
from game.advice.seen_course import SeenCourse, seen_course
from game.advice.shown_habits import AnswersRead, after_turn
from game.campaign.explanations import Explanations
from game.campaign.worked_out import WorkedOut
from game.engine.phases.influence import chance_found, depth_gained
from game.engine.phases.overhearing import chance_to_hear
from game.engine.phases.wars import standing_ultimatum
from game.theory.families.others_word import credibility
from game.theory.frame import Frame
from game.world import odds
from game.world.beliefs import Beliefs
from game.world.coalitions import coalitions
from game.world.model import Assurance
from game.world.orders import AskAssurance, Means, Offer, Order, Penetrate, Sound
from game.world.questions import Answer, CrisisQuestion, Question
from game.world.rules import BP
from game.world.sight import Sight

if TYPE_CHECKING:
    from game.advice.doctrine_estimate import DoctrineEstimate
    from game.advice.witnessed_deeds import WitnessedDeed
    from game.campaign import Campaign

DEEP = 6_000
"""Depth of a network from which a state's factors can be read, bp."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How dangerous a state looks through one lens."""

    threat: float
    """What I face from it, of the most that I face from anyone: 0 to 1."""
    share: float
    """Its share of the world's capability, 0 to 1."""
    rank: int
    """1 for the one that I should fear most."""


class Adviser:
    """Forecasts, odds, and what wants deciding, for the player of a campaign.

    A mapping "under both readings" has the keys BOP (the state fears power) and BOT (it fears
    threat). Refused is raised where nobody plays the campaign, but for the readings, factors and
    insecurity of a state that is named.
    """

    def __init__(self, campaign: Campaign, frame: Frame, worked_out: WorkedOut) -> None:
        self._campaign = campaign
        self._frame = frame
        self._worked_out = worked_out

    # how dangerous others look

    def readings(self, lens: str, of: str | None = None) -> dict[str, Reading]:
        """How dangerous each other state looks to the player (or to `of`, as imagined)."""
        sight = self._sight_of(of)
        view = self._frame.view(sight, lens)
        faced = view.faced[view.me]
        largest = max(float(faced.max()), 1e-9)
        there = (at for at, state in enumerate(sight.world.states) if state.id != sight.me)
        alive = [index for index in there if sight.facts.there[index]]
        order = sorted(alive, key=lambda index: (-float(faced[index]), index))
        ranks = {index: rank for rank, index in enumerate(order, start=1)}
        return {
            state.id: Reading(
                float(faced[index]) / largest, float(sight.facts.c[index]), ranks[index]
            )
            for index, state in enumerate(sight.world.states)
            if index in ranks
        }

    def feared(self, state: str) -> dict[str, str]:
        """Whom a state would fear most: lens (BOP, BOT) -> a state; empty where it has no other.

        It is what the player can imagine in its place.
        """
        ranked = {lens: self.readings(lens, state) for lens in ("BOP", "BOT")}
        return {
            lens: next((other for other, one in found.items() if one.rank == 1), "")
            for lens, found in ranked.items()
        }

    def threat_factors(self, state: str, of: str | None = None) -> dict[str, float]:
        """The four factors of a state's threat to the player (or `of`), each 0 to 1 (THEORY T1)."""
        sight = self._sight_of(of)
        index = sight.world.atlas.state_index[state]
        return {
            "power": float(sight.facts.c[index]),
            "proximity": min(1.0, float(sight.facts.D[sight.index, index])),
            "offense": float(sight.facts.O[index]),
            "intentions": float(sight.hostile[index]),
        }

    def insecurity(self, state: str | None = None) -> dict[str, float]:
        """How insecure the player (or another, as the player sees it) is under both readings.

        1 is the mean of all states at the start.
        """
        sight = self._sight_of(state)
        return {lens: self._frame.view(sight, lens).insecurity for lens in ("BOP", "BOT")}

    def _sight_of(self, state: str | None) -> Sight:
        """What a state sees: of another than the player, as far as the player can imagine it.

        It is what the state truly sees where nobody plays, and once the campaign is over.
        """
        campaign = self._campaign
        if state is None or state == campaign.player:
            return campaign.sight
        if campaign.player is None or campaign.over:
            return campaign.sight_of(state)
        return in_the_place_of(campaign.sight, state, self.estimate)

    @property
    def estimate(self) -> Beliefs:
        """What the player can work out of others' beliefs, from what it saw."""
        return self._estimates[-1]

    @property
    def _estimates(self) -> Sequence[Beliefs]:
        """The same at the start, and after each turn."""
        me, estimates = self._campaign.sight.me, self._worked_out.estimates
        for record in self._campaign.history.turns[len(estimates) - 1 :]:
            estimates.append(estimate_beliefs(estimates[-1], record.end, record.events, me))
        return estimates

    @property
    def imagined(self) -> Imagined:
        """What the player takes others to be, by what it saw of them."""
        return self._imagined(self.estimate, self._answers_read)

    @property
    def _answers_read(self) -> AnswersRead:
        """What others' answers to the player's offers showed so far."""
        turns, read = self._campaign.history.turns, self._worked_out.answers_read
        if read.turns < len(turns):
            estimates, sights = self._estimates, self._campaign.past_sights
            while read.turns < len(turns):
                at = read.turns
                then = self._imagined(estimates[at], read)
                read = after_turn(read, then, sights[at], turns[at])
            self._worked_out.answers_read = read
        return read

    def _imagined(self, estimate: Beliefs, read: AnswersRead) -> Imagined:
        start = self._campaign.history.start
        great = frozenset(state.id for state in start.states if state.great)
        return Imagined(estimate, self._frame, great, self._campaign.setup.teaching, read.shown)

    def seen_course(self) -> SeenCourse:
        """Power, threat, money and treaties by turn, as the player saw them."""
        return seen_course(self._campaign.past_sights, self._frame)

    # what an order or an answer would do

    def forecast(
        self,
        order: Order,
        *,
        countering: bool = False,
        asked: str = "",
        ultimatum: bool = False,
    ) -> Forecast | None:
        """How likely another says yes to an order, in two columns; None if nobody answers it.

        An offer that is `countering` one of theirs leaves its burden to them. Into a treaty in
        force its members are asked too: `asked` names one of them. A demand is met at once, or as
        an `ultimatum`.
        """
        target = str(getattr(order, "to", "") or getattr(order, "of", ""))
        note = self._campaign.notebook.now.get(asked or target, 0.5)
        return forecasts.forecast(
            self._campaign.sight,
            self.imagined,
            order,
            note,
            countering=countering,
            member=asked if asked != target else "",
            ultimatum=ultimatum,
        )

    def assurance_forecast(self, order: AskAssurance) -> Forecast:
        """How likely who is asked for an assurance would do so, if the crisis ended in war now.

        An honest answer would rest on that; it may be a lie.
        """
        note = self._campaign.notebook.now.get(order.of, 0.5)
        return assurances.forecast(self._campaign.sight, self.imagined, order, note)

    def assured(self, crisis: int) -> list[tuple[Assurance, float]]:
        """What others told the player of a crisis in private, and how credible it is, 0 to 1."""
        sight = self._campaign.sight
        return [
            (said, credibility(sight, said))
            for said in sight.world.assurances
            if said.to == sight.me and said.crisis == crisis
        ]

    def would_tell(self, offer: Offer) -> Forecast | None:
        """How likely who declines an offer tells the adversary that it names; None if it cannot."""
        sight, note = self._campaign.sight, self._campaign.notebook.now.get(offer.to, 0.5)
        return forecasts.would_tell(sight, self.imagined, offer, note)

    def order_gain(self, order: Order) -> dict[str, float]:
        """What an order adds to the player's security, an offer if it is signed: both readings."""
        return forecasts.worth(self._campaign.sight, self._frame, order)

    def budget_effects(self, orders: Sequence[Order]) -> BudgetEffects:
        """What budget and posture would change for the player, all others staying as they are."""
        return budget_effects(self._campaign.sight, self.estimate, self._frame, orders)

    def answer_gain(self, question: Question, answer: Answer) -> dict[str, float]:
        """What an answer adds to the player's security, under both readings."""
        return forecasts.weigh(self._campaign.sight, self._frame, question, answer)

    def best_offer(self, partners: Sequence[str] | None = None) -> Offer | None:
        """The legal offer (to one of `partners`) with the largest chance times gain."""
        campaign = self._campaign
        me = campaign.sight.me
        others = [state for state in campaign.world.playing() if state != me]
        return best_offer(
            campaign.sight,
            self.imagined,
            campaign.notebook.now,
            others if partners is None else partners,
        )

    def penetration(self, of: str, means: Means) -> tuple[float, float]:
        """How much deeper work inside a state would take the player's network, and the chance
        that it is found out instead; 0 to 1 both.
        """
        sight = self._campaign.sight
        gained = depth_gained(sight.world, sight.me, of, means)
        return gained / BP, chance_found(sight.world, of, means) / BP

    def hearing(self, order: Sound | Penetrate) -> float:
        """The chance, 0 to 1, to hear of each talk held in a state this turn, if that is ordered.

        Work inside a society is taken not to be found out.
        """
        world, me = self._campaign.sight.world, self._campaign.sight.me
        rules, depth = world.atlas.rules, world.networks.get((me, order.of), 0)
        if isinstance(order, Sound):
            return chance_to_hear(rules, depth, envoy=True) / BP
        deeper = depth_gained(world, me, order.of, order.means)
        return chance_to_hear(rules, depth + deeper, envoy=False) / BP

    @property
    def explanations(self) -> Explanations:
        """The figures that the player sees, taken apart."""
        return Explanations(self._campaign, self._frame, self.imagined)

    # crises and wars

    def war_sides(
        self, against: str, *, at_once: bool = False
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The player's side and the other one in a war with a state, leaders first.

        Those of the war under way, or else of one that the player began after a crisis, with all
        who would be called, by treaty or by a pledge in the crisis. With `at_once` it is declared
        now: a surprise where no ultimatum stands, after which less is owed.
        """
        world, me = self._campaign.sight.world, self._campaign.sight.me
        for war in world.wars_of(me):
            if against in war.enemies(me):
                return (me, *war.friends(me)), (against, *war.friends(against))
        crisis = next((one for one in world.crises if {one.by, one.of} == {me, against}), None)
        pledges = crisis.pledges if crisis is not None else ()
        return coalitions(
            world, me, against, pledges, surprise=at_once and self.would_surprise(against)
        )

    def would_surprise(self, on: str) -> bool:
        """Whether no ultimatum of the player's stands: a war declared now would be a surprise."""
        sight = self._campaign.sight
        return standing_ultimatum(sight.world, sight.me, on) is None

    def war_odds(self, against: str, *, at_once: bool = False) -> int:
        """The chance, bp, of the player's side in a war with a state: see `war_sides`."""
        sides = self.war_sides(against, at_once=at_once)
        return odds.war_odds(self._campaign.sight.world, *sides)

    def war_odds_with_entrants(self, on: str) -> tuple[int, int]:
        """The chance, bp, of the player's side in a war declared now on a state, once those have
        come in who are likely to: if all of them fear power, and if all fear threat.
        """
        ours, theirs = self.war_sides(on, at_once=True)
        counted = {*ours, *theirs}
        found = [one for one in self.war_entrants(on) if one.state not in counted]
        world, me = self._campaign.sight.world, self._campaign.sight.me

        def reckoned(likely: list[tuple[str, str]]) -> int:
            joined = tuple(state for state, side in likely if side == me)
            against = tuple(state for state, side in likely if side == on)
            return odds.war_odds(world, (*ours, *joined), (*theirs, *against))

        return (
            reckoned([(one.state, one.if_power) for one in found]),
            reckoned([(one.state, one.if_threat) for one in found]),
        )

    def crisis_replies(self, question: CrisisQuestion) -> dict[str, dict[str, float]]:
        """How likely the other side of a crisis yields, holds or climbs, under both readings."""
        return forecasts.next_step(self._campaign.sight, self.imagined, question)

    def crisis_bystanders(self, by: str, of: str) -> list[Stand]:
        """By whom the bystanders of a crisis would stand, under both readings."""
        return forecasts.stands(self._campaign.sight, self.imagined, by, of)

    def war_entrants(self, on: str) -> list[Stand]:
        """On whose side others would enter a war that the player began, under both readings."""
        return forecasts.entries(self._campaign.sight, self.imagined, on)

    # what wants deciding, and why others decide as they do

    def matters(self) -> list[Matter]:
        """Up to three things that want deciding this turn; none once the campaign is over."""
        campaign = self._campaign
        if campaign.over:
            return []
        notes, last = campaign.notebook.now, campaign.report()
        made = campaign.notebook.assessments
        assessed = {state: figures[-1][0] for state, figures in made.items() if figures}
        return matters(campaign.sight, self.imagined, notes, last, assessed)

    def levers(self, state: str) -> list[Lever]:
        """What each act of the player would do to a state under each reading."""
        return levers(self._campaign.sight, self.estimate, self._frame, state)

    def reasons(self, state: str) -> list[str]:
        """What is known of a state's reasons in the last turn, from its own records.

        Of what the player knows that it did: in teaching mode, or with a deep network there, all of
        them, by factor; else those of its dealings with the player, grouped by state, and the terms
        it would rather have signed.
        """
        campaign, sight = self._campaign, self._campaign.sight
        turns = campaign._decision_summaries()
        summaries = turns[-1].get(state, ()) if turns else ()
        deep = sight.world.networks.get((sight.me, state), 0) >= DEEP
        by_term = campaign.setup.teaching or deep
        lines = (
            summary_words(one, campaign.atlas, by_term=by_term)
            for one in summaries
            # Saves of earlier revisions, in which all talks were public, do not say what is known.
            if one.get("known", True)
            # What is said of a war that may come can be a lie: its reasons would give it away.
            if by_term
            or (sight.me in (one["with"], one["against"]) and one["family"] != "assurance")
        )
        return [line for line in lines if line]

    def witnessed_deeds(self, state: str) -> Sequence[WitnessedDeed]:
        """What the player saw a rival do, the newest first, and what it means by either reading.

        It takes a moment the first time that it is asked in a turn.
        """
        from game.advice.witnessed_deeds import witnessed_deeds

        campaign, worked_out = self._campaign, self._worked_out
        if worked_out.deeds_digest != campaign.history.digest:
            me = campaign.sight.me
            others = [one.id for one in campaign.history.start.states if one.id != me]
            answers = self._answers_read.answers
            worked_out.deeds = witnessed_deeds(campaign.history, me, others, answers)
            worked_out.deeds_digest = campaign.history.digest
        return worked_out.deeds[state]

    def doctrine_estimates(self, states: Sequence[str]) -> Mapping[str, DoctrineEstimate]:
        """Which doctrine each rival's conduct so far shows, from what the player could see alone.

        It takes a moment the first time that it is asked in a turn.
        """
        from game.advice.doctrine_estimate import doctrine_estimates

        history, worked_out = self._campaign.history, self._worked_out
        if worked_out.estimated_digest != history.digest:
            worked_out.doctrine_estimates, worked_out.estimated_digest = {}, history.digest
        known = worked_out.doctrine_estimates
        missing = [state for state in states if state not in known]
        if missing:
            known.update(doctrine_estimates(history, self._campaign.sight.me, missing))
        return {state: known[state] for state in states}
