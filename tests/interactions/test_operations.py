"""What may still change after logging, and who did it."""

import pytest

from contacts.errors import Refused
from interactions import operations
from interactions.models import InteractionLogEntry

pytestmark = pytest.mark.django_db


def counting() -> set[str]:
    entries = InteractionLogEntry.objects.counting()
    return set(entries.values_list("contact__first_name", flat=True))


def test_canceling_a_logged_segment_and_back_restores_exactly_the_state_before(
    catalogue, to_anna, maria
):
    operations.cancel_entry(to_anna, by=maria)
    assert counting() == {"Jens"}

    operations.cancel_logged_segment(catalogue, by=maria)
    assert counting() == set()
    assert InteractionLogEntry.objects.canceled().count() == 2

    operations.uncancel_logged_segment(catalogue, by=maria)
    assert counting() == {"Jens"}
    to_anna.refresh_from_db()
    assert to_anna.canceled


def test_an_entry_is_not_uncanceled_while_its_logged_segment_is_canceled(catalogue, to_anna, maria):
    operations.cancel_entry(to_anna, by=maria)
    operations.cancel_logged_segment(catalogue, by=maria)
    with pytest.raises(Refused, match="Logged segment SM00001 is canceled"):
        operations.uncancel_entry(to_anna, by=maria)
    to_anna.refresh_from_db()
    assert to_anna.canceled

    operations.uncancel_logged_segment(catalogue, by=maria)
    operations.uncancel_entry(to_anna, by=maria)
    assert counting() == {"Anna", "Jens"}


def test_doing_it_twice_is_harmless_and_kept_once(to_anna, maria):
    operations.cancel_entry(to_anna, by=maria)
    operations.cancel_entry(to_anna, by=maria)
    operations.evaluate(to_anna, "positive", by=maria)
    changes = [(str(c.user), c.change_message) for c in operations.changes_of(to_anna)]
    assert changes == [("maria", "Evaluated"), ("maria", "Canceled")]


def test_an_evaluation_can_be_set_and_taken_back(to_anna, mette):
    assert operations.evaluate(to_anna, "very_negative", by=mette).evaluation == "very_negative"
    assert operations.evaluate(to_anna, "", by=mette).evaluation == ""
    with pytest.raises(Refused, match="“splendid” is not an evaluation"):
        operations.evaluate(to_anna, "splendid", by=mette)


def test_nobody_is_named_when_a_program_does_it(to_anna):
    operations.cancel_entry(to_anna, by=None)
    assert not operations.changes_of(to_anna).exists()
    to_anna.refresh_from_db()
    assert to_anna.canceled
