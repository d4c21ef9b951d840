"""Why is this contact in or not: the step or the flag that decided."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Contact
from segments_app.criteria import Criteria
from segments_app.models import Segment
from segments_app.operations import (
    add_by_hand,
    go_back,
    refine_contacts,
    remove_by_hand,
    reuse_logged_segment,
)
from segments_app.why import why
from tests.factories import EntryFactory, LoggedSegmentFactory

from .conftest import add


@pytest.fixture
def built(segment, cast) -> Segment:
    """Danes were added, then only VIP customers kept: Anna."""
    add(segment, "country=DK")
    refine_contacts(segment, Criteria.from_query_string("mailing_groups=VIP"), by=None)
    return segment


def verdicts(segment: Segment, contact: Contact) -> list[str]:
    return [each.verdict for each in why(segment, contact).steps]


def test_who_is_in_was_added_by_a_step(built, cast):
    told = why(built, cast.anna)
    assert told.is_in
    assert told.sentence == (
        "Anna Sørensen is in the segment since step 1: Added contacts: country is Denmark"
    )
    assert verdicts(built, cast.anna) == ["Added by this step.", "Stayed."]


def test_who_went_was_taken_out_by_a_step_that_says_what_was_missing(built, cast):
    told = why(built, cast.jens)
    assert not told.is_in
    assert told.sentence.startswith("Jens Østergaard was taken out by step 2: Kept only contacts")
    assert [each.effect for each in told.steps] == ["in", "out"]
    assert [(f.met, f.value) for f in told.steps[1].findings] == [
        (False, "not in mailing group VIP customers")
    ]


def test_who_never_came_did_not_meet_the_conditions(built, cast):
    told = why(built, cast.bo)
    assert told.sentence == "Bo Lind was not added by any step."
    assert verdicts(built, cast.bo) == [
        "Does not meet: country is Sweden.",
        "Was not on the sheet.",
    ]


def test_a_flag_keeps_somebody_out(segment, cast):
    cast.anna.excluded = True
    cast.anna.save()
    add(segment, "country=DK")
    assert why(segment, cast.anna).sentence == (
        "Anna Sørensen cannot be selected: excluded from segments."
    )
    assert verdicts(segment, cast.anna) == ["Skipped: excluded from segments."]
    cast.jens.privacy_blocked = True
    cast.jens.save()
    add(segment, "q=anna", ignore_exclusion=True)
    assert verdicts(segment, cast.anna)[1] == "Added by this step."


def test_picks_and_removals_by_hand(segment, cast):
    add_by_hand(segment, [cast.bo], by=None)
    remove_by_hand(segment, segment.sheet(), by=None)
    assert verdicts(segment, cast.bo) == ["Added by this step.", "Taken out by this step."]
    assert verdicts(segment, cast.anna) == [
        "Not among those that were picked.",
        "Was not on the sheet.",
    ]


def test_what_was_undone_is_said(segment, cast):
    add(segment, "country=SE")
    go_back(segment, by=None)
    told = why(segment, cast.bo)
    assert told.sentence.startswith("Bo Lind was added by step 1, which is undone")
    assert told.steps[0].undone


def test_r33_somebody_came_with_the_company(segment, cast):
    add(segment, "q=anna", expand_companies=True)
    reasons = why(segment, cast.jens).steps[0].reasons
    assert reasons is not None
    assert reasons.through == "Anna Sørensen"


def test_a_contact_that_stands_twice(segment, cast):
    add(segment, "country=SE")
    add(segment, "country=SE", allow_existing=True)
    assert why(segment, cast.bo).sentence == "Bo Lind is in the segment 2 times, by steps 1, 2."


def test_a_reused_logged_segment(segment, cast):
    logged = LoggedSegmentFactory(number="LS1", description="Winter")
    EntryFactory(contact=cast.bo, logged_segment=logged)
    reuse_logged_segment(segment, logged, by=None)
    assert verdicts(segment, cast.anna) == ["Does not meet: not in logged segment LS1 Winter."]
    assert verdicts(segment, cast.bo) == ["Added by this step."]


def test_somebody_who_meets_the_conditions_only_now(segment, cast):
    add(segment, "country=SE")
    cast.anna.country = "SE"
    cast.anna.save()
    assert verdicts(segment, cast.anna) == [
        "Meets all conditions today, and did not when the step was done."
    ]


def test_criteria_that_cannot_be_read_any_more_stand_in_no_way(built, cast):
    built.steps.filter(number=1).update(criteria={"gone": ["x"]})
    assert verdicts(built, cast.bo)[0] == "Was not added."


def test_an_empty_segment(segment, cast):
    assert why(segment, cast.bo).sentence == "Bo Lind is not in the segment: it has no steps."


def test_the_same_queries_however_many_lines_there_are(built, cast):
    counts = []
    for contact in (cast.anna, cast.bo):
        with CaptureQueriesContext(connection) as captured:
            why(built, contact)
        counts.append(len(captured))
    assert max(counts) <= 2 + 2 * 6
