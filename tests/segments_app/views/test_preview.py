"""Letters in the browser, one after another."""

import pytest
from django.urls import reverse

from interactions.letters import libreoffice
from interactions.models import Document, LetterJob
from segments_app import operations
from tests.factories import word_document, words_of
from tests.segments_app.conftest import add, line_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(segment, cast, greetings):
    """Everyone: Nordisk, Anna, Jens, Weber, Klaus, Bo."""
    add(segment, "country=DK")
    add(segment, "country=DE")
    add(segment, "country=SE")
    return segment


def preview(client, segment, contact=None, among: str = ""):
    args = [segment.number, line_of(segment, contact).pk] if contact else [segment.number]
    url = reverse(f"segments:preview{'_line' if contact else ''}", args=args)
    return client.get(url, {"among": among} if among else None)


def names(client, segment, among: str) -> list[str]:
    """Whose letters one sees, stepping from the first to the last."""
    page = preview(client, segment, among=among)
    seen = []
    while "line" in page.context:
        seen.append(page.context["line"].contact.name)
        if not page.context["next_url"]:
            break
        page = client.get(page.context["next_url"])
    return seen


def test_mette_steps_through_all_letters(staff, filled, cast):
    assert names(staff, filled, "") == [
        "Nordisk Lys A/S",
        "Anna Sørensen",
        "Jens Østergaard",
        "Weber GmbH",
        "Klaus Weber",
        "Bo Lind",
    ]
    page = preview(staff, filled, cast.jens)
    assert "3 of 6" in page.content.decode()
    assert page.context["previous_url"].endswith(f"{line_of(filled, cast.anna).pk}/preview/")


def test_the_frame_gets_the_letter_of_the_line(staff, filled, cast):
    page = preview(staff, filled, cast.anna).content.decode()
    url = reverse("segments:preview_letter", args=[filled.number, line_of(filled, cast.anna).pk])
    assert f'data-letter="{url}"' in page
    assert "Anna Sørensen" in words_of(staff.get(url).getvalue())


def test_she_jumps_to_the_longest_names(staff, filled):
    assert names(staff, filled, "longest_name")[:2] == ["Nordisk Lys A/S", "Jens Østergaard"]


def test_she_jumps_to_letters_of_their_own_and_those_with_a_comment(staff, filled, cast):
    operations.put_letter(line_of(filled, cast.bo), word_document("Dear Bo"), "bo.docx", by=None)
    operations.change_line(line_of(filled, cast.klaus), by=None, comment="Thanks")
    assert names(staff, filled, "own_letter") == ["Bo Lind"]
    assert names(staff, filled, "comment") == ["Klaus Weber"]


def test_she_jumps_to_letters_with_a_gap(staff, filled, cast, spring):
    data = word_document("Dear {{ contact.name }}, {{ contact.email }}")
    of_template = spring.documents.get(language="en")
    of_template.document = Document.objects.store(data, name="spring.docx")
    of_template.save()
    assert "Anna Sørensen" not in names(staff, filled, "empty_field")
    assert "Bo Lind" in names(staff, filled, "empty_field")


def test_each_kind_says_how_many_there_are(staff, filled, cast):
    operations.change_line(line_of(filled, cast.klaus), by=None, comment="Thanks")
    url = reverse("segments:preview_kinds", args=[filled.number])
    kinds = staff.get(url, {"among": "comment"}).context["kinds"]
    assert {kind: count for kind, _label, count in kinds if count} == {
        "": 6,
        "longest_name": 6,
        "longest_company": 5,
        "comment": 1,
    }
    assert url in preview(staff, filled).text


def test_among_some_she_sees_the_number_of_the_letter(staff, filled, cast):
    operations.change_line(line_of(filled, cast.klaus), by=None, comment="Thanks")
    assert "Line 5" in preview(staff, filled, among="comment").text


def test_she_jumps_to_what_may_be_wrong(staff, filled, cast, greetings):
    greetings["company"].delete()
    cast.bo.address = ""
    cast.bo.save()
    cast.klaus.language_id = "de"
    cast.klaus.save()
    assert names(staff, filled, "no_salutation") == ["Nordisk Lys A/S", "Weber GmbH"]
    assert names(staff, filled, "no_address") == ["Bo Lind"]
    assert names(staff, filled, "other_language") == ["Klaus Weber"]


def test_a_line_of_another_kind_leads_into_the_kind(staff, filled, cast):
    operations.change_line(line_of(filled, cast.klaus), by=None, comment="Thanks")
    page = preview(staff, filled, cast.anna, among="comment")
    assert page.context["step"].place == 0
    assert str(line_of(filled, cast.klaus).pk) in page.context["next_url"]


def test_nothing_of_a_kind_says_so(staff, filled, segment):
    assert "None of them" in preview(staff, filled, among="own_letter").content.decode()
    assert preview(staff, filled, among="nonsense").status_code == 404


def test_an_empty_segment_says_so(staff, segment):
    assert "No lines" in preview(staff, segment).content.decode()


def test_a_letter_that_cannot_be_made_says_why(staff, filled, cast, spring):
    bad = Document.objects.store(word_document("{{ contact.name + 1 }}"), name="bad.docx")
    spring.documents.update(document=bad)
    args = [filled.number, line_of(filled, cast.anna).pk]
    answer = staff.get(reverse("segments:preview_letter", args=args))
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert "cannot be made" in answer.content.decode()


def test_a_step_asks_the_database_a_few_times(staff, filled, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        preview(staff, filled, cast.anna)


def test_the_letters_page_tells_what_is_missing(staff, filled, greetings):
    greetings["company"].delete()
    page = staff.get(reverse("segments:letter_problems", args=[filled.number])).content.decode()
    assert "2 of 6" in page
    assert f"/segments/{filled.number}/?problem=no_salutation" in page
    assert "6 of 6: letters are for contacts whose language is not known" in page


def test_a_note_filters_the_lines(staff, filled, cast):
    cast.klaus.language_id = "de"
    cast.klaus.save()
    page = staff.get(f"/segments/{filled.number}/?problem=other_language")
    assert [row.line.contact for row in page.context["page_obj"]] == [cast.klaus]


def test_problems_of_letters_are_not_told_when_logging(staff, filled):
    assert "language is not known" not in staff.get(f"/segments/{filled.number}/log/").text


@pytest.fixture
def office(monkeypatch) -> None:
    """A machine with LibreOffice; the worker has not come to it yet."""
    monkeypatch.setattr(libreoffice, "problem", lambda: "")


def ask_for_pdf(client, segment, contact, **headers):
    args = [segment.number, line_of(segment, contact).pk]
    return client.post(reverse("segments:preview_pdf", args=args), headers=headers)


def test_the_exact_pdf_is_made_by_the_worker(staff, filled, cast, office):
    assert "Exact PDF" in preview(staff, filled, cast.anna).text
    page = ask_for_pdf(staff, filled, cast.anna, HX_Request="true").text
    job = LetterJob.objects.get()
    assert (job.count, job.state, job.options["format"]) == (1, "queued", "pdf")
    url = reverse("segments:previewed_pdf", args=[filled.number, job.pk])
    assert f'hx-get="{url}"' in page
    open_url = reverse("segments:open_pdf", args=[filled.number, job.pk])
    assert staff.get(open_url).status_code == 404
    job.folder.mkdir(parents=True, exist_ok=True)
    (job.folder / "one.pdf").write_bytes(b"%PDF-1.7")
    LetterJob.objects.update(state="done", result="one.pdf")
    assert open_url in staff.get(url).text
    opened = staff.get(open_url)
    assert opened["Content-Type"] == "application/pdf"
    assert opened["Content-Disposition"].startswith("inline")


def test_without_script_the_pdf_is_found_among_the_letters(staff, filled, cast, office):
    response = ask_for_pdf(staff, filled, cast.anna)
    assert response.url == reverse("segments:letters", args=[filled.number])


def test_a_pdf_that_was_not_made_says_why(staff, filled, cast, office):
    ask_for_pdf(staff, filled, cast.anna)
    LetterJob.objects.update(state="failed", reason="It took too long.")
    url = reverse("segments:previewed_pdf", args=[filled.number, LetterJob.objects.get().pk])
    assert "It took too long." in staff.get(url).text


def test_without_libreoffice_the_button_says_what_to_install(staff, filled, cast, settings):
    settings.SOFFICE = "/nowhere/soffice"
    text = preview(staff, filled, cast.anna).text
    assert "Exact PDF" in text
    assert "hx-post" not in text, "it cannot be pressed"
    assert "The setting SOFFICE names “/nowhere/soffice”" in text
    assert "libreoffice-writer" in text
