"""The merge fields: the one list of them, and their values for one letter."""

import datetime
import re
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.addresses import address_block
from contacts.countries import country_name
from contacts.salutations import find_formula, greet

from .choices import chosen_fields
from .locales import has_locale, letter_locale
from .shared import CAMPAIGN_FIELDS, SALESPERSON_FIELDS, Shared, Values
from .source import LetterSource
from .word_fields.formats import LETTER
from .word_fields.usual_names import USUAL_NAMES

Fields = dict[str, Values]


GROUPS = {
    "contact": _("Contact"),
    "salesperson": _("Salesperson"),
    "company": _("Our company"),
    "campaign": _("Campaign"),
    "segment": _("Segment"),
    "interaction": _("Interaction"),
}


@dataclass(frozen=True, slots=True)
class MergeField:
    """A field as people know it: its name in the template, what it is, and an example."""

    name: str
    description: str | Promise
    example: str

    @property
    def usual_names(self) -> tuple[str, str]:
        """Its name in Word's mail merge, in English and in Danish."""
        return USUAL_NAMES[self.name]

    @property
    def of(self) -> str | Promise:
        """Whom or what it is of, as people call it."""
        return GROUPS[self.name.partition(".")[0]]


MERGE_FIELDS = (
    MergeField("contact.number", _("The contact's number"), "CT000042"),
    MergeField("contact.name", _("The whole name"), "Anna Marie Sørensen"),
    MergeField("contact.name_2", _("Second line of the name"), "Att. Indkøb"),
    MergeField("contact.first_name", _("First name"), "Anna"),
    MergeField("contact.middle_name", _("Middle name"), "Marie"),
    MergeField("contact.surname", _("Surname"), "Sørensen"),
    MergeField("contact.initials", _("Initials"), "AMS"),
    MergeField("contact.job_title", _("Job title"), "Purchasing manager"),
    MergeField("contact.company_name", _("The company, or the contact's employer"), "Havn & Co"),
    MergeField("contact.address", _("Address"), "Havnegade 12"),
    MergeField("contact.address_2", _("Second line of the address"), "3. tv."),
    MergeField("contact.postal_code", _("Postal code"), "8000"),
    MergeField("contact.city", _("City"), "Aarhus C"),
    MergeField("contact.region", _("Region"), "Midtjylland"),
    MergeField("contact.country", _("Country, in the language of the letter"), "Danmark"),
    MergeField("contact.phone", _("Phone"), "+45 86 12 34 56"),
    MergeField("contact.mobile", _("Mobile phone"), "+45 20 12 34 56"),
    MergeField("contact.email", _("E-mail"), "anna@havn.example"),
    MergeField("contact.home_page", _("Home page"), "https://havn.example"),
    MergeField("contact.vat_number", _("VAT number"), "DK12345678"),
    MergeField(
        "contact.is_company",
        _("“yes” for a company, nothing for a person; for conditions"),
        "yes",
    ),
    MergeField(
        "contact.address_block",
        _("Name and address on as many lines as it takes, for the window of the envelope"),
        "Havn & Co\nAnna Marie Sørensen\nAtt. Indkøb\nHavnegade 12\n3. tv.\n8000 Aarhus C",
    ),
    MergeField(
        "contact.formal_salutation",
        _("The formal salutation, in the language of the letter"),
        "Kære Anna Marie Sørensen",
    ),
    MergeField(
        "contact.informal_salutation",
        _("The informal salutation, in the language of the letter"),
        "Hej Anna",
    ),
    MergeField("salesperson.code", _("The salesperson's code"), "MK"),
    MergeField("salesperson.name", _("The salesperson's name"), "Mette Kjær"),
    MergeField("salesperson.job_title", _("The salesperson's job title"), "Key account manager"),
    MergeField("salesperson.phone", _("The salesperson's phone"), "+45 30 12 34 56"),
    MergeField("salesperson.email", _("The salesperson's e-mail"), "mette@fjord.example"),
    MergeField("salesperson.signature", _("The salesperson's signature, as a picture"), ""),
    MergeField("company.name", _("Our company's name"), "Fjord A/S"),
    MergeField("company.address", _("Our address"), "Kystvejen 5"),
    MergeField("company.address_2", _("Second line of our address"), "Pakhus 2"),
    MergeField("company.postal_code", _("Our postal code"), "8000"),
    MergeField("company.city", _("Our city"), "Aarhus C"),
    MergeField("company.country", _("Our country, in the language of the letter"), "Danmark"),
    MergeField("company.phone", _("Our phone"), "+45 70 12 34 56"),
    MergeField("company.email", _("Our e-mail"), "post@fjord.example"),
    MergeField("company.home_page", _("Our home page"), "https://fjord.example"),
    MergeField("company.vat_number", _("Our VAT number"), "DK87654321"),
    MergeField("company.bank_name", _("Our bank"), "Havnebanken"),
    MergeField("company.bank_account", _("Our bank account"), "1234 0001234567"),
    MergeField("company.iban", _("Our IBAN"), "DK5012340001234567"),
    MergeField("company.swift", _("Our bank's SWIFT code"), "HAVNDK22"),
    MergeField(
        "company.address_block",
        _("Our name and address on as many lines as it takes"),
        "Fjord A/S\nKystvejen 5\nPakhus 2\n8000 Aarhus C",
    ),
    MergeField("company.logo", _("Our logo, as a picture"), ""),
    MergeField("campaign.number", _("The campaign's number"), "CP0007"),
    MergeField("campaign.description", _("The campaign's description"), "Autumn fair"),
    MergeField("campaign.starts", _("The campaign's first day, written out"), "1. oktober 2026"),
    MergeField("campaign.ends", _("The campaign's last day, written out"), "31. december 2026"),
    MergeField("segment.number", _("The segment's number"), "SM00012"),
    MergeField("segment.description", _("The segment's description"), "Invitation, customers"),
    MergeField("interaction.date", _("The date, written out"), "22. november 2026"),
    MergeField("interaction.date_short", _("The date in figures"), "22.11.2026"),
    MergeField("interaction.weekday", _("The day of the week of the date"), "søndag"),
    MergeField("interaction.description", _("The interaction's description"), "Invitation"),
    MergeField("interaction.subject", _("The subject"), "You are invited"),
    MergeField(
        "interaction.comment",
        _("The comment for this contact; may have several lines"),
        "We have kept a table for you.\nSee you there!",
    ),
)
NAMES = frozenset(field.name for field in MERGE_FIELDS)
# What letters need to know of a contact and do not show.
NO_FIELDS = ("type", "salutation", "address_company")
NO_SALESPERSON = dict.fromkeys((*SALESPERSON_FIELDS, "signature"), "")
SHORT = "short"
NO_CAMPAIGN = dict.fromkeys(CAMPAIGN_FIELDS, "")


def example_fields() -> Fields:
    """Return the merge fields of an invented letter, for trying out a template."""
    fields: Fields = {}
    for field in MERGE_FIELDS:
        group, name = field.name.split(".")
        fields.setdefault(group, {})[name] = field.example
    return {**fields, LETTER: {"language": "da", "date": "2026-11-22"}}


def merge_fields(source: LetterSource, shared: Shared) -> Fields:
    """Return the values of all merge fields for one letter: group -> name -> text.

    Dates, country names and salutations are in the letter's language (D11). What is not known is
    the empty text.
    """
    return MergeFields(shared).of(source)


class MergeFields:
    """The merge fields of letters that share `shared`. What they have in common is made once."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._languages = cache(partial(_known_language, default=shared["default_language"]))
        self._company = cache(partial(_company, shared))
        self._salesperson = cache(partial(_salesperson, shared))
        self._campaign = cache(partial(_campaign, shared))
        self._formulas = cache(partial(_formulas, shared))

    def of(self, source: LetterSource) -> Fields:
        """Return the values of one letter, as `merge_fields` does. They may not be changed."""
        language = self._languages(source.language)
        return {
            "contact": self._contact(source, language),
            "salesperson": self._salesperson(source.salesperson),
            "company": self._company(language),
            "campaign": self._campaign(source.campaign, language),
            "segment": self._shared["segment"],
            "interaction": _interaction(source, language),
            LETTER: _letter(source.date, language),
            **chosen_fields(source.choices),
        }

    def _contact(self, source: LetterSource, language: str) -> Values:
        contact = source.contact
        kind = contact["type"]
        own_country = self._shared["company"]["country"]
        formal, informal = self._formulas(contact["salutation"], kind, source.language)
        values = {
            **contact,
            "country": _country(contact["country"], language),
            "is_company": "yes" if kind == "company" else "",
            "address_block": address_block(contact, own_country=own_country, language=language),
            "formal_salutation": greet(formal, contact),
            "informal_salutation": greet(informal, contact),
        }
        for name in NO_FIELDS:
            values.pop(name, None)
        return values


def _formulas(
    shared: Shared, salutation: object, kind: str, language: str | None
) -> tuple[str, str]:
    """The formal and the informal formula for contacts of a kind, in the language of a letter."""
    salutation = salutation or shared["default_salutations"].get(kind)
    default = shared["default_language"]
    formal, informal = (
        find_formula(shared["formulas"], salutation, [language or default, default], type_)
        for type_ in ("formal", "informal")
    )
    return formal, informal


def _salesperson(shared: Shared, salesperson: int | None) -> Values:
    """A signature is a picture; its value says whether there is one, for conditions."""
    key = str(salesperson)
    signature = "yes" if key in shared.get("signatures", {}) else ""
    return {**shared["salespeople"].get(key, NO_SALESPERSON), "signature": signature}


def _company(shared: Shared, language: str) -> Values:
    company = shared["company"]
    block = address_block(company, own_country=company["country"], language=language)
    country = _country(company["country"], language)
    logo = "yes" if shared.get("logo") else ""
    return {**company, "country": country, "address_block": block, "logo": logo}


def _campaign(shared: Shared, campaign: int | None, language: str) -> Values:
    values = {**NO_CAMPAIGN, **shared["campaigns"].get(str(campaign), {})}
    for name in ("starts", "ends"):
        if values[name]:
            values[name] = _date(datetime.date.fromisoformat(values[name]), language)
    return values


def _interaction(source: LetterSource, language: str) -> Values:
    return {
        **_dates(source.date, language),
        "description": source.description,
        "subject": source.subject,
        "comment": _lines(source.comment),
    }


@lru_cache(maxsize=1000)
def _dates(date: datetime.date | None, language: str) -> Values:
    return {
        "date": _date(date, language) if date else "",
        "date_short": _date(date, language, SHORT) if date else "",
        "weekday": _date(date, language, "EEEE") if date else "",
    }


@lru_cache(maxsize=1000)
def _letter(date: datetime.date | None, language: str) -> Values:
    """What Word's own switches write dates and numbers with. No tag can name it."""
    return {"language": language, "date": date.isoformat() if date else ""}


def _lines(text: str) -> str:
    """Browsers send line breaks as two characters; a letter knows one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _country(code: str, language: str) -> str:
    return country_name(code, language) if code else ""


def _date(date: datetime.date, language: str, how: str = "long") -> str:
    locale = letter_locale(language)
    if how == SHORT:  # With all four figures of the year, whatever the language is used to.
        how = re.sub("y+", "yyyy", locale.date_formats["short"].pattern)
    return format_date(date, how, locale=locale)


def _known_language(language: str | None, default: str) -> str:
    return next((code for code in (language or "", default) if has_locale(code)), "en")
