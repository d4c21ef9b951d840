"""Sets of lines: what holds for them, and what they can be narrowed to."""

from collections.abc import Iterable
from functools import reduce
from itertools import accumulate, pairwise
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Count, ExpressionWrapper, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from contacts.models import Contact
from contacts.models.in_force import Ways, address_in_force, email_in_force, has_address_in_force
from contacts.querysets import SetQuerySet
from interactions.models import Document

from .own_letter import OUTDATED
from .resolution import resolve

if TYPE_CHECKING:
    from .line import SegmentLine

# Fields of a line that are inherited from the header, or the template, while they are null (D8).
OVERRIDES = (
    "template",
    "description",
    "subject",
    "campaign",
    "salesperson",
    "date",
    "language",
    "correspondence_type",
    "information_flow",
    "initiated_by",
    "cost",
    "duration",
    "campaign_target",
    "campaign_response",
)
# Fields that only a line has.
OWN = ("comment", "document", "evaluation", "attempt_failed", "time", "contact_via")
# What a person can type or choose for a line.
EDITED = (*OVERRIDES, "time", "contact_via", "evaluation", "attempt_failed", "comment")
OWNED = (*OVERRIDES, *OWN)
# What the fields that only a line has are where it says nothing.
NOTHING: dict[str, Any] = {
    "comment": "",
    "document": None,
    "evaluation": "",
    "attempt_failed": False,
    "time": None,
    "contact_via": "",
}


def on_sheet(step: int | OuterRef | F) -> Q:
    """The condition for a line to stand on the sheet when `step` is the current step (D5)."""
    not_removed = Q(removed_step__isnull=True) | Q(removed_step__gt=step)
    return not_removed & Q(added_step__lte=step)


def owns(field: str) -> Q:
    """The condition for a line to say something of its own for the field."""
    if field in OVERRIDES:
        return Q(**{f"{field}__isnull": False})
    return ~Q(**{field: NOTHING[field]})


def _addresses() -> dict[str, Any]:
    """Annotations of resolved lines; see `with_addresses`."""
    ways = Ways.now()
    elsewhere = has_address_in_force("r_date", "contact__", ways)
    named = Case(When(contact_via__contains="@", then=F("contact_via")))
    emails = (named, email_in_force("r_date", "contact__", ways), "contact__email")
    return {
        "r_posted_elsewhere": ExpressionWrapper(elsewhere, models.BooleanField()),
        "r_email": Coalesce(*emails, output_field=models.CharField()),
    }


def _counted(lines: Any) -> Any:
    """The number of `lines`, all of one segment, for a subquery."""
    return lines.values("segment").annotate(count=Count("pk")).values("count")


class SegmentLineQuerySet(SetQuerySet["SegmentLine"]):
    def resolved(self) -> Self:
        """Annotate the values that hold for each line, as `r_<field>` (D8, D10, D11).

        The only place that knows the order of precedence: line, header, template, contact.
        """
        resolved: Self = resolve(self)
        return resolved

    def with_inherited(self) -> Self:
        """`resolved()`, and as `i_<field>` what would hold if the line said nothing there."""
        resolved: Self = resolve(self, inherited=True)
        return resolved

    def with_alternative(self) -> Self:
        """`resolved()`, and as `r_alternative` the alternative address in force on the line's date.

        As JSON, or null (R15, R16); see `contacts.addresses.with_alternative`.
        """
        lines = self.resolved()
        return lines.annotate(r_alternative=address_in_force("r_date", "contact__"))

    def with_addresses(self) -> Self:
        """`resolved()`, and where each goes: as `r_posted_elsewhere` whether an alternative address
        is in force that a letter can be posted to, as `r_email` the e-mail address, or "".

        The e-mail address is the one that the line names, else the contact's of that day.
        """
        return self.resolved().annotate(**_addresses())

    def with_outdated(self) -> Self:
        """`resolved()`, and as `letter_outdated` whether the letter of its own was made before its
        contact or the template's document changed."""
        outdated = ExpressionWrapper(OUTDATED, models.BooleanField())
        return self.resolved().annotate(letter_outdated=outdated)

    def for_table(self) -> Self:
        """`with_inherited()` and all else that the table of lines shows, for a page of them."""
        outdated = ExpressionWrapper(OUTDATED, models.BooleanField())
        lines = self.with_inherited().select_related("contact")
        return lines.annotate(letter_outdated=outdated, **_addresses())

    def for_file(self) -> Self:
        """`resolved()`, with the contact and its company, for lines that are written to a file."""
        return self.resolved().select_related("contact__company")

    def changed(self) -> Self:
        """Lines that differ from the header in any way."""
        return self.owning(*OWNED)

    def owning(self, *fields: str) -> Self:
        """Lines that say something of their own in any of the fields."""
        return self.filter(reduce(or_, map(owns, fields)))

    def keeping(self, header_fields: Iterable[str]) -> Self:
        """Lines with a value of their own in any of the given fields of the header (D8)."""
        keeps = Q(pk__in=[])
        for field in header_fields:
            name = field.removeprefix("unit_")
            if name in OVERRIDES:
                keeps |= Q(**{f"{name}__isnull": False})
        return self.filter(keeps)

    def with_letter(self) -> Self:
        """Lines that have a letter: of their own, or from the template."""
        lines: Any = self.resolved()
        found: Self = lines.filter(r_document__isnull=False)
        return found

    def with_contact(self) -> Self:
        """Fetch the contact in the same query."""
        return self.select_related("contact")

    def of_contacts(self, contacts: Any) -> Self:
        return self.filter(contact__in=[contact.pk for contact in contacts])

    def ticked(self, keys: Iterable[object]) -> Self:
        """Lines by their keys, as a form sends them; what is no key finds nothing."""
        whole = [int(str(key)) for key in keys if str(key).isdecimal()]
        return self.filter(
            pk__in=[key for key in whole if key <= models.BigIntegerField.MAX_BIGINT]
        )

    def before(self, line: "SegmentLine") -> int:
        """How many lines stand before `line`."""
        return self.filter(pk__lt=line.pk).count()

    def places(self, keys: Iterable[int]) -> dict[int, int]:
        """Return the place of each of the lines with these keys among all of these, from 1.

        One query, which counts the lines up to the last of them once.
        """
        ordered = sorted(keys)
        after = Case(*(When(pk=key, then=before) for before, key in pairwise([0, *ordered])))
        reached = self.filter(pk__gt=OuterRef("after"), pk__lte=OuterRef("pk")).order_by()
        lines: Any = self.model._default_manager.filter(pk__in=ordered).annotate(after=after)
        steps = dict(lines.values_list("pk", Subquery(_counted(reached))))
        return dict(zip(ordered, accumulate(steps.get(key) or 0 for key in ordered), strict=True))

    def search(self, text: str) -> Self:
        """Lines whose contact is found by `text`."""
        found = Contact.objects.search(text)
        return self.filter(contact__in=found.order_by().values("pk"))

    def in_line_order(self) -> Self:
        return self.order_by("pk")

    def move_contact(self, field: str, winner: Contact) -> None:
        """Let the lines be those of `winner`, who stands on no sheet twice because of it (D23)."""
        for line in self.filter(segment__lines__contact=winner).distinct():
            line.make_way(line.segment.lines.filter(contact=winner))
        self.update(contact=winner)

    def erase_contact(self, contact: Contact) -> None:
        """Forget what the lines and the steps of their segments say of the contact, and said."""
        for segment in {line.segment for line in self.select_related("segment")}:
            segment.steps.forget(contact.name)
            segment.changes.forget(contact.name)
            segment.line_edits.forget(contact)
        own = list(self.exclude(document=None).values_list("document", flat=True))
        self.update(
            comment="",
            contact_via="",
            document=None,
            letter_base=None,
            subject=None,
            description=None,
            last_edit=None,
        )
        Document.objects.filter(pk__in=own).delete_unused()

    def on_the_sheet(self) -> Self:
        """Lines that stand on the sheet of their segment now."""
        return self.filter(on_sheet(F("segment__current_step")))
