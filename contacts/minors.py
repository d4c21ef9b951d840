"""Minors are protected until their parents agree (R5): the one place that knows how.

Forms and imports call `protect_minor` with a contact before it is saved.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contacts.models import Contact


def protect_minor(contact: Contact, before: Contact | None) -> list[str]:
    """Block `contact`, unsaved, where R5 wants it; `before` is what is stored, None for a new one.

    Marking a minor blocks, and so does changing the parental consent. A person lifts the block,
    once the consent is recorded; it may be in the same act. Unmarking a minor lifts nothing.
    Returns what was done, in sentences for people. Raises `ValidationError` for "privacy_blocked".
    """
    if not contact.minor:
        return []
    was_blocked = before is not None and before.privacy_blocked
    lifted = was_blocked and not contact.privacy_blocked
    if lifted and not contact.parental_consent:
        message = _("A minor stays privacy blocked until parental consent is recorded.")
        raise ValidationError({"privacy_blocked": message})
    if contact.privacy_blocked or lifted or not (reason := _reason(contact, before)):
        return []
    contact.privacy_blocked = True
    return [reason]


def _reason(contact: Contact, before: Contact | None) -> str:
    if before is None or not before.minor:
        return _("A minor is privacy blocked. Record the parental consent, then lift the block.")
    if contact.parental_consent != before.parental_consent:
        return _("The parental consent changed, so the minor is privacy blocked again.")
    return ""
