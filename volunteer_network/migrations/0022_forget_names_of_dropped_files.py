"""Imports whose content was dropped kept the name of their file, which may be a person's."""

from django.db import migrations


def forget(apps, schema_editor):
    batches = apps.get_model("volunteer_network", "ImportBatch").objects
    batches.filter(dropped_at__isnull=False).update(file_name="")


class Migration(migrations.Migration):
    dependencies = (("volunteer_network", "0021_import_titles_without_file_names"),)

    operations = (migrations.RunPython(forget, migrations.RunPython.noop),)
