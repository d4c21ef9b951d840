"""deliver and resend: the same as the pages, for cron."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from interactions.models import DeliveryJob
from tests.factories import LoggedSegmentFactory

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    output = io.StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue().strip()


def test_it_is_queued_for_the_worker(mailing, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        said = json.loads(run("deliver", "sm00007", "--json"))
    assert said == {"queued": [{"segment": "SM00007", "emails": 2, "states": {"queued": 2}}]}
    assert DBTaskResult.objects.filter(task_path__endswith="delivery.tasks.send").count() == 1


def test_or_sent_at_once(server, mailing):
    run("deliver", "SM00007", "--wait")
    assert len(server.received) == 2


def test_a_dry_run_queues_nothing(mailing):
    assert run("deliver", "SM00007", "--dry-run").startswith("SM00007: 2 e-mails")
    assert run("resend", "SM00007", "--state", "all", "--dry-run").startswith("SM00007: 2")
    assert not DeliveryJob.objects.exists()


def test_one_that_is_not_there_keeps_the_others(mailing):
    with pytest.raises(CommandError, match="no logged segment SM99999"):
        run("deliver", "SM00007", "SM99999")
    assert not DeliveryJob.objects.exists()


def test_what_failed_is_sent_once_more(server, mailing, anna):
    anna.email = "refuse@nordisk.example"
    anna.save()
    run("deliver", "SM00007", "--wait")
    assert run("resend", "SM00007").startswith("SM00007: 1 e-mail to send once more")
    with pytest.raises(CommandError) as refused:
        run("resend", "SM00007")
    assert str(refused.value) == (
        "SM00007: There is no e-mail to send once more in the state “failed”. "
        "Now: queued 1, sent 1."
    )


def test_what_was_sent_already_is_told(server, mailing):
    run("deliver", "SM00007", "--wait")
    with pytest.raises(CommandError) as refused:
        run("deliver", "SM00007")
    assert str(refused.value) == "SM00007: There is no e-mail left to send. Now: sent 2."
    assert run("deliver", "SM00007", "--dry-run") == "SM00007: 0 e-mails to send. Now: sent 2."


def test_a_segment_without_e_mails_does_not_keep_the_others(mailing):
    LoggedSegmentFactory(number="SM00008")
    assert run("deliver", "SM00008", "SM00007").splitlines() == [
        "SM00008: 0 e-mails to send. Now: no e-mails.",
        "SM00007: 2 e-mails to send. Now: queued 2.",
    ]


def test_what_is_underway_is_not_sent_once_more(mailing):
    run("deliver", "SM00007")
    for more in (["--state", "all"], ["--entry", str(mailing.entries.all()[0].pk)]):
        for dry_run in ([], ["--dry-run"]):
            with pytest.raises(CommandError, match=r"once more. Now: queued 2"):
                run("resend", "SM00007", *more, *dry_run)


def test_a_contact_that_is_gone_gets_no_letter_merged_anew(server, mailing):
    run("deliver", "SM00007", "--wait")
    mailing.entries.update(contact=None)
    for dry_run in ([], ["--dry-run"]):
        with pytest.raises(CommandError, match=r"Now: sent 2"):
            run("resend", "SM00007", "--state", "sent", "--anew", *dry_run)


def test_what_a_dead_worker_left_goes_on(mailing, django_capture_on_commit_callbacks):
    run("deliver", "SM00007")
    DeliveryJob.objects.update(alive_at="2020-01-01T00:00Z", due_at="2020-01-01T00:00Z")
    assert run("deliver") == "Went on with 1 delivery."
