"""All problems of all lines, found at once (D12)."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Lower
from django.db.models.lookups import In

from contacts.models import Channel, CorrespondenceType, Salutation, SalutationFormula
from contacts.models.contact import SET_ASIDE, unselectable
from contacts.models.reachable import forbidden, without_address
from interactions.letters.check import DocumentError, load_template
from interactions.letters.fields import NAMES
from interactions.models import Bounce, Document, TemplateDocument
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet
from segments_app.models.own_letter import HAS_UNFILLED
from segments_app.problems import PROBLEMS, Found, Problem

__all__ = [
    "BY_EMAIL",
    "BY_LETTER",
    "LOGGED_BY_EMAIL",
    "LOGGED_TYPE",
    "PROBLEMS",
    "Check",
    "Found",
    "Problem",
]

BY_LETTER = Q(r_correspondence_type=CorrespondenceType.HARD_COPY)
BY_EMAIL = Q(r_correspondence_type=CorrespondenceType.EMAIL)
# On lines that know whether they are posted elsewhere.
NOWHERE_TO_POST = without_address(Channel.LETTER, "contact__") & Q(r_posted_elsewhere=False)
# On lines that know the address that an e-mail goes to.
NO_EMAIL = BY_EMAIL & Q(r_email="")
LOGGED_BY_EMAIL = BY_EMAIL & ~Q(r_email="")
# An e-mail that has nowhere to go is logged without a correspondence type (R143).
LOGGED_TYPE = Case(When(NO_EMAIL, then=Value("")), default=F("r_correspondence_type"))
# SHA-256 of documents that were found sound. A document never changes, so it stays sound.
SOUND: set[str] = set()


class Check:
    """The state of a segment before it is logged. Reads the lines once, counts in the database.

    With `lines` only of these, which are among its sheet.
    """

    # What is looked for, by code.
    problems = PROBLEMS

    def __init__(self, segment: Segment, lines: SegmentLineQuerySet | None = None) -> None:
        self.segment = segment
        self.lines = (segment.sheet() if lines is None else lines).with_addresses()
        self.documents = possible_documents(segment)
        self.conditions = _conditions(broken_documents(self.documents))

    @cached_property
    def counts(self) -> dict[str, Any]:
        """Number of lines, of lines that block, and of lines by problem; cost and minutes."""
        counted = {
            f"n_{code}": Count("pk", filter=condition)
            for code, condition in self.conditions.items()
        }
        blocked = Count("pk", filter=self.blocking)
        lines: Any = self.lines.order_by()
        counts: dict[str, Any] = lines.aggregate(
            n_lines=Count("pk"),
            n_blocked=blocked,
            sum_cost=Sum("r_cost"),
            sum_duration=Sum("r_duration"),
            **counted,
        )
        return counts

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
    def numbers(self) -> dict[str, Any]:
        """How many lines there are, and how many block; their cost and minutes."""
        return self.counts

    @property
    def lines_count(self) -> int:
        return int(self.numbers["n_lines"])

    @property
    def ready_count(self) -> int:
        """Lines that can be logged."""
        return int(self.numbers["n_lines"] - self.numbers["n_blocked"])

    @property
    def cost(self) -> Any:
        """The cost of all lines."""
        return self.numbers["sum_cost"] or 0

    @property
    def minutes(self) -> int:
        """The minutes of all lines."""
        return int(self.numbers["sum_duration"] or 0)

    @property
    def blocked_count(self) -> int:
        return int(self.numbers["n_blocked"])

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


def _conditions(broken: list[int]) -> dict[str, Q]:
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
        "broken_document": Q(document__isnull=True, r_document__in=broken),
        "no_email": NO_EMAIL,
        "email_came_back": _came_back(),
        "no_address": BY_LETTER & NOWHERE_TO_POST,
        "no_salutation": greeted & ~(in_language | in_default),
        "other_salutation": greeted & in_default & ~in_language,
        "unfilled_letter": HAS_UNFILLED,
        "excluded": excluded,
    }


def _came_back() -> Q:
    """The address is out of use, because an e-mail to it came back."""
    addresses = Bounce.objects.out_of_use().order_by().values("address")
    return BY_EMAIL & Q(In(Lower("r_email"), addresses.query))


def _no_document() -> Q:
    """The template writes letters, but not in the language of the line."""
    with_letters = TemplateDocument.objects.values("template")
    return Q(r_document__isnull=True, r_template__in=with_letters)


def broken_documents(documents: Iterable[Document]) -> list[int]:
    """Ids of documents that cannot be merged; usually none, they are checked at upload."""
    return [document.pk for document in documents if _is_broken(document)]


def possible_documents(segment: Segment) -> QuerySet[Document]:
    """The documents that letters of the segment may be merged from, as its templates say."""
    of_templates = TemplateDocument.objects.filter(template__in=segment.templates_used())
    possible = Q(pk__in=of_templates.values("document"))
    return Document.objects.filter(possible | Q(pk__in=segment.documents.values("document")))


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
    default_for = dict(Salutation.objects.for_types())
    by_language: dict[str, list[int]] = defaultdict(list)
    in_default: list[int] = []
    for salutation, language, is_default in SalutationFormula.objects.formal().languages():
        by_language[language].append(salutation)
        if is_default:
            in_default.append(salutation)
    # The language of a line is a long expression: it is asked for once for each language.
    in_language = Q(pk__in=[])
    for language, salutations in by_language.items():
        in_language |= Q(r_language=language) & _greeted_by(salutations, default_for)
    return in_language, _greeted_by(in_default, default_for)


def _greeted_by(salutations: list[int], default_for: dict[int, str]) -> Q:
    """The contact has one of the salutations, or none and one of them is its type's default."""
    types = [default_for[salutation] for salutation in salutations if salutation in default_for]
    without = Q(contact__salutation__isnull=True, contact__type__in=types)
    return Q(contact__salutation__in=salutations) | without
