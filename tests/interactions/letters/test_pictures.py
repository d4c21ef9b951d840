"""Our logo and a salesperson's signature stand in letters wherever their fields do."""

import io

import docx
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Pt
from PIL import Image

from interactions.letters.check import DocumentError, check_template
from interactions.letters.combinable import Combinable
from interactions.letters.combine import CombinedFile
from interactions.letters.engine import LetterTemplate
from interactions.letters.fields import example_fields
from interactions.letters.illustrations import NO_PICTURES
from interactions.letters.logo import (
    MAX_LOGO_SIZE,
    MAX_SIGNATURE_SIZE,
    logo_problem,
    signature_problem,
)
from interactions.letters.picture import EMU_PER_MM, LETTERHEAD, SIGNATURE, Picture, drawing
from interactions.letters.pictures import prepared
from interactions.letters.starter import BODIES, starter

from . import documents
from .word_documents import connected, word_letter

LOGO = documents.picture(200, 100).getvalue()
METTE = Picture(documents.picture(120, 40).getvalue(), "7", SIGNATURE)
LARS = Picture(documents.picture(90, 30).getvalue(), "8", SIGNATURE)
ANNA = example_fields()


def made(data: bytes, logo: bytes | None = LOGO):
    """The letter as Word opens it; its template had the logo put in its places."""
    template = LetterTemplate.load(prepared(data, logo))
    assert template.tier == "A"
    fields = {**ANNA, "company": {**ANNA["company"], "logo": "yes" if logo else ""}}
    return docx.Document(io.BytesIO(template.render(fields)))


def pictures(document) -> list[bytes]:
    embedded = document.element.body.xpath(".//a:blip/@r:embed")
    return [document.part.related_parts[relation].blob for relation in embedded]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ company.logo }}", ""),
        ("A {{company.logo}} B {{ contact.city }}", "A  B Aarhus C"),
        ("{% if company.logo %}[{{ company.logo }}]{% endif %}", "[]"),
    ],
)
def test_the_logo_stands_in_the_text(text, words):
    document = made(documents.letter(text))

    assert pictures(document) == [LOGO]
    assert document.paragraphs[0].text == words


def test_twice_and_cut_up_by_word():
    document = docx.Document()
    paragraph = document.add_paragraph("A")
    for piece in ("{", "{ comp", "any.lo", "go }", "} B {{ company.logo }}"):
        paragraph.add_run(piece).bold = True
    paragraph.add_run("C")

    letter = made(documents.saved(document))

    assert pictures(letter) == [LOGO, LOGO]
    assert letter.paragraphs[0].text == "A B C"
    ids = letter.element.body.xpath(".//wp:docPr/@id")
    assert len(set(ids)) == 2


def test_in_the_header_of_a_letter_with_pictures():
    document = docx.Document(io.BytesIO(documents.with_headers_and_pictures()))
    document.sections[0].header.paragraphs[0].add_run(" {{ company.logo }}")

    header = made(documents.saved(document)).sections[0].header

    blobs = [
        header.part.related_parts[relation].blob
        for relation in header._element.xpath(".//a:blip/@r:embed")
    ]
    assert len(blobs) == 2
    assert LOGO in blobs


def test_by_a_merge_field_of_word():
    document = made(connected(word_letter("{MERGEFIELD Vores_logo} {MERGEFIELD By}")))

    assert pictures(document) == [LOGO]
    assert document.paragraphs[0].text == " Aarhus C"


@pytest.mark.parametrize("text", ["[{{ company.logo }}]", "[{MERGEFIELD Our_Logo}]"])
def test_without_a_logo_its_place_is_empty(text):
    data = documents.letter(text) if "{{" in text else word_letter(text)
    document = made(data, None)

    assert pictures(document) == []
    assert document.paragraphs[0].text == "[]"


def test_where_there_can_be_no_picture_nothing_stands():
    document = docx.Document()
    document.core_properties.title = "Logo: {{ company.logo }}{{ contact.city }}"

    assert made(documents.saved(document)).core_properties.title == "Logo: Aarhus C"


def test_a_template_without_it_is_not_touched():
    data = documents.with_table()
    assert prepared(data, LOGO) is data


def test_a_large_picture_is_no_higher_than_a_letterhead():
    data = documents.picture(2000, 4000).getvalue()
    extent = drawing(1, "logo", Picture(data).values)[0].find("{*}extent")
    assert int(extent.get("cy")) == LETTERHEAD.height
    assert int(extent.get("cx")) == LETTERHEAD.height // 2


def test_the_resolution_counts():
    stream = io.BytesIO()
    Image.new("RGB", (300, 150)).save(stream, "JPEG", dpi=(300, 300))
    extent = drawing(1, "logo", Picture(stream.getvalue()).values)[0].find("{*}extent")
    assert round(int(extent.get("cx")) / EMU_PER_MM, 1) == 25.4


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a PNG or JPEG"),
        (b"GIF89a" + b"x" * 99, "not a PNG or JPEG"),
        (LOGO[:60], "not a PNG or JPEG"),
        (b"x" * (MAX_LOGO_SIZE + 1), "larger than 2 MB"),
        (documents.picture(3000, 2000).getvalue(), "4 million pixels"),
        (LOGO, ""),
    ],
)
def test_what_can_be_a_logo(data, reason):
    problem = logo_problem(data)
    assert reason in problem
    assert bool(problem) == bool(reason)


@pytest.mark.parametrize("language", BODIES)
def test_the_letter_to_begin_with_passes_the_check(language):
    template = check_template(starter(language))

    assert template.tier == "A"
    assert "company.logo" in template.fields
    text = documents.words(template.render(ANNA))
    assert ANNA["contact"]["address_block"] in text
    assert "{" not in text


@pytest.mark.parametrize(("data", "logo"), [(b"x", LOGO), (documents.with_table(), b"x")])
def test_what_is_damaged_changes_nothing(data, logo):
    assert prepared(data, logo) is data


class TestSignature:
    """A picture that differs from letter to letter, at the speed of text."""

    FIELD = "salesperson.signature"

    def signed(self, data: bytes, by: Picture | None):
        template = LetterTemplate.load(prepared(data, LOGO))
        assert template.tier == "A"
        return docx.Document(
            io.BytesIO(template.render(ANNA, {self.FIELD: by} if by else NO_PICTURES))
        )

    def test_each_letter_has_that_of_its_salesperson(self):
        data = documents.letter("Regards {{ salesperson.signature }} {{ salesperson.name }}")
        template = LetterTemplate.load(prepared(data, LOGO))

        for by in (METTE, LARS, METTE):
            letter = template.render(ANNA, {self.FIELD: by})
            assert pictures(docx.Document(io.BytesIO(letter))) == [by.data]
            assert sum("media/" in name for name in documents.members(letter)) == 1

    def test_a_letter_without_one_has_an_empty_place(self):
        data = documents.letter("[{{ salesperson.signature }}]")
        document = self.signed(data, None)

        assert pictures(document) == []
        assert document.paragraphs[0].text == "[]"

    def test_beside_the_logo_in_a_condition_in_body_and_header(self):
        document = docx.Document(io.BytesIO(documents.with_headers_and_pictures()))
        document.add_paragraph("{{ company.logo }} {% if 1 %}{{salesperson.signature}}{% endif %}")
        header = document.sections[0].header.paragraphs[0]
        header.add_run("{{ sales").bold = True
        header.add_run("person.signature }}")

        letter = self.signed(documents.saved(document), METTE)

        assert pictures(letter)[-2:] == [LOGO, METTE.data]
        header = letter.sections[0].header
        shown = header._element.xpath(".//a:blip/@r:embed")
        assert header.part.related_parts[shown[-1]].blob == METTE.data

    def test_by_a_merge_field_of_word(self):
        document = self.signed(word_letter("{MERGEFIELD Underskrift} {MERGEFIELD By}"), LARS)
        assert pictures(document) == [LARS.data]
        assert document.paragraphs[0].text == " Aarhus C"

    def test_joined_letters_have_each_their_own(self):
        document = docx.Document()
        document.sections[0].footer.paragraphs[0].text = "{{ salesperson.signature }}"
        document.add_paragraph("{{ salesperson.signature }} {{ contact.name }}")
        combinable = Combinable(prepared(documents.saved(document), LOGO))
        stream = io.BytesIO()
        file = CombinedFile(combinable, stream)
        for number, by in enumerate((METTE, LARS, None, METTE), start=1):
            file.add(ANNA, number, {self.FIELD: by} if by else NO_PICTURES)
        file.close()

        joined = docx.Document(stream)

        assert pictures(joined) == [METTE.data, LARS.data, METTE.data]
        footers = [section.footer for section in joined.sections]
        shown = [footer._element.xpath(".//a:blip/@r:embed") for footer in footers]
        assert [len(each) for each in shown] == [1, 1, 0, 1]
        assert footers[1].part.related_parts[shown[1][0]].blob == LARS.data
        assert sum("media/" in name for name in documents.members(stream.getvalue())) == 2

    def test_it_is_no_larger_than_a_signature(self):
        large = Picture(documents.picture(1000, 1000).getvalue(), "9", SIGNATURE)
        assert large.values["height"] == str(20 * EMU_PER_MM)

    @pytest.mark.parametrize("where", ["paragraph", "style"])
    def test_lines_of_an_exact_height_do_not_cut_it_off(self, where):
        document = docx.Document()
        paragraph = document.add_paragraph("{{ salesperson.signature }}")
        of = paragraph if where == "paragraph" else document.styles["Normal"]
        of.paragraph_format.line_spacing = Pt(12)
        of.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        letter = self.signed(documents.saved(document), METTE)
        rule = letter.paragraphs[0].paragraph_format.line_spacing_rule
        assert rule == WD_LINE_SPACING.AT_LEAST

    @pytest.mark.parametrize("inner", ["relation", "width"])
    def test_no_author_can_name_what_describes_it(self, inner):
        data = documents.letter(f"{{{{ _salesperson_signature.{inner} }}}}")
        with pytest.raises(DocumentError, match="is not a field"):
            check_template(data)

    def test_what_can_be_a_signature(self):
        assert signature_problem(METTE.data) == ""
        assert "512 kB" in signature_problem(b"x" * (MAX_SIGNATURE_SIZE + 1))
