"""The home page: what waits for whoever is signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from volunteer_network.access.guards import everyone
from volunteer_network.access.requests import StaffRequest
from volunteer_network.ui.registry import tiles_for


@everyone
def home(request: StaffRequest) -> HttpResponse:
    tiles = tiles_for(request.user)
    turn = next((tile for tile in tiles if tile.figures.my_turn), None)
    context = {
        "today": timezone.localdate(),
        "now": timezone.now(),
        "turn": turn,
        "tiles": [tile for tile in tiles if tile is not turn],
        "only_figures": bool(tiles) and not any(tile.figures.waits for tile in tiles),
        "waiting": sum(1 for tile in tiles if tile.figures.waits and tile.figures.number),
    }
    return render(request, "volunteer_network/home.html", context)
