"""The door: scan, search, let in, take back, register who is on no list.

Each view is given a desk (see desks.py), so that officials and helpers share the pages. A post is
answered with the page itself, or with the card for htmx: letting in the same person once more
changes nothing, so a reload may repeat it.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from seminars.enums import CheckInWay
from seminars.forms.doors import PaperForm, WalkInForm
from seminars.models import Registration, Seminar
from seminars.qr import Badge, Flaw, as_typed_in_latin, read_badge
from seminars.services.check_ins import (
    Arrival,
    NotExpected,
    check_in,
    check_in_by_code,
    check_in_from_paper,
    undo_check_in,
)
from seminars.services.doors import (
    counter_of,
    latest_arrivals,
)
from seminars.services.walk_ins import Namesake, walk_in
from seminars.views import answers
from seminars.views.answers import Answer
from seminars.views.desks import Desk, DoorRequest
from seminars.views.door_pages import LATEST, Door
from volunteer_network.errors import RuleViolation


@require_safe
def page(request: DoorRequest, desk: Desk) -> HttpResponse:
    """The door; for htmx only whom the typed words may mean."""
    if not desk.sessions:
        return render(request, "seminars/door/no_half_days.html", {"desk": desk})
    door = Door(request, desk)
    if not request.htmx:
        return door.page()
    words = request.GET.get("q", "").strip()
    return door.part("_hits.html", words=words, hits=door.hits(words) if words else [])


@require_safe
def counter(request: DoorRequest, desk: Desk) -> HttpResponse:
    """The counter by class and province, which refreshes itself."""
    door = Door(request, desk)
    latest = latest_arrivals(door.session, LATEST)
    return door.part("_hall.html", counter=counter_of(door.session), latest=latest)


@require_POST
def scan(request: DoorRequest, desk: Desk) -> HttpResponse:
    """A badge lets its owner in at once; anything else is searched for."""
    door = Door(request, desk)
    typed = request.POST.get("code", "").strip()
    badge = read_badge(typed)
    if badge is Flaw.ALTERED:
        told = _("ค้นด้วยชื่อ แล้วตรวจบัตรกับเจ้าตัว")
        return door.answer(answers.refused(_("รหัสถูกแก้ไข"), _("บัตรนี้ไม่ได้ออกจากระบบนี้"), told))
    if isinstance(badge, Badge):
        return door.answer(_answer_to_badge(door, badge))
    return _answer_to_words(door, typed)


def _answer_to_badge(door: Door, badge: Badge) -> Answer:
    if badge.seminar != door.desk.seminar.pk:
        return _of_another_seminar(badge)
    try:
        if door.half_days.another_runs:
            people = door.desk.people.select_related("participant_class", "province")
            return _ask_for_the_half_day(door, people.get(code=badge.code))
        arrival = check_in_by_code(
            code=badge.code, session=door.session, door=door.desk.name, by=door.desk.user
        )
    except Registration.DoesNotExist:
        told = _("อาจถูกลบจากรายชื่อหลังพิมพ์บัตร ค้นด้วยชื่อ หรือรับเป็นผู้มาเพิ่ม")
        return answers.refused(_("ไม่พบรหัสนี้"), _("ไม่มีบัตรนี้ในรายชื่อแล้ว"), told)
    except NotExpected as refusal:
        return answers.of_refusal(refusal)
    except RuleViolation as refusal:
        return answers.refused(_("เช็กอินไม่ได้"), refusal.message)
    return answers.of_arrival(arrival)


def _of_another_seminar(badge: Badge) -> Answer:
    """Name the other seminar, and nobody of it."""
    other = Seminar.objects.filter(pk=badge.seminar).first()
    title = (
        _("%(title)s ครั้งที่ %(edition)d ปีงบประมาณ %(year)d")
        % {
            "title": other.title,
            "edition": other.edition,
            "year": other.fiscal_year,
        }
        if other
        else ""
    )
    told = _("ถ้ามางานนี้ด้วย ค้นด้วยชื่อ หรือรับเป็นผู้มาเพิ่ม")
    return answers.refused(_("บัตรของงานอื่น"), title or _("สัมมนาอื่น"), told)


def _ask_for_the_half_day(door: Door, person: Registration) -> Answer:
    days = door.half_days
    return answers.of_another_half_day(
        person, days.chosen.get_half_display(), days.by_clock.get_half_display()
    )


def _answer_to_words(door: Door, typed: str) -> HttpResponse:
    if not typed:
        told = _("สแกนบัตร หรือพิมพ์ชื่อ จังหวัด โทรศัพท์ หรือรหัสใต้รูปบนบัตร")
        return door.answer(answers.refused(_("ยังไม่ได้พิมพ์"), _("ช่องค้นหาว่างอยู่"), told))
    hits = door.hits(typed)
    if not hits:
        told = _("อาจเป็นบัตรของงานอื่น ค้นด้วยชื่อหรือจังหวัด หรือรับเป็นผู้มาเพิ่ม")
        name = _("ไม่มี “%(typed)s” ในรายชื่อ") % {"typed": as_typed_in_latin(typed)[-12:]}
        return door.answer(answers.refused(_("ไม่พบ"), name, told))
    if not door.request.htmx:
        return door.page(hits=hits)
    return door.part("_hits.html", words=typed, hits=hits)


@require_POST
def let_in(request: DoorRequest, desk: Desk) -> HttpResponse:
    """Somebody who was found by name."""
    door = Door(request, desk)
    person = door.person
    if door.half_days.another_runs and "force" not in request.POST:
        return door.answer(_ask_for_the_half_day(door, person))
    try:
        arrival = check_in(
            registration=person,
            session=door.session,
            way=CheckInWay.SEARCH,
            door=desk.name,
            by=desk.user,
        )
    except NotExpected as refusal:
        return door.answer(answers.of_refusal(refusal))
    except RuleViolation as refusal:
        return door.answer(answers.refused(_("เช็กอินไม่ได้"), refusal.message))
    return door.answer(answers.of_arrival(arrival))


@require_POST
def take_back(request: DoorRequest, desk: Desk) -> HttpResponse:
    """Undo a check-in; the first time is kept."""
    door = Door(request, desk)
    person = door.person
    try:
        undone = undo_check_in(
            registration=person, session=door.session, door=desk.name, by=desk.user
        )
    except RuleViolation as refusal:
        return door.answer(answers.refused(_("ยกเลิกไม่ได้"), refusal.message))
    return door.answer(answers.of_undoing(person, undone.first_at if undone else None))


@require_POST
def register(request: DoorRequest, desk: Desk) -> HttpResponse:
    """Somebody who is on no list: registered and let in."""
    door = Door(request, desk)
    form = WalkInForm(request.POST, seminar=desk.seminar)
    if not form.is_valid():
        return door.page(walk_in=form, status=422)
    try:
        arrival: Arrival | None = form.perform(
            walk_in, session=door.session, door=desk.name, by=desk.user
        )
    except Namesake as refusal:
        form.ask_whether_another_person()
        person = refusal.registration
        return door.page(walk_in=form, answer=answers.of_namesake(person), status=422)
    if arrival is None:
        return door.page(walk_in=form, status=422)
    return door.page(answer=answers.of_arrival(arrival))


@require_POST
def from_paper(request: DoorRequest, desk: Desk) -> HttpResponse:
    """The numbers of those who signed the sheet."""
    door = Door(request, desk)
    form = PaperForm(request.POST, seminar=desk.seminar)
    if form.is_valid() and (
        done := form.perform(
            check_in_from_paper, session=door.session, door=desk.name, by=desk.user
        )
    ):
        return door.page(answer=answers.of_paper(done))
    return door.page(paper=form, status=422)
