"""What every queryset of ours can do: work on sets without reading them into Python."""

from collections.abc import Callable, Collection, Iterable
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
        expressions = self._expressions(columns)
        try:
            select, parameters = self._compiled(source, expressions)
        except EmptyResultSet:
            return 0
        with connections[self.db].cursor() as cursor:
            cursor.execute(f"INSERT INTO {self._into(columns)} {select}", parameters)
            return int(cursor.rowcount)

    def insert_some(
        self, source: models.QuerySet[Any], kind: str, inserted: str, /, **columns: Any
    ) -> dict[str, int]:
        """Insert one row for those rows of `source` whose annotation `kind` is `inserted`.

        Otherwise as `insert_from`. Returns how many rows of each kind there are: `source` is read
        once for both.
        """
        expressions = self._expressions(columns)
        try:
            select, parameters = self._compiled(source, {**expressions, "of_kind": models.F(kind)})
        except EmptyResultSet:
            return {}
        taken = f"SELECT {', '.join(expressions)} FROM found WHERE of_kind = %s"
        insert = f"INSERT INTO {self._into(columns)} {taken}"
        counts = "SELECT of_kind, COUNT(*) FROM found GROUP BY of_kind"
        ask = SOME[connections[self.db].vendor]
        with connections[self.db].cursor() as cursor:
            return dict(ask(cursor, (select, parameters), (insert, inserted), counts))

    def _expressions(self, columns: dict[str, Any]) -> dict[str, Any]:
        """Return the expression for each column, by a name that the model does not have."""
        fields = [self.model._meta.get_field(name) for name in columns]
        self._refuse_missing_columns({field.name for field in fields})
        return {
            f"insert_{i}": value
            if isinstance(value, BaseExpression | models.F)
            else _as_value(value, field)
            for i, (field, value) in enumerate(zip(fields, columns.values(), strict=True))
        }

    def _compiled(self, source: models.QuerySet[Any], expressions: dict[str, Any]) -> Any:
        query = source.annotate(**expressions).values_list(*expressions).query
        return query.get_compiler(using=self.db).as_sql()

    def _into(self, columns: dict[str, Any]) -> str:
        quote = connections[self.db].ops.quote_name
        fields: list[Any] = [self.model._meta.get_field(name) for name in columns]
        into = ", ".join(quote(field.column) for field in fields)
        return f"{quote(self.model._meta.db_table)} ({into})"

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


def _some_on_postgresql(cursor: Any, found: Any, insert: Any, counts: str) -> Iterable[Any]:
    """In one statement."""
    (select, parameters), (insertion, kind) = found, insert
    some = f"WITH found AS MATERIALIZED ({select}), inserted AS ({insertion}) {counts}"
    cursor.execute(some, (*parameters, kind))
    return cursor.fetchall()  # type: ignore[no-any-return]


def _some_on_sqlite(cursor: Any, found: Any, insert: Any, counts: str) -> Iterable[Any]:
    """By a temporary table: no other statement may insert and answer."""
    (select, parameters), (insertion, kind) = found, insert
    cursor.execute(f"CREATE TEMPORARY TABLE found AS {select}", parameters)
    cursor.execute(f"{insertion} ORDER BY rowid", (kind,))
    rows = cursor.execute(counts).fetchall()
    cursor.execute("DROP TABLE found")
    return rows  # type: ignore[no-any-return]


SOME: dict[str, Callable[..., Iterable[Any]]] = {
    "postgresql": _some_on_postgresql,
    "sqlite": _some_on_sqlite,
}


def _as_value(value: Any, field: Any) -> models.Value:
    target = field.target_field if field.is_relation else field
    plain = value.pk if isinstance(value, models.Model) else value
    return models.Value(plain, output_field=target)
