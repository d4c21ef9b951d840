"""The admin: what is in use stays, formulas show how they read, numbers are only drawn."""

import pytest
from django.urls import reverse

from contacts.models import Language, MailingGroup, Salesperson, User
from tests.factories import (
    ContactFactory,
    MailingGroupFactory,
    SalespersonFactory,
    SalutationFactory,
    SalutationFormulaFactory,
)


@pytest.fixture
def root(client, db):
    client.force_login(User.objects.create_superuser("root", password="root"))
    return client


MODELS = [
    "user",
    "salesperson",
    "mailinggroup",
    "industrygroup",
    "language",
    "salutation",
    "numberseries",
]


@pytest.mark.parametrize("model", MODELS)
def test_each_list_opens(root, model):
    assert root.get(reverse(f"admin:contacts_{model}_changelist")).status_code == 200


def test_what_is_in_use_is_not_deleted_in_bulk_either(root):
    used, free = MailingGroupFactory.create(), MailingGroupFactory.create()
    ContactFactory.create().mailing_groups.add(used)
    bulk = {"action": "delete_selected", "_selected_action": [used.pk, free.pk], "post": "yes"}
    root.post(reverse("admin:contacts_mailinggroup_changelist"), bulk)
    assert MailingGroup.objects.count() == 2


def test_what_is_in_use_cannot_be_deleted(root):
    used, free = MailingGroupFactory.create(), MailingGroupFactory.create()
    seller = SalespersonFactory.create()
    ContactFactory.create(salesperson=seller).mailing_groups.add(used)

    def delete(thing):
        url = reverse(f"admin:contacts_{thing._meta.model_name}_delete", args=[thing.pk])
        return root.post(url, {"post": "yes"}).status_code

    assert [delete(used), delete(seller), delete(free)] == [200, 200, 302]
    assert delete(Language.objects.get(is_default=True)) == 403
    assert list(MailingGroup.objects.all()) == [used]
    assert Salesperson.objects.count() == 1


def test_a_formula_shows_how_it_reads_and_refuses_unknown_parts(root):
    salutation = SalutationFactory.create()
    formula = SalutationFormulaFactory.create(salutation=salutation)
    url = reverse("admin:contacts_salutation_change", args=[salutation.pk])
    assert "Dear Anna Sørensen," in root.get(url).text
    form = {
        "code": salutation.code,
        "description": "Women",
        "formulas-TOTAL_FORMS": 1,
        "formulas-INITIAL_FORMS": 1,
        "formulas-0-id": formula.pk,
        "formulas-0-salutation": salutation.pk,
        "formulas-0-language": "en",
        "formulas-0-type": "formal",
        "formulas-0-text": "Dear {nickname},",
    }
    assert "Unknown: nickname" in root.post(url, form).text
    form["formulas-0-text"] = "Dear {first_name},"
    assert root.post(url, form).status_code == 302
    formula.refresh_from_db()
    assert formula.text == "Dear {first_name},"


def test_number_series_are_to_look_at(root):
    assert root.get(reverse("admin:contacts_numberseries_add")).status_code == 403
    url = reverse("admin:contacts_numberseries_change", args=["contacts"])
    assert root.get(url).status_code == 200
    assert root.post(url, {"last": 0}).status_code == 403


def test_a_user_has_a_language(root, mette):
    url = reverse("admin:contacts_user_change", args=[mette.pk])
    assert 'name="language"' in root.get(url).text


def test_a_user_is_made_inactive_instead_of_deleted(root, mette):
    url = reverse("admin:contacts_user_delete", args=[mette.pk])
    assert root.post(url, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=mette.pk).exists()
