"""Who looks at the pages."""

import pytest


@pytest.fixture
def officer(client, chiang_mai_officer):
    """The mentor of Chiang Mai, signed in."""
    client.force_login(chiang_mai_officer)
    return chiang_mai_officer
