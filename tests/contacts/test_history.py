"""Who changed what, when, from which value to which."""

import pytest
from django.db.models import F
from django.urls import reverse

from contacts.history import history
from contacts.models import AlternativeAddress, Change, Consent, Contact
from tests.factories import CompanyFactory, ContactFactory, MailingGroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return ContactFactory.create(first_name="Anna", surname="Berg", city="Aarhus")


def of(contact):
    return history(Change.objects.about(contact).newest_first())


def fields(item):
    return {field.label: (field.before, field.after) for field in item.fields}


def test_a_change_on_the_form_is_kept_with_who_and_both_values(client, mette, anna):
    client.force_login(mette)
    contact = Contact.objects.get(pk=anna.pk)
    with_mette = reverse("contacts:update", args=[anna.number])
    form = client.get(with_mette).context["form"]
    data = {name: value for name, value in form.initial.items() if value not in (None, [])}
    client.post(with_mette, data | {"city": "Odense", "company": "", "mailing_groups": []})
    changed = of(contact)[0]
    assert fields(changed)["City"] == ("Aarhus", "Odense")
    assert changed.who == (mette.get_full_name() or mette.username)
    assert changed.what == "Changed"


def test_a_group_that_was_left_is_named(anna):
    vip = MailingGroupFactory.create(code="VIP", description="Best customers")
    anna.mailing_groups.add(vip)
    anna.mailing_groups.remove(vip)
    left, joined = of(anna)[:2]
    assert fields(joined) == {"Mailing groups": ("", "Best customers")}
    assert fields(left) == {"Mailing groups": ("Best customers", "")}


def test_addresses_and_consents_stand_in_the_history_of_their_contact(anna):
    consent = Consent.objects.create(contact=anna, channel="email", given=True)
    consent.given = False
    consent.save()
    AlternativeAddress.objects.create(contact=anna, code="SUMMER", city="Skagen").delete()
    deleted, _created, withdrawn, given = of(anna)[:4]
    assert given.what.startswith("Consent")
    assert fields(withdrawn)["Given"] == ("yes", "no")
    assert deleted.what == "Alternative address SUMMER: deleted"


def test_a_set_of_contacts_is_recorded_in_one_statement(mette, anna, django_assert_num_queries):
    lys = CompanyFactory.create(name="Lys", city="Odense")
    bo = ContactFactory.create(first_name="Bo", surname="Dahl", city="Aarhus", company=lys)
    both = Contact.objects.filter(pk__in=[anna.pk, bo.pk])
    with django_assert_num_queries(1):
        assert (
            Change.objects.record_values(both, {"city": "Vejle", "name_2": F("name")}, by=mette)
            == 2
        )
    assert fields(of(bo)[0])["City"] == ("Aarhus", "Vejle")
    assert fields(of(bo)[0])["Name 2"] == ("", "Bo Dahl")
    assert Change.objects.record_for(both, {"notes": ["", "read"]}, by=None) == 2
    assert fields(of(anna)[0]) == {"Notes": ("", "read")}


def test_contacts_written_together_are_recorded_with_what_differs(anna):
    before = Contact.objects.get(pk=anna.pk)
    anna.city = "Odense"
    new = ContactFactory.create()
    Change.objects.all().delete()
    Change.objects.record_saved([(before, anna), (None, new), (before, before)], by=None)
    assert fields(of(anna)[0]) == {"City": ("Aarhus", "Odense")}
    assert of(new)[0].what == "Created"
    assert Change.objects.count() == 2


def test_a_deleted_contact_leaves_that_it_was_deleted_and_nothing_of_what_it_was(anna):
    key = anna.pk
    anna.delete()
    kept = Change.objects.get()
    assert (kept.action, kept.object_id) == (Change.Action.DELETE, key)
    assert kept.changes is None


def test_the_page_asks_as_often_for_many_changes_as_for_few(
    client, mette, anna, django_assert_max_num_queries
):
    client.force_login(mette)
    for city in ("Vejle", "Odense", "Ribe", "Skagen"):
        anna.city = city
        anna.save()
    with django_assert_max_num_queries(12):
        page = client.get(reverse("contacts:history", args=[anna.number]))
    assert "Skagen" in page.content.decode()
