"""Importing what others publish: ids, names, owners, TopoJSON, clips; no land given away."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from command import Commands
from hypothesis import given, settings
from hypothesis import strategies as st

from game.maps.check import check_map
from game.maps.geojson import ImportProblem, PropertyNames, import_map

shapely = pytest.importorskip("shapely")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


def ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def land(*boxes: tuple[float, ...], id: object = None, **properties: Any) -> dict[str, Any]:
    feature: dict[str, Any] = {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring(*box)] for box in boxes]},
    }
    return feature if id is None else feature | {"id": id}


def write(path: Path, *features: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return path


def cell_counts(document: dict[str, Any]) -> dict[str, int]:
    legend = document["legend"]
    width = len(next(iter(legend)))
    counts: dict[str, int] = {}
    for row in document["grid"]:
        for at in range(0, len(row), width):
            place = legend[row[at : at + width]].get("province")
            if place:
                counts[place] = counts.get(place, 0) + 1
    return counts


def test_an_exclave_stays_with_its_state(tmp_path: Path) -> None:
    """Alaska beside Canada, Kaliningrad beside Poland: no land changes hands unasked."""
    path = write(
        tmp_path / "x.geojson",
        land((0, 0, 10, 5), (0, 10, 3, 13), id="usa", name="Usa"),
        land((0, 5, 10, 10), (3, 10, 10, 13), id="can", name="Can"),
    )
    result = import_map(path, rows=26)
    counts = cell_counts(result.document)
    assert counts["usa"] / sum(counts.values()) == pytest.approx(59 / 130, abs=0.01)
    assert not any("given" in line for line in result.report)


@given(st.floats(0.15, 0.7), st.integers(10, 40))
@settings(max_examples=15, deadline=None)
def test_a_thin_land_keeps_its_share_of_the_cells(
    tmp_path_factory: pytest.TempPathFactory, width: float, rows: int
) -> None:
    """Chile: most of its cells are mostly its neighbour's, or the sea's."""
    path = write(
        tmp_path_factory.mktemp("thin") / "x.geojson",
        land((0, 0, width, 20), id="thin"),
        land((width, 0, 12, 20), id="wide"),
    )
    result = import_map(path, rows=rows)
    counts = cell_counts(result.document)
    wanted = width / 12 * sum(counts.values())
    assert abs(counts["thin"] - wanted) <= max(1, 0.15 * wanted)


def test_a_grid_grows_until_each_state_keeps_its_share(tmp_path: Path) -> None:
    lands = [land((x, y, x + 1.3, y + 0.7), id=f"{x}-{y}") for x in range(5) for y in range(5)]
    path = write(tmp_path / "x.geojson", *lands)
    counts = cell_counts(import_map(path).document)
    mean = sum(counts.values()) / 25
    assert all(abs(count - mean) <= 0.15 * mean for count in counts.values())


def test_what_a_small_grid_cannot_keep_is_said(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x.geojson",
        land((0, 0, 30, 12), id="a", name="Aland"),
        *(land((x, 12, x + 0.8, 12.6), id=f"i{x}", name=f"Isle {x}") for x in range(0, 30, 3)),
    )
    report = import_map(path, rows=13).report
    assert "10 states have less land than a cell; each is drawn as one." in report


@pytest.mark.parametrize(
    ("features", "ids"),
    [
        ([land((0, 0, 4, 4), id="076"), land((4, 0, 8, 4), id=12)], ["076", "12"]),
        ([land((0, 0, 4, 4), name="Côte d'Or"), land((4, 0, 8, 4), name="B")], ["cote-d-or", "b"]),
        ([land((0, 0, 4, 4), id="3", name="A"), land((4, 0, 8, 4), id="3", name="B")], ["3", "b"]),
        ([land((0, 0, 4, 4), ISO_A3="AAA"), land((4, 0, 8, 4), ISO_A3="-99", NAME="B")],
         ["AAA", "b"]),
    ],
    ids=["RFC 7946 ids", "names alone", "an id twice", "Natural Earth"],
)  # fmt: skip
def test_ids_are_found_where_others_write_them(
    tmp_path: Path, features: list[dict[str, Any]], ids: list[str]
) -> None:
    document = import_map(write(tmp_path / "x.geojson", *features)).document
    assert list(document["provinces"]) == ids
    errors = [p for p in check_map(json.dumps(document).encode()) if p.severity == "error"]
    assert errors == []


def test_without_an_owner_each_feature_is_a_state_named_like_it(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x.geojson",
        land((0, 0, 4, 4), id="1", name="Aland"),
        land((4, 0, 6, 4), id="2", name="Bland"),
    )
    result = import_map(path)
    states = result.document["states"]
    assert [state["name"] for state in states.values()] == ["Aland", "Bland"]
    provinces = result.document["provinces"]
    assert provinces["1"]["owner"] == "1"
    assert provinces["1"]["population"] == pytest.approx(2 * provinces["2"]["population"], rel=0.1)
    assert result.report == [
        "No table of states and no weights: population and industry follow area."
    ]


def test_the_properties_can_be_named(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x.geojson",
        land((0, 0, 4, 4), iso="AA", called="Aland", region="North"),
        land((4, 0, 8, 4), iso="BB", called="Bland", region="North"),
        land((0, 4, 8, 8), iso="CC", called="Cland", region="South"),
    )
    names = PropertyNames("iso", "called", "region")
    document = import_map(path, names=names, title="Two Regions").document
    assert document["title"] == "Two Regions"
    assert list(document["states"]) == ["North", "South"]
    assert document["provinces"]["AA"]["name"] == "Aland"
    with pytest.raises(ImportProblem) as caught:
        import_map(path, names=PropertyNames(owner="regoin"))
    assert str(caught.value) == (
        f"{path}: --owner: no feature has a property 'regoin'; did you mean region?"
    )


def test_a_table_is_joined_by_id_or_by_name(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x.geojson",
        land((0, 0, 4, 4), id="032", name="Argentina"),
        land((4, 0, 8, 4), id="076", name="Brazil"),
    )
    table = tmp_path / "states.csv"
    table.write_text("id,name,population,industry,army,fleet\nARG,Argentina,38,40,80,30\n"
                     "BRA,Brazil,200,150,300,50\n")  # fmt: skip
    document = import_map(path, states=table).document
    assert document["provinces"]["032"]["owner"] == "ARG"
    assert document["provinces"]["076"]["population"] == 200
    assert document["states"]["BRA"]["army"] == 300
    table.write_text("id,name\nARG,Argentina\nBRA,Brasil\n")
    with pytest.raises(ImportProblem) as caught:
        import_map(path, states=table)
    assert str(caught.value) == (
        f"{table}: column 'id' has no '076', which owns the province '076' (Brazil)"
    )


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("id,name,populaton", "no column is named 'populaton'; did you mean population?"),
        ("id,name,government", "no column is named 'government'; known: id, name, capital, year"),
        ("id,name,army,army_thousands", "the column 'army_thousands' is there twice"),
        ("id,capital", "the column 'name' is missing"),
    ],
)
def test_a_misnamed_column_is_an_error(tmp_path: Path, header: str, said: str) -> None:
    path = write(tmp_path / "x.geojson", land((0, 0, 4, 4), id="A"), land((4, 0, 8, 4), id="B"))
    table = tmp_path / "states.csv"
    table.write_text(header + "\nA,Aland,1,2\nB,Bland,1,2\n")
    with pytest.raises(ImportProblem) as caught:
        import_map(path, states=table)
    assert str(caught.value).startswith(f"{table}: line 1: {said}")


TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
    "arcs": [
        [[8, 0], [0, 8]],
        [[8, 8], [-8, 0], [0, -8], [8, 0]],
        [[8, 0], [4, 0], [0, 8], [-4, 0]],
    ],
    "objects": {
        "coast": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": []}]},
        "lands": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "id": "w", "properties": {"name": "West"}},
                {
                    "type": "MultiPolygon",
                    "arcs": [[[2, -1]]],
                    "id": "e",
                    "properties": {"name": "East"},
                },
            ],
        },
    },
}


def test_topojson_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(TOPOLOGY))
    result = import_map(path, rows=8)
    counts = cell_counts(result.document)
    assert counts["w"] == pytest.approx(2 * counts["e"], rel=0.05)
    assert result.document["provinces"]["w"]["name"] == "West"
    with pytest.raises(ImportProblem, match=r"no layer 'sea'; its layers: coast, lands"):
        import_map(path, layer="sea")
    path.write_text(json.dumps(TOPOLOGY | {"arcs": [[[8, 0]]]}))
    with pytest.raises(ImportProblem, match="TopoJSON whose arcs or transform cannot be followed"):
        import_map(path)


def test_a_clip_keeps_what_lies_inside_and_says_what_it_cut(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x.geojson",
        land((0, 0, 4, 4), id="a", name="A"),
        land((4, 0, 8, 4), id="b", name="B"),
        land((20, 0, 24, 4), id="c", name="C"),
    )
    result = import_map(path, clip=(0, 0, 6, 4))
    counts = cell_counts(result.document)
    assert set(counts) == {"a", "b"}
    assert counts["a"] == pytest.approx(2 * counts["b"], rel=0.1)
    assert "Outside the clip: 1 of 3 features were left out." in result.report
    assert "Cut by the clip: B (50% kept)." in result.report


def test_a_land_across_the_date_line_is_no_belt_around_the_world(tmp_path: Path) -> None:
    crossing = land(id="f", name="Fiji")
    crossing["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[178, -18], [-179, -18], [-179, -16], [178, -16], [178, -18]]],
    }
    path = write(tmp_path / "x.geojson", crossing, land((-60, -20, 60, 20), id="b"))
    counts = cell_counts(import_map(path, rows=40).document)
    degrees = 3 * 2 * counts["b"] / (120 * 40)
    assert counts["f"] <= max(4, math.ceil(2 * degrees))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "a zip archive; unpack it and name the file inside"),
        (b"\x00\x00\x27\x0arest", "a shapefile; convert it first: ogr2ogr provinces.geojson x"),
        (b'{"type": "Feature"}', "a FeatureCollection (or TopoJSON) is expected, found 'Feature'"),
        (b'{"format": 1, "grid": [], "legend": {}}', "this is a map already"),
    ],
)
def test_another_kind_of_file_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(ImportProblem) as caught:
        import_map(path)
    assert said in str(caught.value)


def test_the_command_writes_over_nothing_unasked(run: Commands, tmp_path: Path) -> None:
    path = write(tmp_path / "x.geojson", land((0, 0, 4, 4), id="A"), land((4, 0, 8, 4), id="B"))
    out = tmp_path / "out.json"
    out.write_text("mine")
    run("maps", "import", path, "-o", out).refused(1, "out.json", "is there already", "--force")
    assert out.read_text() == "mine"
    assert run("maps", "import", path, "-o", out, "--force", "--title", "T").status == 0
    assert json.loads(out.read_text())["title"] == "T"


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--clip", "1,2,3"), ("WEST,SOUTH,EAST,NORTH",)),
        (("--clip", "9,2,3,4"), ("west < east",)),
        (("--rows", "4000"), ("400 at most",)),
        (("--projection", "round"), ("flat", "conic")),
    ],
)
def test_wrong_options_are_refused(
    run: Commands, tmp_path: Path, option: tuple[str, ...], words: tuple[str, ...]
) -> None:
    path = write(tmp_path / "x.geojson", land((0, 0, 4, 4), id="A"), land((4, 0, 8, 4), id="B"))
    run("maps", "import", path, "-o", tmp_path / "o.json", *option).refused(2, *words)
