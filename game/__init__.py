"""Realpolitik: a strategy game of alliances whose rivals follow Waltz or Walt.

    from game import Campaign, Offer, Terms, load_map, play_out

A program needs nothing deeper than this: campaigns and maps, every kind of order and of question,
and `play_out`, which lets a `Policy` play a campaign to its end. README, "In Python", has one.
Each name is loaded when it is first asked for, so that `import game` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.campaign import Campaign, Refused
    from game.campaign.policy import Answers, Policy, play_out
    from game.maps.load import load_map
    from game.world.orders import (
        Aid,
        AskAssurance,
        Assess,
        Budget,
        DeclareWar,
        Demand,
        Denounce,
        Front,
        Guarantee,
        Offer,
        OfferPeace,
        Order,
        PeaceTerms,
        Penetrate,
        Posture,
        Sound,
        Terms,
    )
    from game.world.questions import (
        AidQuestion,
        Answer,
        AssuranceQuestion,
        CallQuestion,
        CrisisQuestion,
        JoinQuestion,
        OfferQuestion,
        PeaceQuestion,
        PledgeQuestion,
        Question,
        TellQuestion,
    )

__all__ = [
    "Aid",
    "AidQuestion",
    "Answer",
    "Answers",
    "AskAssurance",
    "Assess",
    "AssuranceQuestion",
    "Budget",
    "CallQuestion",
    "Campaign",
    "CrisisQuestion",
    "DeclareWar",
    "Demand",
    "Denounce",
    "Front",
    "Guarantee",
    "JoinQuestion",
    "Offer",
    "OfferPeace",
    "OfferQuestion",
    "Order",
    "PeaceQuestion",
    "PeaceTerms",
    "Penetrate",
    "PledgeQuestion",
    "Policy",
    "Posture",
    "Question",
    "Refused",
    "Sound",
    "TellQuestion",
    "Terms",
    "load_map",
    "play_out",
]

_MODULES = {
    "Answer": "game.world.questions",
    "Answers": "game.campaign.policy",
    "Campaign": "game.campaign",
    "Policy": "game.campaign.policy",
    "Question": "game.world.questions",
    "Refused": "game.campaign",
    "load_map": "game.maps.load",
    "play_out": "game.campaign.policy",
}
"""Name -> the module it is defined in, but for kinds of orders and of questions."""


def __getattr__(name: str) -> Any:
    """A name of `__all__`, loaded. Raises AttributeError for any other."""
    if name not in __all__:
        raise AttributeError(f"module 'game' has no attribute {name!r}")
    asked = "game.world.questions" if name.endswith("Question") else "game.world.orders"
    return getattr(import_module(_MODULES.get(name, asked)), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
