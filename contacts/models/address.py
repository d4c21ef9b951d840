"""Addresses that hold for a time: the summer house, the new office from May (R14)."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.countries import country_choices

from .contact import Contact
from .of_contact import OfContact


class AddressPeriodQuerySet(models.QuerySet["AddressPeriod"]):
    def covering(self, date: Any) -> Self:
        """Periods that `date`, or an expression for one, lies in, first and last day included."""
        endless = Q(ends_on=None) | Q(ends_on__gte=date)
        return self.filter(endless, starts_on__lte=date)

    def in_force(self, date: datetime.date) -> Self:
        """Of the periods that cover `date`, the one of each contact that began last (R15)."""
        covering = AddressPeriod.objects.covering(date).filter(contact=OuterRef("contact"))
        later = covering.filter(starts_on__gt=OuterRef("starts_on"))
        return self.covering(date).filter(~Exists(later))

    def of_others(self, address: "AlternativeAddress") -> Self:
        """Periods of the other addresses of the same contact."""
        return self.filter(contact=address.contact_id).exclude(address=address.pk)


class AlternativeAddressQuerySet(models.QuerySet["AlternativeAddress"]):
    def in_force(self, date: datetime.date) -> Self:
        """The one address of each contact that is in force on `date` (R15)."""
        return self.filter(pk__in=AddressPeriod.objects.in_force(date).values("address"))

    def of_contact(self, contact: Contact) -> Self:
        """All addresses of `contact`, with their periods."""
        return self.filter(contact=contact).prefetch_related("periods")

    def move_contact(self, field: str, winner: Contact) -> None:
        """Let the addresses be those of `winner`; a code that is taken there gets a number."""
        taken = set(
            AlternativeAddress.objects.filter(contact=winner).values_list("code", flat=True)
        )
        for address in self:
            codes = (address.code, *(f"{address.code[:17]}-{i}" for i in range(2, 100)))
            address.code = next(code for code in codes if code not in taken)
            address.contact = winner
            taken.add(address.code)
            address.save()


class AlternativeAddress(OfContact, models.Model):
    """Another address of a contact, in force in its periods only."""

    contact = models.ForeignKey(
        Contact,
        on_delete=models.DB_CASCADE,
        related_name="alternative_addresses",
        verbose_name=_("contact"),
    )
    code = models.CharField(_("code"), max_length=20)
    company_name = models.CharField(_("company name"), max_length=150, blank=True)
    address = models.CharField(_("address"), max_length=150, blank=True)
    address_2 = models.CharField(_("address 2"), max_length=150, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, choices=country_choices)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    mobile = models.CharField(_("mobile phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    home_page = models.URLField(_("home page"), blank=True)

    objects = AlternativeAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("alternative address")
        verbose_name_plural = _("alternative addresses")
        ordering = ["contact", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "code"],
                name="alternative_address_code_once",
                violation_error_message=_("The contact has an address with this code already."),
            )
        ]

    def __str__(self) -> str:
        return self.code


class AddressPeriod(OfContact, models.Model):
    """From when to when an alternative address is in force; without an end, for good (R14)."""

    address = models.ForeignKey(
        AlternativeAddress,
        on_delete=models.DB_CASCADE,
        related_name="periods",
        verbose_name=_("alternative address"),
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.DB_CASCADE,
        related_name="address_periods",
        editable=False,
        verbose_name=_("contact"),
    )
    starts_on = models.DateField(_("from date"))
    ends_on = models.DateField(_("to date"), null=True, blank=True)

    objects = AddressPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "starts_on"],
                name="address_period_starts_once",
                violation_error_message=_(
                    "Another address of the contact is in force from the same date."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="address_period_ends_after_start",
                violation_error_message=_("The period ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on or ''}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; the contact is the one of the address."""
        self.contact_id = self.address.contact_id
        super().save(*args, **kwargs)

    @property
    def is_over(self) -> bool:
        """Whether the period ended before today."""
        return self.ends_on is not None and self.ends_on < timezone.localdate()
