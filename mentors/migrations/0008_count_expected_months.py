"""Count the expected months of the terms that stand already; the trigger knows the later ones."""

from django.db import migrations

COUNT = """
INSERT INTO mentors_provincereceipt AS kept
    (province_id, month, received, on_time, certified, approved, locked, nothing, returned,
     expected)
SELECT province_id, month::date, 0, 0, 0, 0, 0, 0, 0, count(DISTINCT volunteer_id)
FROM volunteer_network_term, generate_series(
    date_trunc('month', starts_on::timestamp), lasts_until::timestamp, '1 month'
) AS month
GROUP BY province_id, month
ON CONFLICT (province_id, month) DO UPDATE SET expected = excluded.expected
"""


class Migration(migrations.Migration):
    dependencies = (("mentors", "0007_expected_months"),)

    operations = (
        migrations.RunSQL(COUNT, "UPDATE mentors_provincereceipt SET expected = 0"),
    )
