"""What the columns of a register's workbook may hold, and how each cell is read."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.enums import OtherRole, Sex, VolunteerLevel
from volunteer_network.import_kinds import ImportField
from volunteer_network.thai_calendar import short_date
from volunteer_network.workbooks import cells

OLDEST = date(1920, 1, 1)
FIRST_TERM = date(2005, 1, 1)  # the regulation on labour volunteers is of 2548
DAYS_AHEAD = 366
_ROLE_SEPARATORS = re.compile(r"[,;/\n]|และ")


def _date_within(earliest: date, latest: Callable[[], date]) -> Callable[[str], date]:
    def read(text: str) -> date:
        day = cells.read_date(text)
        if not earliest <= day <= latest():
            words = _("%(day)s อยู่นอกช่วงที่รับได้ (%(first)s ถึง %(last)s) ตรวจปีอีกครั้ง")
            limits = {"first": short_date(earliest), "last": short_date(latest())}
            raise ValueError(words % {"day": short_date(day), **limits})
        return day

    return read


def _next_year() -> date:
    return timezone.localdate() + timedelta(days=DAYS_AHEAD)


_read_sex = cells.one_of(
    {value: str(label) for value, label in Sex.choices},
    {Sex.MALE: ("ช", "ช.", "male", "m", "ผู้ชาย"), Sex.FEMALE: ("ญ", "ญ.", "female", "f", "ผู้หญิง")},
)
_read_level = cells.one_of(
    {value: str(label) for value, label in VolunteerLevel.choices},
    {
        VolunteerLevel.SUBDISTRICT_LEAD: (
            "แกนนำ",
            "ตำบล",
            "ระดับตำบล",
            "แกนนำตำบล",
            "อสร.",
            "แกนนำ อสร.",
        ),
        VolunteerLevel.DISTRICT: ("อำเภอ",),
        VolunteerLevel.PROVINCE: ("จังหวัด",),
        VolunteerLevel.COMMUNITY: ("เครือข่าย", "ชุมชน", "หมู่บ้าน", "เครือข่ายหมู่บ้าน", "เครือข่ายชุมชน"),
        VolunteerLevel.WORKPLACE: ("สถานประกอบการ", "เครือข่ายสถานประกอบการ"),
    },
)
_read_role = cells.one_of(
    {value: str(label) for value, label in OtherRole.choices},
    {
        OtherRole.VILLAGE_HEAD: ("กำนัน", "ผู้ใหญ่บ้าน", "ผญบ."),
        OtherRole.LOCAL_COUNCIL: ("ส.อบต.", "สมาชิก อบต.", "สท.", "สมาชิกเทศบาล"),
        OtherRole.VILLAGE_ASSISTANT: ("ผช.ผญบ.",),
    },
)


def _read_roles(text: str) -> list[str]:
    named = [part.strip() for part in _ROLE_SEPARATORS.split(text)]
    return list(dict.fromkeys(_read_role(part) for part in named if part))


FIELDS = (
    ImportField(
        name="title",
        label=gettext_lazy("คำนำหน้า"),
        synonyms=("คำนำหน้าชื่อ", "คำนำหน้านาม", "ยศ", "คำนำหน้า/ยศ", "title", "prefix"),
        example="นาง",
    ),
    ImportField(
        name="first_name",
        label=gettext_lazy("ชื่อ"),
        synonyms=("ชื่อตัว", "ชื่อจริง", "first name", "firstname", "name"),
        example="สุดา",
    ),
    ImportField(
        name="last_name",
        label=gettext_lazy("สกุล"),
        synonyms=("นามสกุล", "ชื่อสกุล(นามสกุล)", "last name", "lastname", "surname"),
        example="ใจดี",
    ),
    ImportField(
        name="full_name",
        label=gettext_lazy("ชื่อ-สกุล"),
        synonyms=("ชื่อ นามสกุล", "ชื่อและสกุล", "ชื่อ-นามสกุล", "ชื่อ – ชื่อสกุล", "ชื่อ-ชื่อสกุล",
                  "ชื่อตัว-ชื่อสกุล", "ชื่อตัว ชื่อสกุล", "รายชื่อ", "ชื่อ อสร.", "ชื่ออาสาสมัครแรงงาน", "full name"),
        width=28,
        offered=False,
    ),
    ImportField(
        name="national_id",
        label=gettext_lazy("เลขประจำตัวประชาชน"),
        synonyms=("เลขบัตรประชาชน", "เลขประจำตัวบัตรประชาชน", "เลขที่บัตรประชาชน", "หมายเลขบัตรประชาชน",
                  "เลขบัตรประจำตัวประชาชน", "เลขที่บัตรประจำตัวประชาชน", "บัตรประชาชน", "เลข 13 หลัก",
                  "เลขประจำตัว 13 หลัก", "national id", "citizen id", "id card"),
        read=cells.read_national_id,
        required=True,
        example="1999900000015",
        width=20,
    ),
    ImportField(
        name="birth_date",
        label=gettext_lazy("วันเกิด"),
        synonyms=("วัน เดือน ปีเกิด", "วันเดือนปีเกิด", "วัน/เดือน/ปีเกิด", "ว/ด/ป เกิด", "วดป.เกิด",
                  "birth date", "birthdate", "date of birth"),
        read=_date_within(OLDEST, timezone.localdate),
        example="3 ธ.ค. 2513",
    ),
    ImportField(
        name="sex",
        label=gettext_lazy("เพศ"),
        synonyms=("sex", "gender"),
        read=_read_sex,
        shared=True,
        example="หญิง",
        width=8,
    ),
    ImportField(
        name="phone",
        label=gettext_lazy("โทรศัพท์"),
        synonyms=("เบอร์โทร", "เบอร์โทรศัพท์", "หมายเลขโทรศัพท์", "มือถือ", "โทรศัพท์มือถือ", "เบอร์มือถือ", "โทร",
                  "โทร.", "เบอร์ติดต่อ", "เบอร์", "หมายเลขติดต่อ", "phone", "mobile", "tel"),
        read=cells.read_phone,
        example="081 234 5678",
    ),
    ImportField(
        name="subdistrict",
        label=gettext_lazy("ตำบล"),
        synonyms=("ตำบล/แขวง", "พื้นที่ปฏิบัติหน้าที่", "พื้นที่รับผิดชอบ", "ตำบลที่ปฏิบัติหน้าที่", "ต.", "subdistrict",
                  "tambon"),
        required=True,
        shared=True,
        example="ช้างเผือก",
    ),
    ImportField(
        name="district",
        label=gettext_lazy("อำเภอ"),
        synonyms=("อำเภอ/เขต", "อ.", "district", "amphoe"),
        shared=True,
        example="เมืองเชียงใหม่",
    ),
    ImportField(
        name="province",
        label=gettext_lazy("จังหวัด"),
        synonyms=("จ.", "province", "changwat"),
        shared=True,
        offered=False,
    ),
    ImportField(
        name="level",
        label=gettext_lazy("ระดับ"),
        synonyms=("ประเภท", "ระดับ อสร.", "ประเภท อสร.", "level"),
        read=_read_level,
        shared=True,
        example="แกนนำระดับตำบล",
        width=22,
    ),
    ImportField(
        name="address",
        label=gettext_lazy("ที่อยู่"),
        synonyms=("บ้านเลขที่", "ที่อยู่ปัจจุบัน", "ที่อยู่ตามทะเบียนบ้าน", "address"),
        read=cells.text_up_to(200),
        example="12/3 หมู่ 4",
        width=28,
    ),
    ImportField(
        name="education",
        label=gettext_lazy("การศึกษา"),
        synonyms=("วุฒิการศึกษา", "ระดับการศึกษา", "วุฒิ", "education"),
        read=cells.text_up_to(80),
        example="ปวส.",
    ),
    ImportField(
        name="occupation",
        label=gettext_lazy("อาชีพ"),
        synonyms=("occupation",),
        read=cells.text_up_to(80),
        example="ค้าขาย",
    ),
    ImportField(
        name="other_roles",
        label=gettext_lazy("หน้าที่อื่นในชุมชน"),
        synonyms=("ตำแหน่งอื่น", "ตำแหน่งในชุมชน", "บทบาทอื่น", "ตำแหน่งทางสังคม"),
        read=_read_roles,
        shared=True,
        example="อสม.",
    ),
    ImportField(
        name="line_id",
        label="LINE",
        synonyms=("ไอดีไลน์", "ไลน์", "line id", "id line"),
        read=cells.text_up_to(60),
    ),
    ImportField(
        name="email",
        label=gettext_lazy("อีเมล"),
        synonyms=("อีเมล์", "e-mail", "email", "จดหมายอิเล็กทรอนิกส์"),
        read=cells.read_email,
        width=24,
    ),
    ImportField(
        name="order_number",
        label=gettext_lazy("คำสั่งที่"),
        synonyms=("เลขที่คำสั่ง", "คำสั่งแต่งตั้ง", "คำสั่งแต่งตั้งที่", "order number"),
        read=cells.text_up_to(40),
        shared=True,
        example="1127/2569",
    ),
    ImportField(
        name="order_date",
        label=gettext_lazy("คำสั่งลงวันที่"),
        synonyms=("ลงวันที่", "วันที่คำสั่ง", "order date"),
        read=_date_within(FIRST_TERM, _next_year),
        shared=True,
    ),
    ImportField(
        name="starts_on",
        label=gettext_lazy("วันเริ่มวาระ"),
        synonyms=("เริ่มวาระ", "วันที่เริ่มวาระ", "วันแต่งตั้ง", "วันที่แต่งตั้ง", "วันเริ่มปฏิบัติหน้าที่", "start date"),
        read=_date_within(FIRST_TERM, _next_year),
        shared=True,
        example="11/06/2569",
    ),
)  # fmt: skip
