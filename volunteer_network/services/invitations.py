"""Links with which a person sets the own password: made, mailed, used once."""

import secrets
from collections.abc import Callable

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network import audit
from volunteer_network.access.scope import open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Invitation, InvitationPurpose, User
from volunteer_network.models.notices import LINK_PLACE, LINKS_LIVE
from volunteer_network.models.sign_ins import digest_of
from volunteer_network.services.outgoing_mail import account_mail, queue_with_link
from volunteer_network.services.user_sessions import end_sessions

VALID_FOR = LINKS_LIVE
_TOKEN_BYTES = 24

LinkTo = Callable[[str], str]  # token -> the whole address


@transaction.atomic
def invite(*, user: User, purpose: InvitationPurpose, link_to: LinkTo, by: User) -> str:
    """Return a fresh link and mail it when the person has an address; earlier links end.

    The database keeps a digest, and the link itself sealed until its mail has gone: nobody can
    read it out again.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not user.is_active:
        raise RuleViolation(_("บัญชีนี้ปิดใช้งานอยู่ เปิดใช้งานก่อนจึงออกลิงก์ได้"))
    withdraw_invitations(user)
    token, now = secrets.token_urlsafe(_TOKEN_BYTES), timezone.now()
    invitation = Invitation.objects.create(
        user=user,
        purpose=purpose,
        digest=digest_of(token),
        made_by=by,
        made_at=now,
        expires_at=now + VALID_FOR,
    )
    audit.record("account.invited", by=by, target=user, detail={"purpose": purpose})
    link = link_to(token)
    if user.email:
        _mail(invitation, link, by)
    return link


def withdraw_invitations(user: User) -> None:
    """End the person's open links, within the caller's transaction."""
    user.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


def find_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, open or not; None when the link was never made."""
    return Invitation.objects.select_related("user").filter(digest=digest_of(token)).first()


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str) -> User:
    """Set the password, once, and sign every device of the person out."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(pk=invitation.pk)
    )
    now = timezone.now()
    if not invitation.is_open(now):
        raise RuleViolation(_("ลิงก์นี้ใช้แล้วหรือหมดอายุแล้ว ขอลิงก์ใหม่จากผู้ดูแลระบบส่วนกลาง"))
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user)
    audit.record(
        "account.password_set", by=user, target=user, detail={"purpose": invitation.purpose}
    )
    return user


def _mail(invitation: Invitation, link: str, by: User) -> None:
    """Queue the mail with the link sealed: who reads the outbox could else take over accounts."""
    context = {"user": invitation.user, "invitation": invitation, "link": LINK_PLACE}
    subject = {
        InvitationPurpose.WELCOME: _("เริ่มใช้งานระบบเครือข่าย อสร."),
        InvitationPurpose.RESET: _("ตั้งรหัสผ่านใหม่ ระบบเครือข่าย อสร."),
    }[InvitationPurpose(invitation.purpose)]
    body = render_to_string("volunteer_network/accounts/invitation_mail.txt", context)
    mail = account_mail(recipient=invitation.user, subject=subject, body=body, by=by)
    with open_scope(by.scope):
        queue_with_link(mail=mail, link=link)
