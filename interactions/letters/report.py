"""What a template's author is told of it: its fields, what Word's became, how fast it is."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .check import PLACES
from .choices import in_words
from .engine import LetterTemplate

TIERS = {
    "A": gettext_lazy("Its letters are made at full speed."),
    "B": gettext_lazy(
        "Its tables differ from letter to letter: its letters are right, and take longer to make."
    ),
}
IN_LETTERS = gettext_lazy("Paragraph to be chosen: “%(name)s”, in letters unless it is taken away.")
IN_NO_LETTERS = gettext_lazy("Paragraph to be chosen: “%(name)s”, in letters where it is ticked.")


def template_report(template: LetterTemplate) -> dict[str, Any]:
    """Return what there is to know of `template`, as plain data."""
    return {
        "fields": sorted(template.fields),
        "word_fields": [
            {"field": field.instruction, "became": field.meaning, "place": field.place}
            for field in dict.fromkeys(template.word_fields)
        ],
        "choices": [
            {"name": in_words(name), "default": default}
            for name, default in template.choices.items()
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
    for choice in report["choices"]:
        yield (IN_LETTERS if choice["default"] else IN_NO_LETTERS) % choice
    yield str(TIERS[report["tier"]])
