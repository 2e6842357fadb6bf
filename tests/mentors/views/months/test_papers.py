"""The paper of a person's month."""

from django.urls import reverse

from tests.mentors.services.months.reports import report_in, somebody
from tests.mentors.views.months.pages import MONTH


def test_the_paper_tells_the_steps_with_their_reasons(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    for reason in ("ill", "away"):
        client.post(reverse("months:nothing", args=[MONTH, volunteer.pk]), {"because": reason})

    response = client.get(reverse("months:detail", args=[MONTH, volunteer.pk]))

    told = ["ไม่มีผลงาน เพราะป่วย", "ไม่มีผลงาน เพราะไม่อยู่ในพื้นที่"]
    assert [step.reason for step in response.context["paper"].steps] == told
    assert all(words in response.content.decode() for words in told)


def test_a_month_without_steps_tells_them_by_its_pairs(client, officer, chiang_mai):
    volunteer = somebody(chiang_mai)
    report_in("approved", volunteer, officer)

    response = client.get(reverse("months:detail", args=[MONTH, volunteer.pk]))

    assert [step.action for step in response.context["paper"].steps] == [
        "send",
        "certify",
        "approve",
    ]


def test_a_reader_is_offered_nothing_to_do(client, inspector, chiang_mai):
    volunteer = somebody(chiang_mai)
    client.force_login(inspector)

    html = client.get(reverse("months:detail", args=[MONTH, volunteer.pk])).content.decode()

    assert "<form" not in html.split('<main id="main"')[1]
