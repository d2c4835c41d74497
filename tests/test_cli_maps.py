"""The command line: maps."""

import json
from pathlib import Path

import pytest
from command import ROOT, Commands, process

from game.maps.starter import starter_text
from game.tui.map_preview import print_map


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


def test_the_shipped_maps_are_listed(run: Commands) -> None:
    done = run("maps", "list")
    assert done.status == 0
    assert "europe-1909" in done.out
    assert "The Five Crowns: 7 states" in done.out


@pytest.mark.parametrize("name", ["europe-1909", "five-crowns"])
def test_the_shipped_maps_are_good(run: Commands, name: str) -> None:
    done = run("maps", "check", name, "--json")
    assert (done.status, done.json) == (0, {"ok": True, "problems": []})
    assert run("maps", "check", name).out == f"{name}: good.\n"


def broken(tmp_path: Path) -> Path:
    data = json.loads(starter_text())
    data["provinces"]["midvale"]["owner"] = "MDI"
    data["states"]["NOR"]["posture"] = 7
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(data, indent=1))
    return path


def test_every_problem_is_told_with_the_keys_of_the_contract(run: Commands, tmp_path: Path) -> None:
    done = run("maps", "check", broken(tmp_path), "--json")
    assert done.status == 1
    assert list(done.json) == ["ok", "problems"]
    assert done.json["ok"] is False
    errors = [one for one in done.json["problems"] if one["severity"] == "error"]
    assert {"/provinces/midvale/owner", "/states/NOR/posture"} <= {one["path"] for one in errors}
    for problem in done.json["problems"]:
        assert list(problem) == ["severity", "path", "line", "column", "message", "hint"]
        assert problem["severity"] in ("error", "warning")
        assert problem["line"] >= 1
        assert problem["column"] >= 1


def test_a_warning_alone_leaves_a_map_good(run: Commands, tmp_path: Path) -> None:
    data = json.loads(starter_text())
    data["states"]["MID"]["name"] = "Norrin"
    path = tmp_path / "doubtful.json"
    path.write_text(json.dumps(data))
    done = run("maps", "check", path, "--json")
    assert done.status == 0
    assert done.json["ok"] is True
    assert [one["severity"] for one in done.json["problems"]] == ["warning"]


@pytest.mark.parametrize(
    "command", [("autoplay",), ("play",), ("maps", "show")], ids=lambda words: words[-1]
)
def test_an_invalid_map_is_refused_with_its_first_problem(
    run: Commands, tmp_path: Path, command: tuple[str, ...]
) -> None:
    run(*command, broken(tmp_path)).refused(1, "broken.json", "maps check")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"format": 99}', b"null"])
def test_whatever_is_no_map_is_told_so(run: Commands, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    assert run("maps", "check", path).status == 1
    run("autoplay", path).refused(1, "x.json")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "five-crwns"), ("five-crowns",)),
        (("show", "nowhere"), ("nowhere",)),
        (("new", "x.json", "--random", "seven"), ("seven",)),
        (("new", "x.json", "--states", "9"), ("--random",)),
        (("new", "x.json", "--random", "7", "--states", "2"), ("4 to 200 states", "not 2")),
        (("new", "x.json", "--random", "7", "--states", "9", "--great", "12"), ("2 to 9", "12")),
        (("check", "random:"), ("random:SEED",)),
        (("show", "random:7:9:12"), ("2 to 9", "12")),
        (("new",), ("FILE",)),
        (("draw",), ("draw",)),
        ((), ("COMMAND",)),
        (("import", "x.geojson"), ("-o",)),
        (("import", "no-such.geojson", "-o", "x.json"), ("no-such.geojson",)),
    ],
)
def test_wrong_usage_is_told_in_one_sentence(
    run: Commands,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    run("maps", *arguments).refused(2, *words)
    assert list(tmp_path.iterdir()) == []


def test_the_schema_is_the_one_that_is_shipped(run: Commands) -> None:
    assert run("maps", "schema").out == (ROOT / "maps" / "map.schema.json").read_text("utf-8")


def test_a_new_map_is_good_without_a_warning_and_plays(run: Commands, tmp_path: Path) -> None:
    path = tmp_path / "My First Map.json"
    assert run("maps", "new", path).status == 0
    assert run("maps", "check", path, "--json").json == {"ok": True, "problems": []}
    told = run("autoplay", path, "--json").json
    assert (told["map"], told["turns"]) == ("my-first-map", 15)
    assert told["events"]["treaty_signed"] > 0


def test_a_new_map_is_written_over_nothing(run: Commands, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("mine")
    run("maps", "new", path).refused(1, "mine.json")
    assert path.read_text() == "mine"
    run("maps", "new", tmp_path / "no" / "mine.json").refused(1, "mine.json")


def test_a_map_is_drawn_in_letters_where_there_is_no_colour(run: Commands) -> None:
    shown = run("maps", "show", "five-crowns").out
    assert "\x1b" not in shown
    assert "KKKK" in shown
    assert "K ★ KHA  Kharvast, Emperor Tamur the Unhurried" in shown
    assert "Vorrund's heralds" in shown


def test_letters_show_provinces_seas_straits_and_capitals(run: Commands, tmp_path: Path) -> None:
    data = json.loads(starter_text())
    data["grid"] = ["aabb~~ccdd", "aabb~~ccdd", "ii~~~~eeff", "ii~~~~eeff"]
    data["straits"] = [["westmark", "ironhill"]]
    data["links"] = [{"between": ["gannet-isle", "lowplain"], "distance": 3}]
    path = tmp_path / "letters.json"
    path.write_text(json.dumps(data))
    shown = run("maps", "show", path).out
    picture = [line for line in shown.split("\nletters:")[0].splitlines() if line]
    # Northport and Westmark are one state's; the border between them is a comma.
    assert picture[0] == "N*N,NNNN~~~~I*IIM*MM"
    assert picture[-1] == "....~~~~~~~~PPP,PPPP"
    assert "*" in picture[-2]
    assert "        * Northport, Westmark\n" in shown
    assert "  . nobody's: Gannet Isle\n" in shown
    assert "Seas: The Strand\nStraits: Westmark – Ironhill\n" in shown
    assert "Links: Gannet Isle – Lowplain (3 steps)\n" in shown


def test_a_map_is_drawn_in_its_owners_colours_and_half_blocks() -> None:
    coloured = process("maps", "show", "five-crowns", FORCE_COLOR="1", COLORTERM="truecolor")
    assert "▀" in coloured.out
    assert "\x1b[38;2;" in coloured.out
    plain = process("maps", "show", "five-crowns", FORCE_COLOR="1", NO_COLOR="1")
    assert "▀" not in plain.out
    assert "38;" not in plain.out


@pytest.mark.parametrize("columns", [60, 108, 150])
def test_a_picture_in_colour_has_a_line_for_each_row(columns: int) -> None:
    """Rows one under the other, wider or narrower than the terminal."""
    import io
    import re

    from rich.console import Console

    from game import load_map

    page = io.StringIO()
    console = Console(file=page, width=columns, force_terminal=True, color_system="truecolor")
    print_map(load_map("five-crowns"), console)
    lines = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in page.getvalue().splitlines()]
    picture = [line for line in lines if "▀" in line]
    assert len(picture) >= 8
    assert set(map(len, picture)) == {min(columns, 2 * len(load_map("five-crowns").grid[0]))}


@pytest.mark.parametrize("columns", [20, 60, 200])
def test_a_drawn_map_fits_the_terminal(columns: int) -> None:
    import io

    from rich.cells import cell_len
    from rich.console import Console

    from game import load_map

    page = io.StringIO()
    print_map(load_map("europe-1909"), Console(file=page, width=columns))
    assert max(cell_len(line) for line in page.getvalue().splitlines()) <= columns


def test_what_a_map_says_is_text_and_never_markup(run: Commands, tmp_path: Path) -> None:
    data = json.loads(starter_text())
    data["title"] = "[bold]Title[/] [/b] \\"
    data["states"]["NOR"]["leader"] = "[@click=app.quit]x[/]"
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(data))
    shown = run("maps", "show", path).out
    assert "[bold]Title[/] [/b] \\" in shown
    assert "[@click=app.quit]x[/]" in shown
    assert "[bold]Title[/] [/b] \\" in run("autoplay", path, "--turns", 1).out
