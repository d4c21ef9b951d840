"""Templates and merge fields in the browser."""

import pytest
from django.urls import reverse

from interactions.letters.fields import MERGE_FIELDS
from tests.factories import LanguageFactory, TemplateDocumentFactory, TemplateFactory
from tests.interactions.conftest import signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("interactions:template_list")


def test_the_list_names_the_languages_of_each_template(
    spring, rasmus, django_assert_max_num_queries
):
    TemplateDocumentFactory.create(template=spring, language=LanguageFactory(code="da"))
    for _ in range(5):
        TemplateFactory.create()
    client = signed_in(rasmus)
    client.get(LIST)
    with django_assert_max_num_queries(8):
        page = client.get(LIST)
    assert "Danish" in page.text
    assert "none in its default language" in page.text
    assert [t.code for t in client.get(LIST, {"q": "spring"}).context["page_obj"]] == ["SPRING"]


def test_a_template_shows_what_it_gives_and_what_it_came_to(catalogue, spring, rasmus):
    stored = TemplateDocumentFactory.create(template=spring, language=spring.language)
    page = signed_in(rasmus).get(spring.get_absolute_url())
    assert page.context["totals"].interactions == 2
    assert reverse("interactions:template_document", args=[stored.pk]) in page.text
    assert "Update" not in page.text


def test_the_document_is_downloaded_as_it_was_uploaded(spring, rasmus):
    stored = TemplateDocumentFactory.create(template=spring, language=spring.language)
    url = reverse("interactions:template_document", args=[stored.pk])
    response = signed_in(rasmus).get(url)
    assert b"".join(response) == stored.document.read()
    assert 'filename="SPRING en.docx"' in response.headers["Content-Disposition"]


def test_a_document_that_storage_lost_is_told(spring, rasmus):
    stored = TemplateDocumentFactory.create(template=spring, language=spring.language)
    stored.document.file.storage.delete(stored.document.file.name)
    url = reverse("interactions:template_document", args=[stored.pk])
    page = signed_in(rasmus).get(url, follow=True)
    assert "missing from the storage" in page.text


def test_the_way_to_the_admin_is_shown_to_who_may_change(spring, maria):
    maria.is_staff = True
    maria.save()
    page = signed_in(maria).get(spring.get_absolute_url())
    url = reverse("admin:interactions_interactiontemplate_change", args=[spring.pk])
    assert url in page.text


def test_every_merge_field_is_listed(rasmus):
    page = signed_in(rasmus).get(reverse("interactions:template_fields"))
    for field in MERGE_FIELDS:
        assert f"{{{{ {field.name} }}}}" in page.text


@pytest.mark.parametrize(("language", "name"), [("en", "Letter.docx"), ("da", "Brev.docx")])
def test_a_letter_to_begin_with(rasmus, language, name):
    url = reverse("interactions:template_starter", args=[language])
    response = signed_in(rasmus).get(url)
    assert name in response.headers["Content-Disposition"]
    assert b"".join(response).startswith(b"PK")
    assert url in signed_in(rasmus).get(reverse("interactions:template_fields")).text


def test_there_is_none_in_other_languages(rasmus):
    url = reverse("interactions:template_starter", args=["xx"])
    assert signed_in(rasmus).get(url).status_code == 404


def test_a_code_that_nobody_has_is_not_found(rasmus):
    url = reverse("interactions:template_detail", args=["A/B"])
    assert signed_in(rasmus).get(url).status_code == 404
