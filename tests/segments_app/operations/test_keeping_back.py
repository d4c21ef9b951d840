"""Log the others and keep these: the problem lines move, and lose nothing (D12)."""

import pytest

from contacts.models import Language
from interactions.models import Document, InteractionLogEntry, LoggedSegment, TemplateDocument
from segments_app.errors import BlockedByProblems
from segments_app.models import Segment, SegmentDocument
from segments_app.operations import (
    change_line,
    go_back,
    log_segment,
    put_document,
)
from tests.factories import TemplateFactory, word_document

from ..conftest import add, line_of, on_sheet


@pytest.fixture
def troubled(segment, cast, fair):
    """Anna and Bo; Bo became privacy blocked after he was added, and has a comment."""
    segment.campaign, segment.unit_cost, segment.subject = fair, 5, "Spring!"
    segment.save()
    add(segment, "mailing_groups=VIP")
    change_line(line_of(segment, cast.bo), by=None, comment="See you", cost=9)
    cast.bo.privacy_blocked = True
    cast.bo.save()
    return segment


def kept_of(logged: LoggedSegment) -> Segment:
    assert logged.kept_back
    return Segment.objects.get(number=logged.kept_back[0])


def test_the_others_are_logged_and_the_problem_lines_wait(troubled, cast, mette):
    logged = log_segment(troubled, by=mette, skip_problems=True)
    assert [entry.contact for entry in logged.entries.all()] == [cast.anna]
    kept = kept_of(logged)
    assert (logged.kept_back, kept.created_by) == ((kept.number, 1), mette)
    assert on_sheet(kept) == ["bo"]
    assert kept.number != troubled.number


def test_the_copy_has_the_header_and_the_line_what_is_its_own(troubled, cast, fair, holm):
    kept = kept_of(log_segment(troubled, by=None, skip_problems=True))
    assert (kept.description, kept.subject, kept.campaign) == ("Spring 2026", "Spring!", fair)
    assert kept.template == troubled.template
    assert kept.salesperson == holm
    assert kept.unit_cost == 5
    line = line_of(kept, cast.bo)
    assert line.comment == "See you"
    assert line.cost == 9


def test_once_mended_it_is_logged_like_any_other(troubled, cast):
    kept = kept_of(log_segment(troubled, by=None, skip_problems=True))
    cast.bo.privacy_blocked = False
    cast.bo.save()
    again = log_segment(kept, by=None)
    assert (again.entries_count, InteractionLogEntry.objects.count()) == (1, 2)
    assert not Segment.objects.exists()


def test_its_one_step_says_where_the_lines_come_from(troubled, mette):
    kept = kept_of(log_segment(troubled, by=mette, skip_problems=True))
    step = kept.steps.get()
    assert step.sentences["en"] == "Kept back when SM00901 was logged"
    assert (step.added, step.lines_after, kept.current_step) == (1, 1, 1)
    go_back(kept, by=None)
    assert on_sheet(kept) == []


def test_a_contact_that_stands_twice_is_kept_twice(segment, cast):
    add(segment, "mailing_groups=VIP")
    add(segment, "q=anna", allow_existing=True)
    cast.anna.active = False
    cast.anna.save()
    kept = kept_of(log_segment(segment, by=None, skip_problems=True))
    assert on_sheet(kept) == ["anna", "anna"]
    assert [step.lines_after for step in kept.steps.all()] == [1, 2]


def test_edited_documents_go_along(troubled, spring):
    original = TemplateDocument.objects.get(template=spring, language="en")
    put_document(troubled, original, word_document("Edited"), "edited.docx", by=None)
    kept = kept_of(log_segment(troubled, by=None, skip_problems=True))
    copy = SegmentDocument.objects.get(segment=kept)
    assert (copy.language, copy.document.name) == (Language.objects.get(code="en"), "edited.docx")


def test_nothing_to_log_is_refused_and_nothing_moves(troubled, cast):
    cast.anna.active = False
    cast.anna.save()
    with pytest.raises(BlockedByProblems):
        log_segment(troubled, by=None, skip_problems=True)
    assert Segment.objects.get() == troubled
    assert len(on_sheet(troubled)) == 2


def test_without_problems_nothing_is_kept(segment, cast):
    add(segment, "mailing_groups=VIP")
    logged = log_segment(segment, by=None, skip_problems=True)
    assert logged.kept_back is None
    assert not Segment.objects.exists()


def test_a_line_without_a_letter_is_logged_beside_one_whose_letter_is_broken(segment, cast, spring):
    add(segment, "mailing_groups=VIP")
    change_line(line_of(segment, cast.bo), by=None, template=TemplateFactory(code="CALL"))
    broken = Document.objects.store(b"Dear all", name="broken.docx")
    spring.documents.update(document=broken)
    logged = log_segment(segment, by=None, skip_problems=True)
    assert [entry.contact for entry in logged.entries.all()] == [cast.bo]
    assert on_sheet(kept_of(logged)) == ["anna"]
