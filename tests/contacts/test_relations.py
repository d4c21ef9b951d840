"""Has and has not divide the contacts between them, whatever the key."""

import pytest

from contacts.models import Contact, ContactMailingGroup
from contacts.relations import has, has_not
from tests.factories import CompanyFactory, ContactFactory, MailingGroupFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["pk", "company"])
def test_has_not_is_exactly_whom_has_leaves_out(key):
    vip = MailingGroupFactory.create(code="VIP")
    nordisk, weber = CompanyFactory.create(), CompanyFactory.create()
    nordisk.mailing_groups.add(vip)
    for company in (nordisk, weber, None):
        ContactFactory.create(company=company)
    memberships = ContactMailingGroup.objects.order_by("contact")
    with_it = set(has(Contact.objects.all(), memberships, key=key))
    without = set(has_not(Contact.objects.all(), memberships, key=key))
    assert len(with_it) == (1 if key == "pk" else 2)
    assert with_it | without == set(Contact.objects.all())
    assert not with_it & without
