"""The change history: who changed what, when, from which value to which (django-auditlog)."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from auditlog.diff import model_instance_diff
from auditlog.models import AbstractLogEntry, LogEntryManager
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONArray, JSONObject, Now
from django.utils.translation import gettext_lazy as _

from contacts.querysets import SetQuerySet

from .contact import Contact

Changes = Mapping[str, Any]


class ChangeQuerySet(SetQuerySet["Change"]):
    """What was changed. Saving an object records itself; sets of contacts are recorded here.

    `by` is the user who changes them, or None for a command.
    """

    def newest_first(self) -> Self:
        return self.select_related("actor", "content_type").order_by("-timestamp", "-pk")

    def of_objects(self, *records: models.Model) -> Self:
        """Changes of the objects themselves."""
        found = Q(pk__in=[])
        for record in records:
            kind = ContentType.objects.get_for_model(record)
            found |= Q(content_type=kind, object_pk=str(record.pk))
        return self.filter(found)

    def about(self, contact: Contact) -> Self:
        """Changes of a contact, its addresses and consents included."""
        return self.filter(contact=contact)

    def record_for(self, contacts: QuerySet[Contact], changes: Changes, *, by: Any) -> int:
        """Record the same `changes` for every one of `contacts`, in one statement."""
        return self._record(contacts, Value(dict(changes), models.JSONField()), by)

    def record_values(
        self, contacts: QuerySet[Contact], after: Mapping[str, Any], *, by: Any
    ) -> int:
        """Record, before it is done, that fields of `contacts` get the values of `after`.

        One statement. A value is a plain one or an expression on the contact, such as
        `F("company__city")`. Narrow `contacts` to those that do change.
        """
        pairs = {
            field: JSONArray(Cast(F(field), TextField()), Cast(_expression(value), TextField()))
            for field, value in after.items()
        }
        return self._record(contacts, JSONObject(**pairs), by)

    def record_saved(
        self, pairs: Iterable[tuple[models.Model | None, models.Model | None]], *, by: Any
    ) -> None:
        """Record contacts, or rows of theirs, that were written together, each as (before, after).

        Before is None for what is new, after for what was deleted. Of a new contact it is
        recorded only that it was created.
        """
        self.bulk_create(
            self._saved(before, after, changes, by)
            for before, after in pairs
            if (changes := _difference(before, after)) or not before
        )

    def record_each(self, changes: Iterable[tuple[Contact, Changes]], *, by: Any) -> None:
        """Record contacts that were changed together, each with `changes` of its own."""
        self.bulk_create(self._saved(contact, contact, dict(each), by) for contact, each in changes)

    def _saved(
        self, before: models.Model | None, after: models.Model | None, changes: Changes, by: Any
    ) -> "Change":
        record: Any = after or before
        action = Change.Action.UPDATE if before and after else Change.Action.CREATE
        return self.model(
            content_type=ContentType.objects.get_for_model(record),
            object_pk=str(record.pk),
            object_id=record.pk,
            contact_id=record.get_additional_data()["contact"],
            object_repr=str(record),
            action=action if after else Change.Action.DELETE,
            changes=changes,
            actor=by,
        )

    def _record(self, contacts: QuerySet[Contact], changes: Any, by: Any) -> int:
        return self.insert_from(
            contacts.order_by(),
            content_type=ContentType.objects.get_for_model(Contact),
            object_pk=Cast(F("pk"), TextField()),
            object_id=F("pk"),
            contact=F("pk"),
            object_repr=F("name"),
            action=Value(Change.Action.UPDATE, models.PositiveSmallIntegerField()),
            changes_text=Value(""),
            changes=changes,
            actor=Value(by and by.pk, models.BigIntegerField()),
            timestamp=Now(),
        )


def _difference(before: models.Model | None, after: models.Model | None) -> Changes:
    """What differs; of a new contact nothing is told."""
    if before is None and isinstance(after, Contact):
        return {}
    return model_instance_diff(before, after) or {}


def _expression(value: Any) -> Any:
    return value if hasattr(value, "resolve_expression") else Value(value)


class Change(AbstractLogEntry):  # type: ignore[misc]
    """One change. It goes with its contact, so that an erased contact leaves no trace of it."""

    contact = models.ForeignKey(
        Contact,
        on_delete=models.DB_CASCADE,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("contact"),
    )

    # As the library has them, but acting in the database as all our foreign keys do.
    content_type = models.ForeignKey(
        ContentType,
        on_delete=models.DB_CASCADE,
        related_name="+",
        verbose_name=_("content type"),
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        blank=True,
        null=True,
        related_name="+",
        verbose_name=_("user"),
    )

    objects = LogEntryManager.from_queryset(ChangeQuerySet)()

    class Meta(AbstractLogEntry.Meta):  # type: ignore[misc]
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the contact that the changed object says it belongs to."""
        if self.action == self.Action.DELETE and self._is_contact():
            # What the contact was goes with it; that it was deleted, and by whom, stays.
            self.changes = None
        elif self.additional_data:
            self.contact_id = self.additional_data.get("contact")
        super().save(*args, **kwargs)

    def _is_contact(self) -> bool:
        return bool(self.content_type == ContentType.objects.get_for_model(Contact))
