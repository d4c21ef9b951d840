"""What the parts of a contact's page show. Each tag takes constant queries."""

from itertools import groupby
from typing import Any

from django import template

from contacts.consents import Said, said_by
from contacts.greetings import Greetings, greetings_in_own_language
from contacts.members import groups_for
from contacts.models import Contact, ContactProfileAnswer, ProfileQuestionnaire
from contacts.models.group import Group

register = template.Library()


@register.simple_tag
def groups_of(contact: Contact) -> list[dict[str, Any]]:
    """Each kind of group with those the contact is in; a person also has its company's (R25)."""
    kinds = [_kind(kind, contact) for kind in groups_for(contact.type)]
    if contact.is_company or contact.company is None:
        return kinds
    of_company = [kind for kind in groups_for(Contact.Type.COMPANY) if kind.ONLY_FOR]
    return kinds + [_kind(kind, contact.company, of_company=True) for kind in of_company]


def _kind(kind: type[Group], contact: Contact, *, of_company: bool = False) -> dict[str, Any]:
    groups = getattr(contact, kind.CONTACT_FIELD).all()
    label = kind._meta.verbose_name_plural
    return {"label": label, "groups": groups, "of_company": of_company}


@register.simple_tag
def profile_of(contact: Contact) -> list[dict[str, Any]]:
    """The answers of the contact, by question."""
    given = ContactProfileAnswer.objects.of(contact)
    return [
        {"question": question, "given": list(answers)}
        for question, answers in groupby(given, lambda each: each.answer.question)
    ]


@register.simple_tag
def is_asked(contact: Contact) -> bool:
    """Whether there is a questionnaire for contacts like this one; minors are not asked (R6)."""
    asked = ProfileQuestionnaire.objects.asked_of_type(contact.type)
    return not contact.minor and asked.exists()


@register.simple_tag
def consents_of(contact: Contact) -> list[Said]:
    """What the contact said about each channel."""
    return said_by(contact)


@register.simple_tag
def greetings_of(contact: Contact) -> Greetings | None:
    """How the contact is greeted in its language."""
    return greetings_in_own_language(contact)
