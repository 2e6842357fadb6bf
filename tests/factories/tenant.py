from contextlib import nullcontext

import factory

from volunteer_network.access.scope import NATION, Scope, ScopeRole, current_scope, open_scope


class TenantFactory(factory.django.DjangoModelFactory):
    """Writes as an officer of the row's own province would; without a province, as the centre."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        province = kwargs.get("province_id") or getattr(kwargs.get("province"), "pk", None)
        scope = Scope(ScopeRole.PROVINCE, (province,)) if province else NATION
        with nullcontext() if current_scope() else open_scope(scope):
            return super()._create(model_class, *args, **kwargs)


class NationFactory(factory.django.DjangoModelFactory):
    """Writes as the centre would."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with nullcontext() if current_scope() else open_scope(NATION):
            return super()._create(model_class, *args, **kwargs)
