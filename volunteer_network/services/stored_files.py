"""Keeping photos beside the rows they belong to."""

from functools import partial

from django.db import transaction

from volunteer_network import uploads
from volunteer_network.models import Activity, StoredFile, User, Volunteer
from volunteer_network.uploads import CleanPhoto

CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def replace_photo(owner: Volunteer | Activity, photo: CleanPhoto | None, *, by: User) -> None:
    """Give a row its photo; the one before goes, with its file, when the change is committed."""
    if photo is None:
        return
    before = owner.photo
    name = uploads.store(photo.content, photo.extension)
    owner.photo = StoredFile.objects.create(
        province_id=owner.province_id,
        name=name,
        content_type=CONTENT_TYPES[photo.extension],
        size=len(photo.content),
        uploaded_by=by,
    )
    owner.save(update_fields=["photo"])
    if before:
        remove_file(before)


def remove_file(file: StoredFile) -> None:
    """Delete the row now and the bytes once that is certain."""
    name = file.name
    file.delete()
    transaction.on_commit(partial(uploads.remove, name), robust=True)
