"""The administrator's pages: who has an account, making, changing, closing and inviting."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from volunteer_network import sealing
from volunteer_network.access.guards import needs, outside_scope
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.errors import RuleViolation
from volunteer_network.forms.people import (
    AccountFilter,
    AccountForm,
    DeactivationForm,
    NewAccountForm,
    initial_of,
)
from volunteer_network.models import InvitationPurpose, User
from volunteer_network.services.accounts import (
    change_account,
    create_account,
    deactivate_account,
    reactivate_account,
    reset_second_factor,
)
from volunteer_network.services.invitations import invite
from volunteer_network.views.conflicts import conflict_of
from volunteer_network.views.people_list import LIST, account_history, matching

FRESH_LINK = "sealed_fresh_link"  # session key: the link is shown on the next page only
SEALED_FRESH_LINK = "session.fresh_link"  # what the seal is bound to, with the account


@needs(Capability.MANAGE_ACCOUNTS)
@outside_scope
def person_list(request: StaffRequest) -> HttpResponseBase:
    filters = AccountFilter(request.GET)
    rows = matching(User.objects.visible_to(request.user), filters.active)
    return LIST.render(request, rows, filters=filters)


@needs(Capability.MANAGE_ACCOUNTS)
@outside_scope
def person_create(request: StaffRequest) -> HttpResponse:
    form = NewAccountForm(request.POST or None)
    form.cancel_url = reverse("people:list")
    if form.is_valid() and (account := form.perform(create_account, by=request.user)):
        _give_link(request, account, InvitationPurpose.WELCOME)
        return redirect("people:invitation", account.pk)
    context = {"form": form}
    status = 422 if form.errors else 200
    return render(request, "volunteer_network/accounts/person_form.html", context, status=status)


@needs(Capability.MANAGE_ACCOUNTS)
@outside_scope
def person_detail(request: StaffRequest, pk: int) -> HttpResponse:
    account = _account(request, pk)
    context = {
        "account": account,
        "invitation": account.invitations.order_by("-made_at").first(),
        "has_second_factor": Authenticator.objects.filter(user_id=account.pk).exists(),
        "history": account_history(account),
        "is_self": account.pk == request.user.pk,
    }
    return render(request, "volunteer_network/accounts/person.html", context)


@needs(Capability.MANAGE_ACCOUNTS)
@outside_scope
def person_update(request: StaffRequest, pk: int) -> HttpResponse:
    account, by = _account(request, pk), request.user
    form = AccountForm(request.POST or None, initial=initial_of(account))
    form.cancel_url = reverse("people:detail", args=[account.pk])
    conflict = None
    if form.is_valid():
        if changed := form.perform(change_account, account=account, by=by):
            messages.success(request, _("บันทึกบัญชี %(name)s แล้ว") % {"name": changed.username})
            return redirect("people:detail", account.pk)
        conflict = conflict_of(form, account, lambda: AccountForm(initial=initial_of(account)))
    context = {"form": form, "account": account, "conflict": conflict}
    status = 422 if form.errors else 200
    return render(request, "volunteer_network/accounts/person_form.html", context, status=status)


@needs(Capability.MANAGE_ACCOUNTS)
@outside_scope
def person_deactivate(request: StaffRequest, pk: int) -> HttpResponse:
    account, by = _account(request, pk), request.user
    form = DeactivationForm(request.POST or None)
    if form.is_valid() and (closed := form.perform(deactivate_account, account=account, by=by)):
        messages.success(request, _("ปิดใช้งานบัญชี %(name)s แล้ว") % {"name": closed.username})
        return redirect("people:detail", account.pk)
    context = {"form": form, "account": account}
    status = 422 if form.errors else 200
    return render(
        request, "volunteer_network/accounts/confirm_deactivate.html", context, status=status
    )


@require_POST
@needs(Capability.MANAGE_ACCOUNTS)
@outside_scope
def person_reactivate(request: StaffRequest, pk: int) -> HttpResponse:
    account = _account(request, pk)

    def reactivate() -> None:
        reactivate_account(account=account, by=request.user)
        _give_link(request, account, InvitationPurpose.WELCOME)

    return _done_or_refused(request, account, reactivate, "people:invitation")


@require_POST
@needs(Capability.MANAGE_ACCOUNTS)
@outside_scope
def person_invite(request: StaffRequest, pk: int) -> HttpResponse:
    """A first link again, or one for a new password when there is a password already."""
    account = _account(request, pk)
    known = account.has_usable_password()
    purpose = InvitationPurpose.RESET if known else InvitationPurpose.WELCOME

    def give_link() -> None:
        _give_link(request, account, purpose)

    return _done_or_refused(request, account, give_link, "people:invitation")


@require_POST
@needs(Capability.MANAGE_ACCOUNTS)
@outside_scope
def person_reset_second_factor(request: StaffRequest, pk: int) -> HttpResponse:
    account = _account(request, pk)

    def reset() -> None:
        reset_second_factor(account=account, by=request.user)
        messages.success(request, _("ล้างขั้นที่สองแล้ว เจ้าของบัญชีจะตั้งใหม่เมื่อเข้าสู่ระบบครั้งหน้า"))

    return _done_or_refused(request, account, reset, "people:detail")


@needs(Capability.MANAGE_ACCOUNTS)
@outside_scope
def person_invitation(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the link once, to copy or print: it cannot be read again."""
    account = _account(request, pk)
    link = _fresh_link(request, account)
    if link is None:
        return redirect("people:detail", account.pk)
    context = {
        "account": account,
        "link": link,
        "invitation": account.invitations.order_by("-made_at").first(),
    }
    return render(request, "volunteer_network/accounts/person_invitation.html", context)


def _account(request: StaffRequest, pk: int) -> User:
    people = User.objects.visible_to(request.user).select_related("province", "office__agency")
    account: User = get_object_or_404(people, pk=pk)
    return account


def _give_link(request: StaffRequest, account: User, purpose: InvitationPurpose) -> None:
    def link_to(token: str) -> str:
        return request.build_absolute_uri(reverse("invitation", args=[token]))

    link = invite(user=account, purpose=purpose, link_to=link_to, by=request.user)
    sealed = sealing.seal(link, table=SEALED_FRESH_LINK, row=str(account.pk))
    request.session[FRESH_LINK] = urlsafe_b64encode(sealed).decode()


def _fresh_link(request: StaffRequest, account: User) -> str | None:
    """Take the link out of the session; None when there is none, or one of another account."""
    kept = request.session.pop(FRESH_LINK, "")
    if not kept:
        return None
    try:
        sealed = urlsafe_b64decode(kept)
        return sealing.unseal(sealed, table=SEALED_FRESH_LINK, row=str(account.pk))
    except sealing.SealBroken:
        return None


def _done_or_refused(
    request: StaffRequest, account: User, action: Callable[[], None], then: str
) -> HttpResponse:
    try:
        action()
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
        then = "people:detail"
    return redirect(then, account.pk)
