"""Cases of the demo country: at every step, consistent with the log and its volunteers."""

import uuid
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from volunteer_network.access.roles import Role
from volunteer_network.case_steps import (
    DAYS_BEFORE_THE_CENTRE,
    FINISHED,
    RESTRICTED_TOPIC,
    STEPS,
    TOPICS,
    act_by,
    days_to_finish,
)
from volunteer_network.demo import case_needs as said
from volunteer_network.demo.case_rows import Told, copy_cases
from volunteer_network.enums import (
    AgeBand,
    CaseAction,
    CaseOutcome,
    CaseState,
    Category,
    DeclineReason,
    Escalation,
    NationalityGroup,
    Sex,
    Urgency,
)
from volunteer_network.models import Activity, Case, Office, User
from volunteer_network.services.case_figures import rebuild_case_figures
from volunteer_network.thai_calendar import fiscal_year

if TYPE_CHECKING:
    from volunteer_network.demo.country import Plan

OF_THE_PARTNER: Final = 32  # cases a province for the office of its partner account
OF_OTHERS: Final = 30
RECENT_DAYS: Final = 40
RECENT_SHARE: Final = 0.45  # of the cases are of the last weeks, so that every desk has work
FRESH_SHARE: Final = 0.25  # of these came in during the last days, so that some wait to be taken on
OUTCOMES: Final = {
    CaseOutcome.SERVED: 72,
    CaseOutcome.NOT_ELIGIBLE: 12,
    CaseOutcome.UNREACHABLE: 9,
    CaseOutcome.ENDED: 7,
}


def make_cases(plan: "Plan") -> None:
    teller = _Teller(plan)
    told = teller.tell_all()
    copy_cases(told, teller.chance)
    rebuild_case_figures()


class _Teller:
    """Takes activities in which somebody was referred, and tells what became of one of them."""

    def __init__(self, plan: "Plan") -> None:
        self.today = plan.today
        self.chance = Random(f"{plan.seed} {plan.today} cases")  # noqa: S311 - a play, not a secret
        offices = Office.objects.values_list("province", "agency", "pk")
        self.offices = {(province, agency): pk for province, agency, pk in offices}
        staff = User.objects.exclude(province=None).values_list("pk", "role", "province", "office")
        self.heads = {of: pk for pk, role, of, _ in staff if role == Role.PROVINCIAL_HEAD}
        self.partners = {
            office: pk for pk, role, _, office in staff if role == Role.PARTNER_OFFICER
        }
        self.numbers: defaultdict[tuple[int, int, bool], int] = defaultdict(int)

    def tell_all(self) -> list[Told]:
        chosen = Activity.objects.filter(pk__in=self._chosen()).select_related("district")
        begun = sorted(
            ((self._opened_on(activity), activity) for activity in chosen),
            key=lambda pair: (pair[0], pair[1].pk),
        )
        return [self._tell(pk, *pair) for pk, pair in enumerate(begun, start=1)]

    def _chosen(self) -> list[int]:
        """Ids of activities to begin with, by province, for the partner's office and the others."""
        rows = Activity.objects.filter(referred__gt=0, category__in=TOPICS).order_by("pk")
        since = self.today - timedelta(days=RECENT_DAYS)
        found: defaultdict[tuple[int, bool, bool], list[int]] = defaultdict(list)
        columns = ("pk", "province_id", "agency_id", "on_date")
        for pk, province, agency, day in rows.values_list(*columns).iterator():  # a million of them
            partners = self.offices[province, agency] in self.partners
            found[province, partners, day >= since].append(pk)
        return [
            pk
            for (_province, partners, recent), pks in sorted(found.items())
            for pk in self._some(pks, OF_THE_PARTNER if partners else OF_OTHERS, recent)
        ]

    def _some(self, pks: list[int], most: int, recent: bool) -> list[int]:  # noqa: FBT001
        share = RECENT_SHARE if recent else 1 - RECENT_SHARE
        return self.chance.sample(pks, min(len(pks), round(most * share)))

    def _opened_on(self, activity: Activity) -> date:
        days = (self.today - activity.on_date).days
        if days < RECENT_DAYS and self.chance.random() < FRESH_SHARE:
            return self.today - timedelta(days=min(days, self.chance.choice((0, 0, 1, 1, 2, 3))))
        return activity.on_date + timedelta(days=min(days, self.chance.choice((0, 0, 0, 1, 2))))

    def _tell(self, pk: int, opened_on: date, activity: Activity) -> Told:
        case = self._begin(pk, opened_on, activity)
        told = Told(case)
        self._note(told, opened_on, CaseAction.OPEN, case.opened_by_id, text=case.screening)
        if self.chance.random() < 0.02 and (self.today - opened_on).days < 10:
            return self._climb(told)
        office = self.offices[case.province_id, activity.agency_id]
        self._go(told, opened_on, CaseAction.REFER, case.opened_by_id, office=office)
        self._live(told, opened_on)
        return self._climb(told)

    def _begin(self, pk: int, opened_on: date, activity: Activity) -> Case:
        chance, topic = self.chance, Category(activity.category)
        restricted = topic == RESTRICTED_TOPIC
        urgency = Urgency.URGENT if chance.random() < 0.08 else Urgency.NORMAL
        year = fiscal_year(opened_on)
        self.numbers[activity.province_id, year, restricted] += 1
        finish_by = opened_on + timedelta(days=days_to_finish(topic, urgency))
        sender = activity.recorded_by_id
        return Case(
            pk=pk,
            province_id=activity.province_id,
            district_id=activity.district_id,
            subdistrict_id=activity.subdistrict_id,
            fiscal_year=year,
            number=self.numbers[activity.province_id, year, restricted],
            submission=uuid.UUID(int=chance.getrandbits(128)),
            topic=topic.value,
            urgency=urgency.value,
            need=chance.choice(said.NEEDS[topic]),
            screening=chance.choice(said.SCREENED),
            volunteer_id=activity.volunteer_id,
            activity_id=None if restricted else activity.pk,
            is_anonymous=chance.random() < (0.5 if restricted else 0.2),
            sex=chance.choice((Sex.FEMALE, Sex.FEMALE, Sex.MALE)).value,
            age_band=chance.choice(list(AgeBand)).value,
            nationality=_nationality(chance, topic),
            state=CaseState.OPENED.value,
            keeper_id=self.heads[activity.province_id] if restricted else sender,
            opened_by_id=sender,
            opened_on=opened_on,
            finish_by=finish_by,
            due_on=act_by(CaseState.OPENED, urgency=urgency, finish_by=finish_by, today=opened_on),
        )

    def _live(self, told: Told, day: date) -> None:
        """From the referral on, for as long as there are days left."""
        chance, case = self.chance, told.case
        answers = self.partners.get(case.office_id or 0) or self.heads[case.province_id]
        if case.is_restricted:
            answers = self.heads[case.province_id]
        day += timedelta(days=chance.choice((0, 1, 1, 2, 2, 3, 4)))
        if self._is_over(day, stuck=0.02):
            return
        dice = chance.random()
        if dice < 0.03:
            text = chance.choice(said.WITHDRAWN)
            return self._go(told, day, CaseAction.WITHDRAW, case.keeper_id, text=text)
        ops = self.offices[case.province_id, "OPS"]
        if dice < 0.1 and case.office_id != ops:
            case.decline_reason = DeclineReason.WRONG_OFFICE.value
            text = f"{DeclineReason.WRONG_OFFICE.label}: {chance.choice(said.DECLINED)}"
            self._go(told, day, CaseAction.DECLINE, answers, text=text)
            day += timedelta(days=chance.choice((0, 1, 2, 3)))
            if self._is_over(day, stuck=0.05):
                return None
            case.decline_reason = ""
            self._go(told, day, CaseAction.REFER, case.keeper_id, office=ops)
            return self._live(told, day)
        self._go(told, day, CaseAction.ACCEPT, answers)
        return self._work(told, day, answers)

    def _work(self, told: Told, day: date, answers: int) -> None:
        chance, case = self.chance, told.case
        whole = max((case.finish_by - day).days, 2)
        answered = day + timedelta(
            days=1 + int(whole * chance.choice((0.2, 0.4, 0.6, 0.8, 1, 1.2)))
        )
        noted = day + timedelta(days=max((answered - day).days // 2, 1))
        if chance.random() < 0.6 and noted <= self.today:
            text = chance.choice(said.PROGRESS)
            self._go(told, noted, CaseAction.PROGRESS, answers, text=text)
        if self._is_over(answered, stuck=0.02):
            return
        outcome = chance.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
        case.outcome, case.answered_on = outcome.value, answered
        self._go(
            told, answered, CaseAction.CLOSE, answers, text=chance.choice(said.ANSWERS[outcome])
        )
        heard = answered + timedelta(days=chance.choice((0, 1, 2, 3, 5, 8)))
        if not self._is_over(heard, stuck=0.02):
            self._go(told, heard, CaseAction.TELL, case.keeper_id)

    def _is_over(self, day: date, *, stuck: float) -> bool:
        """Whether that day has not come yet, or somebody let the case lie of late."""
        recent = (self.today - day).days < 25
        return day > self.today or (recent and self.chance.random() < stuck * 5)

    def _go(
        self,
        told: Told,
        day: date,
        action: CaseAction,
        actor: int | None,
        *,
        office: int | None = None,
        text: str = "",
    ) -> None:
        case = told.case
        case.state = STEPS[action].after.value
        case.office_id = office or case.office_id
        if action != CaseAction.PROGRESS:
            case.due_on = act_by(
                CaseState(case.state),
                urgency=Urgency(case.urgency),
                finish_by=case.finish_by,
                today=day,
            )
        case.version += 1
        self._note(told, day, action, actor, text=text)

    def _note(
        self, told: Told, day: date, action: CaseAction, actor: int | None, *, text: str
    ) -> None:
        """In office hours, and after what was noted before on the same day."""
        case, minute = told.case, self.chance.randrange(60)
        same_day = sum(at.date() == day for at, *_rest in told.events)
        clock = time(min(8 + 2 * same_day, 17), minute)
        at = timezone.make_aware(datetime.combine(day, clock))
        told.events.append(
            (at, action, actor, CaseState(case.state), case.office_id, case.due_on, text)
        )

    def _climb(self, told: Told) -> Told:
        """What is overdue has been made known, as the task of every morning does."""
        case = told.case
        if case.state in FINISHED:
            return told
        for step in (Escalation.HEAD, Escalation.CENTRE):
            late = 1 if step is Escalation.HEAD else DAYS_BEFORE_THE_CENTRE + 1
            day = case.due_on + timedelta(days=late)
            if day <= self.today:
                case.escalated_to = step.value
                self._note(told, day, CaseAction.ESCALATE, None, text=f"แจ้ง{step.label}")
        return told


def _nationality(chance: Random, topic: Category) -> str:
    foreign = topic in {Category.FOREIGN_WORKERS, Category.TRAFFICKING}
    if foreign and chance.random() < 0.7:
        return NationalityGroup.NEIGHBOUR.value
    return NationalityGroup.THAI.value
