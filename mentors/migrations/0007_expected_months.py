"""How many months are expected of a province: kept by a trigger on the terms."""

from django.db import migrations, models

# Terms of a volunteer may meet within a month, which is expected once; so what changed is the
# difference between the months of all terms before and after, for the volunteers concerned.
CHANGES = """
        WITH come AS (SELECT id, province_id, volunteer_id, starts_on, lasts_until FROM {come}),
        gone AS (SELECT id, province_id, volunteer_id, starts_on, lasts_until FROM {gone}),
        stayed AS (
            SELECT id, province_id, volunteer_id, starts_on, lasts_until
            FROM volunteer_network_term
            WHERE volunteer_id IN (SELECT volunteer_id FROM come UNION
                                   SELECT volunteer_id FROM gone)
              AND id NOT IN (SELECT id FROM come)
        ), terms AS (
            SELECT 1 AS sign, * FROM come UNION ALL SELECT 1, * FROM stayed
            UNION ALL SELECT -1, * FROM gone UNION ALL SELECT -1, * FROM stayed
        ), months AS (
            SELECT DISTINCT sign, province_id, volunteer_id, month::date AS month
            FROM terms, generate_series(
                date_trunc('month', starts_on::timestamp), lasts_until::timestamp, '1 month'
            ) AS month
        )
        INSERT INTO mentors_receiptdelta
            (province_id, month, expected,
             received, on_time, certified, approved, locked, nothing, returned)
        SELECT province_id, month, sum(sign), 0, 0, 0, 0, 0, 0, 0
        FROM months GROUP BY province_id, month HAVING sum(sign) <> 0;
"""
INSERTED = CHANGES.format(come="added", gone="added WHERE false")
DELETED = CHANGES.format(come="removed WHERE false", gone="removed")
UPDATED = CHANGES.format(come="added", gone="removed")

TRIGGERS = f"""
CREATE FUNCTION expected_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {INSERTED}
    ELSIF TG_OP = 'DELETE' THEN
        {DELETED}
    ELSE
        {UPDATED}
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER term_added AFTER INSERT ON volunteer_network_term
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION expected_deltas();
CREATE TRIGGER term_changed AFTER UPDATE ON volunteer_network_term
    REFERENCING NEW TABLE AS added OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION expected_deltas();
CREATE TRIGGER term_removed AFTER DELETE ON volunteer_network_term
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION expected_deltas();
"""

NO_TRIGGERS = """
DROP TRIGGER term_added ON volunteer_network_term;
DROP TRIGGER term_changed ON volunteer_network_term;
DROP TRIGGER term_removed ON volunteer_network_term;
DROP FUNCTION expected_deltas();
"""


class Migration(migrations.Migration):
    dependencies = (
        ("mentors", "0006_month_receipts"),
        ("volunteer_network", "0012_month_summaries"),
    )

    operations = (
        migrations.AddField(
            "receiptdelta", "expected", models.IntegerField(default=0, db_default=0)
        ),
        migrations.AddField(
            "provincereceipt", "expected", models.IntegerField(default=0, db_default=0)
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    )
