"""Import of contacts from files: CSV and Excel."""

from .apply import import_contacts
from .layout import Layout, Options
from .result import ImportResult, Outcome, Refusal

__all__ = ["ImportResult", "Layout", "Options", "Outcome", "Refusal", "import_contacts"]
