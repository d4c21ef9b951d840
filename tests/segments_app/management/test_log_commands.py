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
    assert run("cancel", "SM00801") == (
        "Logged segment SM00801 is canceled. Its interactions no longer count."
    )
    assert not LOG.counting().exists()
    assert run("cancel", "SM00801") == "Logged segment SM00801 was canceled already."
    assert run("cancel", "SM00801", "--undo") == (
        "Logged segment SM00801 counts again, as before it was canceled."
    )
    assert run_json("cancel", "SM00801", "--undo") == {"segments": [], "unchanged": ["SM00801"]}
    assert LOG.counting().count() == 3
    assert "no logged segment SM00899" in refusal("cancel", "SM00801", "SM00899")
    assert LOG.counting().count() == 3, "all that are named, or none"


def test_canceling_interactions(logged, cast):
    assert run("cancel", "--entries", "contact=anna") == (
        "1 interaction is canceled. It no longer counts."
    )
    assert not LOG.counting().filter(contact=cast.anna).exists()
    assert run("cancel", "--entries", "logged_segment=SM00801") == (
        "2 interactions are canceled. They no longer count. 1 was canceled already."
    )
    assert "Give conditions" in refusal("cancel", "--entries", "?")
    assert "cannot be read" in refusal("cancel", "--entries", "date_from=x")
    assert "Name logged segments" in refusal("cancel")


@pytest.mark.parametrize(
    ("conditions", "why"),
    [
        ("", "Give conditions"),
        ("contact=", "Give conditions"),
        ("canceled=all&page=2", "Give conditions"),
        ("compaign=3", "cannot be asked for compaign"),
        ("entry=4711", "cannot be asked for entry"),
    ],
)
def test_conditions_that_narrow_nothing_never_mean_the_whole_log(logged, conditions, why):
    for command in ("cancel", "delete_canceled", "follow_up"):
        assert why in refusal(command, "--entries", conditions)
    assert LOG.counting().count() == 3


def test_either_segments_or_conditions(logged):
    assert "not both" in refusal("cancel", "SM00801", "--entries", "contact=anna")


def test_un_canceling_interactions_finds_those_that_are_canceled(logged, cast):
    run("cancel", "--entries", "contact=anna")
    undo = ("cancel", "--undo", "--entries", "logged_segment=SM00801")
    assert run(*undo) == "1 interaction counts again."
    run("cancel", "SM00801")
    assert run(*undo) == (
        "0 interactions count again. 3 stay canceled, because their logged segment or campaign "
        "entry is canceled."
    )
    assert run_json(*undo) == {"entries": 0, "unchanged": 3}


def test_deleting_what_is_canceled(logged):
    refused = refusal("delete_canceled", "SM00801")
    assert "Not canceled: SM00801. Nothing was deleted." in refused
    run("cancel", "--entries", "contact=anna")
    everyone = ("delete_canceled", "--entries", "logged_segment=SM00801")
    assert run(*everyone, "--dry-run") == (
        "Would delete 1 canceled interaction. 2 that match are not canceled and stay."
    )
    assert run("delete_canceled", "--entries", "contact=anna") == (
        "1 canceled interaction was deleted."
    )
    run("cancel", "SM00801")
    assert run("delete_canceled", "SM00801", "--dry-run") == (
        "Would delete 1 logged segment. Its 2 interactions would stay, canceled."
    )
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


def test_following_up_all_segments_that_are_named_or_none(logged, cast, spring, holm):
    logged.entries.filter(contact=cast.jens).update(evaluation="positive")
    other = SegmentFactory(number="SM00802", template=spring, salesperson=holm)
    add(other, "country=DK")
    log_segment(other, by=None)
    refused = refusal("follow_up", "SM00801", "SM00802", "--whom", "positive")
    assert "SM00802" in refused
    assert not Segment.objects.exists()


def logged_template(logged: LoggedSegment):
    return logged.entries.all()[0].template
