from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Func, Value


class Choice(Func):
    """The result that belongs to the value of `subject`, null for any other value.

    Unlike `Case` the subject is written, and worked out by the database, once, however many values
    there are. `results` must not be empty.
    """

    template = "CASE %(expressions)s END"
    arg_joiner = " "

    def __init__(
        self, subject: Any, results: Mapping[Any, Any], output_field: models.Field[Any, Any]
    ) -> None:
        branches = [_Branch(Value(value), result) for value, result in results.items()]
        super().__init__(subject, *branches, output_field=output_field)


class _Branch(Func):
    template = "WHEN %(expressions)s"
    arg_joiner = " THEN "


def choice(
    subject: Any, results: Mapping[Any, Any], output_field: models.Field[Any, Any]
) -> Choice | Value:
    """A `Choice`; null where there is nothing to choose from."""
    if not results:
        return Value(None, output_field=output_field)
    return Choice(subject, results, output_field)
