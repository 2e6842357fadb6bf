"""Keys of a month across two columns, and the trigger behind the receipts."""

from django.db import migrations

from volunteer_network.access.row_security import tenant_key

DELTAS = """
CREATE FUNCTION receipt_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO mentors_receiptdelta
            (province_id, mentor_id, month,
             received, on_time, certified, approved, locked, nothing, returned)
        SELECT province_id, mentor_id, month,
               count(*) FILTER (WHERE state NOT IN ('draft', 'returned')),
               count(*) FILTER (WHERE state NOT IN ('draft', 'returned') AND NOT late),
               count(*) FILTER (WHERE state IN ('certified', 'approved', 'locked')),
               count(*) FILTER (WHERE state IN ('approved', 'locked')),
               count(*) FILTER (WHERE state = 'locked'),
               count(*) FILTER (
                   WHERE state NOT IN ('draft', 'returned') AND nothing_because <> ''),
               count(*) FILTER (WHERE state = 'returned')
        FROM added GROUP BY 1, 2, 3;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO mentors_receiptdelta
            (province_id, mentor_id, month,
             received, on_time, certified, approved, locked, nothing, returned)
        SELECT province_id, mentor_id, month,
               -count(*) FILTER (WHERE state NOT IN ('draft', 'returned')),
               -count(*) FILTER (WHERE state NOT IN ('draft', 'returned') AND NOT late),
               -count(*) FILTER (WHERE state IN ('certified', 'approved', 'locked')),
               -count(*) FILTER (WHERE state IN ('approved', 'locked')),
               -count(*) FILTER (WHERE state = 'locked'),
               -count(*) FILTER (
                   WHERE state NOT IN ('draft', 'returned') AND nothing_because <> ''),
               -count(*) FILTER (WHERE state = 'returned')
        FROM removed GROUP BY 1, 2, 3;
    ELSE
        INSERT INTO mentors_receiptdelta
            (province_id, mentor_id, month,
             received, on_time, certified, approved, locked, nothing, returned)
        SELECT province_id, mentor_id, month, sum(received), sum(on_time), sum(certified),
               sum(approved), sum(locked), sum(nothing), sum(returned)
        FROM (
            SELECT province_id, mentor_id, month,
                   sign * (state NOT IN ('draft', 'returned'))::int AS received,
                   sign * (state NOT IN ('draft', 'returned') AND NOT late)::int AS on_time,
                   sign * (state IN ('certified', 'approved', 'locked'))::int AS certified,
                   sign * (state IN ('approved', 'locked'))::int AS approved,
                   sign * (state = 'locked')::int AS locked,
                   sign * (state NOT IN ('draft', 'returned') AND nothing_because <> '')::int
                       AS nothing,
                   sign * (state = 'returned')::int AS returned
            FROM (SELECT 1 AS sign, * FROM added UNION ALL SELECT -1, * FROM removed) AS changed
        ) AS counted
        GROUP BY 1, 2, 3
        HAVING (sum(received), sum(on_time), sum(certified), sum(approved), sum(locked),
                sum(nothing), sum(returned)) <> (0, 0, 0, 0, 0, 0, 0);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER month_added AFTER INSERT ON mentors_monthreport
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION receipt_deltas();
CREATE TRIGGER month_changed AFTER UPDATE ON mentors_monthreport
    REFERENCING NEW TABLE AS added OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION receipt_deltas();
CREATE TRIGGER month_removed AFTER DELETE ON mentors_monthreport
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION receipt_deltas();
"""

NO_DELTAS = """
DROP TRIGGER month_added ON mentors_monthreport;
DROP TRIGGER month_changed ON mentors_monthreport;
DROP TRIGGER month_removed ON mentors_monthreport;
DROP FUNCTION receipt_deltas();
"""


class Migration(migrations.Migration):
    dependencies = (("mentors", "0005_months"),)

    operations = (
        tenant_key("mentors_monthreport", "volunteer_id", "volunteer_network_volunteer"),
        tenant_key("mentors_monthreport", "mentor_id", "mentors_mentor"),
        tenant_key("mentors_monthstep", "report_id", "mentors_monthreport"),
        migrations.RunSQL(DELTAS, NO_DELTAS),
    )
