"""Photos, handed out by a view after the same two walls, never by path."""

from pathlib import PurePath

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from volunteer_network import uploads
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.models import StoredFile


@needs(Capability.VIEW_ACTIVITIES)
def file_detail(request: StaffRequest, pk: int) -> FileResponse:
    file = get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk)
    try:
        content = uploads.open_stored(file.name)
    except FileNotFoundError as missing:
        raise Http404 from missing
    name = f"photo-{pk}{PurePath(file.name).suffix}"
    response = FileResponse(content, content_type=file.content_type, filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
