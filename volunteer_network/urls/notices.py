"""Notices and the outbox."""

from django.urls import include, path

from volunteer_network.views import notices, outbox

notice_urls = [
    path("", notices.notice_list, name="list"),
    path("read/", notices.notice_read_all, name="read-all"),
    path("<int:pk>/", notices.notice_open, name="open"),
]
outbox_urls = [
    path("", outbox.mail_list, name="list"),
    path("<int:pk>/", outbox.mail_detail, name="detail"),
    path("<int:pk>/resend/", outbox.mail_resend, name="resend"),
]

urlpatterns = [
    path("notices/", include((notice_urls, "notices"))),
    path("outbox/", include((outbox_urls, "outbox"))),
]
