"""Deleting in the admin what is in use is refused, and the page says what uses it how often."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import ContactProfileAnswer, Membership


class RefusesDeletionInUse(admin.ModelAdmin[Any]):
    """Treats rows that others point at (`DO_NOTHING`) as Django treats protected ones."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, permissions, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, permissions, [*protected, *uses_of(objs)]


class KeepsWhatIsInUse(BaseInlineFormSet[Any, Any, Any]):
    """Rows of an inline: one that is in use cannot be ticked for deletion."""

    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            uses = uses_of([form.instance]) if form.instance.pk else []
            if uses:
                message = _("“%(thing)s” cannot be deleted. It is used by: %(uses)s.")
                words = {"thing": form.instance, "uses": ", ".join(uses)}
                raise ValidationError(message % words)


def uses_of(objs: Any) -> list[str]:
    """Return what keeps any of `objs` from going, each as "12 contacts", with a link if one leads.

    Looks through what would be deleted with them: the answers of a question.
    """
    if not len(objs):
        return []
    keys = [obj.pk for obj in objs]
    counted = list(_counts(type(objs[0]), keys))
    return [_say(model, count, objs) for model, count in counted if count]


def _counts(model: type[models.Model], keys: Any) -> Iterator[tuple[Any, int]]:
    """Each model with rows that point at the objects and hold them, and how many."""
    relations: Any = model._meta.get_fields(include_hidden=True)
    for relation in relations:
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        rows: Any = relation.related_model
        found = rows._base_manager.filter(**{f"{relation.field.name}__in": keys})
        if relation.on_delete is models.DO_NOTHING:
            yield rows, found.count()
        elif relation.on_delete is models.DB_CASCADE:
            yield from _counts(rows, found.order_by().values("pk"))


def _say(model: Any, count: int, objs: Any) -> str:
    if issubclass(model, Membership | ContactProfileAnswer):
        words = ngettext("%(count)s contact", "%(count)s contacts", count)
    else:
        name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
        words = f"%(count)s {name}"
    said = words % {"count": number_format(count, force_grouping=True)}
    url = objs[0].get_absolute_url() if len(objs) == 1 and _has_page(objs[0]) else ""
    return format_html('<a href="{}">{}</a>', url, said) if url else said


def _has_page(thing: models.Model) -> bool:
    return hasattr(thing, "get_absolute_url")
