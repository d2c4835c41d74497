"""Making a map from GeoJSON provinces and CSV tables (the optional extra `geo`)."""

from game.store.mapimport.document import ImportResult, import_map
from game.store.mapimport.problem import ImportProblem
from game.store.mapimport.seas import SeaPoint

__all__ = ["ImportProblem", "ImportResult", "SeaPoint", "import_map"]
