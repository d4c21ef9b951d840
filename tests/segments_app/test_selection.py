"""Who is selected, and that the count shown is the count done (R31-R43, D1, D2)."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.models import Contact
from segments_app.criteria import Criteria
from segments_app.models import Segment, SegmentStep
from segments_app.operations import add_contacts, go_back, reduce_contacts, refine_contacts
from segments_app.preview import preview_of
from segments_app.selection import AddOptions, RemoveOptions, first_to_add, to_add
from tests.factories import LineFactory, SegmentFactory

from .conftest import add, on_sheet


def test_r37_companies_by_name_each_followed_by_its_people(segment, cast):
    add(segment, "q=e")
    add(segment, "status=yes")
    assert sorted(on_sheet(segment)) == sorted(cast.everyone)
    segment = SegmentFactory()
    add(segment, "status=yes")
    assert on_sheet(segment) == ["bo", "nordisk", "anna", "jens", "weber", "klaus"]


def test_r33_expanding_takes_everyone_of_the_company_also_through_a_person(segment, cast):
    add(segment, "mailing_groups=VIP", expand_companies=True)
    assert on_sheet(segment) == ["bo", "nordisk", "anna", "jens"]


def test_r34_related_companies_come_with_their_people(segment, cast):
    add(segment, "mailing_groups=VIP", related_companies=True)
    assert on_sheet(segment) == ["bo", "nordisk", "anna"]


@pytest.mark.parametrize("companies", ["expand_companies", "related_companies"])
def test_the_first_of_a_preview_are_the_first_on_the_sheet(segment, cast, companies):
    contacts = Criteria.from_query_string("mailing_groups=VIP").contacts()
    preview = preview_of("add", contacts, segment, AddOptions(**{companies: True}))
    first = [sampled.contact.name.split()[0].lower() for sampled in preview.sample]
    step = add(segment, "mailing_groups=VIP", **{companies: True})
    assert first == on_sheet(segment)
    assert preview.count == step.added == len(first)


def test_whoever_stood_there_before_going_back_is_not_there_already(segment, cast):
    add(segment, "mailing_groups=VIP")
    go_back(segment, by=None)
    step = add(segment, "mailing_groups=VIP")
    assert (step.added, step.skipped) == (2, {})
    step = add(segment, "status=yes")
    assert (step.added, step.skipped) == (4, {"present": 2})


def test_r35_d1_exclusion_is_applied_last(segment, cast):
    """An excluded contact brings its colleagues, and stays outside itself."""
    cast.anna.excluded = True
    cast.anna.save()
    step = add(segment, "mailing_groups=VIP", expand_companies=True)
    assert on_sheet(segment) == ["bo", "nordisk", "jens"]
    assert step.skipped == {"excluded": 1}


def test_d1_only_exclusion_can_be_set_aside(segment, cast):
    cast.anna.excluded = True
    cast.jens.privacy_blocked = True
    cast.klaus.minor = True
    cast.weber.active = False
    for contact in (cast.anna, cast.jens, cast.klaus, cast.weber):
        contact.save()
    step = add(segment, "type=company&type=company", expand_companies=True, ignore_exclusion=True)
    assert on_sheet(segment) == ["nordisk", "anna"]
    assert step.skipped == {"privacy": 1, "minor": 1, "inactive": 1}
    assert step.options == {"expand_companies": True, "ignore_exclusion": True}


def test_d1_consent_makes_a_minor_selectable(segment, cast):
    cast.bo.minor = cast.bo.parental_consent = True
    cast.bo.save()
    assert add(segment, "country=SE").added == 1


def test_r36_a_contact_stands_once_unless_asked_otherwise(segment, cast):
    assert add(segment, "country=SE").added == 1
    again = add(segment, "country=SE")
    assert (again.added, again.skipped) == (0, {"present": 1})
    assert add(segment, "country=SE", allow_existing=True).added == 1
    assert on_sheet(segment) == ["bo", "bo"]


def test_r39_r40_reduce_takes_out_every_line_of_a_contact_and_refine_keeps_them(segment, cast):
    add(segment, "mailing_groups=VIP")
    add(segment, "mailing_groups=VIP", allow_existing=True)
    criteria = Criteria.from_query_string("country=SE")
    assert refine_contacts(segment, criteria, by=None).removed == 2
    assert on_sheet(segment) == ["bo", "bo"]
    assert reduce_contacts(segment, criteria, by=None).removed == 2
    assert on_sheet(segment) == []


def test_who_may_not_be_selected_any_more_can_still_be_taken_out(segment, cast):
    """D1 is about coming onto the sheet; leaving it is always possible."""
    add(segment, "mailing_groups=VIP")
    cast.anna.privacy_blocked = True
    cast.anna.save()
    assert reduce_contacts(segment, Criteria.from_query_string("status=no"), by=None).removed == 1
    assert on_sheet(segment) == ["bo"]


def test_r41_a_company_matches_when_anyone_in_it_does_even_outside_the_segment(segment, cast):
    for contact in (cast.jens, cast.klaus, cast.bo):
        LineFactory(segment=segment, contact=contact)
    Segment.objects.filter(pk=segment.pk).update(current_step=1)
    segment.steps.create(number=1, action="add", lines_after=3)
    entire = RemoveOptions(entire_companies=True)
    anna = Criteria.from_query_string("q=anna")
    segment.refresh_from_db()
    assert reduce_contacts(segment, anna, by=None).removed == 0, "Anna is not in the segment"
    assert refine_contacts(segment, anna, by=None, options=entire).removed == 2
    assert on_sheet(segment) == ["jens"]
    assert reduce_contacts(segment, anna, by=None, options=entire).removed == 1


def test_r42_someone_of_no_company_is_judged_alone(segment, cast):
    """Nobody is a colleague for having no company either."""
    add(segment, "country=SE")
    someone = Contact.objects.get(pk=cast.bo.pk)
    someone.pk, someone.number, someone.first_name = None, "CT000099", "Eva"
    someone.save()
    entire = RemoveOptions(entire_companies=True)
    eva = Criteria.from_query_string("q=eva")
    assert reduce_contacts(segment, eva, by=None, options=entire).removed == 0
    assert refine_contacts(segment, eva, by=None, options=entire).removed == 1


def test_r38_adding_nobody_is_a_step_too(segment, cast):
    step = add(segment, "q=nobody")
    assert (step.number, step.added, step.lines_after) == (1, 0, 0)


CONDITIONS = [
    "country=DK",
    "country=DE&country=SE",
    "mailing_groups=VIP",
    "mailing_groups_not=VIP",
    "type=company",
    "q=weber",
    "excluded=yes",
    "status=no",
]


ACTS: dict[str, Callable[..., SegmentStep]] = {
    "add": add_contacts,
    "reduce": reduce_contacts,
    "refine": refine_contacts,
}


SOME = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SOME
@given(data=st.data())
def test_d2_the_count_shown_is_the_count_done(cast, data):
    """Whatever the contacts are like, what is on the sheet, and which options are chosen."""
    _change(cast, data)
    segment = SegmentFactory()
    add(segment, data.draw(st.sampled_from(CONDITIONS)))
    action = data.draw(st.sampled_from(["add", "reduce", "refine"]))
    kind = AddOptions if action == "add" else RemoveOptions
    chosen = data.draw(st.sets(st.sampled_from(sorted(kind.names()))))
    options = kind.of(dict.fromkeys(chosen, True))
    criteria = Criteria.from_query_string(data.draw(st.sampled_from(CONDITIONS)))
    preview = preview_of(action, criteria.contacts(), segment, options)
    before = segment.sheet().count()
    step = ACTS[action](segment, criteria, by=None, options=options)
    assert preview.count == step.added + step.removed
    assert preview.by_reason.skipped == step.skipped
    assert segment.sheet().count() == before + step.added - step.removed == step.lines_after
    assert not any(line.contact.privacy_blocked for line in segment.sheet())


@SOME
@given(data=st.data())
def test_d2_the_first_shown_are_the_first_added(cast, data):
    """However few contacts are looked at for them, and whomever those bring along."""
    _change(cast, data)
    segment = SegmentFactory()
    add(segment, data.draw(st.sampled_from(CONDITIONS)))
    chosen = data.draw(st.sets(st.sampled_from(sorted(AddOptions.names()))))
    options = AddOptions.of(dict.fromkeys(chosen, True))
    contacts = Criteria.from_query_string(data.draw(st.sampled_from(CONDITIONS))).contacts()
    count = data.draw(st.integers(1, 4))
    with patch("segments_app.selection.FIRST", data.draw(st.integers(1, 4))):
        first = first_to_add(contacts, segment, options, count, many=data.draw(st.booleans()))
    assert first == list(to_add(contacts, segment, options)[:count])


def _change(cast, data) -> None:
    flags = ["excluded", "privacy_blocked", "minor", "parental_consent"]
    for name in sorted(cast.everyone):
        contact = getattr(cast, name)
        for flag in flags:
            setattr(contact, flag, data.draw(st.integers(0, 3)) == 0)
        contact.active = data.draw(st.integers(0, 5)) > 0
        contact.save()


def test_reasons_exclude_one_another(segment, cast):
    """Each candidate is counted once, under the gravest reason."""
    cast.anna.excluded = cast.anna.privacy_blocked = True
    cast.anna.save()
    contacts = Criteria.from_query_string("mailing_groups=VIP").contacts()
    preview = preview_of("add", contacts, segment, AddOptions()).by_reason
    assert preview.counts == {"added": 1, "privacy": 1}
    assert preview.matched == 2
