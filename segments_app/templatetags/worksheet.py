"""Words and shapes of the worksheet's pages."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from contacts.models import CorrespondenceType
from contacts.models.contact import UNSELECTABLE_LABELS
from contacts.models.language import language_name
from segments_app.anyway import ASKED
from segments_app.selection import ADDED, PRESENT, STATUSES, Preview
from segments_app.sentences import spoken

register = template.Library()
register.filter("spoken", spoken)
register.filter("language_name", language_name)

TONES = {ADDED: "good", PRESENT: "plain", "excluded": "own"}
LABELS = {
    ADDED: _("will be added"),
    PRESENT: _("on the sheet already"),
    **UNSELECTABLE_LABELS,
}


@register.filter
def asked_of(name: str) -> Any:
    """What a person wants who asks the address of that name to change a segment, in words."""
    return ASKED.get(name, "")


@register.filter
def by_word(correspondence_type: str) -> str:
    """ "hard_copy" -> "Hard copy", in the language of the page."""
    return str(dict(CorrespondenceType.choices).get(correspondence_type, ""))


@register.simple_tag
def shares(preview: Preview) -> list[dict[str, Any]]:
    """The parts of a preview: reason, count, and where its bar begins and how long it is."""
    parts, start = [], 0.0
    for status in STATUSES:
        count = preview.counts.get(status, 0)
        width = 100 * count / preview.matched if preview.matched else 0
        label = LABELS[status]
        tone = TONES.get(status, "bad")
        parts.append(
            {
                "status": status,
                "label": label,
                "count": count,
                "tone": tone,
                "start": f"{start:.2f}%",
                "width": f"{width:.2f}%",
            }
        )
        start += width
    return [part for part in parts if part["count"] or part["status"] == ADDED]
