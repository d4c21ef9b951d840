"""Many lines at once: Mette changes them, sees before how many, and undoes it."""

from decimal import Decimal

import pytest

from contacts.errors import Refused
from contacts.privacy.erase import erase_contact
from segments_app import operations
from segments_app.models import OVERRIDES, LineBefore, LineEdit
from segments_app.operations.many_lines import (
    ChangePreview,
    Changes,
    change_lines,
    preview_lines,
    undo_change,
)
from segments_app.sentences import spoken
from segments_app.shown import Shown
from tests.factories import CampaignFactory
from tests.segments_app.conftest import add, line_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(segment, cast):
    """Nordisk, Anna with a cost of 12 of her own, Jens with 9; Weber, Klaus."""
    add(segment, "country=DK")
    add(segment, "country=DE")
    operations.change_line(line_of(segment, cast.anna), by=None, cost=12)
    operations.change_line(line_of(segment, cast.jens), by=None, cost=9)
    return segment


def said(segment, field: str) -> list[object]:
    return list(segment.sheet().values_list(field, flat=True))


def test_what_is_told_before_is_what_is_done(sheet):
    changes = Changes({"cost": Decimal(9)})
    assert preview_lines(sheet, Shown(), changes) == ChangePreview(5, 4, 1, 0)
    edit = change_lines(sheet, Shown(), changes, by=None, told=4)
    assert said(sheet, "cost") == [9] * 5
    assert spoken(edit.sentences) == "Changed 4 lines: cost 9.00"


def test_lines_that_say_something_themselves_can_keep_it(sheet):
    changes = Changes({"cost": 7, "subject": "Hi"}, keep_own=True)
    preview = preview_lines(sheet, Shown(), changes)
    assert (preview.changed, preview.lines) == (5, 5)
    change_lines(sheet, Shown(), changes, by=None)
    assert said(sheet, "cost") == [7, 12, 9, 7, 7]
    assert said(sheet, "subject") == ["Hi"] * 5
    preview = preview_lines(sheet, Shown(), Changes({"cost": 1}, keep_own=True))
    assert (preview.changed, preview.kept, preview.same) == (0, 5, 0)


def test_ticked_and_narrowed_lines_alone_are_changed(sheet, cast):
    anna = line_of(sheet, cast.anna)
    change_lines(sheet, Shown(ticked=(str(anna.pk),)), Changes({"comment": "x"}), by=None)
    assert said(sheet, "comment") == ["", "x", "", "", ""]
    change_lines(sheet, Shown(changed="cost"), Changes({"comment": "y"}), by=None)
    assert said(sheet, "comment") == ["", "y", "y", "", ""]
    change_lines(sheet, Shown(text="weber"), Changes({"comment": "z"}), by=None)
    assert said(sheet, "comment") == ["", "y", "y", "z", "z"]
    shared = Shown(problem="same_address")
    change_lines(sheet, shared, Changes({"subject": "Double"}), by=None)
    assert said(sheet, "subject") == ["Double"] * 5


@pytest.mark.parametrize("keep_own", [False, True])
def test_undoing_brings_back_what_each_line_said(sheet, cast, fair, holm, spring, keep_own):
    jens = line_of(sheet, cast.jens)
    other = CampaignFactory()
    operations.change_line(
        jens, by=None, campaign=other, comment="Old", evaluation="neutral", campaign_target=True
    )
    before = [list(sheet.sheet().values().order_by("pk"))]
    values = {
        "campaign": fair,
        "salesperson": holm,
        "template": spring,
        "language_id": "da",
        "date": "2027-01-02",
        "cost": 1,
        "comment": "New",
        "evaluation": "positive",
        "attempt_failed": True,
        "campaign_target": False,
    }
    values["language"] = values.pop("language_id")
    edit = change_lines(sheet, Shown(), Changes(values, keep_own=keep_own), by=None)
    assert edit.count == 5
    assert (
        said(sheet, "campaign")
        == [fair.pk, fair.pk, other.pk if keep_own else fair.pk] + [fair.pk] * 2
    )
    undone = undo_change(sheet, edit.pk, by=None)
    assert (undone.lines, undone.left) == (5, 0)
    assert [list(sheet.sheet().values().order_by("pk"))] == before
    assert not LineBefore.objects.exists()


def test_a_line_that_changed_since_stays_when_it_is_undone(sheet, cast):
    edit = change_lines(sheet, Shown(), Changes({"cost": 1}), by=None)
    operations.change_line(line_of(sheet, cast.anna), by=None, cost=99)
    undone = undo_change(sheet, edit.pk, by=None)
    assert (undone.lines, undone.left) == (4, 1)
    assert said(sheet, "cost") == [None, 99, 9, None, None]


def test_only_the_last_change_is_undone(sheet):
    first = change_lines(sheet, Shown(), Changes({"cost": 1}), by=None)
    change_lines(sheet, Shown(), Changes({"subject": "x"}), by=None)
    with pytest.raises(Refused, match="changed again since"):
        undo_change(sheet, first.pk, by=None)
    assert LineEdit.objects.count() == 1


def test_undoing_a_step_and_a_change_do_not_disturb_each_other(sheet):
    edit = change_lines(sheet, Shown(), Changes({"cost": 1}), by=None)
    operations.go_back(sheet, by=None)
    undo_change(sheet, edit.pk, by=None)
    operations.go_forward(sheet, by=None)
    assert said(sheet, "cost") == [None, 12, 9, None, None]


def test_what_would_change_nothing_is_refused_and_can_be_undone_still(sheet):
    edit = change_lines(sheet, Shown(), Changes({"cost": 1}), by=None)
    with pytest.raises(Refused, match="so already"):
        change_lines(sheet, Shown(), Changes({"cost": 1}), by=None)
    assert undo_change(sheet, edit.pk, by=None).lines == 5


def test_another_number_than_was_seen_changes_nothing(sheet):
    with pytest.raises(Refused, match="Meanwhile it would change 4 lines"):
        change_lines(sheet, Shown(), Changes({"cost": 9}), by=None, told=3)
    assert said(sheet, "cost") == [None, 12, 9, None, None]


def test_all_lines_are_put_back_to_the_header(sheet):
    """D8."""
    edit = change_lines(sheet, Shown(), Changes({"cost": None, "subject": None}), by=None)
    assert edit.count == 2
    assert said(sheet, "cost") == [None] * 5
    assert "cost put back" in spoken(edit.sentences)
    change_lines(sheet, Shown(), Changes({"cost": 1, "subject": "x"}), by=None)
    edit = change_lines(sheet, Shown(), Changes(dict.fromkeys(OVERRIDES)), by=None)
    assert spoken(edit.sentences) == "Put 5 lines back to the header"


def test_the_same_statements_for_2_lines_and_for_5(sheet, django_assert_num_queries):
    with django_assert_num_queries(10) as few:
        change_lines(sheet, Shown(changed="cost"), Changes({"subject": "x"}), by=None)
    with django_assert_num_queries(len(few)):
        change_lines(sheet, Shown(), Changes({"subject": "y"}), by=None)


def test_an_erased_contact_leaves_nothing_for_undoing(sheet, cast, mette):
    """What Anna's line said is not kept until the next change, and does not come back."""
    for name in ("anna", "jens"):
        line = line_of(sheet, getattr(cast, name))
        operations.change_line(line, by=None, comment="Met at the fair", contact_via="a@b.example")
    anna = line_of(sheet, cast.anna)
    changes = Changes({"comment": "", "contact_via": "", "description": f"To {cast.anna.name}"})
    edit = change_lines(sheet, Shown(), changes, by=None)
    erase_contact(cast.anna, typed=cast.anna.number, by=mette)
    assert [before.line for before in LineBefore.objects.all()] == [line_of(sheet, cast.jens)]
    edit.refresh_from_db()
    assert "Anna" not in str(edit.sentences)
    undo_change(sheet, edit.pk, by=None)
    anna.refresh_from_db()
    assert (anna.comment, anna.contact_via, anna.description) == ("", "", None)
    assert line_of(sheet, cast.jens).comment == "Met at the fair"
