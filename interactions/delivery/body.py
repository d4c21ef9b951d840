"""The body of an e-mail: the text as it was written, and the same for those who read HTML."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from .text import UNSUBSCRIBE_LINK, Fields, compiled, email_fields


@dataclass(frozen=True, slots=True)
class Body:
    plain: str
    html: str


def body(
    source: str, fields: Fields, *, subject: str, language: str, unsubscribe_link: str
) -> Body:
    """Return the text with its fields, in both forms. Raises `TextError`.

    Whoever wrote no unsubscribe link into the text gets one below it.
    """
    text = compiled(source)
    plain = text.render(email_fields(fields, unsubscribe_link)).strip()
    if UNSUBSCRIBE_LINK not in text.fields:
        plain = f"{plain}\n\n-- \n{_farewell(language)}\n{unsubscribe_link}"
    return Body(plain + "\n", _html(plain, subject, language))


def _farewell(language: str) -> str:
    with override(language):
        return _("You no longer want e-mails from us? Unsubscribe here:")


def _html(plain: str, subject: str, language: str) -> str:
    """Every character of the text is escaped; addresses of pages become links."""
    context = {"language": language, "subject": subject, "text": html_of(plain)}
    return render_to_string("interactions/email.html", context)


def html_of(plain: str) -> SafeString:
    """Return a plain text as HTML: paragraphs, line breaks, links; nothing of it is markup."""
    linked = urlize(escape(plain), nofollow=False)
    return mark_safe(linebreaks(linked))  # noqa: S308 -- escaped before anything was added
