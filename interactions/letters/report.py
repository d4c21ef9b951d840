"""What a template's author is told of it: its fields, what Word's became, how fast it is."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .check import PLACES
from .engine import LetterTemplate

TIERS = {
    "A": gettext_lazy("Its letters are made at full speed."),
    "B": gettext_lazy(
        "Its tables differ from letter to letter: its letters are right, and take longer to make."
    ),
    "C": gettext_lazy(
        "It has pictures or links that differ from letter to letter: its letters are right, and "
        "take much longer to make."
    ),
}


def template_report(template: LetterTemplate) -> dict[str, Any]:
    """Return what there is to know of `template`, as plain data."""
    return {
        "fields": sorted(template.fields),
        "word_fields": [
            {"field": field.instruction, "became": field.meaning, "place": field.place}
            for field in dict.fromkeys(template.word_fields)
        ],
        "tier": template.tier,
    }


def report_lines(report: dict[str, Any]) -> Iterator[str]:
    """Yield what people read of a report, line by line."""
    names = ", ".join(report["fields"]) or _("none")
    yield _("Fields: %(names)s.") % {"names": names}
    for field in report["word_fields"]:
        words = {**field, "place": PLACES[field["place"]]}
        yield _("“%(field)s” in %(place)s became “%(became)s”.") % words
    yield str(TIERS[report["tier"]])
