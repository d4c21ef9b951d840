"""What comes back, as several mail systems write it, marks entries and addresses."""

import imaplib
import io
import mailbox
import re
import socketserver
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from interactions.delivery import bounces
from interactions.delivery.marks import bounce_mark, marked_entry
from interactions.delivery.reports import read_report
from interactions.models import Bounce

SAMPLES = Path(__file__).parent / "bounces"
OURS = ("postfix", "exchange", "gmail", "exim", "qmail", "full", "policy", "delayed")
NOT_OURS = ("holiday", "delivered", "foreign")

pytestmark = pytest.mark.django_db


def sample(name: str, entry: int) -> bytes:
    return (SAMPLES / f"{name}.eml").read_bytes().replace(b"MARK", bounce_mark(entry).encode())


@pytest.fixture
def sent(mail_to_anna):
    mail_to_anna.delivery_state = "sent"
    mail_to_anna.delivery_address = "Anna@Nordisk.example"
    mail_to_anna.save()
    return mail_to_anna


def test_every_sample_is_used():
    assert {path.stem for path in SAMPLES.glob("*.eml")} == {*OURS, *NOT_OURS}


@pytest.mark.parametrize(
    ("name", "failed", "hard", "status", "reason"),
    [
        ("postfix", True, True, "5.1.1", "User unknown in virtual mailbox table"),
        ("exchange", True, True, "5.1.10", "RecipientNotFound"),
        ("gmail", True, True, "5.1.1", "does not exist"),
        ("exim", True, True, "5.0.0", "No such person"),
        ("qmail", True, True, "5.1.1", "no mailbox here by that name"),
        ("full", True, False, "5.2.2", "Mailbox size limit exceeded"),
        ("policy", True, False, "5.7.1", "rejected as spam"),
        ("delayed", False, False, "4.4.1", "Connection timed out"),
    ],
)
def test_reports_are_understood(name, failed, hard, status, reason):
    report = read_report(sample(name, 4711))
    assert report is not None
    assert (report.entry, report.failed, report.hard) == (4711, failed, hard)
    assert report.status == status
    assert reason in report.reason


@pytest.mark.parametrize("name", NOT_OURS)
def test_other_messages_are_left_alone(name):
    assert read_report(sample(name, 4711)) is None


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/report; boundary=x\n\n--x\n",
        b"From:\n\n" * 9,
    ],
)
def test_damaged_messages_are_no_error(source):
    assert read_report(source) is None


def test_nobody_can_make_up_a_mark():
    assert marked_entry(bounce_mark(7)) == 7
    assert marked_entry(bounce_mark(7).replace("7.", "8.", 1)) is None


def test_a_hard_bounce_takes_the_address_out_of_use(sent, mette):
    found, ours = bounces.process([sample("holiday", sent.pk), sample("postfix", sent.pk)])
    assert (found.hard, found.others, ours) == (1, 1, [1])
    sent.refresh_from_db()
    assert sent.delivery_state == "failed"
    assert sent.delivery_reason.startswith("It came back: 550 5.1.1")
    assert Bounce.objects.addresses_among(["anna@nordisk.example", "x@y.example"]) == {
        "anna@nordisk.example"
    }
    assert bounces.use_again("ANNA@nordisk.example", by=mette) == 1
    assert Bounce.objects.addresses_among(["anna@nordisk.example"]) == set()


def test_a_full_mailbox_fails_and_the_address_stays_in_use(sent):
    bounces.process([sample("full", sent.pk)])
    sent.refresh_from_db()
    assert sent.delivery_state == "failed"
    assert not Bounce.objects.out_of_use().exists()


def test_a_delay_is_noted(sent):
    bounces.process([sample("delayed", sent.pk)])
    sent.refresh_from_db()
    assert sent.delivery_state == "sent"
    assert Bounce.objects.get().status == "4.4.1"


def test_the_same_message_counts_once(sent):
    found, _ours = bounces.process([sample("postfix", sent.pk)] * 2)
    assert (found.hard, found.known) == (1, 1)
    assert Bounce.objects.count() == 1


def test_what_is_sent_again_meanwhile_is_not_marked(sent):
    sent.delivery_state = "queued"
    sent.save()
    bounces.process([sample("postfix", sent.pk)])
    sent.refresh_from_db()
    assert sent.delivery_state == "queued"


def test_what_bounces_was_sent_although_it_was_in_doubt(sent):
    sent.delivery_state = "unknown"
    sent.save()
    bounces.process([sample("postfix", sent.pk)])
    sent.refresh_from_db()
    assert sent.delivery_state == "failed"


def run(*arguments: str) -> str:
    output = io.StringIO()
    call_command("process_bounces", *arguments, stdout=output)
    return output.getvalue()


def test_the_command_reads_an_mbox_file(sent, tmp_path):
    box = mailbox.mbox(tmp_path / "mbox")
    for name in ("postfix", "holiday"):
        box.add(sample(name, sent.pk))
    box.close()
    before = (tmp_path / "mbox").read_bytes()
    said = (
        "Messages: 2. Addresses taken out of use: 1. Failures that may pass: 0. Known before: 0. "
        "Not about our e-mails: 1."
    )
    assert (
        run("--mbox", str(tmp_path / "mbox"), "--dry-run").strip()
        == f"Nothing was changed; this is what would be. {said}"
    )
    assert not Bounce.objects.exists()
    assert run("--mbox", str(tmp_path / "mbox")).strip() == said
    assert Bounce.objects.count() == 1
    assert (tmp_path / "mbox").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "No mailbox"),
        (["--mbox", "/nowhere/mbox"], "There is no mailbox"),
    ],
)
def test_without_a_mailbox_it_says_so(db, arguments, problem):
    with pytest.raises(CommandError, match=problem):
        run(*arguments)


class _ImapHandler(socketserver.StreamRequestHandler):
    """As much of an IMAP server as is needed to read a mailbox."""

    messages: list[bytes]
    seen: set[int]

    def handle(self) -> None:
        self.say("* OK ready")
        for line in self.rfile:
            tag, command, *rest = line.decode().split(maxsplit=2)
            argument = rest[0].strip() if rest else ""
            self.answer(command.upper(), argument)
            self.say(f"{tag} OK done")
            if command.upper() == "LOGOUT":
                return

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def answer(self, command: str, argument: str) -> None:
        if command == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif command == "SELECT":
            self.say(f"* {len(self.messages)} EXISTS")
        elif command == "UID":
            self.answer_uid(argument)

    def answer_uid(self, argument: str) -> None:
        if argument.startswith("SEARCH"):
            unseen = [str(n) for n in range(1, len(self.messages) + 1) if n not in self.seen]
            self.say("* SEARCH " + " ".join(unseen))
            return
        number = int(re.findall(r"\d+", argument)[0])
        if argument.startswith("FETCH"):
            assert "PEEK" in argument
            data = self.messages[number - 1]
            self.say(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(data)}}}")
            self.wfile.write(data + b")\r\n")
        else:
            self.seen.add(number)


@pytest.fixture
def imap_server(sent, settings, monkeypatch):
    """A bounce between two other messages; without TLS, which would need a certificate."""
    messages = [sample(name, sent.pk) for name in ("holiday", "postfix", "foreign")]
    handler: Any = type("Handler", (_ImapHandler,), {"seen": set(), "messages": messages})
    monkeypatch.setattr(
        imaplib,
        "IMAP4_SSL",
        lambda host, port, ssl_context, timeout: imaplib.IMAP4(host, port, timeout),
    )
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        settings.BOUNCE_MAILBOX = f"imaps://bounces:p%40ss@127.0.0.1:{port}/INBOX"
        yield handler
        server.shutdown()


def test_the_command_reads_a_mailbox_and_leaves_other_messages_unread(imap_server, sent):
    assert "Messages: 3. Addresses taken out of use: 1." in run("--dry-run")
    assert imap_server.seen == set()
    assert run().startswith("Messages: 3. Addresses taken out of use: 1.")
    assert imap_server.seen == {2}
    assert run().startswith("Messages: 2. Addresses taken out of use: 0.")
    sent.refresh_from_db()
    assert sent.delivery_state == "failed"


@pytest.mark.parametrize("url", ["imap://x@y/INBOX", "nonsense", "imaps://u:p@127.0.0.1:1/INBOX"])
def test_a_mailbox_that_cannot_be_read_is_told(settings, url):
    settings.BOUNCE_MAILBOX = url
    with pytest.raises(CommandError, match=r"mailbox"):
        run()
