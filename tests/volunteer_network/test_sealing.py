import stat

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from volunteer_network import sealing
from volunteer_network.sealing import KeyFault, MissingKey, SealBroken

NATIONAL_ID = "1509900123451"


@pytest.fixture
def keys(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    sealing.create_missing_keys(settings.KEYS_DIR)
    yield settings.KEYS_DIR
    sealing.forget_keys()


@pytest.fixture(scope="module")
def shared_keys(tmp_path_factory):
    """Keys for property tests, whose many examples share one function-scoped fixture anyway."""
    directory = tmp_path_factory.mktemp("data") / "keys"
    sealing.create_missing_keys(directory)
    return directory


def sealed(text=NATIONAL_ID):
    return sealing.seal(text, table="volunteer", row="17")


@pytest.mark.usefixtures("keys")
def test_a_sealed_text_opens_for_its_own_row():
    token = sealed("เลขที่ ๑๒")

    assert sealing.unseal(token, table="volunteer", row="17") == "เลขที่ ๑๒"


@pytest.mark.usefixtures("keys")
def test_a_token_read_as_memoryview_opens_too():
    assert sealing.unseal(memoryview(sealed()), table="volunteer", row="17") == NATIONAL_ID


@pytest.mark.usefixtures("keys")
def test_sealing_twice_gives_two_tokens_that_do_not_show_the_text():
    first, second = sealed(), sealed()

    assert first != second
    assert NATIONAL_ID.encode() not in first


@pytest.mark.parametrize(
    ("table", "row"),
    [("volunteer", "18"), ("person", "17"), ("volunteer1", "7"), ("", "volunteer17")],
)
@pytest.mark.usefixtures("keys")
def test_a_token_moved_to_another_row_or_table_does_not_open(table, row):
    token = sealed()

    with pytest.raises(SealBroken):
        sealing.unseal(token, table=table, row=row)


@pytest.mark.usefixtures("keys")
def test_a_token_altered_in_any_byte_does_not_open():
    token = sealed()

    for position in range(len(token)):
        altered = bytearray(token)
        altered[position] ^= 1
        with pytest.raises((SealBroken, MissingKey)):
            sealing.unseal(bytes(altered), table="volunteer", row="17")


@pytest.mark.usefixtures("keys")
def test_a_torn_token_does_not_open():
    token = sealed()

    for length in range(len(token)):
        with pytest.raises(SealBroken):
            sealing.unseal(token[:length], table="volunteer", row="17")


def test_a_token_relabelled_with_another_live_key_does_not_open(keys):
    token = sealed()
    (keys / "sealing-2.key").write_bytes((keys / "sealing-1.key").read_bytes())
    (keys / "sealing-2.key").chmod(0o600)
    sealing.forget_keys()

    with pytest.raises(SealBroken):
        sealing.unseal(b"\x02" + token[1:], table="volunteer", row="17")


@given(text=st.text(max_size=60), table=st.text(max_size=12), row=st.text(max_size=12))
def test_any_text_survives_sealing(shared_keys, text, table, row):
    with override_settings(KEYS_DIR=shared_keys):
        token = sealing.seal(text, table=table, row=row)

        assert sealing.unseal(token, table=table, row=row) == text


def test_after_rotation_new_tokens_use_the_new_key_and_old_ones_still_open(keys):
    old = sealed()

    assert sealing.add_sealing_key(keys) == 2
    new = sealed()

    assert (sealing.key_id_of(old), sealing.key_id_of(new)) == (1, 2)
    assert sealing.current_key_id() == 2
    assert sealing.unseal(old, table="volunteer", row="17") == NATIONAL_ID
    assert sealing.unseal(new, table="volunteer", row="17") == NATIONAL_ID


def add_key_elsewhere(directory, number):
    """As another process does it: nothing here is told to forget what it has read."""
    path = directory / f"sealing-{number}.key"
    path.write_bytes(bytes([number]) * 32)
    path.chmod(0o600)


def test_a_key_added_by_another_process_seals_from_that_moment_on(keys):
    old = sealed()  # this process has now cached one key

    add_key_elsewhere(keys, 2)

    new = sealed()
    assert (sealing.key_id_of(old), sealing.key_id_of(new)) == (1, 2)
    assert sealing.unseal(old, table="volunteer", row="17") == NATIONAL_ID
    assert sealing.unseal(new, table="volunteer", row="17") == NATIONAL_ID


def test_a_key_that_was_removed_elsewhere_opens_nothing_any_more(keys):
    old = sealed()
    add_key_elsewhere(keys, 2)
    sealed()

    (keys / "sealing-1.key").unlink()

    with pytest.raises(MissingKey, match=r"sealing-1\.key"):
        sealing.unseal(old, table="volunteer", row="17")


def test_a_new_key_leaves_nothing_half_written_and_replaces_nothing(keys):
    sealing.add_sealing_key(keys)

    names = {path.name for path in keys.iterdir()}
    assert names == {"index.key", "sealing-1.key", "sealing-2.key", "secret.key"}
    with pytest.raises(FileExistsError):
        sealing._write_new_key(keys / "sealing-2.key", b"x" * 32)
    assert {path.name for path in keys.iterdir()} == names


def test_a_third_sealing_key_waits_until_the_first_is_gone(keys):
    sealing.add_sealing_key(keys)

    with pytest.raises(KeyFault, match=r"remove sealing-1\.key"):
        sealing.add_sealing_key(keys)

    (keys / "sealing-1.key").unlink()
    assert sealing.add_sealing_key(keys) == 3


def test_a_value_whose_key_is_gone_names_the_file_to_bring_back(keys):
    token = sealed()
    sealing.add_sealing_key(keys)
    (keys / "sealing-1.key").unlink()

    with pytest.raises(MissingKey, match=r"sealing-1\.key"):
        sealing.unseal(token, table="volunteer", row="17")


@pytest.mark.usefixtures("keys")
def test_the_blind_index_is_equal_only_for_equal_numbers():
    index = sealing.blind_index(NATIONAL_ID)

    assert len(index) == 32
    assert index == sealing.blind_index(NATIONAL_ID)
    assert index != sealing.blind_index("1509900123450")


def test_the_blind_index_depends_on_its_own_key_alone(keys):
    before = sealing.blind_index(NATIONAL_ID)
    sealing.add_sealing_key(keys)
    after_rotation = sealing.blind_index(NATIONAL_ID)
    (keys / "index.key").write_bytes(bytes(32))
    sealing.forget_keys()

    assert after_rotation == before
    assert sealing.blind_index(NATIONAL_ID) != before


def test_first_start_makes_three_different_keys_for_the_owner_only(keys):
    files = sorted(keys.iterdir())

    assert [file.name for file in files] == ["index.key", "sealing-1.key", "secret.key"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert len({file.read_bytes() for file in files}) == 3
    assert len(sealing.django_secret(keys)) >= 50


def test_a_second_start_changes_no_key(keys):
    before = {file.name: file.read_bytes() for file in keys.iterdir()}

    sealing.create_missing_keys(keys)

    assert {file.name: file.read_bytes() for file in keys.iterdir()} == before


def test_other_secrets_in_the_directory_do_not_count_as_keys(tmp_path):
    (tmp_path / "app.password").write_text("x")

    sealing.create_missing_keys(tmp_path)

    assert (tmp_path / "sealing-1.key").is_file()


@pytest.mark.parametrize("lost", ["sealing-1.key", "index.key", "secret.key"])
def test_a_start_with_a_lost_key_stops_and_makes_nothing(keys, lost):
    (keys / lost).unlink()
    left = sorted(keys.iterdir())

    with pytest.raises(MissingKey, match=lost.replace(".", r"\.")):
        sealing.create_missing_keys(keys)

    assert sorted(keys.iterdir()) == left


def test_a_start_after_rotation_needs_only_the_newer_sealing_key(keys):
    sealing.add_sealing_key(keys)
    (keys / "sealing-1.key").unlink()

    sealing.create_missing_keys(keys)

    assert not (keys / "sealing-1.key").exists()


@pytest.mark.parametrize("lost", ["sealing-1.key", "index.key"])
def test_nothing_is_sealed_while_a_key_is_missing(keys, lost):
    (keys / lost).unlink()
    sealing.forget_keys()

    with pytest.raises(MissingKey):
        sealed()


@pytest.mark.parametrize("name", ["sealing-1.key", "index.key"])
def test_a_key_that_others_may_read_is_refused(keys, name):
    (keys / name).chmod(0o640)
    sealing.forget_keys()

    with pytest.raises(KeyFault, match="chmod 600"):
        sealed()


def test_a_key_of_the_wrong_length_is_refused(keys):
    (keys / "sealing-1.key").write_bytes(b"short")
    sealing.forget_keys()

    with pytest.raises(KeyFault, match="32 bytes"):
        sealed()


def test_a_key_ring_does_not_show_its_keys(keys):
    ring = sealing._key_ring()

    assert repr(ring.index) not in repr(ring)
    assert repr(ring.sealing[1]) not in repr(ring)
