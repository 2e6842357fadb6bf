"""Somebody who keeps a door, by the pages that both kinds of desks share."""

from django.urls import reverse

from seminars.qr import badge_text


class Desk:
    def __init__(self, client, place, session):
        self.client, self.place, self.session = client, place, session

    def url(self, page="page"):
        return reverse(f"door:{self.place}-{page}", args=[self.session.seminar_id])

    def get(self, page="page", **query):
        return self.client.get(self.url(page), query)

    def post(self, page, htmx=False, **data):
        headers = {"HX-Request": "true"} if htmx else {}
        data = {"session": self.session.pk, **data}
        return self.client.post(self.url(page), data, headers=headers)

    def scan(self, text, **more):
        return self.post("scan", code=text, **more)


def text_of(response):
    return response.content.decode()


def badge_of(registration):
    return badge_text(registration.seminar_id, registration.code)
