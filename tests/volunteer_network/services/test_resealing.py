"""Two sealing keys live at once, and everything moves from the older to the newer."""

import os
import time
from base64 import urlsafe_b64decode
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command

from tests.factories import CaseClientFactory, OutgoingMailFactory, UserFactory, VolunteerFactory
from tests.factories.imports import ImportBatchFactory, ImportRowFactory
from tests.locks import while_held
from volunteer_network import sealing, uploads
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.models import CaseClient, ImportBatch, ImportRow, OutgoingMail, Volunteer
from volunteer_network.services.import_files import keep_file, open_file, reseal_imports
from volunteer_network.services.outgoing_mail import SEALED_LINK
from volunteer_network.services.resealing import (
    CLIENTS,
    LINKS,
    VOLUNTEERS,
    WORK_ENDS_WITHIN,
    keys_fit_the_register,
    values_by_key,
)
from volunteer_network.services.sealed_values import BATCH, reseal_table


def national_id():
    row = VolunteerFactory(digits="1509900123451")
    return _opener(Volunteer, row.pk, "national_id_sealed", "volunteer", row.person)


def account_number():
    row = VolunteerFactory()
    token = sealing.seal("123-4-56789-0", table="volunteer.bank_account", row=str(row.person))
    with as_owner():
        Volunteer.objects.filter(pk=row.pk).update(bank_account_sealed=token)
    return _opener(Volunteer, row.pk, "bank_account_sealed", "volunteer.bank_account", row.person)


def contact():
    row = CaseClientFactory()
    return _opener(CaseClient, row.pk, "sealed", "case.client", row.reference)


def link():
    row = OutgoingMailFactory()
    with open_scope(NATION):
        row.secret_sealed = sealing.seal("https://…", table=SEALED_LINK, row=str(row.pk))
        row.save(update_fields=["secret_sealed"])
    return _opener(OutgoingMail, row.pk, "secret_sealed", SEALED_LINK, row.pk)


def second_factor():
    app = TOTP.activate(UserFactory(), "JBSWY3DPEHPK3PXP").instance

    def token_and_text():
        app.refresh_from_db()
        token = urlsafe_b64decode(app.data["secret"])
        return token, sealing.unseal(token, table="mfa_authenticator", row="secret")

    return token_and_text


def import_row():
    row = ImportRowFactory()
    return _opener(ImportRow, row.pk, "sealed", "import.row", row.place)


def import_file():
    batch = ImportBatchFactory(stored=keep_file(b"PK\x03\x04 names"))

    def token_and_text():
        with as_owner():
            name = ImportBatch.objects.get(pk=batch.pk).stored
        with uploads.open_stored(name) as file:
            return file.read()[16:], open_file(name)

    return token_and_text


def _opener(model, pk, column, table, bound_to):
    def token_and_text():
        with as_owner():
            token = bytes(getattr(model.objects.get(pk=pk), column))
        return token, sealing.unseal(token, table=table, row=str(bound_to))

    return token_and_text


PLACE_OF = {
    national_id: "volunteers",
    account_number: "volunteers",
    contact: "clients of cases",
    link: "links in waiting mail",
    second_factor: "second factors",
    import_row: "rows and files of imports",
    import_file: "rows and files of imports",
}
EVERYTHING = tuple(PLACE_OF)


def reseal(**options):
    out = StringIO()
    call_command("reseal", stdout=out, **options)
    return out.getvalue()


def let_work_end(keys):
    """As if the newest key had come long ago."""
    ago = time.time() - WORK_ENDS_WITHIN.total_seconds() - 1
    newest = max(keys.glob("sealing-*.key"))
    os.utime(newest, (ago, ago))


@pytest.mark.parametrize("made", EVERYTHING)
def test_everything_opens_when_the_older_key_is_gone(committed, own_keys, made):
    token_and_text = made()
    _token, text = token_and_text()

    reseal(new_key=True)
    (own_keys / "sealing-1.key").unlink()

    token, opened = token_and_text()
    assert (sealing.key_id_of(token), opened) == (2, text)


@pytest.mark.parametrize("made", EVERYTHING)
def test_whatever_bears_a_key_is_counted(committed, own_keys, made):
    token_and_text = made()

    with as_owner():
        counted = values_by_key()

    assert sealing.key_id_of(token_and_text()[0]) == 1
    assert counted.keys() == {1}
    assert PLACE_OF[made] in counted[1]


def test_what_was_sealed_between_two_runs_keeps_the_older_key_until_the_second(committed, own_keys):
    reseal(new_key=True)
    let_work_end(own_keys)
    token = b"\x01" + sealing.seal("x", table=SEALED_LINK, row="0")[1:]
    row = OutgoingMailFactory()
    with open_scope(NATION):
        OutgoingMail.objects.filter(pk=row.pk).update(secret_sealed=token)

    said = reseal()

    assert "links in waiting mail: 1 seen, 0 sealed anew, 1 could not be opened." in said
    assert "Keep sealing-1.key: links in waiting mail (1) still need it." in said


def test_a_new_key_does_not_free_the_older_one_while_work_goes_on(committed, own_keys):
    said = reseal(new_key=True)
    assert "Sealing key 2 is the current one." in said
    assert "Keep sealing-1.key for now" in said
    assert "Run reseal again in 60 minutes." in said

    let_work_end(own_keys)

    said = reseal()
    assert "Nothing bears sealing-1.key any more: it may be removed" in said


def test_a_key_that_is_needed_and_gone_is_named(committed, own_keys):
    national_id()
    sealing.add_sealing_key(own_keys)
    (own_keys / "sealing-1.key").unlink()

    said = reseal()

    assert "volunteers (1) need sealing-1.key, which is not there: bring it back" in said


def test_with_one_key_nothing_is_said_of_removing(committed, own_keys):
    national_id()

    assert "sealing-1.key" not in reseal()


def test_a_third_key_is_refused_in_words(committed, own_keys):
    reseal(new_key=True)

    with pytest.raises(CommandError, match=r"remove sealing-1\.key"):
        reseal(new_key=True)


@pytest.mark.parametrize(("columns", "made"), [(VOLUNTEERS, national_id), (CLIENTS, contact)])
def test_resealing_again_changes_nothing(committed, own_keys, columns, made):
    made()
    sealing.add_sealing_key(own_keys)

    with as_owner():
        done, again = reseal_table(columns), reseal_table(columns)

    assert (done.seen, done.changed, again.changed) == (1, 1, 0)


def test_an_import_of_many_rows_is_resealed_whole(committed, own_keys):
    batch = ImportBatchFactory()
    ImportRowFactory.create_batch(BATCH + 1, batch=batch)
    sealing.add_sealing_key(own_keys)

    with as_owner():
        done, again = reseal_imports(), reseal_imports()

    assert (done.changed, again.changed) == (BATCH + 1, 0)


def test_an_import_whose_file_was_dropped_is_passed_over(committed, own_keys):
    batch = ImportBatchFactory(stored=keep_file(b"x"))
    uploads.remove(batch.stored)

    assert "rows and files of imports: 0 seen" in reseal(new_key=True)
    with pytest.raises(FileNotFoundError):
        uploads.open_stored(batch.stored)


def reseal_as_the_system(reseal_them):
    def call():
        with open_scope(SYSTEM):
            return reseal_them()

    return call


def test_a_link_that_goes_out_meanwhile_is_not_put_back(committed, own_keys):
    link()
    sealing.add_sealing_key(own_keys)

    done = while_held(
        lambda: OutgoingMail.objects.update(secret_sealed=None),
        reseal_as_the_system(lambda: reseal_table(LINKS)),
    )

    with open_scope(NATION):
        assert OutgoingMail.objects.get().secret_sealed is None
    assert done.changed == 0


def test_a_file_that_is_dropped_meanwhile_is_not_written_again(committed, own_keys):
    batch = ImportBatchFactory(stored=keep_file(b"names"))
    sealing.add_sealing_key(own_keys)

    done = while_held(
        lambda: ImportBatch.objects.filter(pk=batch.pk).update(stored=""),
        reseal_as_the_system(reseal_imports),
        then=lambda: uploads.remove(batch.stored),
    )

    assert done.seen == 0
    with pytest.raises(FileNotFoundError):
        uploads.open_stored(batch.stored)


def test_a_history_keeps_no_sealed_value():
    fields = {field.name for field in Volunteer.pgh_event_model._meta.get_fields()}

    assert not {name for name in fields if name.endswith("_sealed")}


@pytest.mark.parametrize("lost", ["sealing-1.key", "index.key"])
def test_keys_of_another_site_are_noticed_before_anything_runs(committed, own_keys, lost):
    VolunteerFactory()
    (own_keys / lost).write_bytes(b"x" * 32)
    sealing.forget_keys()

    with as_owner():
        assert not keys_fit_the_register()


def test_our_own_keys_fit(committed, own_keys):
    VolunteerFactory()

    with as_owner():
        assert keys_fit_the_register()
