"""The pages of duplicates: found, compared, merged or dismissed."""

import pytest
from django.urls import reverse

from contacts.duplicates.find import find_duplicates
from contacts.models import Contact, Duplicate
from tests.factories import CompanyFactory, ContactFactory, EntryFactory, MailingGroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return ContactFactory.create(
        first_name="Anna", surname="Berg", email="anna@example.com", city="Aarhus", phone=""
    )


@pytest.fixture
def ana():
    return ContactFactory.create(
        first_name="Ana", surname="Berg", email="anna@example.com", city="", phone="+45 86 12 34 56"
    )


@pytest.fixture
def merging(anna, ana):
    return reverse("contacts:merge", args=[anna.number, ana.number])


def test_a_pair_is_found_shown_and_dismissed_for_good(client, maria, anna, ana):
    client.force_login(maria)
    find_duplicates()
    page = client.get(reverse("contacts:duplicates")).content.decode()
    assert anna.number in page
    assert "the same e-mail address" in page
    pair = Duplicate.objects.get()
    client.post(reverse("contacts:dismiss_duplicate", args=[pair.pk]))
    find_duplicates()
    assert anna.number not in client.get(reverse("contacts:duplicates")).content.decode()


def test_the_search_runs_in_the_background(client, mette, anna, ana, settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    client.force_login(mette)
    client.post(reverse("contacts:find_duplicates"))
    assert Duplicate.objects.count() == 1


def test_a_manager_compares_and_merges_with_a_choice_per_field(client, maria, anna, ana, merging):
    client.force_login(maria)
    EntryFactory.create(contact=ana)
    page = client.get(merging).content.decode()
    assert "Interaction log entries" in page
    choices = {"keep": anna.number, "first_name": anna.number, "phone": ana.number}
    answer = client.post(merging, choices, follow=True)
    merged = Contact.objects.get(pk=anna.pk)
    assert (merged.first_name, merged.phone, merged.city) == ("Anna", "+45 86 12 34 56", "Aarhus")
    assert "was merged into Anna Berg" in answer.content.decode()


def test_the_number_of_the_merged_contact_leads_to_the_kept_one(client, maria, anna, ana, merging):
    client.force_login(maria)
    client.post(merging, {"keep": anna.number})
    answer = client.get(reverse("contacts:detail", args=[ana.number]))
    assert answer["Location"] == anna.get_absolute_url()
    assert client.get(reverse("contacts:detail", args=["CT999"])).status_code == 404


def test_the_other_one_can_be_kept(client, maria, anna, ana, merging):
    client.force_login(maria)
    client.post(merging, {"keep": ana.number, "city": anna.number, "first_name": ana.number})
    kept = Contact.objects.get()
    assert (kept.number, kept.first_name, kept.city) == (ana.number, "Ana", "Aarhus")


def test_nothing_is_merged_before_somebody_said_which_is_kept(client, maria, anna, merging):
    client.force_login(maria)
    answer = client.post(merging, {"keep": "CT999"}, follow=True)
    assert "Choose which of the two contacts is kept" in answer.content.decode()
    assert Contact.objects.count() == 2


def test_who_may_not_merge_may_look(client, mette, rasmus, anna, ana, merging):
    client.force_login(mette)
    assert client.get(merging).status_code == 200
    assert client.post(merging, {"keep": anna.number}).status_code == 403
    assert Contact.objects.count() == 2


def test_two_types_are_told_why_they_cannot_be_one(client, maria, anna):
    client.force_login(maria)
    lys = CompanyFactory.create()
    page = client.get(reverse("contacts:merge", args=[anna.number, lys.number]))
    assert "cannot be merged" in page.content.decode()


def test_somebody_who_types_a_known_contact_is_told(client, mette, anna):
    client.force_login(mette)
    typed = {"first_name": "Ana", "surname": "Berg", "email": "anna@example.com"}
    page = client.get(reverse("contacts:similar"), typed).content.decode()
    assert anna.number in page
    page = client.get(reverse("contacts:similar"), typed | {"own_number": anna.number})
    assert anna.number not in page.content.decode()
    assert client.get(reverse("contacts:similar"), {"type": "nonsense"}).status_code == 200


def test_comparing_asks_as_often_for_much_as_for_little(
    client, maria, anna, ana, merging, django_assert_max_num_queries
):
    client.force_login(maria)
    for _ in range(5):
        EntryFactory.create(contact=ana)
        ana.mailing_groups.add(MailingGroupFactory.create())
    with django_assert_max_num_queries(60):
        client.get(merging)
