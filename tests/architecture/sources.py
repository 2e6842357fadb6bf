"""The files of the project, as the tests read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from volunteer_network.startup.places import BASE_DIR

APPS = ("volunteer_network", "mentors", "seminars", "reports")


def modules(*parts: str) -> list[Path]:
    """Our Python files; with names of layers, only those of these layers."""
    found = [path for app in APPS for path in sorted((BASE_DIR / app).rglob("*.py"))]
    return [path for path in found if not parts or set(parts) & {*path.parts, path.stem}]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    return str(path.relative_to(BASE_DIR))


def templates() -> dict[str, Path]:
    """Name → file, as the template engines know them."""
    roots = [BASE_DIR / "templates", *(BASE_DIR / app / "jinja2" for app in APPS)]
    return {
        str(path.relative_to(root)): path
        for root in roots
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def static_files() -> list[str]:
    root = BASE_DIR / "static"
    return [str(path.relative_to(root)) for path in sorted(root.rglob("*")) if path.is_file()]


def calls_in(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The last name of what is called: `save` for `row.save()`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def imported_by(path: Path) -> set[str]:
    """Every module and name that a file imports, dotted."""
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
