"""The day, and the mentor who looks at the months."""

import pytest
import time_machine

from tests.mentors.views.months.pages import NOW


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
