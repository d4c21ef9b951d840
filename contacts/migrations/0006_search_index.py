"""The indexes that contacts are found by as one types."""

from django.db import migrations, models

from contacts.search import Beginning
from contacts.search_index import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("contacts", "0005_search_words")]
    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(Beginning(), "id", name="contact_search_order"),
        ),
        SearchIndex(),
    ]
