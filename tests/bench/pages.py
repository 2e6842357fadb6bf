"""What pages cost, in units of the one-query page."""

import re
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.template import engines

from tests.bench import databases
from tests.bench.measure import compare
from tests.bench.plain_form import PlainForm
from tests.bench.report import Report
from tests.bench.visitor import Visitor, bare_application, counted_queries, our_application
from tests.databases import use
from volunteer_network.forms.volunteers import RegistrationForm
from volunteer_network.models import Province, Subdistrict

MENTOR, CENTRAL = "mentor.chiangmai", "central"
PROVINCE = 50
DEEP = 100
NEXT = re.compile(rb'href="(\?[^"]*)" rel="next"')


def measure_frame(report: Report) -> None:
    """Our frame around one query, and the register, which is fifty rows in it."""
    use(databases.COUNTRY)
    place = Subdistrict.objects.filter(province=PROVINCE).first().pk
    visitor = Visitor(our_application(), MENTOR)
    bare = Visitor(bare_application(), MENTOR)
    unit = partial(visitor.get, f"/bench/page/{place}/")

    frame = compare(unit, partial(bare.get, f"/bench/bare/{place}/"), calls=60)
    report.add("one-query page / bare Django", frame.wall, at_most=2)
    report.add("one-query page / bare Django, application CPU", frame.cpu, at_most=2)
    _count(report, "one-query page, queries", visitor, f"/bench/page/{place}/")

    register = compare(partial(visitor.get, "/volunteers/"), unit, calls=25)
    assert visitor.get("/volunteers/").count(b"data-row-tick") == 50
    report.add("register of 50 rows / one-query page", register.cpu, at_most=3.5)
    _count(report, "register of 50 rows, queries", visitor, "/volunteers/", at_most=8)

    log = compare(partial(visitor.get, "/activities/"), unit, calls=25)
    report.add("activity log of 50 rows / one-query page", log.cpu)
    _count(report, "activity log of 50 rows, queries", visitor, "/activities/")


def measure_depth(report: Report) -> None:
    """The log of a million, of a province and of the nation: page 100, and the odd first.

    Each against page 1 of the order by day.
    """
    use(databases.LARGE_COUNTRY)
    for who, whose in ((MENTOR, "province"), (CENTRAL, "nation")):
        visitor = Visitor(our_application(), who)
        deep = _page(visitor, "/activities/", DEEP)
        ratio = compare(partial(visitor.get, deep), partial(visitor.get, "/activities/"), calls=15)
        report.add(f"log of the {whose}, page {DEEP} / page 1", ratio.wall, at_most=1.5)
        report.add(
            f"log of the {whose}, page {DEEP} / page 1, application CPU", ratio.cpu, at_most=1.5
        )
        odd = partial(visitor.get, "/activities/?sort=odd")
        ratio = compare(odd, partial(visitor.get, "/activities/"), calls=15)
        report.add(f"log of the {whose}, odd first / by day", ratio.wall, at_most=3)


def _page(visitor: Visitor, address: str, number: int) -> str:
    """Leaf through to a page, as there are no page numbers."""
    for _ in range(number - 1):
        found = NEXT.search(visitor.get(address))
        if not found:
            raise RuntimeError(f"{address} has no next page")
        address = "/activities/" + found[1].decode().replace("&amp;", "&")
    return address


def _count(
    report: Report, name: str, visitor: Visitor, address: str, at_most: int | None = None
) -> None:
    with counted_queries() as statements:
        visitor.get(address)
    report.add(name, len(statements), at_most=at_most)


def measure_form(report: Report) -> None:
    """The volunteer form, made and drawn, against its fields as plain Django draws them."""
    use(databases.COUNTRY)
    province = Province.objects.get(pk=PROVINCE)
    django = engines["django"]
    ours = django.from_string(
        "{% load crispy_forms_tags %}{% crispy form %}{{ form.toc }}{{ form.suggestions }}"
    )
    plain = django.from_string(
        "<form method=post>{% csrf_token %}"
        "{% for field in form.visible_fields %}{{ field.as_field_group }}{% endfor %}"
        "<button>OK</button></form>"
    )

    def draw(template, make):
        template.render({"form": make(), "user": AnonymousUser(), "csrf_token": "x" * 64})

    ratio = compare(
        partial(draw, ours, lambda: RegistrationForm(province=province)),
        partial(draw, plain, PlainForm),
        calls=30,
    )
    report.add("volunteer form / plain Django", ratio.cpu, at_most=0.7)
