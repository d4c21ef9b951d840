"""What every installation needs: number series and the first languages."""

from django.db import migrations

SERIES = [
    {"code": "contacts", "prefix": "CT", "width": 6},
    {"code": "segments", "prefix": "SM", "width": 5},
    {"code": "campaigns", "prefix": "CP", "width": 4},
]
LANGUAGES = [
    {"code": "en", "name": "English", "is_default": True},
    {"code": "da", "name": "Dansk"},
    {"code": "sv", "name": "Svenska"},
    {"code": "de", "name": "Deutsch"},
]


def create(apps, schema_editor):
    series = apps.get_model("contacts", "NumberSeries")
    series.objects.bulk_create(series(**values) for values in SERIES)
    language = apps.get_model("contacts", "Language")
    language.objects.bulk_create(language(**values) for values in LANGUAGES)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
