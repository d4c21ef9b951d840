"""Who may be selected, and for which reason somebody may not (D1)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Why a contact may not be selected (D1), the gravest first. The one definition: see D1.
UNSELECTABLE = {
    "inactive": {"active": False},
    "privacy": {"privacy_blocked": True},
    "minor": {"minor": True, "parental_consent": False},
    "excluded": {"excluded": True},
}
# The reason that a person may set aside on purpose.
SET_ASIDE = "excluded"
UNSELECTABLE_LABELS = {
    "inactive": _("inactive"),
    "privacy": _("privacy blocked"),
    "minor": _("minor without parental consent"),
    "excluded": _("excluded from segments"),
}


def unselectable(prefix: str = "", *, ignore_exclusion: bool = False) -> list[tuple[str, Q]]:
    """Return (reason, condition) pairs for contacts that may not be selected (D1).

    `prefix` is the path to the contact, such as "contact__" on a segment line.
    """
    return [
        (reason, Q(**{f"{prefix}{field}": value for field, value in condition.items()}))
        for reason, condition in UNSELECTABLE.items()
        if not (ignore_exclusion and reason == SET_ASIDE)
    ]
