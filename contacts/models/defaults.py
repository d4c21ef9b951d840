from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.countries import country_choices

from .contact import CorrespondenceType
from .salesperson import Salesperson


class ContactDefaults(models.Model):
    """What new contacts get, and what persons take from their company (R4, R12). One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    country = models.CharField(_("country"), max_length=2, blank=True, choices=country_choices)
    language = models.ForeignKey(
        "contacts.Language",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        verbose_name=_("language"),
    )
    territory = models.ForeignKey(
        "contacts.Territory",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territory"),
    )
    salesperson = models.ForeignKey(
        "contacts.Salesperson",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("salesperson"),
        help_text=_("A user who is a salesperson is put on the contacts that he or she creates."),
    )
    correspondence_type = models.CharField(
        _("correspondence type"), max_length=10, choices=CorrespondenceType, blank=True
    )
    inherit_salesperson = models.BooleanField(_("salesperson"), default=True)
    inherit_territory = models.BooleanField(_("territory"), default=True)
    inherit_country = models.BooleanField(_("country"), default=True)
    inherit_language = models.BooleanField(_("language"), default=True)
    inherit_address = models.BooleanField(_("address"), default=True)
    inherit_communication = models.BooleanField(
        _("phones, e-mail, home page and correspondence type"), default=True
    )

    class Meta:
        verbose_name = _("contact defaults")
        verbose_name_plural = _("contact defaults")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_row_of_contact_defaults")
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def ours(cls) -> "ContactDefaults":
        """Return our defaults, or those of the program where nobody changed them."""
        return cls.objects.first() or cls(country="DK")

    def for_new_contact(self, user: Any = None) -> dict[str, Any]:
        """Return what a new contact gets where nothing is said (R4): field -> value.

        The salesperson is `user`, if that is one, else ours. Keys of relations, nothing empty.
        """
        own = Salesperson.objects.active().of_user(user)
        values = {
            "country": self.country,
            "language": self.language_id,
            "territory": self.territory_id,
            "salesperson": own.pk if own else self.salesperson_id,
            "correspondence_type": self.correspondence_type,
        }
        return {name: value for name, value in values.items() if value}
