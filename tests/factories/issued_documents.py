import factory
from django.utils import timezone

from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.models import IssuedDocument


class IssuedDocumentFactory(factory.django.DjangoModelFactory):
    """A valid plan document of Chiang Mai; written as the worker does."""

    class Meta:
        model = IssuedDocument

    kind = "PLN"
    province_id = 50
    fiscal_year = 2570
    edition = factory.Sequence(lambda number: number + 1)
    serial = factory.LazyAttribute(
        lambda row: f"{row.kind}-{row.province_id}-{row.fiscal_year}-{row.edition}-4K7Q"
    )
    as_of = factory.LazyFunction(timezone.now)
    digest = "0" * 64
    job = 0

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with open_scope(SYSTEM):
            return super()._create(model_class, *args, **kwargs)
