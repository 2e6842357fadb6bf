"""Signing in with allauth's own names, and the pages about accounts.

allauth would open some twenty addresses more (sign-up, e-mail, social); only these make sense here.
"""

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as app_views
from axes.decorators import axes_dispatch
from django.urls import include, path

from volunteer_network.views import accounts, acting_heads, home, invitations, people

second_factor = [
    path("authenticate/", axes_dispatch(factor_views.authenticate), name="mfa_authenticate"),
    path("reauthenticate/", axes_dispatch(factor_views.reauthenticate), name="mfa_reauthenticate"),
    path("totp/activate/", app_views.activate_totp, name="mfa_activate_totp"),
    path("totp/deactivate/", app_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/generate/",
        code_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/download/",
        code_views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("", factor_views.index, name="mfa_index"),
]
signing_in = [
    path("login/", accounts.sign_in, name="account_login"),
    path("logout/", account_views.logout, name="account_logout"),
    path("reauthenticate/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account_views.password_change, name="account_change_password"),
    path("2fa/", include(second_factor)),
]
people_urls = [
    path("", people.person_list, name="list"),
    path("new/", people.person_create, name="create"),
    path("<int:pk>/", people.person_detail, name="detail"),
    path("<int:pk>/update/", people.person_update, name="update"),
    path("<int:pk>/deactivate/", people.person_deactivate, name="deactivate"),
    path("<int:pk>/reactivate/", people.person_reactivate, name="reactivate"),
    path("<int:pk>/invite/", people.person_invite, name="invite"),
    path("<int:pk>/invitation/", people.person_invitation, name="invitation"),
    path(
        "<int:pk>/reset-second-factor/",
        people.person_reset_second_factor,
        name="reset_second_factor",
    ),
]
acting_head_urls = [
    path("", acting_heads.acting_head_list, name="list"),
    path("new/", acting_heads.acting_head_create, name="create"),
    path("<int:pk>/revoke/", acting_heads.acting_head_revoke, name="revoke"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("account/", accounts.account, name="account"),
    path("account/mail/", accounts.mail_choose, name="mail_choose"),
    path("account/sessions/<int:pk>/end/", accounts.session_end, name="session_end"),
    path("account/sessions/end-others/", accounts.sessions_end_others, name="sessions_end_others"),
    path("accounts/", include(signing_in)),
    path("acting-heads/", include((acting_head_urls, "acting-heads"))),
    path("invitations/<str:token>/", invitations.invitation_accept, name="invitation"),
    path("people/", include((people_urls, "people"))),
]
