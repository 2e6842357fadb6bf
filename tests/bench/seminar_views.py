"""What plain Django needs to register a person and to list fifty: no rules, no walls, no history.

The rows lie behind row security, so the views open the scope of the nation as ours do.
"""

from django.db import transaction
from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect

from seminars.models import Registration, SeatCount
from tests.bench.views import _templates
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import AuditEvent
from volunteer_network.thai_text import match_key


def register(request, pk):
    if request.method != "POST":
        template = _templates().get_template("bench/bare_form.html")
        return HttpResponse(template.render({}, request))
    typed = request.POST
    with open_scope(NATION), transaction.atomic():
        count = SeatCount.objects.select_for_update(of=("self",)).get(pk=typed["participant_class"])
        made = Registration.objects.create(
            seminar_id=pk,
            participant_class_id=count.pk,
            first_name=typed["first_name"],
            last_name=typed["last_name"],
            source="centre",
            registered_by_id=request.user.pk,
            match_key=match_key(f"{typed['first_name']} {typed['last_name']}"),
        )
        SeatCount.objects.filter(pk=count.pk).update(taken=F("taken") + 1)
        AuditEvent.objects.create(
            verb="registration.made", actor=request.user.pk, target=str(made.pk)
        )
    return HttpResponseRedirect("/")


def people(request, pk):
    """Fifty people and how many there are, in Django's own template."""
    template = _templates().get_template("bench/bare_people.html")
    with open_scope(NATION):
        rows = Registration.objects.filter(seminar=pk).select_related(
            "province", "participant_class"
        )
        if words := request.GET.get("q"):
            rows = rows.filter(search_text__contains=words)
        context = {"rows": list(rows.order_by("sort_key", "pk")[:50]), "count": rows.count()}
        return HttpResponse(template.render(context, request))
