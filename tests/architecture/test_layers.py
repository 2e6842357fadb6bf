"""What each layer leaves to another: views do not write, services know no pages, SQL is plain."""

import ast
import re

import pytest

from tests.architecture.sources import (
    APPS,
    called,
    calls_in,
    imported_by,
    modules,
    name_of,
    templates,
    tree_of,
)

WRITING = {
    *("save", "create", "bulk_create", "get_or_create", "update_or_create"),
    *("update", "bulk_update", "delete", "atomic", "select_for_update", "execute", "as_owner"),
}
NEVER_CALLED = {"extra", "raw", "RawSQL", "mark_safe"}
# Where SQL is put together, and why nothing typed by a person can reach it.
SQL_FROM_PARTS = {
    "volunteer_network/access/row_security.py": "tables and rights that the models declare",
    "volunteer_network/startup/bootstrap.py": "names of roles, quoted by psycopg",
    "volunteer_network/startup/backups/database_copies.py": "names of tables, quoted by psycopg",
    "volunteer_network/startup/backups/restore.py": "names of databases, quoted by psycopg",
    "volunteer_network/startup/backups/swap.py": "names of databases, quoted by psycopg",
    "volunteer_network/bulk_insert.py": "names of tables and columns, quoted by psycopg",
    "volunteer_network/services/case_figures.py": "constants of case_figures_sql, with parameters",
    "volunteer_network/services/figures/keeping.py": "constants of figures_sql, with parameters",
    "volunteer_network/services/figures/reading.py": "constants of figures_sql, with parameters",
    "volunteer_network/services/figures/two_years.py": "constants of figures_sql, with parameters",
    "reports/queries/dashboards.py": "one constant of the module, values as parameters",
    "volunteer_network/services/fiscal_strips.py": "one constant of the module",
    "volunteer_network/services/known_ids.py": "two constants of the module, values as parameters",
    "mentors/demo/months.py": "constants of the module; the owner's command",
    "mentors/services/month_reasons.py": "one constant of months_sql, values as parameters",
    "mentors/services/months.py": "one constant of months_sql, values as parameters",
    "mentors/services/receipts.py": "constants of receipts_sql, values as parameters",
    "volunteer_network/advisory_locks.py": "constants of the module, values as parameters",
    "volunteer_network/models/users.py": "one constant of the module, values as parameters",
    "volunteer_network/demo/copying.py": "names of tables, quoted by psycopg; the owner's command",
    "volunteer_network/demo/country.py": "constants; the owner's command",
}
OPENS_THE_NATION = {
    "volunteer_network/management/commands/check_restored.py": "which months a restore recounts",
    "mentors/services/receipts.py": "the nightly recount of the nation's receipts",
    "volunteer_network/services/case_figures.py": "the nightly recount of the figures of cases",
    "volunteer_network/services/accounts.py": "stops the unfinished jobs of a closed account",
    "volunteer_network/services/figures/keeping.py": "the nightly recount of the nation's figures",
}
COMPARES_ROLES = {
    "volunteer_network/models/users.py": "where a role becomes a scope",
    "volunteer_network/accounts.py": "whose sign-in needs a second factor",
    "volunteer_network/services/accounts.py": "which place an account of a role must have",
    "volunteer_network/services/acting_heads.py": "who can stand in for a head",
    "volunteer_network/demo/accounts.py": "invented people",
    "reports/documents/signatures.py": "who signs in the head's stead",
}


@pytest.mark.parametrize("path", modules("views", "forms", "templatetags", "ui"), ids=name_of)
def test_pages_do_not_write(path):
    written = [call.lineno for call in calls_in(path) if writes(call)]

    assert written == []
    assert "django.db.transaction" not in imported_by(path)


def writes(call: ast.Call) -> bool:
    """Attributes of a widget and a query may be filled; rows may not."""
    target = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    return called(call) in WRITING and not target.endswith(("attrs", "query"))


@pytest.mark.parametrize("path", modules("services", "queries", "models"), ids=name_of)
def test_services_and_models_know_no_pages(path):
    above = re.compile(rf"^({'|'.join(APPS)})\.(views|forms|urls|templatetags)\b|^django\.forms\b")

    assert sorted(name for name in imported_by(path) if above.search(name)) == []


@pytest.mark.parametrize("path", modules("models", "enums", "access"), ids=name_of)
def test_models_know_no_services(path):
    above = re.compile(rf"^({'|'.join(APPS)})\.services\b")

    assert sorted(name for name in imported_by(path) if above.search(name)) == []


def test_the_core_knows_no_higher_app():
    higher = ("mentors", "seminars", "reports")
    found = [
        (name_of(path), name)
        for path in modules()
        if name_of(path).startswith("volunteer_network/")
        for name in imported_by(path)
        if name.partition(".")[0] in higher
    ]

    assert found == []


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_nothing_goes_around_escaping_of_html_or_sql(path):
    found = [(called(call), call.lineno) for call in calls_in(path) if called(call) in NEVER_CALLED]

    assert found == []


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_sql_is_written_out(path):
    """A string literal at the call; where it comes from elsewhere, the file is in the list."""
    built = [call.lineno for call in calls_in(path) if called(call) == "execute" and is_built(call)]

    assert built == [] or name_of(path) in SQL_FROM_PARTS


def test_the_list_of_files_that_build_sql_is_no_longer_than_needed():
    building = {
        name_of(path)
        for path in modules()
        for call in calls_in(path)
        if called(call) == "execute" and is_built(call)
    }

    assert building == SQL_FROM_PARTS.keys()


def is_built(call: ast.Call) -> bool:
    return not (call.args and isinstance(call.args[0], ast.Constant))


def test_the_scope_of_the_nation_is_opened_by_few():
    """A door beside both walls: whoever opens it stands in the list with a reason."""
    opening = {
        name_of(path)
        for path in modules()
        for call in calls_in(path)
        if called(call) == "open_scope" and "NATION" in ast.unparse(call)
    }

    assert opening == OPENS_THE_NATION.keys()


def test_few_are_cleared_for_a_moment():
    """A door beside the restricted wall: one service may write what its person may not read."""
    calling = {
        name_of(path)
        for path in modules()
        for call in calls_in(path)
        if called(call) == "cleared_for_a_moment"
    }

    assert calling == {"volunteer_network/services/case_openings.py"}


def test_roles_are_compared_by_few():
    """Who may do what is asked with `can()`: a comparison of roles is a second table of rights."""
    comparing = {
        name_of(path)
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Compare)
        and re.search(r"(?<!scope)\.role\b", ast.unparse(node.left))
        and "ScopeRole" not in ast.unparse(node)
    }

    assert comparing == COMPARES_ROLES.keys()


# Widths that a Word file reads too; papers are no pages, and no policy forbids it to them.
WIDTH_ON_PAPER = re.compile(r'<col style="width: [\d.]+%">')


@pytest.mark.parametrize("name", [name for name in templates() if name.endswith(".html")])
def test_a_template_escapes_and_brings_no_script_or_style(name):
    text = templates()[name].read_text()

    assert re.findall(r"\|\s*safe\b|autoescape\s+(?:off|false)|<style\b", text) == []
    assert re.findall(r"\s(?:style|on[a-z]+)\s*=\s*[\"']", WIDTH_ON_PAPER.sub("", text)) == []
    assert re.findall(r"<script\b(?![^>]*\bsrc=)", text) == []
    assert re.findall(r"(?:src|href)=[\"'](?:https?:)?//", text) == []
