"""What a browser never sends is answered with a list, never with an error of ours."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("province", ["9" * 5000, "99999999999", "0", "x"])
def test_a_forged_province_is_answered_with_the_file(client, central_officer, province):
    """Python refuses to read a number of more than 4,300 digits."""
    client.force_login(central_officer)

    answer = client.post(
        reverse("volunteers:export"), {"everything": "1", "query": f"province={province}"}
    )

    assert answer.status_code == 200
