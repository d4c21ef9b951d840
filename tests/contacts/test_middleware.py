"""What holds for every page: the language of the person, and what becomes of a refusal."""

import pytest
from django.db import transaction
from django.urls import reverse

from contacts.models import Contact, MailingGroup
from segments_app import operations
from segments_app.models import Segment
from tests.factories import SegmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, mette):
    client.force_login(mette)
    return client


@pytest.fixture
def empty(db):
    return SegmentFactory.create(number="SM00901")


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_a_refusal_is_told_on_the_page_before(staff, empty):
    before = f"http://testserver{empty.get_absolute_url()}"
    response = staff.post(
        reverse("segments:log", args=[empty.number]), headers={"Referer": before}, follow=True
    )
    assert response.redirect_chain == [(before, 302)]
    assert "has no lines" in messages_of(response)


@pytest.mark.parametrize("before", ["", "https://elsewhere.example/", "javascript:alert(1)"])
def test_a_refusal_never_leads_out_of_the_house(staff, empty, before):
    log = reverse("segments:log", args=[empty.number])
    response = staff.post(log, headers={"Referer": before})
    assert response.url == reverse("start")


def test_what_is_gone_leads_to_the_list(staff, empty, monkeypatch):
    """Somebody deletes the segment while Mette presses a button."""
    found = SegmentFactory.create(number="SM00902")
    monkeypatch.setattr("segments_app.views.history.find_seen", lambda request, number: found)
    operations.delete_segment(type(found).objects.get(pk=found.pk), by=None)
    response = staff.post(reverse("segments:go_back", args=["SM00902"]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("segments:list")
    assert "is logged already, or was deleted" in messages_of(response)


def test_pages_speak_the_language_that_mette_chose(staff, mette):
    staff.post(reverse("set_language"), {"language": "da", "next": "/"})
    mette.refresh_from_db()
    assert mette.language == "da"
    assert "Målgrupper" in staff.get("/").content.decode()


def test_an_unknown_language_is_not_kept(staff, mette):
    staff.post(reverse("set_language"), {"language": "xx", "next": "/"})
    mette.refresh_from_db()
    assert mette.language == ""


@pytest.mark.parametrize(
    "address", ["/contacts/%00/", "/segments/?q=%00", "/segments/find/?q=%00", "/segments/%00/log/"]
)
def test_an_address_with_a_nul_is_not_understood(staff, address):
    assert staff.get(address).status_code == 400


def test_marks_that_cannot_be_seen_are_taken_from_what_is_sent(staff, admin_client):
    staff.post(reverse("contacts:create"), {"type": "person", "first_name": "\u202eAn\x07na"})
    assert Contact.objects.get().name == "Anna"
    group = {"code": "VIP", "description": "Best\u2066 customers"}
    admin_client.post(reverse("admin:contacts_mailinggroup_add"), group)
    assert MailingGroup.objects.get().description == "Best customers"


def test_the_same_number_at_the_same_moment(staff, empty, monkeypatch):
    """Two people type a number; the form of each finds it free, the database takes one."""

    def create(**header):
        with transaction.atomic():
            SegmentFactory.create(number=empty.number)

    monkeypatch.setattr(operations, "create_segment", create)
    response = staff.post(reverse("segments:create"), {"description": "Second"})
    assert response.url == reverse("start")
    assert Segment.objects.count() == 1


def test_a_key_that_no_database_holds(staff):
    """SQLite cannot even ask for it; PostgreSQL finds nothing."""
    form = {"type": "person", "first_name": "Anna", "mailing_groups": "9223372036854775808"}
    response = staff.post(reverse("contacts:create"), form, follow=True)
    assert response.status_code == 200
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"), [("da", "Her er ikke noget"), ("en", "Nothing here")]
)
def test_a_page_that_is_not_there_says_so_in_the_language_of_the_person(
    client, mette, language, said
):
    mette.language = language
    mette.save()
    client.force_login(mette)
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.text
    assert said in answer.text


def test_a_part_of_a_page_leads_the_page_to_signing_in_again(client, empty):
    """Mette's session ended while she had the page open."""
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/segments/SM00901/"}
    response = client.get(reverse("segments:facts", args=[empty.number]), headers=headers)
    login = reverse("login")
    assert response["HX-Redirect"] == f"{login}?next=%2Fsegments%2FSM00901%2F"
    whole = client.get(empty.get_absolute_url())
    assert whole.url == f"{login}?next={empty.get_absolute_url()}"


def test_a_refusal_of_a_part_is_told_on_the_whole_page(staff, empty):
    page = f"http://testserver{empty.get_absolute_url()}"
    headers = {"HX-Request": "true", "Referer": page}
    response = staff.post(reverse("segments:log", args=[empty.number]), headers=headers)
    assert response["HX-Redirect"] == page
    assert "has no lines" in messages_of(staff.get(page))
