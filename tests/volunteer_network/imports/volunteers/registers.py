"""Registers as people send them, and what is written of them."""

from tests.workbook_files import xlsx
from volunteer_network import national_id
from volunteer_network.access.scope import open_scope
from volunteer_network.models import Volunteer

HEAD = ["คำนำหน้า", "ชื่อ", "สกุล", "เลขประจำตัวประชาชน", "ตำบล", "อำเภอ", "โทรศัพท์"]


def person(n, changes=()):
    row = {
        "คำนำหน้า": "นาง",
        "ชื่อ": f"สุดา{'กขคงจ'[n % 5]}{'มยรลว'[n // 5 % 5]}",
        "สกุล": "ใจดี",
        "เลขประจำตัวประชาชน": national_id.make_sample(5000 + n),
        "ตำบล": "ช้างเผือก",
        "อำเภอ": "เมืองเชียงใหม่",
        "โทรศัพท์": f"08{n:08d}",
    } | dict(changes)
    return list(row.values())


def sheet(*rows, head=HEAD, title="ทะเบียน"):
    return xlsx({title: [head, *rows]})


def volunteers(by):
    with open_scope(by.scope):
        return list(Volunteer.objects.order_by("number"))
