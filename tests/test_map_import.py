"""Maps from GeoJSON and CSV: what is kept, what is mended, what is refused and how."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.maps.check import check_map
from game.maps.geojson import ImportProblem, SeaPoint, import_map

pytest.importorskip("shapely")

STATES = """id,name,capital,year,population_millions,urban_millions,industry_per_mille_of_world,\
army_thousands,military_spending_per_mille_of_world,fleet_index,polity2,map
AAA,Alphaland,West town,1900,30,3,40,200,10,20,8,on
BBB,Betaland,East,1900,20,2,10,100,5,5,-9,on
CCC,Faraway,Port,1900,90,9,99,50,9,30,,off
"""
TREATIES = "parties,obligation,signed\nAAA BBB,defense,1890\nBBB AAA,neutrality,1890\n"
RIVALRIES = "a,b,kind\nAAA,BBB,spatial\n"


def box(west: float, south: float, east: float, north: float) -> list[list[list[float]]]:
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(id: str, owner: str | None, *boxes: tuple[float, ...], **more: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"id": id, "name": id.title(), "owner": owner, **more},
        "geometry": {"type": "MultiPolygon", "coordinates": [box(*part) for part in boxes]},
    }


def two_lands() -> list[dict[str, Any]]:
    return [
        feature("west", "AAA", (0, 0, 4, 4), population_weight=2.0, town=[1.0, 1.0]),
        feature("north", "AAA", (0, 4, 8, 7), population_weight=1.0, terrain="hills"),
        feature("east", "BBB", (4, 0, 8, 4)),
    ]


Files = Callable[..., dict[str, Path]]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    def write(features: Any, **tables: str) -> dict[str, Path]:
        geojson = tmp_path / "two-lands.geojson"
        data = {"type": "FeatureCollection", "features": features}
        geojson.write_text(features if isinstance(features, str) else json.dumps(data), "utf-8")
        paths = {"geojson": geojson}
        for name, text in tables.items():
            paths[name] = tmp_path / f"{name}.csv"
            paths[name].write_text(text, "utf-8")
        return paths

    return write


def cells(document: dict[str, Any]) -> list[list[str | None]]:
    legend = document["legend"]
    width = len(next(iter(legend)))
    return [
        [legend[row[at : at + width]].get("province") for at in range(0, len(row), width)]
        for row in document["grid"]
    ]


def borders(document: dict[str, Any]) -> set[frozenset[str]]:
    grid = cells(document)
    pairs = set()
    for row, line in enumerate(grid):
        for column, here in enumerate(line):
            for down, across in ((1, 0), (0, 1)):
                if row + down < len(grid) and column + across < len(line):
                    there = grid[row + down][column + across]
                    if here and there and here != there:
                        pairs.add(frozenset((here, there)))
    return pairs


def test_import_makes_a_valid_map(files: Files):
    paths = files(two_lands(), states=STATES, treaties=TREATIES, rivalries=RIVALRIES)
    result = import_map(**paths)
    problems = check_map(json.dumps(result.document).encode())
    assert [p for p in problems if p.severity == "error"] == []
    assert result.report == []
    assert result.document["id"] == "two-lands"
    assert result.document["calendar"]["start"] == 1900
    assert result.document["states"]["AAA"]["capital"] == "west"
    assert result.document["states"]["CCC"]["committed"] == 0
    assert result.document["states"]["CCC"]["population"] == 90
    assert result.document["provinces"]["north"]["terrain"] == "hills"
    assert result.document["treaties"] == [
        {"parties": ["AAA", "BBB"], "obligations": ["defense", "neutrality"], "signed": 1890}
    ]
    assert result.document["rivalries"] == [["AAA", "BBB"]]


def test_import_without_tables_still_plays(files: Files):
    result = import_map(**files(two_lands()))
    problems = check_map(json.dumps(result.document).encode())
    assert [p for p in problems if p.severity == "error"] == []


def test_totals_are_spread_by_weight_and_rounded(files: Files):
    provinces = import_map(**files(two_lands(), states=STATES)).document["provinces"]
    assert provinces["west"]["population"] == 20
    assert provinces["north"]["population"] == 10
    assert provinces["west"]["industry"] == provinces["north"]["industry"] == 20


def test_grid_borders_are_the_sources(files: Files):
    document = import_map(**files(two_lands(), states=STATES)).document
    assert borders(document) == {
        frozenset(pair) for pair in (("west", "north"), ("west", "east"), ("north", "east"))
    }


def test_no_province_vanishes_however_small(files: Files):
    speck = feature("speck", "BBB", (20, 0, 20.01, 0.01))
    document = import_map(**files([*two_lands(), speck], states=STATES)).document
    assert sum(line.count("speck") for line in cells(document)) == 1


def test_channel_narrower_than_a_cell_stays_open(files: Files):
    """Land that does not touch in the source must not touch on the grid."""
    lands = [
        feature("left", "AAA", (0, 0, 3.95, 8)),
        feature("right", "BBB", (4.05, 0, 8, 8)),
    ]
    document = import_map(**files(lands, states=STATES), rows=10).document
    assert borders(document) == set()


def test_border_that_cells_cannot_show_becomes_a_strait(files: Files):
    """A spit of land thinner than half a cell drowns on the grid; the border it made stays."""
    lands = [
        feature("left", "AAA", (0, 0, 8, 8)),
        feature("right", "BBB", (8, 3.78, 16, 4.22), (16, 0, 24, 8)),
    ]
    result = import_map(**files(lands, states=STATES), rows=4)
    assert borders(result.document) == set()
    assert result.document["straits"] == [["left", "right"]]
    assert "a strait joins them" in result.report[0]


def test_sliver_on_a_neighbours_coast_goes_to_the_neighbour_only_when_asked(files: Files):
    lands = [
        feature("island", "AAA", (0, 0, 4, 4), (6, 0, 6.5, 4), town=[2.0, 2.0]),
        feature("coast", "BBB", (6.5, 0, 12, 4)),
    ]
    paths = files(lands, states=STATES)
    assert borders(import_map(**paths).document) == {frozenset(("island", "coast"))}
    result = import_map(**paths, give_slivers=True)
    assert borders(result.document) == set()
    assert result.report == ["A sliver of Island beside Coast was given to Coast (11% of Island)."]


def test_water_belongs_to_the_nearest_named_sea_by_water(files: Files):
    """A wall parts two seas: cells just west of it are the western sea's, though it is far."""
    wall = [
        feature("wall", "AAA", (9, 0, 10, 10)),
        feature("foot", "BBB", (0, -1, 20, 0)),
        feature("roof", "BBB", (0, 10, 20, 11)),
    ]
    seas = [SeaPoint(0.5, 5, "West Sea"), SeaPoint(10.8, 5, "East Sea")]
    document = import_map(**files(wall, states=STATES), seas=seas, rows=24).document
    legend = document["legend"]
    width = len(next(iter(legend)))
    middle = document["grid"][12]
    line = [legend[middle[at : at + width]] for at in range(0, len(middle), width)]
    found = [entry["sea"] for entry in line if "sea" in entry]
    assert found == sorted(found, reverse=True)
    assert set(found) == {"west-sea", "east-sea"}
    at_wall = next(index for index, entry in enumerate(line) if "province" in entry)
    assert line[at_wall - 1] == {"sea": "west-sea"}


def test_legend_keys_are_all_of_one_length(files: Files):
    many = [
        feature(
            f"place-{row}-{column}", "AAA" if row else "BBB", (column, row, column + 1, row + 1)
        )
        for row in range(12)
        for column in range(12)
    ]
    legend = import_map(**files(many, states=STATES)).document["legend"]
    assert {len(key) for key in legend} == {2}
    assert len(legend) == 144


@example(squares={(0, row) for row in range(5)}, rows=4)
@given(
    squares=st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=20),
    rows=st.integers(4, 24),
)
@settings(max_examples=40, deadline=None)
def test_squares_border_on_the_grid_as_they_do_on_the_ground(
    tmp_path_factory: pytest.TempPathFactory, squares: set[tuple[int, int]], rows: int
):
    """Every province has a cell; what borders in the source does so by cells or strait."""
    lands = [
        feature(f"{x}-{y}", "AAA" if index % 2 else "BBB", (x, y, x + 1, y + 1))
        for index, (x, y) in enumerate(sorted(squares))
    ]
    path = tmp_path_factory.mktemp("squares") / "squares.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": lands}), "utf-8")
    document = import_map(path, rows=rows).document
    drawn = {cell for line in cells(document) for cell in line if cell}
    assert drawn == {f"{x}-{y}" for x, y in squares}
    source = {
        frozenset((f"{x}-{y}", f"{x + right}-{y + up}"))
        for x, y in squares
        for right, up in ((1, 0), (0, 1))
        if (x + right, y + up) in squares
    }
    assert source <= borders(document) | {frozenset(pair) for pair in document["straits"]}


def test_text_from_outside_is_cleaned(files: Files):
    lands = two_lands()
    lands[0]["properties"]["name"] = "We\x1b[31mst\u202e [b]bold[/b]"
    provinces = import_map(**files(lands, states=STATES)).document["provinces"]
    assert provinces["west"]["name"] == "We[31mst [b]bold[/b]"


def test_same_files_give_the_same_map(files: Files):
    paths = files(two_lands(), states=STATES, treaties=TREATIES, rivalries=RIVALRIES)
    assert import_map(**paths) == import_map(**paths)


NOT_A_MAP = [
    ("{", "not JSON"),
    ("[]", "not GeoJSON"),
    ('{"type": "FeatureCollection", "features": []}', "no features"),
    ([{"type": "Feature", "properties": None}], "feature 1: no properties"),
    ([feature("a", "AAA", (0, 0, 1, 1)) | {"geometry": None}], "feature 1 (a): its geometry"),
    ([feature("a", "AAA", (0, 0, 1, 1), terrain="lava")], "'terrain' is 'lava'"),
    ([feature("a", "AAA", (0, 0, 1, 1), population_weight="x")], "'population_weight'"),
    ([feature("a", "AAA", (0, 0, 1, 1), town=[1])], "'town'"),
    ([feature("a\x1b", "AAA", (0, 0, 1, 1))], "feature 1: its id must be"),
    ([feature("", "AAA", (0, 0, 1, 1))], "feature 1: its id must be"),
    ([feature("a", "AAA", (0, 0, 1, 1))] * 2001, "2001 features"),
    ([feature("a", 7, (0, 0, 1, 1))], "'owner'"),  # type: ignore[arg-type]
    ([feature("a", "AAA", (0, 0, 900, 1))], "degrees"),
    ([feature("a", "AAA", (0, 0, 0, 0))], "no area"),
    ([feature("a", "AAA", (0, 0, 1, 1)), feature("a", "BBB", (1, 0, 2, 1))], "used twice"),
    ([feature("a", "AAA", (0, 0, 1, 1))], "two states or more"),
]


@pytest.mark.parametrize(("content", "said"), NOT_A_MAP)
def test_bad_geojson_is_refused_in_one_sentence(files: Files, content: Any, said: str):
    with pytest.raises(ImportProblem) as caught:
        import_map(**files(content))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


BAD_TABLES = [
    ({"states": ""}, "states.csv: empty"),
    ({"states": "id,capital\nAAA,x\n"}, "states.csv: line 1: the column 'name' is missing"),
    ({"states": STATES.replace(",30,", ",many,")}, "line 2: column 'population_millions'"),
    ({"states": STATES.replace(",30,", ",-1,")}, "line 2: column 'population_millions'"),
    ({"states": STATES.replace(",30,", ",nan,")}, "line 2: column 'population_millions'"),
    ({"states": STATES.replace(",8,on", ",8,perhaps")}, "line 2: column 'map' is 'perhaps'"),
    ({"states": STATES.replace("BBB,", "AAA,")}, "line 3: the state 'AAA' is there twice"),
    ({"states": STATES.replace("BBB,", "DDD,")}, "column 'id' has no 'BBB'"),
    ({"states": STATES.replace("off", "on")}, "'CCC' owns no province"),
    ({"states": STATES + "DDD,short\n"}, "line 5: 2 values for 12 columns"),
    ({"states": STATES, "treaties": "parties\nAAA BBB\n"}, "'obligation' is missing"),
    (
        {"states": STATES, "treaties": TREATIES.replace("defense", "love")},
        "treaties.csv: line 2: column 'obligation' is 'love'",
    ),
    ({"states": STATES, "treaties": TREATIES.replace("AAA BBB", "AAA")}, "two states or more"),
    ({"states": STATES, "rivalries": "a,b\nAAA,ZZZ\n"}, "line 2: column 'b' names 'ZZZ'"),
    ({"states": STATES, "rivalries": "a,b\nAAA,AAA\n"}, "its own rival"),
]


@pytest.mark.parametrize(("tables", "said"), BAD_TABLES)
def test_bad_table_is_refused_in_one_sentence(files: Files, tables: dict[str, str], said: str):
    with pytest.raises(ImportProblem) as caught:
        import_map(**files(two_lands(), **tables))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_and_unreadable_files_are_named(tmp_path: Path, files: Files):
    with pytest.raises(ImportProblem, match=r"nowhere\.geojson: No such file"):
        import_map(tmp_path / "nowhere.geojson")
    binary = tmp_path / "binary.geojson"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ImportProblem, match="not a text file in UTF-8"):
        import_map(binary)
    with pytest.raises(ImportProblem, match="Is a directory"):
        import_map(tmp_path)


def test_without_shapely_the_way_out_is_told(files: Files, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "shapely", None)
    with pytest.raises(ImportProblem, match=r"realpolitik\[geo\]"):
        import_map(**files(two_lands()))
