"""Two sealing keys live at once, and everything moves from the older to the newer."""

import pytest

from tests.factories import CaseClientFactory, VolunteerFactory
from volunteer_network import sealing
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import CaseClient, Volunteer
from volunteer_network.services.resealing import (
    keys_fit_the_register,
    reseal_clients,
    reseal_volunteers,
)


def test_resealing_moves_every_row_to_the_newest_key(committed, keys):
    volunteer = VolunteerFactory()
    digits = opened(volunteer)
    new_key = sealing.add_sealing_key(keys)

    with as_owner():
        done = reseal_volunteers()

    (keys / "sealing-1.key").unlink()
    sealing.forget_keys()
    row = reloaded(volunteer)
    assert (done.seen, done.changed) == (1, 1)
    assert sealing.key_id_of(bytes(row.national_id_sealed)) == new_key
    assert opened(row) == digits


def test_resealing_again_changes_nothing(committed, keys):
    VolunteerFactory()

    with as_owner():
        done = reseal_volunteers()

    assert (done.seen, done.changed) == (1, 0)


def test_contacts_of_clients_move_too(committed, keys):
    client = CaseClientFactory()
    new_key = sealing.add_sealing_key(keys)

    with as_owner():
        done, again = reseal_clients(), reseal_clients()

    assert (done.changed, again.changed) == (1, 0)
    with as_owner():
        token = bytes(CaseClient.objects.get(pk=client.pk).sealed)
    assert sealing.key_id_of(token) == new_key
    assert "ป้าสมใจ" in sealing.unseal(token, table="case.client", row=str(client.reference))


def test_a_history_keeps_no_sealed_value():
    fields = {field.name for field in Volunteer.pgh_event_model._meta.get_fields()}

    assert not {name for name in fields if name.endswith("_sealed")}


@pytest.mark.parametrize("lost", ["sealing-1.key", "index.key"])
def test_keys_of_another_site_are_noticed_before_anything_runs(committed, keys, lost):
    VolunteerFactory()
    (keys / lost).write_bytes(b"x" * 32)
    sealing.forget_keys()

    with as_owner():
        assert not keys_fit_the_register()


def test_our_own_keys_fit(committed, keys):
    VolunteerFactory()

    with as_owner():
        assert keys_fit_the_register()


def opened(volunteer):
    return sealing.unseal(
        bytes(volunteer.national_id_sealed), table="volunteer", row=str(volunteer.person)
    )


def reloaded(volunteer):
    with open_scope(NATION):
        return Volunteer.objects.get(pk=volunteer.pk)
