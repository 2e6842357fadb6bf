"""Titles of import jobs from before said the name of the file, which may be a person's."""

from django.db import migrations

TITLES = {
    "import_check_": "ตรวจไฟล์นำเข้า",
    "import_write_": "นำเข้าจากไฟล์",
    "import_undo_": "เรียกคืนการนำเข้า",
}


def rename(apps, schema_editor):
    jobs = apps.get_model("volunteer_network", "Job").objects
    for kind, title in TITLES.items():
        jobs.filter(kind__startswith=kind).update(title=title)


class Migration(migrations.Migration):
    dependencies = (("volunteer_network", "0020_recalled_documents"),)

    operations = (migrations.RunPython(rename, migrations.RunPython.noop),)
