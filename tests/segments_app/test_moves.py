"""What going to a step would do is said before, and is what it does."""

import pytest

from interactions.models import Document
from segments_app.criteria import Criteria
from segments_app.models import Segment
from segments_app.moves import moves
from segments_app.operations import add_by_hand, change_line, go_to, reduce_contacts
from segments_app.panel import panel_of
from tests.factories import word_document

from .conftest import add, line_of


@pytest.fixture
def worked(segment, cast) -> Segment:
    """Danes, Bo by hand, then the Danes out again: Anna with a letter, Jens with a comment."""
    add(segment, "country=DK")
    letter = Document.objects.store(word_document("Dear Anna"), name="anna.docx")
    change_line(line_of(segment, cast.anna), by=None, document=letter, cost=9)
    change_line(line_of(segment, cast.jens), by=None, comment="Hi")
    add_by_hand(segment, [cast.bo], by=None)
    reduce_contacts(segment, Criteria.from_query_string("country=DK"), by=None)
    return segment


def test_it_is_said_in_words(worked):
    words = {number: str(move) for number, move in moves(worked, range(4)).items()}
    danes = "brings back 3 lines (1 with a letter of its own, 1 changed by hand)"
    assert words == {
        0: "removes 1 line",
        1: f"removes 1 line, {danes}",
        2: danes,
        3: "changes no line",
    }


def test_it_is_what_is_done(worked):
    for then in (0, 3, 1, 2, 0):
        move = moves(worked, [then])[then]
        before = set(worked.sheet().values_list("pk", flat=True))
        go_to(worked, then, by=None)
        after = set(worked.sheet().values_list("pk", flat=True))
        assert (move.gone.count, move.back.count) == (len(before - after), len(after - before))


def test_however_many_steps_two_questions(worked, django_assert_num_queries):
    with django_assert_num_queries(2):
        moves(worked, range(40))


def test_the_panel_knows_the_ways_back_and_forward(worked):
    go_to(worked, 2, by=None)
    panel = panel_of(worked, list(worked.steps.all()), counted=True)
    assert str(panel.back) == "removes 1 line"
    assert str(panel.forward) == "removes 3 lines (1 with a letter of its own, 1 changed by hand)"
    assert [shown.step.number for shown in panel.steps] == [1, 2, 3]
