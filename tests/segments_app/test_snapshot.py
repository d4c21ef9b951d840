"""What a logged segment keeps of its worksheet (R149, D13)."""

import json
from decimal import Decimal

import pytest

from interactions.snapshot import header_of, steps_of
from segments_app.operations import follow_up, log_segment
from segments_app.snapshot import HEADER, take_snapshot

from .conftest import add


@pytest.fixture
def told(segment, cast, fair, mette):
    """A segment whose header says something in every field."""
    segment.campaign = fair
    segment.language_id, segment.subject = "da", "Spring!"
    segment.correspondence_type, segment.ignore_contact_correspondence_type = "hard_copy", True
    segment.unit_cost, segment.unit_duration = Decimal("8.50"), 3
    segment.information_flow, segment.initiated_by = "outbound", "us"
    segment.campaign_target = segment.campaign_response = True
    segment.save()
    add(segment, "mailing_groups=VIP")
    return segment


def test_it_is_plain_json(told):
    snapshot = take_snapshot(told)
    assert json.loads(json.dumps(snapshot)) == snapshot


def test_the_header_is_kept_in_words_and_in_values(told, spring, fair):
    snapshot = take_snapshot(told)
    assert set(snapshot["header"]) == set(HEADER)
    assert snapshot["header"]["template"] == "SPRING Spring letter"
    assert snapshot["header"]["correspondence_type"] == "Hard copy"
    assert snapshot["values"]["template_id"] == spring.pk
    assert snapshot["values"]["campaign_id"] == fair.pk


def test_the_logged_segment_tells_its_header_and_steps(told, mette):
    logged = log_segment(told, by=mette)
    header = dict(header_of(logged))
    assert header["Unit cost"].startswith("8.5")
    assert header["Also for contacts who prefer another type"] == "yes"
    (step,) = steps_of(logged)
    assert step["sentence"] == "Added contacts: in mailing group VIP customers"
    assert (step["added"], step["removed"], step["skipped"]) == (2, 0, 0)
    assert step["criteria"] == {"mailing_groups": ["VIP"]}


def test_steps_that_were_undone_are_not_kept(told):
    add(told, "country=DE")
    told.current_step = 1
    told.save()
    assert len(take_snapshot(told)["steps"]) == 1


def test_d17_a_follow_up_can_take_the_settings_of_the_header_along(told):
    expected = {name: getattr(told, name) for name in HEADER if name not in ("description", "date")}
    logged = log_segment(told, by=None)
    new = follow_up(logged, by=None, copy_header=True)
    assert {name: getattr(new, name) for name in expected} == expected
    new.refresh_from_db()
    assert {name: getattr(new, name) for name in expected} == expected


def test_a_silent_header_is_kept_silent(segment, cast):
    segment.salesperson = None
    segment.save()
    snapshot = take_snapshot(segment)
    assert snapshot["header"]["salesperson"] == ""
    assert snapshot["values"]["salesperson_id"] is None
