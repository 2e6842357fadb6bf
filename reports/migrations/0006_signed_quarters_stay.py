"""A signed quarter stays as it is: nobody changes or deletes it, whatever the code says.

The signature alone can be taken back, within two minutes (services/quarters.py); here it is five,
because the clocks of the site and of the database need not agree to the second. It looks after the
change, so that the walls speak first.
"""

from django.db import migrations

from volunteer_network.access.row_security import tenant_key

FROZEN = """
CREATE FUNCTION keep_signed_quarter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.signed_at IS NULL AND OLD.signed_at > now() - interval '5 minutes'
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'a signed quarter is not changed' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER signed_quarter_stays AFTER UPDATE OR DELETE ON reports_quarterreport
FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION keep_signed_quarter();
"""
THAWED = """
DROP TRIGGER signed_quarter_stays ON reports_quarterreport;
DROP FUNCTION keep_signed_quarter();
"""


class Migration(migrations.Migration):
    dependencies = (("reports", "0005_quarter_reports"),)

    operations = (
        tenant_key("reports_quarterreport", "plan_id", "reports_plan"),
        migrations.RunSQL(FROZEN, THAWED),
    )
