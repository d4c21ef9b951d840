"""Lines that would reach the same place: the same contact, household or e-mail address (D23)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Q, Sum, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from contacts.household import household_keys
from contacts.models import Channel
from contacts.models.reachable import without_address
from segments_app.checks import BY_EMAIL, BY_LETTER, Found, Problem
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet


@dataclass(frozen=True)
class Share:
    """What lines share: the lines it is asked of, as they must know of themselves, and the
    expression that is equal for them."""

    knowing: Callable[[SegmentLineQuerySet], Any]
    among: Q
    key: Any


def _household() -> Concat:
    """One text for each household, the same as when one line is kept of each."""
    keys = household_keys("contact__")
    return Concat(*(part for key in keys for part in (key, Value("|"))), output_field=CharField())


# A letter and an e-mail do not meet, so each is looked for among its own.
SHARES = {
    "same_contact": Share(SegmentLineQuerySet.all, Q(), F("contact")),
    "same_address": Share(
        SegmentLineQuerySet.resolved,
        ~BY_EMAIL & ~without_address(Channel.LETTER, "contact__"),
        _household(),
    ),
    # The address that the e-mail would go to, whoever names it.
    "same_email": Share(
        SegmentLineQuerySet.with_addresses, ~BY_LETTER & ~Q(r_email=""), Lower("r_email")
    ),
}
SHARED = {
    problem.code: problem
    for problem in (
        Problem(
            "same_contact",
            ngettext_lazy(
                "line is of a contact that stands on the sheet more than once",
                "lines are of contacts that stand on the sheet more than once",
                "count",
            ),
            _("Each line becomes an interaction and a letter. Remove those that are too many."),
            False,
        ),
        Problem(
            "same_address",
            ngettext_lazy(
                "line shares its postal address with another",
                "lines share their postal address with another",
                "count",
            ),
            _("The same household or company gets several letters."),
            False,
        ),
        Problem(
            "same_email",
            ngettext_lazy(
                "line shares its e-mail address with another",
                "lines share their e-mail address with another",
                "count",
            ),
            _("The same mailbox gets several e-mails."),
            False,
        ),
    )
}


def sharing(segment: Segment, code: str) -> SegmentLineQuerySet:
    """The lines that share what `code` says with another line of the sheet.

    Raises `KeyError` for an unknown code.
    """
    lines = _with_key(segment, code)
    found: SegmentLineQuerySet = lines.filter(r_share__in=_groups(lines).values("r_share"))
    return found


def found_shared(segment: Segment) -> list[Found]:
    """What lines share, and how many lines do: one pass over the lines for each kind."""
    counts = {code: _count(segment, code) for code in SHARED}
    return [Found(SHARED[code], count) for code, count in counts.items() if count]


def _count(segment: Segment, code: str) -> int:
    return int(_groups(_with_key(segment, code)).aggregate(lines=Sum("n_lines"))["lines"] or 0)


def _with_key(segment: Segment, code: str) -> Any:
    share = SHARES[code]
    return share.knowing(segment.sheet()).filter(share.among).annotate(r_share=share.key)


def _groups(lines: Any) -> Any:
    counted = lines.order_by().values("r_share").annotate(n_lines=Count("pk"))
    return counted.filter(n_lines__gt=1)
