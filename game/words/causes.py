"""Short words for the codes in events: causes, stakes, refusals."""

WHY_ENDED = {
    "expired": "its term has run",
    "renewed": "a new one takes its place",
    "death": "one of those it concerns is no more",
    "leader": "its strongest member has left it",
}
"""Why a treaty ended without being broken."""

WHY_LEFT = {
    "notice": "having given notice",
    "demand": "as was demanded",
    "war": "now that they are at war",
}
"""Why a party could leave a treaty without breaking its word."""

STATED = {
    "faded": "that the danger it was against has passed",
    "settled": "that its partner has settled with whom it was against",
    "quarrels": "that its partner's quarrels cost more than its help is worth",
    "feared": "that its partner is itself to be feared",
    "enough": "that others' help is enough",
    "word": "that its partner's word is not to be relied on",
    "little": "that the help it brings is worth too little",
}
"""What a state may state as its reason to leave a treaty."""

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
