"""Whom a state would fear under either reading, and what a deed of it says of which one it has."""

from game.words.grammar import Speech
from game.world.atlas import Atlas


def fears(atlas: Atlas, me: str, feared: dict[str, str]) -> str:
    """Whom a state fears most under either reading: "if by power Russia, if by threat us".

    `feared` is lens (BOP, BOT) -> a state, empty where it fears nobody. A clause after "it fears
    most"; the reader's own state is "us".
    """
    speech = Speech(atlas, we=me or None)
    names = {lens: speech.party(state) for lens, state in feared.items()}
    if feared["BOP"] == feared["BOT"]:
        return f"{names['BOP']}, by power and by threat alike"
    return f"if by power {names['BOP']}, if by threat {names['BOT']}"
