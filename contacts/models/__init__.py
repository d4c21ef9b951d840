"""Who we know, and the people who write to them."""

from .address import AddressPeriod, AlternativeAddress
from .change import Change
from .consent import Channel, Consent
from .contact import Contact, CorrespondenceType
from .contact_import import ContactImport
from .defaults import ContactDefaults
from .duplicate import Duplicate, MergedContact
from .group import (
    BusinessRelation,
    IndustryGroup,
    JobResponsibility,
    MailingGroup,
    OrganizationalLevel,
    Territory,
)
from .language import Language
from .membership import (
    ContactBusinessRelation,
    ContactIndustryGroup,
    ContactJobResponsibility,
    ContactMailingGroup,
    Membership,
)
from .number_series import NumberSeries
from .profile import ContactProfileAnswer, ProfileAnswer, ProfileQuestion, ProfileQuestionnaire
from .salesperson import Salesperson
from .salutation import Salutation, SalutationFormula
from .user import User

__all__ = [
    "AddressPeriod",
    "AlternativeAddress",
    "BusinessRelation",
    "Change",
    "Channel",
    "Consent",
    "Contact",
    "ContactBusinessRelation",
    "ContactDefaults",
    "ContactImport",
    "ContactIndustryGroup",
    "ContactJobResponsibility",
    "ContactMailingGroup",
    "ContactProfileAnswer",
    "CorrespondenceType",
    "Duplicate",
    "IndustryGroup",
    "JobResponsibility",
    "Language",
    "MailingGroup",
    "Membership",
    "MergedContact",
    "NumberSeries",
    "OrganizationalLevel",
    "ProfileAnswer",
    "ProfileQuestion",
    "ProfileQuestionnaire",
    "Salesperson",
    "Salutation",
    "SalutationFormula",
    "Territory",
    "User",
]
