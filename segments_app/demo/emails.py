"""E-mails of the demo: what they say, and how the older ones were delivered."""

import datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Mod

from contacts.models import Contact
from interactions.delivery.texts import texts_of
from interactions.models import Bounce, DeliveryJob, DeliveryState, LoggedSegment
from interactions.models.bounce import folded_address
from segments_app.demo.letters.text import LetterText

FAREWELLS = {
    "da": "Vil du ikke have flere e-mails fra os? Afmeld dig her:",
    "de": "Sie möchten keine E-Mails mehr von uns? Hier abmelden:",
    "en": "You no longer want e-mails from us? Unsubscribe here:",
    "sv": "Vill du inte längre få e-post från oss? Avregistrera dig här:",
}
# One in so many addresses is wrong, one in so many mailboxes is full.
UNKNOWN_ONE_IN = 41
FULL_ONE_IN = 67
REASONS = {
    UNKNOWN_ONE_IN: "550 5.1.1 Recipient address rejected: User unknown",
    FULL_ONE_IN: "552 5.2.2 Mailbox size limit exceeded",
}


def email_text(text: LetterText) -> str:
    """Return the text of the e-mail that the letter is attached to, with its fields."""
    return "\n\n".join(
        (
            "{{ contact." + text.head["salutation"] + "_salutation }}",
            text.head["mail"],
            text.head["closing"] + "\n{{ salesperson.name }}\n{{ company.name }}",
            "-- \n" + FAREWELLS[text.language] + "\n{{ email.unsubscribe_link }}",
        )
    )


def pretend_delivered(logged: LoggedSegment, moment: datetime.datetime) -> None:
    """Let letters be printed and e-mails be sent at that moment; a few addresses were wrong."""
    done = {"delivery_state": DeliveryState.SENT, "delivery_attempts": 1, "delivery_at": moment}
    logged.entries.on_paper().update(**done)
    emails = logged.entries.by_email().exclude(contact__email="")
    if not emails.exists():
        return
    address = Contact.objects.filter(pk=OuterRef("contact")).values("email")
    sent = emails.update(**done, delivery_address=Subquery(address), delivery_job=_job(logged))
    DeliveryJob.objects.of_segment(logged).update(count=sent, created_at=moment)
    for one_in, reason in REASONS.items():
        _let_fail(logged, one_in, reason)


def _job(logged: LoggedSegment) -> DeliveryJob:
    templates = logged.entries.by_email().values_list("template", flat=True).distinct()
    return DeliveryJob.objects.create(
        logged_segment=logged,
        state=DeliveryJob.State.DONE,
        count=0,
        texts=texts_of(templates.order_by()),
        created_by=logged.created_by,
    )


def _let_fail(logged: LoggedSegment, one_in: int, reason: str) -> None:
    sent: Any = logged.entries.asked_for().annotate(turn=Mod(F("contact"), one_in))
    failed = list(sent.filter(turn=0, delivery_state=DeliveryState.SENT))
    for entry in failed:
        entry.delivery_state, entry.delivery_reason = DeliveryState.FAILED, reason
        entry.save(update_fields=["delivery_state", "delivery_reason"])
    Bounce.objects.bulk_create(
        Bounce(
            address=folded_address(entry.delivery_address),
            contact_id=entry.contact_id,
            entry=entry,
            hard=one_in == UNKNOWN_ONE_IN,
            status=reason.split()[1],
            reason=reason,
            message_id=f"<demo-{entry.pk}>",
        )
        for entry in failed
    )
