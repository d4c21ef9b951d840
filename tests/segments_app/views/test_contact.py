"""Why a contact is in a segment or not, from the worksheet and from the contact's page."""

import pytest
from django.urls import reverse

from tests.segments_app.conftest import add

pytestmark = pytest.mark.django_db


def url(segment, contact: str = "") -> str:
    return f"{reverse('segments:why', args=[segment.number])}?contact={contact}"


def test_the_page_says_why_step_by_step(staff, segment, cast):
    add(segment, "country=DK")
    text = staff.get(url(segment, "CT000002")).content.decode()
    assert "Anna Sørensen is in the segment since step 1" in text
    assert "Added by this step." in text
    text = staff.get(url(segment, "Bo Lind")).content.decode()
    assert "Does not meet: country is Sweden." in text


@pytest.mark.parametrize(("asked", "said"), [("", "Pick"), ("NOBODY", "No such contact")])
def test_without_a_contact_there_is_nothing_to_say(staff, segment, cast, asked, said):
    page = staff.get(url(segment, asked))
    assert "why" not in page.context or page.context["why"] is None
    assert (said in page.content.decode()) == bool(asked)


def test_the_contacts_page_leads_there(staff, segment, cast):
    add(segment, "country=DK")
    page = staff.get(reverse("segments:for_contact", args=[cast.anna.number]))
    assert url(segment, "CT000002") in page.content.decode()
    asked = staff.get(
        reverse("segments:for_contact", args=[cast.bo.number]), {"segment": segment.number}
    )
    assert asked.url == url(segment, "CT000006")
