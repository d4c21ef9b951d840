"""`manage.py demo`, as an administrator runs it."""

import datetime
import io
import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from contacts.models import Contact, Salesperson, Salutation, User
from interactions.models import (
    CompanyInformation,
    Document,
    InteractionLogEntry,
    LoggedSegment,
    TemplateDocument,
)
from segments_app.demo.staff import PASSWORD
from segments_app.models import SavedCriteria, Segment, SegmentLine
from tests.factories import ContactFactory, MailingGroupFactory, SalutationFactory, UserFactory

pytestmark = pytest.mark.django_db


def demo(*arguments: str) -> str:
    output = io.StringIO()
    call_command("demo", *arguments, stdout=output)
    return output.getvalue()


def everything() -> dict[str, list[object]]:
    """Every row of ours, by table."""
    rooms = ("contacts", "interactions", "segments")
    models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    return {m._meta.label: list(m._default_manager.order_by("pk").values()) for m in models}


@pytest.fixture
def said(db) -> str:
    return demo("--contacts", "900")


def test_the_demo_makes_a_company_with_a_history(said):
    assert "900 contacts" in said
    assert PASSWORD in said
    assert CompanyInformation.ours().name == "Nordlys Belysning A/S"
    assert Contact.objects.count() == 900
    assert Segment.objects.count() == 5
    assert LoggedSegment.objects.count() == 5
    assert SavedCriteria.objects.count() == 2


def test_again_nothing_changes_and_it_says_so(said):
    before = everything()
    assert "Nothing was changed" in demo("--contacts", "900")
    assert everything() == before


def test_a_larger_number_adds_contacts_and_nothing_else(said):
    segments = list(Segment.objects.values())
    assert json.loads(demo("--contacts", "950", "--json")) == {
        "contacts": 50,
        "segments": 0,
        "logged_segments": 0,
        "users": [],
    }
    assert Contact.objects.count() == 950
    assert list(Segment.objects.values()) == segments


@pytest.mark.parametrize(
    ("username", "role"),
    [("mette", "Marketing"), ("maria", "Marketing manager"), ("rasmus", "Reader")],
)
def test_users_sign_in_with_the_password_and_have_their_role(said, client, username, role):
    assert client.login(username=username, password=PASSWORD)
    user = User.objects.get(username=username)
    assert [group.name for group in user.groups.all()] == [role]
    assert user.is_staff == (username == "maria")
    assert f"  {username}" in said


def test_the_administrator_may_do_everything(said):
    admin = User.objects.get(username="admin")
    assert admin.is_superuser
    assert admin.is_staff
    assert Salesperson.objects.get(user__username="mette").name == "Mette Holm"


def test_what_others_made_stays_as_it_is(db):
    theirs = UserFactory(username="admin", first_name="Ole", is_superuser=True)
    vip = MailingGroupFactory(code="VIP", description="Our dearest")
    mine = SalutationFactory(code="FIRM", default_for="company")
    anna = ContactFactory(first_name="Anna")
    CompanyInformation.objects.create(name="Fjord A/S")
    said = json.loads(demo("--contacts", "60", "--json"))
    for thing in (theirs, vip, mine, anna):
        before = {f.attname: getattr(thing, f.attname) for f in thing._meta.concrete_fields}
        thing.refresh_from_db()
        assert before == {f.attname: getattr(thing, f.attname) for f in thing._meta.concrete_fields}
    assert CompanyInformation.ours().name == "Fjord A/S"
    assert "admin" not in said["users"]
    assert Salutation.objects.filter(default_for="company").get() == mine


def test_nothing_is_logged_on_contacts_of_others(db):
    ContactFactory(first_name="Anna")
    assert json.loads(demo("--contacts", "60", "--json"))["logged_segments"] == 0
    assert InteractionLogEntry.objects.count() == 0
    assert Segment.objects.count() == 0


def test_few_contacts_are_enough(db):
    demo("--contacts", "3")
    assert Contact.objects.count() == 3


def test_none_is_too_few(db):
    with pytest.raises(CommandError, match="at least 1"):
        demo("--contacts", "0")
    assert not User.objects.exists()


def test_the_history_lies_back_in_time(said):
    week_ago = timezone.now() - datetime.timedelta(days=7)
    for logged in LoggedSegment.objects.all():
        assert logged.created_at < week_ago
        assert logged.entries_count == logged.entries.count() > 0
        assert not logged.entries.filter(date__gt=week_ago).exists()
        assert not logged.entries.filter(document=None).exists()
    assert InteractionLogEntry.objects.filter(evaluation="positive").exists()


def test_segments_in_work_have_overrides_comments_and_an_undone_step(said):
    spring = Segment.objects.get(description="Spring catalogue, VIP customers")
    assert spring.steps.beyond(spring.current_step).count() == 1
    assert spring.sheet().exclude(comment="").count() >= 2
    assert spring.sheet().with_letter().count() == 1
    assert any(line.own_fields for line in SegmentLine.objects.all())


def test_every_document_can_be_read_from_the_storage(said):
    assert TemplateDocument.objects.count() == 21
    assert all(document.read().startswith(b"PK") for document in Document.objects.all())
