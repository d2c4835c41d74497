"""Who fights on which side: what is foreseen of a war is what the engine makes of it."""

import random
from dataclasses import replace
from typing import Any

import pytest

from game import Campaign, load_map
from game.words.consequences import consequences
from game.world.coalitions import coalitions
from game.world.model import World
from game.world.odds import war_odds
from game.world.orders import OBLIGATIONS
from game.world.questions import Answer, CallQuestion, CrisisQuestion, Question
from tests.worlds import (
    events_of,
    play_turn,
    tiny_doc,
    tiny_world,
    with_crisis,
    with_state,
    with_treaty,
    with_war,
)

NAMES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG")


def faithful(question: Question) -> Answer:
    """The demander climbs into war, all keep their word, and nobody takes a side unasked."""
    if isinstance(question, CrisisQuestion):
        return "climb" if question.asked == "AAA" else "hold"
    return "honour" if isinstance(question, CallQuestion) else "none"


def fought(world: World) -> tuple[set[str], set[str]]:
    """The two sides of the war that the crisis of AAA and BBB ends in, by the engine."""
    turn = play_turn(world, {}, faithful)
    (declared,) = events_of(turn, "war_declared")
    sides = {"attackers": {declared.actor}, "defenders": {declared.target}}
    for joined in events_of(turn, "war_joined"):
        if joined["war"] == declared["war"]:
            sides[joined.text("side")].add(joined.actor)
    return sides["attackers"], sides["defenders"]


def at_the_brink(seed: int) -> World:
    """A world of seven with treaties, pledges and perhaps a war drawn from the seed."""
    luck = random.Random(seed)
    world = tiny_world(NAMES)
    for _ in range(luck.randrange(1, 7)):
        parties = luck.sample(NAMES, luck.choice((2, 2, 2, 3, 4)))
        against = luck.choice(["", "", *(name for name in NAMES if name not in parties)])
        kinds: Any = (luck.choice(("defense", "defense", "offense", *OBLIGATIONS)),)
        world = with_treaty(world, *parties, obligations=kinds, against=against)
    if luck.random() < 0.3:
        world = with_war(world, (luck.choice(NAMES[2:5]),), (luck.choice(NAMES[5:]),))
    if luck.random() < 0.3:
        world = with_state(world, luck.choice(NAMES[2:]), committed=0)
    others = luck.sample(NAMES[2:], luck.randrange(3))
    pledges = tuple((state, luck.choice(("AAA", "BBB"))) for state in others)
    return with_crisis(world, "AAA", "BBB", rung=2, pledges=pledges)


@pytest.mark.parametrize("seed", range(60))
def test_the_sides_that_are_foreseen_are_those_that_fight(seed: int) -> None:
    world = at_the_brink(seed)
    (crisis,) = world.crises
    attackers, defenders = coalitions(world, "AAA", "BBB", crisis.pledges)
    assert (attackers[0], defenders[0]) == ("AAA", "BBB")
    assert (set(attackers), set(defenders)) == fought(world)


def test_the_worlds_that_are_tried_draw_others_into_war() -> None:
    """That the check above is about more than two states, and about more than one wave."""
    joined = [sum(map(len, fought(at_the_brink(seed)))) - 2 for seed in range(60)]
    assert sum(count > 0 for count in joined) > 20
    assert max(joined) >= 4


def test_who_stands_off_the_map_is_on_no_side() -> None:
    world = with_treaty(tiny_world(states={"CCC": {"committed": 0}}), "BBB", "CCC")
    assert coalitions(world, "AAA", "BBB") == (("AAA",), ("BBB",))


def test_a_comrade_of_the_attacker_in_another_war_does_not_fight_it() -> None:
    world = with_war(tiny_world(), ("AAA", "CCC"), ("DDD",))
    world = with_treaty(world, "BBB", "CCC")
    assert coalitions(world, "AAA", "BBB") == (("AAA",), ("BBB",))


def test_one_bound_to_both_sides_stands_by_the_stronger_bond() -> None:
    world = with_treaty(tiny_world(), "BBB", "CCC")
    assert coalitions(world, "AAA", "BBB")[1] == ("BBB", "CCC")
    world = with_treaty(world, "AAA", "CCC", obligations=("offense",), against="BBB")
    assert coalitions(world, "AAA", "BBB") == (("AAA", "CCC"), ("BBB",))


def test_of_two_named_enemies_the_older_treaty_decides() -> None:
    world = with_treaty(tiny_world(), "BBB", "CCC", against="AAA")
    world = with_treaty(world, "AAA", "CCC", obligations=("offense",), against="BBB")
    assert coalitions(world, "AAA", "BBB") == (("AAA",), ("BBB", "CCC"))


def test_who_enters_against_a_partner_is_no_more_helped_by_their_treaty() -> None:
    """C leaves its pact with A and D as it fights A; so D owes it nothing when E comes."""
    world = with_treaty(tiny_world(NAMES), "BBB", "CCC", against="AAA")
    world = with_treaty(world, "AAA", "CCC", "DDD", against="EEE")
    world = with_treaty(world, "AAA", "EEE", against="CCC")
    sides = coalitions(world, "AAA", "BBB")
    assert sides == (("AAA", "EEE"), ("BBB", "CCC"))
    assert (set(sides[0]), set(sides[1])) == fought(with_crisis(world, "AAA", "BBB", rung=2))


def test_a_pact_of_defence_does_not_bind_to_attack_even_whom_it_names() -> None:
    world = with_treaty(tiny_world(), "AAA", "CCC", against="BBB")
    assert coalitions(world, "AAA", "BBB") == (("AAA",), ("BBB",))
    assert coalitions(world, "BBB", "AAA") == (("BBB",), ("AAA", "CCC"))


def test_after_a_surprise_the_attacker_is_owed_nothing() -> None:
    world = with_treaty(tiny_world(), "AAA", "CCC", obligations=("offense",), against="BBB")
    assert coalitions(world, "AAA", "BBB") == (("AAA", "CCC"), ("BBB",))
    assert coalitions(world, "AAA", "BBB", surprise=True) == (("AAA",), ("BBB",))


def test_who_is_absent_brings_nobody_in_either() -> None:
    """A attacks B, C stands by B, and so D by A against C: without C nobody calls D."""
    world = with_treaty(tiny_world(), "BBB", "CCC", against="AAA")
    world = with_treaty(world, "AAA", "DDD", against="CCC")
    assert coalitions(world, "AAA", "BBB") == (("AAA", "DDD"), ("BBB", "CCC"))
    assert coalitions(world, "AAA", "BBB", absent="CCC") == (("AAA",), ("BBB",))


# what is shown of them


def shown_in_a_crisis(world: World) -> str:
    (crisis,) = world.crises
    return consequences(CrisisQuestion("q", "AAA", "BBB", crisis.id, 1), "climb", world)[-1]


def test_the_odds_shown_in_a_crisis_count_those_alone_who_would_be_called() -> None:
    """A partner off the map and one at truce with the enemy owe no help that they could give."""
    alone = with_crisis(tiny_world(), "AAA", "BBB", rung=1)
    off_the_map = with_treaty(tiny_world(states={"CCC": {"committed": 0}}), "BBB", "CCC")
    truce = with_treaty(tiny_world(), "BBB", "CCC")
    cooldowns = {("truce", *pair): 9 for pair in (("AAA", "CCC"), ("CCC", "AAA"))}
    truce = replace(truce, cooldowns=cooldowns)
    helped = with_treaty(tiny_world(), "BBB", "CCC")
    expected = shown_in_a_crisis(alone)
    for world in (off_the_map, truce):
        assert shown_in_a_crisis(with_crisis(world, "AAA", "BBB", rung=1)) == expected
    assert shown_in_a_crisis(with_crisis(helped, "AAA", "BBB", rung=1)) != expected


def test_the_odds_of_a_war_declared_at_once_count_no_partner_who_owes_nothing() -> None:
    """Land of AAA would be joined by CCC after an ultimatum, and not in a surprise war."""
    treaty = {"parties": ["AAA", "CCC"], "obligations": ["offense"], "against": "BBB"}
    campaign = Campaign.new(tiny_doc(treaties=[treaty]), player="AAA", seed=1)
    after_an_ultimatum = war_odds(campaign.world, ("AAA", "CCC"), ("BBB",))
    assert campaign.adviser.war_odds("BBB") == after_an_ultimatum
    assert campaign.adviser.war_odds("BBB", at_once=True) == war_odds(
        campaign.world, ("AAA",), ("BBB",)
    )
    assert after_an_ultimatum > campaign.adviser.war_odds("BBB", at_once=True)
    assert campaign.adviser.war_sides("BBB") == (("AAA", "CCC"), ("BBB",))
    assert campaign.adviser.war_sides("BBB", at_once=True) == (("AAA",), ("BBB",))


def test_the_odds_once_others_have_come_in_count_each_on_the_side_it_is_likely_to_take() -> None:
    campaign = Campaign.new(load_map("europe-1909"), player="GMY", seed=7)
    adviser = campaign.adviser
    for on in ("FRN", "AUH", "DEN"):
        ours, theirs = adviser.war_sides(on, at_once=True)
        entrants = adviser.war_entrants(on)
        expected = []
        for likely in ("if_power", "if_threat"):
            beside = [one.state for one in entrants if getattr(one, likely) == "GMY"]
            against = [one.state for one in entrants if getattr(one, likely) == on]
            assert not {*beside, *against} & {*ours, *theirs}
            expected.append(war_odds(campaign.world, (*ours, *beside), (*theirs, *against)))
        assert adviser.war_odds_with_entrants(on) == tuple(expected)
