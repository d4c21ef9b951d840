"""The index of search words holds short beginnings too."""

from django.db import migrations

from contacts.search_index import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("contacts", "0008_erased_at")]
    operations = [SearchIndex()]
