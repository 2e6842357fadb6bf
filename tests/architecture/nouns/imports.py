from tests.architecture.canaries import canary_of
from tests.factories.imports import ImportBatchFactory, ImportRowFactory
from tests.factories.seminars import the_seminar_of_all
from volunteer_network.access.roles import Capability, Role

CALLED_BY = {
    Capability.IMPORT_ROWS: {
        *("imports:again", "imports:columns", "imports:detail", "imports:discard", "imports:list"),
        *("imports:mend", "imports:row", "imports:undo", "imports:write"),
    },
    Capability.EDIT_VOLUNTEERS: {"volunteers:import", "volunteers:import-template"},
    Capability.RUN_SEMINARS: {"seminar-imports:create", "seminar-imports:template"},
}
IMPERSONAL = {
    "ImportBatch": {
        *("asked_at", "dropped_at", "kind", "over_at", "refusal", "state", "stored"),
    },
    "ImportRow": {"sheet", "state"},
}


def make(province, *, officer, volunteer):
    batch = ImportBatchFactory(
        province=province, asked_by=officer, file_name=f"{canary_of(province.pk)}.xlsx"
    )
    row = ImportRowFactory(batch=batch, cells={"first_name": canary_of(province.pk)})
    return {"import_batch": batch, "import_row": row, "import_seminar": the_seminar_of_all()}


OF_A_PROVINCE = {
    **{
        f"imports:{name}": lambda rows: {"pk": rows.more["import_batch"].pk}
        for name in ("again", "columns", "detail", "discard", "mend", "undo", "write")
    },
    "imports:row": lambda rows: {
        "pk": rows.more["import_batch"].pk,
        "row": rows.more["import_row"].pk,
    },
}
OF_NOBODY = {"seminar-imports:create": lambda rows: {"pk": rows.more["import_seminar"].pk}}
LISTS = ("/imports/",)


def batches(count, officer):
    ImportBatchFactory.create_batch(count, province=officer.province, asked_by=officer)


LIST_COSTS = {"/imports/": (Role.MENTOR, batches, 10)}
