"""The modules of this package that a module depends on, found by reading the import statements."""

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import game

PACKAGE = Path(game.__file__).resolve().parent


@lru_cache(maxsize=8)
def sources(module: str, package: Path = PACKAGE) -> Mapping[str, Path]:
    """The source files that a module runs: itself, and all that it imports, directly or not.

    `package` is the folder of the package that `module` (a dotted name) belongs to; modules of
    other packages are left out. Imports inside functions count, those for type checking alone do
    not. A package's `__init__` belongs to each of its modules, as Python runs it first. Returns
    dotted name -> file, sorted by name. Raises ModuleNotFoundError where the package has no such
    module. Read once per process, as the process runs what it has imported.
    """
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        path = _file(name, package)
        if path is None:
            raise ModuleNotFoundError(f"{package} has no module {name}", name=name)
        found[name] = path
        if name != package.name:
            waiting.append(name.rpartition(".")[0])
        within = name if path.name == "__init__.py" else name.rpartition(".")[0]
        for imported in _imports(ast.parse(path.read_bytes(), str(path)), within):
            if _file(imported, package) is not None:
                waiting.append(imported)
    return MappingProxyType(dict(sorted(found.items())))


def _file(name: str, package: Path) -> Path | None:
    """The file of a module of the package; None for any other name."""
    first, *rest = name.split(".")
    if first != package.name:
        return None
    path = package.joinpath(*rest)
    for file in (path / "__init__.py", path.with_suffix(".py")):
        if file.is_file():
            return file
    return None


def _imports(tree: ast.AST, within: str) -> Iterator[str]:
    """Every dotted name that a module imports, or that a `from ... import` could mean by it.

    `within` is the package in which a relative import begins.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = within.split(".")[: 1 - node.level or None] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            yield name
            yield from (f"{name}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for other in node.orelse:
                yield from _imports(ast.Module([other], []), within)
        else:
            yield from _imports(node, within)
