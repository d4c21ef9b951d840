"""All problems of all lines, found at once (D12)."""

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from contacts.models import Channel, CorrespondenceType, Salutation, SalutationFormula
from contacts.models.contact import SET_ASIDE, unselectable
from contacts.models.reachable import forbidden, without_address
from interactions.letters.check import DocumentError, load_template
from interactions.letters.fields import NAMES
from interactions.models import Document, TemplateDocument
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet


@dataclass(frozen=True)
class Problem:
    """A kind of problem. A blocking one keeps its lines from being logged."""

    code: str
    label: Promise
    way_out: Promise | str
    blocking: bool
    on_header: bool = False


PROBLEMS = {
    problem.code: problem
    for problem in (
        Problem(
            "no_template",
            ngettext_lazy(
                "line has no interaction template", "lines have no interaction template", "count"
            ),
            _("Choose a template on the header, or on the lines."),
            True,
            True,
        ),
        Problem(
            "no_salesperson",
            ngettext_lazy("line has no salesperson", "lines have no salesperson", "count"),
            _("Choose one on the header, on the lines, or on the contacts."),
            True,
            True,
        ),
        Problem(
            "no_date",
            ngettext_lazy("line has no date", "lines have no date", "count"),
            _("Set the date on the header."),
            True,
            True,
        ),
        Problem(
            "unselectable",
            ngettext_lazy(
                "contact may not be written to", "contacts may not be written to", "count"
            ),
            _("They are privacy blocked, minors without consent, or inactive. Remove them."),
            True,
        ),
        Problem(
            "letter_forbidden",
            ngettext_lazy(
                "contact does not allow letters", "contacts do not allow letters", "count"
            ),
            _("Choose another correspondence type for these lines, or remove them."),
            True,
        ),
        Problem(
            "email_forbidden",
            ngettext_lazy("contact does not allow e-mail", "contacts do not allow e-mail", "count"),
            _("Choose another correspondence type for these lines, or remove them."),
            True,
        ),
        Problem(
            "no_document",
            ngettext_lazy(
                "letter cannot be made: the template has no document in its language",
                "letters cannot be made: the template has no document in their language",
                "count",
            ),
            _("Choose another language, or ask for a document in this one."),
            True,
        ),
        Problem(
            "broken_document",
            ngettext_lazy(
                "letter cannot be made: the Word document has an error",
                "letters cannot be made: the Word document has an error",
                "count",
            ),
            _("Ask the administrator to upload a mended document."),
            True,
        ),
        Problem(
            "no_email",
            ngettext_lazy(
                "line is to be e-mailed and has no e-mail address",
                "lines are to be e-mailed and have no e-mail address",
                "count",
            ),
            _("They are logged without a correspondence type."),
            False,
        ),
        Problem(
            "no_address",
            ngettext_lazy(
                "letter on paper has no postal address",
                "letters on paper have no postal address",
                "count",
            ),
            _("Add the address to the contact, or remove the line."),
            False,
        ),
        Problem(
            "no_salutation",
            ngettext_lazy(
                "contact has no salutation in the language of the letter or the default",
                "contacts have no salutation in the language of their letter or the default",
                "count",
            ),
            _("Their letter begins without a greeting. Give the contact a salutation."),
            False,
        ),
        Problem(
            "other_salutation",
            ngettext_lazy(
                "contact is greeted in the default language, not that of the letter",
                "contacts are greeted in the default language, not that of their letter",
                "count",
            ),
            _("Their salutation has no formula in the language of the letter."),
            False,
        ),
        Problem(
            "excluded",
            ngettext_lazy(
                "contact is excluded from segments", "contacts are excluded from segments", "count"
            ),
            _("They were added on purpose, or excluded since."),
            False,
        ),
    )
}


BY_LETTER = Q(r_correspondence_type=CorrespondenceType.HARD_COPY)
BY_EMAIL = Q(r_correspondence_type=CorrespondenceType.EMAIL)
# On lines that know whether they are posted elsewhere.
NOWHERE_TO_POST = without_address(Channel.LETTER, "contact__") & Q(r_posted_elsewhere=False)
NO_EMAIL = BY_EMAIL & without_address(Channel.EMAIL, "contact__")
# An e-mail that has nowhere to go is logged without a correspondence type (R143).
LOGGED_TYPE = Case(When(NO_EMAIL, then=Value("")), default=F("r_correspondence_type"))
# SHA-256 of documents that were found sound. A document never changes, so it stays sound.
SOUND: set[str] = set()


@dataclass(frozen=True)
class Found:
    """A problem and how many lines have it."""

    problem: Problem
    count: int

    @property
    def label(self) -> str:
        """The problem in words, after its number of lines."""
        return str(self.problem.label % {"count": self.count})


class Check:
    """The state of a segment before it is logged. Reads the lines once, counts in the database."""

    # What is looked for, by code.
    problems = PROBLEMS

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.lines = segment.sheet().with_posted_elsewhere()
        self.conditions = _conditions(self.lines)

    @cached_property
    def counts(self) -> dict[str, Any]:
        """Number of lines, of lines that block, and of lines by problem."""
        counted = {
            f"n_{code}": Count("pk", filter=condition)
            for code, condition in self.conditions.items()
        }
        blocked = Count("pk", filter=self.blocking)
        return self.lines.order_by().aggregate(n_lines=Count("pk"), n_blocked=blocked, **counted)

    @cached_property
    def blocking(self) -> Q:
        condition = Q()
        for code, problem in self.problems.items():
            if problem.blocking:
                condition |= self.conditions[code]
        return condition

    @cached_property
    def found(self) -> list[Found]:
        """The problems that lines have, the blocking ones first."""
        return [
            Found(problem, self.counts[f"n_{code}"])
            for code, problem in self.problems.items()
            if self.counts[f"n_{code}"]
        ]

    @property
    def blockers(self) -> list[Found]:
        return [found for found in self.found if found.problem.blocking]

    @property
    def words(self) -> str:
        """What stands in the way, as a person would say it."""
        return "; ".join(f"{found.count} {found.label}" for found in self.blockers)

    @property
    def lines_count(self) -> int:
        return int(self.counts["n_lines"])

    @property
    def ready_count(self) -> int:
        """Lines that can be logged."""
        return int(self.counts["n_lines"] - self.counts["n_blocked"])

    @property
    def blocked_count(self) -> int:
        return int(self.counts["n_blocked"])

    def lines_with(self, code: str) -> SegmentLineQuerySet:
        """The lines that have the problem `code`. Raises `KeyError` for an unknown code."""
        return self.lines.filter(self.conditions[code])

    def blocked_lines(self) -> SegmentLineQuerySet:
        """The lines that cannot be logged."""
        return self.lines.filter(self.blocking)

    def totals(self) -> QuerySet[Any, dict[str, Any]]:
        """What would be written, by correspondence type and language."""
        return self.totals_of(self.lines)

    def totals_of(self, lines: Any) -> QuerySet[Any, dict[str, Any]]:
        """What `lines` would write, by correspondence type and language."""
        lines = lines.order_by().annotate(logged_type=LOGGED_TYPE)
        totals: QuerySet[Any, dict[str, Any]] = (
            lines.values("logged_type", "r_language")
            .annotate(n_lines=Count("pk"), sum_cost=Sum("r_cost"), sum_duration=Sum("r_duration"))
            .order_by("logged_type", "r_language")
        )
        return totals


def _conditions(lines: SegmentLineQuerySet) -> dict[str, Q]:
    reasons = dict(unselectable("contact__"))
    excluded = reasons.pop(SET_ASIDE)
    greeted = Q(r_document__isnull=False, document__isnull=True)
    in_language, in_default = _formulas_there_are()
    return {
        "no_template": Q(r_template__isnull=True),
        "no_salesperson": Q(r_salesperson__isnull=True),
        "no_date": Q(r_date__isnull=True),
        "unselectable": reduce(or_, reasons.values()),
        "letter_forbidden": BY_LETTER & forbidden(Channel.LETTER, "contact"),
        "email_forbidden": BY_EMAIL & forbidden(Channel.EMAIL, "contact"),
        "no_document": _no_document(),
        "broken_document": Q(document__isnull=True, r_document__in=broken_documents(lines)),
        "no_email": NO_EMAIL,
        "no_address": BY_LETTER & NOWHERE_TO_POST,
        "no_salutation": greeted & ~(in_language | in_default),
        "other_salutation": greeted & in_default & ~in_language,
        "excluded": excluded,
    }


def _no_document() -> Q:
    """The template writes letters, but not in the language of the line."""
    with_letters = TemplateDocument.objects.values("template")
    return Q(r_document__isnull=True, r_template__in=with_letters)


def broken_documents(lines: SegmentLineQuerySet) -> list[int]:
    """Ids of documents that cannot be merged; usually none, they are checked at upload."""
    merged: Any = lines.order_by().filter(document=None)
    used = merged.values("r_document")
    return [
        document.pk for document in Document.objects.filter(pk__in=used) if _is_broken(document)
    ]


def _is_broken(document: Document) -> bool:
    if document.sha256 in SOUND:
        return not document.file.storage.exists(str(document.file.name))
    try:
        template = load_template(document.read())
    except (DocumentError, OSError):
        return True
    if not template.fields <= NAMES:
        return True
    SOUND.add(document.sha256)
    return False


def _formulas_there_are() -> tuple[Q, Q]:
    """A formula exists for the contact's salutation, or its type's default: in the language of the
    letter, and in the default language, which stands in for others (D11)."""
    formal = SalutationFormula.objects.formal()
    default_for = dict(Salutation.objects.for_types())
    in_language, in_default = Q(pk__in=[]), Q(pk__in=[])
    for salutation, language, is_default in formal.languages():
        whose = Q(contact__salutation=salutation)
        if salutation in default_for:
            whose |= Q(contact__salutation__isnull=True, contact__type=default_for[salutation])
        in_language |= whose & Q(r_language=language)
        in_default |= whose if is_default else Q(pk__in=[])
    return in_language, in_default
