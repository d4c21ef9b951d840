"""Import of contacts from a CSV file, all or nothing."""

from .apply import import_contacts
from .result import ImportResult, Outcome, Refusal

__all__ = ["ImportResult", "Outcome", "Refusal", "import_contacts"]
