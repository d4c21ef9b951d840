"""Managers merge and erase contacts: neither can be undone."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

MANAGER = "Marketing manager"
CODENAMES = ["merge_contact", "erase_contact"]


def grant(apps, schema_editor):
    create_permissions(installed_apps.get_app_config("contacts"), verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects
    contacts = permissions.filter(content_type__app_label="contacts", codename__in=CODENAMES)
    for group in apps.get_model("auth", "Group").objects.filter(name=MANAGER):
        group.permissions.add(*contacts)


class Migration(migrations.Migration):
    dependencies = [("segments", "0003_contact_roles"), ("contacts", "0007_duplicates")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
