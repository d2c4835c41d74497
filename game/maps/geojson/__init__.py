"""Making a map from GeoJSON provinces and CSV tables (the optional extra `geo`)."""

from game.maps.geojson.build_map import ImportResult, import_map
from game.maps.geojson.import_problem import ImportProblem
from game.maps.geojson.property_names import PropertyNames
from game.maps.geojson.seas import SeaPoint

__all__ = ["ImportProblem", "ImportResult", "PropertyNames", "SeaPoint", "import_map"]
