"""What is said of a campaign that was played by other rules than today's."""

from game.history import ENGINE_REVISION, History


def is_of_other_rules(history: History) -> bool:
    """Whether a campaign was begun under another revision of the engine than this one."""
    return history.setup.engine_revision != ENGINE_REVISION


def revision_words(history: History) -> str:
    """A sentence on the revision that a campaign was begun under; empty where it is this one."""
    if not is_of_other_rules(history):
        return ""
    return (
        f"This campaign was begun under revision {history.setup.engine_revision} of the engine, "
        f"and this is revision {ENGINE_REVISION}: the same orders may lead elsewhere now."
    )
