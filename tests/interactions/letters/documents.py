"""Word documents for the letters' tests, as Word and people make them."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FOOTNOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(data: bytes, **options) -> bytes:
    """`data` with members changed: `change(name, content)` returns new content, `add` is more."""
    change = options.get("change", lambda _name, content: content)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(data).items():
            archive.writestr(name, change(name, content))
        for name, content in options.get("add", {}).items():
            archive.writestr(name, content)
    return stream.getvalue()


def replaced(data: bytes, member: str, old: str, new: str) -> bytes:
    """`data` with `old` once replaced in one member."""

    def change(name: str, content: bytes) -> bytes:
        if name != member:
            return content
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return rezipped(data, change=change)


def picture(width: int = 40, height: int = 20) -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(stream, "PNG")
    stream.seek(0)
    return stream


def letter(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def with_table() -> bytes:
    """A heading row, a row for each line of the comment, and a row for companies only."""
    document = docx.Document()
    document.add_paragraph("Kære {{ contact.name }},")
    rows = [
        ("No.", "What"),
        ("{%tr for line in interaction.comment|lines %}", ""),
        ("{{ loop.index }}", "{{ line }} & more"),
        ("{%tr endfor %}", ""),
        ("{%tr if contact.is_company %}", ""),
        ("VAT", "{{ contact.vat_number }}"),
        ("{%tr endif %}", ""),
    ]
    table = document.add_table(rows=0, cols=2)
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("“{{ interaction.subject }}”")
    return saved(document)


def with_conditions() -> bytes:
    return letter(
        "{{ contact.address_block }}",
        "{%p if contact.is_company %}",
        "To the company {{ contact.name|upper }}",
        "{%p elif contact.first_name == “Anna” %}",
        "Dear Anna",
        "{%p else %}",
        "Dear {{ contact.name }}",
        "{%p endif %}",
        "Here {% if contact.is_company %}yes{% else %}no{% endif %}, and {{ 'a < b' }} & c.",
        "{%p for word in ['one', 'two'] %}",
        "{{ loop.index }}. {{ word }} {{ contact.first_name|default('x') }}",
        "{%p endfor %}",
        "{# a remark #}Kind regards {{ interaction.comment }} {_{ as it is }_}",
    )


def with_split_runs() -> bytes:
    """Word splits what is typed into runs, wherever it wants, with formatting of their own."""
    document = docx.Document()
    paragraph = document.add_paragraph("Kære ")
    for piece in ("{", "{ con", "tact", ".na", "me }", "}", ", til "):
        run = paragraph.add_run(piece)
        run.bold = True
    for piece in ("{%", " if contact.is_", "company %", "}firmaet{", "% endif %}"):
        paragraph.add_run(piece).italic = True
    run = document.add_paragraph().add_run("{{ interaction.comment }}")
    run.bold = True
    run.font.name = "Arial"
    return saved(document)


def with_headers_and_pictures() -> bytes:
    """Two sections with headers and footers of their own, pictures also in a loop and a branch."""
    document = docx.Document()
    first = document.sections[0]
    first.header.paragraphs[0].add_run().add_picture(picture())
    first.header.paragraphs[0].add_run("{{ company.name }}\t{{ contact.name }}")
    first.footer.paragraphs[0].text = "VAT {{ contact.vat_number }} & co"
    document.add_picture(picture())
    document.add_paragraph("{%p for line in interaction.comment|lines %}")
    document.add_paragraph("{{ line }} ").add_run().add_picture(picture(30, 30))
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if contact.is_company %}")
    document.add_picture(picture(10, 10))
    document.add_paragraph("{%p endif %}")
    second = document.add_section(WD_SECTION.NEW_PAGE)
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "{% if contact.is_company %}Company{% endif %} page"
    second.footer.is_linked_to_previous = False
    second.footer.paragraphs[0].text = "No tag here"
    document.add_paragraph("{{ contact.address_block }}")
    return saved(document)


def with_nested_table() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "{{ contact.name }}"
    inner = table.cell(1, 0).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "{{ contact.first_name }}\t{{ interaction.comment }}"
    table.cell(1, 1).text = "{{ interaction.subject }}"
    return saved(document)


def with_text_box() -> bytes:
    """A paragraph within a paragraph: docxtpl's idea of where paragraphs end is its own."""
    document = docx.Document()
    box = (
        f"<w:r {nsdecls('w')}><w:rPr><w:b/></w:rPr><w:pict>"
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        '<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:i/></w:rPr>'
        "<w:t>{{ contact.address_block }}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>{{ interaction.comment }}</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    paragraph = document.add_paragraph("Before {{ contact.name }}")
    paragraph._p.append(parse_xml(box))
    paragraph.add_run("After {{ interaction.comment }}")
    return saved(document)


def with_footnotes() -> bytes:
    notes = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {W}>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>About {{ contact.name }} &amp; co: '
        "{{ interaction.comment }}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    return _with_part(
        letter("Text{{ contact.first_name }}"),
        "footnotes",
        FOOTNOTES_TYPE,
        FOOTNOTES_RELATION,
        notes,
    )


def _with_part(data: bytes, name: str, content_type: str, relation: str, xml: str) -> bytes:
    override = f'<Override PartName="/word/{name}.xml" ContentType="{content_type}"/></Types>'
    data = replaced(data, "[Content_Types].xml", "</Types>", override)
    relationship = f'<Relationship Id="rId99" Type="{relation}" Target="{name}.xml"/>'
    rels = "word/_rels/document.xml.rels"
    data = replaced(data, rels, "</Relationships>", f"{relationship}</Relationships>")
    return rezipped(data, add={f"word/{name}.xml": xml})


def with_cells_in_a_loop() -> bytes:
    """Columns that repeat: docxtpl repairs the table's grid in each letter."""
    document = docx.Document()
    table = document.add_table(rows=1, cols=4)
    texts = (
        "Name",
        "{%tc for word in interaction.comment|lines %}",
        "{{ word }}",
        "{%tc endfor %}",
    )
    for cell, text in zip(table.rows[0].cells, texts, strict=True):
        cell.text = text
    document.add_paragraph("{{ contact.name }}")
    return saved(document)


def with_colour_and_span() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "{% colspan 2 %}{{ contact.name }}"
    table.cell(1, 0).text = "{% cellbg '00FF00' %}{{ contact.first_name }}"
    table.cell(1, 1).text = "{{ interaction.comment }}"
    table.rows[0]._tr.remove(table.rows[0]._tr.tc_lst[1])
    return saved(document)


def with_merged_cells() -> bytes:
    """Cells merged down and across as a loop goes on."""
    document = docx.Document()
    for rows in (
        (
            ("{%tr for line in interaction.comment|lines %}", ""),
            ("{% vm %}{{ contact.name }}", "{{ line }}"),
            ("{%tr endfor %}", ""),
        ),
        (
            ("{%tc for line in interaction.comment|lines %}", "{% hm %}Lines", "{%tc endfor %}"),
            ("{%tc for line in interaction.comment|lines %}", "{{ line }}", "{%tc endfor %}"),
        ),
    ):
        table = document.add_table(rows=0, cols=len(rows[0]))
        for texts in rows:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
    return saved(document)


def with_content_control_and_changes() -> bytes:
    """What Word keeps around text: a content control, an insertion, a deletion, a bookmark."""
    document = docx.Document()
    words = (
        f"<w:p {nsdecls('w')}><w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>"
        "<w:r><w:t>{{ contact.name }}</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:ins w:id='7' w:author='Bo'><w:r><w:t xml:space='preserve'> new {{ contact.</w:t></w:r>"
        "<w:r><w:t>first_name }}</w:t></w:r></w:ins>"
        "<w:del w:id='8' w:author='Bo'><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:bookmarkStart w:id='1' w:name='here'/><w:r><w:t>{{ interaction.comment }}</w:t></w:r>"
        "<w:bookmarkEnd w:id='1'/></w:p>"
    )
    document.element.body.insert(0, parse_xml(words))
    document.add_paragraph("{%- if contact.is_company %} close{% endif -%}")
    document.add_paragraph("{%r if contact.is_company %}run{%r endif %} {{ contact.name }}")
    return saved(document)


def with_a_row_that_may_be_missing() -> bytes:
    """The only row as wide as the grid is there for companies alone."""
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, text in zip(
        table.rows,
        ("{%tr if contact.is_company %}", "{{ contact.name }}", "{%tr endif %}"),
        strict=True,
    ):
        row.cells[0].text = text
    last = table.add_row()
    last.cells[0].text = "{{ interaction.comment }}"
    last._tr.remove(last._tr.tc_lst[1])
    return saved(document)


FAST: list[Callable[[], bytes]] = [
    with_table,
    with_conditions,
    with_split_runs,
    with_headers_and_pictures,
    with_nested_table,
    with_text_box,
    with_footnotes,
    with_content_control_and_changes,
]
REPAIRED: list[Callable[[], bytes]] = [
    with_cells_in_a_loop,
    with_colour_and_span,
    with_a_row_that_may_be_missing,
    with_merged_cells,
]


def words(data: bytes) -> str:
    """Every word of the body, table cells included, with Word's line breaks as line breaks."""
    root = docx.Document(io.BytesIO(data)).element.body
    text = []
    for element in root.iter():
        tag = re.sub(r"{.*}", "", str(element.tag))
        text.append({"t": element.text or "", "br": "\n", "tab": "\t", "p": "\n"}.get(tag, ""))
    return "".join(text)
