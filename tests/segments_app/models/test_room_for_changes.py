"""PostgreSQL changes a line where it stands, without a word to the indexes (decision 20)."""

import pytest
from django.db import connection

from segments_app.models import SegmentLine
from segments_app.models.line import EDITED

# What finds the lines that refer to something when that is deleted.
INDEXED = {"template", "campaign", "salesperson", "language"}


@pytest.mark.django_db
def test_pages_of_lines_have_room_for_changed_lines():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'segments_segmentline'")
            assert cursor.fetchone() == (["fillfactor=50"],)


@pytest.mark.django_db
def test_no_index_holds_what_changes_on_a_line():
    """A column in an index, or in its condition, would be written to every index of the table."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(
            cursor, SegmentLine._meta.db_table
        ).values()
    held = {name for each in constraints if each["index"] for name in each["columns"]}
    changing = {"removed_step", "last_edit", *EDITED} - INDEXED
    columns = {SegmentLine._meta.get_field(name).column for name in changing}  # type: ignore[union-attr]
    assert columns & held == set()
    conditions = [str(index.condition) for index in SegmentLine._meta.indexes]
    assert not [each for each in conditions if "removed_step" in each]
