"""What follows on the first page of recording an interaction, and what a person typed."""

import pytest
from django.urls import reverse

from interactions.following import followed
from interactions.models import InteractionKind, KindTemplate
from tests.factories import TemplateFactory
from tests.interactions.conftest import signed_in

pytestmark = pytest.mark.django_db
CREATE = reverse("interactions:create")


@pytest.fixture
def call(db):
    """The template that phone calls begin with."""
    template = TemplateFactory.create(code="CALL", correspondence_type="")
    KindTemplate.objects.create(kind=InteractionKind.CALL, template=template)
    return template


@pytest.fixture
def anna(anna, jonas):
    anna.phone, anna.email, anna.salesperson = "+45 33 11 22 33", "anna@nordisk.example", jonas
    anna.save()
    return anna


def test_choosing_a_kind_keeps_what_was_typed(anna, call, mette):
    said = {"contact": "CT000002 Anna Sørensen", "description": "Called about lamps"}
    said |= {"date": "2026-03-12", "kind": "call", "follow": "kind"}
    page = signed_in(mette).post(CREATE, said)
    form = page.context["form"]
    assert form["description"].value() == "Called about lamps"
    assert form["date"].value() == "2026-03-12"
    assert form["contact"].value() == "CT000002 Anna Sørensen"
    assert (form["template"].value(), form["contact_via"].value()) == (
        str(call.pk),
        "+45 33 11 22 33",
    )
    assert not form.errors, "nobody has said yet that this is all"
    assert 'value="call" checked' in " ".join(page.text.split())


def test_contact_via_follows_the_type_until_somebody_types_it(anna, call):
    said = {"template": str(call.pk), "contact_via": "+45 33 11 22 33", "reached": "CT000002"}
    email = {**said, "correspondence_type": "email"}
    assert followed(email, anna, "rest")["contact_via"] == "anna@nordisk.example"
    typed = {**email, "contact_via": "+45 99 99 99 99"}
    assert followed(typed, anna, "rest")["contact_via"] == "+45 99 99 99 99"


def test_contact_via_follows_the_contact(anna, jens, call):
    jens.phone = "+45 44 11 22 33"
    jens.save()
    said = {"template": str(call.pk), "contact_via": "+45 33 11 22 33", "reached": "CT000002"}
    assert followed(said, jens, "rest")["contact_via"] == "+45 44 11 22 33"
    assert followed(said, None, "rest")["contact_via"] == ""


def test_the_kind_follows_the_template_and_the_salesperson_the_contact(anna, call, spring, jonas):
    first = followed({"template": str(call.pk)}, anna, "rest")
    assert (first["kind"], first["salesperson"]) == ("call", jonas.pk)
    assert followed({"template": str(spring.pk), "kind": "call"}, anna, "rest")["kind"] == ""
    assert followed({"template": "x", "salesperson": "7"}, anna, "rest")["salesperson"] == "7"


def test_a_template_that_writes_e_mails_goes_by_the_e_mail_address(anna, db):
    news = TemplateFactory.create(correspondence_type="email")
    said = followed({"template": str(news.pk)}, anna, "rest")
    assert said["contact_via"] == "anna@nordisk.example"


def test_the_first_step_of_a_draft_follows_likewise(anna, call, jonas, mette):
    client = signed_in(mette)
    said = {"template": call.pk, "salesperson": jonas.pk, "date": "2026-03-12"}
    draft = client.post(f"{CREATE}?contact={anna.number}", said)["Location"]
    url = draft.replace("content", "what")
    form = client.get(url).context["form"]
    assert form["kind"].value() == "call"
    asked = {**said, "reached": anna.number, "correspondence_type": "email", "follow": "rest"}
    form = client.post(url, asked).context["form"]
    assert form["contact_via"].value() == "anna@nordisk.example"


def test_a_contact_that_was_picked_is_found_by_its_number(anna, call, jonas, mette):
    said = {"template": call.pk, "salesperson": jonas.pk, "date": "2026-03-12"}
    done = signed_in(mette).post(CREATE, {**said, "contact": "CT000002 Anna Sørensen"})
    assert done.status_code == 302
