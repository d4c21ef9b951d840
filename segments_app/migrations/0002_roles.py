"""Roles as Django groups: Reader, Marketing, Marketing manager."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

READER = [
    "contacts.view_contact",
    "contacts.view_mailinggroup",
    "contacts.view_industrygroup",
    "contacts.view_salesperson",
    "interactions.view_campaign",
    "interactions.view_interactionlogentry",
    "interactions.view_interactiontemplate",
    "interactions.view_loggedsegment",
    "segments.view_segment",
    "segments.view_savedcriteria",
]
MARKETING = [
    *READER,
    "contacts.add_contact",
    "contacts.change_contact",
    "interactions.add_campaign",
    "interactions.change_campaign",
    "interactions.add_interactionlogentry",
    "interactions.change_interactionlogentry",
    "segments.add_segment",
    "segments.change_segment",
    "segments.delete_segment",
    "segments.log_segment",
    "segments.add_savedcriteria",
    "segments.change_savedcriteria",
    "segments.delete_savedcriteria",
]
ADMIN_OF = [
    "contacts.mailinggroup",
    "contacts.industrygroup",
    "contacts.salesperson",
    "contacts.language",
    "contacts.salutation",
    "contacts.salutationformula",
    "interactions.companyinformation",
    "interactions.interactiongroup",
    "interactions.interactiontemplate",
    "interactions.templatedocument",
]
MANAGER = [
    *MARKETING,
    "contacts.delete_contact",
    "interactions.delete_campaign",
    "interactions.cancel_loggedsegment",
    "interactions.delete_loggedsegment",
    "interactions.cancel_interactionlogentry",
    "interactions.delete_interactionlogentry",
    *(
        f"{model.split('.')[0]}.{act}_{model.split('.')[1]}"
        for model in ADMIN_OF
        for act in ("add", "change", "delete", "view")
    ),
]
ROLES = {"Reader": READER, "Marketing": MARKETING, "Marketing manager": MANAGER}


def create(apps, schema_editor):
    for label in ("contacts", "interactions", "segments"):
        create_permissions(installed_apps.get_app_config(label), verbosity=0)
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    for role, codenames in ROLES.items():
        permissions = [
            permission.objects.get(
                content_type__app_label=name.split(".")[0], codename=name.split(".")[1]
            )
            for name in codenames
        ]
        group.objects.get_or_create(name=role)[0].permissions.set(permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("segments", "0001_initial"),
        ("interactions", "0001_initial"),
        ("contacts", "0002_base_data"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
