"""Texts in the order of their characters, equal on every database whatever its collation."""

from typing import Any

from django.db import models
from django.db.models import Func

# Comes after every text that begins with the same characters.
LAST = chr(0x10FFFF)


class AsFound(Func):
    """The value in an order that is sorted from what was found.

    Databases would walk through all contacts in the order of an index and ask of each whether it
    is wanted. For the first few of many that is quick; for all it is three times as slow as finding
    and sorting them, and where each is looked for in a set, as slow as the two are large.
    """

    template = "%(expressions)s || ''"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


class ByteOrder(Func):
    """The text, compared character by character: "8" < "8000" < "8999" < "9"."""

    template = "%(expressions)s"
    output_field = models.CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = '(%(expressions)s) COLLATE "C"'
        return self.as_sql(compiler, connection, template=template, **context)
