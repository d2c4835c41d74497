"""Every number that tunes the game, one documented line each.

Money is counted in integer units, 10,000 to a crown; the world's revenue at the start is 1,000
crowns a turn. Shares, chances and beliefs are basis points (bp): 10,000 is the whole.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

BP = 10_000
"""Basis points in a whole."""

WORLD_TOTAL = 10_000_000
"""What each component of capability sums to over the world at load."""

CROWN = 10_000
"""Money units in a crown, the unit money is shown in."""

POSTURES = ("conciliatory", "defensive", "balanced", "forward", "offensive")
"""The five postures, calmest first (RULES, State and forces)."""

ATTACK_FACTOR = (7_000, 8_500, 10_000, 11_500, 13_000)
"""Attack strength at each posture, bp."""

DEFENCE_FACTOR = (12_000, 11_000, 10_000, 9_500, 9_000)
"""Defence strength at each posture, bp."""

TERRAIN_DEFENCE = {
    "plain": 10_000,
    "desert": 10_500,
    "forest": 11_500,
    "hills": 12_000,
    "marsh": 12_000,
    "mountain": 14_000,
}
"""Defence strength on each terrain, bp."""

CONQUEST_YIELD = (0, 0, 3_300, 6_600, 10_000)
"""What a conquered province yields in the years after its annexation, bp."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers a campaign is played by. All integers; bp unless another unit is named."""

    envoys_great: int = 3
    """Envoys of a great power, a turn."""
    envoys_lesser: int = 2
    """Envoys of every other state, a turn."""
    treaty_term: int = 8
    """Turns of the term of a treaty of the map that names none."""
    offer_term: int = 6
    """Turns of the term of an offered treaty; it then runs on till a party leaves."""
    renewal_window: int = 1
    """Turns before its end in which a treaty may be offered again."""
    offer_rest: int = 3
    """Turns in which one that declined an offer is offered nothing by its sender but a renewal."""
    demand_rest: int = 3
    """Turns a demand rests, per target."""

    asking_remembered: int = 8
    """Turns in which one remembers an offer of its own that was declined, and a demand it made."""

    succession: int = 60
    """Chance that an heir without a year succeeds, for each year that the last one has led."""
    led_before: int = 5
    """Years for which leaders have led when a campaign begins, as far as their succession goes."""

    opening: int = 0
    """Turns at the start in which nobody makes a demand, nor war without one."""

    pole_rises: int = 400
    """Share of capability at which a state becomes a great power."""
    pole_falls: int = 250
    """Share of capability below which a great power ceases to be one."""

    ally_counts: int = 7_500
    """What an ally's strength counts for before reliability and dilution."""
    bloc_mate_counts: int = 4_000
    """What a bloc-mate without an obligation counts for."""
    dilution: int = 5_000
    """How much each other partner of an ally dilutes its promise."""
    pact_calms: int = 9_000
    """Factor on a partner's perceived hostile intention while a pact binds it."""

    forces_cost: int = 6_500
    """Upkeep of a state's starting forces, of its own starting revenue."""
    administration_cost: int = 1_500
    """Administration, of a state's own starting revenue."""
    forces_growth_cap: int = 1_200
    """Most that forces may grow in a turn, of themselves."""
    forces_growth_floor: int = 500
    """What a turn's growth may always cost in upkeep, of revenue, if that is more."""
    arms_dearness: int = 20_000
    """How much dearer arms get at the fastest growth allowed, on top of their price."""
    investment_yield: int = 600
    """Revenue gained for good per money unit invested, at the first unit."""
    treasury_default: int = 3
    """Tenths of a turn's own revenue in the treasury where a map names none (10: one turn)."""
    mobilisation_cost: int = 3_000
    """Cost of mobilising, of army upkeep, a turn."""
    revenue_floor: int = 100
    """Least revenue of a living state, of the mean state's starting revenue."""

    resolve_start: int = 6_000
    """Resolve of every state at the start."""
    resolve_back_down: tuple[int, int, int] = (600, 1_200, 2_500)
    """Resolve lost by backing down at demand, mobilised, ultimatum."""
    resolve_yield: int = 500
    """Resolve lost by yielding to a demand."""
    resolve_recovers: int = 100
    """Resolve regained a turn, toward its start."""
    reliability_start: int = 8_000
    """Believed reliability of every state at the start."""
    reliability_recovers: int = 100
    """Reliability regained a turn, toward its start."""
    reliability_breach: int = 1_500
    """Reliability lost by breaking a treaty without notice."""
    reliability_refused_call: int = 2_500
    """Reliability lost by refusing a call that an obligation covers."""
    reliability_honoured_call: int = 1_000
    """Reliability gained by honouring one."""
    reliability_broken_assurance: int = 1_000
    """Reliability lost by doing otherwise than one assured another in private."""
    reliability_surprise_war: int = 3_000
    """Reliability lost by a war declared without an ultimatum."""
    reliability_separate_peace: int = 1_000
    """Reliability lost by leaving one's side in a war before one is exhausted."""

    hostile_default: int = 3_000
    """Belief about a state's intentions where nothing is stated."""
    hostile_rival: int = 6_500
    """Belief about the other side of a rivalry."""
    hostile_partner: int = 2_000
    """Belief about a partner in a treaty."""
    hostile_drift: int = 500
    """How far a belief moves back to its ground each turn, of the distance."""
    hostile_bullying: int = 1_500
    """Hostility all who see it believe of a state that makes a demand; more if near."""
    hostile_surprise_war: int = 2_500
    """Hostility all believe of a state that attacks without an ultimatum."""
    hostile_war: int = 4_000
    """Hostility the attacked believe of their attacker."""
    hostile_posture: int = 700
    """Hostility believed for each step a posture moves up; taken back for each step down."""
    hostile_pact: int = 2_000
    """Hostility that the named adversary of a pact believes of those who sign it."""
    hostile_offer: int = 1_000
    """Hostility that one believes of who, as it learns, sought a pact against it in vain."""
    hostile_told: int = 600
    """Hostility no longer believed of who told of it, and believed of it by whose offer it told."""
    hostile_aid: int = 1_000
    """Hostility above its ground no longer believed of a donor, for aid of a tenth of revenue."""
    hostile_pact_most: int = 600
    """How far below its ground a pact's signature alone can bring a belief."""
    hostile_old_wrong: int = 150
    """How far a belief of who was wronged moves back to its ground each turn, of the distance."""
    wrong_remembered: int = 30
    """Turns for which a war begun on one, or an open treaty broken, is remembered as a wrong."""
    hostile_new_leader: int = 1_500
    """How far beliefs about a state move back to their ground when it has a new leader."""
    hostile_kept_promise: int = 600
    """Hostility no longer believed of a partner that signed a pact or honoured a call."""

    crisis_fades: int = 3
    """Turns after which a crisis that nobody moved fades without cost."""
    crisis_exchanges: int = 3
    """Most exchanges of a crisis in a turn (one where a turn is a month)."""
    truce: int = 6
    """Turns after a peace in which its parties may not make demands or war on each other."""
    join_rest: int = 2
    """Turns before a bystander of a war may choose sides again."""
    war_fizzles: int = 3
    """Turns without a battle after which a war ends by itself."""
    reserve: int = 3_000
    """Share of an army at war kept in reserve behind its fronts, by the danger on each."""
    occupation: int = 2_000
    """Army that taking a province ties down for the turn, of its share of the world's people."""
    fleet_carries: int = 4
    """Army that a fleet carries and covers, times its own share of the world's."""
    landing_spares: int = 4
    """A landing costs fleets one part in so many of what a battle costs armies."""
    attack_at: int = 4_500
    """Odds from which an army without orders attacks."""
    march_on_at: int = 6_000
    """Odds from which an army that won marches on in the same turn."""
    score_battle: int = 200
    """War score that a battle won adds."""
    score_ground: int = 500
    """War score that a province taken adds, beside its share of the loser's side."""
    treaty_leaks: int = 400
    """Chance that a secret treaty becomes known to all, a turn."""

    exhaustion_turn: int = 500
    """Exhaustion a war adds each turn."""
    exhaustion_province: int = 300
    """Exhaustion a lost province adds."""
    exhaustion_recovers: int = 800
    """Exhaustion a turn of peace takes away."""
    exhaustion_must_answer: int = 6_000
    """Exhaustion above which a white peace must be answered."""
    annexation_cap: int = 1_500
    """Most of the loser's capability that one peace may take (one province if none fits)."""
    score_province: int = 1_500
    """War score that a province costs at the table."""
    score_indemnity: int = 1_000
    """War score that an indemnity costs."""
    score_disarm: int = 2_000
    """War score that disarmament costs."""
    score_restore: int = 2_500
    """War score that the restoration of a dead state costs."""
    restored_army: int = 2_500
    """What share of its revenue the army of a restored state costs."""
    leads_at: int = 12_500
    """Capability, of a war leader's, from which a comrade takes the lead of its side over."""
    battle_loss: int = 1_800
    """Share of committed forces an evenly matched battle costs each side."""
    battle_width: int = 3_000
    """Half-width of the luck in a battle, as a share of the odds' scale."""
    garrison_cost: int = 300
    """Upkeep of a conquered province not yet assimilated, of its owner's revenue, at full size."""

    aid_dependence_cap: int = 3_000
    """Aid beyond this share of the recipient's revenue buys no more dependence."""
    leverage_fades: int = 3_000
    """Leverage lost each turn."""
    leverage_cap: int = 2_500
    """Most of a decision's security term that leverage may shift."""
    leverage_without_need: int = 300
    """What leverage counts for where the recipient has no need of it (THEORY T10)."""
    network_gain: int = 2_500
    """Depth a penetration gains in a fully open society."""
    network_fades: int = 500
    """Depth a network loses each turn."""
    network_finds: int = 4_000
    """Chance that a network at full depth finds a secret treaty, a turn."""
    network_found: int = 2_500
    """Chance that a penetration is found out in a fully closed society."""
    sounding_hears: int = 5_000
    """Chance that an envoy sent to listen hears a talk that is held where it sits."""
    network_hears: int = 8_000
    """Chance that a network at full depth hears a talk that is held there, a turn."""
    talks_leak: int = 200
    """Chance that an offer becomes known to all."""
    sounding_kept: int = 10
    """Turns after which a sounding is forgotten."""

    sea_step: int = 2
    """Steps a sea crossing counts for (border or strait 1)."""


OVERRIDABLE: dict[str, tuple[int, int, str]] = {
    "envoys_great": (1, 6, "Envoys of a great power, a turn."),
    "envoys_lesser": (1, 6, "Envoys of every other state, a turn."),
    "treaty_term": (1, 60, "Turns a treaty of the map runs when it names no term."),
    "offer_term": (1, 60, "Turns an offered treaty runs when the offer names no term."),
    "offer_rest": (0, 30, "Turns in which one that declined is offered nothing but a renewal."),
    "demand_rest": (0, 30, "Turns a demand rests, per target."),
    "opening": (0, 30, "Turns at the start without demands and without surprise wars."),
    "pole_rises": (50, 5_000, "Share at which a state becomes a great power, bp."),
    "pole_falls": (0, 5_000, "Share below which a great power ceases to be one, bp."),
    "hostile_default": (0, 10_000, "Belief about intentions where nothing is stated, bp."),
    "battle_loss": (100, 9_000, "Share of forces an even battle costs each side, bp."),
    "annexation_cap": (500, 10_000, "Most of the loser's capability one peace may take, bp."),
    "sea_step": (1, 10, "Steps a sea crossing counts for."),
}
"""The rules a map may override, each with its least and greatest value and its meaning."""


_BP = "basis points, 10,000 is the whole"
RULE_UNITS = {
    "envoys_great": "envoys",
    "envoys_lesser": "envoys",
    "treaty_term": "turns",
    "offer_term": "turns",
    "offer_rest": "turns",
    "demand_rest": "turns",
    "opening": "turns",
    "pole_rises": _BP,
    "pole_falls": _BP,
    "hostile_default": _BP,
    "battle_loss": _BP,
    "annexation_cap": _BP,
    "sea_step": "steps, a border is 1",
}
"""The unit of each rule that a map may override."""


def with_overrides(overrides: dict[str, int]) -> Rules:
    """The rules with a map's overrides (already checked against `OVERRIDABLE`)."""
    known = {field.name for field in fields(Rules)}
    changes: dict[str, Any] = {name: value for name, value in overrides.items() if name in known}
    return replace(Rules(), **changes)
