"""What an order risks or brings beside what it does, said before it is given."""

from game.words import percent, share, signed
from game.words.grammar import Speech, sentence
from game.world.model import World
from game.world.orders import AskAssurance, Offer, Penetrate, Sound
from game.world.rules import BP, Rules


def if_declined(
    offer: Offer, world: World, me: str, tells: tuple[float, float] | None = None
) -> str:
    """What it costs the sender if an offer is declined; empty where nothing.

    `tells` are the chances, 0 to 1, that the adversary is told of it: by power, and by threat.
    """
    rules, said = world.atlas.rules, []
    if not offer.renews(world, me):
        again = world.atlas.date(world.turn + rules.offer_rest + 1)
        said.append(f"If it declines, it may not be asked again before {again}.")
    if tells is not None:
        told = Speech(world.atlas, you=me).party(offer.terms.against)
        by_power, by_threat = (percent(chance) for chance in tells)
        said.append(
            f"Declining, it may tell {told}: {by_power} if it fears power, {by_threat} if threat; "
            f"hostility to you {signed(rules.hostile_offer / BP)}."
        )
    return " ".join(said)


def what_is_heard(order: Sound | Penetrate, chance: float, rules: Rules) -> str:
    """What an order to listen, or to work in a society, would let one hear; `chance` of each talk,
    0 to 1."""
    talk = f"each talk held there this turn, offer and answer, with a chance of {percent(chance)}"
    if isinstance(order, Sound):
        return f"Your envoy hears {talk}, and reports in any case how many there were."
    most = percent(rules.network_hears / BP)
    return (
        f"It hears {talk}, and goes on hearing while it lasts: {most} at full depth. This turn it "
        "reports in any case how many talks there were."
    )


def what_is_answered(
    order: AskAssurance, world: World, me: str, likely: tuple[float, float]
) -> str:
    """What asking for an assurance would tell; `likely` is how likely the other would do as asked
    if it came to war, 0 to 1: by power, and by threat."""
    speech = Speech(world.atlas, you=me)
    asked = speech.party(order.of)
    by_power, by_threat = (percent(chance) for chance in likely)
    cost = share(world.atlas.rules.reliability_broken_assurance / BP)
    return (
        f"{sentence(f'{asked:answers} in private, this turn, before the crisis moves')} It may lie "
        f"where it would have you believe otherwise; a word that it breaks costs it {cost} of "
        f"reliability. If it came to war now, it would do so: {by_power} if it fears power, "
        f"{by_threat} if threat."
    )
