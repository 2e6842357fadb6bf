"""Reading a paper that a job has made, and making one without a job."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime

from pypdf import PdfReader

from volunteer_network import uploads
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import User

AT = datetime(2026, 10, 20, 3, tzinfo=UTC)


@dataclass
class Worker:
    """What a kind knows of its job, without a job."""

    person: User
    parameters: dict

    def rights(self):
        return open_scope(self.person.scope)

    def progress(self, done, of, words):
        pass


def read(job):
    assert job.state == JobState.DONE, job.failure
    content = uploads.open_stored(job.result).read()
    reader = PdfReader(io.BytesIO(content))
    return "\n".join(page.extract_text() for page in reader.pages), reader, content
