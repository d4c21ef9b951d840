"""Numbers and codes that people type: they stand in addresses of pages and in names of files."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ALLOWED = re.compile(r"[\w.-]+")
# Words that stand in the same place of an address.
TAKEN = frozenset(
    {
        "campaign",
        "contact",
        "create",
        "delete-canceled",
        "export",
        "criteria",
        "fields",
        "filter-language",
        "find",
        "follow-up",
        "groups",
        "import",
        "pick",
        "profiles",
        ".",
        "reuse",
        "..",
    }
)


def number_problem(number: str) -> str:
    """Return why `number` cannot be a number or code, or ""."""
    if not ALLOWED.fullmatch(number):
        return _("Only letters, digits, hyphens and full stops.")
    if number.casefold() in TAKEN:
        return _("“%(number)s” cannot be a number.") % {"number": number}
    return ""


def plain_number(number: str) -> None:
    """The same as a validator of fields. Raises `ValidationError`."""
    if problem := number_problem(number):
        raise ValidationError(problem)
