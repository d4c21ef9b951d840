"""Hostile and broken documents are refused, in sentences, within bounded time."""

import io
import struct
import time
import zipfile
import zlib

import docx
import pytest

from interactions.letters.check import DocumentError, check_letter, check_template
from interactions.letters.fields import NAMES, example_fields

from . import documents

SOON = 40
RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FINE = documents.letter("Dear {{ contact.name }}")


def messages_of(check, data: bytes) -> str:
    start = time.monotonic()
    with pytest.raises(DocumentError) as refusal:
        check(data)
    assert time.monotonic() - start < SOON
    assert refusal.value.messages
    return " ".join(refusal.value.messages)


def related(kind: str, target: str, mode: str = "") -> bytes:
    mode = f' TargetMode="{mode}"' if mode else ""
    relation = f'<Relationship Id="rId77" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return documents.replaced(FINE, RELS, "</Relationships>", f"{relation}</Relationships>")


def test_a_good_template_comes_back_loaded():
    template = check_template(FINE)

    assert template.fields == {"contact.name"}
    assert "Dear Bo" in documents.words(template.render({"contact": {"name": "Bo"}}))


def test_every_field_can_be_used():
    names = sorted(NAMES)
    template = check_template(documents.letter(*(f"{{{{ {name} }}}}" for name in names)))

    assert template.fields == set(names)


def test_unknown_fields_are_all_named_with_the_nearest_known():
    data = documents.letter("{{ contact.nmae }} {{ name }} {{ salesperson.mail }} {{ x.qqqqq }}")

    message = messages_of(check_template, data)

    assert "“contact.nmae” is not a field. Did you mean “contact.name”?" in message
    assert "“name” is not a field. Did you mean “contact.name”?" in message
    assert "“salesperson.mail” is not a field. Did you mean “salesperson.email”?" in message
    assert "“x.qqqqq” is not a field." in message


def test_a_group_is_not_a_field():
    assert "“contact” is not a field" in messages_of(
        check_template, documents.letter("{{ contact }}")
    )


def test_a_syntax_error_is_told_with_the_text_of_the_tag():
    data = documents.letter("Fine {{ contact.name }}", "{% for x in %}")

    assert "“{% for x in %}” in the text is not written correctly" in messages_of(
        check_template, data
    )


def test_a_condition_without_an_end_is_told_in_words():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{% if contact.name %}"

    message = messages_of(check_template, documents.saved(document))

    assert "“{% if contact.name %}” in the header has no end." in message


def test_a_tag_that_is_not_closed_is_told_in_words():
    message = messages_of(check_template, documents.letter("Dear {{ contact.name"))

    assert "“{{ contact.name” in the text is not closed." in message


def test_an_unbalanced_branch_is_told_with_the_remedy():
    document = docx.Document()
    document.add_paragraph("{% if contact.is_company %}")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "{% endif %}"

    assert "begins in one kind of place and ends in another" in messages_of(
        check_template, documents.saved(document)
    )


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ contact.__init__.__globals__ }}",
        "{{ contact['__class__'] }}",
        "{{ self._TemplateReference__context }}",
        "{{ contact.clear() }}",
        "{{ cycler.__init__.__globals__.os.popen('id') }}",
        "{{ lipsum(n=10**9) }}",
        "{% for x in range(10**9) %}{% endfor %}",
        "{{ ['x'] * 10**8 }}",
        "{{ 'a' * 10**9 }}",
        "{{ 'a'|center(10**9) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% for a in contact.name %}" * 9 + "x" + "{% endfor %}" * 9,
        "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
        "{{ " + "[" * 90 + "]" * 90 + " }}" + "{% if 1 %}" * 300 + "{% endif %}" * 300,
        "{{ contact.name.format_map(contact) }}",
        "{{ contact.name + 1 }}",
    ],
)
def test_hostile_tags_are_refused_and_the_worker_lives(tag):
    messages_of(check_template, documents.letter(tag))


def test_hostile_tags_in_a_property_are_refused():
    document = docx.Document()
    document.core_properties.title = "{{ ''.__class__.__mro__ }}"

    assert "properties" in messages_of(check_template, documents.saved(document))


def test_a_document_that_takes_for_ever_to_read_is_given_up():
    data = documents.letter("{%" * 100_000)

    assert "too much time or memory" in messages_of(check_template, data)


def test_what_does_not_merge_for_the_sample_is_refused():
    fields = example_fields()
    fields["contact"]["name"] = "Bo"
    data = documents.letter("{% if contact.name == 'Bo' %}{{ contact.name + 1 }}{% endif %}")

    with pytest.raises(DocumentError, match="cannot be merged"):
        check_template(data, fields)


@pytest.mark.parametrize("check", [check_template, check_letter])
class TestFiles:
    """What holds for templates and for finished letters alike."""

    def test_any_bytes(self, check):
        assert "not a Word document" in messages_of(check, b"Dear Anna")
        assert "not a Word document" in messages_of(check, b"")

    def test_old_and_protected_files(self, check):
        assert "password" in messages_of(check, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    def test_too_big(self, check, settings):
        settings.MAX_DOCUMENT_SIZE = len(FINE) - 1
        assert "larger than" in messages_of(check, FINE)

    def test_a_damaged_file(self, check):
        assert "damaged" in messages_of(check, FINE[: len(FINE) // 2])
        middle = len(FINE) // 3
        assert messages_of(check, FINE[:middle] + b"\0" * 64 + FINE[middle + 64 :])

    def test_another_zip_file(self, check):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("hello.txt", "hello")
        assert "not a Word document" in messages_of(check, stream.getvalue())

    def test_a_worksheet(self, check):
        main = "wordprocessingml.document.main"
        data = documents.replaced(FINE, TYPES, main, "spreadsheetml.sheet.main")
        assert "not a Word document" in messages_of(check, data)

    def test_macros(self, check):
        data = documents.rezipped(FINE, add={"word/vbaProject.bin": b"macro"})
        assert "macros" in messages_of(check, data)
        main = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        enabled = "vnd.ms-word.document.macroEnabled.main+xml"
        assert "macros" in messages_of(check, documents.replaced(FINE, TYPES, main, enabled))

    def test_a_word_template_file(self, check):
        data = documents.replaced(FINE, TYPES, "ml.document.main", "ml.template.main")
        assert ".dotx" in messages_of(check, data)

    @pytest.mark.parametrize(
        ("kind", "target"),
        [
            ("image", "http://tracker.example/pixel.png"),
            ("hyperlink", "file:///etc/passwd"),
            ("hyperlink", "\\\\server\\share"),
            ("hyperlink", "javascript:alert(1)"),
            ("settings", "https://evil.example/settings.xml"),
        ],
    )
    def test_external_targets(self, check, kind, target):
        assert "links to" in messages_of(check, related(kind, target, "External"))

    @pytest.mark.parametrize("target", ["https://fjord.example", "mailto:post@fjord.example"])
    def test_ordinary_links_are_fine(self, check, target):
        check(related("hyperlink", target, "External"))

    def test_attached_templates(self, check):
        data = related("attachedTemplate", "file:///C:/evil.dotm", "External")
        assert "attached to the template “file:///C:/evil.dotm”" in messages_of(check, data)

    @pytest.mark.parametrize("kind", ["oleObject", "package", "control", "aFChunk", "subDocument"])
    def test_embedded_objects(self, check, kind):
        assert "embedded object" in messages_of(check, related(kind, "embeddings/thing.bin"))

    def test_embedded_files_that_nothing_refers_to(self, check):
        data = documents.rezipped(FINE, add={"word/embeddings/oleObject1.bin": b"x"})
        assert "embedded object" in messages_of(check, data)

    @pytest.mark.parametrize("instruction", ["DDEAUTO c:\\\\cmd.exe", " INCLUDEPICTURE http://x"])
    def test_fields_that_fetch(self, check, instruction):
        half = len(instruction) // 2
        document = docx.Document()
        paragraph = document.add_paragraph()
        for part in (instruction[:half], instruction[half:]):
            run = paragraph.add_run()._r
            run.append(run.makeelement(f"{{{run.nsmap['w']}}}instrText", {}))
            run[0].text = part
        assert "which fetches something" in messages_of(check, documents.saved(document))

    @pytest.mark.parametrize("member", ["word/document.xml", RELS, TYPES, "docProps/core.xml"])
    def test_doctypes(self, check, member):
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

        def change(name: str, content: bytes) -> bytes:
            return content.replace(b"?>", b"?>" + bomb.encode(), 1) if name == member else content

        assert member in messages_of(check, documents.rezipped(FINE, change=change))

    def test_doctypes_in_another_encoding(self, check):
        text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'
        data = documents.rezipped(FINE, add={"word/more.xml": text.encode("utf-16")})
        assert "word/more.xml" in messages_of(check, data)

    def test_zip_bombs(self, check):
        data = documents.rezipped(FINE, add={"word/media/big.bin": b"\0" * 90 * 2**20})
        assert "unpacks to" in messages_of(check, data)
        many = documents.rezipped(FINE, add={f"word/{n}.txt": b"" for n in range(2_500)})
        assert "unpacks to" in messages_of(check, many)

    def test_a_member_that_lies_about_its_size(self, check):
        """Nothing is read beyond the size that the directory tells."""
        data = bytearray(documents.rezipped(FINE, add={"word/media/big.bin": b"\0" * 90 * 2**20}))
        entry = data.rindex(b"word/media/big.bin") - 46
        struct.pack_into("<I", data, entry + 24, 100)
        assert "damaged" in messages_of(check, bytes(data))

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    @pytest.mark.parametrize("name", ["word/document.xml", "WORD/document.xml"])
    def test_the_same_member_twice(self, check, name):
        data = documents.rezipped(FINE, add={name: b"<x/>"})
        assert "the same part twice" in messages_of(check, data)

    @pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "word\\..\\evil.xml"])
    def test_members_outside(self, check, name):
        assert "damaged" in messages_of(check, documents.rezipped(FINE, add={name: b"<x/>"}))

    @pytest.mark.parametrize("size", [(10_000, 6_000), (30_000, 30_000)])
    def test_huge_pictures(self, check, size):
        """Only the header says so; the file itself is small."""
        png = bytearray(documents.picture().getvalue())
        struct.pack_into(">II", png, 16, *size)
        struct.pack_into(">I", png, 29, zlib.crc32(png[12:29]))
        data = documents.rezipped(FINE, add={"word/media/image1.png": bytes(png)})
        assert "“image1.png” has too many pixels" in messages_of(check, data)

    def test_broken_pictures(self, check):
        data = documents.rezipped(FINE, add={"word/media/image1.png": b"GIF?"})
        assert "“image1.png” cannot be read" in messages_of(check, data)

    def test_a_letter_with_everything_ordinary_is_fine(self, check):
        check(documents.with_headers_and_pictures())


def test_a_finished_letter_may_have_what_looks_like_tags():
    check_letter(documents.letter("{{ anything", "{% goes %}", "{{ 'a' * 10**9 }}"))


@pytest.mark.parametrize("check", [check_template, check_letter])
def test_comments_between_the_types_and_relations_are_nothing(check):
    commented = documents.replaced(FINE, TYPES, "</Types>", "<!-- made by a tool --></Types>")
    check(documents.replaced(commented, RELS, "</Rel", "<!-- and this --></Rel"))


@pytest.mark.parametrize("check", [check_template, check_letter])
def test_relations_are_seen_however_their_name_is_written(check):
    away = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" Target="http://evil.example/x" '
        'TargetMode="External"/></Relationships>'
    )
    data = documents.rezipped(FINE, add={"word/_rels/other.xml.RELS": away})
    assert "template" in messages_of(check, data)


@pytest.mark.parametrize("check", [check_template, check_letter])
def test_a_part_is_not_hidden_behind_another_name(check):
    type_ = '<Override PartName="/word/hidden.dat" ContentType="application/x+xml"/></Types>'
    data = documents.replaced(FINE, TYPES, "</Types>", type_)
    assert "damaged" in messages_of(check, data)


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: content[:200] if name == "word/document.xml" else content,
        lambda name, content: b"<a/>" if name == "word/document.xml" else content,
        lambda name, content: b"<a/>" if name == RELS else content,
        lambda name, content: b"<a/>" if name == "_rels/.rels" else content,
    ],
)
def test_a_letter_that_cannot_be_opened_is_not_kept(change):
    assert "damaged" in messages_of(check_letter, documents.rezipped(FINE, change=change))
