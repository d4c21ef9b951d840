"""The columns of contacts in files, for import and export alike (django-import-export)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
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

from .columns import heading_key
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
    """A column. `headings` are its names in files besides its own and its label."""

    def __init__(
        self,
        widget: Widget,
        *headings: str,
        attribute: str = "",
        label: str | Promise = "",
        readonly: bool = False,
    ) -> None:
        super().__init__(attribute=attribute, widget=widget, readonly=readonly)
        self.given_label, self.headings = label, headings

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
    def is_held(self) -> bool:
        """Whether the value is kept in another table than the contact's."""
        return str(self.attribute).startswith("held__")


def _limit(name: str) -> int | None:
    limit: int | None = getattr(Contact._meta.get_field(name), "max_length", None)
    return limit


def _text(name: str, *headings: str, widget: type[TextWidget] = TextWidget) -> Column:
    return Column(widget(_limit(name)), *headings, attribute=f"contact__{name}")


def _checked(name: str, form_field: forms.Field, *headings: str) -> Column:
    return Column(FormWidget(_limit(name), form_field), *headings, attribute=f"contact__{name}")


def _code(name: str, model: Any, *headings: str) -> Column:
    return Column(CodeWidget(model), *headings, attribute=f"contact__{name}_id")


def _codes(name: str, model: Any, *headings: str, label: str | Promise = "") -> Column:
    return Column(CodesWidget(model), *headings, attribute=f"held__{name}", label=label)


def _flag(name: str, *headings: str, empty: bool = False) -> Column:
    return Column(YesNoWidget(empty), *headings, attribute=f"contact__{name}")


def _choice(name: str, choices: Any, *headings: str) -> Column:
    return Column(ChoiceWidget(name, choices), *headings, attribute=f"contact__{name}")


def _consent(name: str, widget: Widget, label: str | Promise, heading: str) -> Column:
    return Column(widget, heading, attribute=f"held__{name}", label=label)


EMAIL = forms.EmailField(required=False)
PAGE = forms.URLField(required=False, assume_scheme="https")


class ContactResource(Resource):  # type: ignore[misc]
    """What a file of contacts holds. The order is the one of exported files."""

    number = _text(
        "number", "contact number", "no", "nummer", "nr", "kontaktnummer", widget=NumberWidget
    )
    type = _choice("type", Contact.Type, "kontakttype")
    name = _text("name", "navn", "fulde navn", "full name")
    name_2 = _text("name_2", "navn 2")
    first_name = _text("first_name", "fornavn")
    middle_name = _text("middle_name", "mellemnavn")
    surname = _text("surname", "last name", "family name", "efternavn")
    initials = _text("initials", "initialer")
    job_title = _text("job_title", "title", "stilling", "titel", "jobtitel")
    organizational_level = _code("organizational_level", OrganizationalLevel, "kompetenceniveau")
    company = Column(
        TextWidget(150),
        *("company no", "virksomhed", "firma", "virksomhedsnummer"),
        attribute="contact__company__number",
        label=_("Company number"),
    )
    company_name = Column(
        TextWidget(), "virksomhedsnavn", attribute="contact__company_name", readonly=True
    )
    address = _text("address", "street", "adresse", "vej")
    address_2 = _text("address_2", "adresse 2")
    postal_code = _text(
        "postal_code",
        *("post code", "postcode", "zip", "zip code", "postnr", "postnummer"),
        widget=DigitsWidget,
    )
    city = _text("city", "town", "by")
    region = _text("region", "state", "county", "område")
    country = Column(
        CountryWidget(), "country code", "land", "landekode", attribute="contact__country"
    )
    phone = _text("phone", "telephone", "telefon", "tlf", "telefonnummer", widget=DigitsWidget)
    mobile = _text("mobile", "mobil", "mobiltelefon", "mobilnummer", widget=DigitsWidget)
    email = _checked(
        "email",
        EMAIL,
        *("e mail", "mail", "e mail address", "email address", "mailadresse", "e mailadresse"),
    )
    email_2 = _checked("email_2", EMAIL, "e mail 2")
    home_page = _checked("home_page", PAGE, "website", "homepage", "hjemmeside")
    vat_number = _text(
        "vat_number",
        *("vat", "vat no", "cvr", "cvr nr", "cvr nummer", "momsnummer"),
        widget=DigitsWidget,
    )
    external_id = _text("external_id", "id", "eksternt id", "ekstern id", widget=DigitsWidget)
    language = _code("language", Language, "language code", "sprog", "sprogkode")
    salesperson = _code("salesperson", Salesperson, "salesperson code", "sælger", "sælgerkode")
    territory = _code("territory", Territory, "territory code", "distrikt", "distriktskode")
    correspondence_type = _choice("correspondence_type", CorrespondenceType, "korrespondancetype")
    salutation = _code(
        "salutation", Salutation, "salutation code", "starthilsen", "starthilsenkode"
    )
    mailing_groups = _codes(
        "mailing_groups", MailingGroup, "mailing group", "mailgrupper", "mailgruppe"
    )
    industry_groups = _codes(
        "industry_groups", IndustryGroup, "industry group", "brancher", "branche"
    )
    job_responsibilities = _codes(
        "job_responsibilities",
        JobResponsibility,
        *("job responsibility", "ansvarsområder", "ansvarsområde"),
    )
    business_relations = _codes(
        "business_relations", BusinessRelation, "business relation", "forretningsforhold"
    )
    profile_answers = _codes(
        "profile_answers", ProfileAnswer, "profilsvar", "svar", label=_("Profile answers")
    )
    excluded = _flag("excluded", "udelad fra målgruppe", "udeladt", "udeladt fra målgruppe")
    privacy_blocked = _flag(
        "privacy_blocked",
        *("privacy", "spærret", "spærret pga. beskyttelse af personlige oplysninger"),
    )
    minor = _flag("minor", "mindreårig")
    parental_consent = _flag("parental_consent", "forældresamtykke", "forældresamtykke modtaget")
    active = _flag("active", "aktiv", empty=True)
    consent_letter = _consent(
        "consent_letter", YesNoWidget(None), _("Consent to letters"), "samtykke brev"
    )
    consent_letter_date = _consent(
        "consent_letter_date", DayWidget(), _("Consent to letters: date"), "samtykke brev dato"
    )
    consent_letter_source = _consent(
        "consent_letter_source",
        TextWidget(200),
        _("Consent to letters: source"),
        "samtykke brev kilde",
    )
    consent_email = _consent(
        "consent_email", YesNoWidget(None), _("Consent to e-mail"), "samtykke e-mail"
    )
    consent_email_date = _consent(
        "consent_email_date", DayWidget(), _("Consent to e-mail: date"), "samtykke e-mail dato"
    )
    consent_email_source = _consent(
        "consent_email_source",
        TextWidget(200),
        _("Consent to e-mail: source"),
        "samtykke e-mail kilde",
    )
    consent_phone = _consent(
        "consent_phone", YesNoWidget(None), _("Consent to phone calls"), "samtykke telefon"
    )
    consent_phone_date = _consent(
        "consent_phone_date",
        DayWidget(),
        _("Consent to phone calls: date"),
        "samtykke telefon dato",
    )
    consent_phone_source = _consent(
        "consent_phone_source",
        TextWidget(200),
        _("Consent to phone calls: source"),
        "samtykke telefon kilde",
    )
    notes = Column(
        TextWidget(lines=True), "note", "noter", "bemærkninger", attribute="contact__notes"
    )
    unselectable = Column(
        TextWidget(),
        "må ikke vælges",
        attribute="contact__unselectable_reason",
        label=_("May not be selected"),
        readonly=True,
    )


CHANNELS = {f"consent_{channel.value}": channel for channel in Channel}
# A file must have one of these, or nobody could tell whom its rows are about.
WHO = ("name", "first_name", "surname", "number", "external_id", "email")
# The column of a file of refused rows that says why.
REASON = "reason"


def all_columns() -> dict[str, Column]:
    """All columns by name, for export."""
    return dict(ContactResource.fields)


def import_columns() -> dict[str, Column]:
    """The columns that an import writes, by name."""
    return {name: column for name, column in ContactResource.fields.items() if not column.readonly}


@cache
def known_headings() -> Mapping[str, str]:
    """The name of each column by all the headings that it is known under, as `heading_key`s."""
    return {heading_key(heading): name for name, heading in headings()}


def headings() -> Iterator[tuple[str, str]]:
    """Yield the name of each column with every heading of it, the weakest first."""
    yield from ((REASON, REASON), (REASON, "årsag"))
    for name, column in ContactResource.fields.items():
        for language, _label in settings.LANGUAGES:
            with translation.override(language):
                yield name, column.label
        yield from ((name, heading) for heading in column.headings)
    yield from ((name, name) for name in ContactResource.fields)


@cache
def import_headings() -> Mapping[str, str]:
    """The same for an import: "" for columns that are known, but follow from others."""
    ours = {*import_columns(), "company_name"}
    return {key: name if name in ours else "" for key, name in known_headings().items()}


def settle_names(names: list[str]) -> list[str]:
    """The name of a company says which one it is, unless the file has its number too."""
    instead = "" if "company" in names else "company"
    return [instead if name == "company_name" else name for name in names]
