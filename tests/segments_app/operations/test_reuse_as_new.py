"""A logged segment as the basis of a new one."""

import pytest

from contacts.errors import Refused
from segments_app.models import Segment
from segments_app.operations import log_segment, reuse_as_new

from ..conftest import add, on_sheet


@pytest.fixture
def logged(segment, cast):
    """Everyone in Denmark; then Bo moves there."""
    add(segment, "country=DK")
    logged = log_segment(segment, by=None)
    cast.bo.country = "DK"
    cast.bo.save()
    return logged


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ({"contacts": True}, ["anna", "jens", "nordisk"]),
        ({"contacts": False, "criteria": True}, ["anna", "bo", "jens", "nordisk"]),
        ({"contacts": True, "criteria": True}, ["anna", "bo", "jens", "nordisk"]),
    ],
)
def test_contacts_criteria_or_both(logged, what, names):
    new = reuse_as_new(logged, by=None, **what)
    assert sorted(on_sheet(new)) == names
    assert (new.description, new.template) == ("Spring 2026", None)


def test_the_header_goes_along_when_asked_for(logged, spring):
    new = reuse_as_new(logged, by=None, copy_header=True, description="Once more")
    assert (new.description, new.template) == ("Once more", spring)


def test_nothing_chosen_creates_nothing(logged):
    with pytest.raises(Refused):
        reuse_as_new(logged, by=None, contacts=False)
    assert not Segment.objects.exists()
