"""Asking for the documents of all provinces, and making them."""

import io
import zipfile

from reports.enums import BundleKind, PlanState
from reports.services.documents import Wanted, ask_for_bundle
from volunteer_network import uploads
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import Job
from volunteer_network.services import jobs

PLANS = Wanted(kind=BundleKind.PLAN, fiscal_year=2570, quarter=1)


SENT = {"state": PlanState.SENT}


def run(whole):
    with open_scope(NATION):
        parts = list(Job.objects.parts_of(whole.pk))
    for part in parts:
        jobs.run_job(part.pk)
    jobs.run_job(whole.pk)
    with open_scope(NATION):
        return Job.objects.get(pk=whole.pk)


def ask(by, wanted=PLANS):
    with open_scope(by.scope):
        return ask_for_bundle(wanted=wanted, by=by)


def content_of(job):
    assert job.state == JobState.DONE, job.failure
    return zipfile.ZipFile(io.BytesIO(uploads.open_stored(job.result).read()))


CHOSEN = {
    "kind": "plan",
    "fiscal_year": "2570",
    "quarter": "1",
    "digits": "arabic",
    "file": "pdf",
}
