import factory

from tests.factories.tenant import TenantFactory
from tests.factories.users import UserFactory
from volunteer_network.enums import ImportRowState, ImportState
from volunteer_network.models import ImportBatch, ImportRow
from volunteer_network.models.imports import seal_content


class ImportBatchFactory(TenantFactory):
    class Meta:
        model = ImportBatch

    asked_by = factory.SubFactory(UserFactory)
    province = factory.SelfAttribute("asked_by.province")
    kind = "volunteers"
    file_name = "รายชื่อ.xlsx"
    state = ImportState.READY


class ImportRowFactory(TenantFactory):
    class Meta:
        model = ImportRow

    class Params:
        cells = {"first_name": "สุดา", "last_name": "ใจดี"}

    batch = factory.SubFactory(ImportBatchFactory)
    province = factory.SelfAttribute("batch.province")
    sheet = "รายชื่อ"
    number = factory.Sequence(lambda n: n + 2)
    state = ImportRowState.BAD
    sealed = factory.LazyAttribute(
        lambda row: seal_content(
            {"cells": row.cells, "mended": {}, "mistakes": [["title", "ไม่มีคำนำหน้า"]], "notes": []},
            batch=row.batch.pk,
            sheet=row.sheet,
            number=row.number,
        )
    )
