"""The offer that promises most: the chance that it is signed, times what it would be worth."""

from collections.abc import Iterator, Mapping, Sequence

from game.advice.forecast import READINGS, forecast, worth
from game.advice.imagined import Imagined
from game.theory.frame import Frame
from game.world.float_sums import in_order
from game.world.legality import refusal
from game.world.orders import Obligation, Offer, Terms
from game.world.sight import Sight

FORMS: tuple[tuple[Obligation, ...], ...] = (
    ("defense",),
    ("neutrality",),
    ("nonaggression",),
    ("consultation",),
)
FOES = 3
"""How many of those who are feared most are tried as the adversary."""


def best_offer(
    sight: Sight,
    imagined: Imagined,
    notebook: Mapping[str, float],
    partners: Sequence[str],
) -> Offer | None:
    """The offer to one of the partners with the largest chance times gain; None if none is legal.

    Gains are the mean of both readings, chances are blended by the notebook. Where no offer is a
    gain, the one that loses least.
    """
    best, most = None, float("-inf")
    for offer in _tried(sight, imagined.frame, partners):
        gains = worth(sight, imagined.frame, offer)
        gain = in_order(gains.values()) / len(gains)
        if gain > 0:
            seen = forecast(sight, imagined, offer, notebook.get(offer.to, 0.5))
            gain *= seen.blended if seen else 0.0
        if gain > most:
            best, most = offer, gain
    return best


def _tried(sight: Sight, frame: Frame, partners: Sequence[str]) -> Iterator[Offer]:
    faced = sum(frame.view(sight, lens).faced[sight.index] for lens in READINGS)
    ids = [state.id for state in sight.world.states]
    feared = sorted(range(len(ids)), key=lambda index: (-float(faced[index]), index))[:FOES]
    for to in partners:
        for form in FORMS:
            for against in ("", *(ids[index] for index in feared)):
                offer = Offer(to, Terms(form, against))
                if refusal(sight.world, sight.me, offer) is None:
                    yield offer
