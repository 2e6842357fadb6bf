import datetime

import factory
from django.utils import timezone

from tests.factories.users import UserFactory
from volunteer_network.models import Invitation, InvitationPurpose
from volunteer_network.models.sign_ins import digest_of


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    class Params:
        token = factory.Sequence(lambda n: f"token-{n}")

    user = factory.SubFactory(UserFactory, password=None)
    purpose = InvitationPurpose.WELCOME
    digest = factory.LazyAttribute(lambda row: digest_of(row.token))
    made_by = factory.SelfAttribute("user")
    expires_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=7))
