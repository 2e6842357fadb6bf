"""Why a backup or a restore is refused, in Thai and English, saying how to mend it."""

from collections.abc import Sequence
from pathlib import Path

from volunteer_network.startup.errors import CannotStart


class CannotCopy(CannotStart):
    """A backup or restore cannot be made; nothing of the site has been changed."""


class AlreadyThere(CannotCopy):
    def __init__(self, target: Path) -> None:
        super().__init__(
            f"มีไฟล์ {target} อยู่แล้ว กำหนดชื่ออื่นด้วย TO=\n"
            f"There already is a file {target}: choose another name with TO="
        )


class NotOurs(CannotCopy):
    def __init__(self, its_format: object = None) -> None:
        more = f" (รูปแบบ {its_format} · format {its_format})" if its_format else ""
        super().__init__(
            f"ไฟล์นี้ไม่ใช่ไฟล์สำรองที่ระบบรุ่นนี้อ่านได้{more} ตรวจชื่อไฟล์ใน FROM= อีกครั้ง\n"
            f"This is not an archive that this version can read{more}: look at FROM= again."
        )


class Damaged(CannotCopy):
    def __init__(self, what: str) -> None:
        super().__init__(
            f"ไฟล์สำรองเสียหายหรือถูกแก้ไขที่ {what} ข้อมูลเดิมยังอยู่ครบ ใช้ไฟล์สำรองอื่น\n"
            f"The archive is damaged or was altered at {what}. Nothing was changed: use another."
        )


class Newer(CannotCopy):
    def __init__(self, version: str, unknown: Sequence[str]) -> None:
        super().__init__(
            f"ไฟล์สำรองนี้ทำจากระบบรุ่นใหม่กว่า ({version}) ปรับระบบให้เป็นรุ่นเดียวกันก่อนแล้วกู้คืนอีกครั้ง\n"
            f"The archive comes from a newer version ({version}), which knows {unknown[-1]}: "
            "bring this checkout to that version, then restore again."
        )


class OtherKeys(CannotCopy):
    def __init__(
        self, keys: Path, *, missing: Sequence[str] = (), different: Sequence[str] = ()
    ) -> None:
        names = ", ".join([*missing, *different])
        thai = "ไม่มีไฟล์กุญแจ" if missing else "กุญแจไม่ตรงกับที่ใช้ปิดผนึกข้อมูล"
        english = "lacks" if missing else "holds another"
        super().__init__(
            f"{thai}: {names} ยังไม่มีสิ่งใดเปลี่ยน นำโฟลเดอร์กุญแจของข้อมูลชุดนี้มาไว้ที่ {keys} ก่อน\n"
            f"{keys} {english} {names}, with which these data were sealed. Nothing was changed: "
            "bring the folder of keys that belongs to the archive."
        )


class StillRunning(CannotCopy):
    def __init__(self) -> None:
        super().__init__(
            "ระบบยังเปิดอยู่ ให้ปิดทุกส่วนก่อนกู้คืน\n"
            "The site still runs: stop all of its parts before a restore."
        )
