"""What the roles may do with deliveries and bounces."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

READER = ["view_deliveryjob", "view_bounce"]
MARKETING = [*READER, "add_deliveryjob", "change_deliveryjob", "change_bounce"]
ROLES = {"Reader": READER, "Marketing": MARKETING, "Marketing manager": MARKETING}


def grant(apps, schema_editor):
    create_permissions(installed_apps.get_app_config("interactions"), verbosity=0)
    groups = apps.get_model("auth", "Group").objects
    permissions = apps.get_model("auth", "Permission").objects
    interactions = permissions.filter(content_type__app_label="interactions")
    for group in groups.filter(name__in=ROLES):
        group.permissions.add(*interactions.filter(codename__in=ROLES[group.name]))


class Migration(migrations.Migration):
    dependencies = [("segments", "0006_edited_copies"), ("interactions", "0004_delivery")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
