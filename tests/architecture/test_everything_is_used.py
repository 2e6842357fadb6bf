"""No template, style, script or picture that nobody uses; and none used that is not there."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from tests.architecture.sources import modules, static_files, templates, tree_of
from volunteer_network.startup.places import BASE_DIR
from volunteer_network.ui.browser_packages import FILES

OF_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
PACKAGES = ("allauth", "django.forms", "django.contrib.admin", "crispy_bootstrap5")
LOADED = re.compile(r"""\{%-?\s*(?:extends|include|import|from|lean)\s+["']([^"']+)["']""")
STATIC = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")


def strings_of(path: Path) -> set[str]:
    """The strings of a module; f-strings with the module's own constants and strings filled in."""
    tree = tree_of(path)
    plain = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    constants = {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }
    filled = {
        text
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for text in _filled(node, constants, plain)
    }
    return plain | filled


def _filled(node: ast.JoinedStr, constants: dict[str, object], plain: set[str]) -> set[str]:
    texts = {""}
    for part in node.values:
        if isinstance(part, ast.Constant):
            endings = {str(part.value)}
        elif isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name):
            known = constants.get(part.value.id)
            endings = {str(known)} if known else {one for one in plain if one.endswith(".html")}
        else:
            endings = {""}
        texts = {text + ending for text in texts for ending in endings}
    return texts


def named_in_code() -> set[str]:
    return {text.partition("#")[0] for path in modules() for text in strings_of(path)}


def named_in_templates() -> set[str]:
    return {name for path in templates().values() for name in LOADED.findall(path.read_text())}


def of_a_package(name: str) -> bool:
    """Whether it stands in for a template that a package looks for."""
    roots = [Path(find_spec(one).origin).parent for one in PACKAGES]
    return any((root / kind / name).exists() for root in roots for kind in ("templates", "jinja2"))


def test_every_template_is_used():
    used = named_in_code() | named_in_templates() | OF_DJANGO

    assert [name for name in templates() if name not in used and not of_a_package(name)] == []


def test_every_template_that_is_named_exists():
    named = {name.partition("#")[0] for name in named_in_templates()}

    assert sorted(one for one in named if one not in templates() and not of_a_package(one)) == []


@pytest.mark.parametrize(
    "name", [name for name, path in templates().items() if "jinja2" not in path.parts]
)
def test_every_template_compiles(name):
    get_template(name)


def test_every_static_file_that_is_named_exists():
    named = {name for path in templates().values() for name in STATIC.findall(path.read_text())}

    assert sorted(name for name in named if finders.find(name) is None) == []


def test_every_static_file_is_used():
    texts = [
        *(path.read_text() for path in templates().values()),
        *(path.read_text() for path in (BASE_DIR / "static").rglob("*.css")),
        *(path.read_text() for path in (BASE_DIR / "static").rglob("*.js")),
        *(path.read_text() for path in modules()),
    ]
    used = "\n".join(texts)

    assert [name for name in static_files() if not re.search(_mention(name), used)] == []


def _mention(name: str) -> str:
    """The whole name, or `./file.js` as its neighbours import it."""
    return rf"""["'](?:{re.escape(name)}|\./{re.escape(Path(name).name)})["'#]"""


def test_every_package_file_for_browsers_is_used():
    texts = [
        *(path.read_text() for path in templates().values()),
        *(path.read_text() for path in (BASE_DIR / "static").rglob("*.css")),
        *(path.read_text() for path in modules() if path.stem != "browser_packages"),
    ]
    used = "\n".join(texts)

    unused = [name for name in FILES if name.removeprefix("vendor/") not in used]
    assert [name for name in unused if not imported_by_a_neighbour(name)] == []


def imported_by_a_neighbour(name: str) -> bool:
    """Whether another file of the same package imports it, as modules do."""
    folder = name.rpartition("/")[0]
    neighbours = [one for one in FILES if one != name and one.rpartition("/")[0] == folder]
    mention = re.compile(_mention(name))
    return any(mention.search(Path(finders.find(one)).read_text()) for one in neighbours)
