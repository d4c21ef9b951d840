"""What a contact's number may look like when a person types it: it stands in addresses."""

import re

from django.utils.translation import gettext as _

ALLOWED = re.compile(r"[\w.-]+")
# Words that stand in the same place of an address.
TAKEN = frozenset({"create", "import", "pick", ".", ".."})


def number_problem(number: str) -> str:
    """Return why `number` cannot be a contact's number, or ""."""
    if not ALLOWED.fullmatch(number):
        return _("A number has letters, digits, hyphens and full stops only.")
    if number.casefold() in TAKEN:
        return _("“%(number)s” cannot be a number.") % {"number": number}
    return ""
