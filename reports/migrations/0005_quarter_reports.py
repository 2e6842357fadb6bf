"""The report of a quarter, with the figures that are frozen when the head signs it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_take_back_decisions'),
        ('volunteer_network', '0018_count_case_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='QuarterReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField(editable=False)),
                ('quarter', models.PositiveSmallIntegerField(choices=[(1, 'ไตรมาส 1'), (2, 'ไตรมาส 2'), (3, 'ไตรมาส 3'), (4, 'ไตรมาส 4')], editable=False, verbose_name='ไตรมาส')),
                ('prepared_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(null=True)),
                ('content', models.TextField(blank=True, editable=False)),
                ('digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('rows', models.TextField(blank=True, editable=False)),
                ('plan', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.plan')),
                ('prepared_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('province', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to='volunteer_network.province')),
                ('signed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-fiscal_year', 'quarter'),
                'indexes': [models.Index(fields=['fiscal_year', 'quarter'], name='quarter_by_year')],
                'constraints': [models.UniqueConstraint(fields=('province', 'fiscal_year', 'quarter'), name='one_report_of_a_quarter'), models.CheckConstraint(condition=models.Q(('quarter__range', (1, 4))), name='report_of_a_quarter'), models.CheckConstraint(condition=models.Q(models.Q(('prepared_at__isnull', True), ('prepared_by__isnull', True)), models.Q(('prepared_at__isnull', False), ('prepared_by__isnull', False)), _connector='OR'), name='quarter_prepared_by_and_at_go_together', violation_error_message='ระบุทั้งผู้ทำและเวลา'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', True), ('signed_by__isnull', True)), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='quarter_signed_by_and_at_go_together', violation_error_message='ระบุทั้งผู้ทำและเวลา'), models.CheckConstraint(condition=models.Q(('signed_by__isnull', True), models.Q(('signed_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='quarter_preparer_and_signer_differ', violation_error_message='ผู้เตรียมรายงานลงนามเองไม่ได้'), models.CheckConstraint(condition=models.Q(models.Q(('content', ''), ('digest', ''), ('rows', ''), ('signed_at__isnull', True)), models.Q(('signed_at__isnull', False), models.Q(('content', ''), _negated=True), models.Q(('digest', ''), _negated=True), models.Q(('rows', ''), _negated=True)), _connector='OR'), name='quarter_signed_with_its_figures')],
            },
        ),
    ]
