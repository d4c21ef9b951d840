"""Documents made with Word's mail merge work as they are."""

import io

import docx
import pytest

from interactions.letters.check import DocumentError, check_letter, check_template
from interactions.letters.engine import LetterTemplate
from interactions.letters.fields import MERGE_FIELDS, NAMES, example_fields
from interactions.letters.word_fields.formats import LETTER, date_pattern, read_number
from interactions.letters.word_fields.names import CAPTIONS, field_named, suggestions

from . import documents
from .word_documents import code, connected, field, mark, simple_field, word_letter, write

ANNA = example_fields()


def letter(data: bytes, **changes) -> str:
    fields = {**ANNA, **{group: {**ANNA[group], **new} for group, new in changes.items()}}
    return documents.words(LetterTemplate.load(data).render(fields)).strip()


def line(text: str, cuts=1, **changes) -> str:
    return letter(word_letter(text, cuts=cuts), **changes)


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as refused:
        check_template(data)
    return " ".join(refused.value.messages)


class TestMergeFields:
    @pytest.mark.parametrize("cuts", [1, 3, 20])
    def test_a_field_becomes_the_contacts_value(self, cuts):
        assert line("Kære { MERGEFIELD First_Name }!", cuts) == "Kære Anna!"

    def test_a_simple_field(self):
        document = docx.Document()
        paragraph = document.add_paragraph("Kære ")
        simple_field(paragraph, " MERGEFIELD Fornavn  \\* MERGEFORMAT ").bold = True
        paragraph.add_run(", hej")

        data = documents.saved(document)

        assert letter(data) == "Kære Anna, hej"
        rendered = docx.Document(io.BytesIO(LetterTemplate.load(data).render(ANNA)))
        (run,) = (run for run in rendered.paragraphs[0].runs if run.text == "Anna")
        assert run.bold

    def test_a_field_without_a_result(self):
        document = docx.Document()
        field(document.add_paragraph(), "MERGEFIELD City", result="")
        assert letter(documents.saved(document)) == "Aarhus C"

    @pytest.mark.parametrize(
        ("switches", "bold"), [("", True), ("\\* MERGEFORMAT", False), ("\\* CHARFORMAT", True)]
    )
    def test_the_value_is_formatted_as_word_would(self, switches, bold):
        """As the instruction, with MERGEFORMAT as the result."""
        document = docx.Document()
        paragraph = document.add_paragraph()
        field(paragraph, f"MERGEFIELD Name {switches}", "«Name»")
        for run in paragraph.runs:
            run.bold = "«" not in run.text
            run.italic = True

        rendered = LetterTemplate.load(documents.saved(document)).render(ANNA)

        (run,) = (run for run in docx.Document(io.BytesIO(rendered)).paragraphs[0].runs)
        assert (run.text, bool(run.bold), run.italic) == ("Anna Marie Sørensen", bold, True)

    def test_in_headers_footers_footnotes_tables_and_text_boxes(self):
        document = docx.Document()
        write(document.sections[0].header.paragraphs[0], "{MERGEFIELD COMPA_Name}")
        write(document.sections[0].footer.paragraphs[0], "CVR {MERGEFIELD COMPA_CVR-nr.}")
        write(document.add_table(1, 1).cell(0, 0).paragraphs[0], "{MERGEFIELD CONTA_City}")
        template = check_template(documents.saved(document))

        members = documents.members(template.render(ANNA))

        assert b"Fjord A/S" in members["word/header1.xml"]
        assert b"DK87654321" in members["word/footer1.xml"]
        assert b"Aarhus C" in members["word/document.xml"]
        assert [field.place for field in template.word_fields] == ["body", "header", "footer"]

    def test_in_a_text_box_and_a_footnote(self):
        run = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        instruction = "<w:r><w:instrText> MERGEFIELD Fornavn </w:instrText></w:r>"
        whole = run.format("begin") + instruction + run.format("end")
        for make, part in (
            (documents.with_text_box, "document"),
            (documents.with_footnotes, "footnotes"),
        ):
            data = documents.replaced(
                make(), f"word/{part}.xml", "<w:p><w:r>", f"<w:p>{whole}<w:r>"
            )
            members = documents.members(LetterTemplate.load(data).render(ANNA))
            assert b"Anna</w:t>" in members[f"word/{part}.xml"]
            assert b"instrText" not in members[f"word/{part}.xml"]

    def test_both_ways_in_one_document(self):
        assert line("{MERGEFIELD Fornavn} ").startswith("Anna")
        document = docx.Document()
        write(document.add_paragraph("{% if contact.city %}"), "{MERGEFIELD Fornavn}")
        document.paragraphs[0].add_run("{% endif %} in {{ contact.city }}")
        assert letter(documents.saved(document)) == "Anna in Aarhus C"

    def test_other_fields_of_word_stay(self):
        document = docx.Document()
        field(document.add_paragraph("Page "), "PAGE", "1")
        simple_field(document.add_paragraph(), " DATE ", "today")
        field(document.add_paragraph(), 'IF {PAGE} > 1 "more" ""', "")
        data = documents.saved(document)

        assert LetterTemplate.load(data).word_fields == ()
        body = documents.members(LetterTemplate.load(data).render(ANNA))["word/document.xml"]
        assert body.count(b"instrText") == 2 * 4
        assert b"fldSimple" in body

    def test_an_address_block_over_several_paragraphs(self):
        """Word leaves its last preview in the document."""
        document = docx.Document()
        first, last = document.add_paragraph("To: "), document.add_paragraph()
        mark(first, "begin")
        write(first, "")
        field_code = first.add_run()._r
        field_code.append(field_code.makeelement(f"{{{first._p.nsmap['w']}}}instrText"))
        field_code[0].text = " ADDRESSBLOCK \\f <<_FIRST0_>> "
        mark(first, "separate")
        first.add_run("Bo Hansen")
        middle = last.insert_paragraph_before("Nygade 1")
        last.add_run("4000 Roskilde")
        mark(last, "end")
        last.add_run(" - end")

        text = letter(documents.saved(document))

        assert middle is not None
        assert text == f"To: {ANNA['contact']['address_block']} - end"

    @pytest.mark.parametrize(
        ("instruction", "expected"),
        [
            ('ADDRESSBLOCK \\f "<<_TITLE0_ >><<_LAST0_>>" \\l 1030', "address_block"),
            ('GREETINGLINE \\f "<<_BEFORE_ Dear >><<_LAST0_>>"', "formal_salutation"),
            ('GREETINGLINE \\f "<<_BEFORE_ Hi >><<_FIRST0_>>"', "informal_salutation"),
            ("MERGEFIELD GreetingLine", "formal_salutation"),
            ("MERGEFIELD AddressBlock", "address_block"),
        ],
    )
    def test_words_blocks(self, instruction, expected):
        assert line(f"{{ {instruction} }}") == ANNA["contact"][expected]

    def test_a_greeting_when_there_is_none(self):
        text = '{ GREETINGLINE \\f "<<_LAST0_>>" \\e "Dear Sir or Madam," }'
        assert line(text, contact={"formal_salutation": ""}) == "Dear Sir or Madam,"


class TestSwitches:
    @pytest.mark.parametrize(
        ("switch", "expected"),
        [
            ("\\* Upper", "ANNA MARIE o'NEILL-ØRSTED".upper()),
            ("\\* lower", "anna marie o'neill-ørsted"),
            ("\\* FirstCap", "Anna marie o'Neill-ørsted"),
            ("\\*Caps", "Anna Marie O'Neill-Ørsted"),
            ("\\* lower \\* Caps", "Anna Marie O'neill-Ørsted"),
            ('\\b "Att. "', "Att. anna marie o'Neill-ørsted"),
            ('\\f", here"', "anna marie o'Neill-ørsted, here"),
            ("\\b “(” \\f “)” \\* Upper", "(ANNA MARIE O'NEILL-ØRSTED)"),
            ('\\b "say \\"hi\\" to "', 'say "hi" to anna marie o\'Neill-ørsted'),
        ],
    )
    def test_text(self, switch, expected):
        name = {"name": "anna marie o'Neill-ørsted"}
        assert line(f"{{ MERGEFIELD Name {switch} }}", contact=name) == expected

    def test_nothing_stands_around_nothing(self):
        text = 'x{ MERGEFIELD Address_2 \\b ", " \\f "." }x'
        assert line(text, contact={"address_2": ""}) == "xx"

    @pytest.mark.parametrize(
        ("picture", "language", "expected"),
        [
            ("d. MMMM yyyy", "da", "22. november 2026"),
            ("d MMMM yyyy", "de", "22 November 2026"),
            ("dddd 'den' d. MMMM", "da", "søndag den 22. november"),
            ("dd-MM-yy", "da", "22-11-26"),
            ("dd-MM-åååå", "da", "22-11-2026"),
            ("dd/MM/YYYY", "en", "22/11/2026"),
            ("ddd d MMM", "en", "Sun 22 Nov"),
            ("M", "en", "11"),
        ],
    )
    def test_dates(self, picture, language, expected):
        text = f'{{ MERGEFIELD Dato \\@ "{picture}" }}'
        assert line(text, **{LETTER: {"language": language}}) == expected

    def test_what_is_no_date_stays_as_it_is(self):
        assert line('{ MERGEFIELD Name \\@ "d. MMMM" }') == "Anna Marie Sørensen"
        assert (
            line('{ MERGEFIELD Dato \\@ "d. MMMM" }', **{LETTER: {"date": ""}})
            == (ANNA["interaction"]["date"])
        )

    @pytest.mark.parametrize(
        ("number", "picture", "language", "expected"),
        [
            ("1234,5", "# ##0,00", "da", "1 234,50"),
            ("1234,5", "# ##0,00", "en", "1 234.50"),
            ("1234567.891", "#.##0,00", "da", "1.234.567,89"),
            ("1234567.891", "#,##0.00", "en", "1,234,567.89"),
            ("1234", "#.##0", "da", "1.234"),
            ("1234", "#,##0", "en", "1,234"),
            ("1.234,50", "0,00", "da", "1234,50"),
            ("2,345", "0,00", "da", "2,35"),
            ("7", "000", "da", "007"),
            ("0,5", "#,##", "da", ",5"),
            ("12", "'kr. '0,00", "da", "kr. 12,00"),
            ("12", "0 %", "da", "12 %"),
            ("-12", "0,0", "da", "-12,0"),
            ("-12", "0;(0)", "da", "(12)"),
            ("0", "0;-0;none", "da", "none"),
            ("Anna", "0,00", "da", "Anna"),
            ("9" * 40, "0,00", "da", "9" * 40),
        ],
    )
    def test_numbers(self, number, picture, language, expected):
        text = f'{{ MERGEFIELD Beskrivelse \\# "{picture}" }}'
        fields = {"interaction": {"description": number}, LETTER: {"language": language}}
        assert line(text, **fields) == expected


class TestIf:
    @pytest.mark.parametrize(
        ("test", "holds"),
        [
            ('{MERGEFIELD City} = "Aarhus C"', True),
            ('{MERGEFIELD City}="Aarhus C"', True),
            ('{MERGEFIELD City} = "aarhus c"', False),
            ('{MERGEFIELD City} <> "Aarhus C"', False),
            ('{MERGEFIELD City} = "Aarhus*"', True),
            ('{MERGEFIELD City} <> "Aarhus*"', False),
            ('{MERGEFIELD City} = "?arhus C"', True),
            ('"{MERGEFIELD City}" = "Odense*"', False),
            ('{MERGEFIELD City \\* Upper} = "AARHUS C"', True),
            ("{MERGEFIELD Postnr} > 7999", True),
            ("{MERGEFIELD Postnr} >= 8000", True),
            ("{MERGEFIELD Postnr} < 10000", True),
            ("{MERGEFIELD Postnr} <= 7999,5", False),
            ('{MERGEFIELD Fornavn} < "Bo"', True),
            ('{MERGEFIELD Fornavn} = "{MERGEFIELD Fornavn}"', True),
            ('{MERGEFIELD Amt} = ""', False),
            ('{IF {MERGEFIELD Postnr} = 8000 "a" "b"} = "a"', True),
        ],
    )
    @pytest.mark.parametrize("cuts", [1, 4])
    def test_comparisons(self, test, holds, cuts):
        text = line(f'[{{ IF {test} "yes" "no" }}]', cuts)
        assert text == ("[yes]" if holds else "[no]")

    def test_fields_and_other_ifs_within_the_texts(self):
        text = (
            'To { IF {MERGEFIELD Firma} = "" "{MERGEFIELD Fornavn} at home" '
            '"{MERGEFIELD Firma}{IF {MERGEFIELD City} = "Aarhus*" ", Aarhus" ""} & co" }.'
        )
        assert line(text) == "To Havn & Co, Aarhus & co."
        assert line(text, contact={"city": "Odense"}) == "To Havn & Co & co."
        assert line(text, contact={"company_name": ""}) == "To Anna at home."

    def test_a_field_alone_and_no_second_text(self):
        assert line("[{ IF {MERGEFIELD City} = x 1 {MERGEFIELD City} }]") == "[Aarhus C]"
        assert line('[{ IF {MERGEFIELD City} = x "1" \\* MERGEFORMAT }]') == "[]"

    def test_data_is_never_a_pattern(self):
        text = '{ IF {MERGEFIELD Fornavn} = {MERGEFIELD Efternavn} "same" "other" }'
        assert line(text, contact={"surname": "*"}) == "other"

    def test_formatting_and_fields_of_word_within_the_texts_stay(self):
        document = docx.Document()
        paragraph = document.add_paragraph()
        mark(paragraph, "begin")
        code(paragraph, ' IF "')
        field(paragraph, "MERGEFIELD City")
        code(paragraph, '" = "Aarhus*" "Page ')
        field(paragraph, "PAGE", "1")
        code(paragraph, ' is bold" "no"').bold = True
        mark(paragraph, "separate")
        paragraph.add_run("old result")
        mark(paragraph, "end")

        data = LetterTemplate.load(documents.saved(document)).render(ANNA)

        body = documents.members(data)["word/document.xml"].decode()
        assert documents.words(data).strip() == "Page 1 is bold"
        assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> is bold</w:t>' in body
        assert body.count("fldChar ") == 3
        assert body.count("instrText ") == 1

    @pytest.mark.parametrize("city", ["Aarhus C", "Odense"])
    def test_texts_of_several_paragraphs(self, city):
        document = docx.Document()
        first = document.add_paragraph("A ")
        mark(first, "begin")
        code(first, " IF ")
        field(first, "MERGEFIELD City")
        code(first, ' = "Aarhus*" "one')
        second = document.add_paragraph()
        code(second, "two")
        third = document.add_paragraph()
        code(third, 'three" ')
        fourth = document.add_paragraph()
        code(fourth, '"else" ')
        mark(fourth, "separate")
        fourth.add_run("old")
        last = document.add_paragraph("result")
        mark(last, "end")
        last.add_run(" Z")

        text = letter(documents.saved(document), contact={"city": city})

        assert text == ("A one\ntwo\nthree Z" if city == "Aarhus C" else "A else Z")


class TestBlankLines:
    """Word leaves out a line of merge fields when all of them are empty."""

    LINES = ("{MERGEFIELD Navn}", "{MERGEFIELD Adresse_2}", "{MERGEFIELD Postnr} {MERGEFIELD By}")

    def test_a_line_of_empty_fields_is_left_out(self):
        data = word_letter(*self.LINES)
        assert letter(data, contact={"address_2": ""}) == "Anna Marie Sørensen\n8000 Aarhus C"
        assert letter(data) == "Anna Marie Sørensen\n3. tv.\n8000 Aarhus C"

    def test_not_when_the_document_says_so(self):
        data = connected(word_letter(*self.LINES), "<w:doNotSuppressBlankLines/>")
        assert letter(data, contact={"address_2": ""}) == "Anna Marie Sørensen\n\n8000 Aarhus C"

    def test_not_when_there_is_a_word_beside_them(self):
        data = word_letter("A", "Floor: {MERGEFIELD Adresse_2}", "B")
        assert letter(data, contact={"address_2": ""}) == "A\nFloor: \nB"

    def test_a_cell_keeps_its_only_paragraph(self):
        document = docx.Document()
        write(document.add_table(1, 1).cell(0, 0).paragraphs[0], "{MERGEFIELD Adresse_2}")
        data = LetterTemplate.load(documents.saved(document)).render(
            {**ANNA, "contact": {**ANNA["contact"], "address_2": ""}}
        )
        assert len(docx.Document(io.BytesIO(data)).tables[0].cell(0, 0).paragraphs) == 1


class TestRefusals:
    def test_unknown_names_are_all_listed_with_suggestions(self):
        message = refusal(word_letter("{MERGEFIELD Fristname} {MERGEFIELD Shoe_Size}"))

        assert "merge field “Fristname” in the text is not known. Did you mean" in message
        assert "“contact.first_name”" in message
        assert "merge field “Shoe_Size” in the text is not known." in message

    @pytest.mark.parametrize(
        "kind", ["NEXT", 'NEXTIF {MERGEFIELD City} = "x"', "SKIPIF 1 = 1", "MERGEREC", "MERGESEQ"]
    )
    def test_fields_that_lead_to_other_recipients(self, kind):
        assert "leads to another recipient" in refusal(word_letter(f"{{ {kind} }}"))

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ('{ HYPERLINK "mailto:{MERGEFIELD Email}" }', "has a merge field in it"),
            ("{ = {MERGEFIELD Nr} * 2 }", "has a merge field in it"),
            ('{ MERGEFIELD "{MERGEFIELD x}" }', "has a merge field in it"),
            ('{ IF {PAGE} = 1 "{MERGEFIELD City}" "" }', "compares something that only Word"),
            ("{ IF {MERGEFIELD City} }", "cannot be understood"),
            ('{ IF {MERGEFIELD City} == 1 "x" "y" }', ""),
        ],
    )
    def test_what_cannot_be_merged(self, text, reason):
        if reason:
            assert reason in refusal(word_letter(text))
        else:
            check_template(word_letter(text))

    def test_a_field_without_an_end(self):
        document = docx.Document()
        paragraph = document.add_paragraph()
        mark(paragraph, "begin")
        code(paragraph, "MERGEFIELD City")
        assert "“MERGEFIELD City” in the text has no end" in refusal(documents.saved(document))

    def test_a_field_from_a_paragraph_into_a_table(self):
        document = docx.Document()
        mark(document.add_paragraph(), "begin")
        code(document.paragraphs[0], "MERGEFIELD City")
        mark(document.add_table(1, 1).cell(0, 0).paragraphs[0], "end")
        assert "begins in one kind of place" in refusal(documents.saved(document))

    def test_no_tag_can_name_what_only_switches_use(self):
        message = refusal(documents.letter("{{ _letter.language }} {{ _word.f1 }}"))
        assert "“_letter.language” is not a field" in message
        assert "“_word.f1” is not a field" in message
        assert "no filter “_case”" in refusal(documents.letter("{{ contact.name|_case('upper') }}"))


HOSTILE = '{{ 7 * 7 }} " \\* Upper } {% raw %} {MERGEFIELD City} <b>&amp;'


class TestSafety:
    @pytest.mark.parametrize(
        "text",
        [
            "{MERGEFIELD Name}",
            '{MERGEFIELD Name \\b "x"}',
            '{ IF {MERGEFIELD Name} <> "" "x{MERGEFIELD Name}" "" }',
        ],
    )
    def test_what_stands_in_data_is_text(self, text):
        assert line(text, contact={"name": HOSTILE}).removeprefix("x") == HOSTILE

    def test_an_authors_texts_are_text(self):
        text = '{ IF {MERGEFIELD City} = "a\' ~ contact.name ~ \'" "x" "%> & <y>" }'
        assert line(text) == "%> & <y>"

    def test_what_looks_like_a_tag_in_a_switch_is_text(self):
        document = docx.Document()
        paragraph = document.add_paragraph()
        mark(paragraph, "begin")
        code(paragraph, ' MERGEFIELD City \\b "{{ 7 * 7 }} & " ')
        mark(paragraph, "end")
        assert letter(documents.saved(document)) == "{{ 7 * 7 }} & Aarhus C"

    def test_a_list_of_recipients_is_left_behind(self):
        """Word would ask to open it with every letter."""
        data = connected(word_letter("Kære {MERGEFIELD Kaldenavn}"))

        made = check_template(data).render(ANNA)

        assert documents.words(made).strip() == "Kære Anna"
        members = documents.members(made)
        assert b"mailMerge" not in members["word/settings.xml"]
        assert b"Customers.xlsx" not in members["word/_rels/settings.xml.rels"]
        check_letter(made)

    def test_a_finished_letter_may_not_be_connected(self):
        data = connected(word_letter("Kære {MERGEFIELD Fornavn}"))
        with pytest.raises(DocumentError, match="connected to a list of recipients"):
            check_letter(data)


class TestNames:
    def test_every_field_of_ours_has_names(self):
        assert set(CAPTIONS) == NAMES

    @pytest.mark.parametrize("name", [field.name for field in MERGE_FIELDS])
    def test_ours(self, name):
        assert field_named(name) == name
        assert field_named(name.upper()) == name

    @pytest.mark.parametrize(
        ("name", "ours"),
        [
            ("First_Name", "contact.first_name"),
            ("Last Name", "contact.surname"),
            ("Efternavn", "contact.surname"),
            ("Company", "contact.company_name"),
            ("Company_Name", "contact.company_name"),
            ("Address_Line_1", "contact.address"),
            ("Address_1", "contact.address"),
            ("Postal Code", "contact.postal_code"),
            ("ZIP_Code", "contact.postal_code"),
            ("Postnr", "contact.postal_code"),
            ("Title", "contact.job_title"),
            ("Email_Address", "contact.email"),
            ("CONTA_Name", "contact.name"),
            ("CONTA_E_Mail", "contact.email"),
            ("CONTA_CALC_Formal_Salutation", "contact.formal_salutation"),
            ("CALC_Formal_Salutation", "contact.formal_salutation"),
            ("CountryRegion_Code", "contact.country"),
            ("Contact_Mail_Address", "contact.address_block"),
            ("SALES_Name", "salesperson.name"),
            ("SALES_Phone_No", "salesperson.phone"),
            ("Salesperson_Job_Title", "salesperson.job_title"),
            ("COMPA_Name", "company.name"),
            ("COMPA_Post_Code", "company.postal_code"),
            ("COMPA_SWIFT_Code", "company.swift"),
            ("COMPA_IBAN", "company.iban"),
            ("Company_Information_Phone_No", "company.phone"),
            ("Document_Date", "interaction.date"),
            ("Document_Campaign_No", "campaign.number"),
            ("Document_Segment_No", "segment.number"),
            ("Document_Subject", "interaction.subject"),
            ("Dato", "interaction.date"),
            ("Sælger_Navn", "salesperson.name"),
            ("Shoe size", None),
            ("", None),
        ],
    )
    def test_others(self, name, ours):
        assert field_named(name) == ours

    def test_suggestions_are_ours_without_repeating(self):
        assert suggestions("Fornavne1")[0] == "contact.first_name"
        assert suggestions("qqqq") == []


@pytest.mark.parametrize("text", ["", "-", "1.2.3.4,5,6", "+45 86 12 34 56 78", "8000 Aarhus"])
def test_only_numbers_are_numbers(text):
    number = read_number(text)
    assert number is None or number == number.to_integral_value() or "," in text


def test_a_picture_of_letters_that_mean_nothing():
    assert date_pattern("xQ'") == "'xQ'"


class TestTagsInFields:
    """What a contact is called must never become an instruction to Word."""

    @pytest.mark.parametrize(
        "instruction",
        ["{{ contact.name }}", 'HYPERLINK "{{ contact.home_page }}"', 'IF "{{ x }}" = "" "a" "b"'],
    )
    def test_a_tag_in_an_instruction_is_refused(self, instruction):
        document = docx.Document()
        paragraph = document.add_paragraph()
        mark(paragraph, "begin")
        for part in (instruction[:4], instruction[4:]):
            code(paragraph, part)
        mark(paragraph, "end")
        assert "has a merge field in its instruction" in refusal(documents.saved(document))

    def test_in_a_simple_field_too(self):
        document = docx.Document()
        simple_field(document.add_paragraph(), "{{ contact.name }}")
        assert "has a merge field in its instruction" in refusal(documents.saved(document))

    def test_beside_a_field_it_is_welcome(self):
        assert line("{ PAGE } Anna").endswith("Anna")
