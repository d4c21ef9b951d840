"""Managers cancel and delete campaign entries, and set up the templates of kinds."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

MANAGER = "Marketing manager"
CODENAMES = ["cancel_campaignentry", "delete_campaignentry"] + [
    f"{act}_kindtemplate" for act in ("view", "add", "change", "delete")
]


def grant(apps, schema_editor):
    create_permissions(installed_apps.get_app_config("interactions"), verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects
    wanted = permissions.filter(content_type__app_label="interactions", codename__in=CODENAMES)
    for group in apps.get_model("auth", "Group").objects.filter(name=MANAGER):
        group.permissions.add(*wanted)


class Migration(migrations.Migration):
    dependencies = [
        ("segments", "0009_segment_ready"),
        ("interactions", "0006_log_and_campaigns"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
