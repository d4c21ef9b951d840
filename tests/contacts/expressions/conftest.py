"""A table with a column of each kind, all of them nullable."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from django.utils import translation

from contacts.expressions import Kind

from .values import VALUES


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@isolate_apps("contacts")
def sample_model() -> Any:
    class Sample(models.Model):
        text = models.CharField(max_length=100, null=True)
        code = models.CharField(max_length=100, null=True)
        number = models.DecimalField(max_digits=12, decimal_places=2, null=True)
        count = models.IntegerField(null=True)
        date = models.DateField(null=True)
        moment = models.DateTimeField(null=True)

        class Meta:
            app_label = "contacts"
            db_table = "expression_sample"

        def __str__(self) -> str:
            return str(self.pk)

    return Sample


@pytest.fixture
def samples(db) -> Any:
    """The rows of the table: one for each value of each kind."""
    model = sample_model()
    create, _parameters = connection.schema_editor().table_sql(model)
    with connection.cursor() as cursor:
        cursor.execute(create)
    model.objects.bulk_create(
        model(**{kind.value: value}) for kind in Kind for value in VALUES[kind]
    )
    model.objects.bulk_create(model(moment=moment) for moment in VALUES["moment"])
    model.objects.bulk_create(model(count=count) for count in VALUES["count"])
    return model.objects
