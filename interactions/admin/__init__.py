"""What administrators set up: templates with their documents, groups, our own company."""

from .company import CompanyInformationAdmin
from .template import InteractionGroupAdmin, InteractionTemplateAdmin

__all__ = ["CompanyInformationAdmin", "InteractionGroupAdmin", "InteractionTemplateAdmin"]
