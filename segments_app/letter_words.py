"""What was chosen for letters that were made, as a person would say it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models.language import language_name
from interactions.letters.output import Options, What
from interactions.letters.ranges import in_words
from interactions.letters.sheets import SHEETS
from interactions.models import LetterJob
from segments_app.choosing import Order
from segments_app.moves import shown


def job_words(job: LetterJob, documents: Mapping[int, str]) -> list[str]:
    """Say which letters were chosen and how they are printed, but for the paper and the files.

    `documents` are the names of Word documents of one's own, by key. Nothing is said of what
    everybody has: all letters, as on the sheet.
    """
    options = Options.from_json(job.options)
    return [*_which(job.choice), *_labels(options, documents), *_printed(options)]


def _which(choice: Mapping[str, Any]) -> Iterator[str]:
    if numbers := choice.get("numbers"):
        yield _("numbers %(numbers)s") % {"numbers": in_words(numbers)}
    if ticked := choice.get("ticked"):
        yield ngettext("%(count)s ticked line", "%(count)s ticked lines", ticked) % {
            "count": shown(ticked)
        }
    if language := choice.get("language"):
        yield language_name(language)
    if choice.get("one_per_household"):
        yield _("one for each household")
    if (order := choice.get("order", Order.LINE)) in set(Order.values) - {Order.LINE}:
        yield str(Order(order).label)


def _labels(options: Options, documents: Mapping[int, str]) -> Iterator[str]:
    if options.document:
        yield documents.get(options.document, _("a Word document of one's own"))
    elif options.what == What.LABELS:
        yield SHEETS[options.sheet].name
    if options.used_labels:
        yield _("beginning at label %(place)s") % {"place": options.first_label}


def _printed(options: Options) -> Iterator[str]:
    if options.batch:
        words = ngettext("%(count)s in a batch", "%(count)s in a batch", options.batch)
        yield words % {"count": options.batch}
    if options.manifest:
        yield _("with a list (CSV)")
    if options.number:
        yield _("numbers printed")
    if options.new_sheet:
        yield _("for both sides")
