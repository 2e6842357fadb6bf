"""Draws with Jinja2 what a page shows by the dozen: it costs a fifth of Django's own templates.

Pages stay Django templates; inside them `{% lean "…/rows.html" rows=rows %}` draws the rows of a
long list. Lean templates lie in `jinja2/`, see only what the tag names, and fail on anything else.
"""

from collections.abc import Hashable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.template.utils import get_app_template_dirs
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation.trans_real import translation
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from volunteer_network import thai_text
from volunteer_network.figure_words import count_in_words, share_in_words
from volunteer_network.templatetags import thai_calendar
from volunteer_network.ui.figures import door

OURS = Path(__file__).resolve().parent.parent / "jinja2"
DJANGOS = Path(forms.__file__).resolve().parent / "jinja2"
DAYS_REMEMBERED = 4096  # a list shows the same days again and again, each in the same words


@cache
def environment() -> Environment:
    """Our templates stand before Django's, so that stock widgets are drawn leanly too."""
    made = Environment(
        autoescape=True,
        auto_reload=settings.DEBUG,  # otherwise each widget would look at the file's date
        cache_size=-1,
        loader=FileSystemLoader([OURS, *get_app_template_dirs("jinja2"), DJANGOS]),
        lstrip_blocks=True,
        trim_blocks=True,
    )
    made.globals["door"] = door
    made.globals["icon_address"] = icon_address
    return made


@cache
def _strict(language: str | None) -> Environment:
    """One for each language: looking it up for each word cost a tenth of a page of figures."""
    words = translation(language or settings.LANGUAGE_CODE)
    strict = environment().overlay(undefined=StrictUndefined)
    strict.globals = {**strict.globals, "_": words.gettext}
    strict.filters = {
        **strict.filters,
        "thai_date": lru_cache(DAYS_REMEMBERED)(thai_calendar.thai_date),
        "thai_unbroken": thai_calendar.thai_unbroken,
        "thousands": thai_text.group_thousands,
        "baht": thai_text.baht,
        "count_in_words": count_in_words,
        "share_in_words": share_in_words,
    }
    return strict


def draw(name: str, **context: Any) -> SafeString:
    """Draw a lean template; it escapes what it is given, as Django's do."""
    return SafeString(_strict(get_language()).get_template(name).render(context))


def draw_once(name: str, **context: Hashable) -> SafeString:
    """The same for parts that pages have alike, kept by everything that they show.

    For figures, not for persons: what is drawn stays in the process.
    """
    return _drawn(name, get_language(), **context)


@lru_cache(maxsize=2048)
def _drawn(name: str, language: str | None, **context: Hashable) -> SafeString:
    return draw(name, **context)


def compile_templates() -> None:
    """Compile all of them, so that the first reader of a page does not wait for it."""
    strict = _strict(get_language())
    for name in strict.list_templates(extensions=["html"]):
        of_forms = name.startswith(("forms/", "django/"))
        (environment() if of_forms else strict).get_template(name)


def icon_address(name: str) -> str:
    return f"{_sprite()}#{name}"


@cache
def _sprite() -> str:
    return static("img/icons.svg")
