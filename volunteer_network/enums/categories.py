"""Categories of service: the log, the cases and the plans are told by them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from volunteer_network.enums.places import AgencyCode


class Category(TextChoices):
    """Each belongs to one agency by default."""

    JOB_PLACEMENT = "job_placement", _("การหางาน/ตำแหน่งงานว่าง")
    OVERSEAS_WORK = "overseas_work", _("ไปทำงานต่างประเทศ/เตือนภัยหลอกลวง")
    FOREIGN_WORKERS = "foreign_workers", _("แรงงานต่างด้าว")
    HOME_WORKERS = "home_workers", _("ผู้รับงานไปทำที่บ้าน")
    VOCATIONAL_TRAINING = "vocational_training", _("ฝึกอาชีพ/พัฒนาฝีมือ")
    SKILL_TEST = "skill_test", _("ทดสอบมาตรฐานฝีมือ")
    LABOUR_PROTECTION = "labour_protection", _("คุ้มครองแรงงาน/ค่าจ้าง")
    SAFETY = "safety", _("ความปลอดภัยในการทำงาน")
    WELFARE = "welfare", _("สวัสดิการ/แรงงานสัมพันธ์")
    SOCIAL_SECURITY = "social_security", _("ประกันสังคม มาตรา 33/39/40")
    COMPENSATION_FUND = "compensation_fund", _("กองทุนเงินทดแทน")
    INFORMAL_WORKERS = "informal_workers", _("แรงงานนอกระบบ")
    URGENT_EMPLOYMENT = "urgent_employment", _("จ้างงานเร่งด่วน/บรรเทาความเดือดร้อน")
    TRAFFICKING = "trafficking", _("การค้ามนุษย์ด้านแรงงาน/แรงงานบังคับ")
    DRUG_PREVENTION = "drug_prevention", _("ป้องกันยาเสพติดในสถานประกอบการ")
    PUBLIC_INFORMATION = "public_information", _("ประชาสัมพันธ์ข่าวสาร")
    LABOUR_DATA = "labour_data", _("จัดเก็บข้อมูลด้านแรงงาน")
    PUBLIC_BENEFIT = "public_benefit", _("จิตอาสา/พัฒนาบ้านเกิด")
    DISASTER = "disaster", _("ภัยพิบัติ")
    OTHER = "other", _("อื่น ๆ")


AGENCY_OF_CATEGORY: dict[Category, AgencyCode] = {
    Category.JOB_PLACEMENT: AgencyCode.DOE,
    Category.OVERSEAS_WORK: AgencyCode.DOE,
    Category.FOREIGN_WORKERS: AgencyCode.DOE,
    Category.HOME_WORKERS: AgencyCode.DOE,
    Category.VOCATIONAL_TRAINING: AgencyCode.DSD,
    Category.SKILL_TEST: AgencyCode.DSD,
    Category.LABOUR_PROTECTION: AgencyCode.DLPW,
    Category.SAFETY: AgencyCode.DLPW,
    Category.WELFARE: AgencyCode.DLPW,
    Category.SOCIAL_SECURITY: AgencyCode.SSO,
    Category.COMPENSATION_FUND: AgencyCode.SSO,
    Category.INFORMAL_WORKERS: AgencyCode.OPS,
    Category.URGENT_EMPLOYMENT: AgencyCode.OPS,
    Category.TRAFFICKING: AgencyCode.OPS,
    Category.DRUG_PREVENTION: AgencyCode.DLPW,
    Category.PUBLIC_INFORMATION: AgencyCode.OPS,
    Category.LABOUR_DATA: AgencyCode.OPS,
    Category.PUBLIC_BENEFIT: AgencyCode.OPS,
    Category.DISASTER: AgencyCode.OPS,
    Category.OTHER: AgencyCode.OPS,
}
