"""Keys across two columns: visits, calls and assignments stay within one province."""

from django.db import migrations

from volunteer_network.access.row_security import tenant_key


class Migration(migrations.Migration):
    dependencies = (("mentors", "0003_visits"),)

    operations = (
        tenant_key("mentors_mentorship", "assignment_id", "mentors_assignment"),
        tenant_key("mentors_visit", "mentor_id", "mentors_mentor"),
        tenant_key("mentors_visitvolunteer", "visit_id", "mentors_visit"),
        tenant_key("mentors_visitvolunteer", "volunteer_id", "volunteer_network_volunteer"),
        tenant_key("mentors_contact", "volunteer_id", "volunteer_network_volunteer"),
    )
