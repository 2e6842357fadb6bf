from django.db import migrations

from volunteer_network.access.row_security import tenant_key


class Migration(migrations.Migration):
    dependencies = (("mentors", "0009_check_requests"),)

    operations = (
        tenant_key("mentors_checkrequest", "volunteer_id", "volunteer_network_volunteer"),
    )
