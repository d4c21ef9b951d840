"""What e-mails say, kept with the delivery job as it was when they were asked for."""

from collections.abc import Iterable
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from contacts.errors import Refused
from interactions.models import InteractionTemplate, TemplateDocument

from .text import TextError


class TemplateTexts(TypedDict):
    """Of one template: subject and text by language, its default language, what is attached."""

    attachment: str
    language: str
    texts: dict[str, str]
    subjects: dict[str, str]


# By the key of the template, as a text: JSON knows no others.
Texts = dict[str, TemplateTexts]


def texts_of(templates: Iterable[int]) -> Texts:
    """Return what e-mails of the templates say now. Raises `Refused` where one says nothing."""
    keys = set(templates)
    found = InteractionTemplate.objects.in_bulk(keys)
    texts: Texts = {str(key): _blank(template) for key, template in found.items()}
    for document in TemplateDocument.objects.of_templates(keys):
        said = texts[str(document.template_id)]
        said["texts"][document.language_id] = document.email_text
        said["subjects"][document.language_id] = document.subject
    for key, said in texts.items():
        if not any(said["texts"].values()):
            words = {"template": found[int(key)]}
            raise Refused(_("The template “%(template)s” has no e-mail text.") % words)
    return texts


def _blank(template: InteractionTemplate) -> TemplateTexts:
    return TemplateTexts(
        attachment=template.email_attachment,
        language=template.language_id,
        texts={},
        subjects={},
    )


def text_for(texts: Texts, entry: Any) -> str:
    """Return the text of the entry's e-mail, with its tags. Raises `TextError` if there is none."""
    said = texts.get(str(entry.template_id))
    if said is None:
        raise TextError(_("The interaction template is gone."))
    text = said["texts"].get(entry.language_id or "") or said["texts"].get(said["language"])
    if not text:
        raise TextError(_("The interaction template has no e-mail text in this language."))
    return text


def attachment_for(texts: Texts, entry: Any) -> str:
    """Return what is attached to the entry's e-mail: a value of `EmailAttachment`."""
    said = texts.get(str(entry.template_id))
    return said["attachment"] if said and entry.document_id else "none"
