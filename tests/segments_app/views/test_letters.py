"""The Letters page: what is asked for, what is made of it, who may fetch it."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader

from contacts.models import AddressPeriod, AlternativeAddress, Consent
from interactions.letter_making import make_letters
from interactions.letters import libreoffice
from interactions.models import Document, LetterJob
from segments_app import operations
from tests.factories import TemplateFactory, words_of
from tests.interactions.letters import documents
from tests.interactions.letters.documents import words as words_in
from tests.interactions.letters.test_combine import needs_libreoffice
from tests.interactions.letters.word_documents import connected, field, simple_field
from tests.segments_app.conftest import add

from .conftest import said

EVERYTHING = {"what": "letters", "format": "word_files", "order": "line", "sheet": "L7160"}


def url(segment, name="letters", **kwargs) -> str:
    return reverse(f"segments:{name}", kwargs={"number": segment.number, **kwargs})


def ask(client, segment, **values):
    return client.post(url(segment), EVERYTHING | values, follow=True)


def fetched(client, segment) -> bytes:
    """The file of the latest job."""
    job = LetterJob.objects.latest("pk")
    assert job.state == "done", (job.state, job.reason)
    response = client.get(url(segment, "fetch_letters", pk=job.pk))
    return b"".join(response.streaming_content)


def everything_in(data: bytes) -> str:
    return b"".join(documents.members(data).values()).decode(errors="ignore")


def names_in(data: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


@pytest.fixture
def danish(segment, cast):
    """Nordisk Lys, Anna and Jens."""
    add(segment, "country=DK")
    return segment


def test_all_letters_come_as_one_zip(staff, danish):
    """D24."""
    page = ask(staff, danish)
    assert "Done" in said(page)
    archive = zipfile.ZipFile(io.BytesIO(fetched(staff, danish)))
    names = archive.namelist()
    assert names == [
        "0001 Nordisk Lys A-S.docx",
        "0002 Nordisk Lys A-S - Anna Sørensen.docx",
        "0003 Nordisk Lys A-S - Jens Østergaard.docx",
    ]
    assert "Anna Sørensen" in words_of(archive.read(names[1]))


def test_one_document_for_the_printer(staff, danish):
    ask(staff, danish, format="word")
    document = docx.Document(io.BytesIO(fetched(staff, danish)))
    assert len(document.sections) == 3
    words = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert words == [
        *("Spring", "Nordisk Lys A/S", "Spring", "Anna Sørensen", "Spring", "Jens Østergaard")
    ]


def test_files_of_the_same_minute_have_names_of_their_own(staff, danish):
    ask(staff, danish)
    job = LetterJob.objects.get()
    names = set()
    for seconds in (7, 8):
        LetterJob.objects.update(created_at=datetime(2026, 3, 1, 12, 30, seconds, tzinfo=UTC))
        names.add(staff.get(url(danish, "fetch_letters", pk=job.pk))["Content-Disposition"])
    assert sorted(names) == [
        f'attachment; filename="Letters SM00901 2026-03-01 13300{seconds}.zip"' for seconds in "78"
    ]


def test_each_job_says_what_was_chosen(staff, danish, cast):
    chosen = {"numbers": "1-3", "order": "postal_code", "batch": 2, "number": "on"}
    ask(
        staff,
        danish,
        language="en",
        line=list(danish.sheet().values_list("pk", flat=True)),
        **chosen,
    )
    said = (
        "numbers 1-3 · 3 ticked lines · English · By postal code · 2 in a batch · numbers printed"
    )
    assert said in staff.get(url(danish)).text
    staff.post(url(danish, "letters_again", pk=LetterJob.objects.get().pk), {"numbers": "2"})
    assert said.replace("1-3", "2") in staff.get(url(danish)).text


def test_a_long_list_of_numbers_folds(staff, danish):
    ask(staff, danish, numbers=", ".join(map(str, range(1, 40))))
    page = staff.get(url(danish)).text
    assert '<details class="chosen">' in page
    assert "37, 38, 39" in page


def test_all_letters_as_on_the_sheet_need_no_words(staff, danish):
    ask(staff, danish)
    assert 'class="chosen"' not in staff.get(url(danish)).text


def test_what_was_chosen_stays_chosen(staff, danish):
    chosen = {"what": "covers", "format": "word", "order": "name", "numbers": "1-2", "number": "on"}
    form = ask(staff, danish, language="en", **chosen).context["form"]
    assert {name: form[name].value() for name in chosen} == chosen
    assert form["language"].value() == "en"
    assert (form.is_for_printer, form.is_for_labels) == (True, True)


def test_what_was_chosen_stays_chosen_after_again(staff, danish):
    ask(staff, danish)
    page = staff.post(
        url(danish, "letters_again", pk=LetterJob.objects.get().pk),
        {"numbers": "2"},
        headers={"Referer": f"http://testserver{url(danish)}?order=name"},
        follow=True,
    )
    assert page.context["form"]["order"].value() == "name"


def test_a_word_document_of_ones_own_can_be_used_again(staff, danish):
    labels = {"what": "labels", "format": "word"}
    own = sheet_of_my_own("To {{ contact.name }}")
    page = ask(staff, danish, own=own, **labels)
    assert "labels.docx" in staff.get(url(danish)).text
    before = page.context["form"]["own_before"].value()
    ask(staff, danish, own_before=before, first_label=4, **labels)
    assert "To Anna" in words_in(fetched(staff, danish))
    page = ask(staff, danish, own_before=before, first_label=5, **labels)
    assert "The sheet has 4 labels." in page.text


def test_no_lines_no_letters(staff, segment):
    assert "has no lines" in ask(staff, segment).content.decode()
    assert not LetterJob.objects.exists()


def test_without_a_template_there_are_no_letters(staff, danish):
    operations.change_header(danish, by=None, template=TemplateFactory.create())
    page = ask(staff, danish, order="name")
    assert "the template has no Word document" in page.content.decode()
    assert page.context["form"]["order"].value() == "name", "what was chosen is kept"


def test_letters_of_several_word_documents_stand_in_one(staff, danish, cast):
    danish.sheet().filter(contact=cast.anna).update(language="da")
    ask(staff, danish, format="word")
    document = docx.Document(io.BytesIO(fetched(staff, danish)))
    words = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert [words.index(name) for name in ("Nordisk Lys A/S", "Anna Sørensen")] == [1, 3]
    assert "cannot stand in one" not in staff.get(url(danish)).text


def test_word_documents_that_differ_come_apart_and_the_page_says_why(staff, danish, cast, spring):
    danish.sheet().filter(contact=cast.anna).update(language="da")
    of_template = spring.documents.get(language="da")
    theme = ("word/theme/theme1.xml", 'typeface="Calibri"', 'typeface="Georgia"')
    data = documents.replaced(of_template.document.read(), *theme)
    of_template.document = Document.objects.store(data, name="da.docx")
    of_template.save()
    ask(staff, danish, format="word")
    assert len(names_in(fetched(staff, danish))) == 2
    page = staff.get(url(danish)).text
    assert "cannot stand in one" in page
    assert "at most 500" not in page, "only the reason that is true"


def test_whom_one_may_not_write_to_gets_no_letter_and_no_label(staff, danish, cast):
    """D1."""
    cast.anna.privacy_blocked = True
    cast.anna.save()
    for what, format_ in (("letters", "word_files"), ("labels", "word"), ("covers", "word")):
        page = ask(staff, danish, what=what, format=format_)
        assert "1 contact may not be written to" in page.content.decode()


def test_ticked_lines_alone(staff, danish, cast):
    line = danish.sheet().get(contact=cast.jens)
    page = staff.get(url(danish), {"line": line.pk})
    assert "For the 1 line that you ticked." in page.content.decode()
    ask(staff, danish, line=[line.pk])
    assert names_in(fetched(staff, danish)) == ["0003 Nordisk Lys A-S - Jens Østergaard.docx"]


def test_ticked_lines_stay_ticked_and_wait_for_no_other(staff, danish, cast):
    cast.anna.privacy_blocked = True
    cast.anna.save()
    line = danish.sheet().get(contact=cast.jens)
    page = ask(staff, danish, line=[line.pk])
    assert "For the 1 line that you ticked." in page.text
    assert names_in(fetched(staff, danish)) == ["0003 Nordisk Lys A-S - Jens Østergaard.docx"]


@pytest.mark.parametrize("what", ["letters", "labels"])
def test_some_numbers_wait_for_no_other(staff, danish, cast, what):
    cast.anna.privacy_blocked = True
    cast.anna.save()
    ask(staff, danish, what=what, format="word", numbers="3")
    assert "Jens" in words_in(fetched(staff, danish))
    page = ask(staff, danish, what=what, format="word", numbers="2-3")
    assert "1 contact may not be written to" in page.text


def test_a_letter_has_the_number_of_its_line_whatever_is_left_out(staff, danish, cast):
    danish.sheet().filter(contact=cast.jens).update(language="da")
    jens = ["0003 Nordisk Lys A-S - Jens Østergaard.docx"]
    ask(staff, danish, language="da")
    assert names_in(fetched(staff, danish)) == jens
    ask(staff, danish, numbers="3")
    assert names_in(fetched(staff, danish)) == jens


def test_in_another_order_letters_are_numbered_as_they_come(staff, danish):
    ask(staff, danish, order="name", numbers="2")
    assert names_in(fetched(staff, danish)) == ["0002 Nordisk Lys A-S - Jens Østergaard.docx"]


def test_labels_skip_who_has_no_address(staff, danish, cast):
    cast.jens.address = ""
    cast.jens.save()
    ask(staff, danish, what="labels", format="word", sheet="L7163", first_label=3)
    (table,) = docx.Document(io.BytesIO(fetched(staff, danish))).tables
    texts = [[cell.text.split("\n")[0] for cell in row.cells] for row in table.rows]
    assert texts == [["", "", ""], ["Nordisk Lys A/S", "", "Nordisk Lys A/S"]]


def test_labels_go_where_letters_may_be_posted(staff, danish, cast):
    """To the alternative address in force; to nobody who allows no letters."""
    cast.jens.address = ""
    cast.jens.save()
    summer = AlternativeAddress.objects.create(
        contact=cast.jens, code="SUMMER", address="Strandvej 9", postal_code="9990", city="Skagen"
    )
    AddressPeriod.objects.create(address=summer, starts_on=danish.date)
    Consent.objects.create(contact=cast.anna, channel="letter", given=False)
    danish.sheet().filter(contact=cast.anna).update(correspondence_type="email")
    ask(staff, danish, what="labels", format="word")
    words = words_in(fetched(staff, danish))
    assert "Strandvej 9" in words
    assert "Anna" not in words


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"what": "labels"}, "come as one file"),
        ({"what": "labels", "format": "word", "first_label": 22}, "The sheet has 21 labels."),
        ({"numbers": "3-1"}, "“3-1” is no range of numbers"),
        ({"batch": 0}, "greater than or equal to 1"),
        ({"format": "gold"}, "Select a valid choice"),
        ({"numbers": "9-10"}, "No letter is on that list."),
    ],
)
def test_what_cannot_be_is_said_at_its_place(staff, danish, values, complaint):
    assert complaint in ask(staff, danish, **values).content.decode()
    assert not LetterJob.objects.exists()


def test_without_libreoffice_the_page_says_what_to_install(staff, danish, settings):
    settings.SOFFICE = "/nowhere/soffice"
    assert "libreoffice-writer" in staff.get(url(danish)).content.decode()
    page = ask(staff, danish, format="pdf")
    assert "libreoffice-writer" in page.context["form"].errors["format"][0]


def test_many_letters_are_made_by_the_worker(
    staff, danish, settings, django_capture_on_commit_callbacks
):
    settings.LETTERS_AT_ONCE = 2
    with django_capture_on_commit_callbacks(execute=True):
        page = ask(staff, danish)
    assert "They are being made" in said(page)
    assert "hx-trigger" in page.content.decode()
    make_letters(LetterJob.objects.get().pk)
    page = staff.get(url(danish, "letter_jobs"), headers={"HX-Request": "true"})
    assert "hx-trigger" not in page.content.decode(), "it need not ask any more"
    assert len(names_in(fetched(staff, danish))) == 3


def test_it_is_told_that_the_segment_changed_since(staff, danish):
    ask(staff, danish)
    assert "changed since" not in staff.get(url(danish)).content.decode()
    add(danish, "country=SE")
    assert "changed since" in staff.get(url(danish)).content.decode()


def test_some_numbers_again_as_they_were(staff, danish, cast):
    ask(staff, danish)
    job = LetterJob.objects.get()
    cast.anna.first_name = "Annette"
    cast.anna.save()
    staff.post(url(danish, "letters_again", pk=job.pk), {"numbers": "2"})
    assert names_in(fetched(staff, danish)) == ["0002 Nordisk Lys A-S - Anna Sørensen.docx"]


def test_letters_can_be_fetched_after_logging(staff, danish):
    ask(staff, danish)
    logged = operations.log_segment(danish, by=None)
    assert url(danish) in staff.get(logged.get_absolute_url()).text
    assert "Fetch" in staff.get(url(danish)).content.decode()
    assert len(names_in(fetched(staff, danish))) == 3


def test_letters_of_another_segment_are_not_found(staff, danish):
    ask(staff, danish)
    job = LetterJob.objects.get()
    job.segment_number = "SM00999"
    job.save()
    assert staff.get(url(danish, "fetch_letters", pk=job.pk)).status_code == 404


def test_who_may_not_see_segments_fetches_nothing(client, staff, danish, django_user_model):
    ask(staff, danish)
    job = LetterJob.objects.get()
    client.force_login(django_user_model.objects.create_user("stranger"))
    for name in ("fetch_letters", "cancel_letters", "retry_letters", "letters_again"):
        assert client.post(url(danish, name, pk=job.pk)).status_code == 403


def test_the_page_takes_few_queries(staff, danish, django_assert_max_num_queries):
    for _time in range(3):
        ask(staff, danish)
    with django_assert_max_num_queries(16):
        staff.get(url(danish))


def sheet_of_my_own(text: str) -> io.BytesIO:
    """Two labels beside each other in each of two rows, as Word's "Labels" makes them."""
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = text
    stream = io.BytesIO()
    document.save(stream)
    stream.seek(0)
    stream.name = "labels.docx"
    return stream


def test_labels_from_a_word_document_of_ones_own(staff, danish):
    own = sheet_of_my_own("To {{ contact.name }}")
    page = ask(staff, danish, what="labels", format="word", first_label=3, own=own)
    assert not page.context["form"].errors
    (table,) = docx.Document(io.BytesIO(fetched(staff, danish))).tables
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts == [
        ["", ""],
        ["To Nordisk Lys A/S", "To Anna Sørensen"],
        ["To Jens Østergaard", ""],
        ["", ""],
    ]


def sheet_of_words_mailings() -> io.BytesIO:
    """Four labels with gaps between, as Word's Mailings, Labels leaves them: connected to a list.

    Every label but the first goes to the next recipient, in one of the two ways of writing that.
    """
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    labels = [table.cell(row, column).paragraphs[0] for row in (0, 1) for column in (0, 2)]
    for index, label in enumerate(labels):
        if index == 1:
            simple_field(label, " NEXT ", "«Next Record»")
        elif index:
            field(label, " NEXT ", "«Next Record»", cuts=2)
        field(label, ' ADDRESSBLOCK \\f "<<_FIRST0_>>" \\l 1030 \\c 0 ', "«AddressBlock»")
    stream = io.BytesIO(connected(documents.saved(document)))
    stream.name = "labels.docx"
    return stream


def test_labels_from_words_own_mailings(staff, danish):
    page = ask(staff, danish, what="labels", format="word", own=sheet_of_words_mailings())
    assert not page.context["form"].errors
    made = fetched(staff, danish)
    (table,) = docx.Document(io.BytesIO(made)).tables
    texts = [[cell.text.split("\n")[0] for cell in row.cells] for row in table.rows]
    assert texts == [["Nordisk Lys A/S", "", "Nordisk Lys A/S"], ["Nordisk Lys A/S", "", ""]]
    assert "NEXT" not in everything_in(made), "it goes on to the next by itself"
    assert "mailMerge" not in everything_in(made), "Word would ask for the list of recipients"


@needs_libreoffice
def test_labels_from_words_own_mailings_open_in_libreoffice(staff, danish, tmp_path):
    ask(staff, danish, what="labels", format="word", own=sheet_of_words_mailings())
    path = tmp_path / "labels.docx"
    path.write_bytes(fetched(staff, danish))
    (pdf,) = libreoffice.convert([path], tmp_path)
    (only,) = PdfReader(pdf).pages
    text = only.extract_text()
    assert text.count("8000 Aarhus") == 3
    assert "Anna Sørensen" in text
    assert "«" not in text


@pytest.mark.parametrize(
    ("own", "complaint"),
    [
        (lambda: sheet_of_my_own("{{ contact.shoe_size }}"), "shoe_size"),
        (lambda: sheet_of_my_own(" "), "no table with a field"),
        (lambda: io.BytesIO(b"no Word document"), "Word"),
    ],
)
def test_a_document_of_ones_own_that_cannot_be_used(staff, danish, own, complaint):
    page = ask(staff, danish, what="labels", format="word", own=own())
    assert complaint in str(page.context["form"].errors["own"])
    assert not LetterJob.objects.exists()
