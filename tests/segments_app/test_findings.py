"""Why somebody meets conditions or not: the values behind them (D2)."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Channel, Consent, Contact
from segments_app.criteria import Criteria
from segments_app.findings import findings, reasons
from tests.factories import EntryFactory, IndustryGroupFactory, LoggedSegmentFactory

from .conftest import add


def found(criteria: str, contact: Contact) -> list[tuple[bool, str]]:
    """What each condition finds of the contact: whether it is met, and in words."""
    selection = Criteria.from_query_string(criteria).selection
    return [(finding.met, str(finding)) for finding in findings(selection, [contact])[contact.pk]]


@pytest.fixture
def history(cast, spring):
    """Anna got two letters, the last on 2 February; Klaus called us."""
    winter = LoggedSegmentFactory(number="LS1", description="Winter")
    for day in (1, 2):
        EntryFactory(
            contact=cast.anna,
            template=spring,
            date=datetime.date(2026, 2, day),
            initiated_by="us",
            logged_segment=winter,
        )
    EntryFactory(contact=cast.klaus, date=datetime.date(2026, 3, 1), initiated_by="them")
    return winter


@pytest.mark.parametrize(
    ("criteria", "said"),
    [
        ("postal_code=8*", "postal code 8000"),
        ("city=@aarhus*", "city Aarhus C"),
        ("country=DK&country=SE", "country is Denmark"),
        ("mailing_groups=VIP", "in mailing group VIP customers"),
        ("company=CT000001", "belongs to Nordisk Lys A/S"),
        ("has_email=yes", "has an e-mail address"),
        ("may_be_emailed=yes", "may be e-mailed"),
        ("q=anna", "found by “anna”"),
        ("interactions=has", "2 interactions, the last Spring letter on 2 Feb 2026"),
        ("interaction_count=>1", "2 interactions, the last Spring letter on 2 Feb 2026"),
        ("logged_segments=LS1", "in logged segment LS1 Winter"),
        ("not_contacted_since=2026-03-01", "last contacted 2 Feb 2026"),
        ("last_contacted=2026-02-02", "last contacted 2 Feb 2026"),
    ],
)
def test_why_anna_is_found(cast, history, criteria, said):
    assert found(criteria, cast.anna) == [(True, said)]


@pytest.mark.parametrize(
    ("criteria", "said"),
    [
        ("postal_code=9*", "postal code 8000"),
        ("country=DE", "country is Denmark"),
        ("mailing_groups=VIP", "not in mailing group VIP customers"),
        ("language=da", "Language is empty"),
        ("has_email=yes", "has no e-mail address"),
        ("q=anna", "not so: found by “anna”"),
        ("notes=@*wine*", "notes is empty"),
        ("interaction_template=SPRING", "no such interaction"),
        ("logged_segments=LS1", "not in logged segment LS1 Winter"),
        ("last_contacted=..today", "never contacted"),
        ("type=company", "not so: is a company"),
    ],
)
def test_why_jens_is_not(cast, history, criteria, said):
    assert found(criteria, cast.jens) == [(False, said)]


def test_has_not_tells_what_stands_in_the_way(cast, history):
    assert found("interactions=has_not", cast.anna) == [
        (False, "2 interactions, the last Spring letter on 2 Feb 2026")
    ]
    assert found("mailing_groups_not=VIP", cast.anna) == [(False, "in mailing group VIP customers")]


def test_r25_persons_have_the_industry_of_their_company(cast):
    cast.nordisk.industry_groups.add(IndustryGroupFactory(code="LIGHT", description="Lamps"))
    assert found("industry_groups=LIGHT", cast.anna) == [(True, "in industry group Lamps")]
    assert found("industry_groups=LIGHT", cast.bo) == [(False, "not in industry group Lamps")]


def test_a_row_that_is_asked_is_told(cast):
    Consent.objects.create(contact=cast.bo, channel=Channel.EMAIL, given=True)
    assert found("consents=has&consent_given=yes", cast.bo) == [(True, "E-mail: given")]


def test_every_condition_that_is_set_is_told_of(cast, history):
    told = found("country=DE&mailing_groups=VIP", cast.anna)
    assert told == [(False, "country is Denmark"), (True, "in mailing group VIP customers")]


def test_reasons_say_what_is_met_or_what_is_not(cast):
    selection = Criteria.from_query_string("country=SE&mailing_groups=VIP").selection
    why = reasons(selection, [cast.bo, cast.anna])
    assert why[cast.bo.pk].words == ["country is Sweden", "in mailing group VIP customers"]
    assert why[cast.anna.pk].words == ["country is Denmark"]


def test_r33_somebody_may_come_through_a_colleague(cast):
    selection = Criteria.from_query_string("q=anna").selection
    why = reasons(selection, [cast.jens, cast.anna, cast.bo], colleagues=True)
    assert why[cast.jens.pk].words == ["through Anna Sørensen"]
    assert why[cast.anna.pk].words == ["found by “anna”"]
    assert why[cast.bo.pk].words == ["not so: found by “anna”"]


def test_the_same_queries_for_one_contact_and_for_all(cast, history):
    criteria = (
        "country=DK&mailing_groups=VIP&interactions=has&language=da&last_contacted=..today"
        "&logged_segments_not=LS1&industry_groups_not=&q=e"
    )
    selection = Criteria.from_query_string(criteria).selection
    everyone = list(Contact.objects.all())
    counts = []
    for contacts in (everyone[:1], everyone):
        with CaptureQueriesContext(connection) as captured:
            findings(selection, contacts)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 16


def test_what_is_found_is_what_is_selected(cast, history, segment):
    """The findings agree with the criteria themselves, contact by contact."""
    add(segment, "country=SE")
    everyone = list(Contact.objects.all())
    for criteria in (
        "interaction_count=0",
        "interaction_count=<3",
        "interactions=has_not&interaction_template=SPRING",
        "segments=SM00901",
        "segments_not=SM00901",
        "not_contacted_since=2026-02-02",
        "status=yes&q=e",
        "organizational_level=&number=CT000002..CT000005",
    ):
        chosen = Criteria.from_query_string(criteria)
        matching = set(chosen.contacts().values_list("pk", flat=True))
        told = findings(chosen.selection, everyone)
        assert {key for key, all_ in told.items() if all(f.met for f in all_)} == matching, criteria
