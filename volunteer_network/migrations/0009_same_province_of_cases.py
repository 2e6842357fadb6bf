"""A case, its volunteer, its activity, its client and its timeline are of one province."""

from django.db import migrations

from volunteer_network.access.row_security import tenant_key


class Migration(migrations.Migration):
    dependencies = (("volunteer_network", "0008_cases"),)

    operations = (
        tenant_key("volunteer_network_case", "volunteer_id", "volunteer_network_volunteer"),
        tenant_key("volunteer_network_case", "activity_id", "volunteer_network_activity"),
        tenant_key("volunteer_network_caseclient", "case_id", "volunteer_network_case"),
        tenant_key("volunteer_network_caseevent", "case_id", "volunteer_network_case"),
    )
