"""E-mails of a logged segment, from the click to the mail server."""

import io

import docx
import pytest

from interactions.delivery.jobs import deliver
from interactions.models import DeliveryState
from tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def send_all(django_capture_on_commit_callbacks, mailing):
    """Have the segment delivered and the worker do all that is due."""

    def _send_all(segment=mailing, ask=deliver):
        with django_capture_on_commit_callbacks(execute=True):
            job = ask(segment, by=None)
        work()
        job.refresh_from_db()
        return job

    return _send_all


def test_everybody_gets_the_letter_once(server, send_all, mail_to_anna):
    job = send_all()
    assert job.state == "done"
    assert sorted(to for _, to, _ in server.received) == [
        "anna@nordisk.example",
        "jens@nordisk.example",
    ]
    mail_to_anna.refresh_from_db()
    assert mail_to_anna.delivery_state == DeliveryState.SENT
    assert mail_to_anna.delivery_attempts == 1
    assert mail_to_anna.delivery_address == "anna@nordisk.example"
    (message,) = server.to("anna@nordisk.example")
    assert message["Subject"] == "Forår til Anna"
    (attached,) = message.iter_attachments()
    letter = docx.Document(io.BytesIO(attached.get_content()))
    assert letter.paragraphs[0].text == "Kære Anna Sørensen"
