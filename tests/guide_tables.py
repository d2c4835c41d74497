"""The parts of the modding guide that are made from the program: tables and pictures.

`python tests/guide_tables.py` writes them into maps/README.md; the tests hold them to be current.
"""

import io
import json
import re
from pathlib import Path
from typing import Any

from rich.console import Console

from game.maps.geojson import csv_tables
from game.maps.schema import schema_text
from game.tui.map_preview import print_map
from game.world.map_document import from_data
from game.world.rules import OVERRIDABLE, RULE_UNITS, Rules

GUIDE = Path(__file__).parents[1] / "maps" / "README.md"

PARTS = {
    "Map": "The map itself",
    "Calendar": "`calendar`",
    "LegendEntry": "An entry of `legend`: one of the two",
    "Province": "An entry of `provinces`",
    "Sea": "An entry of `seas`",
    "Link": "An entry of `links`",
    "State": "An entry of `states`",
    "Heir": "An entry of `heirs`",
    "Treaty": "An entry of `treaties`",
    "Belief": "An entry of `beliefs`",
    "Claim": "An entry of `claims`",
    "Ideology": "An entry of `ideologies`",
    "CustomDoctrine": "An entry of `doctrines`",
    "Weights": "`weights` of a doctrine",
}


def blocks(text: str, kind: str) -> list[str]:
    """The fenced blocks of that kind (`json step 1`, `picture 2`), in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def merged(one: Any, other: Any) -> Any:
    """`other` put into `one`: objects are joined, everything else is replaced."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return other
    return one | {key: merged(one.get(key), value) for key, value in other.items()}


def steps(text: str) -> list[dict[str, Any]]:
    """The whole map after each of the guide's steps."""
    found: list[dict[str, Any]] = []
    for block in blocks(text, r"json step \d"):
        found.append(merged(found[-1] if found else {}, json.loads(block)))
    return found


def picture(data: dict[str, Any]) -> str:
    """What `maps show` prints of a map, to the list of its states."""
    page = io.StringIO()
    print_map(from_data(data), Console(file=page, width=100, color_system=None))
    shown = page.getvalue().split("\nletters:")
    rows = "\n".join(line for line in shown[0].splitlines() if line.strip())
    below = shown[1].split("\n\n", 1)[1] if "\n\n" in shown[1] else ""
    return (
        rows + "\n\n" + below.split("\n\n" + str(data.get("briefing", "\0"))[:20])[0].strip() + "\n"
    )


def field_tables() -> str:
    """A table for each part of a map, made from the schema."""
    schema = json.loads(schema_text())
    definitions = {"Map": schema} | schema["$defs"]
    lines = []
    for part, title in PARTS.items():
        definition = definitions[part]
        lines += [
            f"### {title}",
            "",
            "| field | meaning | default | example |",
            "|---|---|---|---|",
        ]
        for name, field in definition["properties"].items():
            shown = f"**`{name}`**" if name in definition.get("required", ()) else f"`{name}`"
            default = "" if name in definition.get("required", ()) else _json(field.get("default"))
            examples = ", ".join(_json(value) for value in field.get("examples", [])[:2])
            meaning = field["description"].replace("|", "\\|")
            lines.append(f"| {shown} | {meaning} | {default} | {examples} |")
        lines.append("")
    return "\n".join(lines).rstrip()


def rule_table() -> str:
    """The rules that a map may change."""
    lines = ["| rule | meaning | least | greatest | default | unit |", "|---|---|---|---|---|---|"]
    for name, (least, greatest, text) in OVERRIDABLE.items():
        standard = getattr(Rules(), name)
        lines.append(
            f"| `{name}` | {text} | {least} | {greatest} | {standard} | {RULE_UNITS[name]} |"
        )
    return "\n".join(lines)


def column_tables() -> str:
    """The columns of the tables that an import reads."""
    tables = {
        "states": csv_tables.STATE_COLUMNS,
        "treaties": csv_tables.TREATY_COLUMNS,
        "rivalries": csv_tables.RIVALRY_COLUMNS,
        "seas": csv_tables.SEA_COLUMNS,
    }
    short: dict[str, list[str]] = {}
    for alias, name in csv_tables.ALIASES.items():
        short.setdefault(name, []).append(f"`{alias}`")
    lines = []
    for table, columns in tables.items():
        lines += [f"`--{table}`:", "", "| column | meaning | also written |", "|---|---|---|"]
        for name, text in columns.items():
            lines.append(f"| `{name}` | {text} | {', '.join(short.get(name, []))} |")
        lines.append("")
    return "\n".join(lines).rstrip()


def filled(text: str) -> str:
    """The guide with its made parts as they are now."""
    made = {"fields": field_tables(), "rules": rule_table(), "columns": column_tables()}
    for name, table in made.items():
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(\n<!-- end of {name} -->)",
            lambda match, table=table: match[1] + table + match[2],  # type: ignore[misc]
            text,
            flags=re.DOTALL,
        )
    for number, data in enumerate(steps(text), start=1):
        text = re.sub(
            rf"^```picture {number}\n.*?^```$",
            lambda _, number=number, data=data: f"```picture {number}\n{picture(data)}```",  # type: ignore[misc]
            text,
            flags=re.DOTALL | re.MULTILINE,
        )
    return text


def _json(value: object) -> str:
    return "" if value is None else f"`{json.dumps(value, ensure_ascii=False)}`"


if __name__ == "__main__":
    GUIDE.write_text(filled(GUIDE.read_text("utf-8")), "utf-8")
