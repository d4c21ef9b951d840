"""Who may do what: strangers sign in, Rasmus looks, Mette works."""

import pytest
from django.urls import reverse

from interactions.models import LetterJob
from segments_app.urls import urlpatterns
from tests.segments_app.conftest import add

pytestmark = pytest.mark.django_db

READING = {
    "list",
    "find",
    "for_contact",
    "for_campaign",
    "why",
    "saved_criteria_list",
    "saved_criteria_detail",
    "detail",
    "facts",
    "steps",
    "problems",
    "letters",
    "letter_jobs",
    "fetch_letters",
    "line",
    "choose_columns",
    "own_values",
    "found_problems",
    "export",
    "letter",
    "document",
    "documents",
    "letter_problems",
    "preview",
    "preview_line",
    "preview_letter",
    "preview_kinds",
    "previewed_pdf",
    "open_pdf",
}
NAMES = [str(pattern.name) for pattern in urlpatterns]


def url(name: str, segment, cast) -> str:
    kwargs = {
        "number": cast.anna.number if name == "for_contact" else segment.number,
        "pk": segment.sheet().first().pk,
        "step": 1,
        "code": "NOPE",
        "name": "cost",
    }
    route = str(next(pattern.pattern for pattern in urlpatterns if pattern.name == name))
    return reverse(
        f"segments:{name}", kwargs={key: kwargs[key] for key in kwargs if f":{key}>" in route}
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_is_asked_to_sign_in(client, segment, cast, name):
    add(segment, "country=DK")
    response = client.get(url(name, segment, cast))
    assert response.url.startswith(reverse("login"))


@pytest.mark.parametrize("name", sorted(set(NAMES) - READING))
def test_a_reader_may_not_change_anything(reader, segment, cast, name):
    add(segment, "country=DK")
    assert reader.post(url(name, segment, cast)).status_code == 403


# Anybody may, but not by a link, or only with what the segment here does not have.
ELSEWHERE = {"saved_criteria_detail", "choose_columns", "for_campaign"}
# A reader may, but there must be letters: see test_letters, test_documents, test_preview.
OF_LETTERS = {
    "document",
    "fetch_letters",
    "previewed_pdf",
    "open_pdf",
}


@pytest.mark.parametrize("name", sorted(READING - OF_LETTERS - ELSEWHERE))
def test_a_reader_may_look(reader, segment, cast, name):
    add(segment, "country=DK")
    assert reader.get(url(name, segment, cast)).status_code == 200


def test_a_reader_has_no_letters_made(reader, segment, cast):
    """That makes a job, and a file on the server; a single letter is downloaded without one."""
    add(segment, "q=Anna")
    page = reader.get(url("letters", segment, cast))
    assert "Make\n" not in page.text
    assert reader.post(url("letters", segment, cast)).status_code == 403
    assert "Exact PDF" not in reader.get(url("preview", segment, cast)).text
    assert not LetterJob.objects.exists()


def test_a_reader_does_not_save_a_line(reader, segment, cast):
    add(segment, "q=Anna")
    response = reader.post(url("line", segment, cast), {"cost": "99"})
    assert response.status_code == 403
    assert segment.sheet().get().cost is None


@pytest.mark.parametrize(
    "name", ["delete", "add_by_hand", "remove_by_hand", "go_back", "go_forward"]
)
def test_what_changes_data_is_not_done_by_following_a_link(staff, segment, cast, name):
    add(segment, "country=DK")
    assert staff.get(url(name, segment, cast)).status_code == 405
