"""The form of a contact: two people at once, minors, what follows from what."""

import pytest
from django.urls import reverse

from contacts.models import Contact, ContactDefaults
from tests.factories import CompanyFactory, ContactFactory, SalespersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nordisk() -> Contact:
    return CompanyFactory.create(name="Nordisk Lys A/S", number="C1", phone="+45 33 12 34 56")


@pytest.fixture
def anna(nordisk) -> Contact:
    return ContactFactory.create(
        number="P1", first_name="Anna", surname="Holm", company=nordisk, notes="Likes\ntea"
    )


def shown(client, url: str) -> dict[str, str]:
    """What a browser would send if the person saved the page as it is."""
    form = client.get(url).context["form"]
    sent = {}
    for bound in form:
        value = bound.field.prepare_value(bound.initial)
        sent[f"initial-{bound.name}"] = "" if value is None else str(value)
        if value is not False:
            sent[bound.name] = sent[f"initial-{bound.name}"]
    return sent


@pytest.fixture
def staff(client, mette):
    client.force_login(mette)
    return client


URL = "/contacts/P1/edit/"


def test_a_page_saved_as_it_is_changes_nothing(staff, anna, mette):
    before = Contact.objects.values().get(pk=anna.pk)
    response = staff.post(URL, shown(staff, URL), follow=True)
    assert "Anna Holm was saved." in response.text
    after = Contact.objects.values().get(pk=anna.pk)
    assert {**after, "updated_at": None} == {**before, "updated_at": None}


def test_two_people_who_change_different_fields_keep_both(staff, anna):
    sent = shown(staff, URL)
    Contact.objects.filter(pk=anna.pk).update(city="Ribe", notes="Likes coffee", excluded=True)
    staff.post(URL, {**sent, "job_title": "Director"})
    anna.refresh_from_db()
    assert (anna.job_title, anna.city, anna.notes) == ("Director", "Ribe", "Likes coffee")
    assert anna.excluded


def test_two_people_who_change_the_same_field_are_told(client, anna, mette, maria):
    client.force_login(mette)
    sent = shown(client, URL)
    client.force_login(maria)
    client.post(URL, {**sent, "city": "Ribe", "region": "Jylland"})
    client.force_login(mette)
    mine = {**sent, "city": "Odense", "job_title": "Director"}
    response = client.post(URL, mine)
    assert "maria changed this meanwhile" in response.text
    assert "“Ribe”. Yours is “Odense”." in response.text
    anna.refresh_from_db()
    assert (anna.city, anna.job_title) == ("Ribe", "")
    form = response.context["form"]
    again = {field.name: field.value() for field in form if field.value() not in (None, False)}
    again |= {f"initial-{f.name}": form.data[f.html_initial_name] for f in form}
    assert again["region"] == "Jylland"
    client.post(URL, again)
    anna.refresh_from_db()
    assert (anna.city, anna.region, anna.job_title) == ("Odense", "Jylland", "Director")


def test_the_same_change_by_two_people_is_no_dispute(staff, anna):
    sent = shown(staff, URL)
    Contact.objects.filter(pk=anna.pk).update(city="Ribe")
    assert "was saved" in staff.post(URL, {**sent, "city": "Ribe"}, follow=True).text


def test_phones_and_codes_are_kept_in_one_form(staff, anna):
    typed = {"phone": "33123456", "postal_code": " sw1a  1aa", "vat_number": "dk 12 34 56 78"}
    staff.post(URL, {**shown(staff, URL), **typed, "email": " anna@example.com "})
    anna.refresh_from_db()
    assert (anna.phone, anna.postal_code) == ("+45 33 12 34 56", "SW1A 1AA")
    assert (anna.vat_number, anna.email) == ("DK 12 34 56 78", "anna@example.com")


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"phone": "12"}, "“12” is no phone number: it is too short."),
        ({"vat_number": "DK1234"}, "it has 4 digits instead of 8"),
        ({"vat_number": "none"}, "“none” is no VAT number."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(staff, anna, typed, error):
    response = staff.post(URL, {**shown(staff, URL), **typed, "city": "Ribe"})
    assert error in response.text
    assert "Ribe" in response.text
    anna.refresh_from_db()
    assert anna.city == "Aarhus C"


def test_an_old_number_that_is_wrong_does_not_stop_other_changes(staff, anna):
    Contact.objects.filter(pk=anna.pk).update(phone="ask at the desk")
    assert "was saved" in staff.post(URL, {**shown(staff, URL), "city": "Ribe"}, follow=True).text


def test_a_minor_is_blocked_until_the_parents_agree(staff, anna):
    def save(**typed) -> str:
        sent = {name: value for name, value in {**shown(staff, URL), **typed}.items() if value}
        text: str = staff.post(URL, sent, follow=True).text
        anna.refresh_from_db()
        return text

    assert "A minor is privacy blocked." in save(minor="on")
    assert anna.privacy_blocked
    assert "stays privacy blocked until" in save(privacy_blocked="")
    assert anna.privacy_blocked
    save(parental_consent="on", privacy_blocked="")
    assert not anna.privacy_blocked
    assert "the minor is privacy blocked again" in save(parental_consent="")
    assert anna.privacy_blocked
    save(minor="")
    assert anna.privacy_blocked


def test_a_new_minor_is_blocked_and_the_person_is_told(staff):
    typed = {"first_name": "Ida", "minor": "on", "active": "on"}
    assert "A minor is privacy blocked." in staff.post("/contacts/create/", typed, follow=True).text
    assert Contact.objects.get().privacy_blocked


def test_new_contacts_get_our_defaults_and_the_salesperson_who_creates_them(staff, mette):
    anyone = SalespersonFactory.create()
    ContactDefaults.objects.create(country="SE", language_id="da", salesperson=anyone)
    initial = staff.get("/contacts/create/").context["form"].initial
    assert initial == {"country": "SE", "language": "da", "salesperson": anyone.pk}
    own = SalespersonFactory.create(user=mette)
    assert staff.get("/contacts/create/").context["form"].initial["salesperson"] == own.pk
    own.blocked = True
    own.save()
    assert staff.get("/contacts/create/").context["form"].initial["salesperson"] == anyone.pk


def test_a_person_created_at_a_company_shows_what_it_takes_over(staff, nordisk):
    form = staff.get("/contacts/create/?company=C1").context["form"]
    assert (form.initial["city"], form.initial["phone"]) == ("Aarhus C", "+45 33 12 34 56")


def test_a_person_whose_company_is_picked_while_writing_takes_over_what_is_empty(staff, nordisk):
    Contact.objects.filter(pk=nordisk.pk).update(country="SE")
    typed = {"first_name": "Ida", "company": "C1", "country": "DK", "phone": "20202020"}
    text = staff.post("/contacts/create/", {**typed, "active": "on"}, follow=True).text
    assert "Taken over from Nordisk Lys A/S: country, address." in text
    ida = Contact.objects.get(first_name="Ida")
    assert (ida.country, ida.city, ida.phone) == ("SE", "Aarhus C", "+45 20 20 20 20")


def test_another_company_says_what_was_taken_over(staff, anna):
    CompanyFactory.create(number="C2", name="Weber", city="Hamburg", country="DE")
    sent = {**shown(staff, URL), "company": "C2 Weber", "job_title": "Director"}
    text = staff.post(URL, sent, follow=True).text
    assert "Taken over from Weber: country, address." in text
    anna.refresh_from_db()
    assert (anna.company_name, anna.city, anna.job_title) == ("Weber", "Hamburg", "Director")


def test_a_company_that_moves_says_who_followed(staff, anna, nordisk):
    ContactFactory.create(company=nordisk, address="Skovvej 3")
    url = reverse("contacts:update", args=["C1"])
    text = staff.post(url, {**shown(staff, url), "city": "Odense"}, follow=True).text
    assert "Address was changed for 1 of 2 persons. 1 keeps its own." in text
    anna.refresh_from_db()
    assert anna.city == "Odense"
