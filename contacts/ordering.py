"""Texts in the order of their characters, equal on every database whatever its collation."""

from typing import Any

from django.db import models
from django.db.models import Func

# Comes after every text that begins with the same characters.
LAST = chr(0x10FFFF)


class ByteOrder(Func):
    """The text, compared character by character: "8" < "8000" < "8999" < "9"."""

    template = "%(expressions)s"
    output_field = models.CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = '(%(expressions)s) COLLATE "C"'
        return self.as_sql(compiler, connection, template=template, **context)
