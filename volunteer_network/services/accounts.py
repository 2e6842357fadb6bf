"""Accounts of officials: made, changed, closed and opened again by the system administrator."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network import audit
from volunteer_network.access.roles import PROVINCIAL_ROLES, Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import AgencyCode, DeactivationReason, JobState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import ActingHead, Job, Office, Province, User
from volunteer_network.services.edits import refuse_stale
from volunteer_network.services.invitations import withdraw_invitations
from volunteer_network.services.user_sessions import end_sessions

PLACE = ("role", "province_id", "office_id", "inspection_regions")  # a change ends the sessions
CONTACT = ("title", "first_name", "last_name", "position", "phone", "email")


@transaction.atomic
def create_account(
    *,
    username: str,
    role: str,
    province: Province | None,
    agency: str,
    inspection_regions: list[int],
    by: User,
    **contact: str,
) -> User:
    """Make an account without a password; an invitation lets the person set one."""
    account = User(username=username, **_only(CONTACT, contact))
    _place(account, role, province, agency, inspection_regions)
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        if not User.objects.filter(username=username).exists():
            raise
        raise RuleViolation(_("ชื่อผู้ใช้นี้มีแล้ว เติมตัวเลขหรือชื่อหน่วยงานต่อท้าย"), field="username") from None
    audit.record("account.created", by=by, target=account, detail={"role": account.role})
    return account


@transaction.atomic
def change_account(
    *,
    account: User,
    version: int,
    role: str,
    province: Province | None,
    agency: str,
    inspection_regions: list[int],
    by: User,
    **contact: str,
) -> User:
    """Change who somebody is or where they work; a new role or place ends the sessions.

    Refuses when somebody, the person too, saved since `version`.
    """
    account = _locked(account)
    refuse_stale(account, version)
    before = {name: getattr(account, name) for name in (*CONTACT, *PLACE)}
    for name, value in _only(CONTACT, contact).items():
        setattr(account, name, value)
    _place(account, role, province, agency, inspection_regions)
    changed = [name for name, value in before.items() if getattr(account, name) != value]
    if account.pk == by.pk and "role" in changed:
        raise RuleViolation(_("เปลี่ยนบทบาทของตนเองไม่ได้ ให้ผู้ดูแลระบบคนอื่นเปลี่ยนให้"), field="role")
    if not changed:
        return account
    _save(account, changed)
    if set(changed) & set(PLACE):
        _revoke_acting_headships(account)
        end_sessions(account)
    audit.record("account.changed", by=by, target=account, detail={"fields": changed})
    return account


@transaction.atomic
def change_own_contact(*, version: int, by: User, **contact: str) -> User:
    """Change one's own name and contact; refuses when the administrator saved since `version`."""
    account = _locked(by)
    refuse_stale(account, version)
    typed = _only(CONTACT, contact)
    changed = [name for name, value in typed.items() if getattr(account, name) != value]
    for name in changed:
        setattr(account, name, typed[name])
    if changed:
        _save(account, changed)
        audit.record("account.changed", by=by, target=account, detail={"fields": changed})
    return account


@transaction.atomic
def deactivate_account(*, account: User, reason: str, by: User) -> User:
    """Close an account and hand over what waits: unfinished jobs stop, acting headships end."""
    account = _locked(account)
    if account.pk == by.pk:
        raise RuleViolation(_("ปิดบัญชีของตนเองไม่ได้ ให้ผู้ดูแลระบบคนอื่นปิดให้"))
    if not account.is_active:
        raise RuleViolation(_("บัญชีนี้ปิดใช้งานอยู่แล้ว"))
    account.is_active = False
    account.save(update_fields=["is_active"])
    withdraw_invitations(account)
    handed_over = {
        "acting_headships": _revoke_acting_headships(account),
        "jobs": _stop_jobs(account),
        "sessions": end_sessions(account),
    }
    audit.record(
        "account.deactivated",
        by=by,
        target=account,
        detail={"reason": DeactivationReason(reason), **handed_over},
    )
    return account


@transaction.atomic
def reactivate_account(*, account: User, by: User) -> User:
    """Open a closed account again; the old password no longer counts."""
    account = _locked(account)
    if account.is_active:
        raise RuleViolation(_("บัญชีนี้ใช้งานอยู่แล้ว"))
    account.is_active = True
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    audit.record("account.reactivated", by=by, target=account)
    return account


@transaction.atomic
def reset_second_factor(*, account: User, by: User) -> User:
    """Forget the app and the recovery codes of somebody who lost the telephone."""
    account = _locked(account)
    forgotten, _by_model = Authenticator.objects.filter(user_id=account.pk).delete()
    if not forgotten:
        raise RuleViolation(_("บัญชีนี้ยังไม่ได้เปิดใช้รหัสจากแอป"))
    end_sessions(account)
    audit.record("account.second_factor_reset", by=by, target=account)
    return account


def _locked(account: User) -> User:
    locked: User = User.objects.select_for_update(of=("self",)).get(pk=account.pk)
    return locked


def _save(account: User, changed: list[str]) -> None:
    account.version += 1
    account.save(update_fields=[*changed, "version"])


def _only(names: tuple[str, ...], given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in names if name in given}


def _place(
    account: User, role: str, province: Province | None, agency: str, regions: list[int]
) -> None:
    """Set the role and what belongs to it; what does not belong to it is emptied."""
    account.role = Role(role)
    account.province = account.office = None
    account.inspection_regions = []
    if account.role in PROVINCIAL_ROLES:
        if province is None:
            raise RuleViolation(_("บทบาทระดับจังหวัด เลือกจังหวัดด้วย"), field="province")
        account.province = province
        account.office = _office(Role(role), province, agency)
    if account.role == Role.INSPECTOR:
        if not regions:
            raise RuleViolation(_("เลือกเขตตรวจราชการอย่างน้อยหนึ่งเขต"), field="inspection_regions")
        account.inspection_regions = sorted(regions)


def _office(role: Role, province: Province, agency: str) -> Office | None:
    """A head and a mentor work in the ministry's own office, a partner in another agency's."""
    if role == Role.PARTNER_OFFICER:
        if agency in {"", AgencyCode.OPS}:
            raise RuleViolation(_("เลือกหน่วยงานในสังกัดที่ไม่ใช่สำนักงานแรงงานจังหวัด"), field="agency")
    else:
        agency = AgencyCode.OPS
    return Office.objects.filter(agency=agency, province=province).first()


def _revoke_acting_headships(account: User) -> int:
    ahead = ActingHead.objects.filter(
        user=account, revoked_at=None, ends_on__gte=timezone.localdate()
    )
    return ahead.update(revoked_at=timezone.now())


def _stop_jobs(account: User) -> int:
    """Jobs are rows of provinces, so the scope is opened for this one statement."""
    with open_scope(NATION):
        unfinished = Job.objects.asked_by(account).unfinished()
        return unfinished.update(state=JobState.STOPPED, finished_at=timezone.now())
