"""The pages of groups, as Mette (contacts), Maria (groups too) and Rasmus (nothing) see them."""

from typing import Any

import pytest
from django.urls import reverse

from contacts.models import Contact, MailingGroup
from contacts.models.group import KINDS
from tests.factories import (
    CompanyFactory,
    ContactFactory,
    IndustryGroupFactory,
    JobResponsibilityFactory,
    MailingGroupFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def vip() -> MailingGroup:
    return MailingGroupFactory.create(code="VIP", description="VIP customers")


@pytest.fixture
def anna(vip) -> Contact:
    nordisk = CompanyFactory.create(name="Nordisk Lys A/S", number="C1")
    anna = ContactFactory.create(first_name="Anna", surname="Sø", number="P1", company=nordisk)
    anna.mailing_groups.add(vip)
    return anna


@pytest.fixture
def staff(client, mette):
    client.force_login(mette)
    return client


def url(name: str, group: Any = None) -> str:
    return reverse(f"contacts:group_{name}", args=[group.SLUG, group.pk] if group else [])


def test_who_may_do_what(client, vip, anna, mette, maria, rasmus):
    create = reverse("contacts:group_create", args=["mailing"])
    groups_of = reverse("contacts:update_groups", args=["P1"])
    may = {
        rasmus: {url("list"), url("detail", vip)},
        mette: {url("list"), url("detail", vip), url("suggest", vip), groups_of}
        | {create, url("update", vip)},
    }
    everything = may[maria] = {*may[mette], reverse("contacts:group_create", args=["industry"])}
    for user, pages in may.items():
        client.force_login(user)
        assert {page for page in everything if client.get(page).status_code == 200} == pages
        assert client.post(url("delete", vip)).status_code == (302 if user == maria else 403)
        assert client.post(url("add", vip)).status_code == (403 if user == rasmus else 302)


def test_all_kinds_are_on_one_page_with_their_counts(
    staff, vip, anna, django_assert_max_num_queries
):
    IndustryGroupFactory.create(description="Architects")
    response = staff.get(url("list"))
    assert [part["kind"] for part in response.context["kinds"]] == list(KINDS.values())
    assert "VIP customers" in response.text
    assert "Architects" in response.text
    MailingGroupFactory.create_batch(20)
    with django_assert_max_num_queries(len(KINDS) + 5):
        staff.get(url("list"))


def test_a_group_shows_its_members_and_only_them(staff, vip, anna):
    ContactFactory.create(first_name="Bo")
    response = staff.get(url("detail", vip))
    assert list(response.context["page_obj"]) == [anna]
    assert "1 contact" in response.text
    found = staff.get(url("detail", vip), {"q": "nobody"})
    assert "Nobody in the group meets these conditions" in found.text
    by_country = staff.get(url("detail", vip), {"country": "DK"})
    assert list(by_country.context["page_obj"]) == [anna]
    assert "is not known" in staff.get(url("detail", vip), {"country": "XX"}).text


def test_the_contact_list_shows_the_same_members(staff, vip, anna):
    criteria = staff.get(url("detail", vip)).context["criteria"]
    response = staff.get(f"{reverse('contacts:list')}?{criteria}")
    assert list(response.context["page_obj"]) == [anna]


@pytest.mark.parametrize("members", [1, 40])
def test_a_large_group_asks_as_often_as_a_small_one(
    staff, vip, members, django_assert_max_num_queries
):
    for contact in ContactFactory.create_batch(members):
        contact.mailing_groups.add(vip)
    with django_assert_max_num_queries(16):
        staff.get(url("detail", vip))


def test_a_contact_is_found_and_put_in(staff, vip, anna):
    bo = ContactFactory.create(first_name="Bo", surname="Lind", number="P2")
    found = staff.get(url("suggest", vip), {"pick": "lind"}).text
    assert 'value="P2"' in found
    assert 'value="P1"' not in staff.get(url("suggest", vip), {"pick": "anna"}).text, "is in it"
    response = staff.post(url("add", vip), {"contact": "P2"}, follow=True)
    assert "Bo Lind now belongs to VIP customers." in response.text
    assert set(vip.contacts.all()) == {anna, bo}
    assert "No such contact" in staff.post(url("add", vip), {"contact": "X\0"}, follow=True).text


def test_only_contacts_that_can_belong_are_offered_and_taken(staff, anna):
    architects, buyers = IndustryGroupFactory.create(), JobResponsibilityFactory.create()
    for group, right, wrong in ((architects, "C1", "P1"), (buyers, "P1", "C1")):
        found = staff.get(url("suggest", group), {"pick": "nordisk"}).text
        assert f'value="{right}"' in found
        assert f'value="{wrong}"' not in found
        response = staff.post(url("add", group), {"contact": wrong}, follow=True)
        assert "Only" in response.text
        assert not group.contacts.exists()


def test_the_ticked_are_taken_out(staff, vip, anna):
    response = staff.post(url("remove", vip), {"contact": ["P1", "NONE"]}, follow=True)
    assert "Took 1 contact out." in response.text
    assert not vip.contacts.exists()


def test_the_members_that_are_shown_are_exported(staff, vip, anna):
    vip.contacts.add(anna, ContactFactory.create(first_name="Bo", surname="Lind", country="SE"))
    page = staff.get(f"{vip.get_absolute_url()}?country=SE").text
    url = f"{reverse('contacts:export')}?mailing_groups={vip.code}&amp;country=SE"
    assert url in page
    assert "<strong>1 contact:</strong>" in staff.get(url.replace("&amp;", "&")).text


def test_the_groups_of_a_contact_are_edited_on_its_page(staff, vip, anna):
    news, buyers = MailingGroupFactory.create(), JobResponsibilityFactory.create()
    page = reverse("contacts:update_groups", args=["P1"])
    text = staff.get(page).text
    assert "Industry groups" not in text, "it is a person"
    assert f'value="{vip.pk}"' in text
    groups = {"mailing_groups": [news.pk], "job_responsibilities": [buyers.pk]}
    staff.post(page, groups)
    assert list(anna.mailing_groups.all()) == [news]
    assert list(anna.job_responsibilities.all()) == [buyers]
    wrong = staff.post(page, {"mailing_groups": [9999]})
    assert "9999 is not one of the available choices" in wrong.text
    assert list(anna.mailing_groups.all()) == [news]


def test_groups_that_do_not_fit_go_when_the_type_changes(staff, anna, vip):
    anna.job_responsibilities.add(JobResponsibilityFactory.create(description="Purchasing"))
    page = f"{reverse('contacts:update', args=['P1'])}?type=company"
    response = staff.post(page, {"name": "Sø Design", "active": "on"}, follow=True)
    assert "Job responsibilities taken away with the type: Purchasing." in response.text
    assert not anna.job_responsibilities.exists()
    assert list(anna.mailing_groups.all()) == [vip]


def test_maria_creates_renames_and_deletes(client, maria, vip, anna):
    client.force_login(maria)
    create = reverse("contacts:group_create", args=["mailing"])
    taken = client.post(create, {"code": "VIP", "description": "Again"})
    assert "already exists" in taken.text
    client.post(create, {"code": "NEWS", "description": "Newsletter"})
    news = MailingGroup.objects.get(code="NEWS")
    client.post(url("update", news), {"code": "NEWS", "description": "News by e-mail"})
    news.refresh_from_db()
    assert news.description == "News by e-mail"
    assert "was deleted" in client.post(url("delete", news), follow=True).text
    refused = client.post(url("delete", vip), HTTP_REFERER="/contacts/groups/", follow=True)
    assert "VIP customers cannot be deleted: 1 contact belongs to it." in refused.text
    assert list(MailingGroup.objects.all()) == [vip]


def test_what_there_is_not_is_not_found(staff, vip):
    for path in ("/contacts/groups/stamps/1/", "/contacts/groups/mailing/0/"):
        assert staff.get(path).status_code == 404
    assert staff.get(reverse("contacts:update_groups", args=["NONE"])).status_code == 404


def test_a_reader_sees_no_buttons_that_would_refuse_him(client, vip, anna, rasmus):
    client.force_login(rasmus)
    text = client.get(url("list")).text + client.get(url("detail", vip)).text
    for name in ("update", "delete", "add", "remove", "suggest"):
        assert url(name, vip) not in text
    assert reverse("contacts:group_create", args=["mailing"]) not in text
