"""Why is this contact in or not: the step or the flag that decided."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Contact
from segments_app.criteria import Criteria
from segments_app.deciding import ADDING, REASONED, THINNING
from segments_app.models import Segment, SegmentStep
from segments_app.operations import (
    add_by_hand,
    go_back,
    keep_one_per,
    rebuild,
    refine_contacts,
    refresh,
    remove_by_hand,
    reuse_logged_segment,
)
from segments_app.plan import PlannedStep, plan_of
from segments_app.selection import AddOptions
from segments_app.sentences import spoken
from segments_app.why import why
from tests.factories import ContactFactory, EntryFactory, LoggedSegmentFactory

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


@pytest.fixture
def refreshed(built, cast) -> Segment:
    """Bo is a Dane now, Anna excluded; Klaus is picked by hand before that is seen."""
    add_by_hand(built, [cast.klaus], by=None)
    for contact, values in ((cast.bo, {"country": "DK"}), (cast.anna, {"excluded": True})):
        Contact.objects.filter(pk=contact.pk).update(**values)
        contact.refresh_from_db()
    refresh(built, by=None)
    return built


@pytest.mark.parametrize(
    ("who", "verdict"),
    [
        ("bo", "Added by this step: Added contacts: country is Denmark."),
        ("anna", "Taken out by this step: excluded from segments."),
        ("klaus", "Stayed: Added Klaus Weber by hand."),
        ("jens", "Was not added: Kept only contacts: in mailing group VIP customers."),
        ("weber", "Was not added: no step finds it."),
    ],
)
def test_refreshing_names_the_step_that_decides(refreshed, cast, who, verdict):
    assert verdicts(refreshed, getattr(cast, who))[-1] == verdict


def test_what_was_decided_otherwise_then_is_said(refreshed, cast):
    cast.bo.country = "SE"
    cast.bo.save()
    assert verdicts(refreshed, cast.bo)[-1] == "Added by this step: today it would be otherwise."


def test_a_step_that_takes_several_numbers_is_one(segment, cast):
    """Bo comes three times by other steps, each with a number of its own."""
    twice = PlannedStep.of_criteria(
        "add", Criteria.from_query_string("country=SE"), AddOptions(allow_existing=True)
    )
    add(segment, "country=DE")
    step = rebuild(segment, [*plan_of(segment), twice, twice, twice], by=None)
    told = why(segment, cast.bo)
    assert [(each.step.number, each.effect) for each in told.steps] == [
        (1, ""),
        (step.number, "in"),
    ]
    assert told.sentence.startswith(f"Bo Lind is in the segment since step {step.number}: ")
    assert verdicts(segment, cast.klaus)[-1].startswith(
        "Stayed: Added contacts: country is Germany"
    )
    go_back(segment, by=None)
    told = why(segment, cast.bo)
    assert not told.is_in
    assert f"was added by step {step.number}, which is undone" in told.sentence


def test_a_step_that_kept_some_of_them_only(segment, cast):
    """Who lives together gets one letter: Anna, Jens or their company."""
    add(segment, "country=DK")
    keep_one_per(segment, "household", by=None)
    ContactFactory(first_name="Ny", surname="Mand", postal_code="7800", city="Skive")
    refresh(segment, by=None)
    sentence = spoken(segment.steps.get(number=2).sentences)
    assert verdicts(segment, cast.anna)[-1] == f"Was not added: {sentence}."


def test_every_action_of_a_plan_is_known():
    known = {*ADDING, *THINNING, *REASONED, *SegmentStep.PICKS, *SegmentStep.REBUILDING}
    assert known == set(SegmentStep.Action)


def test_an_empty_segment(segment, cast):
    assert why(segment, cast.bo).sentence == "Bo Lind is not in the segment: it has no steps."


def test_the_same_queries_however_many_lines_there_are(built, cast):
    counts = []
    for contact in (cast.anna, cast.bo):
        with CaptureQueriesContext(connection) as captured:
            why(built, contact)
        counts.append(len(captured))
    assert max(counts) <= 2 + 2 * 6
