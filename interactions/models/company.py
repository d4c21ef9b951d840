from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.countries import country_choices


class CompanyInformation(models.Model):
    """Our own company, as letters name it. There is one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=150)
    address = models.CharField(_("address"), max_length=150, blank=True)
    address_2 = models.CharField(_("address 2"), max_length=150, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=country_choices, default="DK")
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    home_page = models.URLField(_("home page"), blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=30, blank=True)
    bank_name = models.CharField(_("bank"), max_length=100, blank=True)
    bank_account = models.CharField(_("bank account"), max_length=50, blank=True)
    iban = models.CharField(_("IBAN"), max_length=50, blank=True)
    swift = models.CharField(_("SWIFT"), max_length=20, blank=True)
    logo = models.ForeignKey(
        "interactions.Document",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        verbose_name=_("logo"),
    )

    class Meta:
        verbose_name = _("company information")
        verbose_name_plural = _("company information")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_company_information")
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def ours(cls) -> "CompanyInformation":
        """Return our company, empty when the administrator has not told it yet."""
        return cls.objects.first() or cls()
