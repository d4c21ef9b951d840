"""Who we know, and the people who write to them."""

from .contact import Contact, ContactIndustryGroup, ContactMailingGroup, CorrespondenceType
from .group import IndustryGroup, MailingGroup
from .language import Language
from .number_series import NumberSeries
from .salesperson import Salesperson
from .salutation import Salutation, SalutationFormula
from .user import User

__all__ = [
    "Contact",
    "ContactIndustryGroup",
    "ContactMailingGroup",
    "CorrespondenceType",
    "IndustryGroup",
    "Language",
    "MailingGroup",
    "NumberSeries",
    "Salesperson",
    "Salutation",
    "SalutationFormula",
    "User",
]
