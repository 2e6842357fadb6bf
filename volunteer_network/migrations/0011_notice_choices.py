import django.contrib.postgres.fields
from django.db import migrations, models

import volunteer_network.models.users

KINDS = [
    ("case", "เรื่องส่งต่อ"),
    ("month", "รายงานประจำเดือน"),
    ("seminar", "สัมมนา"),
    ("mentoring", "งานพี่เลี้ยง"),
    ("job", "งานเบื้องหลัง"),
    ("account", "บัญชีผู้ใช้"),
]
STATES = [
    ("waiting", "รอส่ง"),
    ("sending", "กำลังส่ง"),
    ("sent", "ส่งแล้ว"),
    ("failed", "ส่งไม่สำเร็จ"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("volunteer_network", "0010_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="unmailed_kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=KINDS, max_length=16),
                default=volunteer_network.models.users.unmailed_at_first,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=16, verbose_name="เรื่อง"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("href__regex", "^/([^/\\\\]|$)")),
                name="notice_leads_into_this_site",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at__isnull", False)),
                fields=["read_at"],
                name="notice_read",
            ),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="kind",
            field=models.CharField(
                choices=KINDS, default="account", max_length=16, verbose_name="เรื่อง"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="secret_sealed",
            field=models.BinaryField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="claimed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveIndex(model_name="outgoingmail", name="mail_waiting"),
        migrations.RenameField(
            model_name="outgoingmail", old_name="rung_at", new_name="due_at"
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["due_at"], name="mail_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(fields=["-made_at", "-id"], name="mail_latest"),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="state",
            field=models.CharField(
                choices=STATES, default="waiting", max_length=8, verbose_name="สถานะ"
            ),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="subject",
            field=models.CharField(max_length=300, verbose_name="หัวเรื่อง"),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("secret_sealed__isnull", True),
                    models.Q(("state", "sent"), _negated=True),
                    _connector="OR",
                ),
                name="only_unsent_mail_keeps_its_link",
            ),
        ),
    ]
