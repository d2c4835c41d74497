"""What each hypothesis says of choices: which features of an option count, and how much at first.

A hypothesis gives every kind of choice one or more readings, each a list of features with a normal
prior on its weight. All share the free weights of `_free`: kinship, strength, distance, habit,
money, a treaty that stands. These may weigh a little under every hypothesis: one standard deviation
multiplies the odds of an option that has most of a figure by about e. A hypothesis is a claim that
one thing weighs much: the two theories, what their own lens shows of danger; the foils, habit and
reciprocity, one of those figures; NONE, any one plain figure, whichever it is. The priors were
fitted to no map and no conduct.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from game.inference.option_figures import ANSWER, FORM_COLUMNS, LEAVE, NAME, SEEK, SIDE

THEORIES = ("BOP", "BOT")
HABIT, RECIPROCITY, NONE, RANDOM = "HABIT", "RECIPROCITY", "NONE", "RANDOM"
HYPOTHESES = (*THEORIES, "SOLIDARITY", "BANDWAGON", "ISOLATION", RANDOM, HABIT, RECIPROCITY, NONE)
"""In the order in which they are reported. HABIT does what it did; RECIPROCITY does to others what
they did to it; NONE weighs everything but the two lenses, one further figure at a time."""
KINDS = (NAME, SEEK, ANSWER, SIDE, LEAVE)
Prior = tuple[float, float]
"""The mean and the standard deviation of a weight."""
MAY_BE_SILENT = 0.5
"""How likely it is that a foil, habit or reciprocity says nothing of a kind of choice but treaties
left; of that it then says what NONE says."""
BY_WORTH, BY_DANGER = 0.5, 0.3
"""How likely it is that a state that follows a theory reckons what each pact is worth, as the
theory's terms say; and that it goes by danger alone, with whom there is least to fear against whom
there is most (THEORY T3, W2). If neither, it says no more than whom it stands against: of that, and
of whose side it does not take, the theories must speak."""
OPPOSED: Prior = (2.5, 1.5)
"""By the theories, how much the danger of an adversary weighs in whether one stands against it, for
each factor e."""
FACED: Prior = (8.0, 5.0)
"""The same in whose side one takes, for the whole of the greatest danger: which of two is stood
against where neither is dangerous, no theory says."""
JOINED: Prior = (-1.0, 0.7)
"""How much the danger of a partner weighs, for each factor e, where one goes by danger alone."""
SECURITY = ("security", "feeding", "entanglement")
"""The terms of a pact that a lens sees (`theory.families.pact_worth`), which share one weight."""
SINGLE: Prior = (0.0, 2.0)
OTHER_FIGURES: tuple[tuple[str, ...], ...] = (
    ("adversary nearness", "partner nearness"),
    ("adversary hostility", "partner hostility"),
    ("adversary armament", "partner armament"),
    ("adversary wealth", "partner wealth"),
    ("partner share",),
    ("partner kinship", "adversary kinship"),
    ("partner tie", "adversary tie"),
)
"""The figures of which NONE takes one set at a time. How strong an adversary is is not among them:
that is what the lens of power shows."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The features of an option that count, with the priors of their weights."""

    plain: tuple[tuple[str, Prior], ...]
    """Of `choice_sets.COLUMNS`."""
    lens: str = ""
    seen: tuple[tuple[tuple[str, ...], Prior], ...] = ()
    """Sums of columns of `choice_sets.SEEN`, through the lens."""


Readings = Mapping[str, tuple[tuple[float, Reading], ...]]
"""Hypothesis -> its readings of a kind of choice, each with its share; the shares sum to 1."""


def readings(kind: str) -> Readings:
    """What every hypothesis says of a kind of choice."""
    return {name: tuple(_readings(name, kind)) for name in HYPOTHESES}


def lens_readings(kind: str) -> Readings:
    """What the lenses alone say of it: how dangerous each adversary looks, and nothing else."""
    free = _free(kind)
    found: dict[str, tuple[tuple[float, Reading], ...]] = {}
    for lens in THEORIES:
        found[lens] = ((1.0, _opposing(lens, free, kind) if kind in (NAME, SIDE) else free),)
    found[RANDOM] = ((1.0, free),)
    return found


def _free(kind: str) -> Reading:
    """The weights that are free under every hypothesis but chance."""
    plain: dict[str, Prior] = {}
    if kind == LEAVE:
        plain["leave"] = (-2.0, 1.5)
    if kind == SEEK:
        plain.update(dict.fromkeys(FORM_COLUMNS, (0.0, 2.0)))
        plain.update({"paid": (0.0, 5.0), "secret": (-1.0, 1.0)})
    if kind == ANSWER:
        plain.update({"accept": (-1.0, 3.0), "accept named": (0.0, 2.0)})
        plain.update(dict.fromkeys(FORM_COLUMNS[:-1], (0.0, 1.0)))
    if kind in (NAME, SEEK, ANSWER, SIDE):
        plain.update(
            {
                "partner kinship": (0.0, 1.0),
                "partner share": (0.0, 0.5),
                "partner nearness": (0.0, 0.5),
                "partner tie": (0.0, 1.0),
                "partner habit": (0.0, 0.7),
                "partner treatment": (0.0, 0.7),
            }
        )
    if kind in (NAME, ANSWER):
        plain.update({"adversary kinship": (0.0, 1.0), "adversary habit": (0.0, 0.7)})
    if kind == NAME:
        plain.update(
            {
                "adversary tie": (0.0, 1.0),
                "adversary treatment": (0.0, 0.7),
                "secret": (-1.0, 1.0),
                "prominent": (1.0, 1.5),
            }
        )
    return Reading(tuple(plain.items()))


def _expecting(free: Reading, kind: str, **wanted: Prior) -> Reading:
    """A reading with other priors for some features, where the kind of choice has them."""
    plain = dict(free.plain)
    for name, prior in wanted.items():
        column = name.replace("_", " ")
        of_partner = column.startswith("partner") and kind in (NAME, SEEK, ANSWER, SIDE)
        of_adversary = column.startswith("adversary") and kind in (NAME, ANSWER, SIDE)
        if of_partner or of_adversary or column in plain:
            plain[column] = prior
    return Reading(tuple(plain.items()))


def _readings(name: str, kind: str) -> Iterator[tuple[float, Reading]]:
    """The readings of a kind of choice under one hypothesis, with their shares."""
    free = _free(kind)
    if name == RANDOM:
        kept = ("accept",) if kind == ANSWER else ("prominent",)
        yield 1.0, Reading(tuple(row for row in free.plain if row[0] in kept))
        return
    if name == NONE:
        yield from _any_one_figure(free, kind)
        return
    if name == "ISOLATION" and kind in (NAME, SIDE):
        # It says with whom nothing is signed, and nothing of who is feared: by either lens or none.
        some = (free, *(_opposing(lens, free, kind) for lens in THEORIES))
        yield from ((1 / len(some), one) for one in some)
        return
    own = _own(name, free, kind)
    if name in THEORIES and kind in (NAME, SEEK, ANSWER):
        yield BY_WORTH, own
        yield BY_DANGER, _by_danger(name, free, kind)
        rest = 1.0 - BY_WORTH - BY_DANGER
        if kind == NAME:
            yield rest, _opposing(name, free, kind)
        else:
            yield from ((rest * share, one) for share, one in _any_one_figure(free, kind))
        return
    if kind == LEAVE or name in THEORIES:
        yield 1.0, own
        return
    silent = 1.0 if own == free else 0.0 if name == "ISOLATION" else MAY_BE_SILENT
    if silent < 1.0:
        yield 1.0 - silent, own
    if silent > 0.0:
        yield from ((silent * share, one) for share, one in _any_one_figure(free, kind))


def _own(name: str, free: Reading, kind: str) -> Reading:
    """What a hypothesis says of a kind of choice where it says something."""
    match name:
        case "BOP" | "BOT":
            return _theory(name, free, kind)
        case "SOLIDARITY":
            return _expecting(free, kind, partner_kinship=(4, 2), adversary_kinship=(-2, 2))
        case "BANDWAGON":
            # It joins the strong for spoils, and there are most to be had of the strong.
            prey = {"adversary_share": (1.0, 1.5)} if kind == NAME else {}
            return _expecting(free, kind, partner_strength=(5, 2), **prey)
        case "ISOLATION":
            return _expecting(free, kind, accept=(-5, 2), leave=(2.5, 1))
        case "HABIT":
            return _expecting(free, kind, partner_habit=(2, 1), adversary_habit=(2, 1))
        case "RECIPROCITY":
            return _expecting(free, kind, partner_treatment=(2, 1), adversary_treatment=(-2, 1))
    raise ValueError(f"no hypothesis is called {name}")


def _theory(lens: str, free: Reading, kind: str) -> Reading:
    """A theory: what its terms say a pact is worth, danger as its lens shows it, and the rest."""
    if kind in (SIDE, LEAVE):
        return _opposing(lens, free, kind) if kind == SIDE else free
    courted = (("courted",), (-1.0, 1.0))
    own = "gains" if lens == "BOP" else "ideology"
    worth = (*SECURITY, "autonomy", own)
    further = ((("feeding",), (0.0, 20.0)), (("entanglement",), (0.0, 20.0)))
    seen: tuple[tuple[tuple[str, ...], Prior], ...]
    if kind == ANSWER:
        seen = ((worth, (80.0, 60.0)), *further, courted, (("opposed",), (1.5, 1.5)))
    else:
        seen = ((worth, (40.0, 30.0)), *further, courted)
        if kind == NAME:
            seen = (*seen, (("opposed",), OPPOSED))
    return replace(free, lens=lens, seen=seen)


def _opposing(lens: str, free: Reading, kind: str) -> Reading:
    """Danger as a lens shows it in whom one stands against, and nothing of partners."""
    if kind == NAME:
        return replace(free, lens=lens, seen=((("opposed",), OPPOSED),))
    # How strong a side is, is what the lens shows: no weight of its own may undo that.
    plain = tuple(row for row in free.plain if row[0] != "partner share")
    return Reading(plain, lens, ((("faced",), FACED),))


def _by_danger(lens: str, free: Reading, kind: str) -> Reading:
    """Against whom there is most to fear with whom there is least, whatever a pact is worth.

    Danger is what it is before any alliance is counted.
    """
    seen: tuple[tuple[tuple[str, ...], Prior], ...] = ()
    if kind != SEEK:
        seen = ((("menace",), OPPOSED if kind == NAME else (1.0, 1.0)),)
    if lens == "BOP":
        # Its lens shows poles alone; of the others too, the weaker is the less to be feared.
        return replace(_expecting(free, kind, partner_share=JOINED), lens=lens, seen=seen)
    return replace(free, lens=lens, seen=((("joined",), JOINED), *seen))


def open_lens(kind: str) -> Reading:
    """What any lens shows of a kind of choice, whatever theory it is of, beside the free weights.

    Gains and ideology, for each of which one of the two theories cares, have weights of their own.
    """
    theory = _theory("BOT", _free(kind), kind)
    seen = [(tuple(name for name in names if name != "ideology"), it) for names, it in theory.seen]
    if kind in (NAME, SEEK, ANSWER):
        mean, spread = seen[0][1]
        seen += [((name,), (mean / 2, spread)) for name in ("gains", "ideology")]
    return replace(theory, seen=tuple(seen))


def _any_one_figure(free: Reading, kind: str) -> Iterator[tuple[float, Reading]]:
    """The free weights alone, and with each further figure that the kind of choice has."""
    if kind == LEAVE:
        yield 1.0, Reading((("leave", (0.0, 2.0)),))
        return
    found = [free]
    for names in OTHER_FIGURES:
        wanted = {name.replace(" ", "_"): SINGLE for name in names}
        made = _expecting(free, kind, **wanted)
        if made != free:
            found.append(made)
    for one in found:
        yield 1.0 / len(found), one
