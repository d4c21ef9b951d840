"""The columns of the table of lines: where each comes from, and what it is sorted by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from segments_app.models import OVERRIDES, SegmentLine
from segments_app.models.line import EDITED
from segments_app.values import CALLED

# What is shown to who never chose. These columns come first.
USUAL = ("correspondence_type", "language", "description", "cost")
NUMBERS = ("cost", "duration")
OF_CONTACT = (
    "number",
    "company_name",
    "job_title",
    "address",
    "postal_code",
    "city",
    "country",
    "email",
    "phone",
    "mobile",
)


def is_of_contact(name: str) -> bool:
    """Whether a column shows what the contact says; `contact_via` is a field of the line."""
    return name.startswith("contact_") and name.removeprefix("contact_") in OF_CONTACT


@dataclass(frozen=True)
class Column:
    """A column of the table. `field` is the field of the line that is edited in it, if any."""

    name: str
    label: str | Promise
    order: Any
    field: str = ""
    is_number: bool = False

    @property
    def title(self) -> str:
        return str(capfirst(str(self.label)))

    def ordering(self, *, descending: bool) -> Any:
        """What the lines are put in order by; those without a value come last."""
        order = F(self.order) if isinstance(self.order, str) else self.order
        return order.desc(nulls_last=True) if descending else order.asc(nulls_last=True)


def _of_line(name: str) -> Column:
    label: Any = SegmentLine._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return Column(name, label, _order(name), name, name in NUMBERS)


def _order(name: str) -> Any:
    if name in CALLED:
        model, called = CALLED[name]
        return Subquery(model.objects.filter(pk=OuterRef(f"r_{name}")).values(called)[:1])
    return f"r_{name}" if name in OVERRIDES else name


def _of_contact(name: str) -> Column:
    label: Any = Contact._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    label = _("contact number") if name == "number" else label
    return Column(f"contact_{name}", label, f"contact__{name}")


# The contact itself is always shown; it is no column that one chooses.
CONTACT = Column("contact", _("contact"), "contact__name")
COLUMNS = {
    column.name: column
    for column in (
        *map(_of_line, dict.fromkeys((*USUAL, *EDITED))),
        Column("group", _("interaction group"), _order("group")),
        *map(_of_contact, OF_CONTACT),
    )
}
SORTED_BY = COLUMNS | {CONTACT.name: CONTACT}


def chosen(names: Iterable[str]) -> Sequence[Column]:
    """The columns of these names in our order; unknown names are left out."""
    wanted = set(names)
    return [column for name, column in COLUMNS.items() if name in wanted]
