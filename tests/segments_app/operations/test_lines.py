"""Single lines (R77, R81, R96, D8, D9)."""

from typing import Any

import pytest

from contacts.errors import Refused
from interactions.letters.check import DocumentError
from interactions.models import Document
from segments_app.errors import AlreadyLogged
from segments_app.models import SegmentLine
from segments_app.operations import (
    change_line,
    delete_segment,
    inherit_line,
    put_letter,
    remove_letter,
    reset,
)
from tests.factories import TemplateFactory, word_document

from ..conftest import add, line_of


@pytest.fixture
def anna(segment, cast):
    """Anna's line."""
    add(segment, "mailing_groups=VIP")
    return line_of(segment, cast.anna)


def stored(line: SegmentLine) -> Any:
    return SegmentLine.objects.resolved().get(pk=line.pk)


def test_a_value_of_its_own_and_back_to_the_header(anna):
    change_line(anna, by=None, cost=12, subject="Anna!", comment="Hi")
    assert stored(anna).own_fields == ["subject", "cost"]
    inherit_line(anna, ("cost",), by=None)
    assert (stored(anna).r_cost, stored(anna).own_fields) == (8, ["subject"])
    inherit_line(anna, by=None)
    assert stored(anna).own_fields == []
    assert stored(anna).comment == "Hi", "a comment is not inherited"


def test_only_what_can_be_inherited_is_put_back(anna):
    with pytest.raises(Refused, match="does not inherit comment"):
        inherit_line(anna, ("cost", "comment"), by=None)


def test_d9_another_template_keeps_what_the_line_says_itself(anna):
    change_line(anna, by=None, cost=12, date=anna.segment.date, evaluation="positive", comment="Hi")
    change_line(anna, by=None, template=TemplateFactory(unit_duration=45))
    line = stored(anna)
    assert (line.r_cost, line.evaluation, line.comment) == (12, "positive", "Hi")
    assert line.r_duration == 45


def test_a_change_writes_only_what_was_changed(anna):
    stale = SegmentLine.objects.get(pk=anna.pk)
    change_line(anna, by=None, comment="Hi")
    change_line(stale, by=None, cost=12)
    assert (stored(anna).comment, stored(anna).cost) == ("Hi", 12)


def test_a_letter_of_its_own_and_back_to_the_template(anna, mette):
    data = word_document("Dear Anna")
    document = put_letter(anna, data, "../../anna.docx", by=mette)
    assert (document.name, document.created_by) == ("anna.docx", mette)
    assert stored(anna).r_document == document.pk
    remove_letter(anna, by=mette)
    assert stored(anna).document is None
    assert Document.objects.get(pk=document.pk).read() == data, "the file itself is kept"


def test_what_is_no_word_document_is_refused(anna):
    with pytest.raises(DocumentError):
        put_letter(anna, b"%PDF-1.7", "anna.docx", by=None)
    assert stored(anna).document is None
    assert not Document.objects.filter(name="anna.docx").exists()


def test_a_line_that_is_gone_refuses_its_change(anna, segment):
    reset(segment, by=None)
    with pytest.raises(Refused, match="The line is gone"):
        change_line(anna, by=None, cost=12)


def test_a_line_whose_segment_is_gone_refuses_its_change(anna, segment):
    assert anna.segment
    delete_segment(segment, by=None)
    with pytest.raises(AlreadyLogged):
        change_line(anna, by=None, cost=12)
