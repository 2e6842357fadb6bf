"""Mentors among what people find by search and Ctrl K."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.models import Mentor
from volunteer_network.access.roles import Capability
from volunteer_network.models import User
from volunteer_network.name_search import holding, nearness, words_of
from volunteer_network.ui.registry import Hit, SearchSource, register_search


def register() -> None:
    register_search(
        SearchSource(
            title=gettext_lazy("เจ้าหน้าที่พี่เลี้ยง"),
            icon="user",
            order=40,
            find=mentors,
            needs=Capability.VIEW_MENTORS,
        )
    )


def mentors(user: User, typed: str, most: int) -> list[Hit]:
    """Those who serve before those who have left."""
    words = words_of(typed)
    rows = (
        Mentor.objects.visible_to(user)
        .filter(holding(words))
        .select_related("province")
        .order_by(nearness(words), "-ends_on", "sort_key", "pk")
    )
    return [
        Hit(
            label=mentor.display_name,
            detail=_detail(mentor),
            href=mentor.get_absolute_url(),
        )
        for mentor in rows[:most]
    ]


def _detail(mentor: Mentor) -> str:
    about = [mentor.position, _("จ.%(province)s") % {"province": mentor.province}]
    if mentor.ends_on:
        about.append(_("พ้นแล้ว"))
    return " · ".join(part for part in about if part)
