"""Marketing keeps the mailing groups, which are its tags; deleting one stays with the manager."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

MARKETING = ("add_mailinggroup", "change_mailinggroup")


def grant(apps, schema_editor):
    create_permissions(installed_apps.get_app_config("contacts"), verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects
    groups = apps.get_model("auth", "Group").objects
    for group in groups.filter(name="Marketing"):
        mailing = permissions.filter(content_type__app_label="contacts", codename__in=MARKETING)
        group.permissions.add(*mailing)


class Migration(migrations.Migration):
    dependencies = [("segments", "0004_manager_roles"), ("contacts", "0003_contact_data")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
