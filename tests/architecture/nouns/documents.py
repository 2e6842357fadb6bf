"""Official documents and /verify/; see also seminars for papers of their own."""

from tests.architecture.site_map import PUBLIC
from tests.factories.issued_documents import IssuedDocumentFactory
from tests.factories.jobs import JobFactory
from volunteer_network.access.roles import Capability

CALLED_BY = {
    PUBLIC: {"verify:ask", "verify:detail"},
    Capability.MAKE_DOCUMENTS: {
        "reports:make-plan-document",
        "reports:new",
        "verify:withdraw",
    },
    Capability.MAKE_DOCUMENTS_OF_ALL: {"reports:bundle-new"},
}
OF_AN_OWNER = {"verify:withdraw": lambda rows: {"serial": rows.more["document"].serial}}
OF_NOBODY = {"verify:detail": lambda rows: {"serial": rows.more["document"].serial}}
IMPERSONAL = {
    "IssuedDocument": {
        *("as_of", "digest", "issued_at", "kind", "serial", "state", "withdrawal_reason"),
    },
}


def make(province, *, officer, volunteer):
    job = JobFactory(province=province, requested_by=officer)
    return {"document": IssuedDocumentFactory(province_id=province.pk, job=job.pk)}
