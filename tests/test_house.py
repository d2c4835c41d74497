"""The house: its floors and walls, its README, and what it takes to open the door."""

import ast
import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import get_args

import pytest
from command import ROOT

from game.cli import main
from game.tui.actions import ACTIONS, key_table
from game.world import orders, questions
from game.world.map_document import BUILT_IN_DOCTRINES

GAME = ROOT / "game"
README = (ROOT / "README.md").read_text("utf-8")
SOURCES = {path.relative_to(ROOT).as_posix(): path for path in sorted(GAME.rglob("*.py"))}


def tree(name: str) -> ast.Module:
    return ast.parse(SOURCES[name].read_text("utf-8"), name)


# floors


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert program is not None, "import-linter is not installed beside Python"
    command = [program, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_floor_imports_only_from_floors_below_it() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package copied, to be broken on purpose."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(GAME, folder / "game", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


BREACHES = [
    ("game/inference/posterior.py", "from game.rivals.envelope import Envelope", "blind"),
    ("game/inference/posterior.py", "from game.play import replay", "blind"),
    ("game/inference/posterior.py", "from game.saves.save_file import read", "blind"),
    ("game/inference/posterior.py", "from game.dice import draw", "blind"),
    ("game/inference/rebuilt_beliefs.py", "from game.engine.turn import resolve", "blind"),
    ("game/history.py", "from game.engine.turn import resolve", "blind"),
    ("game/world/model.py", "from game.history import History", "house"),
    ("game/theory/lens.py", "from game.engine.turn import resolve", "house"),
    ("game/saves/save_file.py", "from game.debrief.report import debrief", "house"),
    ("game/words/event_sentences.py", "from textual.content import Content", "screen"),
    ("game/play.py", "import tinydb", "files"),
    ("game/world/orders.py", "import pydantic", "border"),
    ("game/random_maps/land.py", "from pathlib import Path", "random"),
    ("game/vault.py", '"""A room on no floor."""', "house"),
]


@pytest.mark.parametrize(("name", "line", "contract"), BREACHES)
def test_a_breach_in_the_house_is_seen(copy: Path, name: str, line: str, contract: str) -> None:
    path = copy / name
    before = path.read_text("utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{line}\n", "utf-8")
    try:
        done = lint_imports(copy)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, "utf-8")
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (title,) = (
        one["name"]
        for one in contracts["tool"]["importlinter"]["contracts"]
        if one["id"] == contract
    )
    told = re.sub(r"\s+", " ", done.stdout)
    assert done.returncode == 1
    assert f"{title} BROKEN" in told


# walls that imports do not show


def uses(name: str) -> Iterator[tuple[str, int]]:
    """Names that a module calls or reads as attributes, with their lines."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield f".{node.func.attr}()", node.lineno
        elif isinstance(node, ast.Attribute):
            yield f".{node.attr}", node.lineno


def breaches(names: set[str], allowed: tuple[str, ...]) -> list[str]:
    return [
        f"{source}:{line} {used}"
        for source in SOURCES
        if not source.startswith(allowed)
        for used, line in uses(source)
        if used in names
    ]


def test_only_the_command_line_and_the_screen_print() -> None:
    assert breaches({"print", ".stdout", ".stderr"}, ("game/cli/", "game/tui/")) == []


def test_only_maps_saves_files_and_the_command_line_touch_files() -> None:
    touching = {
        "open",
        ".open()",
        ".write_text",
        ".read_text",
        ".write_bytes",
        ".read_bytes",
        ".mkdir",
    }
    assert (
        breaches(
            touching,
            (
                "game/cli/",
                "game/files/",
                "game/lab/",
                "game/maps/",
                "game/saves/",
                "game/tui/app.py",
            ),
        )
        == []
    )


def test_the_adviser_reads_no_envelope() -> None:
    """It is given the campaign, and takes of it what the player may know."""
    sealed = {".envelope", ".debriefing", "._position", "._parts", ".debrief", ".doctrines"}
    own = ("game/campaign/adviser.py", "game/campaign/debriefing.py")
    others = tuple(source for source in SOURCES if source != own[0])
    assert breaches(sealed, others) == []
    assert breaches(sealed, tuple(source for source in SOURCES if source != own[1])) != []


def test_chance_and_time_come_from_nowhere_but_the_dice() -> None:
    rules = ("dice", "world", "engine", "theory", "rivals", "history", "play", "inference")
    strangers = {"random", "secrets", "time", "datetime", "uuid", "os"}
    found = [
        f"{source}: {name}"
        for source in SOURCES
        if source.split("/")[1].removesuffix(".py") in rules
        for node in ast.walk(tree(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
        if name.split(".")[0] in strangers
    ]
    assert found == []


def unportable(module: ast.Module) -> list[int]:
    """Lines of arithmetic that may differ between processors and NumPy versions."""
    functions = {"exp", "expm1", "log", "log1p", "log2", "log10", "pow", "power", "tanh", "dot",
                 "matmul", "einsum", "cumsum", "average"}  # fmt: skip
    lines = []
    for node in ast.walk(module):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
            lines.append(node.lineno)
        if isinstance(node, ast.Attribute) and node.attr in functions:
            lines.append(node.lineno)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            power = node.right
            if not (isinstance(power, ast.Constant) and isinstance(power.value, int)):
                lines.append(node.lineno)
    return lines


def test_the_world_is_reckoned_in_portable_arithmetic() -> None:
    found = {
        source: lines
        for source in SOURCES
        if source.startswith(("game/world/", "game/engine/", "game/dice.py", "game/history.py"))
        and (lines := unportable(tree(source)))
    }
    assert found == {}


@pytest.mark.parametrize("line", ["a @ b", "np.exp(x)", "x ** y", "x ** 0.5", "np.power(x, 2)"])
def test_unportable_arithmetic_is_seen(line: str) -> None:
    assert unportable(ast.parse(line)) == [1]


def test_every_module_says_what_lives_in_it() -> None:
    assert [name for name in SOURCES if not ast.get_docstring(tree(name))] == []


def test_nothing_names_a_path_of_the_machine_it_was_written_on() -> None:
    machine = re.compile("/(" + "|".join(("work", "root", "home")) + r")/\w")
    named = [
        path.relative_to(ROOT).as_posix()
        for folder in ("game", "maps", "tests", ".ci")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".json", ".tcss", ".md", "") and path.is_file()
        if machine.search(path.read_text("utf-8"))
    ]
    assert named == []


# the README


def test_the_readme_has_the_lines_that_install_start_and_test() -> None:
    lines = [line.strip() for line in README.splitlines() if line.startswith("    python3 -m venv")]
    assert lines == [
        "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/realpolitik",
        "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/python -m pytest",
    ]


def test_what_is_checked_is_the_readme_s_line() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    (pattern,) = re.findall(r"sed -n '(s/[^']*)' README\.md", script)
    shown = subprocess.run(
        ["sed", "-n", pattern, "README.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stdout == (
        "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/python -m pytest\n"
    )
    assert 'bash -c "$test_line"' in script


def test_the_readme_s_keys_are_those_of_the_game() -> None:
    assert key_table() in README
    assert len(ACTIONS) > 10


def test_the_readme_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    commands = {"": ["play", "resume", "autoplay", "debrief", "maps", "saves", "lab", "serve"]}
    for group in ("maps", "saves"):
        with pytest.raises(SystemExit):
            main([group, "--help"])
        commands[group] = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)
        assert len(commands[group]) >= 4
    for group, names in commands.items():
        for name in names:
            assert re.search(rf"`({f'realpolitik {group}'.strip()} )?{name}\b", README), name


def test_the_program_in_the_readme_plays_a_campaign_out(tmp_path: Path) -> None:
    after = README[README.index("## In Python") :]
    lines = takewhile(lambda line: line.startswith("    ") or not line, _from_code(after))
    program = textwrap.dedent("\n".join(lines))
    assert "play_out(" in program
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    verdicts = dict(line.split() for line in done.stdout.splitlines())
    assert {"ALD", "VOR", "KHA"} <= set(verdicts)
    known = {*BUILT_IN_DOCTRINES, "CHANCE", "UNDECIDED", "NONE"} - {"RANDOM"}
    assert set(verdicts.values()) <= known
    assert list(tmp_path.iterdir()) == []


def _from_code(text: str) -> Iterator[str]:
    """The lines of a Markdown text from its first line of code on."""
    return dropwhile(lambda line: not line.startswith("    "), text.splitlines())


def test_the_floors_in_the_readme_are_those_of_the_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (house,) = (
        one for one in settings["tool"]["importlinter"]["contracts"] if one["id"] == "house"
    )
    drawn = README[README.index("## The house") :]
    assert re.findall(r"^    (\w+(?: \| \w+)*)  ", drawn, re.MULTILINE) == house["layers"]


# the door

HEAVY = {"numpy", "pydantic", "tinydb", "shapely", "scipy", "pygal"}


def loaded_after(code: str) -> set[str]:
    """The heavy packages among those that are loaded once `code` has run."""
    ending = f"\nimport sys\nprint(*sorted({HEAVY | {'textual'}} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code + ending], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.splitlines()[-1].split())


HELP = """
from game.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
"""
TITLE = """
import asyncio
from pathlib import Path
from game.tui.app import Intent, RealpolitikApp

async def look():
    app = RealpolitikApp(Intent(saves=Path("saves")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert type(app.screen).__name__ == "TitleScreen"

asyncio.run(look())
"""


def test_the_package_and_the_help_load_nothing_heavy() -> None:
    assert loaded_after("import game") == set()
    assert loaded_after(HELP) == set()


def test_the_title_screen_loads_the_screen_alone() -> None:
    assert loaded_after(TITLE) == {"textual"}


def test_what_is_heavy_would_be_seen() -> None:
    assert "numpy" in loaded_after("import game.campaign")


def test_the_package_gives_its_api_when_asked() -> None:
    import game
    from game.campaign import Campaign
    from game.maps.load import load_map

    assert (game.Campaign, game.load_map) == (Campaign, load_map)
    given = {name: getattr(game, name) for name in game.__all__}
    for named, kinds in (("Order", orders.Order), ("Question", questions.Question)):
        assert given[named] == kinds
        assert {kind.__name__ for kind in get_args(kinds)} <= set(given), "each kind is given"
    assert {"Terms", "PeaceTerms", "Policy", "play_out"} <= set(dir(game))
    with pytest.raises(AttributeError, match="Kampagne"):
        _ = game.Kampagne
