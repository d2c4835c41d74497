"""What a state can spend in a turn, taken apart: money, and envoys."""

from game.advice.explained_form import COUNT, MONEY, Explained, explained
from game.world import legality, public_finance
from game.world.model import World


def explained_means(world: World, me: str, purse: int, envoys_left: int) -> tuple[Explained, ...]:
    """Money left to spend, money left over each turn, envoys left: of the player's state `me`.

    `purse` (units of money) and `envoys_left` are what is left after the orders given so far.
    """
    treasury = world.state(me).treasury
    left_over = public_finance.surplus(world, me)
    most = legality.purse(world, me)
    all_envoys = legality.envoys(world, me)
    return (
        _money(
            "Money left to spend", purse, "Orders may cost no more than this.",
            (
                ("treasury", treasury),
                ("left over this turn", left_over),
                ("missing, so that nothing can be spent", most - treasury - left_over),
                ("orders given", purse - most),
            ),
        ),
        _money(
            "Money left over each turn", left_over, "What is earned, less what must be paid.",
            (
                ("revenue", public_finance.revenue(world, me)),
                ("administration", -world.atlas.sheet(me).administration),
                ("army and fleet", -public_finance.upkeep(world, me)),
                ("conquests held down", -public_finance.garrisons(world, me)),
                ("paid for treaties", -public_finance.burdens(world, me)),
            ),
        ),
        explained(
            "Envoys left", envoys_left,
            "An order that an envoy carries takes one; next turn all are free again.", "sum",
            (("envoys of a turn", all_envoys), ("sent", envoys_left - all_envoys)), COUNT,
        ),
    )  # fmt: skip


def _money(title: str, value: int, rule: str, parts: tuple[tuple[str, int], ...]) -> Explained:
    """A sum of money; parts of nothing are left out, but for the first."""
    named = [(label, part) for at, (label, part) in enumerate(parts) if part or not at]
    return explained(title, value, rule, "sum", named, MONEY)
