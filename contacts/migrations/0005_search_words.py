"""More words that a contact is found by: place, number, e-mail addresses, phone numbers."""

from itertools import batched

from django.db import migrations, models

from contacts.words import search_words


def write_words(apps, schema_editor):
    contacts = apps.get_model("contacts", "Contact").objects.using(schema_editor.connection.alias)
    for some in batched(contacts.order_by("pk").iterator(1000), 1000):
        for contact in some:
            contact.search_name = search_words(contact)
        contacts.bulk_create(
            some, update_conflicts=True, unique_fields=["id"], update_fields=["search_name"]
        )


class Migration(migrations.Migration):
    dependencies = [("contacts", "0004_change_history")]
    operations = [
        migrations.AlterField(
            model_name="contact",
            name="search_name",
            field=models.TextField(db_default="", editable=False),
        ),
        migrations.RunPython(write_words, migrations.RunPython.noop),
    ]
