"""The standing projects of the demo country (names: product domain 2.1)."""

from dataclasses import dataclass
from typing import Final

from reports.enums import BudgetType, Measure, ProjectGroup
from volunteer_network.enums import AgencyCode, Category


@dataclass(frozen=True, slots=True)
class Standing:
    """`share` is the part of the province's money, `typed` the year's target where none is kept."""

    group: ProjectGroup
    title: str
    objective: str
    indicator: str
    unit: str
    measure: Measure
    categories: tuple[Category, ...] = ()
    share: float = 0.0
    typed: tuple[int, int, int, int] = (0, 0, 0, 0)
    months: tuple[int, ...] = tuple(range(1, 13))
    budget: BudgetType = BudgetType.OPERATING
    partners: tuple[AgencyCode, ...] = ()
    required: bool = False


STANDING: Final = (
    Standing(
        ProjectGroup.CORE,
        "ประสานการให้บริการด้านแรงงานในพื้นที่/ชุมชน โดยอาสาสมัครแรงงาน",
        "ให้ประชาชนเข้าถึงบริการของกระทรวงแรงงานในตำบลของตนเอง",
        "ผู้รับบริการ",
        "คน",
        Measure.PEOPLE,
        (
            Category.JOB_PLACEMENT,
            Category.SOCIAL_SECURITY,
            Category.LABOUR_PROTECTION,
            Category.PUBLIC_INFORMATION,
        ),
        share=0.27,
        partners=(AgencyCode.DOE, AgencyCode.SSO, AgencyCode.DLPW),
        required=True,
    ),
    Standing(
        ProjectGroup.CORE,
        "ประชุมเครือข่ายอาสาสมัครแรงงานระดับอำเภอ",
        "ติดตามงานและแลกเปลี่ยนวิธีทำงานของเครือข่าย",
        "การประชุม",
        "ครั้ง",
        Measure.TYPED,
        share=0.09,
        typed=(4, 4, 4, 4),
        months=(2, 5, 8, 11),
        required=True,
    ),
    Standing(
        ProjectGroup.CORE,
        "สำรวจข้อมูลด้านแรงงานระดับตำบล",
        "มีข้อมูลแรงงานของตำบลที่เป็นปัจจุบัน",
        "การสำรวจ",
        "ครั้ง",
        Measure.ACTIVITIES,
        (Category.LABOUR_DATA,),
        share=0.05,
        months=tuple(range(3, 12)),
    ),
    Standing(
        ProjectGroup.NETWORK,
        "เสริมสร้างศักยภาพเครือข่ายอาสาสมัครแรงงานเพื่อบูรณาการภารกิจของกระทรวงแรงงาน",
        "เพิ่มความรู้ของแกนนำและเครือข่าย",
        "ผู้เข้าอบรม",
        "คน",
        Measure.TYPED,
        share=0.14,
        typed=(0, 120, 0, 0),
        months=(4, 5),
        required=True,
    ),
    Standing(
        ProjectGroup.NETWORK,
        "ส่งเจ้าหน้าที่พี่เลี้ยงเข้าสัมมนาเชิงปฏิบัติการเชิงบูรณาการ",
        "นำผลการสัมมนามาวางแผนกับหน่วยงานในสังกัด",
        "ผู้เข้าสัมมนา",
        "คน",
        Measure.ATTENDANCE,
        typed=(1, 0, 0, 0),
        months=(3,),
        budget=BudgetType.NONE,
    ),
    Standing(
        ProjectGroup.NETWORK,
        "เฉลิมพระเกียรติฯ โดยอาสาสมัครแรงงานร่วมใจอาสาพัฒนาบ้านเกิด",
        "บำเพ็ญประโยชน์ต่อชุมชนร่วมกับส่วนราชการในพื้นที่",
        "กิจกรรม",
        "ครั้ง",
        Measure.ACTIVITIES,
        (Category.PUBLIC_BENEFIT,),
        months=(3, 6, 10),
        budget=BudgetType.NONE,
    ),
    Standing(
        ProjectGroup.PROTECTION,
        "อาสาสมัครแรงงานต้านภัยยาเสพติด ในสถานประกอบการลูกจ้างน้อยกว่า 10 คน",
        "ป้องกันยาเสพติดในสถานประกอบการขนาดเล็ก",
        "การลงพื้นที่สถานประกอบการ",
        "ครั้ง",
        Measure.ACTIVITIES,
        (Category.DRUG_PREVENTION,),
        share=0.07,
        months=tuple(range(3, 11)),
        partners=(AgencyCode.DLPW,),
    ),
    Standing(
        ProjectGroup.PROTECTION,
        "บูรณาการส่งเสริม คุ้มครอง และพัฒนาแรงงานนอกระบบ",
        "แรงงานนอกระบบมีหลักประกันและรายได้",
        "ผู้รับบริการ",
        "คน",
        Measure.PEOPLE,
        (Category.INFORMAL_WORKERS, Category.HOME_WORKERS),
        share=0.1,
        partners=(AgencyCode.DOE, AgencyCode.DSD, AgencyCode.DLPW, AgencyCode.SSO),
        required=True,
    ),
    Standing(
        ProjectGroup.PROTECTION,
        "แก้ไขปัญหาความเดือดร้อนด้านอาชีพ (จ้างงานเร่งด่วน/พัฒนาทักษะฝีมือ)",
        "ผู้เดือดร้อนมีงานทำและมีรายได้",
        "ผู้ได้รับการช่วยเหลือ",
        "คน",
        Measure.PEOPLE,
        (Category.URGENT_EMPLOYMENT,),
        share=0.22,
        months=(2, 3, 7, 8, 10),
        budget=BudgetType.CENTRAL,
        partners=(AgencyCode.DSD,),
    ),
)
