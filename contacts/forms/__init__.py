"""Forms for contacts, their addresses, and the file of an import."""

from .contact import FORMS, CompanyForm, ContactForm, PersonForm
from .only_changes import OnlyChanges

__all__ = ["FORMS", "CompanyForm", "ContactForm", "OnlyChanges", "PersonForm"]
