"""Volunteers of two provinces whose activities are counted."""

from datetime import date

from tests.factories import ActivityFactory
from volunteer_network.access.scope import Scope, ScopeRole
from volunteer_network.enums import Category

CHIANG_MAI = 50
SONGKHLA = 90
CHIANG_MAI_SCOPE = Scope(ScopeRole.PROVINCE, (CHIANG_MAI,))
MONTHS = [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
PERIOD = {"month_from": MONTHS[0], "month_to": MONTHS[-1]}
CATEGORIES = [Category.SAFETY, Category.SOCIAL_SECURITY]


def scope_of(volunteer):
    return Scope(ScopeRole.PROVINCE, (volunteer.province_id,))


def log(cast, who=0, on_date=MONTHS[0], category=CATEGORIES[0], **fields):
    volunteer = cast.volunteers[who]
    officer = cast.officers[volunteer.province_id]
    return ActivityFactory(
        volunteer=volunteer, on_date=on_date, category=category, recorded_by=officer, **fields
    )
