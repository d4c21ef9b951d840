"""The engine's letters are docxtpl's letters, part by part."""

import io
import zipfile
from functools import cache, lru_cache

import docx
import pytest
from docxtpl import DocxTemplate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from interactions.letters.engine import LetterTemplate
from interactions.letters.grammar import lines, printable
from interactions.letters.members import isal_deflate, zlib_deflate
from interactions.letters.problems import Refused

from . import documents

ALPHABET = st.one_of(
    st.sampled_from("abcæøåÆØÅßéñ &<>\"'{}%#_/;\n\n\t\u00a0\u2028אבגمرحبا\u200f漢字🎉"),
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]),
)
TEXT = st.text(ALPHABET, max_size=40).filter(
    lambda text: not any(mark in text for mark in ("{_{", "}_}", "{_%", "%_}"))
)
FIELDS = st.fixed_dictionaries(
    {
        "contact": st.fixed_dictionaries(
            {
                "name": TEXT,
                "first_name": st.one_of(TEXT, st.just("Anna")),
                "is_company": st.sampled_from(["yes", ""]),
                "vat_number": TEXT,
                "address_block": TEXT,
            }
        ),
        "company": st.fixed_dictionaries({"name": TEXT}),
        "interaction": st.fixed_dictionaries({"comment": TEXT, "subject": TEXT}),
    }
)
ANNA = {
    "contact": {
        "name": "Anna Sørensen",
        "first_name": "Anna",
        "is_company": "",
        "vat_number": "DK12345678",
        "address_block": "Havn & Co\nHavnegade 1\n8000 Aarhus C",
    },
    "company": {"name": "Fjord A/S"},
    "interaction": {"comment": "One\nTwo\tand three", "subject": "You are invited"},
}


def docxtpl_letter(data: bytes, fields) -> bytes:
    """What docxtpl makes of it, in an environment that escapes and is strict."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.filters["lines"] = lines
    template = DocxTemplate(io.BytesIO(data))
    template.render(fields, environment)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


@lru_cache(maxsize=200)
def canonical(content: bytes) -> bytes:
    """One spelling of equal XML. docxtpl drops white space between elements where it rewrites."""
    parser = etree.XMLParser(remove_blank_text=True)
    canonical: bytes = etree.tostring(etree.fromstring(content, parser), method="c14n2")
    return canonical


def canonical_parts(data: bytes) -> dict[str, bytes]:
    """The parts that are text; relations and types are listed by docxtpl in another order."""
    return {
        name: canonical(content) if name.endswith(".xml") else content
        for name, content in documents.members(data).items()
        if not name.endswith(".rels") and name not in ("[Content_Types].xml", "docProps/core.xml")
    }


@cache
def loaded(make) -> tuple[bytes, LetterTemplate]:
    data = make()
    return data, LetterTemplate.load(data)


MANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("make", documents.FAST + documents.REPAIRED)
@MANY
@given(fields=FIELDS)
def test_letters_equal_docxtpls(make, fields):
    data, template = loaded(make)

    letter = template.render(fields)

    assert canonical_parts(letter) == canonical_parts(docxtpl_letter(data, fields))


@MANY
@given(control=st.text(st.characters(codec="utf-8", categories=["Cc", "Co", "Cn"]), max_size=20))
def test_control_characters_come_out_as_docxtpls(control):
    fields = {**ANNA, "contact": {**ANNA["contact"], "name": f"A{control}B"}}
    data, template = loaded(documents.with_split_runs)

    letter = template.render(fields)

    assert canonical_parts(letter) == canonical_parts(docxtpl_letter(data, fields))


@pytest.mark.parametrize("make", documents.FAST)
def test_what_needs_text_alone_is_fast(make):
    assert loaded(make)[1].tier == "A"


@pytest.mark.parametrize("make", documents.REPAIRED)
def test_what_needs_tables_repaired_is_slower(make):
    assert loaded(make)[1].tier == "B"


@pytest.mark.parametrize("deflate", [isal_deflate, zlib_deflate])
@pytest.mark.parametrize("make", documents.FAST + documents.REPAIRED)
def test_a_letter_is_a_sound_zip_file_that_word_reads(make, deflate):
    letter = LetterTemplate.load(make(), deflate=deflate).render(ANNA)

    with zipfile.ZipFile(io.BytesIO(letter)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
    docx.Document(io.BytesIO(letter))


def test_only_parts_with_tags_are_packed_anew():
    data, template = loaded(documents.with_headers_and_pictures)

    before, after = (
        {info.filename: info for info in zipfile.ZipFile(io.BytesIO(file)).infolist()}
        for file in (data, template.render(ANNA))
    )

    changed = {name for name in before if before[name].CRC != after[name].CRC}
    assert changed == {
        "word/document.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/footer1.xml",
    }
    assert all(
        before[name].compress_size == after[name].compress_size for name in before.keys() - changed
    )


def test_the_same_letter_comes_out_byte_for_byte_again():
    data, template = loaded(documents.with_table)

    assert template.render(ANNA) == LetterTemplate.load(data).render(ANNA)


def test_the_fields_in_use_are_known_without_rendering():
    assert loaded(documents.with_headers_and_pictures)[1].fields == {
        "company.name",
        "contact.name",
        "contact.vat_number",
        "contact.is_company",
        "contact.address_block",
        "interaction.comment",
    }


def test_awkward_values_come_out_of_word_as_they_went_in():
    name = 'Marks & Spencer <UK> "It\'s" æøå {{ 7 * 7 }} {% raw %} {_{ שלום مرحبا'
    fields = {**ANNA, "contact": {**ANNA["contact"], "name": name}}
    template = LetterTemplate.load(documents.letter("[{{ contact.name }}]"))

    assert documents.words(template.render(fields)).strip() == f"[{name}]"


def test_an_ampersand_within_a_tag_is_one():
    """docxtpl leaves it as the XML writes it, so that no such condition ever holds."""
    tag = "{% if contact.name == 'Marks & Spencer' %}R&D {{ 'a & b < c' }}{% endif %}"
    fields = {"contact": {"name": "Marks & Spencer"}}

    letter = LetterTemplate.load(documents.letter(tag)).render(fields)

    assert documents.words(letter).strip() == "R&D a & b < c"


def test_line_breaks_become_words_line_breaks():
    letter = LetterTemplate.load(documents.letter("{{ contact.address_block }}")).render(ANNA)

    assert b"Havn &amp; Co</w:t><w:br/>" in documents.members(letter)["word/document.xml"]
    assert documents.words(letter).strip() == "Havn & Co\nHavnegade 1\n8000 Aarhus C"


def test_data_is_never_executed_not_even_in_footnotes_of_two_sections():
    """docxtpl renders the notes once for each section, the second time with data in them."""
    document = docx.Document(io.BytesIO(documents.with_footnotes()))
    document.add_section()
    data = documents.saved(document)
    fields = {**ANNA, "contact": {**ANNA["contact"], "name": "{{ 7 * 7 }}"}}

    notes = documents.members(LetterTemplate.load(data).render(fields))["word/footnotes.xml"]

    assert b"{{ 7 * 7 }} &amp; co" in notes
    assert b"49" not in notes


def test_properties_are_filled_in_and_escaped_once():
    document = docx.Document()
    document.core_properties.title = "Til & fra {{ contact.name }}"
    template = LetterTemplate.load(documents.saved(document))
    fields = {**ANNA, "contact": {**ANNA["contact"], "name": "A & B <x>" + "y" * 300}}

    letter = docx.Document(io.BytesIO(template.render(fields)))

    assert letter.core_properties.title == "Til & fra A & B <x>" + "y" * 300
    assert "contact.name" in template.fields


@pytest.mark.parametrize("value", ["\ud800", "\ufffe", "\x00", "\x1b"])
def test_what_xml_has_no_place_for_is_left_out(value):
    assert printable(f"a{value}b") == "ab"


@pytest.mark.parametrize(
    ("paragraphs", "code"),
    [
        (("{%p if contact.name %}",), "syntax"),
        (("{{ contact.name",), "syntax"),
        (("{{p contact.name }}",), "no_place_for_text"),
        (("{% set x = 1 %}",), "not_allowed"),
        (("{{ contact.name.upper() }}",), "not_allowed"),
        (("{{ contact['name'] ~ contact['__class__'] }}",), "forbidden_attribute"),
        (("{{ contact.name.upper }}",), "forbidden_attribute"),
        (("{% for x in contact.name %}{{ x.upper }}{% endfor %}",), "forbidden_attribute"),
        (("{{ loop.__init__ }}",), "forbidden_attribute"),
        (("{{ contact.name|safe }}",), "unknown_filter"),
        (("{% if contact.name is callable %}{% endif %}",), "unknown_test"),
        (("{{ 'x' * 3 }}",), "not_allowed"),
        (("{{ '%s' % contact.name }}",), "not_allowed"),
        (("{{ 10 ** 10 }}",), "not_allowed"),
        (("{% autoescape false %}{{ contact.name }}{% endautoescape %}",), "not_allowed"),
        (("{% filter upper %}x{% endfilter %}",), "not_allowed"),
        (("{% import 'x' as y %}",), "not_allowed"),
        (("{% extends 'x' %}",), "not_allowed"),
        (("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",), "too_deep"),
    ],
)
def test_a_template_that_may_not_be_is_refused_with_its_place(paragraphs, code):
    with pytest.raises(Refused) as refusal:
        LetterTemplate.load(documents.letter("Fine", *paragraphs))

    assert refusal.value.problems[0].code == code
    if code != "too_deep":
        assert refusal.value.problems[0].details["place"] == "body"
        assert refusal.value.problems[0].details["tag"] in paragraphs[0].replace(
            "{%p", "{%"
        ).replace("{{p", "{{")


def test_a_number_that_python_does_not_read_is_refused():
    with pytest.raises(Refused, match="syntax"):
        LetterTemplate.load(documents.letter("{{ " + "9" * 5000 + " }}"))


def test_a_branch_from_a_paragraph_into_a_table_is_refused():
    """docxtpl hides it: what comes out is broken for those the condition does not hold for."""
    document = docx.Document()
    document.add_paragraph("{% if contact.is_company %}For companies:")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "inside{% endif %}"

    with pytest.raises(Refused) as refusal:
        LetterTemplate.load(documents.saved(document))

    (problem,) = refusal.value.problems
    assert (problem.code, problem.details["tag"]) == ("unbalanced", "{% if contact.is_company %}")


def test_a_branch_over_two_paragraphs_is_fine():
    data = documents.letter("A{% if contact.is_company %} B", "C {% endif %}{{ contact.name }}")
    template = LetterTemplate.load(data)

    for is_company in ("yes", ""):
        fields = {**ANNA, "contact": {**ANNA["contact"], "is_company": is_company}}
        assert canonical_parts(template.render(fields)) == canonical_parts(
            docxtpl_letter(data, fields)
        )


def test_loops_and_output_are_limited():
    loops = LetterTemplate.load(
        documents.letter(
            "{% for a in contact.name %}{% for b in contact.name %}{% endfor %}{% endfor %}"
        )
    )
    output = LetterTemplate.load(
        documents.letter("{% for a in contact.name %}{{ interaction.comment }}{% endfor %}")
    )

    with pytest.raises(Refused, match="too_many_rounds"):
        loops.render({"contact": {"name": "x" * 1000}})
    with pytest.raises(Refused, match="too_long"):
        output.render({"contact": {"name": "x" * 1000}, "interaction": {"comment": "y" * 100_000}})
