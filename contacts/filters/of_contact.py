"""What can be asked of the fields of a contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.conditions import (
    GROUPS,
    AnyObject,
    AnyOf,
    Condition,
    Group,
    OneCompany,
    OneOf,
    Reachable,
    Text,
    YesNo,
)
from contacts.countries import country_choices
from contacts.expressions import Kind
from contacts.expressions.condition import Expressed
from contacts.models import (
    Channel,
    Contact,
    CorrespondenceType,
    Language,
    OrganizationalLevel,
    Salesperson,
    Salutation,
    Territory,
)

from .condition_set import ConditionSet


def text(lookup: str, label: Text, subject: Text, group: Group, **kwargs: Any) -> Expressed:
    """Return a condition on a text, an expression."""
    return Expressed(
        kind=Kind.TEXT, lookup=lookup, label=label, subject=subject, group=group, **kwargs
    )


def code(lookup: str, label: Text, subject: Text, group: Group, **kwargs: Any) -> Expressed:
    """Return a condition on a code, an expression."""
    return Expressed(
        kind=Kind.CODE, lookup=lookup, label=label, subject=subject, group=group, **kwargs
    )


def date(lookup: str, label: Text, subject: Text, group: Group, **kwargs: Any) -> Expressed:
    """Return a condition on a date, an expression."""
    return Expressed(
        kind=Kind.DATE, lookup=lookup, label=label, subject=subject, group=group, **kwargs
    )


class OfWho(ConditionSet):
    """Conditions on who a contact is."""

    q = Condition(
        label=_("Search"),
        clause=_("found by “%(value)s”"),
        by="search",
        max_length=200,
        widget=forms.TextInput({"placeholder": _("Name, company, city, number or e-mail")}),
    )
    type = OneOf(
        label=_("Type"),
        choices=Contact.Type.choices,
        clauses={"company": _("is a company"), "person": _("is a person")},
    )
    number = code("number", _("Number"), _("number"), GROUPS["contact"])
    name = text("name", _("Name"), _("name"), GROUPS["contact"])
    company = OneCompany(
        label=_("Company"),
        clause=_("belongs to %(value)s"),
        help_text=_("The number of a company"),
    )
    company_name = text(
        "company_name", _("Name of the company"), _("name of the company"), GROUPS["contact"]
    )
    job_title = text("job_title", _("Job title"), _("job title"), GROUPS["contact"])
    organizational_level = AnyObject(
        label=_("Organizational level"),
        queryset=OrganizationalLevel.objects.all(),
        clause=_("organizational level is %(value)s"),
    )
    vat_number = code("vat_number", _("VAT number"), _("VAT number"), GROUPS["contact"])
    external_id = code("external_id", _("External id"), _("external id"), GROUPS["contact"])


class OfPlace(ConditionSet):
    """Conditions on where a contact is, and on who looks after it."""

    country = AnyOf(
        label=_("Country"),
        choices=country_choices,
        clause=_("country is %(value)s"),
        group=GROUPS["address"],
    )
    postal_code = code("postal_code", _("Postal code"), _("postal code"), GROUPS["address"])
    city = text("city", _("City"), _("city"), GROUPS["address"])
    address = text("address", _("Address"), _("address"), GROUPS["address"])
    region = text("region", _("Region"), _("region"), GROUPS["address"])
    language = AnyObject(
        label=_("Language"),
        queryset=Language.objects.all(),
        clause=_("language is %(value)s"),
        group=GROUPS["assignment"],
    )
    salesperson = AnyObject(
        label=_("Salesperson"),
        queryset=Salesperson.objects.all(),
        clause=_("salesperson is %(value)s"),
        group=GROUPS["assignment"],
    )
    territory = AnyObject(
        label=_("Territory"),
        queryset=Territory.objects.all(),
        clause=_("territory is %(value)s"),
        group=GROUPS["assignment"],
    )
    salutation = AnyObject(
        label=_("Salutation"),
        queryset=Salutation.objects.all(),
        clause=_("salutation is %(value)s"),
        group=GROUPS["assignment"],
    )


class OfReach(ConditionSet):
    """Conditions on how a contact can be reached."""

    has_address = YesNo(
        label=_("Has a postal address"),
        yes=_("has a postal address"),
        no=_("has no postal address"),
        by="having_address",
        group=GROUPS["reach"],
    )
    has_email = YesNo(
        label=_("Has an e-mail address"),
        yes=_("has an e-mail address"),
        no=_("has no e-mail address"),
        by="having_email",
        group=GROUPS["reach"],
    )
    may_be_written_to = Reachable(
        Channel.LETTER,
        label=_("May be written to"),
        yes=_("may be written to"),
        no=_("may not be written to"),
        help_text=_("Has a postal address and allows letters"),
    )
    may_be_emailed = Reachable(
        Channel.EMAIL,
        label=_("May be e-mailed"),
        yes=_("may be e-mailed"),
        no=_("may not be e-mailed"),
        help_text=_("Has an e-mail address and allows e-mail"),
    )
    may_be_phoned = Reachable(
        Channel.PHONE,
        label=_("May be phoned"),
        yes=_("may be phoned"),
        no=_("may not be phoned"),
        help_text=_("Has a phone number and allows calls"),
    )
    correspondence_type = AnyOf(
        label=_("Correspondence type"),
        choices=CorrespondenceType.choices,
        clause=_("correspondence type is %(value)s"),
        group=GROUPS["reach"],
    )
    email = text("email", _("E-mail"), _("e-mail address"), GROUPS["reach"])
    phone = code("phone", _("Phone"), _("phone"), GROUPS["reach"])
    mobile = code("mobile", _("Mobile phone"), _("mobile phone"), GROUPS["reach"])
    home_page = text("home_page", _("Home page"), _("home page"), GROUPS["reach"])


class OfStatus(ConditionSet):
    """Conditions on what was said of a contact, and when."""

    status = YesNo(
        label=_("May be selected"),
        yes=_("may be selected"),
        no=_("may not be selected"),
        by="by_status",
        group=GROUPS["status"],
        help_text=_("Not excluded, not privacy blocked, no minor without consent, active"),
    )
    excluded = YesNo(
        label=_("Excluded from segments"),
        yes=_("is excluded from segments"),
        no=_("is not excluded from segments"),
        by="excluded",
        group=GROUPS["status"],
    )
    created = date("created_at", _("Created"), _("date created"), GROUPS["status"])
    changed = date("updated_at", _("Changed"), _("date changed"), GROUPS["status"])
    notes = text("notes", _("Notes"), _("notes"), GROUPS["status"])
