"""The orders a state may give for a turn, typed. Their list order is their rank.

One file a kind. A new kind is a new file here and a place in `Order`: saves, scripts, forms and
legality then know it. `tests/test_order_kinds.py` names what else is missing.
"""

from typing import get_args

from game.world.orders.aid import Aid
from game.world.orders.ask_assurance import AskAssurance
from game.world.orders.assess import Assess
from game.world.orders.budget import Budget
from game.world.orders.declare_war import DeclareWar
from game.world.orders.demand import Demand
from game.world.orders.denounce import Denounce
from game.world.orders.front import Front
from game.world.orders.guarantee import Guarantee
from game.world.orders.kind import OrderKind
from game.world.orders.offer import Offer
from game.world.orders.offer_peace import OfferPeace
from game.world.orders.penetrate import Penetrate
from game.world.orders.posture import Posture
from game.world.orders.sound import Sound
from game.world.terms import (
    BINDING,
    MEANS,
    OBLIGATIONS,
    STAKES,
    Means,
    Obligation,
    PeaceTerms,
    Stake,
    Terms,
)

Order = (
    Aid
    | Offer
    | Denounce
    | Guarantee
    | Demand
    | AskAssurance
    | Penetrate
    | Sound
    | Assess
    | Budget
    | Posture
    | DeclareWar
    | Front
    | OfferPeace
)
"""Any order."""

ORDER_KINDS: tuple[type[OrderKind], ...] = get_args(Order)
"""Every kind of order, in the order in which forms are listed."""

__all__ = [
    "BINDING",
    "MEANS",
    "OBLIGATIONS",
    "ORDER_KINDS",
    "STAKES",
    "Aid",
    "AskAssurance",
    "Assess",
    "Budget",
    "DeclareWar",
    "Demand",
    "Denounce",
    "Front",
    "Guarantee",
    "Means",
    "Obligation",
    "Offer",
    "OfferPeace",
    "Order",
    "OrderKind",
    "PeaceTerms",
    "Penetrate",
    "Posture",
    "Sound",
    "Stake",
    "Terms",
]
