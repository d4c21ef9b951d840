"""What was done before, done again (R50-R53, R107-R114, D6, D17)."""

import pytest

from contacts.errors import Refused
from segments_app.criteria import Criteria, CriteriaError
from segments_app.models import Segment
from segments_app.operations import (
    add_by_hand,
    follow_up,
    go_back,
    log_segment,
    refine_contacts,
    reuse_criteria,
    reuse_logged_segment,
    save_criteria,
)
from segments_app.selection import RemoveOptions
from segments_app.sentences import spoken
from tests.factories import ContactFactory, EntryFactory, LoggedSegmentFactory, SegmentFactory

from ..conftest import add, on_sheet


@pytest.fixture
def logged(cast):
    """Anna and Bo were written to, Anna twice; so was Jens, which was canceled."""
    logged = LoggedSegmentFactory(number="LS1", description="Winter")
    for contact, canceled in (
        (cast.anna, False),
        (cast.anna, False),
        (cast.bo, False),
        (cast.jens, True),
    ):
        EntryFactory(contact=contact, logged_segment=logged, canceled=canceled)
    return logged


def test_d17_each_contact_once_and_nobody_canceled(segment, logged):
    step = reuse_logged_segment(segment, logged, by=None)
    assert on_sheet(segment) == ["bo", "anna"]
    assert (step.action, step.criteria) == ("reuse", {"logged_segment": "LS1"})
    assert spoken(step.sentences) == "Reused logged segment LS1 Winter"


def test_d1_who_may_not_be_written_to_any_more_is_left_out(segment, cast, logged):
    cast.anna.excluded, cast.bo.privacy_blocked = True, True
    cast.anna.save()
    cast.bo.save()
    step = reuse_logged_segment(segment, logged, by=None)
    assert (step.added, step.skipped) == (0, {"excluded": 1, "privacy": 1})


def test_of_a_canceled_logged_segment_there_is_nobody(segment, logged):
    logged.canceled = True
    logged.save()
    assert reuse_logged_segment(segment, logged, by=None).added == 0


def test_saved_criteria_are_the_recipe_without_the_picks(segment, cast, mette):
    add(segment, "country=DK", expand_companies=True)
    add_by_hand(segment, [cast.bo], by=mette)
    refined = Criteria.from_query_string("mailing_groups=VIP")
    entire = RemoveOptions(entire_companies=True)
    refine_contacts(segment, refined, by=mette, options=entire)
    add(segment, "country=DE")
    go_back(segment, by=mette)
    saved = save_criteria(segment, "NORDIC", "Nordic customers", by=mette)
    steps = list(saved.steps.values_list("number", "action", "criteria", "options"))
    assert steps == [
        (1, "add", {"country": ["DK"]}, {"expand_companies": True}),
        (2, "refine", {"mailing_groups": ["VIP"]}, {"entire_companies": True}),
    ]
    assert saved.created_by == mette


def test_r107_a_code_is_used_once(segment, cast):
    add(segment, "country=DK")
    save_criteria(segment, "NORDIC", by=None)
    with pytest.raises(Refused, match="The code NORDIC is used already"):
        save_criteria(segment, "NORDIC", by=None)


def test_r110_r112_reused_on_todays_data_with_entire_companies_kept(segment, cast):
    add(segment, "country=DK")
    refine_contacts(
        segment,
        Criteria.from_query_string("q=anna"),
        by=None,
        options=RemoveOptions(entire_companies=True),
    )
    saved = save_criteria(segment, "NORDIC", by=None)
    ContactFactory(first_name="Ny", surname="Mand", company=cast.nordisk)
    other = SegmentFactory()
    add(other, "country=SE")
    steps = reuse_criteria(other, saved, by=None)
    assert [(step.number, step.added, step.removed) for step in steps] == [(2, 4, 0), (3, 0, 1)]
    assert on_sheet(other) == ["nordisk", "anna", "jens", "ny"]


def test_criteria_that_cannot_be_understood_any_more_change_nothing(segment, cast):
    add(segment, "country=SE")
    add(segment, "mailing_groups=VIP")
    saved = save_criteria(segment, "VIPS", by=None)
    cast.anna.mailing_groups.clear()
    cast.bo.mailing_groups.clear()
    from contacts.models import MailingGroup

    MailingGroup.objects.all().delete()
    other = SegmentFactory()
    with pytest.raises(CriteriaError, match="“VIP” is not known"):
        reuse_criteria(other, saved, by=None)
    other.refresh_from_db()
    assert (other.current_step, other.sheet().count()) == (0, 0)


class TestFollowUp:
    """R151, D17"""

    def test_the_same_contacts_and_campaign_and_nothing_else(self, segment, cast, fair, mette):
        segment.campaign = fair
        segment.save()
        add(segment, "mailing_groups=VIP")
        logged = log_segment(segment, by=mette)
        new = follow_up(logged, by=mette)
        assert on_sheet(new) == ["bo", "anna"]
        assert (new.campaign, new.template, new.salesperson) == (fair, None, None)
        assert new.description == "Follow-up on segment SM00901"
        assert list(Segment.objects.following(logged)) == [new]

    def test_a_segment_that_reused_twice_follows_once(self, segment, cast, logged):
        reuse_logged_segment(segment, logged, by=None)
        reuse_logged_segment(segment, logged, by=None)
        assert list(Segment.objects.following(logged)) == [segment]

    def test_while_logging_it_is_all_or_nothing(self, segment, cast):
        add(segment, "mailing_groups=VIP")
        logged = log_segment(segment, by=None, follow_up=True)
        (new,) = Segment.objects.following(logged)
        assert on_sheet(new) == ["bo", "anna"]

    def test_refused_logging_creates_no_follow_up(self, segment, cast):
        add(segment, "mailing_groups=VIP")
        segment.template = None
        segment.save()
        with pytest.raises(Refused):
            log_segment(segment, by=None, follow_up=True)
        assert list(Segment.objects.all()) == [segment]
