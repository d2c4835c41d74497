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

WHY_REFUSED = {
    "dead": "one of those it concerns is no more",
    "unknown_state": "it names a state that is not there",
    "no_money": "the money does not reach",
    "no_envoys": "no envoy was left",
    "at_war": "there is a war between the two",
    "twice": "the same was ordered already",
    "opposed": "a treaty stands against it",
    "bound_to_target": "a treaty stands against it",
    "already_bound": "a treaty holds as much already",
    "out_of_reach": "no army can reach so far",
    "too_calm": "the posture is too calm for it",
    "demand_rests": "the last demand is too recent",
    "offer_rests": "the last offer was declined too lately",
    "no_interest": "nothing gives a right to it",
    "opening": "it is too early for threats",
    "truce": "a truce still holds",
    "comrade": "the two fight on one side",
    "notice_given": "notice has been given already",
    "not_party": "no such treaty is there to leave",
    "crisis_open": "a crisis between the two is open already",
    "not_theirs": "the province is not theirs",
    "last_province": "no state yields its last province",
    "pact_in_crisis": "a crisis between the two is open",
    "capital": "no state yields a capital short of war",
    "adversary_out_of_reach": "neither of the two could come to blows with whom it names",
    "off_map": "one of the two stands outside the system",
    "not_leader": "only a leader can settle for a side",
    "too_much": "it takes more than one peace may",
    "too_much_at_once": "it takes more of them together than one peace may",
    "oneself": "it is addressed to its own sender",
    "amount": "the amount is out of bounds",
    "means": "there is no such way of working abroad",
    "no_obligation": "the treaty obliges nobody to anything",
    "against_party": "the treaty is against its own party",
    "offense_needs_target": "an offense pact must name its adversary",
    "term": "the term is out of bounds",
    "burden": "the burden is too large",
    "unknown_province": "it names a province that is not there",
    "growth": "forces cannot change so fast",
    "posture_same": "that is the posture already",
    "posture_step": "posture moves one step a turn",
    "not_at_war": "there is no war between the two",
    "weight": "the weight is out of bounds",
    "no_war": "there is no such war",
    "not_member": "no such treaty of theirs is in force",
    "secret_closed": "a secret treaty admits nobody",
    "ending": "notice has been given of it",
    "accession_terms": "who joins a treaty takes it as it is",
    "already_member": "the invited is a party already",
    "at_war_with_member": "a member is at war with the invited",
    "not_restorable": "nobody there can rise again by it",
}
"""Why an order did not stand, by the code of its refusal."""

ORDERS = {
    "offer": "offer of a treaty",
    "denounce": "denunciation",
    "demand": "demand",
    "aid": "aid",
    "penetrate": "work abroad",
    "sound": "sounding",
    "budget": "budget",
    "posture": "change of posture",
    "declare_war": "declaration of war",
    "front": "order to the front",
    "offer_peace": "offer of peace",
}
"""Orders as nouns, by kind."""
