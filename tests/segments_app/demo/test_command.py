"""`manage.py demo`, as an administrator runs it."""

import datetime
import io
import json
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from contacts.models import Contact, Salesperson, Salutation, User
from interactions.models import (
    Campaign,
    CompanyInformation,
    Document,
    InteractionKind,
    InteractionLogEntry,
    KindTemplate,
    LoggedSegment,
    TemplateDocument,
)
from segments_app.checks import Check
from segments_app.demo.staff import PASSWORD
from segments_app.models import SavedCriteria, Segment
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


def stored(thing: Any) -> dict[str, object]:
    return {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}


def test_a_company_with_a_history_is_made_once(client):
    """One story, for making the demo takes seconds."""
    said = demo("--contacts", "900")
    assert "900 contacts" in said
    assert CompanyInformation.ours().name == "Nordlys Belysning A/S"
    assert Contact.objects.count() == 900
    assert Segment.objects.count() == LoggedSegment.objects.count() == 5
    assert SavedCriteria.objects.count() == 2
    assert TemplateDocument.objects.count() == 21
    assert all(document.read().startswith(b"PK") for document in Document.objects.all())
    people_sign_in(client, said)
    history_lies_back_in_time()
    work_goes_on()
    assert set(KindTemplate.chosen()) == set(InteractionKind)
    states = set(Campaign.objects.values_list("status", flat=True))
    assert states == {"planned", "running", "ended"}

    before = everything()
    assert "Nothing was changed" in demo("--contacts", "900")
    assert everything() == before

    more = json.loads(demo("--contacts", "950", "--json"))
    assert more == {"contacts": 50, "segments": 0, "logged_segments": 0, "users": []}
    assert Contact.objects.count() == 950
    assert everything()["segments.Segment"] == before["segments.Segment"]


def people_sign_in(client: Client, said: str) -> None:
    roles = {"mette": "Marketing", "maria": "Marketing manager", "rasmus": "Reader"}
    for username, role in roles.items():
        assert client.login(username=username, password=PASSWORD)
        user = User.objects.get(username=username)
        assert [group.name for group in user.groups.all()] == [role]
        assert user.is_staff == (username == "maria")
        assert f"  {username}" in said
    admin = User.objects.get(username="admin")
    assert admin.is_superuser
    assert admin.is_staff
    assert Salesperson.objects.get(user__username="mette").name == "Mette Holm"


def history_lies_back_in_time() -> None:
    week_ago = timezone.now() - datetime.timedelta(days=7)
    for logged in LoggedSegment.objects.all():
        assert logged.created_at < week_ago
        assert logged.entries_count == logged.entries.count() > 0
        assert not logged.entries.filter(date__gt=week_ago.date()).exists()
        assert not logged.entries.filter(document=None).exists()
    assert InteractionLogEntry.objects.filter(evaluation="positive").exists()


def work_goes_on() -> None:
    """With comments, values of single lines, a letter of its own, and a step that was undone."""
    spring = Segment.objects.get(description="Spring catalogue, VIP customers")
    assert spring.steps.beyond(spring.current_step).count() == 1
    assert spring.sheet().exclude(comment="").count() >= 2
    assert spring.sheet().filter(document__isnull=False).count() == 1
    assert any(line.own_fields for line in spring.sheet())
    assert Check(spring).blocked_count, "it shows problems"
    showroom = Segment.objects.get(description="Open showroom, architects in Jutland")
    assert showroom.sheet().exists()
    assert not Check(showroom).blocked_count, "its letters can be made at once"


def test_what_others_made_stays_as_it_is(db):
    theirs: Any = UserFactory(username="admin", first_name="Ole", is_superuser=True)
    vip: Any = MailingGroupFactory(code="VIP", description="Our dearest")
    mine: Any = SalutationFactory(code="FIRM", default_for="company")
    anna: Any = ContactFactory(first_name="Anna")
    CompanyInformation.objects.create(name="Fjord A/S")
    said = json.loads(demo("--contacts", "60", "--json"))
    assert Contact.objects.count() == 61
    assert InteractionLogEntry.objects.count() == 0, "nothing is logged on contacts of others"
    assert Segment.objects.count() == 0
    for thing in (theirs, vip, mine, anna):
        assert stored(thing) == stored(type(thing).objects.get(pk=thing.pk))
    assert CompanyInformation.ours().name == "Fjord A/S"
    assert "admin" not in said["users"]
    assert Salutation.objects.filter(default_for="company").get() == mine


def test_none_is_too_few(db):
    with pytest.raises(CommandError, match="at least 1"):
        demo("--contacts", "0")
    assert not User.objects.exists()


def test_it_waits_for_its_texts_to_be_compiled(settings, tmp_path):
    """Danish sentences would be English for ever."""
    folder = tmp_path / "da" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").touch()
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(CommandError, match="Danish are not compiled"):
        demo("--contacts", "1")
    assert not Contact.objects.exists()
