"""Letters of a segment, from its lines in the database to the zip file, against the engine alone.

    python -m bench.segment_letters [--letters 10000] [--rounds 5] [--postgresql URL]

Measured in one interleaved run, by processor time. On PostgreSQL that of its server is not counted;
what is waited for stands in the column of the clock. The tables are made in a database of its own,
which is removed afterwards.
"""

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django

from bench.letters import _peak, one_page_letter

NAME = "malgruppe_bench_letters"
BATCH = 2000
# Letters whose merge fields lie ready for the engine alone.
READY = 1000
Way = Callable[[], int]


class Nowhere(io.RawIOBase):
    """Takes all and keeps nothing: the disk is not measured."""

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        return len(piece)


def fill(count: int) -> None:
    """A segment of `count` persons; every third works for one of 50 companies."""
    from contacts.models import Contact, Language, Salesperson, Salutation, SalutationFormula
    from interactions.models import (
        CompanyInformation,
        Document,
        InteractionGroup,
        InteractionTemplate,
        TemplateDocument,
    )
    from segments_app.models import Segment, SegmentLine

    CompanyInformation.objects.create(name="Fjord A/S", address="Kystvejen 5", city="Aarhus C")
    danish = Language.objects.get(code="da")
    people, _made = Salutation.objects.get_or_create(
        code="BENCH", defaults={"description": "People"}
    )
    for kind, text in (("formal", "Kære {first_name} {surname}"), ("informal", "Hej {first_name}")):
        SalutationFormula.objects.create(salutation=people, language=danish, type=kind, text=text)
    group = InteractionGroup.objects.create(code="BENCH", description="Letters")
    template = InteractionTemplate.objects.create(
        code="BENCH", description="Invitation", group=group, language=danish
    )
    document = Document.objects.store(one_page_letter(), name="letter.docx")
    TemplateDocument.objects.create(template=template, language=danish, document=document)
    mette = Salesperson.objects.create(code="BENCH", name="Mette Kjær")
    segment = Segment.objects.create(
        number="BENCH", description="Bench", template=template, salesperson=mette
    )
    for start in range(0, count, BATCH):
        contacts = Contact.objects.bulk_create(
            Contact(
                number=f"B{number:08d}",
                type="person",
                name=f"Søren Åkjær {number}",
                first_name="Søren",
                surname=f"Åkjær {number}",
                company_name="" if number % 3 else f"Havn & Co {number % 50}",
                address=f"Havnegade {number}",
                postal_code="8000",
                city="Aarhus C",
                country="DK",
                language=danish,
                salutation=people,
                correspondence_type="hard_copy",
            )
            for number in range(start, min(start + BATCH, count))
        )
        SegmentLine.objects.bulk_create(
            SegmentLine(segment=segment, contact=contact, added_step=0) for contact in contacts
        )


def engine_alone(count: int) -> Way:
    """The merge fields of the letters ready in memory, and nothing around."""
    from segments_app.letters import line_sources, merger_for
    from segments_app.models import Segment

    segment = Segment.objects.get(number="BENCH")
    merger = merger_for(segment)
    sources = list(islice(line_sources(segment.sheet()), READY))
    ready = [merger.fields(source) for source in sources]
    template = merger._template(sources[0].document or 0)

    def make() -> int:
        for fields in islice(cycle(ready), count):
            template.render(fields)
        return count

    return make


def to_zip(_count: int) -> Way:
    """Lines, merge fields, letters, zip: all that there is to do."""
    from interactions.letters.archive import write_letters
    from segments_app.letters import line_sources, lines_to_merge, merger_for
    from segments_app.models import Segment

    def make() -> int:
        segment = Segment.objects.get(number="BENCH")
        return write_letters(line_sources(lines_to_merge(segment)), merger_for(segment), Nowhere())

    return make


def as_a_job(_count: int) -> Way:
    """As the page and the command have it: in parts that survive an interruption."""
    from interactions.letters.output import Options
    from interactions.letters.shared import shared_fields
    from interactions.letters.work import Work
    from segments_app.choosing import Choice, chosen_letters
    from segments_app.models import Segment

    def make() -> int:
        segment = Segment.objects.get(number="BENCH")
        shared = shared_fields(segment.number, segment.description)
        with tempfile.TemporaryDirectory() as name:
            letters = chosen_letters(segment, "letters", Choice())
            work = Work.begin(Path(name) / "work", letters, shared, Options())
            work.make(check=lambda: None, report=lambda _made: None)
        return work.count

    return make


WAYS: dict[str, Callable[[int], Way]] = {
    "engine alone": engine_alone,
    "segment to zip": to_zip,
    "as a job": as_a_job,
}


def queries(way: Way) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        way()
    return len(asked)


def compare(count: int, rounds: int) -> None:
    ways = {name: make(count) for name, make in WAYS.items()}
    # Once before, so that what is kept is there, and to see what is asked of the database.
    asked = {name: queries(way) for name, way in ways.items()}
    processor: dict[str, list[float]] = {name: [] for name in ways}
    clock: dict[str, list[float]] = {name: [] for name in ways}
    for _round in range(rounds):
        for name, way in ways.items():
            start, started = time.process_time(), time.perf_counter()
            made = way()
            processor[name].append(made / (time.process_time() - start))
            clock[name].append(made / (time.perf_counter() - started))
    best = statistics.median(processor["engine alone"])
    print(f"{'way':<18}{'letters/s':>11}{'of engine':>11}{'by clock':>10}{'queries':>9}")
    for name in ways:
        speed = statistics.median(processor[name])
        by_clock = statistics.median(clock[name])
        print(f"{name:<18}{speed:>11,.0f}{speed / best:>11.0%}{by_clock:>10,.0f}{asked[name]:>9}")


def memory(count: int) -> None:
    way = to_zip(count)
    Path("/proc/self/clear_refs").write_text("5")
    idle = _peak()
    way()
    more = _peak() - idle
    print(f"{count:>8,} letters from segment to zip: {more:+.1f} MiB over {idle:.0f} idle")


@contextmanager
def database(url: str) -> Iterator[str]:
    """An empty database of its own; `url` leads to PostgreSQL, "" means a file of SQLite."""
    if not url:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/bench.db"
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME}")
        connection.execute(f"CREATE DATABASE {NAME}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{NAME}"))
        finally:
            connection.execute(f"DROP DATABASE {NAME}")


def measure(url: str, options: argparse.Namespace) -> None:
    print("PostgreSQL" if url else "SQLite")
    with database(url) as own, tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATABASE_URL": own, "DOCUMENT_ROOT": folder, "DEBUG": "off"}
        manage = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
        subprocess.run(manage, check=True, env=environment)
        module = [sys.executable, "-m", "bench.segment_letters"]
        counts = ["--letters", str(options.letters), "--rounds", str(options.rounds)]
        subprocess.run([*module, "--act", "compare", *counts], check=True, env=environment)
        for count in options.memory:
            more = [*module, "--act", "memory", "--letters", str(count)]
            subprocess.run(more, check=True, env=environment)


def act(options: argparse.Namespace) -> None:
    """In the process that has the database: there are `--letters` lines afterwards."""
    from segments_app.models import Segment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    Segment.objects.filter(number="BENCH").delete()
    _forget()
    fill(options.letters)
    if options.act == "memory":
        memory(options.letters)
    else:
        compare(options.letters, options.rounds)


def _forget() -> None:
    from contacts.models import Contact, Salesperson, Salutation
    from interactions.models import CompanyInformation, InteractionGroup, InteractionTemplate

    InteractionTemplate.objects.filter(code="BENCH").delete()
    InteractionGroup.objects.filter(code="BENCH").delete()
    Contact.objects.filter(number__startswith="B0").delete()
    Salutation.objects.filter(code="BENCH").delete()
    Salesperson.objects.filter(code="BENCH").delete()
    CompanyInformation.objects.all().delete()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--postgresql", default=os.environ.get("BENCH_POSTGRESQL", ""))
    parser.add_argument("--act", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.act:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
        act(options)
        return
    for url in filter(None, ["sqlite", options.postgresql]):
        measure("" if url == "sqlite" else url, options)


if __name__ == "__main__":
    main()
