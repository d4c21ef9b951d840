"""An e-mail on a page, without sending it."""

from contacts.errors import Refused
from interactions.letters.source import entry_sources
from interactions.models import DeliveryJob, InteractionLogEntry

from .chunk import Chunks, Said
from .text import TextError
from .texts import attachment_for, texts_of


def email_of(entry: InteractionLogEntry) -> tuple[Said, str]:
    """Return what the e-mail of the entry says, and what is attached (`EmailAttachment`).

    As it was sent; what was not sent yet, as it would be now. Raises `Refused` where its template
    has no text, or the text cannot be made.
    """
    job = entry.delivery_job or DeliveryJob(texts=texts_of([entry.template_id]), count=0)
    source = next(entry_sources(InteractionLogEntry.objects.alone(entry)))
    said = Chunks(job, lambda: None).said(entry, source)
    return said, attachment_for(job.texts, entry)


def subject_of(entry: InteractionLogEntry) -> str:
    """Return the subject with its fields filled; as it stands where they cannot be."""
    if "{" not in entry.subject:
        return entry.subject
    try:
        return email_of(entry)[0].subject
    except (Refused, TextError):
        return entry.subject
