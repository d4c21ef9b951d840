"""What may be wrong with the letters of a segment, before they are printed."""

from collections.abc import Iterable
from functools import cached_property, reduce
from operator import or_

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from interactions.letters.always import always_printed
from interactions.models import Document
from segments_app.checks import PROBLEMS, Check, Found, Problem
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet
from segments_app.models.own_letter import OUTDATED
from segments_app.since import CHANGES, Since

# Told where letters are made and nowhere else: they are often meant.
NOTES = {
    problem.code: problem
    for problem in (
        Problem(
            "outdated_letter",
            ngettext_lazy(
                "letter of its own was made before its contact or the template changed",
                "letters of their own were made before their contact or the template changed",
                "count",
            ),
            _("Look at the letter on its line: download it anew, remove it, or keep it."),
            False,
        ),
        Problem(
            "empty_field",
            ngettext_lazy(
                "letter has a gap where a field of its contact is empty",
                "letters have a gap where a field of their contact is empty",
                "count",
            ),
            _("Fill the field on the contact, or let the template ask for it with if."),
            False,
        ),
        Problem(
            "other_language",
            ngettext_lazy(
                "letter is in another language than its contact's",
                "letters are in another language than their contact's",
                "count",
            ),
            _("The template has no document in it, or the line says so."),
            False,
        ),
        Problem(
            "no_language",
            ngettext_lazy(
                "letter is for a contact whose language is not known",
                "letters are for contacts whose language is not known",
                "count",
            ),
            _("They get the language of the header, else the template's default."),
            False,
        ),
    )
}
OF_LETTERS = (
    *(code for code, problem in PROBLEMS.items() if problem.blocking),
    "no_address",
    "no_salutation",
    "other_salutation",
    "unfilled_letter",
)
LETTER_PROBLEMS = {code: PROBLEMS[code] for code in OF_LETTERS} | NOTES
# Every kind of problem that the lines of a sheet can be narrowed to.
ALL_PROBLEMS = PROBLEMS | NOTES | CHANGES
WITH_LETTER = Q(r_document__isnull=False)
MERGED = WITH_LETTER & Q(document__isnull=True)


# Fields that a letter with a place for them is expected to have. Address and salutation have
# problems of their own.
EXPECTED = (
    *("first_name", "surname", "job_title", "company_name"),
    *("phone", "mobile", "email", "home_page", "vat_number"),
)


class LetterCheck(Check):
    """A `Check` that knows the notes too, and finds what concerns letters."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment)
        known = Q(contact__language__isnull=False)
        self.conditions |= {
            "outdated_letter": OUTDATED,
            "empty_field": MERGED & _has_gap(self.documents),
            "other_language": MERGED & known & ~Q(contact__language=F("r_language")),
            "no_language": MERGED & ~known,
        }

    def lines_with(self, code: str) -> SegmentLineQuerySet:
        """The lines that have the problem or note `code`, or that changed so since."""
        return Since(self.segment).lines_with(code) if code in CHANGES else super().lines_with(code)

    @cached_property
    def found(self) -> list[Found]:
        """The problems that letters have, the blocking ones first."""
        return [
            Found(problem, self.counts[f"n_{code}"])
            for code, problem in LETTER_PROBLEMS.items()
            if self.counts[f"n_{code}"]
        ]


def _has_gap(documents: Iterable[Document]) -> Q:
    """The document of the line prints a field in every letter, and the contact's is empty."""
    gap = Q(pk__in=[])
    for document in documents:
        printed = always_printed(document)
        expected = [name for name in EXPECTED if f"contact.{name}" in printed]
        if expected:
            empty = reduce(or_, (Q(**{f"contact__{name}": ""}) for name in expected))
            gap |= Q(r_document=document.pk) & empty
    return gap
