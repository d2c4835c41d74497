"""Print the digests of many AI campaigns, to compare interpreters and machines.

python3.11 -m tests.digests 200 > a; python3.14 -m tests.digests 200 > b; diff a b
"""

import sys
from itertools import cycle

from game import Campaign, load_map
from game.maps.find import shipped_ids

TURNS = 12
RANDOM_MAPS = ("random:1", "random:2:12:5", "random:3:30:7")


def main(campaigns: int) -> None:
    """Play and print: map, seed, digest of the whole campaign."""
    names = cycle((*shipped_ids(), *RANDOM_MAPS))
    for seed, map_name in zip(range(1, campaigns + 1), names, strict=False):
        campaign = Campaign.new(load_map(map_name), seed=seed, turns=TURNS)
        while not campaign.over:
            campaign.submit()
        print(map_name, seed, campaign.digest, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
