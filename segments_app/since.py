"""What became of the contacts of a segment since they were added to it."""

import datetime
from collections.abc import Callable
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from contacts.models import Change, Channel, Consent, Contact, MergedContact
from contacts.models.contact import unselectable
from contacts.models.reachable import forbidden, without_address
from segments_app.checks import BY_EMAIL, BY_LETTER, Found, Problem
from segments_app.models import Segment
from segments_app.models.line import SegmentLineQuerySet

NAMED = 3
# The contacts that something happened to since a moment.
Happened = Callable[[datetime.datetime], QuerySet[Any, Any]]

CHANGES = {
    problem.code: problem
    for problem in (
        Problem(
            "consent_withdrawn",
            ngettext_lazy(
                "contact withdrew the consent since it was added",
                "contacts withdrew their consent since they were added",
                "count",
            ),
            _("They are not written to: choose another correspondence type, or remove them."),
            False,
        ),
        Problem(
            "blocked_since",
            ngettext_lazy(
                "contact was blocked or excluded since it was added",
                "contacts were blocked or excluded since they were added",
                "count",
            ),
            _("Privacy blocked, a minor, inactive, or excluded from segments."),
            False,
        ),
        Problem(
            "address_gone",
            ngettext_lazy(
                "address is gone since its contact was added",
                "addresses are gone since their contacts were added",
                "count",
            ),
            _("There is no address of the kind that the line is sent to any more."),
            False,
        ),
        Problem(
            "merged_since",
            ngettext_lazy(
                "contact was merged with another since it was added",
                "contacts were merged with others since they were added",
                "count",
            ),
            _("Another contact has taken its place on the line."),
            False,
        ),
        Problem(
            "moved_since",
            ngettext_lazy(
                "letter goes to another address than when its contact was added",
                "letters go to another address than when their contacts were added",
                "count",
            ),
            _("The address was changed since."),
            False,
        ),
    )
}
BLOCKS = ("privacy_blocked", "minor", "parental_consent", "active", "excluded")
POSTAL = ("address", "address_2", "postal_code", "city", "country")


class Since:
    """Compares the lines on the sheet with the moment each was added. Reads them once."""

    def __init__(self, segment: Segment) -> None:
        self.lines = segment.sheet().resolved()
        steps = segment.steps.up_to(segment.current_step).filter(added__gt=0)
        self.moments = list(steps.values_list("number", "created_at"))
        self.conditions = self._conditions()

    @cached_property
    def found(self) -> list[Found]:
        """What happened, with the number of lines it concerns."""
        counts = self.lines.order_by().aggregate(
            **{
                f"n_{code}": Count("pk", filter=condition)
                for code, condition in self.conditions.items()
            }
        )
        return [
            Found(change, counts[f"n_{code}"])
            for code, change in CHANGES.items()
            if counts[f"n_{code}"]
        ]

    def lines_with(self, code: str) -> SegmentLineQuerySet:
        """The lines that `code` happened to. Raises `KeyError` for an unknown code."""
        return self.lines.filter(self.conditions[code])

    def named(self) -> list[tuple[Found, str]]:
        """What happened, each with the names of the first few contacts."""
        return [(found, self._names(found)) for found in self.found]

    def _names(self, found: Found) -> str:
        lines = self.lines_with(found.problem.code)
        names = list(lines.values_list("contact__name", flat=True)[:NAMED])
        return ", ".join(names) + ("…" if found.count > NAMED else "")

    def _conditions(self) -> dict[str, Q]:
        letter, email = (
            without_address(Channel.LETTER, "contact__"),
            without_address(Channel.EMAIL, "contact__"),
        )
        moved = BY_LETTER & ~letter & self._since(_changed(*POSTAL))
        return {
            "consent_withdrawn": (
                (BY_LETTER & forbidden(Channel.LETTER, "contact"))
                | (BY_EMAIL & forbidden(Channel.EMAIL, "contact"))
            )
            & self._since(_consent_changed),
            "blocked_since": _any(condition for _reason, condition in unselectable("contact__"))
            & self._since(_changed(*BLOCKS)),
            "address_gone": (BY_LETTER & letter & self._since(_changed(*POSTAL)))
            | (BY_EMAIL & email & self._since(_changed("email"))),
            "merged_since": self._since(_merged),
            "moved_since": moved,
        }

    def _since(self, happened: Happened) -> Q:
        """It happened after the step that added the line."""
        return _any(
            Q(added_step=number, contact__in=happened(moment)) for number, moment in self.moments
        )


def _any(conditions: Any) -> Q:
    return reduce(or_, conditions, Q(pk__in=[]))


def _changed(*fields: str) -> Happened:
    def happened(moment: datetime.datetime) -> QuerySet[Any, Any]:
        # What was changed of a contact that was merged into this one is another's.
        own = Change.objects.filter(
            content_type=ContentType.objects.get_for_model(Contact),
            action=Change.Action.UPDATE,
            object_id=F("contact"),
            timestamp__gt=moment,
        )
        changed: Any = own.filter(changes__has_any_keys=list(fields))
        return _contacts(changed)

    return happened


def _consent_changed(moment: datetime.datetime) -> QuerySet[Any, Any]:
    kind = ContentType.objects.get_for_model(Consent)
    return _contacts(Change.objects.filter(content_type=kind, timestamp__gt=moment))


def _merged(moment: datetime.datetime) -> QuerySet[Any, Any]:
    return _contacts(MergedContact.objects.filter(merged_at__gt=moment))


def _contacts(rows: Any) -> QuerySet[Any, Any]:
    keys: QuerySet[Any, Any] = rows.filter(contact__isnull=False).order_by().values("contact")
    return keys
