"""What is done to a segment as one writes it first: model instances, one list after the other."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import transaction

from contacts.models import Contact
from segments_app import operations
from segments_app.models import SegmentLine

AT_ONCE = 2_000


class Naive:
    """A segment of its own, that `contacts` are put on and that is changed line by line."""

    def __init__(self, template: Any, contacts: list[Contact]) -> None:
        self.contacts = contacts
        self.segment = operations.create_segment("Naive", by=None, template=template)
        self.step = 0

    def actions(self) -> dict[str, Callable[[], object]]:
        """What is measured, in the order in which it is to be done."""
        return {
            "add": self.add,
            "reduce": lambda: self.take_out(lambda contact: contact.city[:1] in "ABK"),
            "refine": lambda: self.take_out(lambda contact: contact.country != "DK"),
            "undo": self.undo,
            "redo": lambda: self.take_out(lambda contact: contact.country != "DK"),
            "header change": self.change,
            "change all lines": self.change,
            "page 1": self.page,
            "problems": self.problems,
            "refresh": self.refresh,
        }

    @transaction.atomic
    def add(self) -> None:
        """Those who are not there yet, as they were read."""
        keys = [contact.pk for contact in self.contacts]
        found = [each for some in _parts(keys) for each in Contact.objects.filter(pk__in=some)]
        there = {line.contact_id for line in self._lines()}
        self._next_step()
        new = [
            SegmentLine(segment=self.segment, contact=contact, added_step=self.step)
            for contact in found
            if contact.pk not in there
        ]
        SegmentLine.objects.bulk_create(new, batch_size=AT_ONCE)

    @transaction.atomic
    def take_out(self, leaves: Callable[[Contact], bool]) -> None:
        """The lines whose contact `leaves`."""
        gone = [line for line in self._lines() if leaves(line.contact)]
        self._next_step()
        for line in gone:
            line.removed_step = self.step
        SegmentLine.objects.bulk_update(gone, ["removed_step"], batch_size=AT_ONCE)

    @transaction.atomic
    def undo(self) -> None:
        """The lines that the last step took out come back."""
        back = list(SegmentLine.objects.filter(segment=self.segment, removed_step=self.step))
        for line in back:
            line.removed_step = None
        SegmentLine.objects.bulk_update(back, ["removed_step"], batch_size=AT_ONCE)

    def page(self) -> list[SegmentLine]:
        """The first of all lines."""
        return self._lines()[:50]

    def problems(self) -> Counter[str]:
        """One after the other is looked at."""
        found: Counter[str] = Counter()
        for line in self._lines():
            contact = line.contact
            found["no_address"] += not (contact.address and contact.city)
            found["no_email"] += not contact.email
            found["no_salutation"] += not contact.salutation_id
            found["excluded"] += contact.excluded
            found["unselectable"] += not contact.active or contact.privacy_blocked
        return found

    @transaction.atomic
    def change(self) -> None:
        """A value on all lines, also those that were taken out."""
        lines = list(SegmentLine.objects.filter(segment=self.segment))
        for line in lines:
            line.cost = Decimal("7.25")
        SegmentLine.objects.bulk_update(lines, ["cost"], batch_size=AT_ONCE)

    @transaction.atomic
    def refresh(self) -> None:
        """All are asked for again; those come who are missing, and nobody is gone."""
        self.add()

    def _lines(self) -> list[SegmentLine]:
        return list(self.segment.sheet().select_related("contact"))

    def _next_step(self) -> None:
        self.step += 1
        self.segment.current_step = self.step
        self.segment.save()


def _parts(keys: list[int]) -> list[list[int]]:
    """SQLite takes so many keys in one question."""
    return [keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE)]
