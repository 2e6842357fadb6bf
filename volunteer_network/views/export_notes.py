"""Whoever takes the rows of a list out stands in the audit."""

from collections.abc import Callable

from volunteer_network import audit
from volunteer_network.access.requests import StaffRequest


def noted_as(event: str, **detail: str) -> Callable[[StaffRequest], None]:
    """For `ListPage.note_export`: by whom and by which filters, never what was searched for."""

    def note(request: StaffRequest) -> None:
        audit.record(
            event,
            by=request.user,
            province_code=request.user.province_id,
            detail={**detail, "filters": sorted(request.GET.keys() - {"export"})},
        )

    return note
