"""Who looks at the plans."""

import pytest


@pytest.fixture
def centre(client, central_officer):
    client.force_login(central_officer)
    return client


@pytest.fixture
def mentor(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)
    return client
