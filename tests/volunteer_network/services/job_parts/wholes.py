"""Making the parts of a whole, and what became of them."""

from volunteer_network import uploads
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.job_kinds import PartAsked
from volunteer_network.models import Job
from volunteer_network.services import jobs


def asked(count, *, refusing=()):
    return [
        PartAsked(
            title=f"ส่วน {number}", parameters={"number": number, "refuses": number in refusing}
        )
        for number in range(1, count + 1)
    ]


def now(job):
    with open_scope(NATION):
        return Job.objects.get(pk=job.pk)


def parts_of(whole):
    with open_scope(NATION):
        return list(Job.objects.parts_of(whole.pk))


def run_all(whole):
    for part in parts_of(whole):
        jobs.run_job(part.pk)
    jobs.run_job(whole.pk)


def content_of(job):
    return uploads.open_stored(now(job).result).read().decode()
