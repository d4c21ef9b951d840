"""What the roles may do with groups, profiles, addresses and consents."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

LOOKED_AT = [
    "businessrelation",
    "jobresponsibility",
    "organizationallevel",
    "territory",
    "profilequestionnaire",
    "profilequestion",
    "profileanswer",
    "alternativeaddress",
    "consent",
]
KEPT = [*LOOKED_AT, "contactdefaults", "addressperiod"]
ROLES = {
    "Reader": [f"view_{model}" for model in LOOKED_AT],
    "Marketing": [
        *(f"view_{model}" for model in LOOKED_AT),
        *(
            f"{act}_{model}"
            for model in ("alternativeaddress", "addressperiod", "consent")
            for act in ("add", "change", "delete")
        ),
    ],
    "Marketing manager": [
        f"{act}_{model}" for model in KEPT for act in ("view", "add", "change", "delete")
    ],
}


def grant(apps, schema_editor):
    create_permissions(installed_apps.get_app_config("contacts"), verbosity=0)
    groups = apps.get_model("auth", "Group").objects
    permissions = apps.get_model("auth", "Permission").objects
    contacts = permissions.filter(content_type__app_label="contacts")
    for group in groups.filter(name__in=ROLES):
        group.permissions.add(*contacts.filter(codename__in=ROLES[group.name]))


class Migration(migrations.Migration):
    dependencies = [("segments", "0002_roles"), ("contacts", "0003_contact_data")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
