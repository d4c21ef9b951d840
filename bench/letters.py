"""Letters a second, against docxtpl and against the floor, interleaved in one run.

    python -m bench.letters [--rounds 7] [--large 10000 100000]

The floor is what no engine can be faster than: `str.format` of one part and the same compression.
"""

import argparse
import base64
import io
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from mailmerge import MailMerge

from interactions.letters.engine import LetterTemplate
from interactions.letters.members import Deflate, isal_deflate, zlib_deflate
from interactions.letters.package import Package

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BATCH = 100
Fields = dict[str, dict[str, str]]
Way = Callable[[int], bytes]


def one_page_letter() -> bytes:
    """Header with a picture and a tag, footer, address block, conditional paragraph, table."""
    document = docx.Document()
    header = document.sections[0].header.paragraphs[0]
    header.add_run().add_picture(io.BytesIO(PIXEL), width=Mm(20))
    header.add_run(" {{ company.name }}")
    document.sections[0].footer.paragraphs[0].text = "{{ company.name }}, Kystvejen 5, Aarhus"
    for text in (
        "{{ contact.address_block }}",
        "{{ interaction.date }}",
        "Kære {{ contact.first_name }} {{ contact.surname }}",
        "{%p if contact.is_company %}",
        "Vi skriver til {{ contact.name }} som virksomhed: æblegrød på øen.",
        "{%p else %}",
        "Vi skriver til dig personligt, {{ contact.first_name }}.",
        "{%p endif %}",
        "{%p for word in ['først', 'dernæst', 'til sidst'] %}",
        "{{ loop.index }}. {{ word }}",
        "{%p endfor %}",
        *(["En længere brødtekst, som fylder et par linjer og er ens for alle. " * 3] * 5),
        "Med venlig hilsen\n{{ salesperson.name }}",
    ):
        document.add_paragraph(text)
    table = document.add_table(rows=0, cols=2)
    for left, right in (
        ("Nr.", "Hvad"),
        ("{%tr for word in ['a', 'b', 'c'] %}", ""),
        ("{{ loop.index }}", "{{ word }} til {{ contact.city }}"),
        ("{%tr endfor %}", ""),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = left, right
    return _saved(document)


def _saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def fields(number: int) -> Fields:
    """A contact unlike any other; every third is a company."""
    name = f"Søren Åkjær {number}"
    return {
        "contact": {
            "name": name,
            "first_name": "Søren",
            "surname": f"Åkjær {number}",
            "city": "Aarhus C",
            "is_company": "" if number % 3 else "yes",
            "address_block": f"Havn & Co {number}\n{name}\nHavnegade {number}\n8000 Aarhus C",
        },
        "company": {"name": "Fjord A/S"},
        "salesperson": {"name": "Mette Kjær"},
        "interaction": {"date": "22. november 2026"},
    }


def mail_merge_letter() -> bytes:
    """A letter of Word's mail merge: merge fields in text, table and footer, and an IF."""
    document = docx.Document()
    _word_field(document.sections[0].footer.paragraphs[0], "MERGEFIELD our_name")
    for field in ("address_block", "date", "name", "city", "first_name", "surname"):
        _word_field(document.add_paragraph(f"{field}: "), f"MERGEFIELD {field}")
    for _number in range(5):
        document.add_paragraph("En længere brødtekst, som er ens for alle. " * 5)
    table = document.add_table(rows=3, cols=2)
    for row in table.rows:
        _word_field(row.cells[0].paragraphs[0], "MERGEFIELD first_name \\* Upper")
        _word_field(row.cells[1].paragraphs[0], 'MERGEFIELD city \\b "i "')
    return _saved(document)


NAMES = {
    "our_name": "Our_Company_Name",
    "address_block": "Address_Block",
    "date": "Date",
    "name": "Name",
    "city": "City",
    "first_name": "First_Name",
    "surname": "Last_Name",
}


def _word_field(paragraph: Paragraph, instruction: str) -> None:
    for old, new in NAMES.items():
        instruction = re.sub(rf"\b{old}\b", new, instruction)
    for kind in ("begin", "", "separate", "end"):
        run = paragraph.add_run()._r
        if kind:
            run.append(OxmlElement("w:fldChar", {qn("w:fldCharType"): kind}))
        else:
            run.append(OxmlElement("w:instrText"))
            run[0].text = f" {instruction} "


def mail_merge_loop(data: bytes) -> Way:
    """docx-mailmerge2, a new object for each letter as its own examples have it."""

    def letter(number: int) -> bytes:
        values = fields(number)
        contact = values["contact"]
        row = {
            NAMES[name]: contact[name]
            for name in ("name", "city", "first_name", "surname", "address_block")
        }
        row |= {"Our_Company_Name": "Fjord A/S", "Date": values["interaction"]["date"]}
        stream = io.BytesIO()
        with MailMerge(io.BytesIO(data)) as document:
            document.merge(**row)
            document.write(stream)
        return stream.getvalue()

    return letter


def ours(data: bytes, deflate: Deflate) -> Way:
    template = LetterTemplate.load(data, deflate=deflate)
    return lambda number: template.render(fields(number))


def docxtpl_loop(data: bytes) -> Way:
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)

    def letter(number: int) -> bytes:
        template = DocxTemplate(io.BytesIO(data))
        template.render(fields(number), environment)
        stream = io.BytesIO()
        template.save(stream)
        return stream.getvalue()

    return letter


def floor(data: bytes, deflate: Deflate) -> Way:
    """The finished letter of one contact, with one value put in by `str.format`."""
    template = LetterTemplate.load(data)
    parts = [
        part.render(fields(0)).decode().replace("{", "{{").replace("}", "}}")
        for part in template._parts
    ]
    formats = [text.replace("Åkjær 0", "{name}").format for text in parts]
    package = Package(data, [part.name for part in template._parts], deflate)

    def letter(number: int) -> bytes:
        name = fields(number)["contact"]["surname"]
        return package.pack([format_(name=name).encode() for format_ in formats])

    return letter


def letters_a_second(way: Way, count: int) -> float:
    """By processor time: what else the machine does is not counted."""
    start = time.process_time()
    for number in range(count):
        way(number)
    return count / (time.process_time() - start)


def compare(rounds: int) -> None:
    data, merged = one_page_letter(), mail_merge_letter()
    ways: dict[str, tuple[Way, int]] = {
        "docxtpl, a loop": (docxtpl_loop(data), BATCH // 10),
        "docx-mailmerge2": (mail_merge_loop(merged), BATCH // 5),
        "the same, ours": (ours(merged, zlib_deflate), BATCH * 5),
        "ours, zlib": (ours(data, zlib_deflate), BATCH * 5),
        "ours, isal": (ours(data, isal_deflate), BATCH * 5),
        "floor, zlib": (floor(data, zlib_deflate), BATCH * 5),
        "floor, isal": (floor(data, isal_deflate), BATCH * 5),
    }
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    for _round in range(rounds):
        for name, (way, count) in ways.items():
            speeds[name].append(letters_a_second(way, count))
    _print_speeds({name: statistics.median(values) for name, values in speeds.items()})


def _print_speeds(speeds: dict[str, float]) -> None:
    print(f"{'way':<18}{'letters/s':>11}{'x docxtpl':>11}{'floor / it':>12}")
    for name, speed in speeds.items():
        peer = speed / speeds["docxtpl, a loop"]
        compression = name.rpartition(" ")[2]
        best = speeds.get(f"floor, {compression}")
        to_floor = f"{best / speed:.2f}" if best else ""
        print(f"{name:<18}{speed:>11,.0f}{peer:>11.1f}{to_floor:>12}")
    ratio = speeds["the same, ours"] / speeds["docx-mailmerge2"]
    print(f"a letter of Word's mail merge: {ratio:.1f} times docx-mailmerge2")


def measure_memory(count: int) -> None:
    """In a process of its own: its peak, and how much of that came while making letters."""
    way = ours(one_page_letter(), isal_deflate)
    way(0)
    before = _peak()
    for number in range(count):
        way(number)
    print(f"{count:>8,} letters: peak {_peak():.1f} MiB, {_peak() - before:+.1f} while merging")


def _peak() -> float:
    """Of this program alone; what `resource` tells begins with the peak of the one before."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--large", type=int, nargs="*", default=[10_000])
    parser.add_argument("--memory", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory:
        measure_memory(options.memory)
        return
    compare(options.rounds)
    for count in (1_000, *options.large):
        command = [sys.executable, "-m", "bench.letters", "--memory", str(count)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
