"""One search over people, places, pages and things to do; the palette asks for its part only."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from volunteer_network.access.guards import everyone
from volunteer_network.access.requests import StaffRequest
from volunteer_network.ui.searching import answer_for

PALETTE = "X-Palette"  # sent by static/js/palette.js
MOST_ON_THE_PAGE, MOST_IN_THE_PALETTE = 10, 5


@everyone
@require_safe
@vary_on_headers(PALETTE)
def search(request: StaffRequest) -> HttpResponse:
    palette = PALETTE in request.headers
    most = MOST_IN_THE_PALETTE if palette else MOST_ON_THE_PAGE
    answer = answer_for(request.user, request.GET.get("q", ""), most=most)
    part = "_options.html" if palette else "page.html"
    return render(request, f"volunteer_network/search/{part}", {"answer": answer})
