"""Cancel, delete what is canceled, and follow up, from the command line."""

import pytest

from interactions.models import InteractionLogEntry, LoggedSegment
from segments_app.models import Segment
from segments_app.operations import log_segment
from tests.factories import SegmentFactory

from ..conftest import add, on_sheet
from .test_commands import refusal, run, run_json

LOG = InteractionLogEntry.objects


@pytest.fixture
def logged(cast, spring, holm) -> LoggedSegment:
    """Anna, Jens and Nordisk got the spring letter."""
    segment = SegmentFactory(number="SM00801", template=spring, salesperson=holm)
    add(segment, "country=DK")
    return log_segment(segment, by=None)


def test_canceling_and_un_canceling_segments(logged):
    assert run("cancel", "SM00801") == "SM00801"
    assert not LOG.counting().exists()
    assert run("cancel", "SM00801", "--undo") == "SM00801"
    assert LOG.counting().count() == 3
    assert "no logged segment SM00899" in refusal("cancel", "SM00801", "SM00899")
    assert LOG.counting().count() == 3, "all that are named, or none"


def test_canceling_interactions(logged, cast):
    assert run("cancel", "--entries", "contact=anna") == "1 interaction."
    assert not LOG.counting().filter(contact=cast.anna).exists()
    assert "Give conditions" in refusal("cancel", "--entries", "?")
    assert "cannot be read" in refusal("cancel", "--entries", "date_from=x")
    assert "Name logged segments" in refusal("cancel")
    assert LOG.counting().count() == 2


def test_deleting_what_is_canceled(logged):
    assert "Not canceled: SM00801" in refusal("delete_canceled", "SM00801")
    run("cancel", "--entries", "contact=anna")
    assert run("delete_canceled", "--entries", "contact=anna", "--dry-run") == "entries: 1"
    assert run("delete_canceled", "--entries", "contact=anna") == "entries: 1"
    run("cancel", "SM00801")
    assert run_json("delete_canceled", "SM00801") == {"segments": 1, "entries_kept": 2}
    assert not LoggedSegment.objects.exists()
    assert LOG.canceled_alone().count() == 2


def test_following_up(logged, cast):
    logged.entries.filter(contact=cast.jens).update(evaluation="positive")
    (told,) = run_json("follow_up", "SM00801", "--whom", "positive", "--copy-header")["created"]
    new = Segment.objects.get(number=told["segment"])
    assert (on_sheet(new), told["lines"], new.template) == (["jens"], 1, logged_template(logged))
    number = run("follow_up", "--entries", "contact=anna", "--template", "SPRING")
    assert on_sheet(Segment.objects.get(number=number)) == ["anna"]
    assert "Nobody is left" in refusal("follow_up", "SM00801", "--whom", "negative")


def logged_template(logged: LoggedSegment):
    return logged.entries.all()[0].template
