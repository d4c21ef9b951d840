from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.addresses import address_lines
from contacts.countries import country_choices, country_name
from contacts.numbers import plain_number
from contacts.search import Beginning
from contacts.words import search_words

from .contact_set import ContactQuerySet
from .selectable import SET_ASIDE, UNSELECTABLE, UNSELECTABLE_LABELS, unselectable

__all__ = [
    "SET_ASIDE",
    "UNSELECTABLE",
    "UNSELECTABLE_LABELS",
    "Contact",
    "ContactQuerySet",
    "CorrespondenceType",
    "unselectable",
]


class CorrespondenceType(models.TextChoices):
    """How a contact is written to (R3)."""

    HARD_COPY = "hard_copy", _("Hard copy")
    EMAIL = "email", _("E-mail")


class Contact(models.Model):
    """A company or a person. A company's `company` is itself; a person's is the employer (R1)."""

    class Type(models.TextChoices):
        COMPANY = "company", _("Company")
        PERSON = "person", _("Person")

    number = models.CharField(_("number"), max_length=20, unique=True, validators=[plain_number])
    type = models.CharField(_("type"), max_length=10, choices=Type, default=Type.PERSON)
    company = models.ForeignKey(
        "self",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="people",
        limit_choices_to={"type": "company"},
        verbose_name=_("company"),
    )
    company_name = models.CharField(_("company name"), max_length=150, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=150)
    name_2 = models.CharField(_("name 2"), max_length=150, blank=True, db_default="")
    first_name = models.CharField(_("first name"), max_length=50, blank=True)
    middle_name = models.CharField(_("middle name"), max_length=50, blank=True)
    surname = models.CharField(_("surname"), max_length=50, blank=True)
    initials = models.CharField(_("initials"), max_length=20, blank=True)
    job_title = models.CharField(_("job title"), max_length=100, blank=True)
    organizational_level = models.ForeignKey(
        "contacts.OrganizationalLevel",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("organizational level"),
    )
    search_name = models.TextField(editable=False, db_default="")
    address = models.CharField(_("address"), max_length=150, blank=True)
    address_2 = models.CharField(_("address 2"), max_length=150, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, choices=country_choices)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    mobile = models.CharField(_("mobile phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    email_2 = models.EmailField(_("e-mail 2"), blank=True, db_default="")
    home_page = models.URLField(_("home page"), blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=30, blank=True)
    external_id = models.CharField(_("external id"), max_length=50, blank=True)
    language = models.ForeignKey(
        "contacts.Language",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("language"),
    )
    salesperson = models.ForeignKey(
        "contacts.Salesperson",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        verbose_name=_("salesperson"),
    )
    territory = models.ForeignKey(
        "contacts.Territory",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("territory"),
    )
    correspondence_type = models.CharField(
        _("correspondence type"), max_length=10, choices=CorrespondenceType, blank=True
    )
    salutation = models.ForeignKey(
        "contacts.Salutation",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("salutation"),
    )
    mailing_groups = models.ManyToManyField(
        "contacts.MailingGroup",
        through="contacts.ContactMailingGroup",
        blank=True,
        related_name="contacts",
        verbose_name=_("mailing groups"),
    )
    industry_groups = models.ManyToManyField(
        "contacts.IndustryGroup",
        through="contacts.ContactIndustryGroup",
        blank=True,
        related_name="contacts",
        verbose_name=_("industry groups"),
    )
    job_responsibilities = models.ManyToManyField(
        "contacts.JobResponsibility",
        through="contacts.ContactJobResponsibility",
        blank=True,
        related_name="contacts",
        verbose_name=_("job responsibilities"),
    )
    business_relations = models.ManyToManyField(
        "contacts.BusinessRelation",
        through="contacts.ContactBusinessRelation",
        blank=True,
        related_name="contacts",
        verbose_name=_("business relations"),
    )
    excluded = models.BooleanField(
        _("excluded from segments"),
        default=False,
        help_text=_("Not selected by criteria. May still be added by hand, on purpose."),
    )
    privacy_blocked = models.BooleanField(
        _("privacy blocked"), default=False, help_text=_("Never selected and never written to.")
    )
    minor = models.BooleanField(_("minor"), default=False)
    parental_consent = models.BooleanField(_("parental consent received"), default=False)
    active = models.BooleanField(_("active"), default=True)
    notes = models.TextField(_("notes"), blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name", "id"]
        permissions = [
            ("merge_contact", "Can merge contacts"),
            ("erase_contact", "Can erase contacts"),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="contact_name"),
            models.Index(Beginning(), "id", name="contact_search_order"),
            models.Index(
                fields=["company_name", "company", "type", "name", "id"],
                name="contact_company_order",
            ),
            models.Index(fields=["country", "language"], name="contact_country"),
            models.Index(fields=["city"], name="contact_city"),
            models.Index(fields=["postal_code"], name="contact_postal_code"),
            models.Index(fields=["email"], name="contact_email"),
            models.Index(fields=["external_id"], name="contact_external_id"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=["company", "person"]), name="contact_type_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, keeping the names that are derived from others; a company is its own company."""
        self.derive_names()
        if self.type == self.Type.COMPANY and self.pk:
            self.company = self
        super().save(*args, **kwargs)
        if self.type == self.Type.COMPANY:
            self._settle_company()

    def get_absolute_url(self) -> str:
        return reverse("contacts:detail", args=[self.number])

    def get_additional_data(self) -> dict[str, Any]:
        """Return what django-auditlog keeps beside a change: whose it is."""
        return {"contact": self.pk}

    def _settle_company(self) -> None:
        if self.company_id != self.pk:
            self.company = self
            type(self).objects.filter(pk=self.pk).update(company=self.pk)
        else:
            type(self).objects.spread_names([self.pk])

    def derive_names(self) -> None:
        """Set `name` (of a person), `company_name` and `search_name` from what they come from."""
        if self.type == self.Type.PERSON:
            parts = (self.first_name, self.middle_name, self.surname)
            self.name = " ".join(part for part in parts if part) or self.name
            self.company_name = self.company.name if self.company else ""
        else:
            self.company_name = self.name
        self.search_name = search_words(self)

    def persons(self) -> ContactQuerySet:
        """The persons of a company; nobody for a person."""
        return type(self).objects.persons().filter(company=self.pk)

    def type_is_fixed(self) -> str:
        """Return the sentence that says why the type cannot change, or "" if it can."""
        if self.interactions.exists() or self.segment_lines.exists():
            return gettext(
                "The type cannot change: the contact has interactions or is in a segment."
            )
        if self.persons().exists():
            return gettext("The type cannot change: persons belong to the company.")
        return ""

    @property
    def country_name(self) -> str:
        return country_name(self.country) if self.country else ""

    @property
    def address_lines(self) -> list[str]:
        """The postal address as a letter from abroad has it: line by line, with the country."""
        language = translation.get_language() or "en"
        return address_lines(vars(self), own_country="", language=language)

    @property
    def where(self) -> str:
        """The company a person works for, and the place, in one line."""
        company = "" if self.is_company else self.company_name
        place = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (company, place) if part)

    @property
    def is_company(self) -> bool:
        return self.type == self.Type.COMPANY

    @property
    def unselectable_reason(self) -> str:
        """Why the contact may not be selected, in words for people; "" if it may (D1)."""
        return next(
            (
                str(UNSELECTABLE_LABELS[reason])
                for reason, condition in UNSELECTABLE.items()
                if all(getattr(self, field) == value for field, value in condition.items())
            ),
            "",
        )
