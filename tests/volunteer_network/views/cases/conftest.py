"""Who looks at cases."""

import pytest

from tests.factories import UserFactory
from volunteer_network.access.roles import Role
from volunteer_network.models import Office


@pytest.fixture
def mentor(chiang_mai_officer):
    return chiang_mai_officer


@pytest.fixture
def officer(chiang_mai):
    office = Office.objects.get(province=chiang_mai, agency="DOE")
    return UserFactory(role=Role.PARTNER_OFFICER, province=chiang_mai, office=office)
