"""Many interactions at once: one statement, the number that was told, and who did it."""

import datetime

import pytest

from contacts.errors import Refused
from interactions import many, operations
from interactions.models import (
    CampaignEntry,
    Document,
    EntryComment,
    InteractionLogEntry,
)
from tests.factories import CampaignFactory, EntryFactory

LOG = InteractionLogEntry.objects


def test_evaluating_many_is_three_statements_and_kept_in_the_history(
    catalogue, to_anna, maria, django_assert_num_queries
):
    operations.evaluate(to_anna, "positive", by=maria)
    with django_assert_num_queries(5):
        assert many.evaluate_many(LOG.of_segment(catalogue), "positive", by=maria) == 1
    assert set(LOG.values_list("evaluation", flat=True)) == {"positive"}
    assert [len(operations.changes_of(entry)) for entry in LOG.all()] == [1, 1]


def test_what_is_no_evaluation_is_refused(catalogue):
    with pytest.raises(Refused, match="splendid"):
        many.evaluate_many(LOG.all(), "splendid", by=None)


def test_a_comment_goes_to_each(catalogue, mette):
    assert many.comment_many(LOG.all(), " Asked for lamps. ", by=mette) == 2
    comments = EntryComment.objects.all()
    assert {(comment.text, comment.created_by) for comment in comments} == {
        ("Asked for lamps.", mette)
    }
    with pytest.raises(Refused):
        many.comment_many(LOG.all(), "  ", by=mette)


def test_another_number_than_the_person_was_told_changes_nothing(catalogue, anna):
    EntryFactory.create(contact=anna)
    with pytest.raises(Refused, match="There are 3 of them now"):
        many.cancel_many(LOG.all(), by=None, seen=2)
    assert not LOG.canceled().exists()


def test_un_canceling_leaves_out_what_is_canceled_with_its_segment(catalogue, anna):
    """R193."""
    alone = EntryFactory.create(contact=anna)
    many.cancel_many(LOG.all(), by=None)
    operations.cancel_logged_segment(catalogue, by=None)
    assert many.uncancel_many(LOG.all(), by=None) == 1
    assert [entry.pk for entry in LOG.counting()] == [alone.pk]
    operations.uncancel_logged_segment(catalogue, by=None)
    assert LOG.counting().count() == 1


def test_deleting_takes_canceled_ones_alone_with_what_is_theirs(catalogue, to_anna, to_jens, maria):
    """R198."""
    letter = Document.objects.store(b"a letter", name="anna.docx")
    LOG.alone(to_anna).update(document=letter, own_letter=True)
    many.comment_many(LOG.all(), "Called", by=maria)
    operations.cancel_entry(to_anna, by=maria)
    with pytest.raises(Refused):
        many.delete_canceled(LOG.all(), by=maria, seen=2)
    assert many.delete_canceled(LOG.all(), by=maria, seen=1) == 1
    assert LOG.get() == to_jens
    assert EntryComment.objects.count() == 1
    assert not Document.objects.filter(pk=letter.pk).exists()
    catalogue.refresh_from_db()
    assert catalogue.entries_count == 1


def test_a_canceled_campaign_entry_is_felt_by_its_interactions_alone(catalogue, to_anna, to_jens):
    """D18: and un-canceling restores what was before."""
    fair, other = CampaignFactory.create(), CampaignFactory.create()
    LOG.alone(to_anna).update(campaign=fair)
    LOG.alone(to_jens).update(campaign=other)
    entry = CampaignEntry.objects.create(campaign=fair, logged_segment=catalogue, canceled=True)
    assert list(LOG.counting()) == [to_jens]
    assert list(LOG.canceled()) == [to_anna]
    assert LOG.with_names().get(pk=to_anna.pk).is_canceled
    entry.canceled = False
    entry.save()
    assert LOG.counting().count() == 2


def test_an_answer_to_the_campaign_counts_for_what_was_sent_in_it(catalogue, to_anna, anna, jens):
    fair = CampaignFactory.create()
    LOG.all().update(campaign=fair, campaign_target=True)
    answer = EntryFactory.create(
        contact=anna, campaign=fair, campaign_response=True, date=datetime.date(2026, 3, 20)
    )
    assert [entry.contact for entry in LOG.not_responded()] == [jens]
    assert to_anna in LOG.responded()
    operations.cancel_entry(answer, by=None)
    assert LOG.not_responded().count() == 2


def test_without_a_campaign_whatever_comes_in_later_is_an_answer(catalogue, to_anna, anna, jens):
    before = datetime.date(2026, 3, 1)
    EntryFactory.create(contact=jens, information_flow="inbound", date=before)
    EntryFactory.create(contact=anna, information_flow="inbound", date=datetime.date(2026, 3, 20))
    assert [e.contact for e in LOG.of_segment(catalogue).not_responded()] == [jens]
