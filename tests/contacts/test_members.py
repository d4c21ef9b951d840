"""Who belongs to which group, and who cannot (R18-R21)."""

from typing import Any

import pytest

from contacts.errors import Refused
from contacts.members import (
    add_members,
    delete_group,
    drop_misfits,
    groups_for,
    outside,
    remove_members,
    set_groups,
    within,
)
from contacts.models import (
    BusinessRelation,
    Change,
    Contact,
    ContactProfileAnswer,
    IndustryGroup,
    JobResponsibility,
    MailingGroup,
    Territory,
)
from contacts.models.group import KINDS
from tests.factories import (
    AnswerFactory,
    BusinessRelationFactory,
    CompanyFactory,
    ContactFactory,
    IndustryGroupFactory,
    JobResponsibilityFactory,
    MailingGroupFactory,
    OrganizationalLevelFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db
FACTORIES: dict[str, Any] = {
    "mailing": MailingGroupFactory,
    "industry": IndustryGroupFactory,
    "relation": BusinessRelationFactory,
    "responsibility": JobResponsibilityFactory,
    "level": OrganizationalLevelFactory,
    "territory": TerritoryFactory,
}


@pytest.fixture
def nordisk() -> Contact:
    return CompanyFactory.create(name="Nordisk Lys A/S")


@pytest.fixture
def anna(nordisk) -> Contact:
    return ContactFactory.create(first_name="Anna", company=nordisk)


def members_by_code(kind: Any) -> dict[str, int]:
    return {group.code: group.n_members for group in kind.objects.with_members()}


def only(*contacts: Contact) -> Any:
    return Contact.objects.filter(pk__in=[contact.pk for contact in contacts])


def test_every_kind_of_group_is_known():
    assert set(KINDS) == set(FACTORIES)
    assert groups_for("company") == [MailingGroup, IndustryGroup, BusinessRelation]
    assert groups_for("person") == [MailingGroup, JobResponsibility]


@pytest.mark.parametrize("slug", KINDS)
def test_contacts_come_in_and_go_out(slug, nordisk, anna, mette):
    group = FACTORIES[slug].create()
    whole = only(*[c for c in (nordisk, anna) if group.is_for(c.type)])
    assert add_members(group, whole, by=mette) == whole.count()
    assert add_members(group, whole, by=mette) == 0, "they are in it already"
    assert set(within(Contact.objects.all(), group)) == set(whole)
    assert set(outside(Contact.objects.all(), group)) == {nordisk, anna} - set(whole)
    assert members_by_code(type(group)) == {group.code: whole.count()}
    first = only(whole[0])
    assert remove_members(group, first, by=mette) == 1
    assert remove_members(group, first, by=mette) == 0, "it is out already"
    assert members_by_code(type(group)) == {group.code: whole.count() - 1}


@pytest.mark.parametrize("slug", KINDS)
def test_the_change_history_says_who_did_it(slug, nordisk, anna, mette):
    group = FACTORIES[slug].create()
    contact = next(c for c in (anna, nordisk) if group.is_for(c.type))
    Change.objects.all().delete()
    add_members(group, only(contact), by=mette)
    remove_members(group, only(contact), by=mette)
    added, removed = Change.objects.about(contact).order_by("pk")
    assert added.actor == removed.actor == mette
    assert str(group) in str(added.changes[group.CONTACT_FIELD])
    assert str(group) in str(removed.changes[group.CONTACT_FIELD])


def test_another_territory_takes_the_place_of_the_first(anna, nordisk):
    north, south = TerritoryFactory.create(), TerritoryFactory.create()
    add_members(north, only(anna), by=None)
    assert add_members(south, only(anna, nordisk), by=None) == 2
    counts = members_by_code(Territory)
    assert counts == {north.code: 0, south.code: 2}
    said = Change.objects.about(anna).order_by("-pk")[0].changes
    assert said == {"territory": [str(north), str(south)]}


@pytest.mark.parametrize("slug", ["industry", "relation", "responsibility", "level"])
def test_a_contact_of_the_wrong_type_is_refused_and_nobody_comes_in(slug, nordisk, anna):
    group = FACTORIES[slug].create()
    with pytest.raises(Refused, match="1 of these are"):
        add_members(group, only(nordisk, anna), by=None)
    assert not within(Contact.objects.all(), group)


def test_the_groups_of_a_contact_are_set_at_once(anna):
    vip, news = MailingGroupFactory.create(), MailingGroupFactory.create()
    anna.mailing_groups.add(vip)
    set_groups(anna, {MailingGroup: [news], JobResponsibility: []})
    assert list(anna.mailing_groups.all()) == [news]
    with pytest.raises(Refused, match="Only companies"):
        set_groups(anna, {MailingGroup: [vip], IndustryGroup: [IndustryGroupFactory.create()]})
    assert list(anna.mailing_groups.all()) == [news], "all or nothing"


def test_a_company_that_becomes_a_person_keeps_what_persons_can_have(nordisk):
    vip, north = MailingGroupFactory.create(), TerritoryFactory.create()
    for group in (vip, north, IndustryGroupFactory.create(), BusinessRelationFactory.create()):
        add_members(group, only(nordisk), by=None)
    for asked_of in ("", "company"):
        answer = AnswerFactory.create(question__questionnaire__asked_of=asked_of)
        ContactProfileAnswer.objects.create(contact=nordisk, answer=answer)
    nordisk.refresh_from_db()
    nordisk.type = Contact.Type.PERSON
    said = drop_misfits(nordisk)
    assert [sentence.split(" taken")[0] for sentence in said] == [
        "Industry groups",
        "Business relations",
        "Profile answers",
    ]
    assert list(nordisk.mailing_groups.all()) == [vip]
    assert nordisk.territory == north
    assert not nordisk.industry_groups.exists()
    assert not nordisk.business_relations.exists()
    kept = nordisk.profile_answers.get()
    assert kept.answer.question.questionnaire.asked_of == ""


def test_a_person_that_becomes_a_company_loses_its_level_and_responsibilities(anna):
    for group in (OrganizationalLevelFactory.create(), JobResponsibilityFactory.create()):
        add_members(group, only(anna), by=None)
    anna.refresh_from_db()
    anna.type = Contact.Type.COMPANY
    drop_misfits(anna)
    anna.refresh_from_db()
    assert anna.organizational_level is None
    assert not anna.job_responsibilities.exists()


@pytest.mark.parametrize("slug", KINDS)
def test_a_group_with_members_is_not_deleted_and_says_how_many(slug, nordisk, anna):
    group, free = FACTORIES[slug].create(), FACTORIES[slug].create()
    contact = next(c for c in (anna, nordisk) if group.is_for(c.type))
    add_members(group, only(contact), by=None)
    with pytest.raises(Refused, match="1 contact belongs to it"):
        delete_group(group)
    delete_group(free)
    assert list(type(group).objects.all()) == [group]


def test_counting_is_one_query_and_multiplies_nothing(django_assert_num_queries):
    groups = MailingGroupFactory.create_batch(3)
    contacts = ContactFactory.create_batch(4)
    for group in groups[:2]:
        add_members(group, only(*contacts), by=None)
    with django_assert_num_queries(1):
        counts = members_by_code(MailingGroup)
    assert list(counts.values()) == [4, 4, 0]


@pytest.mark.parametrize("slug", ["mailing", "territory"])
def test_many_take_as_many_queries_as_few(slug, django_assert_max_num_queries, mette):
    group = FACTORIES[slug].create()
    ContactFactory.create_batch(30)
    with django_assert_max_num_queries(10):
        add_members(group, Contact.objects.all(), by=mette)
    with django_assert_max_num_queries(6):
        remove_members(group, Contact.objects.all(), by=mette)
