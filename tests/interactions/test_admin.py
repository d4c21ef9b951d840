"""Administrators set up templates; what is wrong or in use is refused in words."""

import io
from typing import Any, ClassVar

import pytest
from django.urls import reverse

from interactions.letters.shared import shared_fields
from interactions.models import (
    CompanyInformation,
    Document,
    InteractionGroup,
    InteractionTemplate,
    Signature,
    TemplateDocument,
)
from tests.factories import (
    InteractionGroupFactory,
    SalespersonFactory,
    TemplateDocumentFactory,
    TemplateFactory,
    word_document,
)
from tests.interactions.conftest import signed_in
from tests.interactions.letters.documents import picture
from tests.interactions.letters.word_documents import word_letter

pytestmark = pytest.mark.django_db
ADD = reverse("admin:interactions_interactiontemplate_add")
GOOD = word_document("{{ contact.formal_salutation }}", "{{ interaction.comment }}")


@pytest.fixture
def admin(maria):
    """Maria, marketing manager, who may enter the admin."""
    maria.is_staff = True
    maria.save()
    return signed_in(maria)


def upload(data: bytes, name: str = "letter.docx") -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def form(group: InteractionGroup, *documents: tuple[str, io.BytesIO], **values) -> dict[str, Any]:
    """What the browser sends: a template in English with documents by language."""
    data: dict[str, Any] = {
        "code": "INVITE",
        "description": "Invitation",
        "group": group.pk,
        "language": "en",
        "unit_cost": "8",
        "unit_duration": "2",
        "email_attachment": "word",
        "documents-TOTAL_FORMS": len(documents),
        "documents-INITIAL_FORMS": 0,
    }
    for i, (language, file) in enumerate(documents):
        data |= {f"documents-{i}-language": language, f"documents-{i}-upload": file}
    return data | values


@pytest.mark.parametrize(
    ("field", "text"),
    [("email_text", "Dear {{ contact.nmae }}"), ("subject", "{% if contact.name %}")],
)
def test_a_text_of_e_mails_that_cannot_be_used_is_refused(admin, field, text):
    """With its place and reason; nothing is kept."""
    group = InteractionGroupFactory.create()
    values = {f"documents-0-{field}": text}
    response = admin.post(ADD, form(group, ("en", upload(GOOD)), **values))
    assert "“contact.name”" in response.text or "Line 1" in response.text
    assert not InteractionTemplate.objects.exists()


def test_maria_sets_up_a_template_with_two_languages(admin, maria):
    group = InteractionGroupFactory.create()
    documents = [("en", upload(GOOD, "invitation.docx")), ("da", upload(GOOD))]
    response = admin.post(ADD, form(group, *documents), follow=True)
    assert "was added successfully" in response.text
    assert "default language" not in response.text
    template = InteractionTemplate.objects.get(code="INVITE")
    stored = template.documents.get(language="en").document
    assert stored.read() == GOOD
    assert (stored.name, stored.created_by) == ("invitation.docx", maria)
    assert Document.objects.count() == 1


def test_a_document_with_unknown_fields_is_refused_and_nothing_is_stored(admin, settings):
    group = InteractionGroupFactory.create()
    bad = word_document("{{ contact.frist_name }}", "{{ colour }}")
    documents = [("en", upload(GOOD)), ("da", upload(bad))]
    response = admin.post(ADD, form(group, *documents))
    assert response.status_code == 200
    errors = response.context["inline_admin_formset"].formset.forms[1].errors["upload"]
    assert len(errors) == 2
    assert "Did you mean “contact.first_name”?" in response.text
    assert not InteractionTemplate.objects.exists()
    assert not Document.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*")) if settings.MEDIA_ROOT.exists() else True


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"PK no zip", "not a Word document"), (b"", "empty"), (b"%PDF-1.7", "not a Word document")],
)
def test_what_is_no_word_document_is_refused(admin, data, words):
    group = InteractionGroupFactory.create()
    response = admin.post(ADD, form(group, ("en", upload(data))))
    assert words in response.text
    assert not InteractionTemplate.objects.exists()


def test_a_document_that_is_too_big_is_refused(admin, settings):
    settings.MAX_DOCUMENT_SIZE = 2**20
    group = InteractionGroupFactory.create()
    response = admin.post(ADD, form(group, ("en", upload(GOOD + bytes(2**20)))))
    assert "larger than" in response.text
    assert not InteractionTemplate.objects.exists()


def test_a_default_language_without_document_is_warned_about(admin):
    group = InteractionGroupFactory.create()
    response = admin.post(ADD, form(group, ("da", upload(GOOD))), follow=True)
    assert "There is no Word document in English, the default language." in response.text


def test_a_new_upload_makes_a_new_document_and_the_old_one_stays(admin):
    stored = TemplateDocumentFactory.create()
    old = stored.document
    template = stored.template
    new = word_document("{{ contact.name }}")
    data = form(template.group, code=template.code, description=template.description) | {
        "documents-TOTAL_FORMS": 1,
        "documents-INITIAL_FORMS": 1,
        "documents-0-id": stored.pk,
        "documents-0-template": template.pk,
        "documents-0-language": stored.language_id,
        "documents-0-subject": "New subject",
    }
    url = reverse("admin:interactions_interactiontemplate_change", args=[template.pk])
    admin.post(url, data)
    stored.refresh_from_db()
    assert (stored.subject, stored.document) == ("New subject", old)

    admin.post(url, data | {"documents-0-upload": upload(new)})
    stored.refresh_from_db()
    assert stored.document.read() == new
    assert Document.objects.get(pk=old.pk).read() != new


def test_a_code_is_plain(admin):
    group = InteractionGroupFactory.create()
    response = admin.post(ADD, form(group, code="A/B"))
    assert "Only letters, digits, hyphens and full stops." in response.text


@pytest.mark.parametrize("kind", ["interactiontemplate", "interactiongroup"])
def test_what_is_in_use_is_not_deleted_and_the_page_says_why(admin, catalogue, spring, kind):
    record = spring if kind == "interactiontemplate" else spring.group
    url = reverse(f"admin:interactions_{kind}_delete", args=[record.pk])
    assert "interaction log entries" in admin.get(url).text
    assert "interaction log entries" in admin.post(url, {"post": "yes"}).text
    assert type(record).objects.filter(pk=record.pk).exists()
    bulk = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
    admin.post(reverse(f"admin:interactions_{kind}_changelist"), bulk)
    assert type(record).objects.filter(pk=record.pk).exists()


def test_a_template_that_was_never_used_is_deleted_with_its_rows(admin):
    stored = TemplateDocumentFactory.create()
    url = reverse("admin:interactions_interactiontemplate_delete", args=[stored.template.pk])
    admin.post(url, {"post": "yes"})
    assert not TemplateDocument.objects.exists()
    assert Document.objects.filter(pk=stored.document_id).exists()


def test_our_company_is_told_once_and_never_deleted(admin):
    listed = reverse("admin:interactions_companyinformation_changelist")
    add = reverse("admin:interactions_companyinformation_add")
    assert admin.get(listed).headers["Location"] == add
    admin.post(add, {"name": "Nordisk Lys A/S", "country": "DK"})
    company = CompanyInformation.objects.get()
    change = reverse("admin:interactions_companyinformation_change", args=[company.pk])
    assert admin.get(listed).headers["Location"] == change
    assert admin.get(add).status_code == 403
    delete = reverse("admin:interactions_companyinformation_delete", args=[company.pk])
    assert admin.post(delete, {"post": "yes"}).status_code == 403


def test_mette_may_not_set_up_templates(mette):
    mette.is_staff = True
    mette.save()
    assert signed_in(mette).get(ADD).status_code == 403


def test_the_list_of_templates_asks_few_questions(admin, django_assert_max_num_queries):
    for _ in range(6):
        TemplateFactory.create()
    url = reverse("admin:interactions_interactiontemplate_changelist")
    admin.get(url)
    with django_assert_max_num_queries(10):
        admin.get(url)


def test_what_merge_fields_of_word_became_is_told_after_the_upload(admin):
    data = word_letter("Kære {MERGEFIELD First_Name}")
    response = admin.post(
        ADD, form(InteractionGroupFactory.create(), ("en", upload(data))), follow=True
    )
    assert "The Word document letter.docx:" in response.text
    assert "“MERGEFIELD First_Name” in the text became “contact.first_name”." in response.text
    assert TemplateDocument.objects.get().document.read() == data


def test_the_pages_of_the_administration_have_our_picture(admin):
    """Without it browsers ask for one that is not there."""
    assert "img/icon.svg" in admin.get(reverse("admin:index")).text


class TestLogo:
    """Our logo is set with our company's other facts."""

    URL = reverse("admin:interactions_companyinformation_change", args=[1])
    COMPANY: ClassVar = {"name": "Fjord A/S", "country": "DK"}

    def test_a_logo_is_kept_shown_and_taken_off(self, admin):
        CompanyInformation.objects.create(name="Fjord A/S")
        logo = upload(picture().getvalue(), "logo.png")

        admin.post(self.URL, {**self.COMPANY, "new_logo": logo})

        stored = CompanyInformation.ours().logo
        assert stored is not None
        assert stored.read() == picture().getvalue()
        assert shared_fields("", "")["logo"] == stored.pk
        assert "data:image/png;base64," in admin.get(self.URL).text

        admin.post(self.URL, self.COMPANY)
        assert CompanyInformation.ours().logo == stored
        admin.post(self.URL, {**self.COMPANY, "no_logo": "on"})
        assert CompanyInformation.ours().logo is None

    def test_what_is_no_picture_is_refused_and_nothing_is_stored(self, admin):
        CompanyInformation.objects.create(name="Fjord A/S")
        page = admin.post(self.URL, {**self.COMPANY, "new_logo": upload(b"x", "logo.png")})
        assert "not a PNG or JPEG picture" in page.text
        assert Document.objects.count() == 0


class TestSignature:
    """How a salesperson signs is set with the salesperson."""

    @staticmethod
    def url(salesperson) -> str:
        return reverse("admin:contacts_salesperson_change", args=[salesperson.pk])

    @staticmethod
    def form(salesperson, **values) -> dict[str, Any]:
        stored = Signature.objects.filter(salesperson=salesperson).first()
        return {
            "code": salesperson.code,
            "name": salesperson.name,
            "signature-TOTAL_FORMS": 1,
            "signature-INITIAL_FORMS": 1 if stored else 0,
            "signature-0-id": stored.pk if stored else "",
            "signature-0-salesperson": salesperson.pk,
            **{f"signature-0-{name}": value for name, value in values.items()},
        }

    def test_a_signature_is_kept_shown_changed_and_taken_off(self, admin, maria):
        lars = SalespersonFactory.create()
        first, second = picture(90, 30).getvalue(), picture(60, 20).getvalue()

        admin.post(self.url(lars), self.form(lars, upload=upload(first, "lars.png")))

        stored = Signature.objects.get(salesperson=lars).document
        assert (stored.read(), stored.created_by) == (first, maria)
        assert shared_fields("", "")["signatures"] == {str(lars.pk): stored.pk}
        assert "data:image/png;base64," in admin.get(self.url(lars)).text
        admin.post(self.url(lars), self.form(lars, upload=upload(second, "lars.png")))
        assert Signature.objects.get(salesperson=lars).document.read() == second
        admin.post(self.url(lars), self.form(lars, DELETE="on"))
        assert not Signature.objects.exists()

    def test_a_salesperson_is_saved_without_one(self, admin):
        lars = SalespersonFactory.create()
        form = self.form(lars) | {"name": "Lars N."}
        assert admin.post(self.url(lars), form).status_code == 302
        lars.refresh_from_db()
        assert lars.name == "Lars N."
        assert not Signature.objects.exists()

    def test_what_is_no_picture_is_refused_and_nothing_is_stored(self, admin):
        lars = SalespersonFactory.create()
        page = admin.post(self.url(lars), self.form(lars, upload=upload(b"x", "lars.png")))
        assert "not a PNG or JPEG picture" in page.text
        assert not Document.objects.exists()
