"""Checks what one part of a map says of another: ids must exist, and nothing may contradict.

It works on the raw JSON tree. Parts of the wrong shape are skipped here; the models report them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from game.maps.map_problem import Issue, KeyPath, Speller, shown
from game.world.map_document import BUILT_IN_DOCTRINES
from game.world.rules import OVERRIDABLE, Rules

Tree = Mapping[str, Any]


def table(tree: object, name: str) -> dict[str, Any]:
    """The object `name` of the tree; empty if there is none."""
    found = tree.get(name) if isinstance(tree, dict) else None
    return found if isinstance(found, dict) else {}


def entries(tree: object, name: str) -> list[Any]:
    """The list `name` of the tree; empty if there is none."""
    found = tree.get(name) if isinstance(tree, dict) else None
    return found if isinstance(found, list) else []


def members(values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Those of `values` that are objects."""
    return (value for value in values if isinstance(value, dict))


def owned_by_state(tree: Tree) -> dict[str, list[str]]:
    """Owner -> its provinces, for every owner that the map names."""
    owned: dict[str, list[str]] = {}
    for name, province in table(tree, "provinces").items():
        owner = province.get("owner") if isinstance(province, dict) else None
        if isinstance(owner, str):
            owned.setdefault(owner, []).append(name)
    return owned


def counts_at_start(state: Mapping[str, Any]) -> bool:
    """Whether a state is in the system on turn 1; only then it can be played."""
    committed = state.get("committed", 1)
    if isinstance(committed, list):
        return any(
            isinstance(entry, list) and len(entry) == 2 and entry[0] == 1 and bool(entry[1])
            for entry in committed
        )
    return bool(committed)


def ends_of_poles(rules: Mapping[str, Any]) -> tuple[Any, Any]:
    """The shares of capability at which a state becomes a pole and ceases to be one."""
    default = Rules()
    rises = rules.get("pole_rises", default.pole_rises)
    return rises, rules.get("pole_falls", default.pole_falls)


class Relations:
    """Checks everything except the grid; one method for each part yields its issues."""

    def __init__(self, tree: Tree, speller: Speller) -> None:
        self.tree = tree
        self.speller = speller
        self.states = table(tree, "states")
        self.provinces = table(tree, "provinces")
        self.owned = owned_by_state(tree)

    def issues(self) -> Iterator[Issue]:
        """Every issue, in the order of the format."""
        yield from self._provinces()
        yield from self._joins()
        yield from self._states()
        yield from self._treaties()
        yield from self._pairs()
        yield from self._ideologies()
        yield from self._doctrines()
        yield from self._rules()

    def _stranger(
        self, path: KeyPath, found: object, what: str, known: Mapping[str, Any]
    ) -> Iterator[Issue]:
        """An issue if `found` is a text that is not in `known`."""
        if not known and (known is self.states or known is self.provinces):
            return
        if isinstance(found, str) and found not in known:
            message = f"expected the id of {what}, found {shown(found)}"
            yield Issue(path, message, self.speller.hint(found, known))

    def _provinces(self) -> Iterator[Issue]:
        for name, province in self.provinces.items():
            if isinstance(province, dict):
                owner = province.get("owner")
                if isinstance(owner, str) and owner not in self.states:
                    yield from self._stranger(
                        ("provinces", name, "owner"), owner, "a state", self.states
                    )

    def _joins(self) -> Iterator[Issue]:
        for number, pair in enumerate(entries(self.tree, "straits")):
            yield from self._pair(("straits", number), pair, "a province", self.provinces)
        for number, link in enumerate(entries(self.tree, "links")):
            if isinstance(link, dict):
                path = ("links", number, "between")
                yield from self._pair(path, link.get("between"), "a province", self.provinces)

    def _pair(
        self, path: KeyPath, pair: object, what: str, known: Mapping[str, Any]
    ) -> Iterator[Issue]:
        if not isinstance(pair, list):
            return
        for side, name in enumerate(pair):
            yield from self._stranger((*path, side), name, what, known)
        if len(pair) == 2 and isinstance(pair[0], str) and pair[0] == pair[1]:
            yield Issue(path, f"expected two different ids, found {shown(pair[0])} twice")

    def _states(self) -> Iterator[Issue]:
        """Issues of the states."""
        playable = 0
        for name, state in self.states.items():
            if not isinstance(state, dict):
                continue
            owned = self.owned.get(name, [])
            playable += bool(owned) and counts_at_start(state)
            path: KeyPath = ("states", name)
            yield from self._capital(path, name, state)
            yield from self._figures(path, state, owned)
            yield from self._labels(path, state)
            if state.get("aims"):
                yield from self._aims((*path, "aims"), name, state)
        if self.states and playable < 2:
            message = f"expected two or more states that can be played, found {playable}"
            hint = 'a state can be played if it owns a province and "committed" is above 0'
            yield Issue(("states",), message, hint, at_key=True)

    def _capital(self, path: KeyPath, name: str, state: Tree) -> Iterator[Issue]:
        """Issues of a state's capital."""
        capital = state.get("capital")
        if not isinstance(capital, str):
            return
        at = (*path, "capital")
        if capital not in self.provinces:
            yield from self._stranger(at, capital, "a province", self.provinces)
            return
        province = self.provinces[capital]
        owner = province.get("owner") if isinstance(province, dict) else None
        if owner != name:
            whose = "nobody's" if owner is None else f"{shown(owner)}'s"
            message = f"the capital {shown(capital)} is {whose} province"
            yield Issue(at, message, f"a capital is a province that {shown(name)} owns")

    def _figures(self, path: KeyPath, state: Tree, owned: list[str]) -> Iterator[Issue]:
        """Issues of a state's figures."""
        for figure in ("population", "industry"):
            if not owned and state.get(figure) is None:
                message = f'a state without provinces needs "{figure}", which is missing'
                yield Issue(path, message, "or give it a province: set its owner")
            elif owned and state.get(figure) is not None:
                given = (
                    self.provinces[name].get(figure)
                    for name in owned
                    if isinstance(self.provinces[name], dict)
                )
                if any(value is not None for value in given):
                    message = f'"{figure}" is not read: its provinces give their own'
                    yield Issue((*path, figure), message, "take it out", "warning", at_key=True)
        schedule = state.get("committed")
        if isinstance(schedule, list):
            turns = [entry[0] for entry in schedule if isinstance(entry, list) and entry]
            if all(isinstance(turn, int) for turn in turns) and len(set(turns)) < len(turns):
                message = "expected each turn once, found one twice"
                yield Issue((*path, "committed"), message)
        yield from self._heirs(path, state)

    def _heirs(self, path: KeyPath, state: Tree) -> Iterator[Issue]:
        """Issues of the heirs: an earlier year after a later one."""
        heirs = state.get("heirs")
        latest: int | None = None
        for place, heir in enumerate(heirs if isinstance(heirs, list) else ()):
            year = heir.get("year") if isinstance(heir, dict) else None
            if not isinstance(year, int) or isinstance(year, bool):
                continue
            if latest is not None and year < latest:
                message = f"expected a year from {latest} on, that of an earlier heir, found {year}"
                yield Issue((*path, "heirs", place, "year"), message)
            latest = year if latest is None else max(latest, year)

    def _labels(self, path: KeyPath, state: Tree) -> Iterator[Issue]:
        ideology = state.get("ideology")
        if isinstance(ideology, str):
            ideologies = table(self.tree, "ideologies")
            if ideologies or "ideologies" in self.tree:
                at = (*path, "ideology")
                yield from self._stranger(at, ideology, "an ideology", ideologies)
        doctrine = state.get("doctrine")
        if isinstance(doctrine, str) and doctrine not in BUILT_IN_DOCTRINES:
            known = dict.fromkeys(BUILT_IN_DOCTRINES) | table(self.tree, "doctrines")
            for issue in self._stranger((*path, "doctrine"), doctrine, "a doctrine", known):
                hint = issue.hint or "known: " + ", ".join(known)
                yield Issue(issue.path, issue.message, hint)

    def _aims(self, path: KeyPath, name: str, state: Tree) -> Iterator[Issue]:
        """Issues of the aims."""
        aims = state["aims"]
        if not isinstance(aims, list):
            return
        seen: set[str] = set()
        for number, aim in enumerate(aims):
            if not isinstance(aim, dict):
                continue
            at, target = (*path, number), aim.get("target")
            if isinstance(aim.get("id"), str):
                if aim["id"] in seen:
                    yield Issue((*at, "id"), f"the aim {shown(aim['id'])} stands here twice")
                seen.add(aim["id"])
            if aim.get("kind") == "contain":
                yield from self._stranger((*at, "target"), target, "a state", self.states)
                if target == name:
                    yield Issue((*at, "target"), "a state cannot contain itself")
            if aim.get("kind") == "take":
                yield from self._stranger((*at, "target"), target, "a province", self.provinces)
                if isinstance(target, str) and target in self.owned.get(name, []):
                    message = f"{shown(target)} is its own from the start"
                    yield Issue((*at, "target"), message, None, "warning")
            yield from self._reachable(at, aim)

    def _reachable(self, at: KeyPath, aim: Tree) -> Iterator[Issue]:
        turns, last = aim.get("turns"), table(self.tree, "calendar").get("turns", 30)
        if isinstance(turns, int) and isinstance(last, int) and turns > last:
            message = f"{turns} turns cannot run in a campaign of {last}"
            yield Issue((*at, "turns"), message, None, "warning")

    def _treaties(self) -> Iterator[Issue]:
        """Issues of the treaties."""
        for number, treaty in enumerate(entries(self.tree, "treaties")):
            if not isinstance(treaty, dict):
                continue
            path: KeyPath = ("treaties", number)
            parties = entries(treaty, "parties")
            for side, party in enumerate(parties):
                at = (*path, "parties", side)
                yield from self._stranger(at, party, "a state", self.states)
                if isinstance(party, str) and party in parties[:side]:
                    yield Issue(at, f"{shown(party)} is a party twice")
            against = treaty.get("against")
            yield from self._stranger((*path, "against"), against, "a state", self.states)
            if isinstance(against, str) and against in parties:
                yield Issue((*path, "against"), f"{shown(against)} is a party itself")
            obligations = entries(treaty, "obligations")
            for which, obligation in enumerate(obligations):
                if obligation in obligations[:which]:
                    at = (*path, "obligations", which)
                    yield Issue(at, f"{shown(obligation)} stands twice", None, "warning")

    def _pairs(self) -> Iterator[Issue]:
        """Issues of entries that name two states or provinces."""
        seen: set[tuple[str, str]] = set()
        for number, belief in enumerate(entries(self.tree, "beliefs")):
            if not isinstance(belief, dict):
                continue
            of, about = belief.get("of"), belief.get("about")
            path: KeyPath = ("beliefs", number)
            yield from self._stranger((*path, "of"), of, "a state", self.states)
            yield from self._stranger((*path, "about"), about, "a state", self.states)
            if isinstance(of, str) and isinstance(about, str):
                if of == about:
                    yield Issue((*path, "about"), "a state holds no belief about itself")
                if (of, about) in seen:
                    yield Issue(
                        path, "this belief stands twice", "the later one is used", "warning"
                    )
                seen.add((of, about))
        for number, claim in enumerate(entries(self.tree, "claims")):
            if not isinstance(claim, dict):
                continue
            of, province = claim.get("of"), claim.get("province")
            yield from self._stranger(("claims", number, "of"), of, "a state", self.states)
            at = ("claims", number, "province")
            yield from self._stranger(at, province, "a province", self.provinces)
            if isinstance(of, str) and province in self.owned.get(of, []):
                yield Issue(at, f"{shown(province)} is its own already", None, "warning")
        for number, pair in enumerate(entries(self.tree, "rivalries")):
            yield from self._pair(("rivalries", number), pair, "a state", self.states)

    def _ideologies(self) -> Iterator[Issue]:
        ideologies = table(self.tree, "ideologies")
        for name, ideology in ideologies.items():
            for other in table(ideology, "affinity"):
                at = ("ideologies", name, "affinity", other)
                for issue in self._stranger(at, other, "an ideology", ideologies):
                    yield Issue(issue.path, issue.message, issue.hint, at_key=True)

    def _doctrines(self) -> Iterator[Issue]:
        for name in table(self.tree, "doctrines"):
            if name in BUILT_IN_DOCTRINES:
                message = f"{shown(name)} is built in and cannot be made anew"
                yield Issue(("doctrines", name), message, "choose another name", at_key=True)

    def _rules(self) -> Iterator[Issue]:
        """Issues of the overridden rules."""
        rules = table(self.tree, "rules")
        for name, value in rules.items():
            path: KeyPath = ("rules", name)
            if name not in OVERRIDABLE:
                hint = self.speller.hint(name, OVERRIDABLE) or "known: " + ", ".join(OVERRIDABLE)
                yield Issue(path, f"{shown(name)} is not a rule to override", hint, at_key=True)
                continue
            least, greatest, _ = OVERRIDABLE[name]
            if type(value) is int and not least <= value <= greatest:
                yield Issue(path, f"expected {least} to {greatest}, found {value}")
        rises, falls = ends_of_poles(rules)
        if type(rises) is int and type(falls) is int and falls > rises:
            message = f"pole_falls ({falls}) must not be above pole_rises ({rises})"
            yield Issue(("rules",), message)
