"""Groups that contacts and templates belong to."""

from contacts.models import IndustryGroup, MailingGroup
from contacts.models.group import Group
from interactions.models import InteractionGroup
from segments_app.demo.companies import INDUSTRIES

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
            (InteractionGroup, INTERACTION_GROUPS),
        )
    )


def _make(model: type[Group] | type[InteractionGroup], descriptions: dict[str, str]) -> int:
    made = [
        model._default_manager.get_or_create(code=code, defaults={"description": description})[1]
        for code, description in descriptions.items()
    ]
    return sum(made)
