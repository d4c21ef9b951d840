"""What administrators set up: templates with their documents, groups, our own company,
signatures."""

from .company import CompanyInformationAdmin
from .kind import KindTemplateAdmin
from .salesperson import SigningSalespersonAdmin
from .template import InteractionGroupAdmin, InteractionTemplateAdmin

__all__ = [
    "CompanyInformationAdmin",
    "InteractionGroupAdmin",
    "InteractionTemplateAdmin",
    "KindTemplateAdmin",
    "SigningSalespersonAdmin",
]
