"""Interaction templates, each with its Word documents."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from interactions.letters.check import load_template
from interactions.models import (
    Document,
    InteractionGroup,
    InteractionKind,
    InteractionTemplate,
    KindTemplate,
    TemplateDocument,
)
from segments_app.demo.emails import email_text
from segments_app.demo.letters.letter import letter_template
from segments_app.demo.letters.text import LetterText, letter_texts

EVENT_IN_DAYS = 25


@dataclass(frozen=True)
class Template:
    code: str
    description: str
    group: str
    cost: str
    minutes: int
    language: str = "en"
    correspondence_type: str = ""
    for_everyone: bool = False


TEMPLATES = (
    Template("CHRISTMAS", "Christmas greeting", "LETTER", "11.50", 1, "da", "hard_copy", True),
    Template("EVENT", "Invitation to the showroom", "MEETING", "9.00", 2),
    Template("FOLLOWUP", "Thank you for our conversation", "CALL", "6.00", 15),
    Template("PRICE", "New prices", "SALES", "6.00", 1, correspondence_type="email"),
    Template("SPRING", "Spring catalogue", "LETTER", "38.00", 2, "da", "hard_copy"),
    Template("WELCOME", "Welcome as a customer", "LETTER", "8.00", 5, "da"),
)
# What happens with one contact, and no letter is written.
SPOKEN = (
    Template("PHONE", "Phone call", "CALL", "4.00", 10),
    Template("VISIT", "Meeting with a customer", "MEETING", "150.00", 60),
    Template("NOTE", "Note", "CALL", "0.00", 5),
)
# What each kind of interaction with one contact begins with.
KINDS = {
    InteractionKind.CALL: "PHONE",
    InteractionKind.MEETING: "VISIT",
    InteractionKind.LETTER: "WELCOME",
    InteractionKind.EMAIL: "PRICE",
    InteractionKind.NOTE: "NOTE",
}


def make_templates() -> int:
    """Make the templates that are missing, with their documents; return how many were made."""
    texts = letter_texts(_event_date())
    made = sum(_make(template, texts) for template in (*TEMPLATES, *SPOKEN))
    keys = dict(InteractionTemplate.objects.values_list("code", "pk"))
    for kind, code in KINDS.items():
        KindTemplate.objects.get_or_create(kind=kind, defaults={"template_id": keys[code]})
    return made


def _make(template: Template, texts: list[LetterText]) -> bool:
    group = InteractionGroup.objects.get(code=template.group)
    made, is_new = InteractionTemplate.objects.get_or_create(
        code=template.code,
        defaults={
            "description": template.description,
            "group": group,
            "unit_cost": Decimal(template.cost),
            "unit_duration": template.minutes,
            "information_flow": "outbound",
            "initiated_by": "us",
            "correspondence_type": template.correspondence_type,
            "ignore_contact_correspondence_type": template.for_everyone,
            "language_id": template.language,
        },
    )
    if is_new:
        for text in (text for text in texts if text.code == template.code):
            _make_document(made, text)
    return is_new


def _make_document(template: InteractionTemplate, text: LetterText) -> None:
    data = letter_template(text)
    load_template(data)
    TemplateDocument.objects.create(
        template=template,
        language_id=text.language,
        document=Document.objects.store(data, name=f"{text.code} {text.language}.docx"),
        subject=text.subject,
        email_text=email_text(text),
    )


def _event_date() -> datetime.date:
    """A Thursday in a few weeks."""
    day = timezone.localdate() + datetime.timedelta(days=EVENT_IN_DAYS)
    return day + datetime.timedelta(days=(3 - day.weekday()) % 7)
