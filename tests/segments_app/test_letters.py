"""From lines to letters."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import AddressPeriod, AlternativeAddress
from interactions.letters.fields import merge_fields
from interactions.letters.shared import shared_fields
from interactions.letters.source import entry_sources
from interactions.models import Document
from segments_app.letters import line_sources, merger_for
from segments_app.operations import change_line, log_segment, put_letter
from tests.factories import word_document, words_of

from .conftest import add, line_of, on_sheet


@pytest.fixture
def filled(segment, cast, fair):
    """Bo, and Anna who has a comment, a date and a language of her own."""
    segment.campaign = fair
    segment.save()
    cast.anna.language_id = "da"
    cast.anna.save()
    add(segment, "mailing_groups=VIP")
    date = datetime.date(2026, 5, 1)
    change_line(line_of(segment, cast.anna), by=None, comment="See you <there> & then", date=date)
    return segment


def test_one_source_for_each_line_with_what_holds_for_it(filled, cast, holm, fair, spring):
    bo, anna = line_sources(filled.sheet())
    assert (bo.contact["name"], anna.contact["name"]) == ("Bo Lind", "Anna Sørensen")
    assert (anna.comment, anna.date) == ("See you <there> & then", datetime.date(2026, 5, 1))
    assert (bo.comment, bo.date) == ("", filled.date)
    assert (bo.language, anna.language) == ("en", "da")
    assert (bo.subject, anna.subject) == ("Spring 2026", "Forår 2026")
    assert bo.description == "Spring 2026"
    assert (bo.salesperson, bo.campaign) == (holm.pk, fair.pk)
    assert anna.document == spring.documents.get(language="da").document_id
    assert not anna.own_letter
    assert anna.contact["company_name"] == "Nordisk Lys A/S"


def test_all_sources_are_read_in_one_query(filled):
    lines = filled.sheet().resolved()
    with CaptureQueriesContext(connection) as captured:
        sources = list(line_sources(lines))
    assert len(sources) == 2
    assert len(captured) == 2, "whether addresses change, all lines"


def test_the_letter_says_what_the_line_says(filled):
    merger = merger_for(filled)
    bo, anna = (words_of(merger.letter(source)) for source in line_sources(filled.sheet()))
    assert anna == "Forår\nAnna Sørensen\nSee you <there> & then"
    assert bo == "Spring\nBo Lind\n"


def test_a_letter_of_its_own_is_sent_as_it_is(filled, cast):
    own = word_document("Dear Anna, {{ this is no field }}")
    document = put_letter(line_of(filled, cast.anna), own, "anna.docx", by=None)
    _bo, anna = line_sources(filled.sheet())
    assert (anna.document, anna.own_letter) == (document.pk, True)
    assert merger_for(filled).letter(anna) == own
    assert Document.objects.get(pk=document.pk).read() == own


def test_d15_the_letter_after_logging_is_made_of_the_same(filled):
    before = list(line_sources(filled.sheet()))
    merger = merger_for(filled)
    letters = [merger.letter(source) for source in before]
    logged = log_segment(filled, by=None)
    after = list(entry_sources(logged.entries.in_line_order()))
    assert after == before
    from interactions.letters.merge import Merger

    again = Merger(logged.snapshot["letters"])
    assert [again.letter(source) for source in after] == letters


def test_letters_go_where_the_contact_lives_on_the_day_of_the_interaction(filled, cast):
    """Anna's letter is of May, Bo's of another day; the log keeps where it went (R14, D15)."""
    summer = AlternativeAddress.objects.create(
        contact=cast.anna,
        code="SUMMER",
        address="Strandvej 1",
        postal_code="3000",
        city="Helsingør",
    )
    AddressPeriod.objects.create(
        address=summer, starts_on=datetime.date(2026, 5, 1), ends_on=datetime.date(2026, 5, 1)
    )
    before = list(line_sources(filled.sheet()))
    bo, anna = (merge_fields(source, shared_fields("", ""))["contact"] for source in before)
    assert "\nStrandvej 1\n3000 Helsingør" in anna["address_block"]
    assert "Nordisk" not in anna["address_block"]
    assert anna["company_name"] == "Nordisk Lys A/S"
    assert "Strandvej" not in bo["address_block"]
    logged = log_segment(filled, by=None)
    summer.delete()
    assert list(entry_sources(logged.entries.in_line_order())) == before


def test_lines_off_the_sheet_have_no_letters(filled, cast):
    from segments_app.operations import remove_by_hand

    remove_by_hand(filled, filled.sheet().filter(contact=cast.anna), by=None)
    assert on_sheet(filled) == ["bo"]
    assert [source.contact["name"] for source in line_sources(filled.sheet())] == ["Bo Lind"]
