"""Filters under a name of one's own."""

from django.db import transaction
from django.utils.translation import gettext as _

from volunteer_network import audit
from volunteer_network.advisory_locks import Lock, wait_in_transaction
from volunteer_network.errors import RuleViolation
from volunteer_network.models import SavedView, User

MOST_VIEWS = 20  # of one person: more are not found again by looking


@transaction.atomic
def save_view(*, name: str, path: str, query: str, by: User) -> SavedView:
    """Keep an address under a name that the person has not used yet."""
    wait_in_transaction(Lock.SAVED_VIEWS_OF, by.pk)
    names = list(SavedView.objects.visible_to(by).values_list("name", flat=True))
    if name in names:
        raise RuleViolation(_("มีมุมมองชื่อนี้แล้ว ตั้งชื่ออื่น หรือลบมุมมองเดิมก่อน"), field="name")
    if len(names) >= MOST_VIEWS:
        raise RuleViolation(
            _("เก็บได้ %(most)d มุมมอง ลบมุมมองที่ไม่ใช้ก่อนแล้วบันทึกใหม่") % {"most": MOST_VIEWS}
        )
    view = SavedView.objects.create(
        name=name, path=path, query=query, owner=by, province_id=by.province_id
    )
    audit.record("view.saved", by=by, target=view, province_code=view.province_id)
    return view


@transaction.atomic
def remove_view(*, view: SavedView, by: User) -> None:
    """Forget it; the page it leads to stays as it is."""
    audit.record("view.removed", by=by, target=view, province_code=view.province_id)
    view.delete()
