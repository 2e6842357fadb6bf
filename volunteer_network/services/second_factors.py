"""Sealing the secrets of the second factor anew, so that an older key can go."""

from base64 import urlsafe_b64decode

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from volunteer_network import sealing

SEALED = ("secret", "seed")  # of the app and of the recovery codes, as allauth names them


@transaction.atomic
def reseal_second_factors() -> int:
    """Seal with the current key whatever an older one sealed; return how many rows changed."""
    changed = 0
    for factor in Authenticator.objects.select_for_update(of=("self",)).order_by("pk"):
        if _reseal(factor):
            factor.save(update_fields=["data"])
            changed += 1
    return changed


def _reseal(factor: Authenticator) -> bool:
    adapter = get_adapter()
    older = [name for name in SEALED if name in factor.data and _is_older(factor.data[name])]
    for name in older:
        factor.data[name] = adapter.encrypt(adapter.decrypt(factor.data[name]))
    return bool(older)


def _is_older(sealed: str) -> bool:
    return sealing.key_id_of(urlsafe_b64decode(sealed)) != sealing.current_key_id()
