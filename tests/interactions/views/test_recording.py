"""Recording an interaction with a single contact, step by step."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from interactions.models import (
    Document,
    EntryAttachment,
    InteractionKind,
    InteractionLogEntry,
    KindTemplate,
)
from interactions.recording_forms import this_minute
from tests.factories import CampaignFactory, TemplateDocumentFactory
from tests.interactions.conftest import signed_in

pytestmark = pytest.mark.django_db
LOG = InteractionLogEntry.objects
CREATE = reverse("interactions:create")


def url(name: str, entry: InteractionLogEntry) -> str:
    return reverse(f"interactions:{name}", args=[entry.pk])


@pytest.fixture
def what(spring, jonas):
    return {
        "template": spring.pk,
        "salesperson": jonas.pk,
        "date": timezone.localdate().isoformat(),
        "description": "Called about lamps",
        "time": "",
        "correspondence_type": "",
        "contact_via": "",
        "information_flow": "",
        "initiated_by": "",
        "language": "",
    }


@pytest.fixture
def draft(anna, what, mette):
    signed_in(mette).post(f"{CREATE}?contact={anna.number}", what)
    return LOG.get()


def test_a_phone_call_from_beginning_to_end(anna, nordisk, what, mette):
    client = signed_in(mette)
    content = client.post(f"{CREATE}?contact={anna.number}", what)
    entry = LOG.get()
    assert content["Location"] == url("content", entry)
    assert (entry.contact, entry.company, entry.user) == (anna, nordisk, mette)
    assert entry.cost == 8
    assert (entry.duration, entry.information_flow) == (2, "outbound")
    assert not LOG.counting().exists(), "until it is finished it counts nowhere"
    assert client.post(url("content", entry))["Location"] == url("result", entry)
    result = {"evaluation": "positive", "cost": "12.50", "duration": "20", "comment": "Likes blue"}
    done = client.post(url("result", entry), {**result, "successful": "on"}, follow=True)
    assert "The interaction is logged." in done.text
    assert "Likes blue" in done.text
    entry.refresh_from_db()
    assert entry.cost == 12.5
    assert not entry.postponed
    assert not entry.attempt_failed
    assert client.get(url("result", entry)).status_code == 404, "facts never change"


def test_finish_later_and_resume(draft, anna, mette):
    client = signed_in(mette)
    values = {"cost": "1", "duration": "1", "later": "on"}
    page = client.post(url("result", draft), values, follow=True)
    assert "Called about lamps" in page.text
    timeline = client.get(reverse("interactions:for_contact", args=[anna.number]))
    assert "Resume: Called about lamps" in timeline.text
    assert list(timeline.context["page_obj"]) == []
    client.post(url("result", draft), {"cost": "1", "duration": "1"})
    draft.refresh_from_db()
    assert (draft.postponed, draft.attempt_failed) == (False, True)


@pytest.fixture
def yesterday(draft):
    """The draft, begun yesterday at half past two."""
    day = timezone.localdate() - datetime.timedelta(days=1)
    LOG.filter(pk=draft.pk).update(date=day, time=datetime.time(14, 30))
    draft.refresh_from_db()
    return draft


def test_what_happened_keeps_its_day_when_it_is_resumed_on_a_later_one(yesterday, mette):
    """Other than R219c: a phone call of yesterday was yesterday."""
    LOG.filter(pk=yesterday.pk).update(correspondence_type="")
    day, client = yesterday.date, signed_in(mette)
    assert client.get(url("result", yesterday)).context["form"]["when"].value() == "recorded"
    client.post(url("result", yesterday), {"cost": "1", "duration": "1", "when": "recorded"})
    yesterday.refresh_from_db()
    assert (yesterday.date, yesterday.time) == (day, datetime.time(14, 30))


def test_what_goes_out_is_dated_today_when_it_is_resumed(yesterday, mette):
    """R219c: the letter is of the day that it is finished."""
    LOG.filter(pk=yesterday.pk).update(correspondence_type="email")
    client = signed_in(mette)
    assert client.get(url("result", yesterday)).context["form"]["when"].value() == "today"
    said = {"cost": "1", "duration": "1", "when": "today"}
    client.post(url("result", yesterday), {**said, "later": "on"})
    yesterday.refresh_from_db()
    assert yesterday.date < timezone.localdate(), "put off again, nothing is said of its day"
    client.post(url("result", yesterday), said)
    yesterday.refresh_from_db()
    assert yesterday.date == timezone.localdate()
    assert yesterday.time != datetime.time(14, 30)


def test_of_today_nothing_is_asked_about_the_day(draft, mette):
    assert "when" not in signed_in(mette).get(url("result", draft)).context["form"].fields


def test_what_is_thrown_away_leaves_nothing(draft, mette):
    client = signed_in(mette)
    client.post(url("content", draft), {"files": upload("letter.pdf", b"%PDF-1.7")})
    client.post(url("discard", draft))
    assert not LOG.exists()
    assert not EntryAttachment.objects.exists()
    assert not Document.objects.exists()


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_an_incoming_file_is_kept_and_can_be_fetched(draft, mette, rasmus):
    client = signed_in(mette)
    client.post(url("content", draft), {"files": upload("Svar på tilbud.pdf", b"%PDF-1.7 x")})
    file = EntryAttachment.objects.get()
    assert file.name == "Svar på tilbud.pdf"
    got = signed_in(rasmus).get(reverse("interactions:entry_file", args=[draft.pk, file.pk]))
    assert b"".join(got) == b"%PDF-1.7 x"
    assert "attachment" in got["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("run.exe", b"MZ", "not a kind of file"),
        ("photo.png", b"<html>", "not what its name says"),
        ("note.txt", b"a\0b", "not what its name says"),
    ],
)
def test_a_file_that_is_not_taken_is_told_why(draft, mette, name, data, words):
    page = signed_in(mette).post(url("content", draft), {"files": upload(name, data)})
    assert words in page.text
    assert not EntryAttachment.objects.exists()


def test_a_file_that_is_too_large(draft, mette, settings):
    settings.MAX_DOCUMENT_SIZE = 5
    page = signed_in(mette).post(url("content", draft), {"files": upload("a.txt", b"123456")})
    assert "is larger than" in page.text


def test_the_letter_of_the_template_can_be_looked_at_before(anna, what, spring, mette):
    TemplateDocumentFactory.create(template=spring)
    client = signed_in(mette)
    client.post(f"{CREATE}?contact={anna.number}", what)
    entry = LOG.get()
    assert client.get(url("entry_letter", entry)).status_code == 200
    assert "Preview" in client.get(url("content", entry)).text


def test_a_blocked_contact_is_not_written_to_but_may_write_to_us(anna, what, mette):
    """R197."""
    anna.privacy_blocked = True
    anna.save()
    client = signed_in(mette)
    page = client.post(f"{CREATE}?contact={anna.number}", what)
    assert "nothing outbound can be recorded" in page.text
    assert not LOG.exists()
    client.post(f"{CREATE}?contact={anna.number}", {**what, "information_flow": "inbound"})
    assert LOG.get().information_flow == "inbound"


def test_a_response_to_a_campaign(anna, what, mette):
    fair = CampaignFactory.create(number="CP0001")
    client = signed_in(mette)
    client.post(f"{CREATE}?campaign=CP0001&response=on", {**what, "contact": "sørensen"})
    entry = LOG.get()
    assert (entry.contact, entry.campaign, entry.campaign_response) == (anna, fair, True)
    page = client.post(url("result", entry), {"campaign_response": "on", "cost": 0, "duration": 0})
    assert "Choose the campaign first." in page.text


def test_an_interaction_of_a_campaign_that_is_no_response(anna, what, mette):
    fair = CampaignFactory.create(number="CP0001", description="Autumn fair")
    client = signed_in(mette)
    assert f'{CREATE}?campaign=CP0001"' in client.get(fair.get_absolute_url()).text
    assert (
        "It belongs to the campaign CP0001 Autumn fair."
        in client.get(CREATE, {"campaign": "CP0001"}).text
    )
    client.post(f"{CREATE}?campaign=CP0001", {**what, "contact": "sørensen"})
    assert (LOG.get().campaign, LOG.get().campaign_response) == (fair, False)


def test_several_contacts_of_a_name_are_told_to_choose_from(anna, jens, what, mette):
    page = signed_in(mette).post(CREATE, {**what, "contact": "nordisk"})
    assert "CT000002 Anna Sørensen" in page.text
    assert "No contact is found" in signed_in(mette).post(CREATE, {**what, "contact": "x"}).text
    assert not LOG.exists()


def test_the_future_is_refused_and_the_reader_may_not(anna, what, mette, rasmus):
    page = signed_in(mette).post(f"{CREATE}?contact={anna.number}", {**what, "date": "2999-01-01"})
    assert "cannot lie in the future" in page.text
    assert signed_in(rasmus).get(CREATE).status_code == 403


def test_a_kind_begins_with_its_template(spring, mette):
    """R137."""
    KindTemplate.objects.create(kind=InteractionKind.CALL, template=spring)
    page = signed_in(mette).get(CREATE, {"kind": "call"})
    assert page.context["form"]["template"].value() == spring.pk
    assert "Phone call" in page.text


def test_now_is_rounded_up_to_the_minute_but_not_to_tomorrow(monkeypatch):
    """R216, in the time zone of the house: Copenhagen is two hours ahead in June."""
    for now, minute in (
        ("2026-06-01T10:00:00.000001+00:00", "2026-06-01 12:01"),
        ("2026-06-01T10:00:00+00:00", "2026-06-01 12:00"),
        ("2026-06-01T21:59:30+00:00", "2026-06-01 23:59"),
    ):
        monkeypatch.setattr(timezone, "now", lambda now=now: datetime.datetime.fromisoformat(now))
        assert f"{this_minute():%Y-%m-%d %H:%M}" == minute


def test_when_and_by_what_number(anna, what, spring, mette):
    anna.phone, anna.email = "+45 33 11 22 33", "anna@nordisk.example"
    anna.save()
    KindTemplate.objects.create(kind=InteractionKind.CALL, template=spring)
    client = signed_in(mette)
    page = client.get(CREATE, {"contact": anna.number, "kind": "call"})
    form = page.context["form"]
    assert (form["contact_via"].value(), form["date"].value()) == (
        "+45 33 11 22 33",
        timezone.localdate(),
    )
    assert form["time"].value()
    assert '<option value="anna@nordisk.example">' in page.text
    said = {**what, "date": "2026-03-12", "time": "14:30", "contact_via": "+45 33 11 22 33"}
    client.post(f"{CREATE}?contact={anna.number}", said)
    entry = LOG.get()
    assert (entry.time, entry.contact_via) == (datetime.time(14, 30), "+45 33 11 22 33")
    shown = client.get(entry.get_absolute_url()).text
    assert "14:30" in shown
    assert "+45 33 11 22 33" in shown


def test_an_email_goes_by_the_contacts_address(anna, what, mette):
    anna.email = "anna@nordisk.example"
    anna.save()
    client = signed_in(mette)
    client.post(f"{CREATE}?contact={anna.number}", {**what, "correspondence_type": "email"})
    assert LOG.get().contact_via == "anna@nordisk.example"


def test_what_is_still_to_come_today_is_refused(anna, what, mette, monkeypatch):
    noon = datetime.datetime.fromisoformat("2026-06-01T10:00:00+00:00")
    monkeypatch.setattr(timezone, "now", lambda: noon)
    said = {**what, "date": "2026-06-01", "time": "12:01"}
    page = signed_in(mette).post(f"{CREATE}?contact={anna.number}", said)
    assert page.context["form"].errors == {"time": ["What happened cannot lie in the future."]}
