"""Deleting in the admin what is in use is refused, with a page that says what uses it."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


class RefusesDeletionInUse(admin.ModelAdmin[Any]):
    """Treats rows that others point at (`DO_NOTHING`) as Django treats protected ones."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, permissions, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, permissions, [*protected, *uses_of(objs)]


def uses_of(objs: Any) -> list[str]:
    """Return the names of the kinds of rows that point at any of `objs` and keep it from going."""
    relations = objs[0]._meta.related_objects if len(objs) else []
    return [
        str(relation.related_model._meta.verbose_name_plural)
        for relation in relations
        if relation.on_delete is models.DO_NOTHING and _is_used(relation, objs)
    ]


def _is_used(relation: Any, objs: Any) -> bool:
    rows = relation.related_model._base_manager
    return bool(rows.filter(**{f"{relation.field.name}__in": [obj.pk for obj in objs]}).exists())
