"""Contacts that may be one and the same, and contacts that became another one."""

import datetime
from collections.abc import Mapping
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.querysets import SetQuerySet

from .contact import Contact

# What two contacts can share.
REASONS: Mapping[str, str | Promise] = {
    "vat_number": _("the same VAT number"),
    "email": _("the same e-mail address"),
    "phone": _("the same phone number"),
    "name": _("a similar name in the same postal code"),
}


class DuplicateQuerySet(SetQuerySet["Duplicate"]):
    def open(self) -> Self:
        """Pairs about which nobody has said that they are two contacts."""
        return self.filter(dismissed_at=None)

    def of_contact(self, contact: Contact) -> Self:
        return self.filter(Q(first=contact) | Q(second=contact))

    def move_contact(self, field: str, winner: Contact) -> None:
        """What looked like the contact that is gone is looked for anew."""
        self.delete()

    def found_before(self, moment: datetime.datetime) -> Self:
        return self.filter(found_at__lt=moment)

    def most_alike_first(self) -> Self:
        return self.order_by("-score", "-pk")

    def with_contacts(self) -> Self:
        return self.select_related("first__company", "second__company")


class Duplicate(models.Model):
    """Two contacts that look like one. `reasons` names what they share, `score` is 1 to 100."""

    first = models.ForeignKey(Contact, on_delete=models.DB_CASCADE, related_name="+")
    second = models.ForeignKey(Contact, on_delete=models.DB_CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(_("alike"))
    reasons = models.JSONField(_("reasons"), default=list)
    found_at = models.DateTimeField(_("found"))
    dismissed_at = models.DateTimeField(_("two contacts since"), null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("duplicate")
        verbose_name_plural = _("duplicates")
        indexes = [
            models.Index(
                fields=["-score", "-id"],
                name="duplicate_open",
                condition=Q(dismissed_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}"

    @property
    def words(self) -> list[str]:
        """What the two share, in the language of the page."""
        return [str(REASONS[reason]) for reason in self.reasons if reason in REASONS]


class MergedContact(models.Model):
    """A contact that became another one. Its number still leads to that one."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.DB_CASCADE, related_name="merged", verbose_name=_("contact")
    )
    # What the contact was: its fields, as plain values.
    values = models.JSONField(_("values"), default=dict)
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("merged by"),
    )

    class Meta:
        verbose_name = _("merged contact")
        verbose_name_plural = _("merged contacts")
        ordering = ["-merged_at"]

    def __str__(self) -> str:
        return self.number
