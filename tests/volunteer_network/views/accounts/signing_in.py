"""Signing in as somebody would, on one device or another."""

import re

from django.test import Client

from volunteer_network.models import AuditEvent

SECRET = "a-long-enough-secret"
LOGIN = "/accounts/login/"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
NEW_MENTOR = {
    "username": "mentor.chiangmai2",
    "first_name": "เสน่ห์",
    "last_name": "นาคสวัสดิ์",
    "role": "mentor",
    "province": "50",
}


def sign_in(client, username, password=SECRET, query="", **extra):
    return client.post(LOGIN + query, {"login": username, "password": password}, **extra)


def verbs(**wanted):
    return list(
        AuditEvent.objects.filter(province_id=None, **wanted)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def device(username):
    other = Client(headers={"User-Agent": CHROME})
    other.post("/accounts/login/", {"login": username, "password": SECRET})
    return other


def link_on(page):
    return re.search(r"/invitations/[\w-]+/", page.content.decode())[0]
