"""The letters of the demo are letters that the engine makes."""

import datetime
import io
import zipfile

import docx
import pytest

from interactions.delivery.text import check_text
from interactions.letters.check import check_template, load_template
from interactions.letters.fields import NAMES, example_fields
from segments_app.demo.emails import email_text
from segments_app.demo.letters.letter import letter_template
from segments_app.demo.letters.text import LetterText, letter_texts
from segments_app.demo.templates import TEMPLATES

TEXTS = letter_texts(datetime.date(2027, 4, 15))


def text_of(code: str, language: str) -> LetterText:
    return next(text for text in TEXTS if (text.code, text.language) == (code, language))


def words_in(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as letter:
        parts = [name for name in letter.namelist() if name.startswith("word/") and "xml" in name]
        return "\n".join(letter.read(name).decode() for name in parts if name.endswith(".xml"))


def test_every_template_has_a_letter_in_two_languages_and_spring_in_four():
    languages = {template.code: set[str]() for template in TEMPLATES}
    for text in TEXTS:
        languages[text.code].add(text.language)
    assert len(languages) == 6
    assert all(len(known) >= 2 for known in languages.values())
    assert languages["SPRING"] == {"da", "sv", "de", "en"}
    for template in TEMPLATES:
        assert template.language in languages[template.code]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text.code}-{text.language}")
def test_every_letter_compiles_and_uses_known_fields_only(text):
    template = load_template(letter_template(text))
    assert template.fields <= NAMES
    assert template.tier == "A"
    assert {"contact.address_block", "interaction.comment", "company.iban"} <= template.fields
    words = words_in(template.render(example_fields()))
    assert "{{" not in words
    assert "{%" not in words
    assert "&lt;&lt;" not in words


def test_a_letter_passes_the_check_that_uploads_must_pass():
    check_template(letter_template(text_of("PRICE", "da")))


def test_the_comment_stands_in_the_letter_of_the_contact_it_is_for():
    template = load_template(letter_template(text_of("SPRING", "da")))
    fields = example_fields()
    fields["interaction"]["comment"] = "Tak for sidst!"
    assert "Tak for sidst!" in words_in(template.render(fields))
    fields["interaction"]["comment"] = ""
    words = docx.Document(io.BytesIO(template.render(fields))).paragraphs
    assert not [p for p in words if not p.text and p._p.xpath("./w:pPr/w:pBdr")]


def test_an_event_has_a_date_in_the_language_of_the_letter():
    assert any("torsdag den 15. april" in block for block in text_of("EVENT", "da").blocks)
    assert any("Thursday 15 April" in block for block in text_of("EVENT", "en").blocks)


def test_equal_text_makes_equal_bytes():
    assert letter_template(text_of("WELCOME", "sv")) == letter_template(text_of("WELCOME", "sv"))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text.code}-{text.language}")
def test_every_e_mail_passes_the_check_of_templates(text):
    check_text(text.subject, one_line=True)
    check_text(email_text(text))
    assert "email.unsubscribe_link" in email_text(text)
