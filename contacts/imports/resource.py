"""The columns of contacts in files, for import and export alike (django-import-export)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from import_export.resources import Resource
from import_export.widgets import Widget

from contacts.models import (
    BusinessRelation,
    Channel,
    Contact,
    CorrespondenceType,
    IndustryGroup,
    JobResponsibility,
    Language,
    MailingGroup,
    OrganizationalLevel,
    ProfileAnswer,
    Salesperson,
    Salutation,
    Territory,
)

from .columns import ALSO
from .widgets import (
    ChoiceWidget,
    CodesWidget,
    CodeWidget,
    CountryWidget,
    DayWidget,
    DigitsWidget,
    FormWidget,
    NumberWidget,
    TextWidget,
    YesNoWidget,
)


@dataclass
class Known:
    """A contact with what other tables know of it: groups, answers, consents, by column."""

    contact: Contact
    held: dict[str, Any] = field(default_factory=dict)


class Column(Field):  # type: ignore[misc]
    """A column. Without a label it is called as the field of contacts that has its name."""

    def __init__(
        self, widget: Widget, attribute: str, label: str | Promise = "", *, readonly: bool = False
    ) -> None:
        super().__init__(attribute=attribute, widget=widget, readonly=readonly)
        self.given_label = label

    @property
    def name(self) -> str:
        return str(self.column_name)

    @property
    def label(self) -> str:
        """What the column is called on pages and in exported files."""
        label = self.given_label or Contact._meta.get_field(self.name).verbose_name  # type: ignore[union-attr]
        return str(capfirst(str(label)))

    @property
    def import_label(self) -> str:
        """What it is called where it is imported: a company is known by its name as well."""
        return str(_("Company")) if self.name == "company" else self.label

    @property
    def headings(self) -> tuple[str, ...]:
        """What files call it besides."""
        return ALSO.get(self.name, ())

    def labels(self) -> Iterator[str]:
        """Yield what pages call it, and one and several of the records that it names."""
        if model := getattr(self.widget, "model", None):
            yield str(model._meta.verbose_name)
            yield str(model._meta.verbose_name_plural)
        yield self.label

    @property
    def is_held(self) -> bool:
        """Whether the value is kept in another table than the contact's."""
        return str(self.attribute).startswith("held__")


def _limit(name: str) -> int | None:
    limit: int | None = getattr(Contact._meta.get_field(name), "max_length", None)
    return limit


def _text(name: str, *, widget: type[TextWidget] = TextWidget) -> Column:
    return Column(widget(_limit(name)), f"contact__{name}")


def _checked(name: str, form_field: forms.Field) -> Column:
    return Column(FormWidget(_limit(name), form_field), f"contact__{name}")


def _code(name: str, model: Any) -> Column:
    return Column(CodeWidget(model), f"contact__{name}_id")


def _codes(name: str, model: Any, label: str | Promise = "") -> Column:
    return Column(CodesWidget(model), f"held__{name}", label)


def _flag(name: str, *, empty: bool = False) -> Column:
    return Column(YesNoWidget(empty), f"contact__{name}")


def _choice(name: str, choices: Any) -> Column:
    return Column(ChoiceWidget(name, choices), f"contact__{name}")


EMAIL = forms.EmailField(required=False)
PAGE = forms.URLField(required=False, assume_scheme="https")


class ContactResource(Resource):  # type: ignore[misc]
    """What a file of contacts holds. The order is the one of exported files."""

    number = _text("number", widget=NumberWidget)
    type = _choice("type", Contact.Type)
    name = _text("name")
    name_2 = _text("name_2")
    first_name = _text("first_name")
    middle_name = _text("middle_name")
    surname = _text("surname")
    initials = _text("initials")
    job_title = _text("job_title")
    organizational_level = _code("organizational_level", OrganizationalLevel)
    company = Column(TextWidget(150), "contact__company__number", _("Company number"))
    company_name = Column(TextWidget(), "contact__company_name", readonly=True)
    address = _text("address")
    address_2 = _text("address_2")
    postal_code = _text("postal_code", widget=DigitsWidget)
    city = _text("city")
    region = _text("region")
    country = Column(CountryWidget(), "contact__country")
    phone = _text("phone", widget=DigitsWidget)
    mobile = _text("mobile", widget=DigitsWidget)
    email = _checked("email", EMAIL)
    email_2 = _checked("email_2", EMAIL)
    home_page = _checked("home_page", PAGE)
    vat_number = _text("vat_number", widget=DigitsWidget)
    external_id = _text("external_id", widget=DigitsWidget)
    language = _code("language", Language)
    salesperson = _code("salesperson", Salesperson)
    territory = _code("territory", Territory)
    correspondence_type = _choice("correspondence_type", CorrespondenceType)
    salutation = _code("salutation", Salutation)
    mailing_groups = _codes("mailing_groups", MailingGroup)
    industry_groups = _codes("industry_groups", IndustryGroup)
    job_responsibilities = _codes("job_responsibilities", JobResponsibility)
    business_relations = _codes("business_relations", BusinessRelation)
    profile_answers = _codes("profile_answers", ProfileAnswer, _("Profile answers"))
    excluded = _flag("excluded")
    privacy_blocked = _flag("privacy_blocked")
    minor = _flag("minor")
    parental_consent = _flag("parental_consent")
    active = _flag("active", empty=True)
    consent_letter = Column(YesNoWidget(None), "held__consent_letter", _("Consent to letters"))
    consent_letter_date = Column(
        DayWidget(), "held__consent_letter_date", _("Consent to letters: date")
    )
    consent_letter_source = Column(
        TextWidget(200), "held__consent_letter_source", _("Consent to letters: source")
    )
    consent_email = Column(YesNoWidget(None), "held__consent_email", _("Consent to e-mail"))
    consent_email_date = Column(
        DayWidget(), "held__consent_email_date", _("Consent to e-mail: date")
    )
    consent_email_source = Column(
        TextWidget(200), "held__consent_email_source", _("Consent to e-mail: source")
    )
    consent_phone = Column(YesNoWidget(None), "held__consent_phone", _("Consent to phone calls"))
    consent_phone_date = Column(
        DayWidget(), "held__consent_phone_date", _("Consent to phone calls: date")
    )
    consent_phone_source = Column(
        TextWidget(200), "held__consent_phone_source", _("Consent to phone calls: source")
    )
    notes = Column(TextWidget(lines=True), "contact__notes")
    unselectable = Column(
        TextWidget(), "contact__unselectable_reason", _("May not be selected"), readonly=True
    )


CHANNELS = {f"consent_{channel.value}": channel for channel in Channel}
# A file must have one of these, or nobody could tell whom its rows are about.
WHO = ("name", "first_name", "surname", "number", "external_id", "email")


def all_columns() -> dict[str, Column]:
    """All columns by name, for export."""
    return dict(ContactResource.fields)


def import_columns() -> dict[str, Column]:
    """The columns that an import writes, by name."""
    return {name: column for name, column in ContactResource.fields.items() if not column.readonly}
