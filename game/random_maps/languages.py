"""Names that can be pronounced: a few languages, each a grammar of syllables. ASCII only."""

from collections.abc import Iterable
from dataclasses import dataclass

from game.random_maps.keys import Keys


@dataclass(frozen=True, slots=True)
class Language:
    """The sounds of a language, and the endings of its names."""

    onsets: tuple[str, ...]
    vowels: tuple[str, ...]
    codas: tuple[str, ...]
    """Endings of the last syllable of a stem."""
    lands: tuple[str, ...]
    """Endings of states."""
    places: tuple[str, ...]
    """Endings of provinces."""
    persons: tuple[str, ...]
    """Endings of given names."""


def _words(text: str) -> tuple[str, ...]:
    return tuple("" if word == "_" else word for word in text.split())


TONGUES = (
    Language(
        _words("b br d dr f g gr h k l m n r s st t th v w"), _words("a e i o u"),
        _words("l n nd r rd rn ld st m"), _words("land mark rund gard moor mere"),
        _words("ford holm wick vale fell stead wold burg"), _words("ric mund win a hild ard"),
    ),
    Language(
        _words("b c d f g l m n p r s t v tr cl"), _words("a e i o"),
        _words("r n l s _"), _words("ia aria onia essa ara enna"),
        _words("ona enza oli este ara iano ossa ello"), _words("o a io ina enzo ella"),
    ),
    Language(
        _words("b d dr g gr k kr l m n p r s t v z st zh"), _words("a e i o u"),
        _words("r v n l z d _"), _words("ava ovia avia ech any"),
        _words("grad ov sk itsa ava opol nik"), _words("mir ka slav ana an"),
    ),
    Language(
        _words("b kh t d j k m n s sh t y tem al"), _words("a u e i o"),
        _words("r n g k l _"), _words("stan ai anat uran ek"),
        _words("bat kent ul dagh ash orda tepe"), _words("ur ai an dai eke"),
    ),
    Language(
        _words("c d f g gl gw l m n r t br tr"), _words("a e i o y"),
        _words("n r l ch d _"), _words("mor wen dal gar ric"),
        _words("wyn och more ness gar combe dun"), _words("wyn an eth och a"),
    ),
    Language(
        _words("h s z r n m sh k b d q t"), _words("a i u a e"),
        _words("r n m z l s"), _words("esh ara ir oun ad"),
        _words("abad ah ir una esh ram eya"), _words("im ir a ud een"),
    ),
)  # fmt: skip

AVOIDED = (
    "anal", "anus", "arse", "ass", "bitch", "cock", "coon", "cum", "cunt", "dago", "dick", "dyke",
    "fag", "fuc", "fuk", "gook", "hitl", "homo", "jap", "jew", "kike", "kink", "nazi", "negr",
    "nig", "paki", "penis", "piss", "poo", "porn", "puss", "rape", "retard", "sex", "shit", "slut",
    "spic", "suck", "terror", "tit", "twat", "wank", "whor",
)  # fmt: skip
"""Parts that no name may contain."""


class Names:
    """Makes names that are all different."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._taken: set[str] = set()

    def land(self, tongue: Language, *subject: int) -> str:
        """The name of a state."""
        return self._new(tongue, tongue.lands, "land", *subject)

    def place(self, tongue: Language, *subject: int) -> str:
        """The name of a province."""
        return self._new(tongue, tongue.places, "place", *subject)

    def person(self, tongue: Language, *subject: int) -> str:
        """A given name."""
        return self._new(tongue, tongue.persons, "person", *subject)

    def water(self, tongue: Language, *subject: int) -> str:
        """The stem of a sea's name."""
        return self._new(tongue, ("",), "water", *subject)

    def _new(self, tongue: Language, endings: tuple[str, ...], topic: str, *subject: int) -> str:
        for attempt in range(200):
            name = self._drawn(tongue, endings, topic, *subject, attempt)
            spoken = name.lower()
            if spoken in self._taken or not 4 <= len(name) <= 11:
                continue
            if any(part in spoken for part in AVOIDED) or _harsh(spoken):
                continue
            self._taken.add(spoken)
            return name
        number = len(self._taken)
        name = f"{endings[0].title() or 'Mere'} {number}"
        self._taken.add(name.lower())
        return name

    def _drawn(self, tongue: Language, endings: tuple[str, ...], topic: str, *subject: int) -> str:
        keys = self._keys
        ending = keys.pick(endings, topic, "ending", *subject)
        syllables = 2 if keys.below(100, topic, "length", *subject) < 40 or not ending else 1
        stem = ""
        for number in range(syllables):
            stem += keys.pick(tongue.onsets, topic, "onset", *subject, number)
            stem += keys.pick(tongue.vowels, topic, "vowel", *subject, number)
        stem += keys.pick(tongue.codas, topic, "coda", *subject)
        if ending and ending[0] in "aeiouy" and stem[-1] in "aeiouy":
            stem = stem[:-1]
        return (stem + ending).capitalize()


def _harsh(name: str) -> bool:
    """Whether a name has four consonants, three vowels, or a letter three times in a row."""
    running, vowel = 0, False
    for index, letter in enumerate(name):
        is_vowel = letter in "aeiouy"
        running = running + 1 if index and is_vowel == vowel else 1
        vowel = is_vowel
        if running >= (3 if is_vowel else 4):
            return True
    return any(name[index : index + 3] == 3 * name[index] for index in range(len(name)))


def adjective(name: str) -> str:
    """As in "the Norrine army"."""
    if name.endswith("a"):
        return f"{name}n"
    if name.endswith(("land", "mark", "moor", "rund", "gard", "mor")):
        return f"{name}ish"
    if name.endswith(("o", "e", "y", "i", "u")):
        return f"{name[:-1]}ian"
    return f"{name}ian"


def short_name(name: str, taken: Iterable[str]) -> str:
    """Three capital letters for a name, different from those in use."""
    letters = [letter for letter in name.upper() if letter.isalpha()]
    used = set(taken)
    for second in range(1, len(letters)):
        for third in range(second + 1, len(letters)):
            found = letters[0] + letters[second] + letters[third]
            if found not in used:
                return found
    number = 1
    while f"{letters[0]}{number:02}" in used:
        number += 1
    return f"{letters[0]}{number:02}"
