"""Half of each page of lines is left free, for their changed copies (PostgreSQL)."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LINES = "ALTER TABLE segments_segmentline"


def leave_room(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"{LINES} SET (fillfactor = 50)")


def leave_none(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"{LINES} RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [("segments", "0014_time_and_contact_via")]
    operations = [migrations.RunPython(leave_room, leave_none)]
