import factory
from django.utils import timezone

from tests.factories.tenant import TenantFactory
from tests.factories.users import UserFactory
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.models import Printout, SavedView


class SavedViewFactory(TenantFactory):
    class Meta:
        model = SavedView

    owner = factory.SubFactory(UserFactory)
    province = factory.SelfAttribute("owner.province")
    name = factory.Sequence(lambda n: f"มุมมอง {n + 1}")
    path = "/dashboard/"
    query = "quarter=2"


class PrintoutFactory(factory.django.DjangoModelFactory):
    """A page of the country without figures; written as the worker does."""

    class Meta:
        model = Printout

    reference = factory.Sequence(lambda n: f"4K7Q-{n + 1111:04d}")
    as_of = factory.LazyFunction(timezone.now)
    question = factory.LazyFunction(
        lambda: {
            **dict.fromkeys(("quarter", "month", "category", "province")),
            **dict.fromkeys(("region", "cluster"), ""),
            "fiscal_year": 2570,
            "today": "2026-11-20",
            "measure": "people",
        }
    )
    figures = factory.LazyFunction(
        lambda: {
            "provinces": [],
            "months": [[0] * 9] * 12,
            "seminars": [],
            "quarters": [[0, 0]] * 4,
            "budgets": [],
        }
    )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with open_scope(SYSTEM):
            return super()._create(model_class, *args, **kwargs)
