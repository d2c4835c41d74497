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
}
"""Row -> the published figure or finding, in words."""
