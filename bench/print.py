"""Joined letters a second and memory, against docx-mailmerge2 and docxcompose; PDF pages a second.

    python -m bench.print [--letters 1000] [--rounds 3]

All ways write the same letters, interleaved in one run; each in a process of its own, so that its
memory is its own.
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
import docx
from docx.oxml import parse_xml

from bench.letters import _peak, _saved, docxtpl_loop, fields, one_page_letter

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# docxcompose takes time with the square of the letters.
COMPOSED = 100


def mailmerge_letter() -> bytes:
    """A page of the same length for docx-mailmerge2, which has no conditions and no loops."""
    document = docx.Document()
    for name in ("company", "name", "address", "date"):
        paragraph = document.add_paragraph()
        instruction = f"w:instr=' MERGEFIELD {name} '"
        xml = f"<w:fldSimple {W} {instruction}><w:r><w:t>x</w:t></w:r></w:fldSimple>"
        paragraph._p.append(parse_xml(xml))
    for _line in range(8):
        document.add_paragraph("En længere brødtekst, som fylder linjer og er ens for alle. " * 3)
    table = document.add_table(rows=4, cols=2)
    for row in table.rows:
        row.cells[0].text, row.cells[1].text = "Nr.", "Hvad"
    return _saved(document)


def ours(count: int) -> None:
    from interactions.letters.combinable import Combinable
    from interactions.letters.combine import CombinedFile

    combinable = Combinable(one_page_letter())
    for start in range(0, count, 500):
        with tempfile.TemporaryFile() as stream:
            file = CombinedFile(combinable, stream)
            for number in range(start, min(start + 500, count)):
                file.add(fields(number), number + 1)
            file.close()


def mailmerge(count: int) -> None:
    from mailmerge import MailMerge

    rows = [
        {"company": "Fjord", "name": f"Søren {n}", "address": f"Havnegade {n}", "date": "22. nov"}
        for n in range(count)
    ]
    with MailMerge(io.BytesIO(mailmerge_letter())) as document, tempfile.TemporaryFile() as stream:
        document.merge_templates(rows, separator="nextPage_section")
        document.write(stream)


def compose(count: int) -> None:
    from docxcompose.composer import Composer

    way = docxtpl_loop(one_page_letter())
    composer = Composer(docx.Document(io.BytesIO(way(0))))
    for number in range(1, min(count, COMPOSED)):
        composer.append(docx.Document(io.BytesIO(way(number))))
    with tempfile.TemporaryFile() as stream:
        composer.save(stream)


def pages(count: int) -> None:
    from interactions.letters.combinable import Combinable
    from interactions.letters.combine import CombinedFile
    from interactions.letters.libreoffice import convert

    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "letters.docx"
        with path.open("wb") as stream:
            file = CombinedFile(Combinable(one_page_letter(), for_pdf=True), stream)
            for number in range(min(count, 150)):
                file.add(fields(number), number + 1)
            file.close()
        start = time.perf_counter()
        (pdf,) = convert([path], Path(name))
        seconds = time.perf_counter() - start
        from pypdf import PdfReader

        print(json.dumps({"pages": len(PdfReader(pdf).pages), "seconds": seconds}))


WAYS: dict[str, Callable[[int], None]] = {
    "ours": ours,
    "docx-mailmerge2": mailmerge,
    "docxcompose": compose,
}


def measure(way: str, count: int) -> dict[str, float]:
    """In a process of its own: letters a second of its processor time, and its peak over idle."""
    command = [sys.executable, "-m", "bench.print", "--way", way, "--letters", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def run_way(way: str, count: int) -> None:
    WAYS[way](5)
    idle, start = _peak(), time.process_time()
    WAYS[way](count)
    seconds = time.process_time() - start
    made = min(count, COMPOSED) if way == "docxcompose" else count
    print(json.dumps({"speed": made / seconds, "memory": _peak() - idle}))


def compare(count: int, rounds: int) -> None:
    found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _round in range(rounds):
        for way in WAYS:
            found[way].append(measure(way, count))
    print(f"{'way':<18}{'letters/s':>11}{'x mailmerge2':>14}{'MiB over idle':>15}")
    speed = {way: statistics.median(each["speed"] for each in found[way]) for way in WAYS}
    for way in WAYS:
        memory = statistics.median(each["memory"] for each in found[way])
        ratio = speed[way] / speed["docx-mailmerge2"]
        print(f"{way:<18}{speed[way]:>11,.0f}{ratio:>14.1f}{memory:>15.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if options.way == "pages":
        pages(options.letters)
    elif options.way:
        run_way(options.way, options.letters)
    else:
        compare(options.letters, options.rounds)
        pages(options.letters)


if __name__ == "__main__":
    main()
