from contextlib import nullcontext

import factory

from volunteer_network.access.scope import Scope, ScopeRole, current_scope, open_scope


class TenantFactory(factory.django.DjangoModelFactory):
    """Writes as an officer of the row's own province would."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        province = kwargs.get("province_id") or kwargs["province"].pk
        scope = Scope(ScopeRole.PROVINCE, (province,))
        with nullcontext() if current_scope() else open_scope(scope):
            return super()._create(model_class, *args, **kwargs)
