"""The register as an official document."""

from reports.kinds import VOLUNTEER_REGISTER
from tests.factories import UserFactory, VolunteerFactory
from tests.reports.papers.reading import read
from volunteer_network.models import IssuedDocument


def test_the_register_is_signed_and_has_a_serial(make, chiang_mai, chiang_mai_officer):
    VolunteerFactory.create_batch(3, province=chiang_mai)

    job = make(VOLUNTEER_REGISTER, province=50)
    text, _reader, _content = read(job)

    assert IssuedDocument.objects.get(job=job.pk).serial in text
    assert chiang_mai_officer.display_name in text
    assert text.count("ลงชื่อ") == 3


def test_a_head_is_not_guessed_where_there_are_two(make, chiang_mai):
    for name in ("คนแรกหัวหน้า", "คนหลังหัวหน้า"):
        UserFactory(province=chiang_mai, role="provincial_head", last_name=name)
    VolunteerFactory(province=chiang_mai)

    text, _reader, _content = read(make(VOLUNTEER_REGISTER, province=50))

    assert "หัวหน้า" not in text
