"""What a bare Django project would do at the door: the same lock, the same row, the same log."""

from django.db import transaction
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from seminars.models import CheckIn, Registration
from volunteer_network.models import AuditEvent


@require_POST
def check_in(request):
    """Session, user, one transaction, a line of text."""
    user = request.user
    with transaction.atomic():
        person = (
            Registration.objects.select_for_update(of=("self",))
            .select_related("participant_class", "province")
            .get(code=request.POST["code"])
        )
        known = CheckIn.objects.filter(
            session=request.POST["session"], registration=person
        ).first() or CheckIn(
            session_id=request.POST["session"],
            registration=person,
            province_id=person.province_id,
            seminar_id=person.seminar_id,
        )
        known.way, known.noted_by, known.undone_at = "scan", user, None
        known.save()
        AuditEvent.objects.create(verb="check_in.noted", actor=user.pk, target=str(known.pk))
    return HttpResponse(f"{person.display_name} {person.participant_class} {person.province}")


urlpatterns = [
    path("bench/check-in/", check_in),
    path("health/live", lambda request: HttpResponse("up")),
]
