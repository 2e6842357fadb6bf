"""A new sealing key takes the secrets of the second factor along."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from tests.factories import UserFactory
from volunteer_network import sealing
from volunteer_network.services.second_factors import reseal_second_factors


def test_app_and_codes_open_when_the_older_key_is_gone(db, own_keys):
    user = UserFactory()
    app, codes = TOTP.activate(user, "JBSWY3DPEHPK3PXP"), RecoveryCodes.activate(user)
    before = codes.get_unused_codes()
    sealing.add_sealing_key(own_keys)

    done, again = reseal_second_factors(), reseal_second_factors()

    (own_keys / "sealing-1.key").unlink()
    app.instance.refresh_from_db()
    codes.instance.refresh_from_db()
    assert (done.changed, again.changed) == (2, 0)
    assert app.instance.wrap().instance.data["secret"]
    assert codes.instance.wrap().get_unused_codes() == before
