"""Codes in events, as the few words that a report spends on them."""

WHY_ENDED = {
    "expired": "its term has run",
    "renewed": "a new one takes its place",
    "death": "one of those it concerns is no more",
    "leader": "its strongest member has left it",
}
"""Why a treaty ended of itself."""

WHY_LEFT = {
    "notice": "having given notice",
    "demand": "as was demanded",
    "war": "now that they are at war",
}
"""Why a party left a treaty with its word whole."""

WHY_BROKEN = {
    "breach": "without notice",
    "war": "by going to war",
    "refused": "by refusing a call",
}
"""How a party broke its word."""

WHY_DEMANDED = {
    "claim": "on an old claim",
    "border": "as a neighbour",
    "rivalry": "as an old rival",
    "treaty": "as the one it names",
    "war": "as a belligerent",
}
"""What a demand stands on."""
