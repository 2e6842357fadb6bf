"""Photos and papers that officers attach: bytes lie below DATA_DIR/files, rows behind the walls."""

from django.db import models

from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.models.places import Province
from volunteer_network.models.users import User


class StoredFile(models.Model):
    province = models.ForeignKey(Province, models.PROTECT)
    name = models.CharField(max_length=80, unique=True)  # random; never the name it came with
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()  # bytes
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = ProvinceScopedQuerySet["StoredFile"].as_manager()
    wall = TenantWall(province="SELECT, INSERT, DELETE", system="SELECT")
    personal_data: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name
