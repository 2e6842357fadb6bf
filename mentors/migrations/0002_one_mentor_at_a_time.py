"""Keys across two columns, and no volunteer with two mentors at once."""

from django.db import migrations

from volunteer_network.access.row_security import tenant_key

NO_OVERLAP = """
ALTER TABLE mentors_mentorship ADD CONSTRAINT one_mentor_at_a_time EXCLUDE USING gist (
    int8range(volunteer_id, volunteer_id, '[]') WITH &&,
    daterange(starts_on, ends_on, '[]') WITH &&
)
"""


class Migration(migrations.Migration):
    dependencies = (("mentors", "0001_mentors"),)

    operations = (
        tenant_key("mentors_mentorship", "mentor_id", "mentors_mentor"),
        tenant_key("mentors_mentorship", "volunteer_id", "volunteer_network_volunteer"),
        migrations.RunSQL(
            NO_OVERLAP, "ALTER TABLE mentors_mentorship DROP CONSTRAINT one_mentor_at_a_time"
        ),
    )
