"""Groups that contacts and templates belong to."""

from contacts.models import (
    BusinessRelation,
    Contact,
    IndustryGroup,
    JobResponsibility,
    MailingGroup,
    OrganizationalLevel,
    Territory,
)
from contacts.models.group import Group
from interactions.models import InteractionGroup
from segments_app.demo.companies import INDUSTRIES
from segments_app.demo.jobs import LEVELS, RESPONSIBILITIES

MAILING_GROUPS = {
    "CATALOG": "Printed catalogue, spring and autumn",
    "EVENTS": "Invitations to the showroom",
    "FAIR": "Met at a fair",
    "NEWS": "Newsletter",
    "PRESS": "Press and bloggers",
    "PRICES": "Price lists",
    "VIP": "VIP customers",
    "XMAS": "Christmas greeting",
}
# Business relation -> its description and its share of the companies.
BUSINESS_RELATIONS = {
    "CUSTOMER": ("Customer", 48),
    "PARTNER": ("Partner", 6),
    "PROSPECT": ("Prospect", 27),
    "SUPPLIER": ("Supplier", 5),
}
BUSINESS_SHARES = {code: share for code, (_description, share) in BUSINESS_RELATIONS.items()}
TERRITORIES = {
    "CAPITAL": "Copenhagen and Bornholm",
    "CENTRAL": "Central Jutland",
    "DE": "Germany",
    "GB": "Great Britain",
    "NORTH": "North Jutland",
    "SE": "Sweden",
    "SOUTH": "Funen and South Jutland",
    "ZEALAND": "Zealand",
}
# Danish region, or country, -> territory.
REGIONS = {
    "Region Nordjylland": "NORTH",
    "Region Midtjylland": "CENTRAL",
    "Region Syddanmark": "SOUTH",
    "Region Sjælland": "ZEALAND",
    "Region Hovedstaden": "CAPITAL",
    "SE": "SE",
    "DE": "DE",
    "GB": "GB",
}
INTERACTION_GROUPS = {
    "CALL": "Telephone and follow-up",
    "LETTER": "Letters",
    "MEETING": "Meetings and events",
    "SALES": "Offers and prices",
}
INDUSTRY_GROUPS = {code: description for code, (description, _share) in INDUSTRIES.items()}


def make_groups() -> int:
    """Make the groups that are missing; return how many were made."""
    return sum(
        _make(model, descriptions)
        for model, descriptions in (
            (MailingGroup, MAILING_GROUPS),
            (IndustryGroup, INDUSTRY_GROUPS),
            (BusinessRelation, {code: text for code, (text, _share) in BUSINESS_RELATIONS.items()}),
            (JobResponsibility, RESPONSIBILITIES),
            (OrganizationalLevel, LEVELS),
            (Territory, TERRITORIES),
            (InteractionGroup, INTERACTION_GROUPS),
        )
    )


def territory_of(contact: Contact) -> str:
    """Return the code of the territory that the contact lies in, "" where nobody can tell."""
    return REGIONS.get(contact.region if contact.country == "DK" else contact.country, "")


def _make(model: type[Group] | type[InteractionGroup], descriptions: dict[str, str]) -> int:
    made = [
        model._default_manager.get_or_create(code=code, defaults={"description": description})[1]
        for code, description in descriptions.items()
    ]
    return sum(made)
