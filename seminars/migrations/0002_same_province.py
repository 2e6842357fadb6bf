"""Keys across two columns: a registration points at people of its own province only."""

from django.db import migrations

from volunteer_network.access.row_security import tenant_key


class Migration(migrations.Migration):
    dependencies = (
        ("seminars", "0001_seminars"),
        ("mentors", "0002_one_mentor_at_a_time"),
    )

    operations = (
        tenant_key("seminars_registration", "mentor_id", "mentors_mentor"),
        tenant_key("seminars_registration", "volunteer_id", "volunteer_network_volunteer"),
        tenant_key("seminars_checkin", "registration_id", "seminars_registration"),
    )
