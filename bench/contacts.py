"""Search as one types and lists, at two sizes, against the naive way and against a floor.

    python -m bench.contacts [--sizes 10000 1000000] [--rounds 5]

SQLite in a temporary folder; PostgreSQL too if BENCH_POSTGRES or DATABASE_URL names a server whose
user may create databases. Each size has a database of its own, which is thrown away.
Times are of the view with everything (test client), or of the statement for floor and naive way,
by the processor: of this process and, if PostgreSQL runs on this machine, of its own. What else the
machine does is not counted. By the clock: the page alone, once more.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

TYPED = """a|an|anna|anna s|anna sø|q|s|sørensen|sorensen|sørensen a|william w|wi ha|zwickau|zw|zwq
    |møller|værksted|glas a/s|aarh|århus|8000 aarhus|8000|CT0001|ct000123|anna.s|kontakt@|info@an
    |@mail3|mail3.example|33 12|33123|+45 33 12|0045 33|020 79|hansen w|a x|example zw"""
LISTS = (
    "",
    "q=anna",
    "q=s",
    "q=sørensen",
    "q=zwickau",
    "q=hansen+w",
    "country=DK",
    "country=GB&language=en",
    "city=Aarhus",
    "q=hansen&country=DK",
    "sort=-name",
    "sort=company",
    "sort=-company",
    "sort=city",
    "sort=-city",
    "sort=-number",
    "sort=company&page=150",
    "q=anna&sort=-city",
    "country=DK&page=90",
)
Result = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        fill(options.fill)
    elif options.measure:
        print(json.dumps(measure(options.rounds)))
    else:
        compare(options.sizes, options.rounds)


def compare(sizes: list[int], rounds: int) -> None:
    server = postgresql_server()
    if not server:
        print("PostgreSQL is not measured: neither BENCH_POSTGRES nor DATABASE_URL names a server.")
    for database in ("SQLite", "PostgreSQL") if server else ("SQLite",):
        results = []
        for size in sizes:
            with database_url(server if database == "PostgreSQL" else "", size) as url:
                start = time.monotonic()
                run(url, "--fill", str(size))
                print(f"{database}: {size:,} contacts written in {time.monotonic() - start:.0f} s")
                results.append(json.loads(run(url, "--measure", "--rounds", str(rounds))))
        report(database, sizes, results)


def postgresql_server() -> str:
    url = os.environ.get("BENCH_POSTGRES") or os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


@contextmanager
def database_url(server: str, size: int) -> Iterator[str]:
    """A database that is there only while it is measured."""
    if not server:
        with tempfile.TemporaryDirectory(prefix="bench-contacts-") as folder:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"
        return
    name = f"bench_contacts_{os.getpid()}_{size}"
    _on_server(server, f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        _on_server(server, f'DROP DATABASE "{name}"')


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def run(url: str, *arguments: str) -> str:
    """In a process of its own, for each has its database and its peak of memory."""
    command = [sys.executable, "-m", "bench.contacts", *arguments]
    environment = os.environ | {"DATABASE_URL": url, "DEBUG": "off"}
    done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    return done.stdout


def set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def fill(count: int) -> None:
    set_up()
    from django.core.management import call_command

    from bench.data import contacts

    call_command("migrate", verbosity=0)
    contacts.fill(count)


def measure(rounds: int) -> Result:
    set_up()
    from bench.data import asking

    typed = [text.strip() for text in TYPED.split("|")]
    result: Result = {"queries": {}, "lists": {}, "times": {}}
    ways: dict[str, Callable[[str], object]] = {
        "page": asking.Pages().pick,
        "floor": asking.floor,
        "naive": asking.naive,
    }
    now = asking.processor_clock()
    for name, way in ways.items():
        # The naive way takes seconds; some texts, once, are enough of it.
        asked, times = (typed[::4], 1) if name == "naive" else (typed, rounds)
        result["times"][name] = {text: milliseconds(way, text, times, now) for text in asked}
    clock, pages = time.perf_counter, asking.Pages()
    result["times"]["page, by the clock"] = {
        text: milliseconds(pages.pick, text, rounds, clock) for text in typed
    }
    for query in LISTS:
        result["lists"][query] = milliseconds(pages.list, query, rounds, now)
        result["queries"][query] = pages.count_queries(query)
    return result | {"memory": peak()}


def milliseconds(
    way: Callable[[str], object], text: str, rounds: int, now: Callable[[], float]
) -> float:
    """The median, after once for warming up if there are several rounds."""
    times = []
    if rounds > 1:
        way(text)
    for _ in range(rounds):
        start = now()
        way(text)
        times.append((now() - start) * 1000)
    return statistics.median(times)


def peak() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def report(database: str, sizes: list[int], results: list[Result]) -> None:
    print(f"\n{database}: a keystroke, milliseconds")
    heads = "".join(f"{f'{size:,}':>24}" for size in sizes)
    print(f"{'':<22}{heads}\n{'':<22}" + f"{'median':>12}{'worst':>12}" * len(sizes))
    for name in ("page", "page, by the clock", "floor", "naive"):
        cells = "".join(_middle_and_worst(result["times"][name]) for result in results)
        print(f"{name:<22}{cells}")
    for result, size in zip(results, sizes, strict=True):
        page, naive = (
            statistics.median(result["times"][way].values()) for way in ("page", "naive")
        )
        worst = sorted(result["times"]["page"].items(), key=lambda item: -item[1])[:5]
        slow = ", ".join(f"“{text}” {value:.0f}" for text, value in worst)
        print(f"{size:,}: naive / page {naive / page:.1f}, memory {result['memory']:.0f} MiB")
        print(f"  slowest: {slow}")
    print(f"\n{database}: the list, milliseconds")
    heads = "".join(f"{f'{size:,}':>12}" for size in sizes)
    print(f"{'':<26}{heads}{'ratio':>8}{'queries':>10}")
    for query in LISTS:
        times = [result["lists"][query] for result in results]
        asked = " ".join(str(result["queries"][query]) for result in results)
        cells = "".join(f"{value:>12.1f}" for value in times)
        print(f"{query or '(all)':<26}{cells}{times[-1] / times[0]:>8.1f}{asked:>10}")
    print()


def _middle_and_worst(times: dict[str, float]) -> str:
    return f"{statistics.median(times.values()):>12.1f}{max(times.values()):>12.1f}"


if __name__ == "__main__":
    main()
