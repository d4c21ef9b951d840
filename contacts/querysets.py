"""What every queryset of ours can do: work on sets without reading them into Python."""

from collections.abc import Collection
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.expressions import BaseExpression


class SetQuerySet[M: models.Model](models.QuerySet[M]):
    """A queryset that can be filled from another one inside the database."""

    def insert_from(self, source: models.QuerySet[Any], /, **columns: Any) -> int:
        """Insert one row for every row of `source` with one `INSERT ... SELECT`.

        `columns` maps each field to an expression on `source` (`F("pk")`) or to a plain value.
        Rows get their ids in the order of `source`. Python defaults do not apply: raises
        `TypeError` for a required column that is neither given nor has a `db_default`.
        Returns the number of rows inserted.
        """
        fields = [self.model._meta.get_field(name) for name in columns]
        self._refuse_missing_columns({field.name for field in fields})
        expressions = [
            value if isinstance(value, BaseExpression | models.F) else _as_value(value, field)
            for field, value in zip(fields, columns.values(), strict=True)
        ]
        return self._insert_select(fields, source, expressions)

    def _insert_select(self, fields: Any, source: models.QuerySet[Any], expressions: Any) -> int:
        names = {f"insert_{i}": expression for i, expression in enumerate(expressions)}
        connection = connections[self.db]
        query = source.annotate(**names).values_list(*names).query
        try:
            select, parameters = query.get_compiler(using=self.db).as_sql()
        except EmptyResultSet:
            return 0
        quote = connection.ops.quote_name
        into = ", ".join(quote(field.column) for field in fields)
        table = quote(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({into}) {select}", parameters)
            return int(cursor.rowcount)

    def analyze(self, field: str) -> None:
        """Let PostgreSQL count how the values of `field` are spread, new rows included.

        Of rows that nobody has counted yet it believes there is one, and compares all with all.
        """
        connection = connections[self.db]
        if connection.vendor == "postgresql":
            quote = connection.ops.quote_name
            counted: Any = self.model._meta.get_field(field)
            table, column = quote(self.model._meta.db_table), quote(counted.column)
            with connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {table} ({column})")

    def _refuse_missing_columns(self, given: set[str]) -> None:
        missing = [
            field.name
            for field in self.model._meta.local_concrete_fields
            if field.name not in given
            and not field.null
            and not field.has_db_default()
            and not isinstance(field, models.AutoField)
        ]
        if missing:
            raise TypeError(f"insert_from() needs a value for {', '.join(sorted(missing))}")

    def count_to(self, most: int) -> int:
        """Return how many there are, `most` + 1 if there are more than `most`."""
        return int(self.order_by().values("pk")[: most + 1].count())

    def known_to_be_few(self) -> Self:
        """The same rows, of which `count_to` said that there are not more than its bound."""
        return self.all()

    def with_keys(self, keys: Collection[Any]) -> Self:
        """Narrow to `keys`, which are of this set, and in its order."""
        return self.filter(pk__in=keys)

    def numbered(self, number: str) -> Self:
        """Narrow to the object that people know as `number`."""
        return self.filter(number=number)


def _as_value(value: Any, field: Any) -> models.Value:
    target = field.target_field if field.is_relation else field
    plain = value.pk if isinstance(value, models.Model) else value
    return models.Value(plain, output_field=target)
