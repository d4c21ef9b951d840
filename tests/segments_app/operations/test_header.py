"""The header: created, changed, deleted (R59-R63, D8, D21)."""

import pytest

from contacts.errors import Refused
from contacts.models import NumberSeries
from segments_app.errors import AlreadyLogged
from segments_app.models import Segment, SegmentLine
from segments_app.models.segment import today
from segments_app.operations import change_header, change_line, create_segment, delete_segment
from tests.factories import LoggedSegmentFactory, SalespersonFactory, SegmentFactory

from ..conftest import add, line_of

pytestmark = pytest.mark.django_db


def test_r60_a_new_segment_has_a_number_the_users_salesperson_and_todays_date(mette):
    holm = SalespersonFactory(user=mette)
    segment = create_segment("Spring", by=mette)
    assert segment.number.startswith("SM")
    assert (segment.salesperson, segment.date, segment.created_by) == (holm, today(), mette)
    assert create_segment("Summer", by=mette).number != segment.number


def test_r58_a_blocked_salesperson_is_not_chosen(mette):
    SalespersonFactory(user=mette, blocked=True)
    assert create_segment("Spring", by=mette).salesperson is None


def test_d21_numbers_pass_over_those_that_are_taken():
    NumberSeries.objects.filter(pk="segments").update(last=41)
    SegmentFactory(number="SM00042")
    LoggedSegmentFactory(number="SM00043")
    assert create_segment("Spring", by=None).number == "SM00044"


def test_d21_a_number_typed_by_hand_is_accepted_if_unused():
    assert create_segment("Spring", by=None, number="SPRING-26").number == "SPRING-26"
    LoggedSegmentFactory(number="AUTUMN-25")
    for used in ("SPRING-26", "AUTUMN-25"):
        with pytest.raises(Refused, match=f"The number {used} is used already"):
            create_segment("Again", by=None, number=used)
    assert Segment.objects.count() == 1


def test_d8_a_change_of_the_header_touches_no_line(segment, cast, fair):
    add(segment, "mailing_groups=VIP")
    change_line(line_of(segment, cast.anna), by=None, cost=5)
    before = list(SegmentLine.objects.order_by("pk").values())
    change_header(segment, by=None, unit_cost=7, campaign=fair)
    assert list(SegmentLine.objects.order_by("pk").values()) == before
    costs = {line.contact_id: line.r_cost for line in segment.sheet().resolved()}
    assert costs == {cast.anna.pk: 5, cast.bo.pk: 7}


def test_r62_without_a_campaign_nobody_is_its_target(segment, fair):
    change_header(segment, by=None, campaign=fair, campaign_target=True, campaign_response=True)
    change_header(segment, by=None, campaign=None)
    segment.refresh_from_db()
    assert not segment.campaign_target
    assert not segment.campaign_response


def test_two_people_who_change_different_fields_do_not_undo_each_other(segment, cast):
    stale = Segment.objects.get(pk=segment.pk)
    add(segment, "mailing_groups=VIP")
    change_header(segment, by=None, subject="Spring!")
    change_header(stale, by=None, description="Spring again")
    segment.refresh_from_db()
    assert (segment.subject, segment.description) == ("Spring!", "Spring again")
    assert segment.sheet().count() == 2


def test_r63_deleting_takes_lines_and_steps_along(segment, cast):
    add(segment, "mailing_groups=VIP")
    stale = Segment.objects.get(pk=segment.pk)
    delete_segment(segment, by=None)
    assert not Segment.objects.exists()
    assert not SegmentLine.objects.exists()
    for act in (delete_segment, change_header):
        with pytest.raises(AlreadyLogged, match="SM00901"):
            act(stale, by=None)
