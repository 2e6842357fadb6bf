"""A step keeps what it overwrote, so that the centre can take a decision back exactly."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0003_dashboard_counts"),)

    operations = (
        migrations.AddField(
            model_name="planstep",
            name="before",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AlterField(
            model_name="planstep",
            name="action",
            field=models.CharField(
                choices=[
                    ("write", "แก้แผน"),
                    ("propose", "เสนอแรงงานจังหวัด"),
                    ("take_back", "เรียกคืน"),
                    ("agree", "เห็นชอบ"),
                    ("return_by_head", "ส่งกลับแก้ไขโดยแรงงานจังหวัด"),
                    ("send", "ส่งส่วนกลาง"),
                    ("approve", "อนุมัติ"),
                    ("return", "ส่งกลับแก้ไขโดยส่วนกลาง"),
                    ("revise", "ปรับแผน"),
                    ("cancel", "ยกเลิก"),
                    ("undo", "เรียกคืนการพิจารณา"),
                ],
                max_length=16,
            ),
        ),
    )
