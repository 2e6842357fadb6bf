"""Choices of plans, with the Thai words of the field (docs/glossary.md)."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from volunteer_network.models.figures import MEASURES


class DirectionState(TextChoices):
    """How far the centre is with the directions of a fiscal year."""

    DRAFT = "draft", _("ร่าง")
    OPEN = "open", _("เปิดให้ทำแผน")
    CLOSED = "closed", _("ปิดปีแล้ว")


class PlanState(TextChoices):
    """How far a province's plan has come; the moves between them are in `plan_moves`."""

    DRAFT = "draft", _("ร่าง")
    PROPOSED = "proposed", _("เสนอแรงงานจังหวัด")
    AGREED = "agreed", _("แรงงานจังหวัดเห็นชอบ")
    SENT = "sent", _("ส่งส่วนกลาง")
    RETURNED = "returned", _("ส่งกลับแก้ไข")
    APPROVED = "approved", _("ส่วนกลางอนุมัติ")
    REPLACED = "replaced", _("มีฉบับใหม่แทน")
    CANCELLED = "cancelled", _("ยกเลิก")


# An edition that somebody still works on; a province has at most one of them in a year.
UNFINISHED_STATES = frozenset(
    {
        PlanState.DRAFT,
        PlanState.PROPOSED,
        PlanState.AGREED,
        PlanState.SENT,
        PlanState.RETURNED,
    }
)
WRITABLE_STATES = frozenset({PlanState.DRAFT, PlanState.RETURNED})


class PlanAction(TextChoices):
    """What somebody does to a plan."""

    WRITE = "write", _("แก้แผน")
    PROPOSE = "propose", _("เสนอแรงงานจังหวัด")
    TAKE_BACK = "take_back", _("เรียกคืน")
    AGREE = "agree", _("เห็นชอบ")
    RETURN_BY_HEAD = "return_by_head", _("ส่งกลับแก้ไขโดยแรงงานจังหวัด")
    SEND = "send", _("ส่งส่วนกลาง")
    APPROVE = "approve", _("อนุมัติ")
    RETURN = "return", _("ส่งกลับแก้ไขโดยส่วนกลาง")
    REVISE = "revise", _("ปรับแผน")
    CANCEL = "cancel", _("ยกเลิก")
    UNDO = "undo", _("เรียกคืนการพิจารณา")


class ProjectGroup(TextChoices):
    """The three headings of the printed plan."""

    CORE = "core", _("งานหลัก")
    NETWORK = "network", _("พัฒนาเครือข่าย")
    PROTECTION = "protection", _("ป้องกันและคุ้มครอง")


class BudgetType(TextChoices):
    NONE = "none", _("ไม่ใช้งบประมาณ")
    OPERATING = "operating", _("งบดำเนินงาน")
    OTHER_EXPENSE = "other_expense", _("งบรายจ่ายอื่น")
    INTEGRATED = "integrated", _("งบบูรณาการ")
    CENTRAL = "central", _("งบกลาง")
    PROVINCE = "province", _("งบจังหวัด/กลุ่มจังหวัด")


class Measure(TextChoices):
    """What is counted for a line: a column of the log's figures, attendance, or what is typed."""

    TYPED = "typed", _("ลงผลเอง")
    ACTIVITIES = "activities", _("จำนวนกิจกรรม (ครั้ง)")
    PEOPLE = "people", _("ผู้รับบริการ (คน)")
    SPOTTED = "spotted", _("ชี้เป้า (คน)")
    SCREENED = "screened", _("คัดกรอง (คน)")
    REFERRED = "referred", _("ส่งต่อ (คน)")
    ATTENDANCE = "attendance", _("ผู้เข้าร่วมสัมมนา (คน)")


LOG_MEASURES = frozenset(Measure(name) for name in MEASURES)


class Quarter(IntegerChoices):
    """Of the fiscal year: October to December is the first."""

    FIRST = 1, _("ไตรมาส 1")
    SECOND = 2, _("ไตรมาส 2")
    THIRD = 3, _("ไตรมาส 3")
    FOURTH = 4, _("ไตรมาส 4")


class QuarterStage(TextChoices):
    """How far the report of a quarter has come, and for what it waits."""

    NO_PLAN = "no_plan", _("ยังไม่มีแผนที่อนุมัติแล้ว")
    RUNNING = "running", _("ไตรมาสยังไม่สิ้นสุด")
    TO_PREPARE = "to_prepare", _("รอเจ้าหน้าที่พี่เลี้ยงเตรียม")
    EARLIER_FIRST = "earlier_first", _("รอลงนามไตรมาสก่อน")
    HANDED_BACK = "handed_back", _("ส่งกลับแก้ไข รอเตรียมใหม่")
    TO_SIGN = "to_sign", _("รอแรงงานจังหวัดลงนาม")
    SIGNED = "signed", _("ลงนามแล้ว")


class LedgerKind(TextChoices):
    """Why a figure is no longer the one that was signed."""

    ADDED = "added", _("บันทึกเพิ่ม")
    CHANGED = "changed", _("แก้บันทึก")
    REMOVED = "removed", _("เอาออกจากบันทึก")
    TYPED = "typed", _("แก้ที่ลงผลเอง")
    EDITION = "edition", _("แผนฉบับใหม่")
    OTHER = "other", _("สิ่งที่นับเป็นผลเปลี่ยน")


class ReturnReason(TextChoices):
    """Why a line comes back; a sentence goes with it."""

    NO_EVIDENCE = "no_evidence", _("ขาดหลักฐานของผล")
    COST = "cost", _("ต้นทุนต่อหน่วยสูงกว่าเกณฑ์")
    TARGET = "target", _("ค่าเป้าหมายไม่สมเหตุผล")
    BUDGET = "budget", _("งบประมาณเกินเพดาน")
    INDICATOR = "indicator", _("ตัวชี้วัดวัดไม่ได้")
    OTHER = "other", _("อื่น ๆ")


class BundleKind(TextChoices):
    """Documents that can be made of one province or of all in one go."""

    PLAN = "plan", _("แผนปฏิบัติงานประจำปี")
    PROGRESS = "progress", _("รายงานความก้าวหน้ารายไตรมาส")
    REGISTER = "register", _("ทะเบียนอาสาสมัครแรงงาน")
