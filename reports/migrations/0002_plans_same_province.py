"""Keys across two columns: a plan, its lines and what hangs on them stay within one province."""

from django.db import migrations

from volunteer_network.access.row_security import tenant_key


class Migration(migrations.Migration):
    dependencies = (("reports", "0001_plans"),)

    operations = (
        tenant_key("reports_planstep", "plan_id", "reports_plan"),
        tenant_key("reports_planline", "plan_id", "reports_plan"),
        tenant_key("reports_planline", "responsible_id", "mentors_mentor"),
        tenant_key("reports_planproof", "plan_id", "reports_plan"),
        tenant_key("reports_planproof", "line_id", "reports_planline"),
        tenant_key("reports_plancomment", "plan_id", "reports_plan"),
        tenant_key("reports_plancomment", "line_id", "reports_planline"),
    )
