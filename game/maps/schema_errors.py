"""Turns pydantic's errors about a map's shape into messages that tell its author what to do."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from game.maps.map_problem import Issue, KeyPath, Speller, shown
from game.world import map_document

_AIMS: dict[str, type[BaseModel]] = {
    "break_ring": map_document.AimBreakRing,
    "grow": map_document.AimGrow,
    "broker": map_document.AimBroker,
    "hold": map_document.AimHold,
    "contain": map_document.AimContain,
    "take": map_document.AimTake,
    "league": map_document.AimLeague,
    "peace": map_document.AimPeace,
}

_ENTRIES: dict[str, tuple[str, type[BaseModel]]] = {
    "provinces": ("a province", map_document.Province),
    "seas": ("a sea", map_document.Sea),
    "links": ("a link", map_document.Link),
    "states": ("a state", map_document.State),
    "treaties": ("a treaty", map_document.Treaty),
    "beliefs": ("a belief", map_document.Belief),
    "claims": ("a claim", map_document.Claim),
    "ideologies": ("an ideology", map_document.Ideology),
    "doctrines": ("a doctrine", map_document.CustomDoctrine),
}

_EXPECTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "a text in double quotes",
    "bool_type": "true or false",
    "none_required": "nothing (null)",
    "dict_type": "an object {{...}}",
    "model_type": "an object {{...}}",
    "model_attributes_type": "an object {{...}}",
    "tuple_type": "a list [...]",
    "list_type": "a list [...]",
    "invisible_text": "a text with visible characters",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "literal_error": "{expected}",
    "string_too_short": "{min_length} or more characters",
    "string_too_long": "{max_length} characters at most",
    "too_short": "{min_length} or more entries",
    "too_long": "{max_length} entries at most",
}

_PATTERNS = {
    map_document.ID_PATTERN: "an id of printable characters",
    "^#[0-9A-Fa-f]{6}$": 'a colour like "#7f8c8d"',
    "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$": "letters, digits, dots and dashes (64 at most)",
}


def shape_issues(error: ValidationError, tree: object, speller: Speller) -> Iterator[Issue]:
    """Each error of shape as an issue with its path in the raw `tree`."""
    issues_seen: set[Issue] = set()
    for detail in error.errors(include_url=False):
        issue = _issue(detail, tree, speller)
        if issue is not None and issue not in issues_seen:
            issues_seen.add(issue)
            yield issue


def part_at(path: KeyPath, tree: object) -> tuple[str, type[BaseModel]] | None:
    """(words, model) for the part of the map at `path`."""
    if not path:
        return "a map", map_document.MapDoc
    if path == ("calendar",):
        return "the calendar", map_document.Calendar
    if len(path) == 2 and path[0] in _ENTRIES:
        return _ENTRIES[str(path[0])]
    if len(path) == 2 and path[0] == "legend":
        return "an entry of the legend", map_document.LegendEntry
    if len(path) == 3 and path[0] == "doctrines" and path[2] == "weights":
        return "a doctrine's weights", map_document.Weights
    if len(path) == 4 and path[0] == "states" and path[2] == "aims":
        aim = value_at(tree, path)
        kind = aim.get("kind") if isinstance(aim, Mapping) else None
        return "an aim", _AIMS.get(kind if isinstance(kind, str) else "", map_document.AimHold)
    return None


def value_at(tree: object, path: KeyPath) -> object:
    """The value at a path of the raw tree; None if there is none."""
    for step in path:
        if isinstance(tree, Mapping) and step in tree:
            tree = tree[step]
            continue
        if not (isinstance(tree, list) and isinstance(step, int) and 0 <= step < len(tree)):
            return None
        tree = tree[step]
    return tree


def fields_of(part: type[BaseModel]) -> list[str]:
    """The names of a part's fields, as written in a file."""
    return [field.alias or name for name, field in part.model_fields.items()]


def _key_path(location: tuple[str | int, ...], tree: object) -> tuple[KeyPath, list[str | int]]:
    """(the part of a location that is in the tree, the rest); tags of unions are skipped."""
    path: list[str | int] = []
    rest: list[str | int] = []
    for step in location:
        inside = isinstance(tree, Mapping) and step in tree
        listed = isinstance(tree, list) and isinstance(step, int) and 0 <= step < len(tree)
        if rest or not (inside or listed):
            if not _is_tag(step, tree):
                rest.append(step)
            continue
        path.append(step)
        tree = tree[step]  # type: ignore[index]
    return tuple(path), rest


def _is_tag(step: str | int, tree: object) -> bool:
    if isinstance(tree, Mapping) and tree.get("kind") == step:
        return True
    return step in ("a share", "a schedule")


def _issue(detail: ErrorDetails, tree: object, speller: Speller) -> Issue | None:
    """One of pydantic's errors as an issue."""
    kind = detail["type"]
    if kind in ("rule_unknown", "rule_bounds"):
        # Told one by one, with their bounds, by the relations.
        return None
    path, rest = _key_path(detail["loc"], tree)
    if kind == "missing":
        return _missing(path, rest, tree)
    if kind == "extra_forbidden":
        return _stranger(path, tree, speller)
    found = value_at(tree, path)
    context: dict[str, Any] = dict(detail.get("ctx", {}))
    if kind == "too_short" and _long_enough(found, context):
        return None
    at_key = rest == ["[key]"]
    if at_key:
        found = path[-1]
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _kind_of_aim(path, found, speller)
    if kind == "string_pattern_mismatch":
        expected = _PATTERNS.get(context.get("pattern", ""), "another text")
    elif path == ("format",) and kind == "literal_error":
        expected = "1, the only map format so far"
    elif kind in _EXPECTED:
        expected = _EXPECTED[kind].format(**_plain(context))
    else:
        expected = detail["msg"]
    hint = None
    if kind == "literal_error" and path != ("format",):
        names = [name.strip("'") for name in context["expected"].replace(" or ", ", ").split(", ")]
        expected = "one of " + ", ".join(names)
        hint = speller.hint(found, names)
    if kind in ("float_type", "int_type") and isinstance(found, str):
        hint = "a number stands without quotes"
    if kind == "too_short" or kind == "too_long":
        size = len(found) if isinstance(found, (list, dict)) else 0
        return Issue(path, f"expected {expected}, found {size}", hint)
    what = "a key of " if at_key and path[0] == "legend" else ""
    return Issue(path, f"expected {what}{expected}, found {shown(found)}", hint, at_key=at_key)


def _plain(context: Mapping[str, Any]) -> dict[str, Any]:
    """The bounds of an error as readable numbers."""
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in context.items()
    }


def _long_enough(found: object, context: Mapping[str, Any]) -> bool:
    """Whether a list is too short only because some of its entries have errors."""
    return isinstance(found, (list, dict)) and len(found) >= context.get("min_length", 0)


def _missing(path: KeyPath, rest: list[str | int], tree: object) -> Issue:
    """An issue about a missing key (the hint is its meaning), or about too few entries."""
    part = part_at(path, tree)
    if part is None or not rest or isinstance(rest[0], int):
        found = value_at(tree, path)
        size = len(found) if isinstance(found, list) else 0
        wanted = 4 if path and path[-1] == "exponents" else 2
        return Issue(path, f"expected {wanted} entries, found {size}")
    name = str(rest[0])
    model_field = next(
        (field for key, field in part[1].model_fields.items() if (field.alias or key) == name),
        None,
    )
    meaning = model_field.description if model_field is not None else None
    hint = meaning.rstrip(".") if meaning else None
    return Issue(path, f'{part[0]} needs "{name}", which is missing', hint)


def _stranger(path: KeyPath, tree: object, speller: Speller) -> Issue:
    part = part_at(path[:-1], tree)
    if part is None:
        return Issue(path, f"{shown(path[-1])} is not known here", at_key=True)
    names = fields_of(part[1])
    hint = speller.hint(path[-1], names) or "known: " + ", ".join(names)
    return Issue(path, f"{shown(path[-1])} is not a field of {part[0]}", hint, at_key=True)


def _kind_of_aim(path: KeyPath, found: object, speller: Speller) -> Issue:
    kinds = ", ".join(map_document.AIM_KINDS)
    kind = found.get("kind") if isinstance(found, Mapping) else None
    if kind is None:
        return Issue(path, 'an aim needs "kind", which is missing', f"one of {kinds}")
    message = f"expected one of {kinds}, found {shown(kind)}"
    return Issue((*path, "kind"), message, speller.hint(kind, map_document.AIM_KINDS))
