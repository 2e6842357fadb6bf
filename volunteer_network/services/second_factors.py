"""Sealing the secrets of the second factor anew, so that an older key can go."""

from base64 import urlsafe_b64decode
from collections import Counter

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from volunteer_network import sealing
from volunteer_network.services.sealed_values import Resealed, is_older

SEALED = ("secret", "seed")  # of the app and of the recovery codes, as allauth names them


@transaction.atomic
def reseal_second_factors() -> Resealed:
    """Seal with the current key whatever an older one sealed. Runs as the owner; may run again."""
    done = Resealed()
    for factor in Authenticator.objects.select_for_update(of=("self",)).order_by("pk"):
        done += Resealed(seen=1)
        try:
            if _reseal(factor):
                factor.save(update_fields=["data"])
                done += Resealed(changed=1)
        except (sealing.SealBroken, sealing.MissingKey):
            done += Resealed(unopened=1)
    return done


def keys_of_second_factors() -> Counter[int]:
    """How many secrets bear which key, by its number."""
    return Counter(
        sealing.key_id_of(urlsafe_b64decode(factor.data[name]))
        for factor in Authenticator.objects.order_by("pk")
        for name in _sealed_in(factor)
    )


def _reseal(factor: Authenticator) -> bool:
    adapter = get_adapter()
    older = [name for name in _sealed_in(factor) if is_older(urlsafe_b64decode(factor.data[name]))]
    for name in older:
        factor.data[name] = adapter.encrypt(adapter.decrypt(factor.data[name]))
    return bool(older)


def _sealed_in(factor: Authenticator) -> list[str]:
    return [name for name in SEALED if name in factor.data]
