"""A small world for the tests of the words: five states, a treaty or two, a war, a crisis."""

from dataclasses import replace

from game.world.events import FACTS, Event, Fact, event
from game.world.map_document import MapDoc
from game.world.model import Crisis, War, World
from game.world.world_setup import build_world


def world() -> World:
    """Austria, Britain, Cairo's empire, a merchants' league and a commune, in one row."""
    doc = MapDoc.model_validate_json(
        """
        {"format": 1, "id": "case", "title": "Case", "calendar": {"start": 1909},
         "grid": ["aabbccdde"],
         "legend": {"a": {"province": "alba"}, "b": {"province": "brig"},
                    "c": {"province": "cham"}, "d": {"province": "dorn"},
                    "e": {"province": "esk"}},
         "provinces": {"alba": {"name": "Alba", "owner": "A", "population": 10, "industry": 10},
                       "brig": {"name": "Brig", "owner": "B", "population": 8, "industry": 9},
                       "cham": {"name": "Cham", "owner": "C", "population": 6, "industry": 4},
                       "dorn": {"name": "Dorn", "owner": "D", "population": 3, "industry": 6},
                       "esk": {"name": "Esk", "owner": "E", "population": 2, "industry": 1}},
         "states": {
           "A": {"name": "Albany", "army": 670, "fleet": 7, "ideology": "monarchy",
                 "leader": "Queen Ada"},
           "B": {"name": "United Kingdom", "army": 300, "fleet": 60, "ideology": "republic",
                 "leader": "President Bell"},
           "C": {"name": "Ottoman Empire", "army": 400, "fleet": 10, "ideology": "autocracy",
                 "leader": "Cem I"},
           "D": {"name": "Dorn", "army": 90, "fleet": 44, "ideology": "merchants"},
           "E": {"name": "Esk", "army": 40, "fleet": 0, "ideology": "commune",
                 "leader": "Citizen Eve"}},
         "treaties": [{"parties": ["A", "C"], "obligations": ["defense"], "against": "B"},
                      {"parties": ["B", "D"], "obligations": ["defense", "consultation"]},
                      {"parties": ["D", "E"], "obligations": ["nonaggression"]}],
         "rivalries": [["A", "B"]],
         "claims": [{"of": "A", "province": "brig"}],
         "ideologies": {"monarchy": {"name": "Monarchy"}, "republic": {"name": "Republic"},
                        "autocracy": {"name": "Autocracy"}, "merchants": {"name": "Merchants"},
                        "commune": {"name": "Commune"}}}
        """
    )
    start, _ = build_world(doc)
    war = War(10, ("B",), ("E",), since=1, aim="esk", surprise=False)
    crisis = Crisis(11, "A", "B", "cede", "brig", "claim", since=1, rung=1)
    return replace(start, wars=(war,), crises=(crisis,), next_id=12)


FAIR_FACTS: dict[str, Fact] = {
    "obligations": ("defense",),
    "against": "E",
    "term": 6,
    "secret": 0,
    "burden": 0,
    "treaty": 1,
    "renews": 0,
    "why": "",
    "amount": 80_000,
    "crisis": 11,
    "stake": "cede",
    "subject": "brig",
    "interest": "claim",
    "rung": 1,
    "province": "brig",
    "war": 10,
    "aim": "brig",
    "surprise": 0,
    "enemy": "E",
    "side": "attackers",
    "odds": 4_300,
    "won": 1,
    "attacker_losses": 500_000,
    "defender_losses": 90_000,
    "from": "B",
    "takes": ("brig",),
    "gives": (),
    "indemnity": 0,
    "disarm": 0,
    "restores": (),
    "separate": 0,
    "means": "lobby",
    "depth": 3_400,
    "army": 300_000,
    "fleet": 0,
    "step": 3,
    "before": 2,
    "share": 3_000,
    "order": "offer",
    "reason": "opposed",
    "beside": "B",
    "answer": "accept",
    "did": "B",
}
"""A fair value for every fact of every event."""


def happening(kind: str, actor: str = "A", target: str = "B", **facts: Fact) -> Event:
    """An event of a kind with fair facts, some of them replaced."""
    fair = {name: FAIR_FACTS.get(name, 1) for name in FACTS[kind]}
    return event(kind, actor, target, None, **(fair | facts))
