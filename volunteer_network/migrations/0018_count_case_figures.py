"""Count the cases that stand already; the trigger knows the later ones."""

from django.db import migrations

from volunteer_network.case_figures_sql import REBUILD


class Migration(migrations.Migration):
    dependencies = (("volunteer_network", "0017_case_figures"),)

    operations = tuple(
        migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in REBUILD
    )
