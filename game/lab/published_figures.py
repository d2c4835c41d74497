"""What scholars measured, to stand beside the laboratory's own figures (THEORY, rows H)."""

PUBLISHED: dict[str, str] = {
    "H1": "coalitions form against a leader with a third or more of land forces, and not below it",
    "H2": "the leading sea power is joined more often than it is balanced",
    "H3": "a rate well below 1: some leaders with a third or more met no coalition",
    "H4": "5 of 144 bilateral defence pacts, 1816 to 2012, joined a rival without a common rival",
    "H5": "71% of 1,594 simulated runs in which states joined the stronger ended as one empire",
    "H6": "the more likely a state is to lose a war, the more it seeks allies: a positive slope",
    "H7": "likeness of regime does less, in some periods nothing, beside a common adversary",
    "H8": "coalitions a little larger than what would just suffice",
    "H9": "states that seek profit join the winning side without being threatened",
    "H10": ".83 to .92 of pairs under a defence pact still were six years later (1816-1938)",
    "H11": "of new defence pairs .90 had a great power, .55 to .60 two (1870-1908); .68 and .17 "
    "(1919-38)",
    "H12": "the weaker side began .41 of 95 wars between states",
    "H13": "about three of four commitments that fell due were honoured",
    "H14": "pacts end more often after a lost war, a change of rank or adversary, a new alliance",
}
"""Row -> the published figure or finding, in words."""
