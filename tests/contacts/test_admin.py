"""The admin: what is in use stays, formulas show how they read, numbers are only drawn."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from contacts.models import (
    ContactDefaults,
    ContactProfileAnswer,
    Language,
    MailingGroup,
    Salesperson,
    User,
)
from tests.factories import (
    AnswerFactory,
    ContactFactory,
    MailingGroupFactory,
    QuestionFactory,
    SalespersonFactory,
    SalutationFactory,
    SalutationFormulaFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client, db):
    client.force_login(User.objects.create_superuser("root", password="root"))
    return client


MODELS = [
    "user",
    "salesperson",
    "mailinggroup",
    "industrygroup",
    "jobresponsibility",
    "businessrelation",
    "organizationallevel",
    "territory",
    "profilequestionnaire",
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


def test_the_refusal_says_by_how_many_and_leads_to_them(root):
    vip = MailingGroupFactory.create()
    for contact in ContactFactory.create_batch(2):
        contact.mailing_groups.add(vip)
    text = root.get(reverse("admin:contacts_mailinggroup_delete", args=[vip.pk])).text
    assert f'<a href="{vip.get_absolute_url()}">2 contacts</a>' in text
    north = TerritoryFactory.create()
    ContactDefaults.objects.create(territory=north)
    text = root.get(reverse("admin:contacts_territory_delete", args=[north.pk])).text
    assert "1 contact defaults" in text


class TestProfiles:
    """Questions stand on the page of their questionnaire, answers on that of their question."""

    @pytest.fixture
    def question(self):
        return QuestionFactory.create(text="What do you like?", several=True)

    def save(self, root, question, *answers, **fields):
        """Post the page of the question with rows of (key, text, code, whether to delete)."""
        data = {
            "text": question.text,
            "position": 0,
            "several": "on",
            "answers-TOTAL_FORMS": len(answers),
            "answers-INITIAL_FORMS": sum(bool(pk) for pk, *_rest in answers),
            **fields,
        }
        for n, (pk, text, code, gone) in enumerate(answers):
            row = {"id": pk or "", "question": question.pk, "position": n, "text": text}
            row |= {"code": code, **({"DELETE": "on"} if gone else {})}
            data |= {f"answers-{n}-{name}": value for name, value in row.items()}
        url = reverse("admin:contacts_profilequestion_change", args=[question.pk])
        return root.post(url, {name: value for name, value in data.items() if value is not None})

    def test_the_way_from_questionnaire_to_answers_and_back(self, root, question):
        url = reverse(
            "admin:contacts_profilequestionnaire_change", args=[question.questionnaire_id]
        )
        page = reverse("admin:contacts_profilequestion_change", args=[question.pk])
        assert f'<a href="{page}">Give answers to choose from</a>' in root.get(url).text
        assert root.get(page).status_code == 200
        saved = self.save(root, question, (None, "Garden lamps", "", False))
        assert saved.url == url

    def test_an_answer_without_a_code_gets_one(self, root, question):
        AnswerFactory.create(code="SAVING-ENERGY")
        rows = [(None, "Saving energy", "", False), (None, "Øl & glas", "", False)]
        self.save(root, question, *rows, (None, "Other", "MINE", False))
        codes = list(question.answers.values_list("code", flat=True))
        assert codes == ["SAVING-ENERGY-2", "OL-GLAS", "MINE"]

    def test_an_answer_that_was_given_is_not_deleted(self, root, question):
        used, free = AnswerFactory.create_batch(2, question=question)
        ContactProfileAnswer.objects.create(contact=ContactFactory.create(), answer=used)
        rows = [(answer.pk, answer.text, answer.code, True) for answer in (used, free)]
        response = self.save(root, question, *rows)
        assert "cannot be deleted. It is used by: " in response.text
        assert "1 contact" in response.text
        assert question.answers.count() == 2
        self.save(root, question, (free.pk, free.text, free.code, True))
        assert list(question.answers.all()) == [used]

    def test_neither_is_its_question_or_its_questionnaire(self, root, question):
        answer = AnswerFactory.create(question=question)
        ContactProfileAnswer.objects.create(contact=ContactFactory.create(), answer=answer)
        for thing in (question, question.questionnaire):
            url = reverse(f"admin:contacts_{thing._meta.model_name}_delete", args=[thing.pk])
            assert "1 contact" in root.get(url).text
            root.post(url, {"post": "yes"})
        assert question.answers.get() == answer

    def test_r22_a_question_with_several_answers_given_keeps_allowing_them(self, root, question):
        anna = ContactFactory.create()
        for answer in AnswerFactory.create_batch(2, question=question):
            ContactProfileAnswer.objects.create(contact=anna, answer=answer)
        response = self.save(root, question, several=None)
        assert "1 contact gave several answers" in response.text

    def test_a_questionnaire_stays_open_to_those_who_answered(self, root, question):
        questionnaire = question.questionnaire
        answer = AnswerFactory.create(question=question)
        ContactProfileAnswer.objects.create(contact=ContactFactory.create(), answer=answer)
        questionnaire.asked_of = "company"
        with pytest.raises(ValidationError, match="1 answer was given"):
            questionnaire.clean()
        questionnaire.asked_of = "person"
        questionnaire.clean()


class TestPreview:
    """R171: how a salutation reads for anybody, in every language, the missing ones marked."""

    @pytest.fixture
    def women(self):
        women = SalutationFactory.create(description="Women")
        SalutationFormulaFactory.create(
            salutation=women, language=Language.objects.get(is_default=True), text="Dear {surname},"
        )
        return women

    def show(self, root, salutation, contact=""):
        url = reverse("admin:contacts_salutation_preview", args=[salutation.pk])
        return root.get(url, {"contact": contact})

    def test_the_first_contact_greeted_so_is_shown_at_once(self, root, women):
        assert "No contact has this salutation yet" in self.show(root, women).text
        ContactFactory.create(surname="Holm", salutation=women)
        assert "Dear Holm," in self.show(root, women).text

    def test_anybody_is_picked_by_number_or_name(self, root, women):
        anna = ContactFactory.create(number="P1", first_name="Anna", surname="Sø")
        ContactFactory.create(number="P2", first_name="Anna", surname="Ås")
        several = self.show(root, women, "anna")
        assert "?contact=P1" in several.text
        assert "?contact=P2" in several.text
        for words in ("P1", "Anna Sø"):
            assert self.show(root, women, words).context["contact"] == anna
        assert "Nobody is found" in self.show(root, women, "zzz").text

    def test_what_is_missing_is_marked(self, root, women):
        ContactFactory.create(surname="Holm", salutation=women)
        text = self.show(root, women).text
        languages = Language.objects.count()
        assert text.count("<strong>missing</strong>") == 2 * languages - 1
        assert text.count("letters say “Dear Holm,”") == languages - 1

    def test_a_reader_of_the_admin_needs_both_rights(self, client, women, maria):
        maria.is_staff = True
        maria.save()
        client.force_login(maria)
        assert self.show(client, women).status_code == 200
        maria.groups.clear()
        assert self.show(client, women).status_code == 403


def test_contact_defaults_are_one_row(root):
    listed = reverse("admin:contacts_contactdefaults_changelist")
    assert root.get(listed).url == reverse("admin:contacts_contactdefaults_add")
    defaults = ContactDefaults.objects.create()
    assert root.get(listed).url.endswith(f"/{defaults.pk}/change/")
    assert root.get(reverse("admin:contacts_contactdefaults_add")).status_code == 403


def test_a_user_has_a_language(root, mette):
    url = reverse("admin:contacts_user_change", args=[mette.pk])
    assert 'name="language"' in root.get(url).text


def test_a_user_is_made_inactive_instead_of_deleted(root, mette):
    url = reverse("admin:contacts_user_delete", args=[mette.pk])
    assert root.post(url, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=mette.pk).exists()
