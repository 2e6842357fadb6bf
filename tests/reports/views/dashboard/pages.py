"""Reading the pages of the dashboard."""

import re
from html import unescape

from django.utils import timezone

from reports.enums import PlanState
from tests.architecture.test_pages import Page
from tests.factories import UserFactory
from tests.factories.plans import PlanFactory

CHIANG_MAI, SONGKHLA, BANGKOK = 50, 90, 10


def get(client, user, path):
    client.force_login(user)
    response = client.get(path)
    return response, unescape(response.content.decode()) if not response.streaming else ""


def words(html):
    return " ".join(" ".join(Page(html).words).split())


def key_figure(html, title):
    return re.search(rf'<section class="kpi"[^>]*><h2>{title}.*?<b>([^<]*)</b>', html, re.S)[1]


def approved_plan(province, by):
    """A plan that took all its steps a moment ago."""
    now = timezone.now()
    steps = ("proposed", "agreed", "sent")
    return PlanFactory(
        province=province,
        state=PlanState.APPROVED,
        approved_at=now,
        approved_by=by,
        **{f"{step}_at": now for step in steps},
        **{f"{step}_by": UserFactory() for step in steps},
    )
