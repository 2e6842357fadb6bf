import factory

from volunteer_network.access.roles import PROVINCIAL_ROLES, Role
from volunteer_network.models import ActingHead, Province, User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"officer{n}")
    title = "นางสาว"
    first_name = "ปาณิสรา"
    last_name = "ทองประเสริฐ"
    role = Role.MENTOR
    province = factory.LazyAttribute(
        lambda user: Province.objects.get(pk=50) if user.role in PROVINCIAL_ROLES else None
    )
    password = factory.django.Password("a-long-enough-secret")


class ActingHeadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActingHead

    user = factory.SubFactory(UserFactory)
    province = factory.SelfAttribute("user.province")
    named_by = factory.SelfAttribute("user")
