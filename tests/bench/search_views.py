"""What plain Django needs to answer the same question: the same rows, and a small page."""

from django.http import HttpResponse

from tests.bench.views import _templates
from volunteer_network.access.scope import open_scope
from volunteer_network.models import Volunteer
from volunteer_network.ui.keyset import PAGE_SIZE
from volunteer_network.ui.registry import search_sources
from volunteer_network.views.search import MOST_ON_THE_PAGE


def bare_search(request):
    """Every source that the person may ask, behind the middleware of `startproject`."""
    words = request.GET["q"]
    with open_scope(request.user.scope):
        hits = [
            hit
            for source in search_sources(request.user)
            for hit in source.find(request.user, words, MOST_ON_THE_PAGE + 1)
        ]
    return _page(request, [(hit.label, hit.detail) for hit in hits])


def bare_register(request):
    """One query of the register, without what else its page shows."""
    with open_scope(request.user.scope):
        rows = Volunteer.objects.visible_to(request.user).matching(request.GET["q"])
        found = list(rows.order_by("sort_key", "pk").values_list("first_name", "last_name"))
    return _page(request, found[:PAGE_SIZE])


def _page(request, rows):
    template = _templates().get_template("bench/bare_list.html")
    return HttpResponse(template.render({"rows": rows}, request))
