"""Sets, not loops: a large segment takes as many queries as a small one, and reads no lines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from contacts.models import Contact
from segments_app.criteria import Criteria
from segments_app.models import Segment, SegmentLine
from segments_app.operations import (
    add_contacts,
    change_header,
    create_segment,
    delete_segment,
    follow_up,
    go_back,
    go_forward,
    log_segment,
    reduce_contacts,
    refine_contacts,
    remove_by_hand,
    reset,
    reuse_criteria,
    reuse_logged_segment,
    save_criteria,
)

FEW, MANY = 10, 300
EVERYONE = "type=person"


@pytest.fixture
def crowd(db) -> None:
    """Ten contacts in Denmark, three hundred in Sweden."""
    Contact.objects.bulk_create(
        Contact(number=f"{country}{n}", name=f"{country} {n}", country=country)
        for country, count in (("DK", FEW), ("SE", MANY))
        for n in range(count)
    )


def filled(country: str, spring: Any, holm: Any) -> Segment:
    segment = create_segment(country, by=None, template=spring, salesperson=holm)
    step = add_contacts(segment, Criteria.from_query_string(f"country={country}"), by=None)
    assert step.added == (FEW if country == "DK" else MANY)
    return segment


@contextmanager
def no_line_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails when a line, an entry or a contact becomes an object."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a row was read into Python")

    with monkeypatch.context() as patch:
        for model in (SegmentLine, Contact):
            patch.setattr(model, "from_db", refuse)
        yield


def _undone(segment: Segment) -> None:
    """Something to discard: the next action has to forget it."""
    criteria = Criteria.from_query_string(EVERYONE)
    reduce_contacts(segment, criteria, by=None)
    go_back(segment, by=None)


def _logged(segment: Segment) -> Any:
    return log_segment(segment, by=None)


def _saved(segment: Segment) -> Any:
    return save_criteria(segment, segment.number, by=None)


def _new() -> Segment:
    return create_segment("New", by=None)


everyone = lambda: Criteria.from_query_string(EVERYONE)  # noqa: E731
OPERATIONS: dict[str, tuple[Callable[[Segment], Any], Callable[[Segment, Any], object]]] = {
    "add again": (_undone, lambda s, _: add_contacts(s, everyone(), by=None)),
    "reduce": (_undone, lambda s, _: reduce_contacts(s, everyone(), by=None)),
    "refine": (_undone, lambda s, _: refine_contacts(s, everyone(), by=None)),
    "remove by hand": (_undone, lambda s, _: remove_by_hand(s, s.sheet(), by=None)),
    "go back": (_undone, lambda s, _: go_back(s, by=None)),
    "go forward": (_undone, lambda s, _: go_forward(s, by=None)),
    "reset": (_undone, lambda s, _: reset(s, by=None)),
    "delete": (_undone, lambda s, _: delete_segment(s, by=None)),
    "change header": (_undone, lambda s, _: change_header(s, by=None, unit_cost=3)),
    "log": (_undone, lambda s, _: log_segment(s, by=None)),
    "log with follow-up": (_undone, lambda s, _: log_segment(s, by=None, follow_up=True)),
    "follow up": (_logged, lambda s, logged: follow_up(logged, by=None)),
    "reuse": (_logged, lambda s, logged: reuse_logged_segment(_new(), logged, by=None)),
    "reuse criteria": (_saved, lambda s, saved: reuse_criteria(_new(), saved, by=None)),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_queries_do_not_grow_with_the_lines(name, crowd, spring, holm, monkeypatch):
    prepare, act = OPERATIONS[name]
    counts = []
    for country in ("DK", "SE"):
        segment = filled(country, spring, holm)
        prepared = prepare(segment)
        with no_line_read(monkeypatch), CaptureQueriesContext(connection) as captured:
            act(segment, prepared)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert isinstance(segment, models.Model)
